import { Button, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { Page } from "../app/shell/Page";
import { useMay } from "../app/session";
import { Card } from "../parts/Card";
import { Icon } from "../parts/Icon";
import { useLocale } from "../parts/locale";
import { useNow } from "../parts/now";
import { PlainTable } from "../parts/PlainTable";
import { Skeleton } from "../parts/Skeleton";
import { EmptyState, ErrorState } from "../parts/State";
import { whenText } from "../parts/time";
import { questionsQuery } from "./calls";
import css from "./pages.module.css";

export function QuestionsPage() {
  const mayRun = useMay()("queries.run");
  const [words, setWords] = useState("");
  const questions = useQuery({ ...questionsQuery(words), placeholderData: (before) => before });
  const reading = useLocale();
  const now = new Date(useNow(60_000));
  return (
    <Page
      title="Questions"
      actions={
        <>
          <Button
            leftSection={<Icon name="download" />}
            renderRoot={(props) => <Link to="/exports" {...props} />}
          >
            Exports
          </Button>
          {mayRun && (
            <>
            <Button
              leftSection={<Icon name="code" />}
              renderRoot={(props) => <Link to="/ask/sql" search={{}} {...props} />}
            >
              Write SQL
            </Button>
            <Button
              variant="filled"
              leftSection={<Icon name="ask" />}
              renderRoot={(props) => <Link to="/ask" search={{}} {...props} />}
            >
              Ask
            </Button>
            </>
          )}
        </>
      }
    >
      <div className={css.bar}>
        <TextInput
          aria-label="Find by name"
          placeholder="Find by name"
          leftSection={<Icon name="search" size={14} />}
          value={words}
          onChange={(event) => setWords(event.currentTarget.value)}
        />
      </div>
      <Card>
        {questions.isPending && <Skeleton shape="rows" />}
        {questions.isError && <ErrorState error={questions.error} onRetry={() => void questions.refetch()} />}
        {questions.data?.length === 0 && (
          <EmptyState icon="ask" title={words ? "No question has these words" : "No saved questions yet"}>
            {words
              ? "Search for part of a name."
              : mayRun
                ? "Ask something, then save the answer. It stays here with its chart."
                : "What colleagues share with you appears here."}
          </EmptyState>
        )}
        {questions.data && questions.data.length > 0 && (
          <PlainTable
            label="Questions"
            head={
              <>
                <th>Name</th>
                <th>Data source</th>
                <th data-wide>Kept as</th>
                <th data-wide>Owner</th>
                <th>Changed</th>
              </>
            }
          >
            {questions.data.map((question) => (
              <tr key={question.questionId}>
                <td>
                  <Link to="/questions/$id" params={{ id: question.questionId }} className={css.name}>
                    {question.name}
                  </Link>
                  {question.description && <div className={css.under}>{question.description}</div>}
                </td>
                <td>{question.sourceName ?? "deleted"}</td>
                <td data-wide>{question.kind === "plan" ? "sentence" : "SQL"}</td>
                <td data-wide>{question.owner?.name ?? "nobody"}</td>
                <td>{whenText(new Date(question.updatedAt), now, reading)}</td>
              </tr>
            ))}
          </PlainTable>
        )}
      </Card>
    </Page>
  );
}
