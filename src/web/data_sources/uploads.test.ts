import { describe, expect, test } from "vitest";
import { columnKey, type ColumnOptions, corrected } from "./uploads";

const column = (name: string, kind: ColumnOptions["kind"]): ColumnOptions => ({
  name,
  source: name.toUpperCase(),
  kind,
  unit: null,
  description: null,
  zone: null,
  timeFrom: null,
  isKept: true,
  isGuess: true,
});

describe("corrections of columns", () => {
  const when = column("zeitpunkt", "text");
  const corrections = { [columnKey(when)]: { kind: "timestamp", isGuess: false } } as const;

  test("outlive that the columns are found anew", () => {
    expect(corrected([column("kwh", "number"), when], corrections)).toEqual([
      column("kwh", "number"),
      { ...when, kind: "timestamp", isGuess: false },
    ]);
  });

  test("of a column that is gone are left out", () => {
    expect(corrected([column("other", "text")], corrections)).toEqual([column("other", "text")]);
  });
});
