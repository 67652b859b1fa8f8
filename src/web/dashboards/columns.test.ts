import { expect, test } from "vitest";
import { filterColumns } from "./columns";

const column = (name: string, values: string[], role: "dimension" | "measure" = "dimension") => ({
  name,
  kind: "text" as const,
  role,
  nativeType: "VARCHAR",
  isNullable: true,
  profile: { nullShare: 0, distinctCount: values.length, topValues: values.map((value) => ({ value, count: 1 })) },
});
const table = (...columns: ReturnType<typeof column>[]) => ({
  name: "t",
  columns,
  primaryKey: [],
  foreignKeys: [],
  isView: false,
  inheritsFrom: [],
});

test("columns of one name are one filter with the values of all", () => {
  expect(filterColumns([table(column("site", ["B", "A"])), table(column("site", ["C"]))])).toEqual([
    { name: "site", label: "site", values: ["A", "B", "C"] },
  ]);
});

test("what has one value, or is measured, narrows nothing", () => {
  expect(filterColumns([table(column("country", ["NL"]), column("note", ["a", "b"], "measure"))])).toEqual([]);
});
