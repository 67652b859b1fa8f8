/** The newest of a dashboard on the home page: its first chart along time, with the single values beside it. */
import { api, type Schemas, unwrap } from "../app/api";
import { isNumber, quantity } from "../parts/number";
import { tableOf } from "../visualizations/figure-table";
import { inReadingOrder } from "./placing";
import { jsonLines } from "./stream";
import type { RenderedWidget, RenderLine, Scope, ScopeChoice, Widget } from "./types";

type DrawnChart = Schemas["DrawnChart"];

const RENDER = "/api/v1/dashboards/{dashboard_id}/render" as const;
const MOST_CHARTS = 3;
const MOST_VALUES = 2;

/** The newest day that the dashboard's charts have; a dashboard of longer intervals shows its own range instead. */
const NEWEST_DAY: ScopeChoice = {
  timeRange: { type: "relative", span: "last", unit: "day", count: 1, anchor: "newest" },
  filters: [],
  compare: "none",
  grain: "hour",
};
const OWN_RANGE: ScopeChoice = { timeRange: null, filters: [], compare: "none" };

export interface Newest {
  chart: DrawnChart;
  chartId: string;
  values: { title: string; chart: DrawnChart }[];
  scope: Scope;
}

/** The widgets that are asked for: the first charts, and the first values. */
export function widgetsOf(widgets: readonly Widget[]): string[] {
  const ordered = inReadingOrder(widgets);
  const first = (kind: Widget["kind"], most: number) =>
    ordered
      .filter((each) => each.kind === kind)
      .slice(0, most)
      .map((each) => each.widgetId);
  return [...first("value", MOST_VALUES), ...first("chart", MOST_CHARTS)];
}

/** What of it can be shown; nothing where no chart of it has a course. */
export function newestOf(ids: readonly string[], drawn: ReadonlyMap<string, RenderedWidget>, scope: Scope): Newest | null {
  const shown = ids.map((id) => drawn.get(id)).filter((each) => each !== undefined);
  const values: Newest["values"] = [];
  let first: Pick<Newest, "chart" | "chartId"> | null = null;
  for (const { chart, chartId, title } of shown) {
    if (!chart || !chartId) continue;
    if (chart.content.type === "value") {
      if (isNumber(chart.content.value)) values.push({ title: title || chart.title, chart });
    } else if (chart.content.type === "figure" && isCourse(chart.content.plotly)) {
      first ??= { chart, chartId };
    }
  }
  return first && { ...first, values, scope };
}

/** Whether there is more than one moment to be seen. */
function isCourse(plotly: unknown): boolean {
  const { data, layout } = Object(plotly);
  return (tableOf({ data: Array.isArray(data) ? data : [], layout: Object(layout) })?.rows.length ?? 0) > 1;
}

/** "Today" where the range holds this moment, else nothing: then the range names itself. */
export function isToday({ timeRange }: Scope, now: Date): boolean {
  if (!timeRange) return false;
  const [start, end] = [Date.parse(timeRange.start), Date.parse(timeRange.end)];
  return start <= now.getTime() && now.getTime() < end && end - start <= 25 * 3_600_000;
}

export function valueText(chart: DrawnChart, locale: string): { number: string; unit: string | null } | null {
  if (chart.content.type !== "value") return null;
  const { number, unit, isUnitFirst } = quantity(chart.content.value, chart.content.unit, locale);
  return isUnitFirst ? { number: `${unit}${number}`, unit: null } : { number, unit };
}

export async function newest(
  dashboardId: string,
  layout: Schemas["Layout"],
  look: { theme: "light" | "dark"; width: number; isFresh: boolean },
  signal?: AbortSignal,
): Promise<Newest | null> {
  const widgetIds = widgetsOf(layout.widgets);
  if (widgetIds.length === 0) return null;
  for (const scope of [NEWEST_DAY, OWN_RANGE]) {
    // The second is asked for only where the first shows nothing.
    // oxlint-disable-next-line no-await-in-loop
    const found = await drawnWith(dashboardId, { scope, widgetIds, ...look }, signal);
    if (found) return found;
  }
  return null;
}

async function drawnWith(
  dashboardId: string,
  wish: Pick<Schemas["RenderOptions"], "scope" | "widgetIds" | "theme" | "width" | "isFresh">,
  signal?: AbortSignal,
): Promise<Newest | null> {
  // It is not opened by being shown here, so it is asked for in the way that is not counted.
  const stream = await unwrap(
    api.POST(RENDER, {
      params: { path: { dashboard_id: dashboardId } },
      body: { ...wish, isDraft: false },
      parseAs: "stream",
      signal,
    }),
  );
  if (!(stream instanceof ReadableStream)) throw new TypeError("This browser does not stream answers.");
  const drawn = new Map<string, RenderedWidget>();
  let scope: Scope = { filters: [] };
  for await (const line of jsonLines<RenderLine>(stream)) {
    if (line.type === "started") scope = line.scope;
    if (line.type === "widget") drawn.set(line.widget.widgetId, line.widget);
  }
  return newestOf(wish.widgetIds ?? [], drawn, scope);
}
