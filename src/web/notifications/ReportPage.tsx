import { Button } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useNavigate, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { api, unwrap } from "../app/api";
import { useMay } from "../app/session";
import { ListButton } from "../app/shell/ListButton";
import { Page } from "../app/shell/Page";
import { Card, CardList, CardRow } from "../parts/Card";
import { Icon } from "../parts/Icon";
import { useLocale } from "../parts/locale";
import { Notice } from "../parts/Notice";
import { useNow } from "../parts/now";
import { Skeleton } from "../parts/Skeleton";
import { EmptyState, ErrorState } from "../parts/State";
import { Tag } from "../parts/Tag";
import { whenText } from "../parts/time";
import { tell, tellProblem } from "../parts/toast";
import {
  renewReports,
  type ReportDetail,
  type ReportInput,
  reportQuery,
  runQuery,
  runsQuery,
  type RunSummary,
} from "./calls";
import { ReportForm } from "./ReportForm";
import { RunTag } from "./RunTag";
import { reportTitle } from "./subject";

const CRUMBS = [{ label: "Reports", to: "/reports" }];
const ONE = "/api/v1/reports/{report_id}";

export function ReportPage() {
  const { id } = useParams({ from: "/shell/reports/$id" });
  const report = useQuery(reportQuery(id));
  if (report.isPending || report.isError) {
    return (
      <Page title="Report" crumbs={CRUMBS}>
        {report.isPending ? (
          <Skeleton shape="rows" />
        ) : (
          <ErrorState
            error={report.error}
            onRetry={() => void report.refetch()}
            ifMissing={<ListButton to="/reports">All reports</ListButton>}
          />
        )}
      </Page>
    );
  }
  return <Shown key={id} report={report.data} />;
}

function Shown({ report }: { report: ReportDetail }) {
  const mayEdit = useMay()("reports.edit") && report.isMine;
  const navigate = useNavigate();
  const params = { path: { report_id: report.reportId } };
  const done = (message: string) => async () => {
    await renewReports();
    tell(message);
  };
  const onError = (error: unknown) => tellProblem(error);
  const save = useMutation({
    mutationFn: (body: ReportInput) => unwrap(api.PUT(ONE, { params, body })),
    onSuccess: done("The report is saved."),
  });
  const pause = useMutation({
    mutationFn: () => unwrap(api.POST(report.pausedAt ? `${ONE}/resume` : `${ONE}/pause`, { params })),
    onSuccess: done(report.pausedAt ? "The report goes out again." : "The report is paused."),
    onError,
  });
  const remove = useMutation({
    mutationFn: () => unwrap(api.DELETE(ONE, { params })),
    onSuccess: async () => {
      await navigate({ to: "/reports" });
      await done("The report is deleted; nothing more is sent.")();
    },
    onError,
  });
  const [isSure, setSure] = useState(false);
  const start: ReportInput = {
    target: report.target,
    subject: report.subject,
    text: report.text,
    zone: report.zone,
    covers: report.covers,
    attach: report.attach,
    skipBelowPercent: report.skipBelowPercent,
    cron: report.cron,
    recipients: report.recipients,
  };

  return (
    <Page
      title={reportTitle(report)}
      crumbs={CRUMBS}
      badge={report.pausedAt && <Tag tone="warn">Paused</Tag>}
      actions={
        mayEdit && (
          <>
            <Button
              leftSection={<Icon name={report.pausedAt ? "play" : "pause"} />}
              loading={pause.isPending}
              onClick={() => pause.mutate()}
            >
              {report.pausedAt ? "Resume" : "Pause"}
            </Button>
            <Button
              color="danger"
              leftSection={<Icon name="trash" />}
              loading={remove.isPending}
              onClick={() => (isSure ? remove.mutate() : setSure(true))}
              onBlur={() => setSure(false)}
            >
              {isSure ? "Delete for good" : "Delete"}
            </Button>
          </>
        )
      }
    >
      {report.pausedAt && <PausedNotice because={report.pausedBecause ?? "user"} />}
      {mayEdit ? (
        <>
          <ReportForm start={start} label="Save" save={save} />
          <Runs report={report} />
        </>
      ) : (
        <Card isPadded title={report.targetName} sub={report.schedule}>
          {report.owner ? `${report.owner.name} sends you this report.` : "This report is sent to you."}
        </Card>
      )}
    </Page>
  );
}

