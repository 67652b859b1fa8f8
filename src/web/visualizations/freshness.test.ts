import { expect, test } from "vitest";
import { freshnessOf } from "./freshness";

const berlin = { locale: "en-GB", zone: "Europe/Berlin" };
const now = new Date("2026-06-18T12:32:00Z");
const told = (readAt: string, flags: { isCached?: boolean; isStale?: boolean } = {}) => {
  const { tone, text } = freshnessOf({ readAt, isCached: false, isStale: false, ...flags }, now, berlin);
  return [tone, text];
};

test("numbers of the last minute are fresh, also by way of the cache", () => {
  expect(told("2026-06-18T12:31:30Z")).toEqual(["ok", "fresh"]);
  expect(told("2026-06-18T12:32:20Z", { isCached: true })).toEqual(["ok", "fresh"]);
});

test("older ones say their age, and whether they come from the cache", () => {
  expect(told("2026-06-18T12:20:00Z", { isCached: true })).toEqual(["plain", "from cache, 12 min ago"]);
  expect(told("2026-06-18T05:41:00Z")).toEqual(["plain", "07:41"]);
  expect(freshnessOf({ readAt: "2026-06-18T12:20:00Z", isCached: true, isStale: false }, now, berlin, true).text).toBe(
    "12 min ago",
  );
});

test("stale ones say so, and the instant stands behind the badge", () => {
  expect(told("2026-06-18T12:31:50Z", { isCached: true, isStale: true })).toEqual(["warn", "stale, now"]);
  expect(told("2026-06-18T12:20:00Z", { isCached: true, isStale: true })).toEqual(["warn", "stale, 12 min ago"]);
  expect(freshnessOf({ readAt: "2026-06-18T12:20:00Z", isCached: true, isStale: true }, now, berlin).title).toBe(
    "Read from the source on Thu 18 Jun 14:20 CEST. Newer numbers are on their way.",
  );
});
