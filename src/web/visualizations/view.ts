/** The part of a chart's time axis that its reader looks at, in milliseconds of UTC. */
export interface View {
  start: number;
  end: number;
}

const SHORTEST_MS = 1_000;

/** The part that was dragged over, from what Plotly says of it; nothing when something else was changed. */
export function viewOf(relayout: unknown): View | null {
  const found = Object(relayout);
  const [start, end] = [Number(found["xaxis.range[0]"]), Number(found["xaxis.range[1]"])];
  return end - start >= SHORTEST_MS ? { start: Math.round(start), end: Math.round(end) } : null;
}

/** What an axis shows; nothing where it is no axis of numbers. */
export function rangeOf(axis: unknown): View | null {
  const { range } = Object(axis);
  const [start, end] = Array.isArray(range) ? range.map(Number) : [Number.NaN, Number.NaN];
  return start !== undefined && end !== undefined && end > start ? { start, end } : null;
}

/** Where a key leads from a view; null is the whole, and nothing is said by a key that means nothing here. */
export function steppedBy(key: string, view: View | null, whole: View): View | null | undefined {
  const { start, end } = view ?? whole;
  const length = end - start;
  switch (key) {
    case "+":
    case "=":
      return length / 2 < SHORTEST_MS ? undefined : within({ start: start + length / 4, end: end - length / 4 }, whole);
    case "-":
      return view ? within({ start: start - length / 2, end: end + length / 2 }, whole) : undefined;
    case "ArrowLeft":
      return view ? within({ start: start - length / 4, end: end - length / 4 }, whole) : undefined;
    case "ArrowRight":
      return view ? within({ start: start + length / 4, end: end + length / 4 }, whole) : undefined;
    case "0":
    case "Escape":
      return view ? null : undefined;
    default:
      return undefined;
  }
}

/** The view moved to where there is something to see; all of it is no view any more. */
function within({ start, end }: View, whole: View): View | null {
  const length = Math.min(end - start, whole.end - whole.start);
  const first = Math.min(Math.max(start, whole.start), whole.end - length);
  return length === whole.end - whole.start ? null : { start: Math.round(first), end: Math.round(first + length) };
}
