import { queryClient } from "../app/query";

/** A statement as it was run, and how often the source was asked for it anew. */
export interface Run {
  sql: string;
  attempt: number;
}

/** What is on screen asks its source again; another statement may come from the cache. */
export function nextRun(shown: Run | null, sql: string): Run {
  return { sql, attempt: shown?.sql === sql ? shown.attempt + 1 : 0 };
}

/** What was drawn of a statement is drawn anew, from the rows that are fetched now, when it is shown next. */
export function outdateDrawn(sourceId: string, sql: string): void {
  void queryClient.invalidateQueries({ queryKey: ["charts", "preview", { sourceId, sql }], refetchType: "none" });
}
