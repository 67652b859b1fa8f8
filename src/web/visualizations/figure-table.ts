/** The numbers of a Plotly figure as a table, for readers to whom the picture says nothing. */
import { isNumber } from "../parts/number";
import type { Cell, Column, PlotlyFigure } from "./types";

export interface FigureTable {
  columns: Column[];
  rows: Cell[][];
}

interface Trace {
  kind: string;
  name: string;
  x: Cell[];
  y: Cell[];
  words: Cell[];
  isSideways: boolean;
  isPoints: boolean;
  isSilent: boolean;
  z: Cell[];
}

const SIZES: Readonly<Record<string, number>> = { f8: 8, f4: 4, i4: 4, u4: 4, i2: 2, u2: 2, i1: 1, u1: 1 };

/** An array as Plotly takes it: plain, or numbers packed in base64. */
export function valuesOf(given: unknown): Cell[] {
  if (Array.isArray(given)) return given.map(cellOf);
  const { dtype, bdata } = Object(given);
  const size = SIZES[String(dtype)];
  if (typeof bdata !== "string" || size === undefined) return [];
  const bytes = Uint8Array.from(atob(bdata), (letter) => letter.charCodeAt(0));
  const view = new DataView(bytes.buffer);
  return Array.from({ length: Math.floor(bytes.length / size) }, (_, index) => cellOf(numberAt(view, dtype, index * size)));
}

function numberAt(view: DataView, dtype: string, at: number): number {
  switch (dtype) {
    case "f8":
      return view.getFloat64(at, true);
    case "f4":
      return view.getFloat32(at, true);
    case "i4":
      return view.getInt32(at, true);
    case "u4":
      return view.getUint32(at, true);
    case "i2":
      return view.getInt16(at, true);
    case "u2":
      return view.getUint16(at, true);
    case "i1":
      return view.getInt8(at);
    default:
      return view.getUint8(at);
  }
}

function cellOf(value: unknown): Cell {
  if (typeof value === "number") return Number.isFinite(value) ? value : null;
  return typeof value === "string" ? plain(value) : null;
}

/** The server escapes what could be markup in a figure. */
function plain(text: string): string {
  return text
    .replaceAll(/<[^>]*>/gu, "")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&#123;", "{")
    .replaceAll("&amp;", "&")
    .trim();
}

function traceOf(given: unknown): Trace {
  const { type, name, x, y, z, text, customdata, orientation, mode, hoverinfo } = Object(given);
  return {
    kind: String(type),
    name: typeof name === "string" ? plain(name) : "",
    x: valuesOf(x),
    y: valuesOf(y),
    z: valuesOf(z),
    words: valuesOf(customdata ?? text),
    isSideways: orientation === "h",
    isPoints: mode === "markers",
    isSilent: hoverinfo === "skip" || mode === "text",
  };
}

/** Heads the column of what the values belong to: days, names, ranges. */
const dimension = (name = "Axis"): Column => ({ name, kind: "text", role: "dimension" });
const measure = (name: string, unit?: string): Column => ({ name, kind: "number", role: "measure", ...(unit ? { unit } : {}) });

/** The unit stands once, as a note above the axis. */
function unitOf(layout: Record<string, unknown>): string | undefined {
  const notes: unknown = layout["annotations"];
  const note = Array.isArray(notes) ? notes.find((each) => each?.xref === "paper" && each.x === 0 && each.y === 1) : undefined;
  return typeof note?.text === "string" ? plain(note.text) : undefined;
}

/** The table of a figure; nothing for kinds that only summarise, such as boxes. */
export function tableOf(figure: PlotlyFigure): FigureTable | null {
  const traces = figure.data.map(traceOf);
  const heat = traces.find(({ kind }) => kind === "heatmap");
  if (heat) return matrix(heat);
  if (traces.some(({ kind }) => kind === "box")) return null;
  const shown = traces.filter((trace) => trace.name !== "" && !trace.isSilent);
  if (shown.length === 0) return null;
  const unit = unitOf(figure.layout);
  if (shown.some(({ isSideways }) => isSideways)) return byWord(shown, "x", unit);
  if (shown.every(({ isPoints }) => isPoints)) return points(shown);
  if (shown.every(({ words, x }) => words.length > 0 && words.length === x.length)) return byWord(shown, "y", unit);
  return byPlace(shown, wordsOfPlaces(traces, figure.layout), unit);
}

function matrix({ x, y, z }: Trace): FigureTable {
  return {
    columns: [dimension(), ...x.map((name) => measure(String(name)))],
    rows: y.map((name, row) => [name, ...x.map((_, column) => z[row * x.length + column] ?? null)]),
  };
}

function points(traces: Trace[]): FigureTable {
  const hasNames = traces.length > 1;
  return {
    columns: [...(hasNames ? [dimension("Series")] : []), measure("x"), measure("y")],
    rows: traces.flatMap(({ name, x, y }) =>
      x.map((across, index) => [...(hasNames ? [name] : []), across, y[index] ?? null]),
    ),
  };
}

function byWord(traces: Trace[], side: "x" | "y", unit?: string): FigureTable {
  const words = [...new Set(traces.flatMap((trace) => trace.words))];
  const found = traces.map((trace) => new Map(trace.words.map((word, index) => [word, trace[side][index] ?? null])));
  return {
    columns: [dimension(), ...traces.map(({ name }) => measure(name, unit))],
    rows: words.map((word) => [word, ...found.map((values) => values.get(word) ?? null)]),
  };
}

function byPlace(traces: Trace[], words: ReadonlyMap<Cell, Cell>, unit?: string): FigureTable {
  const found = traces.map((trace) => {
    const values = new Map<Cell, Cell>();
    // A step is drawn with the same value at both of its ends: the first one is the interval's.
    for (const [index, place] of trace.x.entries()) if (!values.has(place)) values.set(place, trace.y[index] ?? null);
    return values;
  });
  const all = [...new Set(found.flatMap((values) => [...values.keys()]))];
  // Where the server names the places, the others are only bends of the stroke.
  const places = (words.size > 0 ? all.filter((place) => words.has(place)) : all).toSorted((a, b) =>
    isNumber(a) && isNumber(b) ? a - b : String(a).localeCompare(String(b)),
  );
  const rows = places.map((place) => [words.get(place) ?? place, ...found.map((values) => values.get(place) ?? null)]);
  return {
    columns: [words.size > 0 ? dimension() : measure("x"), ...traces.map(({ name }) => measure(name, unit))],
    // The edge of an interval and its middle have the same words and values.
    rows: rows.filter((row, index) => words.size === 0 || !isSame(row, rows[index - 1])),
  };
}

function isSame(row: Cell[], before: Cell[] | undefined): boolean {
  return before !== undefined && row.every((cell, index) => cell === before[index]);
}

/** What each place along the axis is called: by the unseen trace of words, or by the ticks of named places. */
function wordsOfPlaces(traces: Trace[], layout: Record<string, unknown>): Map<Cell, Cell> {
  const named = traces.find((trace) => trace.name === "" && trace.words.length > 0 && trace.words.length === trace.x.length);
  if (named) return new Map(named.x.map((place, index) => [place, named.words[index] ?? null]));
  const { tickmode, tickvals, ticktext } = Object(layout["xaxis"]);
  const names = valuesOf(ticktext);
  return tickmode === "array" && names.length > 0
    ? new Map(valuesOf(tickvals).map((place, index) => [place, names[index] ?? null]))
    : new Map();
}
