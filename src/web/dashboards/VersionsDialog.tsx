import { Button, Modal } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { api, unwrap } from "../app/api";
import { CardList, CardRow } from "../parts/Card";
import { useLocale } from "../parts/locale";
import { useNow } from "../parts/now";
import { Skeleton } from "../parts/Skeleton";
import { EmptyState, ErrorState } from "../parts/State";
import { whenText } from "../parts/time";
import { tell, tellProblem } from "../parts/toast";
import { renewDashboards } from "./calls";
import type { DashboardDetail } from "./types";

const VERSIONS = "/api/v1/dashboards/{dashboard_id}/versions";

interface VersionsDialogProps {
  dashboard: DashboardDetail;
  revision: number;
  onClose: () => void;
}

/** What was published before, newest first; any of it can be published again. */
export function VersionsDialog({ dashboard: { dashboardId }, revision, onClose }: VersionsDialogProps) {
  const reading = useLocale();
  const now = new Date(useNow(60_000));
  const navigate = useNavigate();
  const versions = useQuery({
    queryKey: ["dashboards", "versions", dashboardId],
    queryFn: () => unwrap(api.GET(VERSIONS, { params: { path: { dashboard_id: dashboardId } } })),
    staleTime: 0,
  });
  const restore = useMutation({
    mutationFn: (number: number) =>
      unwrap(
        api.POST(`${VERSIONS}/{number}/restore`, {
          params: { path: { dashboard_id: dashboardId, number } },
          body: { revision, note: "" },
        }),
      ),
    onSuccess: async () => {
      await renewDashboards();
      tell("The old version is published again.");
      void navigate({ to: "/dashboards/$id", params: { id: dashboardId } });
    },
    onError: (error) => tellProblem(error),
  });
  return (
    <Modal opened onClose={onClose} title="Versions">
      {versions.isPending && <Skeleton shape="rows" />}
      {versions.isError && <ErrorState error={versions.error} onRetry={() => void versions.refetch()} />}
      {versions.data?.length === 0 && (
        <EmptyState icon="history" title="Nothing was published yet">
          Each time the dashboard is published, a version stays here.
        </EmptyState>
      )}
      <CardList label="Versions">
        {versions.data?.map((version, index) => (
          <CardRow
            key={version.number}
            title={`Version ${version.number}`}
            sub={[version.note, version.publishedBy?.name, whenText(new Date(version.publishedAt), now, reading)]
              .filter(Boolean)
              .join(" · ")}
          >
            {index > 0 && (
              <Button size="xs" loading={restore.isPending} onClick={() => restore.mutate(version.number)}>
                Publish again
              </Button>
            )}
          </CardRow>
        ))}
      </CardList>
    </Modal>
  );
}
