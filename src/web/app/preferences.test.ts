import { expect, test } from "vitest";
import { readPreferences } from "./preferences";

const DEFAULTS = { theme: "system", density: "default", rail: "auto", hasSingleKeys: true };

test("what was chosen is read back", () => {
  const chosen = { theme: "dark", density: "compact", rail: "collapsed", hasSingleKeys: false };
  expect(readPreferences(JSON.stringify(chosen))).toEqual(chosen);
});

test("whatever else is stored falls back, each value alone", () => {
  for (const text of [null, "", "{", "7", "null", '"dark"']) expect(readPreferences(text)).toEqual(DEFAULTS);
  expect(readPreferences('{"theme":"neon","density":"relaxed","hasSingleKeys":"no"}')).toEqual({
    ...DEFAULTS,
    density: "relaxed",
  });
});
