import { expect, test } from "vitest";
import { nextRun } from "./run";

test("what is on screen is asked for anew, however it came there", () => {
  expect(nextRun({ sql: "SELECT 1", attempt: 0 }, "SELECT 1")).toEqual({ sql: "SELECT 1", attempt: 1 });
  expect(nextRun({ sql: "SELECT 1", attempt: 4 }, "SELECT 1")).toEqual({ sql: "SELECT 1", attempt: 5 });
});

test("another statement begins anew", () => {
  expect(nextRun(null, "SELECT 1")).toEqual({ sql: "SELECT 1", attempt: 0 });
  expect(nextRun({ sql: "SELECT 1", attempt: 4 }, "SELECT 2")).toEqual({ sql: "SELECT 2", attempt: 0 });
});
