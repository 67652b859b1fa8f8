import { ActionIcon, Button, SegmentedControl, Tooltip } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useNavigate, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { api, unwrap } from "../app/api";
import { Page } from "../app/shell/Page";
import { useShortcuts } from "../app/shortcuts";
import { Icon } from "../parts/Icon";
import { useLocale } from "../parts/locale";
import { countText } from "../parts/number";
import { Notice } from "../parts/Notice";
import { Skeleton } from "../parts/Skeleton";
import { ErrorState } from "../parts/State";
import { Tag } from "../parts/Tag";
import { timeText } from "../parts/time";
import { tell, tellProblem } from "../parts/toast";
import { AddDrawer } from "./AddDrawer";
import { useRoom } from "../visualizations/useRoom";
import { dashboardQuery, renewDashboards, type Rendering, useDashboard, useRendering } from "./calls";
import { DraftBar } from "./DraftBar";
import { type Saving, useDraft } from "./draft";
import { EditGrid } from "./EditGrid";
import css from "./EditPage.module.css";
import { queryClient } from "../app/query";
import { OptionsDialog } from "./OptionsDialog";
import { type DashboardDetail, type Layout, NO_CHOICE, type Widget } from "./types";
import { PlaceDialog } from "./PlaceDialog";
import { GAP_PIXELS, inReadingOrder, placed, ROW_PIXELS } from "./placing";
import { WidgetCard } from "./WidgetCard";
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
  const [dragged, setDragged] = useState<Widget | null>(null);
  // A note joins the dashboard once something is written in it.
  const [note, setNote] = useState<Widget | null>(null);
  const [columns, setColumns] = useState("12");
  const [dialog, setDialog] = useState<"options" | "versions" | null>(null);
  // The widgets are drawn anew once their place in the draft is saved, not at each move.
  const chartsKey = draft.layout.widgets.map((widget) => ("chartId" in widget ? widget.chartId : "")).join();
  const savedKey = draft.saving.state === "saved" ? draft.revision.current : 0;
  const { timeRange, filters, compare } = draft.layout;
  const scopeKey = JSON.stringify([timeRange, filters, compare]);
  const [room, measure] = useRoom();
  const rendering = useRendering({
    room,
    near: null,
    dashboardId,
    scope: NO_CHOICE,
    isDraft: true,
    revision: hashOf(chartsKey + scopeKey) + (savedKey ? 1 : 0),
  });

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
  const copy = useMutation({
    mutationFn: () =>
      unwrap(api.POST("/api/v1/dashboards", { body: { name: `${name} (copy)`, description: "", tags: [], layout: draft.layout } })),
    onSuccess: async (made) => {
      await renewDashboards();
      tell(`Yours is kept as “${made.name}”.`);
      void navigate({ to: "/dashboards/$id/edit", params: { id: made.dashboardId } });
    },
    onError: (error) => tellProblem(error),
  });
  const setWidgets = (widgets: Widget[]) => draft.change({ ...draft.layout, widgets });
  const add = (widget: Widget) => {
    setWidgets(placed([...draft.layout.widgets, widget], widget.widgetId, widget));
    const show = () =>
      document.querySelector(`[data-widget="${widget.widgetId}"]`)?.scrollIntoView({ block: "center" });
    // The grid takes 200 ms to bring its widgets to their places.
    window.setTimeout(show, 300);
  };

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
      isFlush
      actions={
        <>
          <SavingNote saving={draft.saving} changes={draft.past.length} />
          <Tooltip label="Undo">
            <ActionIcon aria-label="Undo" disabled={draft.past.length === 0} onClick={draft.undo}>
              <Icon name="undo" />
            </ActionIcon>
          </Tooltip>
          <SegmentedControl
            aria-label="Shown as"
            size="xs"
            value={columns}
            onChange={setColumns}
            data={[
              { value: "12", label: <ColumnsLabel icon="laptop" words="12 col" /> },
              { value: "1", label: <ColumnsLabel icon="phone" words="1 col" /> },
            ]}
          />
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
      <div className={css.editor}>
       <div ref={measure} className={css.canvas}>
      {draft.saving.state === "failed" && (
        <SaveFailed
          saving={draft.saving}
          onRetry={() => void draft.save()}
          onTheirs={draft.takeTheirs}
          onCopy={() => copy.mutate()}
          onMine={(revision) => {
            draft.takeRevision(revision);
            void draft.save();
          }}
        />
      )}
      <DraftBar layout={draft.layout} scope={rendering.scope} onChange={draft.change} />
      {columns === "1" ? (
        <OneColumn widgets={draft.layout.widgets} rendering={rendering} zone={draft.layout.zone} />
      ) : (
        <div className={css.grid}>
          <EditGrid
            widgets={draft.layout.widgets}
            rendering={rendering}
            zone={draft.layout.zone}
            dragged={dragged}
            onChange={setWidgets}
          />
        </div>
      )}
       </div>
        <AddDrawer
          widgets={draft.layout.widgets}
          onAdd={(widget) => (widget.kind === "text" ? setNote(widget) : add(widget))}
          onDrag={setDragged}
        />
      </div>
      {note && (
        <PlaceDialog
          widget={note}
          onClose={() => setNote(null)}
          onSave={(written) => {
            setNote(null);
            add(written);
          }}
        />
      )}
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

function ColumnsLabel({ icon, words }: { icon: "laptop" | "phone"; words: string }) {
  return (
    <span className={css.columns}>
      <Icon name={icon} size={14} /> {words}
    </span>
  );
}

/** How a phone shows it: one column in reading order. */
function OneColumn({ widgets, rendering, zone }: { widgets: readonly Widget[]; rendering: Rendering; zone: string }) {
  return (
    <div className={css.phone}>
      {inReadingOrder(widgets).map((widget) => (
        <div key={widget.widgetId} style={{ height: widget.height * (ROW_PIXELS + GAP_PIXELS) }}>
          <WidgetCard widget={widget} rendered={rendering.widgets.get(widget.widgetId)} isReloading={false} zone={zone} scope={rendering.scope} room={rendering.room} />
        </div>
      ))}
    </div>
  );
}

function SavingNote({ saving, changes }: { saving: Saving; changes: number }) {
  const reading = useLocale();
  const text =
    saving.state === "waiting"
      ? "Saving…"
      : saving.state === "saved" && saving.at
        ? `${changes > 0 ? `${countText(changes, "change", "changes", reading.locale)}, draft` : "Draft"} kept ${timeText(saving.at, reading)}`
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
  onCopy: () => void;
}

/** Says what stopped the save; after somebody else's change it offers theirs or mine. */
function SaveFailed({ saving: { problem }, onRetry, onTheirs, onMine, onCopy }: SaveFailedProps) {
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
          <Button size="xs" onClick={onCopy}>
            Save mine as a copy
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
