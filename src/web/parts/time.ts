/** Instants as they are shown: in a named zone, by the locale's names, never shifted by the browser's own zone. */

import { THIN, numberText } from "./number";

export interface Reading {
  locale: string;
  zone: string;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale}${JSON.stringify(options)}`;
  let found = formats.get(key);
  if (!found) {
    found = new Intl.DateTimeFormat(locale, options);
    formats.set(key, found);
  }
  return found;
}

type PartName = Intl.DateTimeFormatPartTypes;

function partsOf(at: Date, locale: string, options: Intl.DateTimeFormatOptions): Partial<Record<PartName, string>> {
  const found: Partial<Record<PartName, string>> = {};
  for (const { type, value } of formatOf(locale, options).formatToParts(at)) found[type] = value;
  return found;
}

/** A calendar day and a time of day, as a wall clock shows them. */
export interface Wall {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
}

export function wallOf(at: Date, zone: string): Wall {
  const parts = partsOf(at, "en-GB-u-ca-iso8601", {
    timeZone: zone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  });
  const number = (name: PartName) => Number(parts[name]);
  return {
    year: number("year"),
    month: number("month"),
    day: number("day"),
    hour: number("hour"),
    minute: number("minute"),
    second: number("second"),
  };
}

function offsetMs(at: Date, zone: string): number {
  const { year, month, day, hour, minute, second } = wallOf(at, zone);
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(at.getTime() / 1000) * 1000;
}

/** The instant of a wall-clock time; a time that spring skips is read as the instant after the gap. */
export function instantOf(wall: Partial<Wall> & Pick<Wall, "year" | "month" | "day">, zone: string): Date {
  const { year, month, day, hour = 0, minute = 0, second = 0 } = wall;
  const local = Date.UTC(year, month - 1, day, hour, minute, second);
  // The offset is asked for twice: the first guess may lie on the other side of a clock change.
  const guess = local - offsetMs(new Date(local), zone);
  return new Date(local - offsetMs(new Date(guess), zone));
}

export function isZone(zone: string): boolean {
  try {
    formatOf("en", { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

/** "Thu 18 Jun", with the year when it is not the one of `now`. */
export function dayText(at: Date, { locale, zone }: Reading, now: Date = at): string {
  const { weekday, day, month } = partsOf(at, locale, {
    timeZone: zone,
    weekday: "short",
    day: "numeric",
    month: "short",
  });
  const { year } = wallOf(at, zone);
  const short = [weekday, day, month].join(" ").replaceAll(",", "");
  return year === wallOf(now, zone).year ? short : `${short} ${year}`;
}

/** "18 Jun 2026". */
export function dateText(at: Date, { locale, zone }: Reading): string {
  const { day, month, year } = partsOf(at, locale, {
    timeZone: zone,
    day: "numeric",
    month: "short",
    year: "numeric",
  });
  return [day, month, year].join(" ");
}

const two = (value: number) => String(value).padStart(2, "0");

/** "14:32", on a 24-hour clock. */
export function timeText(at: Date, { zone }: Pick<Reading, "zone">, withSeconds = false): string {
  const { hour, minute, second } = wallOf(at, zone);
  return [hour, minute, ...(withSeconds ? [second] : [])].map(two).join(":");
}

/** "Thu 18 Jun 14:32 CEST". */
export function clockText(at: Date, reading: Reading): string {
  const { timeZoneName = reading.zone } = partsOf(at, reading.locale, {
    timeZone: reading.zone,
    timeZoneName: "short",
  });
  return `${dayText(at, reading)} ${timeText(at, reading)} ${timeZoneName}`;
}

/** "Europe/Berlin (UTC+2)"; over a clock change "Europe/Berlin (UTC+1, then UTC+2)". */
export function zoneText(zone: string, start: Date, end: Date = start): string {
  const first = offsetText(zone, start);
  const last = offsetText(zone, new Date(Math.max(end.getTime() - 1, start.getTime())));
  const middle = changesBetween(zone, start, end) && first === last ? "with clock changes" : "";
  return `${zone} (${first === last ? [first, middle].filter(Boolean).join(", ") : `${first}, then ${last}`})`;
}

/** Whether the zone's clocks change within a span, looked for month by month. */
function changesBetween(zone: string, start: Date, end: Date): boolean {
  const own = offsetMs(start, zone);
  for (let at = start.getTime(); at < end.getTime(); at += 30 * 86_400_000) {
    if (offsetMs(new Date(at), zone) !== own) return true;
  }
  return false;
}

function offsetText(zone: string, at: Date): string {
  const hours = offsetMs(at, zone) / 3_600_000;
  const sign = hours < 0 ? "\u2212" : "+";
  const whole = Math.trunc(Math.abs(hours));
  const minutes = Math.round((Math.abs(hours) - whole) * 60);
  return `UTC${sign}${whole}${minutes ? `:${two(minutes)}` : ""}`;
}

function dayNumber(at: Date, zone: string): number {
  const { year, month, day } = wallOf(at, zone);
  return Date.UTC(year, month - 1, day) / 86_400_000;
}

/** When something happened, as near as it needs to be: "now", "12 min ago", "07:41", "Tue 16 Jun", "16 Jun 2025". */
export function whenText(at: Date, now: Date, reading: Reading): string {
  const seconds = (now.getTime() - at.getTime()) / 1000;
  // What happened since `now` was taken, or by a clock a little ahead, is no appointment.
  if (Math.abs(seconds) < 60) return "now";
  if (seconds >= 60 && seconds < 3600) return `${Math.floor(seconds / 60)} min ago`;
  const days = dayNumber(now, reading.zone) - dayNumber(at, reading.zone);
  if (days === 0) return timeText(at, reading);
  if (days === -1) return `tomorrow ${timeText(at, reading)}`;
  if (days < 0) return `${dayText(at, reading, now)} ${timeText(at, reading)}`;
  const isOld = wallOf(at, reading.zone).year !== wallOf(now, reading.zone).year;
  return isOld ? dateText(at, reading) : dayText(at, reading);
}

/** A half-open span for readers: "12 – 18 Jun 2026", "18 Jun 2026, 11:00 – 12:00". */
export function spanText(start: Date, end: Date, reading: Reading): string {
  const { zone } = reading;
  const isMidnight = (at: Date) => {
    const { hour, minute, second } = wallOf(at, zone);
    return hour + minute + second === 0;
  };
  if (isMidnight(start) && isMidnight(end) && end > start) {
    const last = new Date(end.getTime() - 1);
    const [a, b] = [wallOf(start, zone), wallOf(last, zone)];
    if (a.year !== b.year) return `${dateText(start, reading)} – ${dateText(last, reading)}`;
    if (a.month !== b.month) return `${dayAndMonth(start, reading)} – ${dateText(last, reading)}`;
    return a.day === b.day ? dateText(start, reading) : `${a.day} – ${dateText(last, reading)}`;
  }
  const isOneDay = dayNumber(start, zone) === dayNumber(new Date(end.getTime() - 1), zone);
  const from = `${dateText(start, reading)}, ${timeText(start, reading)}`;
  if (!isOneDay) return `${from} – ${dateText(end, reading)}, ${timeText(end, reading)}`;
  return `${from} – ${isMidnight(end) ? "24:00" : timeText(end, reading)}`;
}

function dayAndMonth(at: Date, { locale, zone }: Reading): string {
  const { day, month } = partsOf(at, locale, { timeZone: zone, day: "numeric", month: "short" });
  return `${day} ${month}`;
}

/** How long something took: "184 ms", "2.3 s", "4 min 10 s". */
export function durationText(ms: number, locale: string): string {
  if (ms < 999.5) return `${numberText(Math.max(ms, 0), locale, { fixed: ms < 9.95 ? 1 : 0 })}${THIN}ms`;
  if (ms < 59_950) return `${numberText(ms / 1000, locale, { fixed: 1 })}${THIN}s`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 3600) {
    const rest = seconds % 60;
    return `${Math.floor(seconds / 60)}${THIN}min${rest ? ` ${rest}${THIN}s` : ""}`;
  }
  const minutes = Math.round(seconds / 60);
  return `${Math.floor(minutes / 60)}${THIN}h${minutes % 60 ? ` ${minutes % 60}${THIN}min` : ""}`;
}

/** What is left, as a countdown: "4:38". */
export function countdownText(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  return `${Math.floor(seconds / 60)}:${two(seconds % 60)}`;
}
