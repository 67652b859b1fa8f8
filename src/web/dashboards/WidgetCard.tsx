import { ActionIcon, Menu } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { Card } from "../parts/Card";
import { Icon } from "../parts/Icon";
import { Markdown } from "../parts/Markdown";
import { Skeleton } from "../parts/Skeleton";
import { EmptyState } from "../parts/State";
import { ChartView } from "../visualizations/ChartView";
import { ProvenanceLine } from "../visualizations/ProvenanceLine";
import type { RenderedWidget, Widget } from "./types";
import css from "./WidgetCard.module.css";

interface WidgetCardProps {
  widget: Widget;
  /** What the server drew; nothing while it is on its way. */
  rendered: RenderedWidget | undefined;
  isReloading: boolean;
  /** Stands in the header instead of the menu, while editing. */
  tools?: ReactNode;
}

/** One widget: its own title, content, provenance, and its own error. */
export function WidgetCard({ widget, rendered, isReloading, tools }: WidgetCardProps) {
  const chart = rendered?.chart;
  const title = rendered?.title || widget.title || (widget.kind === "text" ? "" : "…");
  const isSmall = widget.kind === "value" || widget.height < 5;
  return (
    <Card
      className={css.card}
      title={title}
      sub={chart?.subtitle}
      isReloading={isReloading && rendered !== undefined}
      actions={tools ?? (chart && rendered?.chartId && <WidgetMenu chartId={rendered.chartId} title={title} />)}
    >
      <Content widget={widget} rendered={rendered} />
      {chart && <ProvenanceLine provenance={chart.provenance} isShort={isSmall || widget.width < 5} />}
    </Card>
  );
}

function Content({ widget, rendered }: Pick<WidgetCardProps, "widget" | "rendered">) {
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
  return rendered.chart ? <ChartView chart={rendered.chart} /> : null;
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
