import { useMay, useUser } from "../app/session";
import type { Source } from "./calls";

/** Whether somebody may change what a source leads to or holds: its owner and administrators may. */
export function useMayChange(): (source: Source) => boolean {
  const may = useMay();
  const { id } = useUser();
  return (source) => may("sources.manage") && (source.ownerId === id || may("access.manage"));
}
