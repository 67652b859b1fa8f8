import type { Schemas } from "../app/api";

export type DashboardSummary = Schemas["DashboardSummary"];
export type DashboardDetail = Schemas["DashboardDetail"];
export type Layout = Schemas["Layout"];
export type Widget = Layout["widgets"][number];
export type TimeChoice = NonNullable<Layout["timeRange"]>;
export type FilterSlot = Layout["filters"][number];
export type RenderedWidget = Schemas["RenderedWidget"];
export type Scope = Schemas["Scope"];
export type ScopeChoice = Schemas["ScopeChoice"];
export type RenderLine = Schemas["RenderStarted"] | Schemas["WidgetDrawn"] | Schemas["RenderFinished"];

/** Nothing narrowed: the dashboard's own range and filters. */
export const NO_CHOICE: ScopeChoice = { timeRange: null, filters: [] };
