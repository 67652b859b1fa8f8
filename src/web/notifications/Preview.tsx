import { SegmentedControl } from "@mantine/core";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { api, unwrap } from "../app/api";
import { Card } from "../parts/Card";
import { Notice } from "../parts/Notice";
import { Skeleton } from "../parts/Skeleton";
import { EmptyState, ErrorState } from "../parts/State";
import type { ReportContent } from "./calls";
import css from "./ReportForm.module.css";

type View = "wide" | "phone" | "text";
const VIEWS: { value: View; label: string }[] = [
  { value: "wide", label: "Wide" },
  { value: "phone", label: "Phone" },
  { value: "text", label: "Text only" },
];
const SETTLE_MS = 700;

/** The mail as it would be now, made by the server a moment after the last change of the form. */
export function Preview({ content }: { content: ReportContent | null }) {
  const [view, setView] = useState<View>("wide");
  const wanted = JSON.stringify(content);
  const [settled, setSettled] = useState(wanted);
  useEffect(() => {
    const timer = window.setTimeout(() => setSettled(wanted), SETTLE_MS);
    return () => clearTimeout(timer);
  }, [wanted]);
  const preview = useQuery({
    queryKey: ["reports", "preview", settled],
    queryFn: () => unwrap(api.POST("/api/v1/reports/previews", { body: JSON.parse(settled) })),
    enabled: settled !== "null",
    staleTime: 600_000,
    placeholderData: keepPreviousData,
  });

  return (
    <Card
      title="Preview"
      sub={preview.data?.covered && `with data of ${preview.data.covered}`}
      isReloading={preview.isFetching && preview.data !== undefined}
      isRuled
      actions={<SegmentedControl aria-label="How the mail is read" data={VIEWS} value={view} onChange={setView} />}
    >
      {content === null && (
        <EmptyState icon="mail" title="Choose what to send">
          The mail appears here with the data of this moment.
        </EmptyState>
      )}
      {content !== null && preview.isPending && <Skeleton shape="bars" label="Making the mail" />}
      {preview.isError && <ErrorState error={preview.error} onRetry={() => void preview.refetch()} />}
      {preview.data?.wouldSkip && <Notice tone="warn">{preview.data.wouldSkip}</Notice>}
      {preview.data?.notes.map((note) => (
        <Notice key={note} tone="info">
          {note}
        </Notice>
      ))}
      {preview.data && view !== "text" && (
        <iframe
          key={preview.data.pageUrl}
          className={css.frame}
          data-width={view}
          title="The mail"
          sandbox="allow-popups allow-popups-to-escape-sandbox"
          src={preview.data.pageUrl}
        />
      )}
      {preview.data && view === "text" && <pre className={css.plain}>{preview.data.text}</pre>}
    </Card>
  );
}
