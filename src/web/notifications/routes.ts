import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { needs, shellRoute } from "../app/root";

interface NewSearch {
  dashboard?: string;
  question?: string;
}

const text = (value: unknown) => (typeof value === "string" ? value : undefined);

const list = createRoute({
  getParentRoute: () => shellRoute,
  path: "/reports",
  beforeLoad: needs("reports.read"),
  component: lazyRouteComponent(() => import("./ReportsPage"), "ReportsPage"),
});

const create = createRoute({
  getParentRoute: () => shellRoute,
  path: "/reports/new",
  validateSearch: (search: Record<string, unknown>): NewSearch => ({
    dashboard: text(search.dashboard),
    question: text(search.question),
  }),
  beforeLoad: needs("reports.edit"),
  component: lazyRouteComponent(() => import("./NewReportPage"), "NewReportPage"),
});

const one = createRoute({
  getParentRoute: () => shellRoute,
  path: "/reports/$id",
  beforeLoad: needs("reports.read"),
  component: lazyRouteComponent(() => import("./ReportPage"), "ReportPage"),
});

const mailbox = createRoute({
  getParentRoute: () => shellRoute,
  path: "/mailbox",
  beforeLoad: needs("mailbox.read"),
  component: lazyRouteComponent(() => import("./MailboxPage"), "MailboxPage"),
});

export const notificationRoutes = [list, create, one, mailbox];
