import { describe, expect, test } from "vitest";
import {
  clockText,
  countdownText,
  dayText,
  durationText,
  instantOf,
  isZone,
  spanText,
  timeText,
  wallOf,
  whenText,
  zoneText,
} from "./time";

const berlin = { locale: "en-GB", zone: "Europe/Berlin" };
const at = (iso: string) => new Date(iso);

describe("instants", () => {
  test("are read in the named zone", () => {
    expect(clockText(at("2026-06-18T12:32:00Z"), berlin)).toBe("Thu 18 Jun 14:32 CEST");
    expect(timeText(at("2026-06-18T22:05:09Z"), berlin, true)).toBe("00:05:09");
    expect(dayText(at("2025-12-31T23:30:00Z"), berlin, at("2026-06-01T00:00:00Z"))).toBe("Thu 1 Jan");
    expect(dayText(at("2025-12-30T23:30:00Z"), berlin, at("2026-06-01T00:00:00Z"))).toBe("Wed 31 Dec 2025");
  });

  test("come back from the wall clock, across both clock changes", () => {
    const spring = instantOf({ year: 2026, month: 3, day: 29 }, "Europe/Berlin");
    const after = instantOf({ year: 2026, month: 3, day: 30 }, "Europe/Berlin");
    expect((after.getTime() - spring.getTime()) / 3_600_000).toBe(23);
    const autumn = instantOf({ year: 2026, month: 10, day: 25 }, "Europe/Berlin");
    const next = instantOf({ year: 2026, month: 10, day: 26 }, "Europe/Berlin");
    expect((next.getTime() - autumn.getTime()) / 3_600_000).toBe(25);
    expect(wallOf(instantOf({ year: 2026, month: 6, day: 18, hour: 7, minute: 15 }, "Asia/Kathmandu"), "Asia/Kathmandu")).toMatchObject(
      { day: 18, hour: 7, minute: 15 },
    );
  });

  test("name the offset of a zone", () => {
    expect(zoneText("Europe/Berlin", at("2026-06-18T00:00:00Z"))).toBe("Europe/Berlin (UTC+2)");
    expect(zoneText("Europe/Berlin", at("2026-03-26T23:00:00Z"), at("2026-03-30T22:00:00Z"))).toBe(
      "Europe/Berlin (UTC+1, then UTC+2)",
    );
    // The range ends at the midnight before the change.
    expect(zoneText("Europe/Berlin", at("2026-03-22T23:00:00Z"), at("2026-03-28T23:00:00Z"))).toBe("Europe/Berlin (UTC+1)");
    expect(zoneText("Europe/Berlin", at("2026-01-01T00:00:00Z"), at("2027-01-01T00:00:00Z"))).toBe(
      "Europe/Berlin (UTC+1, with clock changes)",
    );
    expect(zoneText("America/St_Johns", at("2026-01-18T00:00:00Z"))).toBe("America/St_Johns (UTC\u22123:30)");
    expect([isZone("Europe/Berlin"), isZone("Mars/Base")]).toEqual([true, false]);
  });
});

test("the past is told as near as it needs to be", () => {
  const now = at("2026-06-18T12:32:00Z");
  const told = (iso: string) => whenText(at(iso), now, berlin);
  expect(told("2026-06-18T12:31:40Z")).toBe("now");
  expect(told("2026-06-18T12:32:45Z")).toBe("now");
  expect(told("2026-06-18T12:33:00Z")).toBe("14:33");
  expect(told("2026-06-18T12:20:00Z")).toBe("12 min ago");
  expect(told("2026-06-18T05:41:00Z")).toBe("07:41");
  expect(told("2026-06-16T10:00:00Z")).toBe("Tue 16 Jun");
  expect(told("2025-06-16T10:00:00Z")).toBe("16 Jun 2025");
  expect(told("2026-06-19T08:30:00Z")).toBe("tomorrow 10:30");
});

describe("spans", () => {
  const span = (start: string, end: string) => spanText(at(start), at(end), berlin);

  test("of whole local days leave the hours out and name the last day, not the end", () => {
    expect(span("2026-06-11T22:00:00Z", "2026-06-18T22:00:00Z")).toBe("12 – 18 Jun 2026");
    expect(span("2026-06-17T22:00:00Z", "2026-06-18T22:00:00Z")).toBe("18 Jun 2026");
    expect(span("2026-05-29T22:00:00Z", "2026-06-18T22:00:00Z")).toBe("30 May – 18 Jun 2026");
    expect(span("2025-12-30T23:00:00Z", "2026-01-02T23:00:00Z")).toBe("31 Dec 2025 – 2 Jan 2026");
  });

  test("within a day carry the hours", () => {
    expect(span("2026-06-15T09:00:00Z", "2026-06-15T10:00:00Z")).toBe("15 Jun 2026, 11:00 – 12:00");
    expect(span("2026-06-15T20:00:00Z", "2026-06-15T22:00:00Z")).toBe("15 Jun 2026, 22:00 – 24:00");
  });
});

test("durations grow their unit", () => {
  const told = [3.21, 184.4, 2300, 61_000, 3_600_000, 5_400_000].map((ms) => durationText(ms, "en-GB").replaceAll("\u202F", " "));
  expect(told).toEqual(["3.2 ms", "184 ms", "2.3 s", "1 min 1 s", "1 h", "1 h 30 min"]);
});

test("countdowns never fall below zero", () => {
  expect([278_000, 22_000, 999, 0, -5].map(countdownText)).toEqual(["4:38", "0:22", "0:01", "0:00", "0:00"]);
});
