import { useMutation } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { api, unwrap } from "../../app/api";
import { Card, CardList, CardRow } from "../../parts/Card";
import { IconButton } from "../../parts/IconButton";
import { useLocale } from "../../parts/locale";
import { tellProblem, tellUndo } from "../../parts/toast";
import { at, renewTerms, type Terms, TERMS, takeBack } from "./calls";
import css from "./terms.module.css";
import { vouchedText } from "./vouching";

/** Questions whose answer somebody found right; the same words get the same answer. */
export function VerifiedCard({ terms }: { terms: Terms }) {
  const { locale } = useLocale();
  const { questions } = terms.model;
  const remove = useMutation({
    mutationFn: (question: string) =>
      unwrap(
        api.DELETE(`${TERMS}/questions`, { params: { ...at(terms.sourceId), query: { question } } }),
      ),
    onSuccess: async (change, question) => {
      await renewTerms(terms.sourceId);
      tellUndo(`“${question}” is no longer verified.`, () => takeBack(terms.sourceId, change));
    },
    onError: (error) => tellProblem(error),
  });
  return (
    <Card title="Verified questions" isRuled isReloading={remove.isPending}>
      {questions.length === 0 && (
        <p className={css.empty}>Ask something, check the answer, then verify it: from then on it answers these words.</p>
      )}
      <CardList label="Verified questions">
        {questions.map(({ question, verifiedBy, verifiedOn, sql }) => (
          <CardRow
            key={question}
            title={
              <Link to="/ask" search={{ q: question, source: terms.sourceId }}>
                {question}
              </Link>
            }
            sub={[vouchedText(verifiedBy, verifiedOn, locale), sql ? "as SQL" : null].filter(Boolean).join(" · ")}
          >
            {terms.canEdit && (
              <IconButton icon="trash" label={`No longer verify ${question}`} onClick={() => remove.mutate(question)} />
            )}
          </CardRow>
        ))}
      </CardList>
    </Card>
  );
}
