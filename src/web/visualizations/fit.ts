/** A layout for the width it is drawn in: as many marks along the axis as have room side by side, none turned. */

const PIXELS_A_MARK = 46;
const PIXELS_A_NUMBER = 56;

export function fitted(layout: Record<string, unknown>, width: number): Record<string, unknown> {
  const axis = layout.xaxis;
  if (typeof axis !== "object" || axis === null || width <= 0) return layout;
  const { tickvals, ticktext, nticks } = Object(axis);
  const next: Record<string, unknown> = { ...axis, tickangle: 0 };
  if (Array.isArray(tickvals) && Array.isArray(ticktext)) {
    const step = Math.ceil((tickvals.length * PIXELS_A_MARK) / width);
    if (step > 1) {
      next.tickvals = tickvals.filter((_, index) => index % step === 0);
      next.ticktext = ticktext.filter((_, index) => index % step === 0);
    }
  } else if (typeof nticks === "number") {
    next.nticks = Math.max(2, Math.min(nticks, Math.floor(width / PIXELS_A_NUMBER)));
  }
  return { ...layout, xaxis: next };
}
