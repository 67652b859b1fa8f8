/** How a table is turned: pages, order, and what of its rows is left out. */
import type { CellFilter, Column, Page } from "./types";

export const PAGE_ROWS = 50;

const START: Page = { offset: 0, limit: PAGE_ROWS, order: null, filters: [] };

/** Nothing where it is the rows as they came, from the first: those are here already. */
function settled(page: Page): Page | null {
  return page.offset === 0 && !page.order && page.filters.length === 0 ? null : page;
}

/** Another page; it never lies beyond the last row. */
export function turned(page: Page | null, offset: number, total: number): Page | null {
  const last = Math.floor(Math.max(total - 1, 0) / PAGE_ROWS) * PAGE_ROWS;
  return settled({ ...(page ?? START), offset: Math.min(Math.max(offset, 0), last) });
}

/** First click: largest numbers or first letters on top; second: the other way; third: as it came. */
export function sortedBy(page: Page | null, column: string, isNumeric: boolean): Page | null {
  const before = page?.order;
  const order =
    before?.column !== column
      ? { column, isDescending: isNumeric }
      : before.isDescending === isNumeric
        ? { column, isDescending: !isNumeric }
        : null;
  return settled({ ...(page ?? START), order, offset: 0 });
}

/** With another filter of the column, or without one. */
export function filteredBy(page: Page | null, column: string, filter: CellFilter | null): Page | null {
  const others = (page?.filters ?? []).filter((each) => each.column !== column);
  return settled({ ...(page ?? START), filters: filter ? [...others, filter] : others, offset: 0 });
}

export function filterOf(page: Page | null, column: string): CellFilter | undefined {
  return page?.filters.find((each) => each.column === column);
}

export type Choosing = "words" | "names" | "numbers" | "instants" | "days" | "yes-no" | null;

/** By what a column's rows can be chosen. */
export function choosing({ kind, calendar }: Column): Choosing {
  if (calendar) return "names";
  switch (kind) {
    case "text":
    case "json":
      return "words";
    case "integer":
    case "number":
      return "numbers";
    case "timestamp":
      return "instants";
    case "date":
      return "days";
    case "boolean":
      return "yes-no";
    case "time":
    case "binary":
      return null;
  }
}

/** The range between two edges as they are typed; numbers stand in a unit `factor` times the column's own. */
export function between(column: string, low: string, high: string, factor: number | null): CellFilter | null {
  const edge = (text: string) => {
    const given = text.trim();
    if (!given) return null;
    const number = Number(given.replace("−", "-"));
    return factor === null || Number.isNaN(number) ? given : number / factor;
  };
  const [from, to] = [edge(low), edge(high)];
  return from === null && to === null ? null : { type: "between", column, low: from, high: to };
}
