import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useMay } from "../app/session";
import { Page } from "../app/shell/Page";
import { Card } from "../parts/Card";
import { Icon } from "../parts/Icon";
import { useLocale } from "../parts/locale";
import { Notice } from "../parts/Notice";
import { useNow } from "../parts/now";
import { PlainTable } from "../parts/PlainTable";
import { Skeleton } from "../parts/Skeleton";
import { EmptyState, ErrorState } from "../parts/State";
import { whenText } from "../parts/time";
import { mailSettingsQuery, reportsQuery, type ReportSummary } from "./calls";
import { RunTag } from "./RunTag";
import css from "./ReportsPage.module.css";
import { reportTitle } from "./subject";

export function ReportsPage() {
  const mayEdit = useMay()("reports.edit");
  const reports = useQuery(reportsQuery);
  const mail = useQuery(mailSettingsQuery);
  return (
    <Page
      title="Reports"
      actions={
        mayEdit && (
          <Button
            variant="filled"
            leftSection={<Icon name="plus" />}
            renderRoot={(props) => <Link to="/reports/new" search={{}} {...props} />}
          >
            New report
          </Button>
        )
      }
    >
      {mail.data?.canSend === false && (
        <div className={css.notice}>
          <Notice tone="warn" title="No mail can be sent yet">
            The operator of this server sets GRIDLENS_SMTP_HOST; until then reports wait.
          </Notice>
        </div>
      )}
      <Card>
        {reports.isPending && <Skeleton shape="rows" />}
        {reports.isError && <ErrorState error={reports.error} onRetry={() => void reports.refetch()} />}
        {reports.data?.length === 0 && (
          <EmptyState
            icon="mail"
            title="No reports yet"
            actions={
              mayEdit && (
                <Button size="xs" renderRoot={(props) => <Link to="/reports/new" search={{}} {...props} />}>
                  New report
                </Button>
              )
            }
          >
            A report mails a dashboard or a question, with its charts, at the times you choose.
          </EmptyState>
        )}
        {reports.data && reports.data.length > 0 && (
          <PlainTable
            label="Reports"
            head={
              <>
                <th>Subject</th>
                <th>What</th>
                <th>When</th>
                <th>Next</th>
                <th>Last run</th>
              </>
            }
          >
            {reports.data.map((report) => (
              <Row key={report.reportId} report={report} />
            ))}
          </PlainTable>
        )}
      </Card>
    </Page>
  );
}

function Row({ report }: { report: ReportSummary }) {
  const reader = useLocale();
  const reading = { ...reader, zone: report.zone };
  const now = new Date(useNow(30_000));
  return (
    <tr>
      <td>
        <Link to="/reports/$id" params={{ id: report.reportId }} className={css.subject}>
          {reportTitle(report)}
        </Link>
        <div className={css.under}>
          {report.recipientCount === 1 ? "1 recipient" : `${report.recipientCount} recipients`}
          {!report.isMine && report.owner && ` · by ${report.owner.name}`}
        </div>
      </td>
      <td>{report.targetName}</td>
      <td>{report.schedule}</td>
      <td>
        {report.pausedAt
          ? "paused"
          : report.nextRunAt
            ? `${whenText(new Date(report.nextRunAt), now, reading)}, ${report.zone}`
            : "–"}
      </td>
      <td>{report.lastRun ? <RunTag run={report.lastRun} /> : "never"}</td>
    </tr>
  );
}
