/** The days of a time ribbon: which are shown, and where a brush on them begins and ends. */
import { instantOf, wallOf } from "./time";

export interface Span {
  start: Date;
  end: Date;
}

const DAY = 86_400_000;
const CONTEXT_DAYS = 30;

/** Midnight that begins the local day of an instant, moved by whole days. */
export function dayStart(at: Date, zone: string, later = 0): Date {
  const { year, month, day } = wallOf(at, zone);
  return instantOf(wallOn(year, month, day + later), zone);
}

function wallOn(year: number, month: number, day: number) {
  const on = new Date(Date.UTC(year, month - 1, day));
  return { year: on.getUTCFullYear(), month: on.getUTCMonth() + 1, day: on.getUTCDate() };
}

/** The nearest local midnight. */
export function nearestDay(at: Date, zone: string): Date {
  return dayStart(new Date(at.getTime() + DAY / 2), zone);
}

export function isMidnight(at: Date, zone: string): boolean {
  const { hour, minute, second } = wallOf(at, zone);
  return hour + minute + second === 0;
}

/** Thirty days around the range, or as many as it has; days that already hold it stay. */
export function windowOf(range: Span, zone: string, before: Span | null): Span {
  const first = dayStart(range.start, zone);
  const end = isMidnight(range.end, zone) ? range.end : dayStart(range.end, zone, 1);
  const days = Math.max(CONTEXT_DAYS, Math.round((end.getTime() - first.getTime()) / DAY));
  if (before && before.start <= range.start && range.end <= before.end) {
    const shown = Math.round((before.end.getTime() - before.start.getTime()) / DAY);
    if (shown === days) return before;
  }
  if (before && range.start < before.start) return { start: first, end: dayStart(first, zone, days) };
  return { start: dayStart(end, zone, -days), end };
}

/** A span moved by its parts: both ends for a brush, one for a handle; never empty. */
export function moved(range: Span, part: "start" | "end" | "both", steps: number, zone: string): Span {
  const isDays = isMidnight(range.start, zone) && isMidnight(range.end, zone);
  const step = (at: Date) => (isDays ? dayStart(at, zone, steps) : new Date(at.getTime() + steps * 3_600_000));
  const next = {
    start: part === "end" ? range.start : step(range.start),
    end: part === "start" ? range.end : step(range.end),
  };
  return next.start < next.end ? next : range;
}

/** What a pointer drew from one place to another: whole days, at least one. */
export function brushed(from: Date, to: Date, zone: string): Span {
  const [a, b] = from <= to ? [from, to] : [to, from];
  const start = nearestDay(a, zone);
  const end = nearestDay(b, zone);
  return start < end ? { start, end } : { start: dayStart(a, zone), end: dayStart(a, zone, 1) };
}

/** Marks a week apart, counted back from the last day. */
export function weekMarks({ start, end }: Span, zone: string): Date[] {
  const days = Math.round((end.getTime() - start.getTime()) / DAY);
  const apart = Math.max(1, Math.round(days / 30)) * 7;
  const marks: Date[] = [];
  for (let at = dayStart(end, zone, -1); at >= start; at = dayStart(at, zone, -apart)) marks.unshift(at);
  return marks;
}

/** The curve of a course as paths of a picture: its line, broken at gaps, and the area under it. */
export function coursePaths(values: readonly (number | null)[], width: number, height: number): { line: string; area: string } {
  const known = values.filter((value) => value !== null);
  const lowest = Math.min(0, ...known);
  const span = Math.max(...known, lowest + Number.EPSILON) - lowest || 1;
  const place = (value: number) => round(height - 2 - ((value - lowest) / span) * (height - 6));
  let line = "";
  let area = "";
  let first: number | null = null;
  let last = 0;
  const close = () => {
    if (first !== null) area += `L${last} ${height}L${first} ${height}Z`;
    first = null;
  };
  for (const [index, value] of values.entries()) {
    if (value === null) {
      close();
      continue;
    }
    const x = round(((index + 0.5) / values.length) * width);
    const piece = `${first === null ? "M" : "L"}${x} ${place(value)}`;
    line += piece;
    area += piece;
    first ??= x;
    last = x;
  }
  close();
  return { line, area };
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
