import type { IconName } from "../parts/Icon";
import type { ChartSpec } from "./types";

/** Every kind of chart by its name, in the order of the menu. */
export const KINDS: { kind: ChartSpec["kind"]; label: string; icon: IconName }[] = [
  { kind: "line", label: "Line", icon: "line" },
  { kind: "step", label: "Step", icon: "line" },
  { kind: "area", label: "Area", icon: "area" },
  { kind: "stacked_area", label: "Stacked area", icon: "area" },
  { kind: "bar", label: "Bars", icon: "bars" },
  { kind: "scatter", label: "Scatter", icon: "line" },
  { kind: "heat_map", label: "Heat map", icon: "heatmap" },
  { kind: "box", label: "Box", icon: "bars" },
  { kind: "histogram", label: "Histogram", icon: "bars" },
  { kind: "load_duration", label: "Load duration", icon: "area" },
  { kind: "value", label: "Single value", icon: "gauge" },
  { kind: "table", label: "Table", icon: "table" },
  { kind: "pivot", label: "Pivot", icon: "table" },
];

export function kindLabel(kind: ChartSpec["kind"]): string {
  return KINDS.find((each) => each.kind === kind)?.label ?? kind;
}
