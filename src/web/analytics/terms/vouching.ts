import { dateText } from "../../parts/time";

/** Who found it right, and on which calendar day: "by Ada on 4 Mar 2026". */
export function vouchedText(by: string | null | undefined, on: string | null | undefined, locale: string): string {
  const day = on ? dateText(new Date(`${on}T12:00:00Z`), { locale, zone: "UTC" }) : null;
  return [by ? `by ${by}` : null, day ? `on ${day}` : null].filter(Boolean).join(" ");
}
