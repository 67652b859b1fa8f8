import type { ColumnMeaning, Metric, Model, TableMeaning } from "./calls";

/** A table as both the catalog and the terms name it. */
export interface TablePlace {
  table: string;
  schema?: string | null;
}

/** How figures of a column come together, in words. */
export const SUMS = {
  additive: "adds up",
  not_over_time: "not over time",
  weighted_mean: "as a mean",
} as const;

export const NO_COLUMN = { isHidden: false, isSensitive: false, synonyms: [], values: [] } as const;

export function isTable(said: TablePlace, place: TablePlace): boolean {
  // What is said of a table without its schema is meant wherever that table is.
  return said.table === place.table && (!said.schema || said.schema === (place.schema ?? null));
}

export function tableOf(model: Model, place: TablePlace): TableMeaning | undefined {
  return model.tables.find((said) => isTable(said, place));
}

export function columnOf(model: Model, place: TablePlace, column: string): ColumnMeaning | undefined {
  return tableOf(model, place)?.columns.find((said) => said.column === column);
}

/** The model with one table said anew; others stay as and where they are. */
export function withTable(model: Model, place: TablePlace, change: (said: TableMeaning) => TableMeaning): Model {
  const known = tableOf(model, place);
  if (!known) {
    const fresh = { table: place.table, schema: place.schema ?? null, synonyms: [], columns: [] };
    return { ...model, tables: [...model.tables, change(fresh)] };
  }
  return { ...model, tables: model.tables.map((said) => (said === known ? change(said) : said)) };
}

export function withColumn(model: Model, place: TablePlace, column: ColumnMeaning): Model {
  return withTable(model, place, (said) => {
    const isKnown = said.columns.some((each) => each.column === column.column);
    const columns = isKnown
      ? said.columns.map((each) => (each.column === column.column ? column : each))
      : [...said.columns, column];
    return { ...said, columns };
  });
}

/** The model with a metric in place of the one that was called `before`, or after the others. */
export function withMetric(model: Model, metric: Metric, before: string | null): Model {
  const metrics = model.metrics.some(({ name }) => name === before)
    ? model.metrics.map((each) => (each.name === before ? metric : each))
    : [...model.metrics, metric];
  return { ...model, metrics };
}

/** Entries of a list as people type them: separated by commas, each once. */
export function listOf(text: string): string[] {
  return [...new Set(text.split(",").map((each) => each.trim()))].filter(Boolean);
}

/** Entries of a list that may hold commas: a line each. */
export function linesOf(text: string): string[] {
  return text
    .split("\n")
    .map((each) => each.trim())
    .filter(Boolean);
}

/** What the catalog suggests, with what is agreed already laid over it. */
export function filledIn(model: Model, proposal: Model): Model {
  let filled: Model = { ...model };
  for (const table of proposal.tables) {
    filled = withTable(filled, table, (said) => ({
      ...table,
      ...said,
      timeColumn: said.timeColumn ?? table.timeColumn,
    }));
    for (const column of table.columns) {
      const said = columnOf(filled, table, column.column);
      filled = withColumn(filled, table, said ? over(column, said) : column);
    }
  }
  const known = new Set(model.joins.map(({ on }) => on));
  return { ...filled, joins: [...model.joins, ...proposal.joins.filter(({ on }) => !known.has(on))] };
}

function over(proposed: ColumnMeaning, said: ColumnMeaning): ColumnMeaning {
  return {
    ...said,
    role: said.role ?? proposed.role,
    unit: said.unit ?? proposed.unit,
    addsUp: said.addsUp ?? proposed.addsUp,
    weightedBy: said.addsUp ? said.weightedBy : (said.weightedBy ?? proposed.weightedBy),
    isSensitive: said.isSensitive || proposed.isSensitive,
  };
}
