import type { IconName } from "../parts/Icon";
import type { Permission } from "./session";

/** A page that the rail, the tab bar and the palette lead to. */
export interface Place {
  label: string;
  to: string;
  icon: IconName;
  /** The key after `G`. */
  key?: string;
  /** Without it the place is absent. */
  needs?: Permission;
  /** Only where the server runs as a demo. */
  isDemoOnly?: boolean;
}

/** Something the palette finds for what was typed. */
export interface Found {
  label: string;
  hint: string;
  icon: IconName;
  to: string;
}

/** What a module shows of itself outside its own pages. */
export interface WebModule {
  places: Place[];
  /** Things by name, for the palette; a failure is shown as nothing found. */
  find?: (text: string, signal: AbortSignal) => Promise<Found[]>;
}
