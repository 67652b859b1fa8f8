import { expect, test } from "vitest";
import { choiceOf, rangeOf, rangeText, readSearch, searchOf } from "./search";

test.each([
  ["2026-06-12..2026-06-18", { type: "days", firstOn: "2026-06-12", lastOn: "2026-06-18" }],
  [
    "2026-06-12T08:00Z..2026-06-12T12:00Z",
    { type: "between", start: "2026-06-12T08:00:00.000Z", end: "2026-06-12T12:00:00.000Z" },
  ],
  ["last-7-day", { type: "relative", span: "last", unit: "day", count: 7, anchor: "now" }],
  ["this-month-newest", { type: "relative", span: "this", unit: "month", count: 1, anchor: "newest" }],
])("the range %s is read and written alike", (text, choice) => {
  expect(rangeOf(text)).toEqual(choice);
  const read = rangeOf(text);
  expect(read && rangeText(read)).toBe(text);
});

test.each(["", "yesterday", "2026-06-18..2026-06-12", "2026-13-01..2026-13-02", "last-0-day", "this-2-week", "a..b..c"])(
  "%j is no range",
  (text) => {
    expect(rangeOf(text)).toBeNull();
  },
);

test("what the page does not understand is left out of the address", () => {
  const filters = [{ column: "site", operator: "in", values: ["North"] }, { column: "site", values: 3 }, "x"];
  expect(readSearch({ range: "never", compare: "week", grain: "second", filters, other: 1 })).toEqual({
    compare: "week",
    filters: [filters[0]],
  });
});

test("a choice comes back from the address as it went in", () => {
  const search = readSearch({ range: "last-7-day", compare: "none", grain: "day" });
  expect(readSearch({ ...searchOf(choiceOf(search)) })).toEqual(search);
});
