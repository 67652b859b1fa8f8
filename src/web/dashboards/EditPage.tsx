import { ActionIcon, Button, Tooltip } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useNavigate, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { api, unwrap } from "../app/api";
import { Page } from "../app/shell/Page";
import { useShortcuts } from "../app/shortcuts";
import { Icon } from "../parts/Icon";
import { useLocale } from "../parts/locale";
import { Notice } from "../parts/Notice";
import { Skeleton } from "../parts/Skeleton";
import { ErrorState } from "../parts/State";
import { Tag } from "../parts/Tag";
import { timeText } from "../parts/time";
import { tell, tellProblem } from "../parts/toast";
import { AddDrawer } from "./AddDrawer";
import { dashboardQuery, renewDashboards, useDashboard, useRendering } from "./calls";
import { type Saving, useDraft } from "./draft";
import { EditGrid } from "./EditGrid";
import css from "./EditPage.module.css";
import { queryClient } from "../app/query";
import { OptionsDialog } from "./OptionsDialog";
import { type DashboardDetail, type Layout, NO_CHOICE, type Widget } from "./types";
import { VersionsDialog } from "./VersionsDialog";

export function EditPage() {
  const { id } = useParams({ from: "/shell/dashboards/$id/edit" });
  const found = useDashboard(id);
  const crumbs = [{ label: "Dashboards", to: "/dashboards" }];
  if (found.isPending) {
    return (
      <Page title="Edit" crumbs={crumbs}>
        <Skeleton shape="rows" />
      </Page>
    );
  }
  if (found.isError) {
    return (
      <Page title="Edit" crumbs={crumbs}>
        <ErrorState error={found.error} onRetry={() => void found.refetch()} />
      </Page>
    );
  }
  return <Editor key={found.data.dashboardId} dashboard={found.data} />;
}

const ONE = "/api/v1/dashboards/{dashboard_id}";

function Editor({ dashboard }: { dashboard: DashboardDetail }) {
  const { dashboardId, name } = dashboard;
  const params = { path: { dashboard_id: dashboardId } };
  const navigate = useNavigate();
  const draft = useDraft(dashboard);
  const [dialog, setDialog] = useState<"options" | "versions" | null>(null);
  // The widgets are drawn anew once their place in the draft is saved, not at each move.
  const chartsKey = draft.layout.widgets.map((widget) => ("chartId" in widget ? widget.chartId : "")).join();
  const savedKey = draft.saving.state === "saved" ? draft.revision.current : 0;
  const rendering = useRendering({ dashboardId, scope: NO_CHOICE, isDraft: true, revision: hashOf(chartsKey) + (savedKey ? 1 : 0) });

  const leave = () => void navigate({ to: "/dashboards/$id", params: { id: dashboardId } });
  const publish = useMutation({
    mutationFn: async () => {
      await draft.save();
      return unwrap(api.POST(`${ONE}/publish`, { params, body: { revision: draft.revision.current, note: "" } }));
    },
    onSuccess: async (published) => {
      queryClient.setQueryData(dashboardQuery(dashboardId).queryKey, published);
      await renewDashboards();
      tell("The dashboard is published.");
      leave();
    },
    onError: (error) => tellProblem(error),
  });
  const discard = useMutation({
    mutationFn: () =>
      unwrap(
        api.DELETE(`${ONE}/draft`, {
          params: { ...params, query: { revision: draft.revision.current } },
        }),
      ),
    onSuccess: (kept) => {
      queryClient.setQueryData(dashboardQuery(dashboardId).queryKey, kept);
      tell("The draft is discarded.");
      leave();
    },
    onError: (error) => tellProblem(error),
  });
  const setWidgets = (widgets: Widget[]) => draft.change({ ...draft.layout, widgets });

  useShortcuts([
    { keys: "mod+z", label: "Undo", group: "This page", run: draft.undo },
    { keys: "mod+y", label: "Redo", group: "This page", run: draft.redo },
  ]);

  return (
    <Page
      title={name}
      crumbs={[{ label: "Dashboards", to: "/dashboards" }]}
      badge={<Tag tone="info">Editing</Tag>}
      hasOwnSearch
      actions={
        <>
          <SavingNote saving={draft.saving} />
          <Tooltip label="Undo">
            <ActionIcon aria-label="Undo" disabled={draft.past.length === 0} onClick={draft.undo}>
              <Icon name="undo" />
            </ActionIcon>
          </Tooltip>
          <Button variant="subtle" leftSection={<Icon name="settings" />} onClick={() => setDialog("options")}>
            Options
          </Button>
          <Button variant="subtle" leftSection={<Icon name="history" />} onClick={() => setDialog("versions")}>
            Versions
          </Button>
          <Button loading={discard.isPending} onClick={() => discard.mutate()}>
            Discard
          </Button>
          <Button variant="filled" loading={publish.isPending} onClick={() => publish.mutate()}>
            Publish
          </Button>
        </>
      }
    >
      {draft.saving.state === "failed" && (
        <SaveFailed
          saving={draft.saving}
          onRetry={() => void draft.save()}
          onTheirs={draft.takeTheirs}
          onMine={(revision) => {
            draft.takeRevision(revision);
            void draft.save();
          }}
        />
      )}
      <div className={css.editor}>
        <div className={css.grid}>
          <EditGrid widgets={draft.layout.widgets} rendering={rendering} onChange={setWidgets} />
        </div>
        <AddDrawer widgets={draft.layout.widgets} onAdd={(widget) => setWidgets([...draft.layout.widgets, widget])} />
      </div>
      {dialog === "options" && (
        <OptionsDialog
          dashboard={dashboard}
          layout={draft.layout}
          onChange={draft.change}
          onClose={() => setDialog(null)}
        />
      )}
      {dialog === "versions" && (
        <VersionsDialog dashboard={dashboard} revision={draft.revision.current} onClose={() => setDialog(null)} />
      )}
    </Page>
  );
}

