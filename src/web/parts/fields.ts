import { ProblemError, asProblem } from "../app/problem";

/** The reason why one field was refused, if the last try was refused for it. */
export function fieldError(error: unknown, name: string): string | undefined {
  return error instanceof ProblemError ? error.fields[name] : undefined;
}

/** What to say above the form: nothing when every reason already stands at a field that is shown. */
export function formError(error: unknown, shown: readonly string[] = []): string | undefined {
  if (error === null || error === undefined) return undefined;
  const problem = asProblem(error);
  const names = Object.keys(problem.fields);
  if (names.length > 0 && names.every((name) => shown.includes(name))) return undefined;
  const rest = names.filter((name) => !shown.includes(name)).map((name) => `${name}: ${problem.fields[name]}`);
  return [problem.message, ...rest].join(" ");
}

/** What to say in a form with one field, where the message says it all. */
export function refusalOf(error: unknown): string | undefined {
  return error === null || error === undefined ? undefined : asProblem(error).message;
}
