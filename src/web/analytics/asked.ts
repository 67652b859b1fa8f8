/** What was asked and what is shown of it, as it stands in the address: checked, and shared with the link. */
import type { Schemas } from "../app/api";

export type QueryPlan = Schemas["QueryPlan"];

export interface AskSearch {
  q?: string;
  source?: string;
  /** The plan of the answer before, which the words may go on from. */
  after?: QueryPlan;
  /** The plan that is shown where it is not what the words mean: a slot was changed, a reading opened. */
  plan?: QueryPlan;
}

const LONGEST_PLAN = 8_000;
const LISTS = ["measures", "dimensions", "columns", "filters", "having", "order", "assumed"] as const;
const PARTS = ["time", "comparison", "combined"] as const;
const OTHERS = ["isDistinct", "limit"] as const;
const KNOWN: ReadonlySet<string> = new Set([...LISTS, ...PARTS, ...OTHERS]);

export function readAskSearch(search: Record<string, unknown>): AskSearch {
  // Named also where they say nothing: the router would hand on what it read under that name.
  return {
    q: text(search.q, 500),
    source: text(search.source, 40),
    after: planOf(search.after),
    plan: planOf(search.plan),
  };
}

/** The plan without what it says by saying nothing, for the address; nothing where it is too long for one. */
export function compact(plan: QueryPlan): QueryPlan | undefined {
  return planOf(withoutNothing(plan));
}

/** The same for two plans that are alike, however they are written. */
export function planKey(plan: QueryPlan | null | undefined): string {
  return plan ? JSON.stringify(sorted(withoutNothing(plan))) : "";
}

/** Whether both ask for the same, be it assumed or confirmed. */
export function asksAlike(one: QueryPlan | null | undefined, other: QueryPlan | null | undefined): boolean {
  return planKey(one && { ...one, assumed: [] }) === planKey(other && { ...other, assumed: [] });
}

/** The address of the next question: it goes on from the last answer where both are of one source. */
export function nextAsk(question: string, source: string, before: AskSearch, shown: QueryPlan | null): AskSearch {
  const next = { q: question, source, after: undefined, plan: undefined };
  if (source !== before.source) return next;
  // Who asks the same once more wants the same answer, and not one that goes on from itself.
  if (question === before.q) return { ...next, after: before.after };
  // What could not be answered leaves the conversation where it was.
  return { ...next, after: shown ? compact(shown) : before.after };
}

/** Words between slots, which stand apart without the commas of the plain sentence. */
export function withoutCommas(words: string): string {
  return words.replace(/^[,\s]+|[,\s]+$/gu, "");
}

/** The range of a sentence changed to the days that end with the newest data. */
export function newestDays(newest: string, count: number): Schemas["Patch"] {
  const first = new Date(`${newest}T12:00:00Z`);
  first.setUTCDate(first.getUTCDate() - (count - 1));
  return { slot: "range", option: `days:${first.toISOString().slice(0, 10)}:${newest}` };
}

function planOf(value: unknown): QueryPlan | undefined {
  return isPlan(value) && JSON.stringify(value).length <= LONGEST_PLAN ? value : undefined;
}

/** Whether it has the shape of a plan; whether it fits the source is for the server to say. */
function isPlan(value: unknown): value is QueryPlan {
  return (
    isRecord(value) &&
    Object.keys(value).every((name) => KNOWN.has(name)) &&
    LISTS.every((name) => value[name] === undefined || Array.isArray(value[name])) &&
    PARTS.every((name) => value[name] === undefined || isRecord(value[name])) &&
    [value.measures, value.columns].some((shown) => Array.isArray(shown) && shown.length > 0)
  );
}

function text(value: unknown, most: number): string | undefined {
  return typeof value === "string" && value.length <= most ? value : undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Members that are null or an empty list are what the server takes them for when they are missing. */
function withoutNothing(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNothing);
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => member !== null && !(Array.isArray(member) && member.length === 0))
      .map(([name, member]) => [name, withoutNothing(member)]),
  );
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.keys(value)
      .toSorted()
      .map((name) => [name, sorted(value[name])]),
  );
}
