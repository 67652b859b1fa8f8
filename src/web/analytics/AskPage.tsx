import { Button } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { api, type Schemas, unwrap } from "../app/api";
import { useMay } from "../app/session";
import { Page } from "../app/shell/Page";
import { sourcesQuery } from "../data_sources/calls";
import { Card } from "../parts/Card";
import { Icon } from "../parts/Icon";
import { Notice } from "../parts/Notice";
import { Skeleton } from "../parts/Skeleton";
import { EmptyState, ErrorState } from "../parts/State";
import { tellProblem } from "../parts/toast";
import { Renewal } from "../visualizations/renewal";
import type { ChartSpec } from "../visualizations/types";
import { AskBar } from "./AskBar";
import { type AskSearch, compact, nextAsk, planKey, type QueryPlan } from "./asked";
import { EmptyRange } from "./EmptyRange";
import { ExampleChips } from "./ExampleChips";
import { ExportMenu } from "./ExportMenu";
import { IndexNotice } from "./IndexNotice";
import css from "./pages.module.css";
import { nextRun, outdateDrawn, type Run } from "./run";
import { RunningAnswer } from "./RunningAnswer";
import { SaveDialog } from "./SaveDialog";
import { Sentence } from "./Sentence";
import { SqlCard } from "./SqlCard";
import { DefineDialog } from "./terms/DefineDialog";
import { VerifyButton } from "./terms/VerifyButton";
import { Vouched } from "./terms/Vouched";
import { AskNext, NotUnderstood, Readings, Understood } from "./Understood";
import { useAnswer } from "./useAnswer";

type Patch = Schemas["Patch"];

