import { expect, test } from "vitest";
import { choicesOf, peopleOf, peopleText, ruledLike, ruleText, valuesOf } from "./words";

const directory = {
  people: [{ userId: "u1", name: "Ana", email: "ana@example.org" }],
  groups: [{ groupId: "g1", name: "Grid control", members: 3 }],
};

test("people are said by their names, and who has left as such", () => {
  expect(peopleText({ roles: ["viewer"], groups: ["g1"], users: ["u1", "gone"] }, directory)).toBe(
    "every viewer, Grid control, Ana and somebody who has left",
  );
});

test("what is picked in a field becomes people, and people become what is picked", () => {
  const people = { roles: ["analyst" as const], groups: ["g1"], users: ["u1"] };
  expect(peopleOf(valuesOf(people))).toEqual(people);
  expect(valuesOf(people)).toEqual(["role:analyst", "group:g1", "user:u1"]);
  expect(choicesOf(directory).map(({ group }) => group)).toEqual(["Roles", "Groups", "People"]);
});

test("a rule is said in one line", () => {
  const rule = { table: "meter", bindsEverybody: true, note: "" };
  expect(ruleText({ ...rule, kind: "rows", condition: "a = 1" })).toBe("Only rows where a = 1");
  expect(ruleText({ ...rule, kind: "hide_table" })).toBe("The table is hidden");
  expect(ruleText({ ...rule, kind: "hide_column", column: "serial" })).toBe("The column serial is hidden");
  expect(ruleText({ ...rule, kind: "mask_column", column: "serial" })).toBe("The column serial reads as empty");
});

test("a held table takes over the rules of a table that is gone, and gets copies of another's", () => {
  const site = { kind: "hide_table" as const, table: "site", schema: "main", bindsEverybody: true, note: "" };
  const meter = { ...site, table: "meter" };
  const held = { table: "meter_v2", schema: "main", likeTable: "METER", likeSchema: "main", likeIsGone: true };
  const ruled = { ...meter, table: "meter_v2" };
  expect(ruledLike([site, meter], held)).toEqual([site, ruled]);
  expect(ruledLike([site, meter], { ...held, likeIsGone: false })).toEqual([site, meter, ruled]);
});
