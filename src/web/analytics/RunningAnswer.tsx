import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { useEffect, useMemo, useRef, useState } from "react";
import { api, unwrap } from "../app/api";
import { Card } from "../parts/Card";
import { useLocale } from "../parts/locale";
import { useNow } from "../parts/now";
import { Skeleton } from "../parts/Skeleton";
import { ErrorState } from "../parts/State";
import { durationText } from "../parts/time";
import { AnswerChart } from "../visualizations/AnswerChart";
import type { ChartSpec } from "../visualizations/types";
import { failureOf, isUnderWay, type Progress, placeText, readProgress, tellWhenDone } from "./background";
import css from "./pages.module.css";

interface RunningAnswerProps {
  sourceId: string;
  sql: string;
  headline?: string | null;
  spec: ChartSpec | null;
  onSpec: (spec: ChartSpec) => void;
  attempt?: number;
  /** Told why there is no answer, for whoever shows where in the statement. */
  onFailure?: (failure: unknown) => void;
}

/** Runs a statement under a name, so that it can be stopped at its server, then draws its rows. */
export function RunningAnswer({ sourceId, sql, headline, spec, onSpec, attempt = 0, onFailure }: RunningAnswerProps) {
  const [queryId] = useState(() => crypto.randomUUID());
  const [startedAt] = useState(() => Date.now());
  const start = useQuery({
    queryKey: ["queries", "run", queryId],
    queryFn: () =>
      unwrap(
        api.POST("/api/v1/queries/start", {
          body: { sourceId, sql, queryId, isFresh: attempt > 0, parameters: [], values: {}, rowLimit: null },
        }),
      ),
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const goesOn = start.data !== undefined && isUnderWay(start.data);
  const progress = useProgress(queryId, goesOn || start.isPending);
  useTellingWhenAway(queryId, goesOn);
  const failure = useMemo(
    () => start.error ?? (goesOn && progress ? failureOf(progress) : null),
    [start.error, goesOn, progress],
  );
  useEffect(() => {
    if (failure) onFailure?.(failure);
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- told once for each failure
  }, [failure]);
  if (start.isPending || (goesOn && (progress === undefined || isUnderWay(progress)))) {
    return <Waiting queryId={queryId} startedAt={startedAt} progress={progress} isInBackground={goesOn} />;
  }
  if (failure) {
    return (
      <Card>
        <ErrorState error={failure} onRetry={() => void start.refetch()} />
      </Card>
    );
  }
  return <AnswerChart drawable={{ sourceId, sql }} headline={headline} spec={spec} onSpec={onSpec} />;
}

/** How far the query is, asked about now and then once it takes long enough to wonder. */
function useProgress(queryId: string, isAsked: boolean): Progress | undefined {
  const [isLong, setLong] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLong(true), 1_000);
    return () => clearTimeout(timer);
  }, []);
  const { data } = useQuery({
    queryKey: ["queries", "progress", queryId],
    queryFn: () => readProgress(queryId),
    enabled: isAsked && isLong,
    refetchInterval: ({ state }) => (state.data && !isUnderWay(state.data) ? false : 1_500),
    retry: false,
  });
  return data;
}

/** Who has gone to another page is told there when the query ends, with the way back. */
function useTellingWhenAway(queryId: string, goesOn: boolean): void {
  const { history } = useRouter();
  const isHere = useRef(true);
  useEffect(() => {
    isHere.current = true;
    return () => {
      isHere.current = false;
    };
  }, []);
  useEffect(() => {
    const address = history.location.href;
    if (goesOn) {
      void tellWhenDone(
        queryId,
        () => isHere.current,
        () => history.push(address),
      );
    }
  }, [goesOn, history, queryId]);
}

interface WaitingProps {
  queryId: string;
  startedAt: number;
  progress: Progress | undefined;
  isInBackground: boolean;
}

function Waiting({ queryId, startedAt, progress, isInBackground }: WaitingProps) {
  const { locale } = useLocale();
  const now = useNow(200);
  const stop = () => void api.DELETE("/api/v1/queries/{query_id}", { params: { path: { query_id: queryId } } });
  return (
    <Card>
      <Skeleton shape="bars" label="The query is running" />
      {now - startedAt > 1000 && (
        <p className={css.waiting} role="status">
          {placeText(progress?.position) ?? `Running for ${durationText(now - startedAt, locale)}`}
          <Button size="xs" onClick={stop}>
            Stop
          </Button>
        </p>
      )}
      {isInBackground && (
        <p className={css.waiting}>
          This takes a while. It goes on in the background: you may leave this page, and are told when it is done.
        </p>
      )}
    </Card>
  );
}
