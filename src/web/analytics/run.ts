import { queryClient } from "../app/query";
import { keptRun } from "./keptRuns";

/** A statement as it was run, and how often the source was asked for it anew. */
export interface Run {
  sql: string;
  attempt: number;
  /** The name that it ran under before. */
  earlier?: string;
}

/** What the address asks to be run at once. */
export function runIn(search: { run?: string; sql?: string }): Run | null {
  const kept = keptRun(search.run);
  if (kept) return { sql: kept.sql, attempt: 0, earlier: search.run };
  return search.sql ? { sql: search.sql, attempt: 0 } : null;
}

/** What is on screen asks its source again; another statement may come from the cache. */
export function nextRun(shown: Run | null, sql: string): Run {
  return { sql, attempt: shown?.sql === sql ? shown.attempt + 1 : 0 };
}

/** What was drawn of a statement is drawn anew, from the rows that are fetched now, when it is shown next. */
export function outdateDrawn(sourceId: string, sql: string): void {
  void queryClient.invalidateQueries({ queryKey: ["charts", "preview", { sourceId, sql }], refetchType: "none" });
}
