import { Button, TextInput } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { api, type Schemas, unwrap } from "../app/api";
import { useMay } from "../app/session";
import { ListButton } from "../app/shell/ListButton";
import { Page } from "../app/shell/Page";
import { Card, CardList, CardRow } from "../parts/Card";
import { Icon } from "../parts/Icon";
import { KeptFor } from "../parts/KeptFor";
import { ShareDialog } from "../parts/ShareDialog";
import { Skeleton } from "../parts/Skeleton";
import { ErrorState } from "../parts/State";
import { tell, tellProblem, tellUndo } from "../parts/toast";
import { AnswerChart } from "../visualizations/AnswerChart";
import { kindLabel } from "../visualizations/kinds";
import { Renewal } from "../visualizations/renewal";
import type { ChartSpec } from "../visualizations/types";
import { compact } from "./asked";
import { questionQuery, renewQuestions, shareable, workingQuery } from "./calls";
import { ExportMenu } from "./ExportMenu";
import css from "./pages.module.css";
import { Sentence } from "./Sentence";
import { SqlCard } from "./SqlCard";

const ONE = "/api/v1/questions/{question_id}";
const CRUMBS = [{ label: "Questions", to: "/questions" }];

/** A saved question: how it was understood, its answer now, its SQL, and the charts that are made of it. */
export function QuestionPage() {
  const { id } = useParams({ from: "/shell/questions/$id" });
  const question = useQuery(questionQuery(id));
  if (question.isPending || question.isError) {
    return (
      <Page title="Question" crumbs={CRUMBS}>
        {question.isPending ? (
          <Skeleton shape="bars" />
        ) : (
          <ErrorState
            error={question.error}
            onRetry={() => void question.refetch()}
            ifMissing={<ListButton to="/questions">All questions</ListButton>}
          />
        )}
      </Page>
    );
  }
  return <Shown key={`${id}${question.data.version}`} question={question.data} />;
}

