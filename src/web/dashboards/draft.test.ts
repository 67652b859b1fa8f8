import { expect, test } from "vitest";
import { stepped, type Draft } from "./draft";
import type { Layout } from "./types";

const layout = (zone: string): Layout => ({ zone, widgets: [], filters: [] });
const start: Draft = { layout: layout("UTC"), past: [], future: [] };

test("undo brings back what was, and redo what came after", () => {
  const changed = stepped(start, { type: "change", layout: layout("Europe/Berlin") });
  const undone = stepped(changed, { type: "undo" });
  expect(undone.layout.zone).toBe("UTC");
  expect(stepped(undone, { type: "redo" }).layout.zone).toBe("Europe/Berlin");
});

test("a change after undo forgets what came after", () => {
  const undone = stepped(stepped(start, { type: "change", layout: layout("A") }), { type: "undo" });
  const again = stepped(undone, { type: "change", layout: layout("B") });
  expect(again.future).toEqual([]);
  expect(stepped(again, { type: "redo" })).toBe(again);
});

test("undo at the beginning does nothing", () => {
  expect(stepped(start, { type: "undo" })).toBe(start);
});