/** A question in plain words, the sentence that says how it was understood, its answer and its SQL. */
export function AskPage() {
  const { q: question, source, after, plan } = useSearch({ from: "/shell/ask" });
  const navigate = useNavigate();
  const sources = useQuery(sourcesQuery);
  const ready = sources.data?.filter(({ state }) => state === "ready") ?? [];
  const sourceId = source ?? ready[0]?.sourceId;
  const [picked, setPicked] = useState<string | null>(null);
  const put = (words: string, to: string) => void navigate({ to: "/ask", search: { q: words, source: to } });

  if (question && sourceId) {
    const search = { q: question, source: sourceId, after, plan };
    return <Answer key={`${sourceId}${question}${planKey(after)}`} search={search} />;
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
      {sourceId && <IndexNotice sourceId={picked ?? sourceId} />}
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

function Answer({ search }: { search: AskSearch & { q: string; source: string } }) {
  const { q: question, source: sourceId } = search;
  const navigate = useNavigate();
  const mayEdit = useMay()("questions.edit");
  const { asked, answer, isPending, isOther, isRefused, keep } = useAnswer(search);
  const [typedSql, setTypedSql] = useState<string | null>(null);
  const [ranByHand, setRun] = useState<Run | null>(null);
  const [spec, setSpec] = useState<ChartSpec | null>(null);
  const [saving, setSaving] = useState<"save" | "dashboard" | null>(null);
  const [defining, setDefining] = useState<{ words: string; meaning: string } | null>(null);
  const isByHand = typedSql !== null && typedSql !== answer?.sql;
  const plan = isByHand ? null : (answer?.plan ?? null);

  // What was done to one answer is no longer true of another, also where the way there was Back.
  const shownKey = planKey(search.plan);
  const [beganKey, setBeganKey] = useState(shownKey);
  const returnToSentence = () => {
    setTypedSql(null);
    setRun(null);
  };
  if (shownKey !== beganKey) {
    setBeganKey(shownKey);
    returnToSentence();
    setSpec(null);
  }

  // What was run by hand stands until the sentence is changed; else the sentence's own SQL runs.
  const run = ranByHand ?? (answer?.sql ? { sql: answer.sql, attempt: 0 } : null);
  const runText = (text: string) => {
    const next = nextRun(run, text);
    if (next.attempt > 0) outdateDrawn(sourceId, text);
    else setSpec(null);
    setRun(next);
  };
  // Words that say only half of what is shown would be no name for it.
  const isPartly = isOther || answer?.isFollowUp === true;
  const title = isPartly && answer?.sentence ? answer.sentence.text : question;

  const go = (to: AskSearch) => void navigate({ to: "/ask", search: to });
  const showWords = () => {
    returnToSentence();
    if (search.plan) go({ ...search, plan: undefined });
  };
  const change = useMutation({
    mutationFn: (body: { plan: QueryPlan; patch: Patch | null }) =>
      unwrap(api.POST("/api/v1/ask/plan", { body: { sourceId, ...body } })),
    onSuccess: (next) => {
      if (!next.plan) return;
      returnToSentence();
      setSpec(null);
      keep(next);
      go({ ...search, plan: planKey(next.plan) === planKey(asked.data?.plan) ? undefined : compact(next.plan) });
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
  const hasAnswer = Boolean(answer && (answer.plan || answer.sql !== null));
  const choose = (reading: QueryPlan) => change.mutate({ plan: reading, patch: null });
  const newest = isByHand ? null : headline.data?.newest;
  const patch = (chosen: Patch) => {
    if (answer?.plan) change.mutate({ plan: answer.plan, patch: chosen });
  };
  const sql = typedSql ?? answer?.sql ?? "";
  const body = isByHand || !answer?.plan ? { sql: run?.sql ?? sql, plan: null } : { sql: null, plan: answer.plan };

  return (
    <Page
      title={title}
      crumbs={[{ label: "Ask", to: "/ask" }]}
      hasOwnSearch
      actions={
        <>
          <Button renderRoot={(props) => <Link to="/ask" search={{ source: sourceId }} {...props} />}>New question</Button>
          {run && <ExportMenu target={{ type: "query", sourceId, sql: run.sql, parameters: [] }} name={title} />}
          {mayEdit && answer && !answer.verified && !answer.isFollowUp && (
            <VerifyButton
              sourceId={sourceId}
              question={question}
              plan={plan}
              sql={run?.sql ?? null}
              onVerified={showWords}
            />
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
      <AskBar start={question} source={sourceId} isBusy={asked.isFetching} onAsk={(words, to) => go(nextAsk(words, to, search, plan))} />
      {/* What was understood stays as it is under its reader's eyes; what was not is read once more. */}
      <IndexNotice sourceId={sourceId} onReady={() => answer && !answer.sql && void asked.refetch()} />
      {answer?.isFollowUp && (
        <Notice tone="info">
          This goes on from the question before.{" "}
          <Button size="xs" variant="subtle" onClick={() => go({ q: question, source: sourceId })}>
            Ask it on its own
          </Button>
        </Notice>
      )}
      {isRefused && (
        <Notice tone="warn">
          The change that this address keeps does not fit the source any more. This is what the words mean.
        </Notice>
      )}
      {isPending && <Skeleton shape="bars" label="Understanding the question" />}
      {!answer && asked.isError && <ErrorState error={asked.error} onRetry={() => void asked.refetch()} />}
      {answer?.sentence && (
        <Sentence
          sentence={answer.sentence}
          isBusy={change.isPending}
          isStale={isByHand}
          onPatch={patch}
        />
      )}
      {isByHand && (
        <Notice tone="info">
          The SQL was edited.{" "}
          <Button size="xs" variant="subtle" onClick={returnToSentence}>
            Return to the sentence
          </Button>
        </Notice>
      )}
      {answer && !isByHand && <Vouched answer={answer} />}
      {answer && !hasAnswer && (
        <NotUnderstood
          answer={answer}
          sourceId={sourceId}
          onDefine={mayEdit ? setDefining : null}
          onAsk={(words, to) => go({ q: words, source: to })}
          onElsewhere={(to) => go({ q: question, source: to })}
        />
      )}
      {answer && (
        <div className={css.split}>
          <div className={css.stack}>
            {!hasAnswer && <Readings title="It could mean" readings={answer.readings} onChoose={choose} />}
            {newest && (
              <Card>
                <EmptyRange newest={newest} isBusy={change.isPending} onPatch={patch} />
              </Card>
            )}
            {run && !newest && (
              <Renewal value={() => runText(run.sql)}>
                <RunningAnswer
                  key={`${run.sql}${run.attempt}`}
                  sourceId={sourceId}
                  sql={run.sql}
                  headline={isByHand ? null : headline.data?.headline}
                  spec={spec}
                  onSpec={setSpec}
                  attempt={run.attempt}
                  isByHand={isByHand}
                  onRenewed={() => {
                    if (plan && !isByHand) void headline.refetch();
                  }}
                />
              </Renewal>
            )}
            {answer.sql !== null && (
              <SqlCard
                sourceId={sourceId}
                sql={sql}
                note={isByHand ? "edited by hand" : "matches the sentence above"}
                onChange={setTypedSql}
                onRun={runText}
              />
            )}
          </div>
          <div className={css.side}>
            {isOther ? (
              <Card title="How it was understood" isRuled>
                <div className={css.changed}>
                  <p>Changed since: the sentence says what is shown.</p>
                  <Button size="xs" onClick={showWords}>
                    Back to the words
                  </Button>
                </div>
              </Card>
            ) : (
              <Understood answer={answer} onDefine={mayEdit ? setDefining : null} />
            )}
            {hasAnswer && <Readings title="Other readings" readings={answer.readings} onChoose={choose} />}
            {plan && <AskNext questions={answer.nextQuestions} onAsk={(words) => go(nextAsk(words, sourceId, search, plan))} />}
          </div>
        </div>
      )}
      {defining && (
        <DefineDialog
          sourceId={sourceId}
          {...defining}
          onClose={() => setDefining(null)}
          onDefined={showWords}
        />
      )}
      {saving && run && (
        <SaveDialog
          question={{ sourceId, description: "", words: isPartly ? null : question, parameters: [], ...body }}
          name={title}
          spec={spec}
          isForDashboard={saving === "dashboard"}
          onClose={() => setSaving(null)}
        />
      )}
    </Page>
  );
}
