import { keepPreviousData, queryOptions, useMutation, useQuery } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";
import { api, inAddress, type Schemas, unwrap } from "../app/api";
import { useTheme } from "../app/preferences";
import { asProblem, type ProblemError } from "../app/problem";
import { queryClient } from "../app/query";
import type { Span } from "../parts/ribbon";
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

/** The dashboard as the share dialog takes it. */
export function shareable({ dashboardId, name, owner }: DashboardSummary) {
  const path = `${ONE}/shares` as const;
  const params = { path: { dashboard_id: dashboardId } };
  return {
    kind: "dashboard" as const,
    name,
    ownerId: owner?.userId,
    explained: "Those you add see what is published, each with their own rights to its data.",
    read: () => unwrap(api.GET(path, { params })),
    write: (body: Schemas["Shares"]) => unwrap(api.PUT(path, { params, body })),
  };
}

export function useDashboard(id: string) {
  return useQuery(dashboardQuery(id));
}

/** How the dashboard's data goes along some days, or along its own range; nothing where none of its charts follows a time. */
export function useCourse(dashboardId: string, days: Span | null, filters: ScopeChoice["filters"]) {
  const span = days && { type: "between" as const, start: days.start.toISOString(), end: days.end.toISOString() };
  return useQuery({
    queryKey: ["dashboards", "course", dashboardId, span, filters],
    queryFn: () =>
      unwrap(api.POST(`${ONE}/course`, { params: { path: { dashboard_id: dashboardId } }, body: { span, filters } })),
    staleTime: 300_000,
    placeholderData: keepPreviousData,
  });
}

export interface Rendering {
  widgets: ReadonlyMap<string, RenderedWidget>;
  scope: Scope | null;
  /** The width of the grid. */
  room: number | null;
  /** The widgets that are on their way. */
  arriving: ReadonlySet<string>;
  error: ProblemError | null;
  reload: (isFresh: boolean) => void;
}

interface RenderWish {
  dashboardId: string;
  scope: ScopeChoice;
  isDraft: boolean;
  /** The width of the grid; nothing is asked for before it is known. */
  room: number | null;
  /** The widgets that their reader can see or is close to: the others wait. Nothing asks for all of them. */
  near: ReadonlySet<string> | null;
  /** Changes when the layout that is drawn has changed. */
  revision: number;
}

/** What was asked for since the dashboard was last narrowed or loaded anew. */
interface Round {
  control: AbortController;
  isFresh: boolean;
  asked: Set<string>;
  isAllAsked: boolean;
}

const newRound = (isFresh: boolean): Round => ({
  control: new AbortController(),
  isFresh,
  asked: new Set(),
  isAllAsked: false,
});

/** Loads the widgets that are near, in one request; each appears as soon as it is ready, and old values stay until then. */
export function useRendering({ dashboardId, scope, isDraft, room, near, revision }: RenderWish): Rendering {
  const theme = useTheme();
  const [widgets, setWidgets] = useState<ReadonlyMap<string, RenderedWidget>>(new Map());
  const [arriving, setArriving] = useState<ReadonlySet<string>>(new Set());
  const [state, setState] = useState<Pick<Rendering, "scope" | "error">>({ scope: null, error: null });
  const round = useRef<Round>(newRound(false));
  const nearNow = useRef(near);
  const scopeKey = JSON.stringify(scope);

  const ask = useCallback(
    async () => {
      const { control, isFresh, asked, isAllAsked } = round.current;
      const widgetIds = nearNow.current && [...nearNow.current].filter((id) => !asked.has(id)).toSorted();
      if (room === null || (widgetIds ? widgetIds.length === 0 : isAllAsked)) return;
      for (const id of widgetIds ?? []) asked.add(id);
      round.current.isAllAsked = widgetIds === null;
      setArriving((before) => new Set([...before, ...(widgetIds ?? [])]));
      try {
        const wish = { scope: JSON.parse(scopeKey), theme, isDraft, width: room, widgetIds };
        const options = inAddress(wish);
        const params = { path: { dashboard_id: dashboardId } };
        const how = { parseAs: "stream", signal: control.signal } as const;
        const stream =
          isFresh || options === null
            ? await unwrap(api.POST(`${ONE}/render`, { params, body: { ...wish, isFresh }, ...how }))
            : await unwrap(api.GET(`${ONE}/render`, { params: { ...params, query: { options } }, ...how }));
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
      } catch (error) {
        if (!control.signal.aborted) setState((before) => ({ ...before, error: asProblem(error) }));
      } finally {
        if (!control.signal.aborted) {
          setArriving((before) => new Set([...before].filter((id) => !widgetIds?.includes(id))));
        }
      }
    },
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- a changed layout is drawn anew
    [dashboardId, scopeKey, theme, isDraft, room, revision],
  );

  const begin = useCallback(
    (isFresh: boolean) => {
      round.current.control.abort();
      round.current = newRound(isFresh);
      setArriving(new Set());
      setState((before) => ({ ...before, error: null }));
      // What is far away is asked for when it comes near, and shows nothing of before until then.
      const kept = nearNow.current;
      if (kept) setWidgets((before) => new Map([...before].filter(([id]) => kept.has(id))));
      void ask();
    },
    [ask],
  );

  useEffect(() => {
    begin(false);
    return () => round.current.control.abort();
  }, [begin]);

  useEffect(() => {
    nearNow.current = near;
    void ask();
  }, [near, ask]);

  return { widgets, room, arriving, ...state, reload: begin };
}
