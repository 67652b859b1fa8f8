import { countText } from "./number";

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const OFFERED = [0, MINUTE, 5 * MINUTE, 15 * MINUTE, HOUR, 6 * HOUR, DAY, 7 * DAY];

/** "5 minutes", "no time: the source is always asked". */
export function keptText(seconds: number, locale: string): string {
  if (seconds === 0) return "no time: the source is always asked";
  if (seconds % DAY === 0) return countText(seconds / DAY, "day", "days", locale);
  if (seconds % HOUR === 0) return countText(seconds / HOUR, "hour", "hours", locale);
  if (seconds % MINUTE === 0) return countText(seconds / MINUTE, "minute", "minutes", locale);
  return countText(seconds, "second", "seconds", locale);
}

/** The lifetimes to choose from; one that was set by a program stands among them. */
export function choicesOf(value: number | null, otherwise: string, locale: string) {
  const seconds = value === null || OFFERED.includes(value) ? OFFERED : [...OFFERED, value].toSorted((a, b) => a - b);
  return [
    { value: "", label: otherwise },
    ...seconds.map((each) => ({ value: String(each), label: keptText(each, locale) })),
  ];
}
