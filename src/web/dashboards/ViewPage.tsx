import { ActionIcon, Button, Tooltip } from "@mantine/core";
import { Link, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { useEffect, useMemo, useState } from "react";
import { useMay } from "../app/session";
import { ListButton } from "../app/shell/ListButton";
import { Page } from "../app/shell/Page";
import { useShortcuts } from "../app/shortcuts";
import { Icon } from "../parts/Icon";
import { ShareDialog } from "../parts/ShareDialog";
import { Skeleton } from "../parts/Skeleton";
import { EmptyState, ErrorState } from "../parts/State";
import { Tag } from "../parts/Tag";
import { useRoom } from "../visualizations/useRoom";
import { shareable, useDashboard, useRendering } from "./calls";
import { FilterBar } from "./FilterBar";
import { COLUMNS, inReadingOrder, isValueBeside } from "./placing";
import { endingAt, shifted, zoomedOut } from "./period";
import { Ribbon } from "./Ribbon";
import { choiceOf, searchOf } from "./search";
import type { DashboardDetail, ScopeChoice, TimeChoice, Widget } from "./types";
import css from "./ViewPage.module.css";
import { useNear } from "./useNear";
import { WidgetCard } from "./WidgetCard";

export function ViewPage() {
  const { id } = useParams({ from: "/shell/dashboards/$id" });
  const found = useDashboard(id);
  if (found.isPending) {
    return (
      <Page title="Dashboard" crumbs={[{ label: "Dashboards", to: "/dashboards" }]}>
        <Skeleton shape="rows" />
      </Page>
    );
  }
  if (found.isError) {
    return (
      <Page title="Dashboard" crumbs={[{ label: "Dashboards", to: "/dashboards" }]}>
        <ErrorState
          error={found.error}
          onRetry={() => void found.refetch()}
          ifMissing={<ListButton to="/dashboards">All dashboards</ListButton>}
        />
      </Page>
    );
  }
  return <Shown dashboard={found.data} />;
}

function Shown({ dashboard }: { dashboard: DashboardDetail }) {
  const { dashboardId, name, layout, access, draft, revision } = dashboard;
  const may = useMay();
  const navigate = useNavigate();
  const search = useSearch({ from: "/shell/dashboards/$id" });
  const choice = useMemo(() => choiceOf(search), [search]);
  const [isSharing, setSharing] = useState(false);
  const [room, measure] = useRoom();
  const { near, watch } = useNear();
  const rendering = useRendering({ dashboardId, scope: choice, isDraft: false, room, near: layout.widgets.length > 0 ? near : null, revision });
  const mayEdit = access !== "view" && may("dashboards.edit");

  useEvery(layout.refreshSeconds ?? null, () => rendering.reload(true));
  const edit = () => void navigate({ to: "/dashboards/$id/edit", params: { id: dashboardId } });
  const fullScreen = () => void document.documentElement.requestFullscreen();
  useShortcuts([
    ...(mayEdit ? [{ keys: "e", label: "Edit this dashboard", group: "This page" as const, run: edit }] : []),
    { keys: "r", label: "Now: ask the sources again", group: "This page", run: () => rendering.reload(true) },
    { keys: "f", label: "Full screen", group: "This page", run: fullScreen },
    { keys: "[", label: "Earlier range", group: "This page", run: () => setRange(scope && shifted(scope, -1)) },
    { keys: "]", label: "Later range", group: "This page", run: () => setRange(scope && shifted(scope, 1)) },
    { keys: "z", label: "Zoom out", group: "This page", run: () => setRange(scope && zoomedOut(scope)) },
  ]);

  const setChoice = (next: ScopeChoice) =>
    void navigate({
      to: "/dashboards/$id",
      params: { id: dashboardId },
      search: searchOf(next),
    });
  const setRange = (timeRange: TimeChoice | null) => timeRange && setChoice({ ...choice, timeRange });
  const { scope } = rendering;

  return (
    <Page
      title={name}
      crumbs={[{ label: "Dashboards", to: "/dashboards" }]}
      badge={draft && mayEdit && <Tag tone="warn">Draft not published</Tag>}
      actions={
        <>
          <Tooltip label="Asks the sources for the numbers of now">
            <Button leftSection={<Icon name="refresh" />} onClick={() => rendering.reload(true)}>
              Now
            </Button>
          </Tooltip>
          <Tooltip label="Full screen">
            <ActionIcon aria-label="Full screen" onClick={fullScreen}>
              <Icon name="fullscreen" />
            </ActionIcon>
          </Tooltip>
          {may("reports.edit") && (
            <Button
              leftSection={<Icon name="mail" />}
              renderRoot={(props) => (
                <Link to="/reports/new" search={{ dashboard: dashboardId }} {...props} />
              )}
            >
              Schedule
            </Button>
          )}
          {access === "own" && mayEdit && (
            <Button leftSection={<Icon name="share" />} onClick={() => setSharing(true)}>
              Share
            </Button>
          )}
          {mayEdit && (
            <Button variant="filled" leftSection={<Icon name="pencil" />} onClick={edit}>
              Edit
            </Button>
          )}
        </>
      }
    >
      <div ref={measure} />
      <FilterBar layout={layout} scope={rendering.scope} choice={choice} onChange={setChoice} />
      {scope?.timeRange && (
        <Ribbon
          dashboardId={dashboardId}
          loaded={scope.timeRange}
          chosen={choice.timeRange ?? null}
          filters={choice.filters}
          onChange={setRange}
        />
      )}
      {rendering.error && <ErrorState error={rendering.error} onRetry={() => rendering.reload(false)} />}
      {layout.widgets.length === 0 ? (
        <EmptyState
          icon="dashboard"
          title="This dashboard is empty"
          actions={
            mayEdit && (
              <Button size="xs" onClick={edit}>
                Add widgets
              </Button>
            )
          }
        >
          {draft ? "What was added waits in the draft until it is published." : "Widgets show saved charts, values, tables and text."}
        </EmptyState>
      ) : (
        <div className={css.grid} style={{ "--columns": COLUMNS }}>
          {inReadingOrder(layout.widgets).map((widget) => (
            <div
              key={widget.widgetId}
              ref={watch}
              className={css.cell}
              data-widget={widget.widgetId}
              data-kind={widget.kind}
              data-joins-left={joinsLeft(widget, layout.widgets) || undefined}
              data-joins-right={layout.widgets.some((other) => isValueBeside(widget, other)) || undefined}
              style={{
                "--x": widget.x + 1,
                "--y": widget.y + 1,
                "--w": widget.width,
                "--h": widget.height,
              }}
            >
              <WidgetCard
                widget={widget}
                rendered={rendering.widgets.get(widget.widgetId)}
                isReloading={rendering.arriving.has(widget.widgetId)}
                isFar={!near.has(widget.widgetId)}
                zone={layout.zone}
                scope={scope}
                room={room}
                onJump={(at) => setRange(scope && endingAt(scope, at))}
              />
            </div>
          ))}
        </div>
      )}
      {isSharing && <ShareDialog shared={shareable(dashboard)} onClose={() => setSharing(false)} />}
    </Page>
  );
}

function joinsLeft(widget: Widget, widgets: readonly Widget[]): boolean {
  return widgets.some((other) => isValueBeside(other, widget));
}

/** Calls back every so many seconds while the page is seen. */
function useEvery(seconds: number | null, call: () => void): void {
  useEffect(() => {
    if (seconds === null) return undefined;
    const timer = window.setInterval(() => {
      if (!document.hidden) call();
    }, seconds * 1000);
    return () => clearInterval(timer);
  }, [seconds, call]);
}
