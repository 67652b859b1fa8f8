import { type Server, createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, expect, test } from "vitest";
import { connectCredentials, send, unwrap } from "./api";
import { ProblemError } from "./problem";

interface Seen {
  method: string;
  token: string | undefined;
  body: string;
}

let server: Server;
let seen: Seen[];
let answer: (request: Seen) => { status: number; body: unknown };
let token: string;
let ended: number;
let mayStepUp: boolean;

const problem = (kind: string, status: number) => ({
  status,
  body: { type: `/problems/${kind}`, title: kind, status, detail: `It was ${kind}.`, request_id: "r1" },
});
const fine = { status: 200, body: { isDone: true } };

beforeEach(async () => {
  seen = [];
  token = "old";
  ended = 0;
  mayStepUp = true;
  server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk) => {
      body += String(chunk);
    });
    request.on("end", () => {
      const header = request.headers["x-csrf-token"];
      const met = { method: request.method ?? "", token: typeof header === "string" ? header : undefined, body };
      seen.push(met);
      const { status, body: content } = answer(met);
      response.writeHead(status, { "Content-Type": "application/json" }).end(JSON.stringify(content));
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  connectCredentials({
    csrfToken: () => token,
    renew: async () => {
      token = "new";
    },
    stepUp: async () => mayStepUp,
    ended: () => {
      ended += 1;
    },
  });
});

afterEach(() => {
  server.close();
});

function url(): string {
  const address: AddressInfo | string | null = server.address();
  return typeof address === "object" && address ? `http://127.0.0.1:${address.port}/` : "";
}

const change = () => send(new Request(url(), { method: "POST", body: '{"name":"a"}' }));

test("a change carries the token, reading does not", async () => {
  answer = () => fine;
  await change();
  await send(new Request(url()));
  expect(seen.map((each) => each.token)).toEqual(["old", undefined]);
});

test("a stale token is renewed and the change sent again, with its body", async () => {
  answer = (met) => (met.token === "new" ? fine : problem("csrf", 403));
  const response = await change();
  expect(response.status).toBe(200);
  expect(seen).toEqual([
    { method: "POST", token: "old", body: '{"name":"a"}' },
    { method: "POST", token: "new", body: '{"name":"a"}' },
  ]);
});

test("a call that needs a step-up is repeated after it, and refused without it", async () => {
  answer = () => (seen.length > 1 ? fine : problem("step-up-required", 403));
  expect((await change()).status).toBe(200);
  seen = [];
  mayStepUp = false;
  expect((await change()).status).toBe(403);
  expect(seen).toHaveLength(1);
});

test("the end of the session is told, other refusals are not taken for it", async () => {
  answer = () => problem("unauthenticated", 401);
  await change();
  answer = () => problem("wrong-code", 401);
  await change();
  expect(ended).toBe(1);
});

test("a refusal is thrown as a problem, and no answer as well", async () => {
  answer = () => problem("not-found", 404);
  const call = async () => {
    const response = await send(new Request(url()));
    return { error: await response.json(), response };
  };
  await expect(unwrap(call())).rejects.toMatchObject({ kind: "not-found", message: "It was not-found.", requestId: "r1" });
  const dead = fetch("http://127.0.0.1:1/").then((response) => ({ data: 1, response }));
  await expect(unwrap(dead)).rejects.toBeInstanceOf(ProblemError);
});
