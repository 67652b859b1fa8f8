import type { Tone } from "../parts/Tag";
import { clockText, type Reading, whenText } from "../parts/time";
import type { Provenance } from "./types";

export interface Freshness {
  tone: Tone;
  text: string;
  /** The instant itself, and what it means for the reader. */
  title: string;
}

/** How old numbers are: fresh, from the cache, or older than they should be while newer ones are fetched. */
export function freshnessOf(
  { readAt, isCached, isStale }: Pick<Provenance, "readAt" | "isCached" | "isStale">,
  now: Date,
  reading: Reading,
  isShort = false,
): Freshness {
  const at = new Date(readAt);
  const when = whenText(at, now, reading);
  const read = `Read from the source on ${clockText(at, reading)}.`;
  if (isStale) return { tone: "warn", text: `stale, ${when}`, title: `${read} Newer numbers are on their way.` };
  // An answer takes its rows from the cache also where they were put there a moment ago.
  if (when === "now") return { tone: "ok", text: "fresh", title: read };
  return { tone: "plain", text: isCached && !isShort ? `from cache, ${when}` : when, title: read };
}
