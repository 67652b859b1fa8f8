/** Where widgets stand: pure moves on a grid of twelve columns, shared by pointer and keyboard. */
import type { Widget } from "./types";

export const COLUMNS = 12;
export const ROW_PIXELS = 40;
export const GAP_PIXELS = 12;
const LOWEST_ROW = 1999;
const TALLEST = 100;

export interface Place {
  x: number;
  y: number;
  width: number;
  height: number;
}

export const SIZES: Record<Widget["kind"], Pick<Place, "width" | "height">> = {
  chart: { width: 6, height: 7 },
  value: { width: 3, height: 3 },
  table: { width: 6, height: 7 },
  text: { width: 4, height: 3 },
};

export function overlaps(a: Place, b: Place): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

/** The nearest place inside the grid. */
export function inside(place: Place): Place {
  const width = Math.min(Math.max(place.width, 1), COLUMNS);
  const height = Math.min(Math.max(place.height, 1), TALLEST);
  return {
    width,
    height,
    x: Math.min(Math.max(place.x, 0), COLUMNS - width),
    y: Math.min(Math.max(place.y, 0), LOWEST_ROW),
  };
}

/** Puts one widget at a place; what is in its way moves down, and nothing overlaps. */
export function placed<W extends Place & { widgetId: string }>(widgets: readonly W[], id: string, wanted: Place): W[] {
  const target = inside(wanted);
  const moved = widgets.map((widget) => (widget.widgetId === id ? { ...widget, ...target } : widget));
  const settled: W[] = moved.filter((widget) => widget.widgetId === id);
  const others = moved.filter((widget) => widget.widgetId !== id).toSorted((a, b) => a.y - b.y || a.x - b.x);
  for (const widget of others) {
    let y = widget.y;
    while (settled.some((other) => overlaps({ ...widget, y }, other))) y += 1;
    settled.push({ ...widget, y });
  }
  const order = new Map(widgets.map((widget, index) => [widget.widgetId, index]));
  return settled.toSorted((a, b) => (order.get(a.widgetId) ?? 0) - (order.get(b.widgetId) ?? 0));
}

/** The first free place, row by row, for something of this size. */
export function freePlace(widgets: readonly Place[], size: Pick<Place, "width" | "height">): Place {
  for (let y = 0; ; y += 1) {
    for (let x = 0; x + size.width <= COLUMNS; x += 1) {
      const place = { x, y, ...size };
      if (!widgets.some((widget) => overlaps(widget, place))) return place;
    }
  }
}

/** Whether one value stands directly to the left of another of the same height: together they are a strip. */
export function isValueBeside(left: Place & { kind: Widget["kind"] }, right: Place & { kind: Widget["kind"] }): boolean {
  return (
    left.kind === "value" &&
    right.kind === "value" &&
    left.y === right.y &&
    left.height === right.height &&
    left.x + left.width === right.x
  );
}

/** Reading order: from top to bottom, then from left to right. */
export function inReadingOrder<W extends Place>(widgets: readonly W[]): W[] {
  return widgets.toSorted((a, b) => a.y - b.y || a.x - b.x);
}
