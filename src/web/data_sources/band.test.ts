import { expect, test } from "vitest";
import { bandPath } from "./band";

test("a stretch without values leaves a gap, and a constant one is a pixel high", () => {
  expect(bandPath([0, null, 5], [10, null, 5], 30, 12)).toBe("M0 1h10V11h-10zM20 6h10V7h-10z");
});

test("a column without any value draws nothing", () => {
  expect(bandPath([null], [null], 30, 12)).toBe("");
});
