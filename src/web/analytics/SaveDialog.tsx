import { Button, Modal, NativeSelect, TextInput } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { api, type Schemas, unwrap } from "../app/api";
import { queryClient } from "../app/query";
import { currentSession } from "../app/session";
import { listQuery, renewDashboards } from "../dashboards/calls";
import { freePlace, SIZES } from "../dashboards/placing";
import { tell, tellProblem } from "../parts/toast";
import type { ChartSpec } from "../visualizations/types";
import css from "./SaveDialog.module.css";

type NewQuestion = Schemas["NewQuestion"];

interface SaveDialogProps {
  /** The question without its name. */
  question: Omit<NewQuestion, "name">;
  name: string;
  spec: ChartSpec | null;
  /** Starts with a dashboard to choose. */
  isForDashboard: boolean;
  onClose: () => void;
}

const NOWHERE = "";
const NEW = "new";

/** Keeps a question with its chart, and puts it on a dashboard when one is chosen. */
export function SaveDialog({ question, name: proposed, spec, isForDashboard, onClose }: SaveDialogProps) {
  const navigate = useNavigate();
  const dashboards = useQuery(listQuery("all"));
  const editable = dashboards.data?.filter(({ access }) => access !== "view") ?? [];
  const [name, setName] = useState(proposed);
  const [target, setTarget] = useState(isForDashboard ? NEW : NOWHERE);

  const save = useMutation({
    mutationFn: async () => {
      const saved = await unwrap(api.POST("/api/v1/questions", { body: { ...question, name: name.trim() } }));
      const chosen =
        spec ??
        (
          await unwrap(
            api.POST("/api/v1/charts/preview", {
              body: {
                questionId: saved.questionId,
                sourceId: null,
                sql: null,
                spec: null,
                theme: "light",
                title: "",
                rowLimit: null,
                width: 1_200,
                scope: { timeRange: null, filters: [] },
                isFresh: false,
              },
            }),
          )
        ).spec;
      const chart = await unwrap(
        api.POST("/api/v1/charts", { body: { name: name.trim(), questionId: saved.questionId, spec: chosen } }),
      );
      if (target === NOWHERE) return { chart, dashboardId: null };
      return { chart, dashboardId: target === NEW ? await begin(chart, name.trim()) : await place(chart, target) };
    },
    onSuccess: async ({ chart, dashboardId }) => {
      await Promise.all([
        queryClient.invalidateQueries({ queryKey: ["questions"] }),
        queryClient.invalidateQueries({ queryKey: ["charts", "list"] }),
        renewDashboards(),
      ]);
      onClose();
      if (dashboardId && target === NEW) {
        tell(`“${chart.name}” is on a dashboard of its own.`);
        void navigate({ to: "/dashboards/$id", params: { id: dashboardId } });
      } else if (dashboardId) {
        tell("The chart is in the draft. Place it, then publish.");
        void navigate({ to: "/dashboards/$id/edit", params: { id: dashboardId } });
      } else {
        tell(`“${chart.name}” is saved.`);
        void navigate({ to: "/charts/$id", params: { id: chart.chartId } });
      }
    },
    onError: (error) => tellProblem(error),
  });

  return (
    <Modal opened onClose={onClose} title={isForDashboard ? "Add to a dashboard" : "Save"}>
      <form
        className={css.body}
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate();
        }}
      >
        <TextInput
          label="Name"
          required
          data-autofocus
          maxLength={200}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <NativeSelect
          label="Dashboard"
          value={target}
          onChange={(event) => setTarget(event.currentTarget.value)}
          data={[
            { value: NOWHERE, label: "None, only save it" },
            { value: NEW, label: "A new dashboard" },
            ...editable.map((each) => ({ value: each.dashboardId, label: each.name })),
          ]}
        />
        <div className={css.buttons}>
          <Button variant="subtle" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" variant="filled" disabled={!name.trim()} loading={save.isPending}>
            Save
          </Button>
        </div>
      </form>
    </Modal>
  );
}

function widgetOf(chart: Schemas["ChartDetail"], beside: Schemas["Layout"]["widgets"]) {
  const { kind: shape } = chart.spec;
  const kind = shape === "value" ? "value" : shape === "table" || shape === "pivot" ? "table" : "chart";
  return {
    kind,
    chartId: chart.chartId,
    widgetId: crypto.randomUUID(),
    title: "",
    ...freePlace(beside, SIZES[kind]),
  } as const;
}

/** Publishes a new dashboard with the chart on it, so that none is ever published empty; its id. */
async function begin(chart: Schemas["ChartDetail"], name: string): Promise<string> {
  const zone = currentSession()?.user?.zone ?? "UTC";
  const layout = { zone, widgets: [widgetOf(chart, [])], timeRange: null, filters: [], compare: null, refreshSeconds: null };
  const dashboard = await unwrap(api.POST("/api/v1/dashboards", { body: { name, description: "", tags: [], layout } }));
  return dashboard.dashboardId;
}

/** Puts the chart on the first free place of a dashboard's draft; the dashboard's id. */
async function place(chart: Schemas["ChartDetail"], target: string): Promise<string> {
  const dashboard = await unwrap(
    api.GET("/api/v1/dashboards/{dashboard_id}", { params: { path: { dashboard_id: target } } }),
  );
  const layout = dashboard.draft?.layout ?? dashboard.layout;
  const widget = widgetOf(chart, layout.widgets);
  await unwrap(
    api.PUT("/api/v1/dashboards/{dashboard_id}/draft", {
      params: { path: { dashboard_id: dashboard.dashboardId } },
      body: { layout: { ...layout, widgets: [...layout.widgets, widget] }, revision: dashboard.revision },
    }),
  );
  return dashboard.dashboardId;
}
