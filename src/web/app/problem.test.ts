import { expect, test } from "vitest";
import { ProblemError, asProblem, beyondTitle, problemFrom } from "./problem";

test("a problem document keeps its kind, its words, its fields and the request id", () => {
  const problem = problemFrom(
    {
      type: "/problems/invalid-time-range",
      title: "This time range cannot be used",
      status: 400,
      detail: "The time range ends before it starts.",
      request_id: "01a1",
      fields: { end: "not after start" },
      attemptsLeft: 4,
    },
    400,
    new Headers(),
  );
  expect(problem).toMatchObject({
    kind: "invalid-time-range",
    message: "The time range ends before it starts.",
    fields: { end: "not after start" },
    requestId: "01a1",
    extra: { attemptsLeft: 4 },
  });
});

test("an answer that is no problem document still says what to do", () => {
  const headers = new Headers({ "X-Request-Id": "abc", "Retry-After": "30" });
  for (const body of ["<html>", null, [1], { detail: 7, fields: "no" }]) {
    const problem = problemFrom(body, 502, headers);
    expect(problem.kind).toBe("http-502");
    expect(problem.message).toContain("502");
    expect(problem).toMatchObject({ requestId: "abc", retryAfterSeconds: 30, fields: {} });
  }
});

test("a network failure reads as one, and a problem stays itself", () => {
  expect(asProblem(new TypeError("Failed to fetch")).kind).toBe("unreachable");
  expect(asProblem(new Error("boom")).message).toBe("boom");
  const own = new ProblemError({ kind: "x", title: "t", status: 400, detail: "d" });
  expect(asProblem(own)).toBe(own);
});

test("what its title says already is not said again under it", () => {
  const title = "This query was not run";
  expect(beyondTitle({ title, message: `${title}: the function sleep() is not allowed. Edit it.` })).toBe(
    "The function sleep() is not allowed. Edit it.",
  );
  expect(beyondTitle({ title, message: `${title}, because it does more than read: x.` })).toBe("It does more than read: x.");
  for (const message of ["The source is away.", `${title}.`, `${title}s.`, title]) {
    expect(beyondTitle({ title, message })).toBe(message);
  }
});