/** A number that changes when the charts of the draft change. */
function hashOf(text: string): number {
  let hash = 0;
  for (const character of text) hash = (hash * 31 + character.charCodeAt(0)) % 1_000_000_007;
  return hash * 2;
}

function SavingNote({ saving }: { saving: Saving }) {
  const reading = useLocale();
  const text =
    saving.state === "waiting"
      ? "Saving…"
      : saving.state === "saved" && saving.at
        ? `Draft saved ${timeText(saving.at, reading)}`
        : "";
  return (
    <span className={css.saving} role="status">
      {text}
    </span>
  );
}

interface SaveFailedProps {
  saving: Extract<Saving, { state: "failed" }>;
  onRetry: () => void;
  onTheirs: (layout: Layout, revision: number) => void;
  onMine: (revision: number) => void;
}

/** Says what stopped the save; after somebody else's change it offers theirs or mine. */
function SaveFailed({ saving: { problem }, onRetry, onTheirs, onMine }: SaveFailedProps) {
  const theirs = problem.kind === "edited-elsewhere" ? problem.extra : null;
  const revision = Number(theirs?.revision);
  const layout = theirs?.layout;
  return (
    <div className={css.failed}>
      <Notice tone="danger" title={problem.title}>
        {problem.message}
      </Notice>
      {isLayout(layout) && Number.isFinite(revision) ? (
        <>
          <Button size="xs" onClick={() => onTheirs(layout, revision)}>
            Take theirs
          </Button>
          <Button size="xs" onClick={() => onMine(revision)}>
            Keep mine
          </Button>
        </>
      ) : (
        <Button size="xs" onClick={onRetry}>
          Save again
        </Button>
      )}
    </div>
  );
}

/** The server's own draft, as it comes beside a conflict. */
function isLayout(value: unknown): value is Layout {
  return typeof value === "object" && value !== null && "widgets" in value && Array.isArray(value.widgets);
}
