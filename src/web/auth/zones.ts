import { isZone } from "../parts/time";

/** Every zone the browser knows, the given ones first. */
export function zoneNames(...first: string[]): string[] {
  const known = Intl.supportedValuesOf("timeZone");
  return [...new Set([...first.filter(isZone), "UTC", ...known])];
}

const TAGS = ["en-GB", "en-US", "de-DE", "es-ES", "fr-FR", "it-IT", "nl-NL", "pl-PL", "pt-PT", "sv-SE", "da-DK", "fi-FI", "nb-NO"];

/** Ways to write numbers and dates, with an example each. */
export function localeChoices(own: string): { value: string; label: string }[] {
  const names = new Intl.DisplayNames("en", { type: "language" });
  return [...new Set([own, ...TAGS])].map((value) => ({
    value,
    label: `${names.of(value) ?? value}: ${new Intl.NumberFormat(value).format(1234.5)}`,
  }));
}
