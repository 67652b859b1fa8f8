import { expect, test } from "vitest";
import { sparkPath } from "./spark";

test("a missing value breaks the line", () => {
  const spark = sparkPath([0, 10, null, 10, 0], 46, 16);
  expect(spark?.line).toBe("M3 13L13 3M33 3L43 13");
  expect(spark?.end).toEqual({ x: 43, y: 13 });
});

test("fewer than two values are no line", () => {
  expect(sparkPath([null, 4, null], 40, 10)).toBeNull();
});
