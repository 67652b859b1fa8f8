import { describe, expect, it } from "vitest";
import { draftOf, optionOf } from "./slotDraft";

describe("what is put into a slot", () => {
  it.each([
    ["days", "days:2026-06-08:2026-06-14"],
    ["hours", "17:00-21:00"],
    ["hours", "22:00-06:00"],
    ["weekdays", "1,2,3"],
    ["months", "1,2,12"],
    ["number", "2.5"],
    ["values", 'values:["Berlin","Bad \\"Homburg\\", old"]'],
    ["values", "values:[17,20.5]"],
  ] as const)("is written as the server writes it: %s %s", (accepts, typed) => {
    expect(optionOf(draftOf(accepts, typed))).toBe(typed);
  });

  it("is every day or month where all are chosen, and the order of choosing is no matter", () => {
    expect(optionOf(draftOf("weekdays", "1,2,3,4,5,6,7"))).toBe("all");
    expect(optionOf({ accepts: "months", chosen: [12, 1, 6] })).toBe("1,6,12");
  });

  it("is nothing while a field is empty or what it says cannot be", () => {
    expect(optionOf(draftOf("days", null))).toBeNull();
    expect(optionOf({ accepts: "days", first: "2026-06-14", last: "2026-06-08" })).toBeNull();
    expect(optionOf({ accepts: "hours", first: "08:00", last: "08:00" })).toBeNull();
    expect(optionOf({ accepts: "weekdays", chosen: [] })).toBeNull();
    expect(optionOf({ accepts: "number", text: " " })).toBeNull();
    expect(optionOf({ accepts: "values", text: "\n", areNumbers: false })).toBeNull();
    expect(optionOf({ accepts: "values", text: "17\nx", areNumbers: true })).toBeNull();
  });
});
