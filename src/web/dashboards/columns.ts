import { queryOptions } from "@tanstack/react-query";
import { api, type Schemas, unwrap } from "../app/api";

export interface FilterColumn {
  name: string;
  label: string;
  /** Its most frequent values. */
  values: readonly string[];
}

const MOST_VALUES = 100;

/** The columns by which the tables behind some charts can be narrowed, each name once. */
export const columnsQuery = (chartIds: readonly string[]) =>
  queryOptions({
    queryKey: ["dashboards", "columns", chartIds],
    queryFn: async () => {
      const [charts, questions] = await Promise.all([
        unwrap(api.GET("/api/v1/charts")),
        unwrap(api.GET("/api/v1/questions")),
      ]);
      const shown = new Set(charts.filter((chart) => chartIds.includes(chart.chartId)).map((chart) => chart.questionId));
      const sourceIds = new Set(questions.filter((each) => shown.has(each.questionId)).map((each) => each.sourceId));
      const catalogs = await Promise.all(
        [...sourceIds].map((source_id) =>
          unwrap(api.GET("/api/v1/sources/{source_id}/catalog", { params: { path: { source_id } } })),
        ),
      );
      return filterColumns(catalogs.flatMap((catalog) => catalog.tables));
    },
    staleTime: 60_000,
  });

export function filterColumns(tables: readonly Schemas["CatalogTable"][]): FilterColumn[] {
  const found = new Map<string, { label: string; values: Set<string> }>();
  for (const column of tables.flatMap((table) => table.columns)) {
    if (column.kind !== "text" || (column.role !== "dimension" && column.role !== "key")) continue;
    const known = found.get(column.name) ?? { label: column.label || column.name, values: new Set<string>() };
    for (const { value } of column.profile?.topValues ?? []) known.values.add(value);
    found.set(column.name, known);
  }
  return [...found]
    .filter(([, { values }]) => values.size > 1)
    .map(([name, { label, values }]) => ({ name, label, values: [...values].toSorted().slice(0, MOST_VALUES) }))
    .toSorted((a, b) => a.label.localeCompare(b.label));
}
