import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { needs, shellRoute } from "../app/root";

interface ViewSearch {
  /** The chosen time range and filters, as JSON, so that a view can be shared and Back works. */
  scope?: string;
}

const list = createRoute({
  getParentRoute: () => shellRoute,
  path: "/dashboards",
  beforeLoad: needs("dashboards.read"),
  component: lazyRouteComponent(() => import("./ListPage"), "ListPage"),
});

const view = createRoute({
  getParentRoute: () => shellRoute,
  path: "/dashboards/$id",
  validateSearch: (search: Record<string, unknown>): ViewSearch =>
    typeof search.scope === "string" && search.scope.length < 4000 ? { scope: search.scope } : {},
  beforeLoad: needs("dashboards.read"),
  component: lazyRouteComponent(() => import("./ViewPage"), "ViewPage"),
});

const edit = createRoute({
  getParentRoute: () => shellRoute,
  path: "/dashboards/$id/edit",
  beforeLoad: needs("dashboards.edit"),
  component: lazyRouteComponent(() => import("./EditPage"), "EditPage"),
});

export const dashboardRoutes = [list, view, edit];
