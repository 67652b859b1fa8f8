import { useMutation, useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { api, unwrap } from "../app/api";
import { useUser } from "../app/session";
import { Page } from "../app/shell/Page";
import { useLocale } from "../parts/locale";
import { Skeleton } from "../parts/Skeleton";
import { tell } from "../parts/toast";
import { peopleQuery, renewReports, type ReportInput } from "./calls";
import { ReportForm } from "./ReportForm";

export function NewReportPage() {
  const search = useSearch({ from: "/shell/reports/new" });
  const navigate = useNavigate();
  const user = useUser();
  const { zone } = useLocale();
  const people = useQuery(peopleQuery);
  const save = useMutation({
    mutationFn: (body: ReportInput) => unwrap(api.POST("/api/v1/reports", { body })),
    onSuccess: async ({ reportId }) => {
      await renewReports();
      tell("The report is scheduled.");
      void navigate({ to: "/reports/$id", params: { id: reportId } });
    },
  });
  const start: ReportInput = {
    target: search.question
      ? { type: "question", questionId: search.question }
      : { type: "dashboard", dashboardId: search.dashboard ?? "" },
    subject: "{name}, {period}",
    text: "",
    zone,
    covers: "own",
    attach: "none",
    skipBelowPercent: null,
    cron: "0 7 * * 1",
    recipients: [{ type: "person", userId: user.id }],
  };
  return (
    <Page title="New report" crumbs={[{ label: "Reports", to: "/reports" }]}>
      {people.isPending ? <Skeleton /> : <ReportForm start={start} label="Schedule" save={save} />}
    </Page>
  );
}
