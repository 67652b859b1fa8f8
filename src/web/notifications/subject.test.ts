import { expect, test } from "vitest";
import { reportTitle } from "./subject";

test("a report is called by its subject, with its target's name filled in", () => {
  expect(reportTitle({ subject: "Morning: {name}", targetName: "Load" })).toBe("Morning: Load");
});

test("a report whose subject names a day or week is called by its target", () => {
  expect(reportTitle({ subject: "{name}, week {week}", targetName: "Load" })).toBe("Load");
});
