import { useMutation, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { api, unwrap } from "../app/api";
import { useTheme } from "../app/preferences";
import { queryClient } from "../app/query";
import { Card } from "../parts/Card";
import { useLocale } from "../parts/locale";
import { useNow } from "../parts/now";
import { Skeleton } from "../parts/Skeleton";
import { EmptyState, ErrorState } from "../parts/State";
import { tellProblem } from "../parts/toast";
import { ChartView } from "../visualizations/ChartView";
import { ProvenanceLine } from "../visualizations/ProvenanceLine";
import { Renewal } from "../visualizations/renewal";
import { useDetail } from "../visualizations/useDetail";
import { useRoom } from "../visualizations/useRoom";
import { dashboardQuery } from "./calls";
import { scopeText } from "./period";
import css from "./Today.module.css";
import { isToday, type Newest, newest, valueText } from "./today";
import type { DashboardSummary } from "./types";

/** The newest day of the dashboard that somebody opened last, with its age and completeness. */
export function Today({ dashboard }: { dashboard: DashboardSummary }) {
  const { dashboardId, name } = dashboard;
  const theme = useTheme();
  const [room, measure] = useRoom();
  const layout = useQuery(dashboardQuery(dashboardId));
  const queryKey = ["dashboards", "today", dashboardId, layout.data?.revision, theme, room];
  const draw = (isFresh: boolean, signal?: AbortSignal) =>
    layout.data ? newest(dashboardId, layout.data.layout, { theme, width: room ?? 0, isFresh }, signal) : null;
  const found = useQuery({
    queryKey,
    queryFn: ({ signal }) => draw(false, signal),
    enabled: layout.isSuccess && room !== null,
    staleTime: 60_000,
    refetchInterval: 300_000,
  });
  const renewal = useMutation({
    mutationFn: async () => draw(true),
    onSuccess: (renewed) => queryClient.setQueryData(queryKey, renewed),
    onError: (error) => tellProblem(error),
  });
  const open = (
    <Link to="/dashboards/$id" params={{ id: dashboardId }}>
      {name}
    </Link>
  );
  const problem = layout.error ?? found.error;
  return (
    <div ref={measure}>
      {found.data ? (
        <Renewal value={() => renewal.mutate()}>
          <Shown shown={found.data} open={open} isReloading={found.isFetching || renewal.isPending} />
        </Renewal>
      ) : (
        <Card title="Today" actions={open}>
          <div className={css.empty}>
            {problem ? (
              <ErrorState error={problem} onRetry={() => void (layout.error ? layout : found).refetch()} />
            ) : found.isSuccess ? (
              <EmptyState icon="bars" title="No chart of this dashboard has data along time">
                What it shows is on its own page.
              </EmptyState>
            ) : (
              <Skeleton shape="bars" />
            )}
          </div>
        </Card>
      )}
    </div>
  );
}

function Shown({ shown, open, isReloading }: { shown: Newest; open: ReactNode; isReloading: boolean }) {
  const { chart, chartId, scope, values } = shown;
  const { locale } = useLocale();
  const theme = useTheme();
  const now = new Date(useNow(60_000));
  const detail = useDetail(chart, JSON.stringify([chartId, scope, theme]), (part, signal) =>
    unwrap(
      api.POST("/api/v1/charts/{chart_id}/draw", {
        signal,
        params: { path: { chart_id: chartId } },
        body: { scope, theme, isFresh: false, width: 1_200, ...part },
      }),
    ),
  );
  const when = isToday(scope, now) ? "Today" : (scopeText(scope, locale) ?? "Newest data");
  return (
    <Card
      title={`${when}, ${chart.title}`}
      sub={chart.subtitle}
      isReloading={isReloading || detail.isLoading}
      actions={
        <>
          {values.map((each) => {
            const text = valueText(each.chart, locale);
            return (
              text && (
                <span key={each.title} className={css.value}>
                  <b>{text.number}</b> {text.unit} {each.title}
                </span>
              )
            );
          })}
        </>
      }
    >
      <div className={css.chart}>
        <ChartView chart={detail.shown ?? chart} zoom={detail.zoom} paging={detail.paging} />
      </div>
      <div className={css.foot}>
        <ProvenanceLine provenance={chart.provenance} points={chart.points} isShort />
        {open}
      </div>
    </Card>
  );
}
