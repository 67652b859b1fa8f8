import { expect, test } from "vitest";
import { cronOf, simpleOf } from "./cron";

test.each(["0 7 * * 1", "30 18 * * 1,3,5", "5 6 * * *", "0 7 1 * *", "*/15 8-18 * * 1-5"])(
  "%s survives the form",
  (cron) => {
    expect(cronOf(simpleOf(cron))).toBe(cron);
  },
);

test("Sunday is day seven, whatever number it was written with", () => {
  expect(simpleOf("0 7 * * 0").weekdays).toEqual([7]);
});

test("what the form cannot say is kept as it is", () => {
  expect(simpleOf("0 7 1 1 *").every).toBe("custom");
});
