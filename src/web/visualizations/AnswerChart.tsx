import { Menu, SegmentedControl } from "@mantine/core";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api, unwrap } from "../app/api";
import { useTheme } from "../app/preferences";
import { Card } from "../parts/Card";
import { Chip } from "../parts/Chip";
import { Icon } from "../parts/Icon";
import { Notice } from "../parts/Notice";
import { Skeleton } from "../parts/Skeleton";
import { ErrorState } from "../parts/State";
import css from "./AnswerChart.module.css";
import { ChartView } from "./ChartView";
import { kindLabel, KINDS } from "./kinds";
import { ProvenanceLine } from "./ProvenanceLine";
import type { ChartSpec, Drawable } from "./types";

interface AnswerChartProps {
  drawable: Drawable;
  /** The answer in a sentence, above the chart. */
  headline?: string | null;
  /** The chosen chart; nothing means the recommended one. */
  spec: ChartSpec | null;
  onSpec: (spec: ChartSpec) => void;
  /** Rises when the same rows are to be fetched anew. */
  attempt?: number;
}

/** Rows as the chart that suits them, with its reason and every other kind a click away. */
export function AnswerChart({ drawable, headline, spec, onSpec, attempt = 0 }: AnswerChartProps) {
  const theme = useTheme();
  const [view, setView] = useState<"chart" | "table">("chart");
  const shownSpec = view === "table" ? TABLE : spec;
  const preview = useQuery({
    queryKey: ["charts", "preview", drawable, shownSpec, theme, attempt],
    queryFn: ({ signal }) =>
      unwrap(
        api.POST("/api/v1/charts/preview", {
          signal,
          body: {
            questionId: "questionId" in drawable ? drawable.questionId : null,
            sourceId: "sourceId" in drawable ? drawable.sourceId : null,
            sql: "sql" in drawable ? drawable.sql : null,
            spec: shownSpec,
            theme,
            title: "",
            rowLimit: 10_000,
            scope: { timeRange: null, filters: [] },
            isFresh: attempt > 0,
          },
        }),
      ),
    staleTime: 300_000,
    placeholderData: keepPreviousData,
  });
  const shown = preview.data;
  const reason = shown?.suggestions.find((each) => each.spec.kind === shown.spec.kind)?.reason;

  return (
    <Card isReloading={preview.isFetching && shown !== undefined}>
      <div className={css.head}>
        <div className={css.words}>
          {headline && <p className={css.headline}>{headline}</p>}
          {view === "chart" && reason && <p className={css.reason}>{reason}</p>}
        </div>
        {shown && view === "chart" && (
          <Menu position="bottom-end">
            <Menu.Target>
              <Chip name="Chart" value={kindLabel(shown.spec.kind)} hasMenu />
            </Menu.Target>
            <Menu.Dropdown mah={420} style={{ overflow: "auto" }}>
              {shown.suggestions.length > 0 && <Menu.Label>Suits these rows</Menu.Label>}
              {shown.suggestions.map((each) => (
                <Menu.Item key={JSON.stringify(each.spec)} onClick={() => onSpec(each.spec)}>
                  {kindLabel(each.spec.kind)}
                  <span className={css.reason}>{each.reason}</span>
                </Menu.Item>
              ))}
              <Menu.Label>All kinds</Menu.Label>
              {KINDS.map(({ kind, label, icon }) => (
                <Menu.Item key={kind} leftSection={<Icon name={icon} />} onClick={() => onSpec(fresh(kind))}>
                  {label}
                </Menu.Item>
              ))}
            </Menu.Dropdown>
          </Menu>
        )}
        <SegmentedControl
          aria-label="How the answer is shown"
          data={[
            { value: "chart", label: "Chart" },
            { value: "table", label: "Table" },
          ]}
          value={view}
          onChange={setView}
        />
      </div>
      {preview.isPending && <Skeleton shape="bars" label="Asking the source" />}
      {preview.isError && (
        <ErrorState error={preview.error} onRetry={() => void preview.refetch()} />
      )}
      {shown && !preview.isError && (
        <>
          {shown.chart.provenance.notes.map((note) => (
            <Notice key={note} tone="info">
              {note}
            </Notice>
          ))}
          <div className={css.chart}>
            <ChartView chart={shown.chart} />
          </div>
          <ProvenanceLine provenance={shown.chart.provenance} />
        </>
      )}
    </Card>
  );
}

/** A spec whose parts are all chosen from the columns there are. */
export function fresh(kind: ChartSpec["kind"]): ChartSpec {
  return { kind, y: [], columns: [], arrangement: "grouped", aggregate: "auto" };
}

const TABLE = fresh("table");
