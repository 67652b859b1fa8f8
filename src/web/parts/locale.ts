import { createContext, use } from "react";
import type { Reading } from "./time";

/** Until somebody is signed in, the browser's own language and zone are the best guess. */
const OF_BROWSER: Reading = {
  locale: globalThis.navigator?.language || "en-GB",
  zone: Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC",
};

export const LocaleContext = createContext<Reading>(OF_BROWSER);

/** The locale and the zone in which numbers and times are shown to this reader. */
export function useLocale(): Reading {
  return use(LocaleContext);
}
