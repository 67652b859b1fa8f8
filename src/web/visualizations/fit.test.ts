import { expect, test } from "vitest";
import { fitted } from "./fit";

const marks = { xaxis: { tickvals: [1, 2, 3, 4, 5, 6], ticktext: ["a", "b", "c", "d", "e", "f"] } };

test("marks that have room stay", () => {
  expect(fitted(marks, 600).xaxis).toEqual({ ...marks.xaxis, tickangle: 0 });
});

test("in a narrow plot every other mark goes", () => {
  expect(fitted(marks, 200).xaxis).toEqual({ tickvals: [1, 3, 5], ticktext: ["a", "c", "e"], tickangle: 0 });
});

test("numbers along the axis are as many as fit", () => {
  expect(fitted({ xaxis: { nticks: 7 } }, 180).xaxis).toEqual({ nticks: 3, tickangle: 0 });
});

test("a layout without an axis stays as it is", () => {
  const layout = { margin: {} };
  expect(fitted(layout, 200)).toBe(layout);
});
