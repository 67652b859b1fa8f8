import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { questionsQuery } from "../../analytics/calls";
import { Card } from "../../parts/Card";
import { Icon } from "../../parts/Icon";
import { useLocale } from "../../parts/locale";
import { useNow } from "../../parts/now";
import { Skeleton } from "../../parts/Skeleton";
import { EmptyState, ErrorState } from "../../parts/State";
import { whenText } from "../../parts/time";
import { useMay } from "../session";
import css from "./HomePage.module.css";

/** The questions that were changed last. */
export function RecentQuestions() {
  const mayAsk = useMay()("queries.run");
  const questions = useQuery(questionsQuery());
  const reading = useLocale();
  const now = new Date(useNow(60_000));
  const newest = questions.data?.toSorted((a, b) => b.updatedAt.localeCompare(a.updatedAt)).slice(0, 6);
  return (
    <Card title="Recent answers" actions={<Link to="/questions">All{questions.data ? ` ${questions.data.length}` : ""}</Link>}>
      {questions.isPending && <Skeleton shape="rows" />}
      {questions.isError && <ErrorState error={questions.error} onRetry={() => void questions.refetch()} />}
      {newest?.length === 0 && (
        <EmptyState icon="ask" title="No answers yet">
          {mayAsk ? "Ask something above; what you save appears here." : "What colleagues share with you appears here."}
        </EmptyState>
      )}
      <ul className={css.answers} aria-label="Recent answers">
        {newest?.map((question) => (
          <li key={question.questionId} className={css.answer}>
            <Icon name={question.kind === "sql" ? "code" : "bars"} size={14} />
            <Link to="/questions/$id" params={{ id: question.questionId }} className={css.name}>
              {question.name}
            </Link>
            <span className={css.source}>{question.sourceName}</span>
            <span className={css.owner}>{question.access === "own" ? "you" : question.owner?.name}</span>
            <span>{whenText(new Date(question.updatedAt), now, reading)}</span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
