import { createRouter } from "@tanstack/react-router";
import { analyticsRoutes } from "../analytics/routes";
import { authRoutes, settingsRoutes } from "../auth/routes";
import { sourceRoutes } from "../data_sources/routes";
import { dashboardRoutes } from "../dashboards/routes";
import { notificationRoutes } from "../notifications/routes";
import { chartRoutes } from "../visualizations/routes";
import { Skeleton } from "../parts/Skeleton";
import { FailedPage } from "./shell/FailedPage";
import { homeRoute, missingRoute } from "./home/routes";
import { queryClient } from "./query";
import { referenceRoutes } from "./reference/routes";
import { rootRoute, shellRoute } from "./root";

export const router = createRouter({
  routeTree: rootRoute.addChildren([
    ...authRoutes,
    shellRoute.addChildren([
      homeRoute,
      ...analyticsRoutes,
      ...chartRoutes,
      ...dashboardRoutes,
      ...sourceRoutes,
      ...notificationRoutes,
      ...settingsRoutes,
      ...referenceRoutes,
      missingRoute,
    ]),
  ]),
  context: { queryClient },
  defaultPreload: "intent",
  defaultPreloadStaleTime: 0,
  defaultPendingMs: 200,
  defaultPendingComponent: () => <Skeleton shape="rows" label="Loading the page" />,
  defaultErrorComponent: FailedPage,
  defaultNotFoundComponent: missingRoute.options.component,
  scrollRestoration: true,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