function Shown({ question }: { question: Schemas["QuestionDetail"] }) {
  const navigate = useNavigate();
  const params = { path: { question_id: question.questionId } };
  const [spec, setSpec] = useState<ChartSpec | null>(null);
  const [name, setName] = useState(question.name);
  const [sql, setSql] = useState(question.sql ?? "");
  const [keptSeconds, setKept] = useState(question.keptSeconds ?? null);
  const [attempt, setAttempt] = useState(0);
  const [isSharing, setSharing] = useState(false);
  const may = useMay();
  const mayEdit = question.access !== "view";
  const working = useQuery({ ...workingQuery(question), enabled: Boolean(question.plan) && may("queries.run") });
  const charts = useQuery({
    queryKey: ["charts", "list", "of", question.questionId],
    queryFn: () => unwrap(api.GET("/api/v1/charts", { params: { query: { questionId: question.questionId } } })),
  });
  const save = useMutation({
    mutationFn: () =>
      unwrap(
        api.PUT(ONE, {
          params,
          body: {
            version: question.version,
            name: name.trim(),
            description: question.description,
            words: question.words ?? null,
            sql: question.plan ? null : sql,
            plan: question.plan ?? null,
            parameters: question.parameters,
            keptSeconds,
          },
        }),
      ),
    onSuccess: async () => {
      await renewQuestions();
      tell("The question is saved.");
    },
    onError: (error) => tellProblem(error),
  });
  const remove = useMutation({
    mutationFn: () => unwrap(api.DELETE(ONE, { params })),
    onSuccess: async () => {
      await navigate({ to: "/questions" });
      await renewQuestions();
      tellUndo(`“${question.name}” was deleted.`, async () => {
        await unwrap(api.POST(`${ONE}/restore`, { params }));
        await renewQuestions();
      });
    },
    onError: (error) => tellProblem(error),
  });
  const isChanged =
    name.trim() !== question.name ||
    (!question.plan && sql !== question.sql) ||
    keptSeconds !== (question.keptSeconds ?? null);

  return (
    <Page
      title={question.name}
      crumbs={CRUMBS}
      actions={
        <>
          <ExportMenu target={{ type: "question", questionId: question.questionId }} name={question.name} />
          {may("reports.edit") && (
            <Button
              leftSection={<Icon name="mail" />}
              renderRoot={(props) => (
                <Link to="/reports/new" search={{ question: question.questionId }} {...props} />
              )}
            >
              Schedule
            </Button>
          )}
          {question.access === "own" && (
            <>
              <Button leftSection={<Icon name="share" />} onClick={() => setSharing(true)}>
                Share
              </Button>
              <Button color="danger" leftSection={<Icon name="trash" />} loading={remove.isPending} onClick={() => remove.mutate()}>
                Delete
              </Button>
            </>
          )}
          {mayEdit && (
            <Button
              variant="filled"
              disabled={!isChanged || !name.trim()}
              loading={save.isPending}
              onClick={() => save.mutate()}
            >
              Save
            </Button>
          )}
        </>
      }
    >
      {isSharing && <ShareDialog shared={shareable(question)} onClose={() => setSharing(false)} />}
      <div className={css.stack}>
        {mayEdit && (
          <TextInput
            label="Name"
            maxLength={200}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
        )}
        {question.description && <p className={css.under}>{question.description}</p>}
        {question.words && (
          <p className={css.under}>
            Asked as “{question.words}” of {question.sourceName}
          </p>
        )}
        {working.data?.sentence && (
          <div className={css.read}>
            <Sentence sentence={working.data.sentence} />
            <Button
              size="xs"
              leftSection={<Icon name="pencil" size={14} />}
              renderRoot={(props) => <Link to="/ask" search={askedAs(question)} {...props} />}
            >
              Change in Ask
            </Button>
          </div>
        )}
        {working.isError && <ErrorState error={working.error} onRetry={() => void working.refetch()} />}
        <Renewal value={() => setAttempt(attempt + 1)}>
          <AnswerChart drawable={{ questionId: question.questionId }} spec={spec} onSpec={setSpec} attempt={attempt} />
        </Renewal>
        {may("queries.run") && question.sql !== null && question.sql !== undefined && !question.plan && (
          <SqlCard
            sourceId={question.sourceId}
            sql={sql}
            note={question.parameters.length > 0 ? `filled in: ${question.parameters.map((each) => `:${each.name}`).join(", ")}` : undefined}
            onChange={setSql}
            onRun={() => setAttempt(attempt + 1)}
          />
        )}
        {working.data?.sql && (
          <SqlCard
            sourceId={question.sourceId}
            sql={working.data.sql}
            note="matches the sentence above"
            actions={
              <Button
                size="xs"
                variant="subtle"
                leftSection={<Icon name="code" size={14} />}
                renderRoot={(props) => (
                  <Link to="/ask/sql" search={{ source: question.sourceId, sql: working.data?.sql ?? "" }} {...props} />
                )}
              >
                Open in the editor
              </Button>
            }
          />
        )}
        {mayEdit && <KeptFor value={keptSeconds} onChange={setKept} otherwise="the time that its source is set to" />}
        <Card title="Charts of this question">
          <CardList label="Charts of this question">
            {charts.data?.map((chart) => (
              <CardRow
                key={chart.chartId}
                icon={<Icon name="bars" />}
                title={
                  <Link to="/charts/$id" params={{ id: chart.chartId }} className={css.name}>
                    {chart.name}
                  </Link>
                }
                sub={kindLabel(chart.spec.kind)}
              />
            ))}
            {charts.data?.length === 0 && <CardRow title="None yet" />}
          </CardList>
        </Card>
      </div>
    </Page>
  );
}

/** The question in Ask, with the plan that it was saved with. */
function askedAs({ words, name, sourceId, plan }: Schemas["QuestionDetail"]) {
  return { q: words ?? name, source: sourceId, plan: plan ? compact(plan) : undefined };
}
