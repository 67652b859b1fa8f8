import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { needs, shellRoute } from "../app/root";

const one = createRoute({
  getParentRoute: () => shellRoute,
  path: "/charts/$id",
  beforeLoad: needs("questions.read"),
  component: lazyRouteComponent(() => import("./ChartPage"), "ChartPage"),
});

export const chartRoutes = [one];
