import { isNumber } from "../parts/number";

const PADDING = 3;

/** The line of a sparkline; a missing value breaks it, so that a gap is seen as a gap. */
export function sparkPath(
  values: readonly (number | null)[],
  width: number,
  height: number,
): { line: string; end: { x: number; y: number } } | null {
  const known = values.filter(isNumber);
  if (known.length < 2) return null;
  const lowest = Math.min(...known);
  const span = Math.max(...known) - lowest || 1;
  const step = (width - 2 * PADDING) / (values.length - 1);
  let line = "";
  let end = { x: 0, y: 0 };
  let isPenDown = false;
  for (const [index, value] of values.entries()) {
    if (!isNumber(value)) {
      isPenDown = false;
      continue;
    }
    const x = round(PADDING + index * step);
    const y = round(height - PADDING - ((value - lowest) / span) * (height - 2 * PADDING));
    line += `${isPenDown ? "L" : "M"}${x} ${y}`;
    isPenDown = true;
    end = { x, y };
  }
  return { line, end };
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
