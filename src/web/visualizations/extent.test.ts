import { expect, test } from "vitest";
import { extentText } from "./extent";

test("a cut answer says how many of its rows are here", () => {
  expect(extentText(10_000, 1_204_332, "en-GB")).toBe("showing 10,000 of 1,204,332 rows");
});

test("without a total it says that there are more, and no number", () => {
  expect(extentText(10_000, null, "en-GB")).toBe("the first 10,000 rows of more, not counted in time");
});
