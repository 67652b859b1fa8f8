import { ActionIcon, Button, Menu } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { api, unwrap } from "../app/api";
import { useTheme } from "../app/preferences";
import { Card } from "../parts/Card";
import { Icon } from "../parts/Icon";
import { Markdown } from "../parts/Markdown";
import { useLocale } from "../parts/locale";
import { Skeleton } from "../parts/Skeleton";
import { EmptyState } from "../parts/State";
import { dateText } from "../parts/time";
import { ChartView } from "../visualizations/ChartView";
import { pictureAddress } from "../visualizations/picture";
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
  /** Moves the whole dashboard to a time that has data; nothing where its range is not the reader's to choose. */
  onJump?: (at: Date) => void;
  /** Stands in the header instead of the menu, while editing. */
  tools?: ReactNode;
}

/** One widget: its own title, content, provenance, and its own error. */
export function WidgetCard({ widget, rendered, isReloading, isFar = false, zone, scope, room, onJump, tools }: WidgetCardProps) {
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
      actions={
        tools ??
        (chart && rendered?.chartId && (
          <WidgetMenu
            chartId={rendered.chartId}
            title={title}
            picture={chart.content.type === "table" ? null : pictureAddress(rendered.chartId, "png", { scope: scope ?? undefined, theme })}
          />
        ))
      }
    >
      <Content widget={widget} rendered={rendered} isFar={isFar} zone={zone} onJump={onJump} chart={chart} zoom={detail.zoom} paging={detail.paging} />
      {!isValue && provenance}
    </Card>
  );
}

interface ContentProps extends Pick<WidgetCardProps, "widget" | "rendered" | "isFar" | "zone" | "onJump"> {
  chart: DrawnChart | undefined;
  zoom: Zoom;
  paging: Paging;
}

function Content({ widget, rendered, isFar, zone, onJump, chart, zoom, paging }: ContentProps) {
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
  if (rendered.newestAt) return <Nothing newestAt={new Date(rendered.newestAt)} zone={zone} onJump={onJump} />;
  return chart ? <ChartView chart={chart} zoom={zoom} paging={paging} /> : null;
}

/** The range is empty, and where the data is instead. */
function Nothing({ newestAt, zone, onJump }: { newestAt: Date } & Pick<WidgetCardProps, "zone" | "onJump">) {
  const { locale } = useLocale();
  return (
    <EmptyState
      icon="calendar"
      title="Nothing in this time range"
      actions={
        onJump && (
          <Button size="xs" onClick={() => onJump(newestAt)}>
            Show the newest data
          </Button>
        )
      }
    >
      The newest is of {dateText(newestAt, { locale, zone })}.
    </EmptyState>
  );
}

interface WidgetMenuProps {
  chartId: string;
  title: string;
  /** Where the picture of what is seen is to be had; nothing where there is none. */
  picture: string | null;
}

function WidgetMenu({ chartId, title, picture }: WidgetMenuProps) {
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
        {picture && (
          <Menu.Item leftSection={<Icon name="download" />} component="a" href={picture} download>
            Save as PNG
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
