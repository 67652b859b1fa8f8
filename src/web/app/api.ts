import createClient from "openapi-fetch";
import { asProblem, problemFrom } from "./problem";
import type { components, paths } from "./schema";

export type Schemas = components["schemas"];

const CHANGES = new Set(["POST", "PUT", "PATCH", "DELETE"]);

/** What the transport needs from the session; set once by `session.ts`, which itself calls through here. */
export interface Credentials {
  csrfToken(): string | null;
  /** Reads the session again after the server refused its token. */
  renew(): Promise<void>;
  /** Asks for password and code; true when the refused call may be repeated. */
  stepUp(): Promise<boolean>;
  /** The session has ended. */
  ended(): void;
}

let credentials: Credentials | null = null;

export function connectCredentials(given: Credentials): void {
  credentials = given;
}

/** Headers for the few calls that cannot go through `api`, such as an upload with progress. */
export function csrfHeaders(): Record<string, string> {
  const token = credentials?.csrfToken();
  return token ? { "X-CSRF-Token": token } : {};
}

/** Carries the token with every change, and mends what can be mended: a stale token, a missing step-up. */
export async function send(request: Request): Promise<Response> {
  const isChange = CHANGES.has(request.method);
  const once = async (): Promise<Response> => {
    const copy = request.clone();
    if (isChange) for (const [name, value] of Object.entries(csrfHeaders())) copy.headers.set(name, value);
    return fetch(copy);
  };
  const response = await once();
  if (!credentials || (response.status !== 401 && response.status !== 403)) return response;
  switch (await kindOf(response)) {
    case "csrf":
      await credentials.renew();
      return once();
    case "step-up-required":
      return (await credentials.stepUp()) ? once() : response;
    case "unauthenticated":
    case "not-signed-in":
      credentials.ended();
      return response;
    default:
      return response;
  }
}

async function kindOf(response: Response): Promise<string | null> {
  try {
    return problemFrom(await response.clone().json(), response.status, response.headers).kind;
  } catch {
    return null;
  }
}

export const api = createClient<paths>({ baseUrl: globalThis.location?.origin ?? "http://localhost", fetch: send });

const LONGEST_IN_ADDRESS = 4_000;

/** Options as the address carries them, so that the browser keeps the answer; nothing for what is too long for that. */
export function inAddress(options: object): string | null {
  const text = JSON.stringify(options);
  return encodeURIComponent(text).length <= LONGEST_IN_ADDRESS ? text : null;
}

/** What the generated client answers; `data` is there exactly when the server agreed. */
interface Answer {
  data?: unknown;
  error?: unknown;
  response: Response;
}

type DataOf<A> = A extends { data: infer D; error?: never } ? D : never;

/** The body of a good answer; a refusal, or no answer at all, is thrown as a `ProblemError`. */
export async function unwrap<A extends Answer>(call: Promise<A>): Promise<DataOf<A>> {
  const answer = await call.catch((failure: unknown) => {
    throw asProblem(failure);
  });
  if (isGood(answer)) return answer.data;
  throw problemFrom(answer.error, answer.response.status, answer.response.headers);
}

function isGood<A extends Answer>(answer: A): answer is A & { data: DataOf<A> } {
  return answer.response.ok;
}
