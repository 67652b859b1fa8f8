import { expect, test } from "vitest";
import { choiceText, endingAt, shifted, spanOf } from "./period";

const reading = { locale: "en-GB", zone: "Europe/Berlin" };

test("choices read as people say them", () => {
  const relative = { type: "relative", span: "last", unit: "day", count: 7, anchor: "now" } as const;
  expect(choiceText(relative, reading)).toBe("last 7 days");
  expect(choiceText({ ...relative, span: "previous", unit: "month", count: 1 }, reading)).toBe("previous month");
  expect(choiceText({ type: "days", firstOn: "2026-06-12", lastOn: "2026-06-18" }, reading)).toBe("12 – 18 Jun 2026");
});

test("a week with a clock change moves by whole local days", () => {
  // 23–29 March 2026 in Berlin has 167 hours: the clocks go forward on the 29th.
  const scope = {
    timeRange: { start: "2026-03-22T23:00:00Z", end: "2026-03-29T22:00:00Z", zone: "Europe/Berlin" },
    filters: [],
  };
  expect(shifted(scope, 1)).toEqual({ type: "days", firstOn: "2026-03-30", lastOn: "2026-04-05" });
  expect(shifted(scope, -1)).toEqual({ type: "days", firstOn: "2026-03-16", lastOn: "2026-03-22" });
});

test("a range of hours moves by its own length", () => {
  const scope = {
    timeRange: { start: "2026-06-01T08:00:00Z", end: "2026-06-01T14:00:00Z", zone: "Europe/Berlin" },
    filters: [],
  };
  expect(shifted(scope, 1)).toEqual({
    type: "between",
    start: "2026-06-01T14:00:00.000Z",
    end: "2026-06-01T20:00:00.000Z",
  });
});

test("days that are named are known before the data is loaded, 23-hour days included", () => {
  expect(spanOf({ type: "days", firstOn: "2026-03-29", lastOn: "2026-03-29" }, "Europe/Berlin")).toEqual({
    start: new Date("2026-03-28T23:00:00Z"),
    end: new Date("2026-03-29T22:00:00Z"),
  });
  expect(spanOf({ type: "relative", span: "last", unit: "day", count: 7, anchor: "now" }, "Europe/Berlin")).toBeNull();
});

test("a jump keeps the length of the range and ends with the day, or the hour, of the newest data", () => {
  const zone = "Europe/Berlin";
  const week = { timeRange: { start: "2026-06-07T22:00:00Z", end: "2026-06-14T22:00:00Z", zone }, filters: [] };
  expect(endingAt(week, new Date("2014-12-31T22:30:00Z"))).toEqual({ type: "days", firstOn: "2014-12-25", lastOn: "2014-12-31" });
  const hours = { timeRange: { start: "2026-06-01T08:00:00Z", end: "2026-06-01T14:00:00Z", zone }, filters: [] };
  expect(endingAt(hours, new Date("2014-12-31T22:30:00Z"))).toEqual({
    type: "between",
    start: "2014-12-31T17:00:00.000Z",
    end: "2014-12-31T23:00:00.000Z",
  });
});
