import { Button } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Page } from "../app/shell/Page";
import { Card } from "../parts/Card";
import { IconButton } from "../parts/IconButton";
import { useLocale } from "../parts/locale";
import { useNow } from "../parts/now";
import { PlainTable } from "../parts/PlainTable";
import { Skeleton } from "../parts/Skeleton";
import { EmptyState, ErrorState } from "../parts/State";
import { Tag } from "../parts/Tag";
import { clockText, whenText } from "../parts/time";
import { tell, tellProblem } from "../parts/toast";
import { ExportProgress } from "./ExportProgress";
import css from "./exports.module.css";
import {
  cancelExport,
  deleteExport,
  type Export,
  exportsQuery,
  FORMATS,
  isUnderWay,
  problemOf,
  progressText,
  saveFinished,
} from "./exports";

/** What the reader has exported: what is under way, what can be downloaded and until when, what came to nothing. */
export function ExportsPage() {
  const exports = useQuery(exportsQuery);
  return (
    <Page title="Exports" crumbs={[{ label: "Questions", to: "/questions" }]}>
      <Card>
        {exports.isPending && <Skeleton shape="rows" />}
        {exports.isError && <ErrorState error={exports.error} onRetry={() => void exports.refetch()} />}
        {exports.data?.length === 0 && (
          <EmptyState icon="download" title="No exports yet">
            “Export” beside an answer makes a file of all its rows. It stays here until it expires, for you alone.
          </EmptyState>
        )}
        {exports.data && exports.data.length > 0 && (
          <PlainTable
            label="Exports"
            head={
              <>
                <th>Name</th>
                <th>Format</th>
                <th>Asked for</th>
                <th>Outcome</th>
                <th>Can be downloaded until</th>
                <th className={css.held} />
              </>
            }
          >
            {exports.data.map((each) => (
              <Row key={each.exportId} shown={each} />
            ))}
          </PlainTable>
        )}
      </Card>
    </Page>
  );
}

function Row({ shown }: { shown: Export }) {
  const reading = useLocale();
  const now = new Date(useNow(30_000));
  const isKept = shown.state === "done" && !shown.refusal;
  return (
    <tr>
      <td className={css.name}>
        <Origin shown={shown} />
      </td>
      <td>{FORMATS[shown.fileFormat]}</td>
      <td className={css.when}>{whenText(new Date(shown.createdAt), now, reading)}</td>
      <td className={css.outcome}>
        <Outcome shown={shown} />
      </td>
      <td className={css.when}>{isKept && shown.expiresAt ? clockText(new Date(shown.expiresAt), reading) : "–"}</td>
      <td className={css.held}>
        <Actions shown={shown} />
      </td>
    </tr>
  );
}

/** Where it was asked for, and can be asked for again. */
function Origin({ shown: { name, questionId, sourceId, sql } }: { shown: Export }) {
  if (questionId) {
    return (
      <Link to="/questions/$id" params={{ id: questionId }}>
        {name}
      </Link>
    );
  }
  return (
    <Link to="/ask/sql" search={{ source: sourceId, sql: sql ?? undefined }}>
      {name}
    </Link>
  );
}

function Outcome({ shown }: { shown: Export }) {
  const { locale } = useLocale();
  if (isUnderWay(shown)) return <ExportProgress shown={shown} />;
  const problem = problemOf(shown);
  if (!problem) return progressText(shown, locale);
  const tone = shown.state === "failed" ? "danger" : "plain";
  return (
    <>
      <Tag tone={tone} icon={shown.state === "failed" ? "warning" : undefined}>
        {WORDS[shown.state]}
      </Tag>
      <p className={css.under}>{problem.message}</p>
    </>
  );
}

const WORDS = {
  waiting: "Waiting",
  running: "Running",
  done: "Refused",
  failed: "Failed",
  cancelled: "Cancelled",
  expired: "Expired",
} satisfies Record<Export["state"], string>;

function Actions({ shown }: { shown: Export }) {
  const { exportId, name } = shown;
  const cancel = useMutation({ mutationFn: () => cancelExport(exportId), onError: (error) => tellProblem(error) });
  const save = useMutation({ mutationFn: () => saveFinished(exportId), onError: (error) => tellProblem(error) });
  const remove = useMutation({
    mutationFn: () => deleteExport(exportId),
    onSuccess: () => tell("The export was deleted."),
    onError: (error) => tellProblem(error),
  });
  return (
    <div className={css.actions}>
      {isUnderWay(shown) && (
        <Button size="xs" aria-label={`Cancel ${name}`} loading={cancel.isPending} onClick={() => cancel.mutate()}>
          Cancel
        </Button>
      )}
      {problemOf(shown) === null && (
        <Button size="xs" aria-label={`Download ${name}`} loading={save.isPending} onClick={() => save.mutate()}>
          Download
        </Button>
      )}
      {!isUnderWay(shown) && (
        <IconButton
          icon="trash"
          size="sm"
          label={`Delete ${name}`}
          disabled={remove.isPending}
          onClick={() => remove.mutate()}
        />
      )}
    </div>
  );
}
