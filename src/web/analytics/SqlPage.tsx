import { Button, NativeSelect } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { useMay } from "../app/session";
import { Page } from "../app/shell/Page";
import { sourcesQuery } from "../data_sources/calls";
import { Icon } from "../parts/Icon";
import { Skeleton } from "../parts/Skeleton";
import { EmptyState, ErrorState } from "../parts/State";
import { Renewal } from "../visualizations/renewal";
import type { ChartSpec } from "../visualizations/types";
import { ExportMenu } from "./ExportMenu";
import { HistoryCard } from "./HistoryCard";
import css from "./pages.module.css";
import { nextRun, outdateDrawn, runIn } from "./run";
import { RunningAnswer } from "./RunningAnswer";
import { SaveDialog } from "./SaveDialog";
import { SqlCard } from "./SqlCard";
import { type Fault, faultIn } from "./fault";

/** SQL by hand: completion from the catalog, run what is selected, stop what takes too long. */
export function SqlPage() {
  const search = useSearch({ from: "/shell/ask/sql" });
  const navigate = useNavigate();
  const mayEdit = useMay()("questions.edit");
  const sources = useQuery(sourcesQuery);
  const ready = sources.data?.filter(({ state }) => state === "ready") ?? [];
  const sourceId = search.source ?? ready[0]?.sourceId;
  const [run, setRun] = useState(() => runIn(search));
  const [sql, setSql] = useState(run?.sql ?? "");
  const [openedRun, setOpenedRun] = useState(search.run);
  const [fault, setFault] = useState<Fault | null>(null);
  const [spec, setSpec] = useState<ChartSpec | null>(null);
  const [saving, setSaving] = useState<"save" | "dashboard" | null>(null);

  if (search.run !== openedRun) {
    // The page stands already when "Show" leads to another statement.
    setOpenedRun(search.run);
    const shown = runIn(search);
    if (shown && shown.sql !== run?.sql) {
      setRun(shown);
      setSql(shown.sql);
      setSpec(null);
      setFault(null);
    }
  }

  const start = (text: string) => {
    if (!text.trim() || !sourceId) return;
    if (search.run) void navigate({ to: "/ask/sql", search: { source: sourceId }, replace: true });
    const next = nextRun(run, text);
    if (next.attempt > 0) outdateDrawn(sourceId, text);
    else setSpec(null);
    setFault(null);
    setRun(next);
  };

  return (
    <Page
      title="SQL"
      crumbs={[{ label: "Ask", to: "/ask" }]}
      actions={
        <>
          {run && sourceId && (
            <ExportMenu target={{ type: "query", sourceId, sql: run.sql, parameters: [] }} name="" />
          )}
          {mayEdit && (
            <>
              <Button leftSection={<Icon name="plus" />} disabled={!run} onClick={() => setSaving("dashboard")}>
                Add to dashboard
              </Button>
              <Button variant="filled" disabled={!run} onClick={() => setSaving("save")}>
                Save
              </Button>
            </>
          )}
        </>
      }
    >
      {sources.isPending && <Skeleton shape="text" />}
      {sources.isError && <ErrorState error={sources.error} onRetry={() => void sources.refetch()} />}
      {sources.isSuccess && !sourceId && (
        <EmptyState icon="database" title="No data yet">
          <Link to="/sources/new" search={{}}>
            Connect a database or drop a file
          </Link>{" "}
          first.
        </EmptyState>
      )}
      {sourceId && (
        <div className={css.stack}>
          <NativeSelect
            label="Data source"
            w={280}
            value={sourceId}
            onChange={(event) =>
              void navigate({ to: "/ask/sql", search: { source: event.currentTarget.value }, replace: true })
            }
            data={ready.map((each) => ({ value: each.sourceId, label: each.name }))}
          />
          <SqlCard
            sourceId={sourceId}
            sql={sql}
            fault={fault}
            onChange={(text) => {
              setSql(text);
              setFault(null);
            }}
            onRun={start}
          />
          {run && (
            <Renewal value={() => start(run.sql)}>
              <RunningAnswer
                key={`${run.sql}${run.attempt}${run.earlier ?? ""}`}
                sourceId={sourceId}
                sql={run.sql}
                spec={spec}
                onSpec={setSpec}
                attempt={run.attempt}
                earlierRun={run.earlier}
                isByHand
                onFailure={(failure) => setFault(faultIn(sql, run.sql, failure))}
              />
            </Renewal>
          )}
          <HistoryCard
            onOpen={(past) => {
              setSql(past.sql);
              void navigate({ to: "/ask/sql", search: { source: past.sourceId }, replace: true });
            }}
          />
        </div>
      )}
      {saving && run && sourceId && (
        <SaveDialog
          question={{ sourceId, sql: run.sql, description: "", words: null, plan: null, parameters: [] }}
          name=""
          spec={spec}
          isForDashboard={saving === "dashboard"}
          onClose={() => setSaving(null)}
        />
      )}
    </Page>
  );
}
