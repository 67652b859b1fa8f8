import { queryOptions, useMutation, useQuery } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";
import { api, unwrap } from "../app/api";
import { useTheme } from "../app/preferences";
import { asProblem, type ProblemError } from "../app/problem";
import { queryClient } from "../app/query";
import { tellProblem, tellUndo } from "../parts/toast";
import { jsonLines } from "./stream";
import type { DashboardSummary, RenderLine, RenderedWidget, Scope, ScopeChoice } from "./types";

const DASHBOARDS = "/api/v1/dashboards";
const ONE = `${DASHBOARDS}/{dashboard_id}` as const;
type Which = "all" | "mine" | "pinned" | "deleted";

export const listQuery = (which: Which = "all", words = "") =>
  queryOptions({
    queryKey: ["dashboards", "list", which, words],
    queryFn: () => unwrap(api.GET(DASHBOARDS, { params: { query: { which, words } } })),
  });

export const dashboardQuery = (id: string) =>
  queryOptions({
    queryKey: ["dashboards", "one", id],
    queryFn: () => unwrap(api.GET(ONE, { params: { path: { dashboard_id: id } } })),
  });

export function renewDashboards(): Promise<void> {
  return queryClient.invalidateQueries({ queryKey: ["dashboards"] });
}

export function useCreate() {
  return useMutation({
    mutationFn: (name: string) => unwrap(api.POST(DASHBOARDS, { body: { name, description: "", tags: [] } })),
    onSuccess: renewDashboards,
    onError: (error) => tellProblem(error),
  });
}

export function useDuplicate() {
  return useMutation({
    mutationFn: ({ dashboardId, name }: DashboardSummary) =>
      unwrap(
        api.POST(`${ONE}/duplicate`, {
          params: { path: { dashboard_id: dashboardId } },
          body: { name: `${name} (copy)`, isDraft: false },
        }),
      ),
    onSuccess: renewDashboards,
    onError: (error) => tellProblem(error),
  });
}

export function useDelete() {
  return useMutation({
    mutationFn: ({ dashboardId }: DashboardSummary) =>
      unwrap(api.DELETE(ONE, { params: { path: { dashboard_id: dashboardId } } })),
    onSuccess: async ({ dashboardId, name }) => {
      await renewDashboards();
      tellUndo(`“${name}” was deleted.`, async () => {
        await unwrap(api.POST(`${ONE}/restore`, { params: { path: { dashboard_id: dashboardId } } }));
        await renewDashboards();
      });
    },
    onError: (error) => tellProblem(error),
  });
}

export function usePin() {
  return useMutation({
    mutationFn: ({ dashboardId, isPinned }: DashboardSummary) => {
      const params = { path: { dashboard_id: dashboardId } };
      return isPinned
        ? unwrap(api.DELETE(`${ONE}/pin`, { params }))
        : unwrap(api.PUT(`${ONE}/pin`, { params }));
    },
    onSuccess: renewDashboards,
    onError: (error) => tellProblem(error),
  });
}

export function useDashboard(id: string) {
  return useQuery(dashboardQuery(id));
}

export interface Rendering {
  widgets: ReadonlyMap<string, RenderedWidget>;
  scope: Scope | null;
  isLoading: boolean;
  error: ProblemError | null;
  /** When the last widget arrived. */
  finishedAt: Date | null;
  reload: (isFresh: boolean) => void;
}

interface RenderWish {
  dashboardId: string;
  scope: ScopeChoice;
  isDraft: boolean;
  /** Changes when the layout that is drawn has changed. */
  revision: number;
}

/** Loads every widget in one request; each appears as soon as it is ready, and old values stay until then. */
export function useRendering({ dashboardId, scope, isDraft, revision }: RenderWish): Rendering {
  const theme = useTheme();
  const [widgets, setWidgets] = useState<ReadonlyMap<string, RenderedWidget>>(new Map());
  const [state, setState] = useState<Pick<Rendering, "scope" | "isLoading" | "error" | "finishedAt">>({
    scope: null,
    isLoading: true,
    error: null,
    finishedAt: null,
  });
  const running = useRef<AbortController | null>(null);
  const scopeKey = JSON.stringify(scope);

  const load = useCallback(
    async (isFresh: boolean) => {
      running.current?.abort();
      const control = new AbortController();
      running.current = control;
      setState((before) => ({ ...before, isLoading: true, error: null }));
      try {
        const stream = await unwrap(
          api.POST(`${ONE}/render`, {
            params: { path: { dashboard_id: dashboardId } },
            body: { scope: JSON.parse(scopeKey), theme, isDraft, isFresh },
            parseAs: "stream",
            signal: control.signal,
          }),
        );
        let isWhole = false;
        if (!(stream instanceof ReadableStream)) throw new TypeError("This browser does not stream answers.");
        for await (const line of jsonLines<RenderLine>(stream)) {
          if (control.signal.aborted) return;
          switch (line.type) {
            case "started":
              setState((before) => ({ ...before, scope: line.scope }));
              break;
            case "widget":
              setWidgets((before) => new Map(before).set(line.widget.widgetId, line.widget));
              break;
            case "finished":
              isWhole = true;
          }
        }
        if (!isWhole) throw new TypeError("network: the answer broke off");
        setState((before) => ({ ...before, isLoading: false, finishedAt: new Date() }));
      } catch (error) {
        if (!control.signal.aborted) {
          setState((before) => ({ ...before, isLoading: false, error: asProblem(error) }));
        }
      }
    },
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- a changed layout is drawn anew
    [dashboardId, scopeKey, theme, isDraft, revision],
  );

  useEffect(() => {
    void load(false);
    return () => running.current?.abort();
  }, [load]);

  const reload = useCallback((isFresh: boolean) => void load(isFresh), [load]);
  return { widgets, ...state, reload };
}
