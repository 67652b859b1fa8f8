import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api, unwrap } from "../app/api";
import { Card } from "../parts/Card";
import { useLocale } from "../parts/locale";
import { useNow } from "../parts/now";
import { Skeleton } from "../parts/Skeleton";
import { ErrorState } from "../parts/State";
import { durationText } from "../parts/time";
import { AnswerChart } from "../visualizations/AnswerChart";
import type { ChartSpec } from "../visualizations/types";
import css from "./pages.module.css";

interface RunningAnswerProps {
  sourceId: string;
  sql: string;
  headline?: string | null;
  spec: ChartSpec | null;
  onSpec: (spec: ChartSpec) => void;
  attempt?: number;
}

/** Runs a statement under a name, so that it can be stopped at its server, then draws its rows. */
export function RunningAnswer({ sourceId, sql, headline, spec, onSpec, attempt = 0 }: RunningAnswerProps) {
  const [queryId] = useState(() => crypto.randomUUID());
  const [startedAt] = useState(() => Date.now());
  const run = useQuery({
    queryKey: ["queries", "run", queryId],
    queryFn: () =>
      unwrap(
        api.POST("/api/v1/queries", {
          body: { sourceId, sql, queryId, isFresh: attempt > 0, parameters: [], values: {}, rowLimit: null },
        }),
      ),
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (run.isPending) return <Waiting queryId={queryId} startedAt={startedAt} />;
  if (run.isError) {
    return (
      <Card>
        <ErrorState error={run.error} onRetry={() => void run.refetch()} />
      </Card>
    );
  }
  return <AnswerChart drawable={{ sourceId, sql }} headline={headline} spec={spec} onSpec={onSpec} />;
}

function Waiting({ queryId, startedAt }: { queryId: string; startedAt: number }) {
  const { locale } = useLocale();
  const now = useNow(200);
  const stop = () => void api.DELETE("/api/v1/queries/{query_id}", { params: { path: { query_id: queryId } } });
  return (
    <Card>
      <Skeleton shape="bars" label="The query is running" />
      {now - startedAt > 1000 && (
        <p className={css.waiting}>
          Running for {durationText(now - startedAt, locale)}
          <Button size="xs" onClick={stop}>
            Stop
          </Button>
        </p>
      )}
    </Card>
  );
}
