import { isNumber } from "../parts/number";

/** The band between the lowest and highest value of each stretch of a column; a gap stays open. */
export function bandPath(
  low: readonly (number | null)[],
  high: readonly (number | null)[],
  width: number,
  height: number,
): string {
  const known = [...low, ...high].filter(isNumber);
  if (known.length === 0) return "";
  const least = Math.min(...known);
  const span = Math.max(...known) - least || 1;
  const step = width / low.length;
  const y = (value: number) => Math.round((height - ((value - least) / span) * (height - 2) - 1) * 10) / 10;
  return low
    .map((value, index) => {
      const top = high[index];
      if (!isNumber(value) || !isNumber(top)) return "";
      const x = Math.round(index * step * 10) / 10;
      // At least a pixel high, so that a constant stretch is seen.
      const [a, b] = [y(top), Math.max(y(value), y(top) + 1)];
      return `M${x} ${a}h${Math.round(step * 10) / 10}V${b}h-${Math.round(step * 10) / 10}z`;
    })
    .join("");
}
