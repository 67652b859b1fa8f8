import { expect, test } from "vitest";
import { ProblemError } from "../app/problem";
import { faultIn } from "./fault";

const failure = (extra: Record<string, unknown>) =>
  new ProblemError({ kind: "query-refused", title: "Refused", status: 422, detail: "No.", extra });

test("a fault stands where the server says, in the whole text and in a part of it", () => {
  expect(faultIn("SELECT 1", "SELECT 1", failure({ line: 1, column: 8 }))).toEqual({ line: 1, column: 8 });
  expect(faultIn("SELECT 1;\n  SELECT x\nFROM y", "SELECT x\nFROM y", failure({ line: 1, column: 8 }))).toEqual({
    line: 2,
    column: 10,
  });
  expect(faultIn("SELECT 1;\n  SELECT x\nFROM y", "SELECT x\nFROM y", failure({ line: 2, column: 6 }))).toEqual({
    line: 3,
    column: 6,
  });
});

test("what has no place, or is not shown any more, is marked nowhere", () => {
  expect(faultIn("SELECT 1", "SELECT 1", failure({}))).toBeNull();
  expect(faultIn("SELECT 2", "SELECT 1", failure({ line: 1, column: 1 }))).toBeNull();
  expect(faultIn("SELECT 1", "SELECT 1", new Error("gone"))).toBeNull();
});
