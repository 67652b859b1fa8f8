import { ProblemError } from "../app/problem";

/** A place in a statement; both count from 1. */
export interface Fault {
  line: number;
  column: number;
}

/** Where in the text that is shown the server found fault with what was run, which may be a part of it. */
export function faultIn(shown: string, run: string, failure: unknown): Fault | null {
  if (!(failure instanceof ProblemError)) return null;
  const { line, column } = failure.extra;
  const start = shown.indexOf(run);
  if (typeof line !== "number" || typeof column !== "number" || start < 0) return null;
  const before = shown.slice(0, start).split("\n");
  return { line: line + before.length - 1, column: line === 1 ? column + (before.at(-1)?.length ?? 0) : column };
}
