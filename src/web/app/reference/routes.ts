import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { shellRoute } from "../root";

const reference = createRoute({
  getParentRoute: () => shellRoute,
  path: "/docs/api",
  component: lazyRouteComponent(() => import("./ReferencePage"), "ReferencePage"),
});

export const referenceRoutes = [reference];
