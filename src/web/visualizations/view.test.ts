import { expect, test } from "vitest";
import { rangeOf, steppedBy, viewOf } from "./view";

const whole = { start: 0, end: 800_000 };

test("a drag along the axis is a view, anything else is none", () => {
  expect(viewOf({ "xaxis.range[0]": 1_000.4, "xaxis.range[1]": 9_000.6 })).toEqual({ start: 1_000, end: 9_001 });
  expect(viewOf({ "xaxis.autorange": true })).toBeNull();
  expect(viewOf({ "xaxis.range[0]": 5, "xaxis.range[1]": 6 })).toBeNull();
  expect(viewOf(undefined)).toBeNull();
});

test("an axis without a range of numbers shows nothing that could be looked at closer", () => {
  expect(rangeOf({ range: [1, 5] })).toEqual({ start: 1, end: 5 });
  expect(rangeOf({ autorange: true })).toBeNull();
  expect(rangeOf({ range: ["a", "b"] })).toBeNull();
});

test("keys go closer, along and back, and never beyond what there is", () => {
  expect(steppedBy("+", null, whole)).toEqual({ start: 200_000, end: 600_000 });
  expect(steppedBy("+", { start: 0, end: 1_500 }, whole)).toBeUndefined();
  expect(steppedBy("ArrowLeft", { start: 100_000, end: 500_000 }, whole)).toEqual({ start: 0, end: 400_000 });
  expect(steppedBy("ArrowLeft", { start: 0, end: 400_000 }, whole)).toEqual({ start: 0, end: 400_000 });
  expect(steppedBy("ArrowRight", { start: 700_000, end: 800_000 }, whole)).toEqual({ start: 700_000, end: 800_000 });
  expect(steppedBy("-", { start: 300_000, end: 400_000 }, whole)).toEqual({ start: 250_000, end: 450_000 });
  expect(steppedBy("-", { start: 200_000, end: 600_000 }, whole)).toBeNull();
  expect(steppedBy("0", { start: 0, end: 1_500 }, whole)).toBeNull();
});

test("without a view there is nothing to go back from", () => {
  for (const key of ["-", "ArrowLeft", "ArrowRight", "0", "Escape", "x"]) expect(steppedBy(key, null, whole)).toBeUndefined();
});
