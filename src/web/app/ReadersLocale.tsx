import { type ReactNode, useMemo } from "react";
import { LocaleContext, useLocale } from "../parts/locale";
import { isZone } from "../parts/time";
import { useSession } from "./session";

/** Shows numbers and times as the signed-in user chose. */
export function ReadersLocale({ children }: { children: ReactNode }) {
  const ofBrowser = useLocale();
  const user = useSession()?.user;
  const [locale, zone] = [user?.locale, user?.zone];
  const reading = useMemo(
    () => ({ locale: knownLocale(locale) ?? ofBrowser.locale, zone: zone && isZone(zone) ? zone : ofBrowser.zone }),
    [locale, zone, ofBrowser],
  );
  return <LocaleContext value={reading}>{children}</LocaleContext>;
}

function knownLocale(locale: string | undefined): string | undefined {
  try {
    return locale ? Intl.getCanonicalLocales(locale)[0] : undefined;
  } catch {
    return undefined;
  }
}
