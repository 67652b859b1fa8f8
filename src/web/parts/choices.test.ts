import { expect, test } from "vitest";
import { choicesFor } from "./choices";

const choices = [
  { value: "a", text: "Energy export", hint: "kWh" },
  { value: "b", text: "Price", hint: "€/MWh" },
  { value: "c", text: "Export limit", hint: "kW" },
];
const found = (typed: string) => choicesFor(choices, typed).map(({ value }) => value);

test("typed words narrow the choices, beginnings first, hints count", () => {
  expect(found("")).toEqual(["a", "b", "c"]);
  expect(found("EXPORT")).toEqual(["c", "a"]);
  expect(found("mwh")).toEqual(["b"]);
  expect(found("export kwh")).toEqual(["a"]);
  expect(found("nothing")).toEqual([]);
});

test("a long list is cut to what can be read", () => {
  const many = Array.from({ length: 200 }, (_, index) => ({ value: `${index}`, text: `site ${index}` }));
  expect(choicesFor(many, "site")).toHaveLength(50);
});
