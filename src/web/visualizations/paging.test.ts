import { expect, test } from "vitest";
import { between, filteredBy, filterOf, sortedBy, turned } from "./paging";

test("the first rows as they came are no page of their own", () => {
  expect(turned(null, 50, 120)).toEqual({ offset: 50, limit: 50, order: null, filters: [] });
  expect(turned(turned(null, 50, 120), 0, 120)).toBeNull();
  expect(turned(null, 5_000, 120)?.offset).toBe(100);
  expect(turned(null, -50, 120)).toBeNull();
});

test("numbers are sorted from the largest, words from the first, and a third click takes it back", () => {
  const once = sortedBy(null, "load", true);
  expect(once?.order).toEqual({ column: "load", isDescending: true });
  const twice = sortedBy(once, "load", true);
  expect(twice?.order).toEqual({ column: "load", isDescending: false });
  expect(sortedBy(twice, "load", true)).toBeNull();
  expect(sortedBy(once, "site", false)?.order).toEqual({ column: "site", isDescending: false });
});

test("another order or filter begins at the first row again", () => {
  const third = turned(null, 100, 500);
  expect(sortedBy(third, "site", false)?.offset).toBe(0);
  expect(filteredBy(third, "site", { type: "contains", column: "site", text: "a" })?.offset).toBe(0);
});

test("a column has one filter, which can be lifted", () => {
  const one = filteredBy(null, "site", { type: "contains", column: "site", text: "a" });
  const other = filteredBy(one, "site", { type: "equals", column: "site", text: "b" });
  expect(other?.filters).toHaveLength(1);
  expect(filterOf(other, "site")?.type).toBe("equals");
  expect(filteredBy(other, "site", null)).toBeNull();
});

test("a range is typed in the unit that is shown and asked for in the column's own", () => {
  expect(between("load", "1.5", "", 0.001)).toEqual({ type: "between", column: "load", low: 1_500, high: null });
  expect(between("load", "−2", "3", 1)).toEqual({ type: "between", column: "load", low: -2, high: 3 });
  expect(between("at", "2026-03-04T12:00", "", null)?.type).toBe("between");
  expect(between("load", " ", "", 1)).toBeNull();
  // What is no number is refused by the server, with the reason.
  expect(between("load", "much", "", 1)).toEqual({ type: "between", column: "load", low: "much", high: null });
});
