/** The state of the editor: a layout with its past and future, saved by itself a moment after each change. */
import { useCallback, useEffect, useLayoutEffect, useReducer, useRef } from "react";
import { api, unwrap } from "../app/api";
import { asProblem, type ProblemError } from "../app/problem";
import type { DashboardDetail, Layout } from "./types";

const SAVE_AFTER_MS = 800;
const MOST_STEPS = 100;

export interface Draft {
  layout: Layout;
  past: readonly Layout[];
  future: readonly Layout[];
}

export type Step = { type: "change"; layout: Layout } | { type: "undo" } | { type: "redo" } | { type: "reset"; layout: Layout };

export function stepped(draft: Draft, step: Step): Draft {
  const { layout, past, future } = draft;
  switch (step.type) {
    case "change":
      return { layout: step.layout, past: [...past, layout].slice(-MOST_STEPS), future: [] };
    case "undo": {
      const before = past.at(-1);
      return before ? { layout: before, past: past.slice(0, -1), future: [layout, ...future] } : draft;
    }
    case "redo": {
      const [after, ...rest] = future;
      return after ? { layout: after, past: [...past, layout], future: rest } : draft;
    }
    case "reset":
      return { layout: step.layout, past: [], future: [] };
  }
}

export type Saving =
  | { state: "saved"; at: Date | null }
  | { state: "waiting" }
  | { state: "failed"; problem: ProblemError };

/** Keeps the draft on the server in step with the editor; one save at a time, the newest layout wins. */
export function useDraft(dashboard: DashboardDetail) {
  const [draft, dispatch] = useReducer(stepped, {
    layout: dashboard.draft?.layout ?? dashboard.layout,
    past: [],
    future: [],
  });
  const [saving, setSaving] = useReducer((_: Saving, next: Saving) => next, {
    state: "saved",
    at: dashboard.draft ? new Date(dashboard.draft.savedAt) : null,
  });
  const revision = useRef(dashboard.revision);
  const saved = useRef(draft.layout);
  const running = useRef<Promise<void> | null>(null);
  const latest = useRef(draft.layout);
  useLayoutEffect(() => {
    latest.current = draft.layout;
  });

  const save = useCallback(async (): Promise<void> => {
    await running.current;
    if (latest.current === saved.current) return;
    const layout = latest.current;
    const task = (async () => {
      try {
        const answer = await unwrap(
          api.PUT("/api/v1/dashboards/{dashboard_id}/draft", {
            params: { path: { dashboard_id: dashboard.dashboardId } },
            body: { layout, revision: revision.current },
          }),
        );
        revision.current = answer.revision;
        saved.current = layout;
        setSaving({ state: "saved", at: new Date(answer.savedAt) });
      } catch (error) {
        setSaving({ state: "failed", problem: asProblem(error) });
      }
    })();
    running.current = task;
    await task;
    running.current = null;
  }, [dashboard.dashboardId]);

  useEffect(() => {
    if (draft.layout === saved.current) return undefined;
    setSaving({ state: "waiting" });
    const timer = window.setTimeout(() => void save(), SAVE_AFTER_MS);
    return () => clearTimeout(timer);
  }, [draft.layout, save]);

  useEffect(() => {
    const warn = (event: BeforeUnloadEvent) => {
      if (latest.current !== saved.current) event.preventDefault();
    };
    window.addEventListener("beforeunload", warn);
    return () => window.removeEventListener("beforeunload", warn);
  }, []);

  const change = useCallback((layout: Layout) => dispatch({ type: "change", layout }), []);
  /** Takes the server's revision as ours: after publishing, or to overwrite what somebody else saved. */
  const takeRevision = useCallback((number: number) => {
    revision.current = number;
  }, []);
  const takeTheirs = useCallback((layout: Layout, number: number) => {
    revision.current = number;
    saved.current = layout;
    dispatch({ type: "reset", layout });
    setSaving({ state: "saved", at: new Date() });
  }, []);
  return {
    ...draft,
    saving,
    revision,
    change,
    save,
    takeRevision,
    takeTheirs,
    undo: useCallback(() => dispatch({ type: "undo" }), []),
    redo: useCallback(() => dispatch({ type: "redo" }), []),
  };
}
