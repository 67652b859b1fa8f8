import { Button } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { api, type Schemas, unwrap } from "../app/api";
import { useMay } from "../app/session";
import { Page } from "../app/shell/Page";
import { sourcesQuery } from "../data_sources/calls";
import { Card } from "../parts/Card";
import { Chip } from "../parts/Chip";
import { Icon } from "../parts/Icon";
import { Notice } from "../parts/Notice";
import { Skeleton } from "../parts/Skeleton";
import { EmptyState, ErrorState } from "../parts/State";
import { tellProblem } from "../parts/toast";
import type { ChartSpec } from "../visualizations/types";
import { AskBar } from "./AskBar";
import { ExportMenu } from "./ExportMenu";
import css from "./pages.module.css";
import { RunningAnswer } from "./RunningAnswer";
import { SaveDialog } from "./SaveDialog";
import { Sentence } from "./Sentence";
import { SqlCard } from "./SqlCard";

type Answered = Schemas["Answered"];
type Patch = Schemas["Patch"];
type QueryPlan = NonNullable<Answered["plan"]>;

/** A question in plain words, the sentence that says how it was understood, its answer and its SQL. */
export function AskPage() {
  const { q: question, source } = useSearch({ from: "/shell/ask" });
  const navigate = useNavigate();
  const sources = useQuery(sourcesQuery);
  const ready = sources.data?.filter(({ state }) => state === "ready") ?? [];
  const sourceId = source ?? ready[0]?.sourceId;
  const [picked, setPicked] = useState<string | null>(null);
  const put = (words: string, to: string) => void navigate({ to: "/ask", search: { q: words, source: to } });

  if (question && sourceId) {
    return <Answer key={`${sourceId}${question}`} question={question} sourceId={sourceId} onAsk={put} />;
  }
  return (
    <Page
      title="Ask"
      hasOwnSearch
      actions={
        <Button leftSection={<Icon name="code" />} renderRoot={(props) => <Link to="/ask/sql" search={{}} {...props} />}>
          Write SQL
        </Button>
      }
    >
      <AskBar start="" source={sourceId ?? null} hasFocus onAsk={put} onSource={setPicked} />
      {sources.isSuccess && ready.length === 0 && (
        <EmptyState icon="database" title="No data yet">
          <Link to="/sources/new" search={{}}>
            Connect a database or drop a file
          </Link>
          , then ask it something.
        </EmptyState>
      )}
      {(picked ?? sourceId) && <ExampleChips sourceId={picked ?? sourceId ?? ""} onAsk={put} />}
    </Page>
  );
}

function ExampleChips({ sourceId, onAsk }: { sourceId: string; onAsk: (question: string, source: string) => void }) {
  const examples = useQuery({
    queryKey: ["ask", "examples", sourceId],
    queryFn: () => unwrap(api.GET("/api/v1/ask/examples", { params: { query: { sourceId } } })),
    staleTime: 600_000,
  });
  if (!examples.data?.questions.length) return null;
  return (
    <div className={css.examples} role="group" aria-label="Questions to begin with">
      {examples.data.questions.map((each) => (
        <Chip key={each} value={each} onClick={() => onAsk(each, sourceId)} />
      ))}
    </div>
  );
}

interface AnswerProps {
  question: string;
  sourceId: string;
  onAsk: (question: string, source: string) => void;
}

