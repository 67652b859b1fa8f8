import { UnstyledButton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Schemas } from "../app/api";
import { Card } from "../parts/Card";
import { useLocale } from "../parts/locale";
import { useNow } from "../parts/now";
import { countText } from "../parts/number";
import { PlainTable } from "../parts/PlainTable";
import { EmptyState, ErrorState } from "../parts/State";
import { Tag } from "../parts/Tag";
import { durationText, whenText } from "../parts/time";
import { historyQuery } from "./calls";
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
        </UnstyledButton>
      }
      sub="what was run, by whom, how long it took"
    >
      {isOpen && <Runs onOpen={onOpen} />}
    </Card>
  );
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
              <code>{run.sql.replaceAll(/\s+/gu, " ").slice(0, 90)}</code>
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
