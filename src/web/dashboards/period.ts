import type { Span } from "../parts/ribbon";
import { instantOf, spanText, type Reading } from "../parts/time";
import type { Scope, TimeChoice } from "./types";

type Relative = Extract<TimeChoice, { type: "relative" }>;
type Anchor = Relative["anchor"];

const PLURAL: Record<Relative["unit"], string> = {
  hour: "hours",
  day: "days",
  week: "weeks",
  month: "months",
  quarter: "quarters",
  year: "years",
};

/** A choice in words: "last 7 days", "previous month", "12 – 18 Jun 2026". */
export function choiceText(choice: TimeChoice, reading: Reading): string {
  switch (choice.type) {
    case "relative": {
      const { span, unit, count } = choice;
      return count === 1 ? `${span} ${unit}` : `${span} ${count} ${PLURAL[unit]}`;
    }
    case "days":
      return spanText(dayStart(choice.firstOn), dayStart(choice.lastOn, 1), { ...reading, zone: "UTC" });
    case "between":
      return spanText(new Date(choice.start), new Date(choice.end), reading);
  }
}

function dayStart(day: string, later = 0): Date {
  return new Date(Date.parse(`${day}T00:00:00Z`) + later * 86_400_000);
}

export function scopeText({ timeRange: range }: Pick<Scope, "timeRange">, locale: string): string | null {
  return range ? spanText(new Date(range.start), new Date(range.end), { locale, zone: range.zone }) : null;
}

/** Offered in the menu of the filter bar, counted from now or from the newest data. */
export function commonChoices(anchor: Anchor): Relative[] {
  const relative = (span: Relative["span"], unit: Relative["unit"], count = 1): Relative => ({
    type: "relative",
    span,
    unit,
    count,
    anchor,
  });
  return [
    relative("last", "day"),
    relative("last", "day", 7),
    relative("last", "day", 30),
    relative("previous", "week"),
    relative("this", "month"),
    relative("previous", "month"),
    relative("last", "month", 12),
    relative("this", "year"),
  ];
}

/** The range of the same length just before (−1) or after (+1), as instants. */
export function shifted(scope: Scope, direction: -1 | 1): TimeChoice | null {
  const range = scope.timeRange;
  if (!range) return null;
  const start = Date.parse(range.start);
  const end = Date.parse(range.end);
  // Whole local days move by days, so that midnight stays midnight across a clock change.
  const days = Math.round((end - start) / 86_400_000);
  if (days >= 1 && isMidnight(range.start, range.zone) && isMidnight(range.end, range.zone)) {
    const first = localDay(new Date(start), range.zone);
    return {
      type: "days",
      firstOn: plusDays(first, direction * days),
      lastOn: plusDays(first, direction * days + days - 1),
    };
  }
  const length = end - start;
  return {
    type: "between",
    start: new Date(start + direction * length).toISOString(),
    end: new Date(end + direction * length).toISOString(),
  };
}

/** A range of the same length whose last day, or last hour, holds the instant. */
export function endingAt(scope: Scope, at: Date): TimeChoice | null {
  const range = scope.timeRange;
  if (!range) return null;
  const length = Date.parse(range.end) - Date.parse(range.start);
  if (isMidnight(range.start, range.zone) && isMidnight(range.end, range.zone)) {
    const last = localDay(at, range.zone);
    return { type: "days", firstOn: plusDays(last, 1 - Math.round(length / 86_400_000)), lastOn: last };
  }
  const end = (Math.floor(at.getTime() / 3_600_000) + 1) * 3_600_000;
  return { type: "between", start: new Date(end - length).toISOString(), end: new Date(end).toISOString() };
}

/** The span between two instants as a choice: whole local days where it is whole days. */
export function chosenSpan(start: Date, end: Date, zone: string): TimeChoice {
  if (!isMidnight(start.toISOString(), zone) || !isMidnight(end.toISOString(), zone)) {
    return { type: "between", start: start.toISOString(), end: end.toISOString() };
  }
  return { type: "days", firstOn: localDay(start, zone), lastOn: localDay(new Date(end.getTime() - 1), zone) };
}

/** The instants of a choice that names its days or its ends; what is relative to now or to the data, the server knows. */
export function spanOf(choice: TimeChoice, zone: string): Span | null {
  switch (choice.type) {
    case "days":
      return { start: localMidnight(choice.firstOn, zone), end: localMidnight(plusDays(choice.lastOn, 1), zone) };
    case "between":
      return { start: new Date(choice.start), end: new Date(choice.end) };
    case "relative":
      return null;
  }
}

/** Twice as long, half of it before and half after. */
export function zoomedOut(scope: Scope): TimeChoice | null {
  const range = scope.timeRange;
  if (!range) return null;
  const [start, end] = [Date.parse(range.start), Date.parse(range.end)];
  if (isMidnight(range.start, range.zone) && isMidnight(range.end, range.zone)) {
    const days = Math.round((end - start) / 86_400_000);
    const first = localDay(new Date(start), range.zone);
    const before = Math.ceil(days / 2);
    return { type: "days", firstOn: plusDays(first, -before), lastOn: plusDays(first, 2 * days - before - 1) };
  }
  const half = (end - start) / 2;
  return {
    type: "between",
    start: new Date(start - half).toISOString(),
    end: new Date(end + half).toISOString(),
  };
}

function isMidnight(at: string, zone: string): boolean {
  return new Intl.DateTimeFormat("en-GB", { timeZone: zone, timeStyle: "medium" }).format(new Date(at)) === "00:00:00";
}

function localDay(at: Date, zone: string): string {
  return new Intl.DateTimeFormat("sv-SE", { timeZone: zone }).format(at);
}

function localMidnight(day: string, zone: string): Date {
  const [year = 0, month = 0, date = 0] = day.split("-").map(Number);
  return instantOf({ year, month, day: date }, zone);
}

function plusDays(day: string, days: number): string {
  return dayStart(day, days).toISOString().slice(0, 10);
}
