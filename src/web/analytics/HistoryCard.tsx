import { Button, UnstyledButton } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import type { Schemas } from "../app/api";
import { queryClient } from "../app/query";
import { Card } from "../parts/Card";
import { Icon } from "../parts/Icon";
import { useLocale } from "../parts/locale";
import { useNow } from "../parts/now";
import { countText } from "../parts/number";
import { PlainTable } from "../parts/PlainTable";
import { EmptyState, ErrorState } from "../parts/State";
import { Tag } from "../parts/Tag";
import { durationText, whenText } from "../parts/time";
import { tellProblem } from "../parts/toast";
import { placeText } from "./background";
import { historyQuery, runningQuery, stopQuery } from "./calls";
import css from "./pages.module.css";

type Run = Schemas["RunOut"];

/** What was run: who, when, how long, how many rows. */
export function HistoryCard({ onOpen }: { onOpen: (run: Run) => void }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <Card
      title={
        <UnstyledButton aria-expanded={isOpen} className={css.toggle} onClick={() => setOpen(!isOpen)}>
          History
          <Icon name={isOpen ? "down" : "right"} size={14} />
        </UnstyledButton>
      }
      sub="what was run, by whom, how long it took"
    >
      {isOpen && (
        <>
          <UnderWay />
          <Runs onOpen={onOpen} />
        </>
      )}
    </Card>
  );
}

/** One's own queries that run or wait, each with the way to stop it; nothing where there are none. */
function UnderWay() {
  const running = useQuery({ ...runningQuery, refetchInterval: 2_000 });
  const { locale } = useLocale();
  const count = running.data?.length ?? 0;
  const before = useRef(0);
  useEffect(() => {
    // What has ended is in the history.
    if (count < before.current) void queryClient.invalidateQueries({ queryKey: historyQuery.queryKey });
    before.current = count;
  }, [count]);
  const stop = useMutation({
    mutationFn: stopQuery,
    onSuccess: () => queryClient.invalidateQueries({ queryKey: runningQuery.queryKey }),
    onError: (error) => tellProblem(error),
  });
  if (running.isError) return <ErrorState error={running.error} onRetry={() => void running.refetch()} />;
  if (count === 0) return null;
  return (
    <PlainTable
      label="Queries that run or wait"
      head={
        <>
          <th>Running now</th>
          <th>Source</th>
          <th>For</th>
          <th>State</th>
          <th aria-label="Stop" />
        </>
      }
    >
      {running.data?.map((each) => (
        <tr key={each.queryId}>
          <td className={css.sql}>
            <code title={each.sql}>{inShort(each.sql)}</code>
          </td>
          <td>{each.sourceName}</td>
          <td>{durationText(each.elapsedMs, locale)}</td>
          <td>{placeText(each.position) ?? "Running"}</td>
          <td>
            <Button size="xs" onClick={() => stop.mutate(each.queryId)}>
              Stop
            </Button>
          </td>
        </tr>
      ))}
    </PlainTable>
  );
}

function inShort(sql: string): string {
  return sql.replaceAll(/\s+/gu, " ").slice(0, 90);
}

function Runs({ onOpen }: { onOpen: (run: Run) => void }) {
  const history = useQuery(historyQuery);
  const reading = useLocale();
  const now = new Date(useNow(30_000));
  if (history.isError) return <ErrorState error={history.error} onRetry={() => void history.refetch()} />;
  if (history.data?.length === 0) return <EmptyState icon="history" title="Nothing was run yet" />;
  return (
    <PlainTable
      label="History of queries"
      head={
        <>
          <th>Query</th>
          <th>Source</th>
          <th>Who</th>
          <th>When</th>
          <th>Took</th>
          <th>Outcome</th>
        </>
      }
    >
      {history.data?.map((run) => (
        <tr key={run.queryId}>
          <td className={css.sql}>
            <UnstyledButton title={run.sql} onClick={() => onOpen(run)}>
              <code>{inShort(run.sql)}</code>
            </UnstyledButton>
          </td>
          <td>{run.sourceName ?? "deleted"}</td>
          <td>{run.person?.name ?? "–"}</td>
          <td>{whenText(new Date(run.startedAt), now, reading)}</td>
          <td>{durationText(run.elapsedMs, reading.locale)}</td>
          <td>
            {run.rowCount === null ? (
              <Tag tone="warn">{run.status}</Tag>
            ) : (
              countText(run.rowCount, "row", "rows", reading.locale)
            )}
          </td>
        </tr>
      ))}
    </PlainTable>
  );
}
