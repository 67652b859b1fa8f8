import { numberText } from "../parts/number";

/** How much of a cut answer is here; without a total its rows could not be counted in time. */
export function extentText(shown: number, total: number | null, locale: string): string {
  const first = numberText(shown, locale);
  return total === null
    ? `the first ${first} rows of more, not counted in time`
    : `showing ${first} of ${numberText(total, locale)} rows`;
}
