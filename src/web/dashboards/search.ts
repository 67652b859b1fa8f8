/** What a viewer chose, as it stands in the address: readable, checked, and shared with the link. */
import { type ScopeChoice, NO_CHOICE, type TimeChoice } from "./types";

type Relative = Extract<TimeChoice, { type: "relative" }>;
type Filter = ScopeChoice["filters"][number];
export type Compare = NonNullable<ScopeChoice["compare"]>;
export type Grain = NonNullable<ScopeChoice["grain"]>;

export interface ViewSearch {
  /** "2026-06-12..2026-06-18", "2026-06-12T08:00Z..2026-06-12T12:00Z", "last-7-day", "this-month-newest". */
  range?: string;
  compare?: Compare;
  grain?: Grain;
  filters?: readonly Filter[];
}

export const COMPARISONS: readonly Compare[] = ["previous", "week", "year", "none"];
export const GRAINS: readonly Grain[] = ["minute15", "hour", "day", "week", "month", "quarter", "year"];
const SPANS: readonly Relative["span"][] = ["last", "this", "previous"];
const UNITS: readonly Relative["unit"][] = ["hour", "day", "week", "month", "quarter", "year"];
const MOST_FILTERS = 20;
const MOST_VALUES = 200;

/** The part of an address that says something this page understands; the rest is left out. */
export function readSearch(search: Record<string, unknown>): ViewSearch {
  const { range, compare, grain, filters } = search;
  // Named also where they say nothing: the router would hand on what it read under that name.
  const found: ViewSearch = { range: undefined, compare: undefined, grain: undefined, filters: undefined };
  if (typeof range === "string" && rangeOf(range)) found.range = range;
  const comparison = COMPARISONS.find((each) => each === compare);
  if (comparison) found.compare = comparison;
  const length = GRAINS.find((each) => each === grain);
  if (length) found.grain = length;
  const kept = Array.isArray(filters) ? filters.filter(isFilter).slice(0, MOST_FILTERS) : [];
  if (kept.length > 0) found.filters = kept;
  return found;
}

export function choiceOf({ range, compare, grain, filters }: ViewSearch): ScopeChoice {
  return {
    ...NO_CHOICE,
    timeRange: range ? rangeOf(range) : null,
    filters: [...(filters ?? [])],
    compare: compare ?? null,
    grain: grain ?? null,
  };
}

export function searchOf({ timeRange, compare, grain, filters }: ScopeChoice): ViewSearch {
  return {
    range: timeRange ? rangeText(timeRange) : undefined,
    compare: compare ?? undefined,
    grain: grain ?? undefined,
    filters: filters.length > 0 ? filters : undefined,
  };
}

/** The choice that a text stands for, or nothing when it is none. */
export function rangeOf(text: string): TimeChoice | null {
  const [from = "", to = "", ...more] = text.split("..");
  if (more.length > 0) return null;
  if (to) {
    if (isDay(from) && isDay(to)) return from <= to ? { type: "days", firstOn: from, lastOn: to } : null;
    const [start, end] = [instantIn(from), instantIn(to)];
    return start && end && start < end ? { type: "between", start, end } : null;
  }
  const parts = from.split("-");
  const anchor = parts.at(-1) === "newest" ? "newest" : "now";
  const [spanName, second = "", third] = anchor === "newest" ? parts.slice(0, -1) : parts;
  const span = SPANS.find((each) => each === spanName);
  const unit = UNITS.find((each) => each === (third ?? second));
  const count = third === undefined ? 1 : Number(second);
  if (!span || !unit || !Number.isInteger(count) || count < 1 || count > 1000) return null;
  if (span === "this" && count !== 1) return null;
  return { type: "relative", span, unit, count, anchor };
}

export function rangeText(choice: TimeChoice): string {
  switch (choice.type) {
    case "days":
      return `${choice.firstOn}..${choice.lastOn}`;
    case "between":
      return `${shortInstant(choice.start)}..${shortInstant(choice.end)}`;
    case "relative": {
      const { span, unit, count, anchor } = choice;
      return [span, ...(count === 1 ? [] : [count]), unit, ...(anchor === "newest" ? ["newest"] : [])].join("-");
    }
  }
}

function isDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/u.test(text) && !Number.isNaN(Date.parse(text));
}

function instantIn(text: string): string | null {
  if (!/^\d{4}-\d{2}-\d{2}T[\d:.]{5,12}Z$/u.test(text)) return null;
  const at = Date.parse(text);
  return Number.isNaN(at) ? null : new Date(at).toISOString();
}

function shortInstant(at: string): string {
  return new Date(at).toISOString().replace(/(?::00)?\.000Z$/u, "Z");
}

function isFilter(value: unknown): value is Filter {
  if (typeof value !== "object" || value === null) return false;
  const { column, operator, values } = Object(value);
  return (
    typeof column === "string" &&
    column !== "" &&
    column.length <= 200 &&
    (operator === "in" || operator === "not_in") &&
    Array.isArray(values) &&
    values.length <= MOST_VALUES &&
    values.every((each) => each === null || ["string", "number", "boolean"].includes(typeof each))
  );
}
