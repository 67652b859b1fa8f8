import { ProblemError } from "../app/problem";

/** Stands where an answer would be whose query its reader stopped. */
export function stopped(): ProblemError {
  return new ProblemError({
    kind: "query-ended",
    title: "This query was stopped",
    status: 0,
    detail: "The query was stopped before it had finished. Run it again when you need it.",
  });
}
