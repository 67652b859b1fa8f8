/** How the cells of a column are written: one unit and one number of decimals for all of them. */
import { decimalsFor, isNumber, largestOf, MISSING, numberText, scaleFor } from "../parts/number";
import { dateText, timeText, type Reading } from "../parts/time";
import type { Cell, Column } from "./types";

export interface ColumnFormat {
  header: string;
  unit: string | null;
  isNumeric: boolean;
  text: (cell: Cell) => string;
}

const NUMERIC = new Set(["integer", "number"]);

export function formatOf(column: Column, values: readonly Cell[], reading: Reading): ColumnFormat {
  const header = column.label ?? column.name;
  const isNumeric = NUMERIC.has(column.kind);
  if (!isNumeric) return { header, unit: column.unit ?? null, isNumeric, text: (cell) => wordText(cell, column, reading) };
  if (column.role === "key") return { header, unit: null, isNumeric, text: (cell) => (cell === null ? MISSING : String(cell)) };
  const scale = scaleFor(column.unit, largestOf(values));
  const shown = values.map((value) => (isNumber(value) ? value * scale.factor : null));
  const fixed = decimalsFor(scale.unit, shown);
  return {
    header,
    unit: scale.unit,
    isNumeric,
    text: (cell) => numberText(isNumber(cell) ? cell * scale.factor : null, reading.locale, { fixed }),
  };
}

function wordText(cell: Cell, column: Column, reading: Reading): string {
  if (cell === null || cell === "") return MISSING;
  if (typeof cell === "boolean") return cell ? "yes" : "no";
  if (column.kind === "timestamp") {
    const at = new Date(String(cell));
    return Number.isNaN(at.getTime()) ? String(cell) : `${dateText(at, reading)} ${timeText(at, reading)}`;
  }
  return String(cell);
}

/** Sorts by what the cells are, with missing ones always last. */
export function compareCells(a: Cell, b: Cell): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
  if (typeof a === "number" && typeof b === "number") return a - b;
  return String(a).localeCompare(String(b), undefined, { numeric: true });
}

/** The rows as comma-separated values, safe to open in a spreadsheet. */
export function csvOf(columns: readonly Column[], rows: readonly (readonly Cell[])[]): string {
  const line = (cells: readonly Cell[]) => cells.map(csvCell).join(",");
  const head = columns.map((column) => (column.unit ? `${column.name} [${column.unit}]` : column.name));
  return `${[line(head), ...rows.map(line)].join("\r\n")}\r\n`;
}

function csvCell(cell: Cell): string {
  if (cell === null) return "";
  if (typeof cell !== "string") return String(cell);
  // A text that a spreadsheet would take for a formula is marked as text.
  const text = /^[=+\-@\t\r\0＝＋－＠]/u.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
