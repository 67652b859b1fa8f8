import { expect, test } from "vitest";
import { tableOf, valuesOf } from "./figure-table";

function packed(numbers: number[]): { dtype: string; bdata: string } {
  const bytes = new Uint8Array(new Float64Array(numbers).buffer);
  return { dtype: "f8", bdata: btoa(String.fromCharCode(...bytes)) };
}

test("packed numbers are unpacked, and what is no number is missing", () => {
  expect(valuesOf(packed([1.5, Number.NaN, -2]))).toEqual([1.5, null, -2]);
  expect(valuesOf([1, "a &amp; b", null])).toEqual([1, "a & b", null]);
  expect(valuesOf(undefined)).toEqual([]);
});

test("lines stand side by side, their places in words, without the bends of a step", () => {
  const table = tableOf({
    data: [
      { type: "scatter", mode: "lines", name: "", x: packed([0, 0.5, 1]), y: packed([1, 1, 2]), text: ["Mon 15", "Mon 15", "Tue 16"] },
      { type: "scatter", mode: "lines", name: "Load", x: packed([0, 0.5, 0.9, 1]), y: packed([3, 3, 3, 4]) },
      { type: "scatter", mode: "lines", name: "Load", x: packed([0, 1]), y: packed([3, 4]), hoverinfo: "skip" },
      { type: "scatter", mode: "lines", name: "Solar", x: packed([1]), y: packed([2]) },
    ],
    layout: { annotations: [{ text: "MW", xref: "paper", yref: "paper", x: 0, y: 1 }] },
  });
  expect(table?.columns.map(({ name, unit }) => [name, unit])).toEqual([
    ["Axis", undefined],
    ["Load", "MW"],
    ["Solar", "MW"],
  ]);
  expect(table?.rows).toEqual([
    ["Mon 15", 3, null],
    ["Tue 16", 4, 2],
  ]);
});

test("a ranking keeps its names, and what it is compared with", () => {
  const table = tableOf({
    data: [
      { type: "bar", orientation: "h", name: "Import", x: packed([5.8, 4.9]), y: [1, 0], customdata: ["Harbour", "Kestrel"] },
      { type: "scatter", mode: "markers", name: "before", x: packed([6.7, 4.8]), y: [1, 0], customdata: ["Harbour", "Kestrel"] },
      { type: "scatter", mode: "text", x: packed([5.8]), y: [1], text: ["5.8"] },
    ],
    layout: {},
  });
  expect(table?.rows).toEqual([
    ["Harbour", 5.8, 6.7],
    ["Kestrel", 4.9, 4.8],
  ]);
});

test("a heat map is a table already", () => {
  const table = tableOf({
    data: [{ type: "heatmap", x: ["00", "01"], y: ["Mon", "Tue"], z: { ...packed([1, 2, 3, Number.NaN]), shape: "2, 2" } }],
    layout: {},
  });
  expect(table?.columns.map(({ name }) => name)).toEqual(["Axis", "00", "01"]);
  expect(table?.rows).toEqual([
    ["Mon", 1, 2],
    ["Tue", 3, null],
  ]);
});

test("points are rows, and boxes have no table", () => {
  const scatter = { type: "scatter", mode: "markers", name: "a", x: [1, 1], y: [2, 3] };
  expect(tableOf({ data: [scatter], layout: {} })?.rows).toEqual([
    [1, 2],
    [1, 3],
  ]);
  expect(tableOf({ data: [{ type: "box", name: "a" }], layout: {} })).toBeNull();
});
