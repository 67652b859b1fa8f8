import { expect, test } from "vitest";
import { initials } from "./initials";

test("two letters stand for a person", () => {
  expect(["Mara Lindqvist", "Jonas", "maria del mar ruiz", "mara.lindqvist@aldermoor.example", "", "Élodie Ørsted"].map(initials)).toEqual(
    ["ML", "J", "MR", "ML", "?", "ÉØ"],
  );
});
