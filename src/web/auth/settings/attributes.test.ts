import { expect, test } from "vitest";
import { attributesOf, draftsOf, faultOf } from "./attributes";

test("attributes keep the types of their values through editing", () => {
  const attributes = { region: ["north", "7"], sites: [1, 2.5], is_external: [false] };

  expect(attributesOf(draftsOf(attributes))).toEqual(attributes);
});

test("what cannot be an attribute is told before it is sent", () => {
  const draft = { name: "region", kind: "text" as const, values: ["north"] };

  expect(faultOf(draft, [draft])).toBeUndefined();
  expect(faultOf({ ...draft, name: "Region" }, [])).toContain("Small letters");
  expect(faultOf({ ...draft, name: "email" }, [])).toContain("already");
  expect(faultOf(draft, [draft, { ...draft }])).toContain("twice");
  expect(faultOf({ ...draft, values: [] }, [])).toContain("value");
  expect(faultOf({ ...draft, kind: "number", values: ["a"] }, [])).toContain("Numbers");
});
