import { ActionIcon, Menu } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { api, unwrap } from "../app/api";
import { useTheme } from "../app/preferences";
import { Card } from "../parts/Card";
import { Icon } from "../parts/Icon";
import { Markdown } from "../parts/Markdown";
import { Skeleton } from "../parts/Skeleton";
import { EmptyState } from "../parts/State";
import { ChartView } from "../visualizations/ChartView";
import { ProvenanceLine } from "../visualizations/ProvenanceLine";
import type { DrawnChart } from "../visualizations/types";
import { type Paging, useDetail, type Zoom } from "../visualizations/useDetail";
import { inSteps } from "../visualizations/useRoom";
import { COLUMNS } from "./placing";
import type { RenderedWidget, Scope, Widget } from "./types";
import css from "./WidgetCard.module.css";

interface WidgetCardProps {
  widget: Widget;
  /** What the server drew; nothing while it is on its way. */
  rendered: RenderedWidget | undefined;
  isReloading: boolean;
  /** Out of sight, so that nothing is on its way yet. */
  isFar?: boolean;
  /** The zone of the dashboard, which its bar names. */
  zone: string;
  /** What the dashboard is narrowed to. */
  scope: Scope | null;
  /** The width of the grid. */
  room: number | null;
  /** Stands in the header instead of the menu, while editing. */
  tools?: ReactNode;
}

/** One widget: its own title, content, provenance, and its own error. */
export function WidgetCard({ widget, rendered, isReloading, isFar = false, zone, scope, room, tools }: WidgetCardProps) {
  const theme = useTheme();
  const width = inSteps(((room ?? 0) * widget.width) / COLUMNS);
  const chartId = rendered?.chartId ?? "";
  const detail = useDetail(rendered?.chart ?? undefined, JSON.stringify([chartId, scope, theme, width]), (part, signal) =>
    unwrap(
      api.POST("/api/v1/charts/{chart_id}/draw", {
        signal,
        params: { path: { chart_id: chartId } },
        body: { scope: scope ?? { filters: [] }, theme, isFresh: false, width, ...part },
      }),
    ),
  );
  const chart = detail.shown;
  const title = rendered?.title || widget.title || (widget.kind === "text" ? "" : "…");
  const isValue = widget.kind === "value";
  const provenance = chart && (
    <ProvenanceLine provenance={chart.provenance} points={chart.points} isShort isDoubtOnly={isValue} pageZone={zone} />
  );
  return (
    <Card
      className={isValue ? `${css.card} ${css.value}` : css.card}
      title={title}
      sub={isValue ? provenance : chart?.subtitle && <span title={chart.subtitle}>{chart.subtitle}</span>}
      isReloading={(isReloading && rendered !== undefined) || detail.isLoading}
      actions={tools ?? (chart && rendered?.chartId && <WidgetMenu chartId={rendered.chartId} title={title} />)}
    >
      <Content widget={widget} rendered={rendered} isFar={isFar} chart={chart} zoom={detail.zoom} paging={detail.paging} />
      {!isValue && provenance}
    </Card>
  );
}

interface ContentProps extends Pick<WidgetCardProps, "widget" | "rendered" | "isFar"> {
  chart: DrawnChart | undefined;
  zoom: Zoom;
  paging: Paging;
}

function Content({ widget, rendered, isFar, chart, zoom, paging }: ContentProps) {
  if (widget.kind === "text") {
    return (
      // A long text scrolls, also for those who have no pointer.
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      <div className={css.text} tabIndex={0}>
        <Markdown source={widget.markdown} />
      </div>
    );
  }
  if (!rendered) {
    if (isFar) return null;
    const shape = widget.kind === "value" ? "value" : widget.kind === "table" ? "rows" : "bars";
    return <Skeleton shape={shape} />;
  }
  if (rendered.error) {
    return (
      <EmptyState icon="warning" title="This widget cannot be shown">
        {rendered.error}
      </EmptyState>
    );
  }
  return chart ? <ChartView chart={chart} zoom={zoom} paging={paging} /> : null;
}

function WidgetMenu({ chartId, title }: { chartId: string; title: string }) {
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon size="xs" aria-label={`Actions for ${title}`}>
          <Icon name="more" />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          leftSection={<Icon name="eye" />}
          renderRoot={(props) => <Link to="/charts/$id" params={{ id: chartId }} {...props} />}
        >
          Open the chart
        </Menu.Item>
        <Menu.Item
          leftSection={<Icon name="download" />}
          component="a"
          href={`/api/v1/charts/${chartId}/picture?format=png`}
          download
        >
          Save as PNG
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
