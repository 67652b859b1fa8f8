import { expect, test } from "vitest";
import { compareCells, csvOf, formatOf } from "./cells";
import type { Column } from "./types";

const reading = { locale: "en-GB", zone: "Europe/Amsterdam" };
const energy: Column = { name: "energy", kind: "number", role: "measure", unit: "kWh" };

test("a column has one unit, chosen by its largest value", () => {
  const format = formatOf(energy, [12, 73_200, null], reading);
  expect(format.unit).toBe("MWh");
  expect([12, 73_200, null].map(format.text)).toEqual(["0.0", "73.2", "–"]);
});

test("weekdays and months are named, and still sort by their numbers", () => {
  const weekday: Column = { name: "weekday", kind: "integer", role: "dimension", calendar: "weekday" };
  const format = formatOf(weekday, [7, 1, null], reading);
  expect([7, 1, null].toSorted(compareCells).map(format.text)).toEqual(["Mon", "Sun", "–"]);
  expect(formatOf({ ...weekday, calendar: "month" }, [12], reading).text(12)).toBe("Dec");
});

test("a time is shown in the zone of its source", () => {
  const at: Column = { name: "at", kind: "timestamp", role: "time" };
  expect(formatOf(at, [], reading).text("2026-06-18T12:32:00Z")).toBe("18 Jun 2026 14:32");
});

test("missing values sort last, numbers by size, texts as people count", () => {
  expect([3, null, 1, 20].toSorted(compareCells)).toEqual([1, 3, 20, null]);
  expect(["Home 10", "Home 2"].toSorted(compareCells)).toEqual(["Home 2", "Home 10"]);
});

test("numbers that JSON cannot carry are shown as they are, and not as missing", () => {
  const count: Column = { name: "count", kind: "number", role: "measure" };
  const cells = ["NaN", "Infinity", "-Infinity", "12345678901234567890", "-0.12345678901234567891", null];
  expect(cells.map(formatOf(count, cells, reading).text)).toEqual([
    "NaN",
    "∞",
    "−∞",
    "12,345,678,901,234,567,890",
    "−0.12345678901234567891",
    "–",
  ]);
  expect(formatOf(energy, [73_200, "Infinity"], reading).text("12345678901234567890")).toBe("12,345,678,901,234,568");
});

test("numbers that came as text are sorted by size, what is no number behind them", () => {
  const cells = ["NaN", 2, "Infinity", null, "12345678901234567890", "-Infinity", -3, "12345678901234567891", 10];
  expect(cells.toSorted(compareCells)).toEqual([
    "-Infinity",
    -3,
    2,
    10,
    "12345678901234567890",
    "12345678901234567891",
    "Infinity",
    "NaN",
    null,
  ]);
  expect(["-5", "-30", "4"].toSorted(compareCells)).toEqual(["-30", "-5", "4"]);
});

test("a text that looks like a formula stays a text in a spreadsheet, a number stays a number", () => {
  const name: Column = { name: "name", kind: "text", role: "dimension" };
  expect(csvOf([name, energy], [["=1+1", -4], ['a "b", c', null]])).toBe(
    "name,energy [kWh]\r\n'=1+1,-4\r\n\"a \"\"b\"\", c\",\r\n",
  );
});
