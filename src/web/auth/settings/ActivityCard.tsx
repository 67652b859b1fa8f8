import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { api, unwrap } from "../../app/api";
import { useMay } from "../../app/session";
import { Card } from "../../parts/Card";
import { PlainTable } from "../../parts/PlainTable";
import { Skeleton } from "../../parts/Skeleton";
import { EmptyState, ErrorState } from "../../parts/State";
import { AuditRow } from "./AuditRow";

export function ActivityCard({ className }: { className?: string }) {
  const may = useMay();
  const activity = useQuery({
    queryKey: ["activity"],
    queryFn: () => unwrap(api.GET("/api/v1/auth/activity", { params: { query: { limit: 8 } } })),
  });
  return (
    <Card
      className={className}
      title="Your recent activity"
      actions={may("audit.read") && <Link to="/settings/audit">Full audit log</Link>}
    >
      {activity.isPending ? (
        <Skeleton shape="rows" />
      ) : activity.isError ? (
        <ErrorState error={activity.error} onRetry={() => void activity.refetch()} />
      ) : activity.data.length === 0 ? (
        <EmptyState icon="history" title="Nothing yet" />
      ) : (
        <PlainTable
          label="Your recent activity"
          head={
            <>
              <th>Time</th>
              <th>What</th>
              <th>On</th>
              <th>From</th>
            </>
          }
        >
          {activity.data.map((entry) => (
            <AuditRow key={entry.number} entry={entry} />
          ))}
        </PlainTable>
      )}
    </Card>
  );
}
