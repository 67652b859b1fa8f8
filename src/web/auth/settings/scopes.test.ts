import { expect, test } from "vitest";
import { daysLeft, isActing, scopeText } from "./scopes";

test("scopes read as deeds, and those that change something are known", () => {
  expect(scopeText("dashboards.read")).toBe("read dashboards");
  expect(["sources.manage", "reports.edit", "queries.run", "audit.read"].map(isActing)).toEqual([true, true, false, false]);
});

test("a started day still counts", () => {
  const now = Date.parse("2026-06-18T12:00:00Z");
  expect(daysLeft("2026-07-01T12:00:00Z", now)).toBe(13);
  expect(daysLeft("2026-06-18T12:00:01Z", now)).toBe(1);
  expect(daysLeft("2026-06-17T12:00:00Z", now)).toBe(-1);
});
