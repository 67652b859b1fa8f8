import { api, type Schemas, unwrap } from "../app/api";
import { ProblemError } from "../app/problem";
import { stopped } from "../parts/stopped";
import { tell } from "../parts/toast";

export type Progress = Schemas["QueryProgress"];

const EVERY_MS = 2_000;
/** A server that was restarted knows nothing any more; after so many such answers nobody is told. */
const UNKNOWN_MOST = 5;

export const readProgress = (queryId: string) =>
  unwrap(api.GET("/api/v1/queries/{query_id}", { params: { path: { query_id: queryId } } }));

export function isUnderWay({ state }: Progress): boolean {
  return state === "waiting" || state === "running";
}

/** What is said of a query that has ended while its asker was elsewhere; nothing when they stopped it. */
export function noticeOf({ state, error }: Progress): string | null {
  switch (state) {
    case "succeeded":
      return "Your query is done.";
    case "failed":
    case "refused":
      return `Your query failed. ${error ?? ""}`.trim();
    default:
      return null;
  }
}

/** "Next in the queue", "Third …": the place of a query that waits. */
export function placeText(position: number | null | undefined): string | null {
  if (!position) return null;
  return position === 1 ? "Waiting: next in the queue" : `Waiting: number ${position} in the queue`;
}

/** Why there are no rows to draw; nothing when there are. */
export function failureOf({ state, error }: Progress): ProblemError | null {
  switch (state) {
    case "succeeded":
    case "waiting":
    case "running":
      return null;
    case "stopped":
      return stopped();
    case "failed":
    case "refused":
      return problem("The query failed", error ?? "Run it again.");
    case "unknown":
      return problem("The query was lost", "The server was restarted while it ran. Run it again.");
  }
}

function problem(title: string, detail: string): ProblemError {
  return new ProblemError({ kind: "query-ended", title, status: 0, detail });
}

/** Tells the reader, who is on another page by then, that a query has ended. */
export async function tellWhenDone(
  queryId: string,
  isHere: () => boolean,
  show: () => void,
  unknown = 0,
): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, EVERY_MS));
  const progress = await readProgress(queryId).catch(() => null);
  if (progress === null || progress.state === "unknown") {
    return unknown < UNKNOWN_MOST ? tellWhenDone(queryId, isHere, show, unknown + 1) : undefined;
  }
  if (isUnderWay(progress)) return tellWhenDone(queryId, isHere, show);
  const notice = noticeOf(progress);
  if (notice && !isHere()) tell(notice, progress.state === "succeeded" ? { label: "Show", run: show } : undefined);
}
