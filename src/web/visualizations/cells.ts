/** How the cells of a column are written: one unit and one number of decimals for all of them. */
import { decimalsFor, exactText, isNumber, largestOf, MISSING, numberText, scaleFor } from "../parts/number";
import { dateText, timeText, type Reading } from "../parts/time";
import type { Cell, Column } from "./types";

export interface ColumnFormat {
  header: string;
  unit: string | null;
  isNumeric: boolean;
  /** What a value is multiplied with to stand in that unit. */
  factor?: number;
  text: (cell: Cell) => string;
}

const WIDE = /^(?:-?(?:\d+(?:\.\d+)?|Infinity)|NaN)$/u;
const NUMERIC = new Set(["integer", "number"]);

/** `largest` is the largest size in the whole column, where these values are only some of it. */
export function formatOf(
  column: Column,
  values: readonly Cell[],
  reading: Reading,
  largest: number = largestOf(values),
): ColumnFormat {
  const header = column.label ?? column.name;
  const isNumeric = NUMERIC.has(column.kind);
  const names = namesOf(column);
  if (names) {
    const text = (cell: Cell) => (isNumber(cell) ? (names[cell - 1] ?? String(cell)) : MISSING);
    return { header, unit: null, isNumeric: false, text };
  }
  if (!isNumeric) return { header, unit: column.unit ?? null, isNumeric, text: (cell) => wordText(cell, column, reading) };
  if (column.role === "key") return { header, unit: null, isNumeric, text: (cell) => (cell === null ? MISSING : String(cell)) };
  const scale = scaleFor(column.unit, largest);
  const shown = values.map((value) => (isNumber(value) ? value * scale.factor : null));
  const fixed = decimalsFor(scale.unit, shown);
  return {
    header,
    unit: scale.unit,
    isNumeric,
    factor: scale.factor,
    text: (cell) =>
      typeof cell === "string"
        ? wideText(cell, scale.factor, reading.locale)
        : numberText(isNumber(cell) ? cell * scale.factor : null, reading.locale, { fixed }),
  };
}

/** A number that the server sends as text: one of more digits than a double holds, or none that is finite. */
function wideText(cell: string, factor: number, locale: string): string {
  if (cell === "NaN") return cell;
  if (cell.endsWith("Infinity")) return cell.startsWith("-") ? "−∞" : "∞";
  // In another unit the digits have to be rounded.
  return factor === 1 ? exactText(cell, locale) : numberText(Number(cell) * factor, locale);
}

const NAMES = {
  weekday: ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"],
  month: ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
};

/** What the whole numbers of a column stand for, from 1 on, where they are weekdays or months. */
export function namesOf(column: Column): readonly string[] | null {
  return column.calendar ? NAMES[column.calendar] : null;
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
  const [one, other] = [Number(a), Number(b)];
  const isText = typeof a === "string" && typeof b === "string" && !(WIDE.test(a) && WIDE.test(b));
  // Numbers that came as text stand among the others by their size, and NaN behind all of them.
  if (!isText && !Object.is(one, other)) return Number.isNaN(one) ? 1 : Number.isNaN(other) ? -1 : one - other;
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
