import { queryOptions } from "@tanstack/react-query";
import { api, type Schemas, unwrap } from "../app/api";
import { queryClient } from "../app/query";

export type ReportSummary = Schemas["ReportSummary"];
export type ReportDetail = Schemas["ReportDetail"];
export type ReportInput = Schemas["ReportInput"];
export type ReportContent = Schemas["ReportContent"];
export type RunSummary = Schemas["RunSummary"];

export const reportsQuery = queryOptions({
  queryKey: ["reports", "list"],
  queryFn: () => unwrap(api.GET("/api/v1/reports")),
});

export const reportQuery = (id: string) =>
  queryOptions({
    queryKey: ["reports", "one", id],
    queryFn: () => unwrap(api.GET("/api/v1/reports/{report_id}", { params: { path: { report_id: id } } })),
  });

export const runsQuery = (id: string) =>
  queryOptions({
    queryKey: ["reports", "runs", id],
    queryFn: () => unwrap(api.GET("/api/v1/reports/{report_id}/runs", { params: { path: { report_id: id } } })),
    refetchInterval: 5_000,
  });

export const runQuery = (reportId: string, runId: string) =>
  queryOptions({
    queryKey: ["reports", "run", reportId, runId],
    queryFn: () =>
      unwrap(
        api.GET("/api/v1/reports/{report_id}/runs/{run_id}", {
          params: { path: { report_id: reportId, run_id: runId } },
        }),
      ),
    refetchInterval: 5_000,
  });

export const scheduleQuery = (cron: string, zone: string) =>
  queryOptions({
    queryKey: ["reports", "schedule", cron, zone],
    queryFn: () => unwrap(api.GET("/api/v1/reports/schedule", { params: { query: { cron, zone } } })),
  });

export const mailSettingsQuery = queryOptions({
  queryKey: ["reports", "mail-settings"],
  queryFn: () => unwrap(api.GET("/api/v1/reports/mail-settings")),
  staleTime: 300_000,
});

export const peopleQuery = queryOptions({
  queryKey: ["people"],
  queryFn: () => unwrap(api.GET("/api/v1/people")),
});

export const mailsQuery = queryOptions({
  queryKey: ["mailbox", "list"],
  queryFn: () => unwrap(api.GET("/api/v1/mailbox")),
  refetchInterval: 4_000,
});

export const mailQuery = (id: string) =>
  queryOptions({
    queryKey: ["mailbox", "one", id],
    queryFn: () => unwrap(api.GET("/api/v1/mailbox/{mail_id}", { params: { path: { mail_id: id } } })),
  });

export function renewReports(): Promise<void> {
  return queryClient.invalidateQueries({ queryKey: ["reports"] });
}
