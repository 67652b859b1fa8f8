import { Button, Modal, NativeSelect, TextInput } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { api, type Schemas, unwrap } from "../app/api";
import { queryClient } from "../app/query";
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
                rowLimit: 10_000,
                scope: { timeRange: null, filters: [] },
                isFresh: false,
              },
            }),
          )
        ).spec;
      const chart = await unwrap(
        api.POST("/api/v1/charts", { body: { name: name.trim(), questionId: saved.questionId, spec: chosen } }),
      );
      const dashboardId = target === NOWHERE ? null : await place(chart, target, name.trim());
      return { chart, dashboardId };
    },
    onSuccess: async ({ chart, dashboardId }) => {
      await Promise.all([
        queryClient.invalidateQueries({ queryKey: ["questions"] }),
        queryClient.invalidateQueries({ queryKey: ["charts", "list"] }),
        renewDashboards(),
      ]);
      onClose();
      if (dashboardId) {
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

/** Puts the chart on the first free place of a dashboard's draft; the dashboard's id. */
async function place(chart: Schemas["ChartDetail"], target: string, name: string): Promise<string> {
  const dashboard =
    target === NEW
      ? await unwrap(api.POST("/api/v1/dashboards", { body: { name, description: "", tags: [] } }))
      : await unwrap(api.GET("/api/v1/dashboards/{dashboard_id}", { params: { path: { dashboard_id: target } } }));
  const layout = dashboard.draft?.layout ?? dashboard.layout;
  const { kind: shape } = chart.spec;
  const kind = shape === "value" ? "value" : shape === "table" || shape === "pivot" ? "table" : "chart";
  const widget = {
    kind,
    chartId: chart.chartId,
    widgetId: crypto.randomUUID(),
    title: "",
    ...freePlace(layout.widgets, SIZES[kind]),
  } as const;
  await unwrap(
    api.PUT("/api/v1/dashboards/{dashboard_id}/draft", {
      params: { path: { dashboard_id: dashboard.dashboardId } },
      body: { layout: { ...layout, widgets: [...layout.widgets, widget] }, revision: dashboard.revision },
    }),
  );
  return dashboard.dashboardId;
}
