import { Menu, SegmentedControl } from "@mantine/core";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api, inAddress, unwrap } from "../app/api";
import { useTheme } from "../app/preferences";
import { queryClient } from "../app/query";
import { Card } from "../parts/Card";
import { Chip } from "../parts/Chip";
import { Icon } from "../parts/Icon";
import { Notice } from "../parts/Notice";
import { RunningFor } from "../parts/RunningFor";
import { Skeleton } from "../parts/Skeleton";
import { ErrorState } from "../parts/State";
import { stopped } from "../parts/stopped";
import css from "./AnswerChart.module.css";
import { ChartView } from "./ChartView";
import { kindLabel, KINDS } from "./kinds";
import { ProvenanceLine } from "./ProvenanceLine";
import type { ChartPreview, ChartSpec, Drawable } from "./types";
import { type Part, useDetail } from "./useDetail";
import { useRoom } from "./useRoom";

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

interface Wish extends Part {
  spec: ChartSpec | null;
  theme: "light" | "dark";
  width: number;
}

const USUAL_ROOM = 1_200;

/** Rows as the chart that suits them, with its reason and every other kind a click away. */
export function AnswerChart({ drawable, headline, spec, onSpec, attempt = 0 }: AnswerChartProps) {
  const theme = useTheme();
  const [view, setView] = useState<"chart" | "table">("chart");
  const shownSpec = view === "table" ? TABLE : spec;
  const [room, measure] = useRoom();
  const wish = { spec: shownSpec, theme, width: room ?? USUAL_ROOM, view: null, page: null };
  const queryKey = ["charts", "preview", drawable, wish, attempt];
  const preview = useQuery({
    queryKey,
    queryFn: ({ signal }) => draw(drawable, wish, attempt > 0, signal),
    enabled: room !== null,
    staleTime: 300_000,
    placeholderData: keepPreviousData,
    // What its reader stopped is not to begin anew because they look at the page again.
    refetchOnWindowFocus: ({ state }) => state.data !== undefined,
  });
  // Nothing has failed then, and nothing is on its way.
  const isStopped = room !== null && preview.fetchStatus === "idle" && (preview.isPending || preview.isPlaceholderData);
  const failure = isStopped ? STOPPED : preview.error;
  const shown = preview.data;
  const detail = useDetail(shown?.chart, JSON.stringify([drawable, wish]), async (part, signal) => {
    const { chart } = await draw(drawable, { ...wish, ...part }, false, signal);
    return chart;
  });
  const chart = detail.shown;
  const reason = shown?.suggestions.find((each) => each.spec.kind === shown.spec.kind)?.reason;

  return (
    <Card isReloading={(preview.isFetching && shown !== undefined) || detail.isLoading}>
      <div ref={measure} className={css.head}>
        <div className={css.words}>
          {headline && <p className={css.headline}>{headline}</p>}
          {view === "chart" && reason && <p className={css.reason}>{reason}</p>}
          {view === "chart" && chart?.subtitle && <p className={css.reason}>{chart.subtitle}</p>}
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
      {preview.isPending && !isStopped && <Skeleton shape="bars" label="Asking the source" />}
      {preview.isFetching && (
        // The server ends a query that nobody waits for any more.
        <RunningFor key={JSON.stringify(queryKey)} onStop={() => void queryClient.cancelQueries({ queryKey, exact: true })} />
      )}
      {failure && <ErrorState error={failure} onRetry={() => void preview.refetch()} />}
      {chart && !failure && (
        <>
          {chart.provenance.notes.map((note) => (
            <Notice key={note} tone="info">
              {note}
            </Notice>
          ))}
          <div className={css.chart} data-value={chart.content.type === "value" || undefined}>
            <ChartView chart={chart} zoom={detail.zoom} paging={detail.paging} />
          </div>
          <ProvenanceLine provenance={chart.provenance} points={chart.points} />
        </>
      )}
    </Card>
  );
}

/** A saved question goes by its address, so that the browser keeps its chart; SQL never stands in one. */
function draw(drawable: Drawable, wish: Wish, isFresh: boolean, signal: AbortSignal): Promise<ChartPreview> {
  const options = inAddress(wish);
  if ("questionId" in drawable && options !== null && !isFresh) {
    const path = { question_id: drawable.questionId };
    return unwrap(api.GET("/api/v1/charts/preview/{question_id}", { signal, params: { path, query: { options } } }));
  }
  return unwrap(
    api.POST("/api/v1/charts/preview", {
      signal,
      body: {
        questionId: "questionId" in drawable ? drawable.questionId : null,
        sourceId: "sourceId" in drawable ? drawable.sourceId : null,
        sql: "sql" in drawable ? drawable.sql : null,
        title: "",
        rowLimit: null,
        scope: { timeRange: null, filters: [] },
        isFresh,
        ...wish,
      },
    }),
  );
}

/** A spec whose parts are all chosen from the columns there are. */
export function fresh(kind: ChartSpec["kind"]): ChartSpec {
  return { kind, y: [], columns: [], arrangement: "grouped", aggregate: "auto" };
}

const TABLE = fresh("table");
const STOPPED = stopped();
