import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { needs, shellRoute } from "../app/root";
import { readAskSearch } from "./asked";

const text = (value: unknown, most: number) =>
  typeof value === "string" && value.length <= most ? value : undefined;

const ask = createRoute({
  getParentRoute: () => shellRoute,
  path: "/ask",
  validateSearch: readAskSearch,
  beforeLoad: needs("queries.run"),
  component: lazyRouteComponent(() => import("./AskPage"), "AskPage"),
});

const sql = createRoute({
  getParentRoute: () => shellRoute,
  path: "/ask/sql",
  validateSearch: (search: Record<string, unknown>): { run?: string; sql?: string; source?: string } => ({
    run: text(search.run, 40),
    sql: text(search.sql, 65_536),
    source: text(search.source, 40),
  }),
  beforeLoad: needs("queries.run"),
  component: lazyRouteComponent(() => import("./SqlPage"), "SqlPage"),
});

const questions = createRoute({
  getParentRoute: () => shellRoute,
  path: "/questions",
  beforeLoad: needs("questions.read"),
  component: lazyRouteComponent(() => import("./QuestionsPage"), "QuestionsPage"),
});

const exports = createRoute({
  getParentRoute: () => shellRoute,
  path: "/exports",
  beforeLoad: needs("sources.read"),
  component: lazyRouteComponent(() => import("./ExportsPage"), "ExportsPage"),
});

const question = createRoute({
  getParentRoute: () => shellRoute,
  path: "/questions/$id",
  beforeLoad: needs("questions.read"),
  component: lazyRouteComponent(() => import("./QuestionPage"), "QuestionPage"),
});

const terms = createRoute({
  getParentRoute: () => shellRoute,
  path: "/sources/$id/terms",
  validateSearch: (search: Record<string, unknown>): { table?: string } => ({ table: text(search.table, 300) }),
  beforeLoad: needs("sources.read"),
  component: lazyRouteComponent(() => import("./terms/TermsPage"), "TermsPage"),
});

export const analyticsRoutes = [ask, sql, questions, question, exports, terms];
