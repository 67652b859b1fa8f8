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

test("a time is shown in the zone of its source", () => {
  const at: Column = { name: "at", kind: "timestamp", role: "time" };
  expect(formatOf(at, [], reading).text("2026-06-18T12:32:00Z")).toBe("18 Jun 2026 14:32");
});

test("missing values sort last, numbers by size, texts as people count", () => {
  expect([3, null, 1, 20].toSorted(compareCells)).toEqual([1, 3, 20, null]);
  expect(["Home 10", "Home 2"].toSorted(compareCells)).toEqual(["Home 2", "Home 10"]);
});

test("a text that looks like a formula stays a text in a spreadsheet, a number stays a number", () => {
  const name: Column = { name: "name", kind: "text", role: "dimension" };
  expect(csvOf([name, energy], [["=1+1", -4], ['a "b", c', null]])).toBe(
    "name,energy [kWh]\r\n'=1+1,-4\r\n\"a \"\"b\"\", c\",\r\n",
  );
});
