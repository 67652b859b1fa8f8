import { useQuery } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { useEffect, useMemo, useRef, useState } from "react";
import { api, unwrap } from "../app/api";
import { queryClient } from "../app/query";
import { Card } from "../parts/Card";
import { RunningFor } from "../parts/RunningFor";
import { Skeleton } from "../parts/Skeleton";
import { ErrorState } from "../parts/State";
import { tellProblem } from "../parts/toast";
import { AnswerChart } from "../visualizations/AnswerChart";
import type { ChartSpec } from "../visualizations/types";
import { failureOf, isUnderWay, type Progress, placeText, readProgress, tellWhenDone } from "./background";
import { runningQuery, stopQuery } from "./calls";
import { keepRun } from "./keptRuns";
import css from "./pages.module.css";

interface RunningAnswerProps {
  sourceId: string;
  sql: string;
  headline?: string | null;
  spec: ChartSpec | null;
  onSpec: (spec: ChartSpec) => void;
  attempt?: number;
  /** The name of an earlier run of the statement, which is gone on with where it has not been lost. */
  earlierRun?: string;
  /** Written by hand, it is found again on the page of SQL, and else where its reader was when it began. */
  isByHand?: boolean;
  /** Told once the source has answered anew, for whoever shows more that was made of the rows before. */
  onRenewed?: () => void;
  /** Told why there is no answer, for whoever shows where in the statement. */
  onFailure?: (failure: unknown) => void;
}

interface Begun {
  progress: Progress;
  startedAt: number;
}

/** Runs a statement under a name, so that it can be stopped at its server, then draws its rows. */
export function RunningAnswer(props: RunningAnswerProps) {
  const { sourceId, sql, headline, spec, onSpec, attempt = 0, onRenewed, onFailure } = props;
  const { start, queryId, again } = useStart(props);
  const goesOn = start.data !== undefined && isUnderWay(start.data.progress);
  const polled = useProgress(queryId, goesOn || start.isPending);
  const progress = goesOn ? polled : start.data?.progress;
  const failure = useMemo(() => start.error ?? (progress ? failureOf(progress) : null), [start.error, progress]);
  useEffect(() => {
    if (failure) onFailure?.(failure);
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- told once for each failure
  }, [failure]);
  const isRenewed = attempt > 0 && progress?.state === "succeeded";
  useEffect(() => {
    if (isRenewed) onRenewed?.();
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- told once for each run
  }, [isRenewed]);
  if (start.isPending || (goesOn && (polled === undefined || isUnderWay(polled)))) {
    return <Waiting queryId={queryId} startedAt={start.data?.startedAt} progress={polled} isInBackground={goesOn} />;
  }
  if (failure) {
    return (
      <Card>
        <ErrorState error={failure} onRetry={again} />
      </Card>
    );
  }
  return <AnswerChart drawable={{ sourceId, sql }} headline={headline} spec={spec} onSpec={onSpec} />;
}

/**
 * Begins the run, or finds an earlier one again.
 *
 * Its asker waits for it also on another page, where they are told of its end. Who asks for something else on the
 * same page has given it up, unless it went on in the background already.
 */
function useStart({ sourceId, sql, attempt = 0, earlierRun, isByHand = false }: RunningAnswerProps) {
  const { history, buildLocation } = useRouter();
  const [run, setRun] = useState(() => ({ queryId: crypto.randomUUID(), earlier: earlierRun }));
  const { isHere, givenUp } = useLeaving();
  const start = useQuery({
    queryKey: ["queries", "run", run.queryId, run.earlier],
    queryFn: async (): Promise<Begun> => {
      const { href, pathname } = history.location;
      const sqlPage = (queryId: string) => {
        keepRun(queryId, { sourceId, sql });
        return buildLocation({ to: "/ask/sql", search: { source: sourceId, run: queryId } });
      };
      const show = (queryId: string) => () => history.push(isByHand ? sqlPage(queryId).href : href);
      const earlier = run.earlier ? await readEarlier(run.earlier) : null;
      if (earlier) {
        const { queryId } = earlier.progress;
        if (isUnderWay(earlier.progress)) void tellWhenDone(queryId, isHere, show(queryId));
        return earlier;
      }
      const startedAt = Date.now();
      try {
        const body = { sourceId, sql, queryId: run.queryId, isFresh: attempt > 0, parameters: [], values: {}, rowLimit: null };
        const progress = await unwrap(api.POST("/api/v1/queries/start", { signal: givenUp(), body }));
        if (isUnderWay(progress) && isHere() && isByHand) {
          const found = sqlPage(run.queryId);
          if (found.pathname === pathname) history.replace(found.href);
        }
        if (isUnderWay(progress) || !isHere()) void tellWhenDone(run.queryId, isHere, show(run.queryId));
        return { progress, startedAt };
      } catch (error) {
        if (!isHere() && !givenUp().aborted) tellProblem(error);
        throw error;
      }
    },
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  });
  return {
    start,
    queryId: start.data?.progress.queryId ?? run.queryId,
    again: () => setRun({ queryId: crypto.randomUUID(), earlier: undefined }),
  };
}

/** Where an earlier run is; nothing where its rows are to be asked for again, which the cache may still hold. */
async function readEarlier(queryId: string): Promise<Begun | null> {
  const progress = await readProgress(queryId);
  if (progress.state === "succeeded" || progress.state === "unknown") return null;
  const running = isUnderWay(progress) ? await queryClient.fetchQuery(runningQuery) : [];
  const elapsedMs = running.find((each) => each.queryId === queryId)?.elapsedMs ?? 0;
  return { progress, startedAt: Date.now() - elapsedMs };
}

/** Whether the reader still looks at the answer, and the signal that ends what they have given up. */
function useLeaving() {
  const { history } = useRouter();
  const [ending] = useState(() => new AbortController());
  const isHere = useRef(true);
  useEffect(() => {
    const page = history.location.pathname;
    isHere.current = true;
    return () => {
      isHere.current = false;
      // The next page is in the address by now.
      if (history.location.pathname === page) ending.abort();
    };
  }, [ending, history]);
  return { isHere: () => isHere.current, givenUp: () => ending.signal };
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

interface WaitingProps {
  queryId: string;
  startedAt: number | undefined;
  progress: Progress | undefined;
  isInBackground: boolean;
}

function Waiting({ queryId, startedAt, progress, isInBackground }: WaitingProps) {
  const [shownAt] = useState(() => Date.now());
  return (
    <Card>
      <Skeleton shape="bars" label="The query is running" />
      <RunningFor
        startedAt={startedAt ?? shownAt}
        words={placeText(progress?.position)}
        onStop={() => void stopQuery(queryId).catch(tellProblem)}
      />
      {isInBackground && (
        <p className={css.waiting}>
          This takes a while. It goes on in the background: you may leave this page, and are told when it is done.
        </p>
      )}
    </Card>
  );
}
