import { describe, expect, test } from "vitest";
import { type Press, type Shortcut, namesOfKeys, readPress } from "./shortcuts";

const shortcut = (keys: string, label = keys): Shortcut => ({ keys, label, group: "Everywhere", run: () => undefined });
const key = (name: string, more: Partial<Press> = {}): Press => ({
  key: name,
  hasModifier: false,
  isInField: false,
  ...more,
});
const all = [shortcut("g d"), shortcut("e"), shortcut("?"), shortcut("mod+k")];

describe("a key press", () => {
  test("fires the shortcut of that name", () => {
    expect(readPress(key("e"), null, all, true).fired?.keys).toBe("e");
    expect(readPress(key("k", { hasModifier: true }), null, all, true).fired?.keys).toBe("mod+k");
    expect(readPress(key("e", { hasModifier: true }), null, all, true).fired).toBeNull();
  });

  test("begins a sequence that the next one completes", () => {
    const begun = readPress(key("g"), null, all, true);
    expect(begun).toEqual({ pending: "g", fired: null });
    expect(readPress(key("d"), begun.pending, all, true).fired?.keys).toBe("g d");
    expect(readPress(key("x"), begun.pending, all, true)).toEqual({ pending: null, fired: null });
    expect(readPress(key("e"), begun.pending, all, true).fired?.keys).toBe("e");
  });

  test("in a field is text, unless a modifier is held", () => {
    expect(readPress(key("e", { isInField: true }), null, all, true).fired).toBeNull();
    expect(readPress(key("k", { isInField: true, hasModifier: true }), null, all, true).fired?.keys).toBe("mod+k");
  });

  test("alone does nothing when single keys are switched off", () => {
    expect(readPress(key("?"), null, all, false).fired).toBeNull();
    expect(readPress(key("g"), null, all, false).pending).toBeNull();
    expect(readPress(key("k", { hasModifier: true }), null, all, false).fired?.keys).toBe("mod+k");
  });

  test("goes to the shortcut that came on screen last", () => {
    expect(readPress(key("e"), null, [...all, shortcut("e", "newer")], true).fired?.label).toBe("newer");
  });
});

test("keys are named as they are printed", () => {
  expect(namesOfKeys("mod+k", false)).toEqual(["Ctrl K"]);
  expect(namesOfKeys("mod+k", true)).toEqual(["⌘ K"]);
  expect(namesOfKeys("g d", false)).toEqual(["G", "D"]);
});
