import { expect, test } from "vitest";
import { brushed, coursePaths, moved, weekMarks, windowOf } from "./ribbon";

const BERLIN = "Europe/Berlin";
const at = (text: string) => new Date(text);
// 23 to 29 March 2026 in Berlin, the last day of which has 23 hours.
const WEEK = { start: at("2026-03-22T23:00Z"), end: at("2026-03-29T22:00Z") };

test("thirty local days end with the range, also across a clock change", () => {
  expect(windowOf(WEEK, BERLIN, null)).toEqual({ start: at("2026-02-27T23:00Z"), end: WEEK.end });
});

test("days that hold the range stay, so that a brush can be moved about", () => {
  const shown = windowOf(WEEK, BERLIN, null);
  const earlier = moved(WEEK, "both", -5, BERLIN);
  expect(windowOf(earlier, BERLIN, shown)).toBe(shown);
});

test("a range before the days begins them, one after ends them", () => {
  const shown = windowOf(WEEK, BERLIN, null);
  const before = moved(WEEK, "both", -40, BERLIN);
  expect(windowOf(before, BERLIN, shown).start).toEqual(before.start);
  const after = moved(WEEK, "both", 7, BERLIN);
  expect(windowOf(after, BERLIN, shown).end).toEqual(after.end);
});

test("a long range is shown whole", () => {
  const year = { start: at("2025-12-31T23:00Z"), end: at("2026-12-31T23:00Z") };
  expect(windowOf(year, BERLIN, null)).toEqual(year);
});

test("days move from midnight to midnight, hours by hours, and nothing turns inside out", () => {
  expect(moved(WEEK, "both", 1, BERLIN)).toEqual({ start: at("2026-03-23T23:00Z"), end: at("2026-03-30T22:00Z") });
  const hours = { start: at("2026-03-29T00:30Z"), end: at("2026-03-29T02:30Z") };
  expect(moved(hours, "end", 1, BERLIN).end).toEqual(at("2026-03-29T03:30Z"));
  expect(moved(hours, "start", 5, BERLIN)).toBe(hours);
});

test("a brush takes whole days, at least one", () => {
  expect(brushed(at("2026-03-29T09:00Z"), at("2026-03-29T08:00Z"), BERLIN)).toEqual({
    start: at("2026-03-28T23:00Z"),
    end: at("2026-03-29T22:00Z"),
  });
  expect(brushed(at("2026-03-30T21:00Z"), at("2026-03-28T22:00Z"), BERLIN)).toEqual({
    start: at("2026-03-28T23:00Z"),
    end: at("2026-03-30T22:00Z"),
  });
});

test("marks stand a week apart, counted from the last day", () => {
  const marks = weekMarks(windowOf(WEEK, BERLIN, null), BERLIN);
  expect(marks).toHaveLength(5);
  expect(marks.at(-1)).toEqual(at("2026-03-28T23:00Z"));
  expect(marks.at(-2)).toEqual(at("2026-03-21T23:00Z"));
});

test("a gap breaks the curve", () => {
  const { line, area } = coursePaths([1, 2, null, 2], 40, 10);
  expect(line.match(/M/gu)).toHaveLength(2);
  expect(area.match(/Z/gu)).toHaveLength(2);
});
