import type { Schemas } from "../app/api";

export type DrawnChart = Schemas["DrawnChart"];
export type Provenance = Schemas["Provenance"];
export type Completeness = Schemas["Completeness"];
export type PointsShown = NonNullable<DrawnChart["points"]>;
export type ViewBody = Schemas["View"];
export type Page = Schemas["Page"];
export type CellFilter = Page["filters"][number];
export type Content = DrawnChart["content"];
export type FigureContent = Extract<Content, { type: "figure" }>;
export type GridContent = Extract<Content, { type: "table" }>;
export type HeadlineContent = Extract<Content, { type: "value" }>;
export type Column = Schemas["Column"];
export type Cell = GridContent["rows"][number][number];

/** What a figure holds: data and layout for Plotly. */
export interface PlotlyFigure {
  data: unknown[];
  layout: Record<string, unknown>;
}
export type ChartSpec = Schemas["ChartSpec"];
export type ChartPreview = Schemas["ChartPreview"];

/** What is drawn: a saved question, or a statement on a source. */
export type Drawable = { questionId: string } | { sourceId: string; sql: string };