function Answer({ question, sourceId, onAsk }: AnswerProps) {
  const mayEdit = useMay()("questions.edit");
  const asked = useQuery({
    queryKey: ["ask", sourceId, question],
    queryFn: () => unwrap(api.POST("/api/v1/ask", { body: { sourceId, question, previous: null } })),
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  const [changed, setChanged] = useState<Answered | null>(null);
  const [typedSql, setTypedSql] = useState<string | null>(null);
  const [ranByHand, setRun] = useState<{ sql: string; attempt: number } | null>(null);
  const [spec, setSpec] = useState<ChartSpec | null>(null);
  const [saving, setSaving] = useState<"save" | "dashboard" | null>(null);
  const answer = changed ?? asked.data;
  const isByHand = typedSql !== null && typedSql !== answer?.sql;
  const plan = isByHand ? null : (answer?.plan ?? null);

  // What was run by hand stands until the sentence is changed; else the sentence's own SQL runs.
  const run = ranByHand ?? (answer?.sql ? { sql: answer.sql, attempt: 0 } : null);

  const change = useMutation({
    mutationFn: (body: { plan: QueryPlan; patch: Patch | null }) =>
      unwrap(api.POST("/api/v1/ask/plan", { body: { sourceId, ...body } })),
    onSuccess: (next) => {
      // What the words of the question became stays true; the sentence and the SQL are new.
      setChanged({ ...next, tokens: answer?.tokens ?? [], readings: answer?.readings ?? [] });
      setTypedSql(null);
      setRun(null);
      setSpec(null);
    },
    onError: (error) => tellProblem(error),
  });
  const headline = useQuery({
    queryKey: ["ask", "headline", sourceId, plan],
    queryFn: () =>
      plan ? unwrap(api.POST("/api/v1/ask/headline", { body: { sourceId, plan, patch: null } })) : null,
    enabled: plan !== null,
    retry: false,
    staleTime: 300_000,
  });
  const sql = typedSql ?? answer?.sql ?? "";
  const body = isByHand || !answer?.plan ? { sql: run?.sql ?? sql, plan: null } : { sql: null, plan: answer.plan };

  return (
    <Page
      title={question}
      crumbs={[{ label: "Ask", to: "/ask" }]}
      hasOwnSearch
      actions={
        <>
          {run && <ExportMenu url="/api/v1/queries/export" body={{ sourceId, sql: run.sql }} name={question} />}
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
      <AskBar start={question} source={sourceId} isBusy={asked.isFetching} onAsk={onAsk} />
      {asked.isPending && <Skeleton shape="bars" label="Understanding the question" />}
      {asked.isError && <ErrorState error={asked.error} onRetry={() => void asked.refetch()} />}
      {answer?.sentence && (
        <Sentence
          sentence={answer.sentence}
          isBusy={change.isPending}
          isStale={isByHand}
          onPatch={(patch) => answer.plan && change.mutate({ plan: answer.plan, patch })}
        />
      )}
      {isByHand && (
        <Notice tone="info">
          The SQL was edited.{" "}
          <Button size="xs" variant="subtle" onClick={() => {
              setTypedSql(null);
              setRun(null);
            }}>
            Return to the sentence
          </Button>
        </Notice>
      )}
      {answer && !answer.plan && <NotUnderstood answer={answer} />}
      {answer && (
        <div className={css.split}>
          <div className={css.stack}>
            {run && (
              <RunningAnswer
                key={`${run.sql}${run.attempt}`}
                sourceId={sourceId}
                sql={run.sql}
                headline={isByHand ? null : headline.data?.headline}
                spec={spec}
                onSpec={setSpec}
                attempt={run.attempt}
              />
            )}
            {answer.sql !== null && (
              <SqlCard
                sourceId={sourceId}
                sql={sql}
                note={isByHand ? "edited by hand" : "matches the sentence above"}
                onChange={setTypedSql}
                onRun={(text) => {
                  setSpec(null);
                  setRun((before) => ({ sql: text, attempt: before?.sql === text ? before.attempt + 1 : 0 }));
                }}
              />
            )}
          </div>
          <div className={css.side}>
            <Understood answer={answer} />
            {answer.readings.length > 0 && (
              <Card title="Other readings" isRuled>
                {answer.readings.map((reading) => (
                  <button
                    key={reading.label}
                    type="button"
                    className={css.reading}
                    onClick={() => change.mutate({ plan: reading.plan, patch: null })}
                  >
                    {reading.label}
                  </button>
                ))}
              </Card>
            )}
          </div>
        </div>
      )}
      {saving && run && (
        <SaveDialog
          question={{ sourceId, description: "", words: question, parameters: [], ...body }}
          name={question}
          spec={spec}
          isForDashboard={saving === "dashboard"}
          onClose={() => setSaving(null)}
        />
      )}
    </Page>
  );
}

function NotUnderstood({ answer }: { answer: Answered }) {
  return (
    <div className={css.examples}>
      <Notice tone="warn" title="This cannot be answered yet">
        {answer.reason}
        {answer.unknownWords.map((word) => (
          <p key={word.start}>
            “{word.text}” names nothing in this source.
            {word.nearest.length > 0 && ` Nearest: ${word.nearest.join(", ")}.`}
          </p>
        ))}
      </Notice>
    </div>
  );
}

function Understood({ answer }: { answer: Answered }) {
  const told = answer.tokens.filter(({ state }) => state !== "ignored");
  const assumed = told.filter(({ state }) => state === "assumed").length;
  if (told.length === 0) return null;
  return (
    <Card title="How it was understood" sub={assumed > 0 ? `${assumed} assumed` : undefined} isRuled>
      <dl>
        {told.map((token) => (
          <div key={`${token.start}${token.text}${token.meaning}`} className={css.understood} data-state={token.state}>
            <dt>{token.text || "unsaid"}</dt>
            <dd>{token.meaning}</dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}
