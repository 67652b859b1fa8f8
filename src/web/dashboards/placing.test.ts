import { expect, test } from "vitest";
import { freePlace, inside, overlaps, placed } from "./placing";

const widget = (widgetId: string, x: number, y: number, width: number, height: number) => ({
  widgetId,
  x,
  y,
  width,
  height,
});

test("what is in the way moves down, and nothing overlaps", () => {
  const before = [widget("a", 0, 0, 6, 4), widget("b", 6, 0, 6, 4), widget("c", 0, 4, 12, 2)];
  const after = placed(before, "b", { x: 0, y: 0, width: 6, height: 4 });
  expect(after.map(({ widgetId, x, y }) => [widgetId, x, y])).toEqual([
    ["a", 0, 4],
    ["b", 0, 0],
    ["c", 0, 8],
  ]);
  expect(after.some((one) => after.some((other) => one !== other && overlaps(one, other)))).toBe(false);
});

test("a place beyond the edge comes back inside", () => {
  expect(inside({ x: 10, y: -3, width: 6, height: 2 })).toEqual({ x: 6, y: 0, width: 6, height: 2 });
  expect(inside({ x: 0, y: 0, width: 40, height: 0 })).toEqual({ x: 0, y: 0, width: 12, height: 1 });
});

test("a new widget takes the first gap that is large enough", () => {
  const taken = [widget("a", 0, 0, 6, 4), widget("b", 9, 0, 3, 4)];
  expect(freePlace(taken, { width: 3, height: 3 })).toEqual({ x: 6, y: 0, width: 3, height: 3 });
  expect(freePlace(taken, { width: 6, height: 3 })).toEqual({ x: 0, y: 4, width: 6, height: 3 });
});