const BECAUSE: Record<string, string> = {
  user: "Somebody paused it. Nothing is sent until it is resumed.",
  target_deleted: "What it reports was deleted. Choose another dashboard or question, then resume it.",
  owner_gone: "Its owner can no longer sign in, and reports run with their owner’s rights.",
  owner_may_not: "Its owner may no longer see what it reports.",
};

function PausedNotice({ because }: { because: string }) {
  return (
    <div style={{ marginBottom: 12 }}>
      <Notice tone="warn" title="This report is paused">
        {BECAUSE[because] ?? because}
      </Notice>
    </div>
  );
}

function Runs({ report }: { report: ReportDetail }) {
  const runs = useQuery(runsQuery(report.reportId));
  const [opened, setOpened] = useState<string | null>(null);
  return (
    <div style={{ marginTop: 16 }}>
      <Card title="Runs" isRuled>
        {runs.isPending && <Skeleton shape="rows" />}
        {runs.isError && <ErrorState error={runs.error} onRetry={() => void runs.refetch()} />}
        {runs.data?.length === 0 && (
          <EmptyState icon="history" title="Not sent yet">
            Each run is listed here with what came of it.
          </EmptyState>
        )}
        <CardList label="Runs">
          {runs.data?.map((run) => (
            <RunRow
              key={run.runId}
              report={report}
              run={run}
              isOpen={opened === run.runId}
              onToggle={() => setOpened(opened === run.runId ? null : run.runId)}
            />
          ))}
        </CardList>
      </Card>
    </div>
  );
}

interface RunRowProps {
  report: ReportDetail;
  run: RunSummary;
  isOpen: boolean;
  onToggle: () => void;
}

function RunRow({ report, run, isOpen, onToggle }: RunRowProps) {
  const reader = useLocale();
  const now = new Date(useNow(30_000));
  const when = whenText(new Date(run.dueAt), now, { ...reader, zone: report.zone });
  return (
    <>
      <CardRow title={when} sub={run.reason && run.attempts > 1 ? `Attempt ${run.attempts}. ${run.reason}` : run.reason}>
        <RunTag run={run} />
        <Button size="xs" variant="subtle" aria-expanded={isOpen} onClick={onToggle}>
          Mails
        </Button>
      </CardRow>
      {isOpen && <Deliveries reportId={report.reportId} runId={run.runId} />}
    </>
  );
}

function Deliveries({ reportId, runId }: { reportId: string; runId: string }) {
  const run = useQuery(runQuery(reportId, runId));
  const retry = useMutation({
    mutationFn: () =>
      unwrap(
        api.POST("/api/v1/reports/{report_id}/runs/{run_id}/retry", {
          params: { path: { report_id: reportId, run_id: runId } },
        }),
      ),
    onSuccess: () => renewReports(),
    onError: (error) => tellProblem(error),
  });
  if (run.isPending) return <Skeleton shape="rows" />;
  if (run.isError) return <ErrorState error={run.error} onRetry={() => void run.refetch()} />;
  const hasFailed = run.data.deliveries.some((delivery) => delivery.state === "failed");
  return (
    <>
      {run.data.deliveries.map((delivery) => (
        <CardRow key={delivery.deliveryId} icon={<Icon name="mail" />} title={delivery.recipient} sub={delivery.reason}>
          {delivery.state}
        </CardRow>
      ))}
      {hasFailed && (
        <CardRow title="Some mails were not accepted">
          <Button size="xs" loading={retry.isPending} onClick={() => retry.mutate()}>
            Send again to those
          </Button>
        </CardRow>
      )}
    </>
  );
}
