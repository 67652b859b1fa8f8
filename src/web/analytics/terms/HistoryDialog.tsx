import { Button, Modal } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { api, unwrap } from "../../app/api";
import { CardList, CardRow } from "../../parts/Card";
import { useLocale } from "../../parts/locale";
import { Skeleton } from "../../parts/Skeleton";
import { ErrorState } from "../../parts/State";
import { dateText, timeText } from "../../parts/time";
import { tell, tellProblem } from "../../parts/toast";
import { at, renewTerms, type Terms, TERMS, versionsQuery } from "./calls";

/** What was changed when and by whom; any of it can come back. */
export function HistoryDialog({ terms, onClose }: { terms: Terms; onClose: () => void }) {
  const reading = useLocale();
  const versions = useQuery(versionsQuery(terms.sourceId));
  const restore = useMutation({
    mutationFn: (to: number) =>
      unwrap(
        api.POST(`${TERMS}/restore`, { params: at(terms.sourceId), body: { version: terms.version, to } }),
      ),
    onSuccess: async (_, to) => {
      onClose();
      await renewTerms(terms.sourceId);
      tell(`Version ${to} is back.`);
    },
    onError: (error) => tellProblem(error),
  });
  return (
    <Modal opened onClose={onClose} title="What was changed" size="lg">
      {versions.isPending && <Skeleton shape="rows" />}
      {versions.isError && <ErrorState error={versions.error} onRetry={() => void versions.refetch()} />}
      <CardList label="Versions">
        {versions.data?.map((version) => {
          const when = new Date(version.changedAt);
          return (
            <CardRow
              key={version.version}
              title={version.note}
              sub={[
                `Version ${version.version}`,
                `${dateText(when, reading)} ${timeText(when, reading)}`,
                version.changedBy?.name,
              ]
                .filter(Boolean)
                .join(" · ")}
            >
              {terms.canEdit && version.version !== terms.version && (
                <Button size="xs" loading={restore.isPending} onClick={() => restore.mutate(version.version)}>
                  Restore
                </Button>
              )}
            </CardRow>
          );
        })}
      </CardList>
    </Modal>
  );
}
