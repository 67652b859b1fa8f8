import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { questionsQuery } from "../../analytics/calls";
import { Card, CardList, CardRow } from "../../parts/Card";
import { Icon } from "../../parts/Icon";
import { useLocale } from "../../parts/locale";
import { useNow } from "../../parts/now";
import { Skeleton } from "../../parts/Skeleton";
import { EmptyState, ErrorState } from "../../parts/State";
import { whenText } from "../../parts/time";
import css from "./HomePage.module.css";

/** The questions that were changed last. */
export function RecentQuestions() {
  const questions = useQuery(questionsQuery());
  const reading = useLocale();
  const now = new Date(useNow(60_000));
  const newest = questions.data?.toSorted((a, b) => b.updatedAt.localeCompare(a.updatedAt)).slice(0, 5);
  return (
    <Card title="Recent answers" actions={<Link to="/questions">All{questions.data ? ` ${questions.data.length}` : ""}</Link>}>
      {questions.isPending && <Skeleton shape="rows" />}
      {questions.isError && <ErrorState error={questions.error} onRetry={() => void questions.refetch()} />}
      {newest?.length === 0 && (
        <EmptyState icon="ask" title="No answers yet">
          Ask something above; what you save appears here.
        </EmptyState>
      )}
      <CardList label="Recent answers">
        {newest?.map((question) => (
          <CardRow
            key={question.questionId}
            icon={<Icon name="bars" />}
            title={
              <Link to="/questions/$id" params={{ id: question.questionId }} className={css.name}>
                {question.name}
              </Link>
            }
            sub={question.sourceName}
          >
            {whenText(new Date(question.updatedAt), now, reading)}
          </CardRow>
        ))}
      </CardList>
    </Card>
  );
}
