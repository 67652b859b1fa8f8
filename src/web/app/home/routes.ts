import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { shellRoute } from "../root";

export const homeRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: "/",
  component: lazyRouteComponent(() => import("./HomePage"), "HomePage"),
});

export const missingRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: "$",
  component: lazyRouteComponent(() => import("../shell/MissingPage"), "MissingPage"),
});
