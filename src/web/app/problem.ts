/** A refusal of the server, as an RFC 9457 problem document, or the network's own failure in the same shape. */
export class ProblemError extends Error {
  readonly kind: string;
  readonly title: string;
  readonly status: number;
  readonly fields: Readonly<Record<string, string>>;
  readonly requestId: string | null;
  readonly retryAfterSeconds: number | null;
  /** Members beyond the standard ones, for callers that know this kind. */
  readonly extra: Readonly<Record<string, unknown>>;

  constructor(problem: {
    kind: string;
    title: string;
    status: number;
    detail: string;
    fields?: Record<string, string>;
    requestId?: string | null;
    retryAfterSeconds?: number | null;
    extra?: Record<string, unknown>;
  }) {
    super(problem.detail);
    this.name = "ProblemError";
    this.kind = problem.kind;
    this.title = problem.title;
    this.status = problem.status;
    this.fields = problem.fields ?? {};
    this.requestId = problem.requestId ?? null;
    this.retryAfterSeconds = problem.retryAfterSeconds ?? null;
    this.extra = problem.extra ?? {};
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function text(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}

/** Reads a problem document from any body: what is missing or of a wrong type falls back to the status. */
export function problemFrom(body: unknown, status: number, headers: Headers): ProblemError {
  const { type, title, detail, fields, request_id: requestId, ...extra } = isRecord(body) ? body : {};
  const after = Number(headers.get("Retry-After") ?? Number.NaN);
  return new ProblemError({
    kind: text(type)?.split("/").at(-1) ?? `http-${status}`,
    title: text(title) ?? "The server refused this",
    status,
    detail: text(detail) ?? `The server answered with status ${status}. Try again in a moment.`,
    fields: isRecord(fields)
      ? Object.fromEntries(Object.entries(fields).map(([name, reason]) => [name, String(reason)]))
      : {},
    requestId: text(requestId) ?? headers.get("X-Request-Id"),
    retryAfterSeconds: Number.isFinite(after) ? after : null,
    extra,
  });
}

/** What a problem says beyond its title, for where the title stands above: many begin with its words once more. */
export function beyondTitle({ title, message }: Pick<ProblemError, "title" | "message">): string {
  const rest = message.startsWith(title) ? /^(?:: |, because )(?<rest>.+)$/s.exec(message.slice(title.length)) : null;
  const said = rest?.groups?.rest;
  return said ? said.charAt(0).toUpperCase() + said.slice(1) : message;
}

/** Any thrown thing as a problem that can be shown. */
export function asProblem(error: unknown): ProblemError {
  if (error instanceof ProblemError) return error;
  if (error instanceof TypeError && /fetch|network|load failed/i.test(error.message)) {
    return new ProblemError({
      kind: "unreachable",
      title: "Gridlens does not answer",
      status: 0,
      detail: "The server cannot be reached. Check the connection and try again.",
    });
  }
  return new ProblemError({
    kind: "unexpected",
    title: "Something went wrong on this page",
    status: 0,
    detail: error instanceof Error ? error.message : String(error),
  });
}
