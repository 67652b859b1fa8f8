import { expect, test } from "vitest";
import { choicesOf, keptText } from "./kept";

test("a lifetime is told in its largest whole unit", () => {
  expect([0, 1, 90, 300, 3_600, 5_400, 86_400, 604_800].map((each) => keptText(each, "en-GB"))).toEqual([
    "no time: the source is always asked",
    "1 second",
    "90 seconds",
    "5 minutes",
    "1 hour",
    "90 minutes",
    "1 day",
    "7 days",
  ]);
});

test("what a program has set stands among the choices, in its place", () => {
  const values = choicesOf(1_800, "as its source says", "en-GB").map((each) => each.value);
  expect(values.slice(0, 7)).toEqual(["", "0", "60", "300", "900", "1800", "3600"]);
  expect(choicesOf(null, "as its source says", "en-GB")[0]).toEqual({ value: "", label: "as its source says" });
  expect(choicesOf(300, "", "en-GB")).toHaveLength(9);
});
