import { describe, expect, it } from "vitest";
import type { ColumnMeaning, Metric, Model } from "./calls";
import { columnOf, filledIn, linesOf, listOf, NO_COLUMN, tableOf, withColumn, withMetric } from "./edit";

const EMPTY: Model = { tables: [], joins: [], metrics: [], segments: [], wordings: [], questions: [] };

const column = (name: string, said: Partial<ColumnMeaning> = {}): ColumnMeaning => ({
  ...NO_COLUMN,
  synonyms: [],
  values: [],
  column: name,
  ...said,
});
const metric = (name: string): Metric => ({ name, formula: "sum(a.b)", filters: [], synonyms: [] });

describe("terms", () => {
  it("says something of a column and leaves the rest where it was", () => {
    const once = withColumn(EMPTY, { table: "a" }, column("x", { unit: "kW" }));
    const twice = withColumn(withColumn(once, { table: "b" }, column("y")), { table: "a" }, column("z"));
    expect(twice.tables.map(({ table }) => table)).toEqual(["a", "b"]);
    expect(tableOf(twice, { table: "a" })?.columns.map((each) => each.column)).toEqual(["x", "z"]);
    expect(columnOf(withColumn(twice, { table: "a" }, column("x", { unit: "MW" })), { table: "a" }, "x")?.unit).toBe("MW");
  });

  it("finds what was said without a schema, but not across schemas", () => {
    const anywhere = withColumn(EMPTY, { table: "a" }, column("x"));
    expect(tableOf(anywhere, { table: "a", schema: "main" })).toBeDefined();
    const there = withColumn(EMPTY, { table: "a", schema: "s" }, column("x"));
    expect(tableOf(there, { table: "a", schema: "t" })).toBeUndefined();
  });

  it("keeps a renamed metric in its place", () => {
    const two = withMetric(withMetric(EMPTY, metric("a"), null), metric("b"), null);
    expect(withMetric(two, metric("c"), "a").metrics.map(({ name }) => name)).toEqual(["c", "b"]);
  });

  it("reads lists as people type them", () => {
    expect(listOf(" a, b ,, a,c d ")).toEqual(["a", "b", "c d"]);
    expect(linesOf("a = 1, 2\n\n b in (1, 2) ")).toEqual(["a = 1, 2", "b in (1, 2)"]);
  });

  it("takes a proposal over without losing what was agreed", () => {
    const agreed = withColumn(EMPTY, { table: "a", schema: "main" }, column("x", { unit: "MWh", label: "Energy" }));
    const proposed: Model = {
      ...EMPTY,
      tables: [
        {
          table: "a",
          schema: "main",
          synonyms: [],
          timeColumn: "ts",
          columns: [column("x", { unit: "kWh", addsUp: "additive" }), column("mail", { isSensitive: true })],
        },
      ],
      joins: [{ on: "a.b = c.d" }],
    };
    const filled = filledIn(agreed, proposed);
    expect(columnOf(filled, { table: "a" , schema: "main" }, "x")).toMatchObject({ unit: "MWh", label: "Energy", addsUp: "additive" });
    expect(columnOf(filled, { table: "a", schema: "main" }, "mail")?.isSensitive).toBe(true);
    expect(filled.tables).toHaveLength(1);
    expect(filled.tables[0]?.timeColumn).toBe("ts");
    expect(filledIn(filled, proposed)).toEqual(filled);
  });
});
