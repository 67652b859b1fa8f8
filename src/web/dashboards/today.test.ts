import { expect, test } from "vitest";
import { chosenOf } from "./chosen";
import { isToday, newestOf, widgetsOf } from "./today";
import type { DashboardSummary, RenderedWidget, Widget } from "./types";

const summary = (name: string, changes: Partial<DashboardSummary> = {}): DashboardSummary => ({
  dashboardId: name,
  name,
  description: "",
  tags: [],
  owner: null,
  access: "own",
  isPinned: false,
  hasDraft: false,
  publishedAt: "2026-06-01T00:00:00Z",
  editedAt: "2026-06-01T00:00:00Z",
  restorableUntil: null,
  openedAt: null,
  ...changes,
});

test("the dashboard that was opened last is shown, then a pinned one, then the first", () => {
  const [a, b] = [summary("a"), summary("b", { isPinned: true })];
  const opened = [
    summary("c", { openedAt: "2026-06-17T08:00:00Z" }),
    summary("d", { openedAt: "2026-06-18T08:00:00Z" }),
  ];
  expect(chosenOf([a, b, ...opened])?.name).toBe("d");
  expect(chosenOf([a, b])?.name).toBe("b");
  expect(chosenOf([a])?.name).toBe("a");
  expect(chosenOf([])).toBeNull();
});

const widget = (widgetId: string, kind: "chart" | "value", y: number): Widget => ({
  widgetId,
  kind,
  chartId: widgetId,
  title: "",
  x: 0,
  y,
  width: 6,
  height: 3,
});

test("values and charts are asked for in the order in which they are read", () => {
  expect(widgetsOf([widget("late", "chart", 8), widget("value", "value", 0), widget("early", "chart", 2)])).toEqual([
    "value",
    "early",
    "late",
  ]);
});

const provenance = (rowCount: number) => ({
  sourceId: "s",
  sourceName: "metering",
  zone: "Europe/Berlin",
  readAt: "2026-06-18T12:00:00Z",
  isCached: false,
  engineMs: 1,
  rowCount,
  isCut: false,
  rowLimit: 10,
  completeness: null,
  notes: [],
  isStale: false,
  keptSeconds: null,
});

const place = { kind: "chart" as const, x: 0, y: 0, width: 6, height: 4 };

const figure = (widgetId: string, rowCount: number): RenderedWidget => ({
  ...place,
  widgetId,
  title: "",
  chartId: widgetId,
  error: null,
  chart: {
    title: widgetId,
    kind: "line",
    summary: "",
    subtitle: null,
    points: null,
    provenance: provenance(rowCount),
    content: {
      type: "figure",
      plotly: {
        data: [{ type: "scatter", name: "Load", x: Array.from({ length: rowCount }, (_, hour) => hour), y: Array.from({ length: rowCount }, () => 1) }],
        layout: {},
      },
    },
  },
});

test("the first chart that has a course is shown; one that failed or is empty is passed over", () => {
  const failed: RenderedWidget = { ...place, widgetId: "failed", title: "", chartId: "failed", error: "gone", chart: null };
  const drawn = new Map([failed, figure("empty", 1), figure("full", 96)].map((each) => [each.widgetId, each]));
  const scope = { filters: [] };

  expect(newestOf(["failed", "empty", "full"], drawn, scope)?.chartId).toBe("full");
  expect(newestOf(["failed", "empty"], drawn, scope)).toBeNull();
});

test("only a day that holds this moment is called today", () => {
  const day = { filters: [], timeRange: { start: "2026-06-17T22:00:00Z", end: "2026-06-18T22:00:00Z", zone: "Europe/Berlin" } };
  expect(isToday(day, new Date("2026-06-18T12:00:00Z"))).toBe(true);
  expect(isToday(day, new Date("2026-06-18T23:00:00Z"))).toBe(false);
  const week = { ...day, timeRange: { ...day.timeRange, start: "2026-06-11T22:00:00Z" } };
  expect(isToday(week, new Date("2026-06-18T12:00:00Z"))).toBe(false);
});
