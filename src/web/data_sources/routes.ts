import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { needs, shellRoute } from "../app/root";

const list = createRoute({
  getParentRoute: () => shellRoute,
  path: "/sources",
  beforeLoad: needs("catalogs.read"),
  component: lazyRouteComponent(() => import("./SourcesPage"), "SourcesPage"),
});

const create = createRoute({
  getParentRoute: () => shellRoute,
  path: "/sources/new",
  validateSearch: (search: Record<string, unknown>): { kind?: string; into?: string } => ({
    kind: typeof search.kind === "string" ? search.kind : undefined,
    into: typeof search.into === "string" ? search.into : undefined,
  }),
  beforeLoad: needs("sources.manage"),
  component: lazyRouteComponent(() => import("./NewSourcePage"), "NewSourcePage"),
});

const one = createRoute({
  getParentRoute: () => shellRoute,
  path: "/sources/$id",
  validateSearch: (search: Record<string, unknown>): { table?: string } => ({
    table: typeof search.table === "string" ? search.table : undefined,
  }),
  beforeLoad: needs("catalogs.read"),
  component: lazyRouteComponent(() => import("./SourcePage"), "SourcePage"),
});

const access = createRoute({
  getParentRoute: () => shellRoute,
  path: "/sources/$id/access",
  beforeLoad: needs("access.manage"),
  component: lazyRouteComponent(() => import("./access/AccessPage"), "AccessPage"),
});

export const sourceRoutes = [list, create, one, access];
