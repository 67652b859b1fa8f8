import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { needs, shellRoute } from "../app/root";
import { readSearch } from "./search";

const list = createRoute({
  getParentRoute: () => shellRoute,
  path: "/dashboards",
  beforeLoad: needs("dashboards.read"),
  component: lazyRouteComponent(() => import("./ListPage"), "ListPage"),
});

const view = createRoute({
  getParentRoute: () => shellRoute,
  path: "/dashboards/$id",
  validateSearch: readSearch,
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
