import { expect, test } from "vitest";
import { type Export, isUnderWay, problemOf, progressText, shareOf } from "./exports";

const RUNNING: Export = {
  exportId: "1",
  name: "Load",
  fileFormat: "csv",
  sourceId: "2",
  questionId: null,
  sql: "SELECT 1",
  state: "running",
  rows: 1_204_332,
  rowCount: null,
  sizeBytes: 34_000_000,
  error: null,
  refusal: null,
  createdAt: "2026-06-18T12:00:00Z",
  finishedAt: null,
  expiresAt: null,
};

const said = (change: Partial<Export>) => progressText({ ...RUNNING, ...change }, "en-GB").replaceAll(/\s/gu, " ");

test("rows and bytes are told as long as nobody knows how many rows there are", () => {
  expect(shareOf(RUNNING)).toBeNull();
  expect(said({})).toBe("1,204,332 rows written so far, 34 MB");
  expect(said({ fileFormat: "parquet" })).toBe("1,204,332 rows read so far, 34 MB");
  expect(said({ rows: 0 })).toBe("Waiting for the first rows");
  expect(said({ state: "waiting", rows: 0 })).toBe("Waiting for its turn");
});

test("a percentage is told once the rows are counted", () => {
  const half = { fileFormat: "xlsx", rows: 200, rowCount: 800 } as const;
  expect(shareOf(half)).toBe(0.25);
  expect(said(half)).toBe("25 % of 800 rows written");
  expect(said({ ...half, rows: 800 })).toBe("All 800 rows are read. The file is being finished.");
});

test("an empty result is done with no rows", () => {
  expect(said({ state: "done", rows: 0, rowCount: 0, sizeBytes: 9 })).toBe("0 rows, 9 B");
  expect(shareOf({ rows: 0, rowCount: 0 })).toBeNull();
});

test("what may not be downloaded says why, and what may says nothing", () => {
  expect(problemOf({ ...RUNNING, state: "done" })).toBeNull();
  expect(problemOf({ ...RUNNING, state: "done", refusal: "Rights changed." })?.message).toBe("Rights changed.");
  expect(problemOf({ ...RUNNING, state: "failed", error: "The disk is full." })?.message).toBe("The disk is full.");
  expect(problemOf({ ...RUNNING, state: "expired" })?.message).toContain("Export again");
});

test("only what waits or runs is under way", () => {
  const states = ["waiting", "running", "done", "failed", "cancelled", "expired"] as const;
  expect(states.filter((state) => isUnderWay({ state }))).toEqual(["waiting", "running"]);
});
