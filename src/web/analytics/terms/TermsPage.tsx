import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { useState } from "react";
import { Page } from "../../app/shell/Page";
import { catalogQuery, type Source, sourceQuery } from "../../data_sources/calls";
import { SourceTabs } from "../../data_sources/SourceTabs";
import { Icon } from "../../parts/Icon";
import { useLocale } from "../../parts/locale";
import { Notice } from "../../parts/Notice";
import { Skeleton } from "../../parts/Skeleton";
import { ErrorState } from "../../parts/State";
import { dateText, timeText } from "../../parts/time";
import { type Terms, termsQuery, useSaveTerms } from "./calls";
import { ColumnsCard } from "./ColumnsCard";
import { filledIn } from "./edit";
import { FileDialog } from "./FileDialog";
import { HistoryDialog } from "./HistoryDialog";
import { JoinsCard } from "./JoinsCard";
import { MetricsCard } from "./MetricsCard";
import css from "./terms.module.css";
import { VerifiedCard } from "./VerifiedCard";
import { WordsCard } from "./WordsCard";

const CRUMBS = [{ label: "Data sources", to: "/sources" }];

/** What everybody means by the names of a source: words, units, sums, metrics, verified questions. */
export function TermsPage() {
  const { id } = useParams({ from: "/shell/sources/$id/terms" });
  const source = useQuery(sourceQuery(id));
  const terms = useQuery(termsQuery(id));
  const failed = [source, terms].find(({ isError }) => isError);
  if (!source.data || !terms.data) {
    return (
      <Page title={source.data?.name ?? "Terms"} crumbs={CRUMBS}>
        <SourceTabs sourceId={id} />
        {failed ? (
          <ErrorState error={failed.error} onRetry={() => void failed.refetch()} />
        ) : (
          <Skeleton shape="rows" label="Loading the terms" />
        )}
      </Page>
    );
  }
  return <Shown key={id} source={source.data} terms={terms.data} />;
}

function Shown({ source, terms }: { source: Source; terms: Terms }) {
  const [dialog, setDialog] = useState<"file" | "history" | null>(null);
  const catalog = useQuery(catalogQuery(source.sourceId));
  const save = useSaveTerms(terms, () => undefined);
  return (
    <Page
      title={source.name}
      crumbs={CRUMBS}
      actions={
        <>
          <Button leftSection={<Icon name="history" />} disabled={terms.version === 0} onClick={() => setDialog("history")}>
            History
          </Button>
          <Button leftSection={<Icon name="code" />} onClick={() => setDialog("file")}>
            As a file
          </Button>
        </>
      }
    >
      <SourceTabs sourceId={source.sourceId} />
      <p className={css.facts}>
        What is said here holds for everybody who asks this source. <Changed terms={terms} />
      </p>
      {terms.version === 0 && (
        <div className={css.notice}>
          <Notice tone="info" title="Nothing is agreed yet">
            <p>Pale italics are what the catalog suggests. Change what is wrong, and agree on the rest.</p>
            {terms.canEdit && (
              <Button
                size="xs"
                className={css.agree}
                loading={save.isPending}
                onClick={() =>
                  save.mutate({
                    model: filledIn(terms.model, terms.proposal),
                    said: "The suggestions are agreed.",
                  })
                }
              >
                Agree on all of it
              </Button>
            )}
          </Notice>
        </div>
      )}
      {terms.findings.length > 0 && (
        <div className={css.notice}>
          <Notice tone="warn" title="Some of this no longer fits the source">
            {terms.findings.slice(0, 8).map((found) => (
              <p key={`${found.path}${found.reason}`}>
                <b>{found.place}</b>: {found.reason}
              </p>
            ))}
          </Notice>
        </div>
      )}
      <div className={css.stack}>
        <div className={css.halves}>
          <MetricsCard terms={terms} />
          <WordsCard terms={terms} />
        </div>
        {catalog.data && <ColumnsCard terms={terms} tables={catalog.data.tables} />}
        <div className={css.halves}>
          <VerifiedCard terms={terms} />
          <JoinsCard terms={terms} />
        </div>
      </div>
      {dialog === "file" && <FileDialog terms={terms} name={source.name} onClose={() => setDialog(null)} />}
      {dialog === "history" && <HistoryDialog terms={terms} onClose={() => setDialog(null)} />}
    </Page>
  );
}

function Changed({ terms }: { terms: Terms }) {
  const reading = useLocale();
  if (!terms.changedAt) return null;
  const at = new Date(terms.changedAt);
  return (
    <>
      Version {terms.version}, {dateText(at, reading)} {timeText(at, reading)}
      {terms.changedBy && `, by ${terms.changedBy.name}`}.
    </>
  );
}
