import { Button, TextInput } from "@mantine/core";
import { useInfiniteQuery, useMutation } from "@tanstack/react-query";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { api, unwrap } from "../../app/api";
import { Card } from "../../parts/Card";
import { useLocale } from "../../parts/locale";
import { numberText } from "../../parts/number";
import { PlainTable } from "../../parts/PlainTable";
import { Skeleton } from "../../parts/Skeleton";
import { EmptyState, ErrorState } from "../../parts/State";
import { tell, tellProblem } from "../../parts/toast";
import { AuditRow } from "./AuditRow";
import { Heading } from "./Heading";
import css from "./settings.module.css";

const route = getRouteApi("/shell/settings/audit");
const PAGE = 50;

/** Everything that was done here, newest first; entries are never changed. */
export function AuditPage() {
  const navigate = useNavigate();
  const { locale } = useLocale();
  const { action } = route.useSearch();
  const log = useInfiniteQuery({
    queryKey: ["audit", action],
    queryFn: ({ pageParam }) =>
      unwrap(
        api.GET("/api/v1/audit", {
          params: { query: { limit: PAGE, ...(pageParam ? { before: pageParam } : {}), ...(action ? { action } : {}) } },
        }),
      ),
    initialPageParam: 0,
    getNextPageParam: (page) => page.nextBefore,
  });
  const verify = useMutation({
    mutationFn: () => unwrap(api.GET("/api/v1/audit/verification")),
    onSuccess: ({ entries, firstBad }) => {
      if (firstBad === null) tell(`All ${numberText(entries, locale)} entries are as they were written.`);
      else tellProblem(new Error(`Entry ${firstBad} was changed after it was written. Compare it with a backup.`));
    },
    onError: tellProblem,
  });
  const entries = log.data?.pages.flatMap((page) => page.entries) ?? [];

  return (
    <>
      <Heading
        title="Audit log"
        actions={
          <Button onClick={() => verify.mutate()} loading={verify.isPending}>
            Check that nothing was changed
          </Button>
        }
      >
        Who did what, when, and from where.
      </Heading>
      <Card
        title="Entries"
        sub="newest first"
        actions={
          <TextInput
            size="xs"
            aria-label="Only this action"
            placeholder="Only this action"
            defaultValue={action ?? ""}
            onKeyDown={(event) => {
              if (event.key !== "Enter") return;
              const chosen = event.currentTarget.value.trim();
              void navigate({ to: "/settings/audit", search: chosen ? { action: chosen } : {} });
            }}
          />
        }
      >
        {log.isPending ? (
          <Skeleton shape="rows" />
        ) : log.isError ? (
          <ErrorState error={log.error} onRetry={() => void log.refetch()} />
        ) : entries.length === 0 ? (
          <EmptyState icon="search" title="No entries">
            {action ? `Nothing was logged as “${action}”.` : "Nothing has been logged yet."}
          </EmptyState>
        ) : (
          <PlainTable
            label="Audit log"
            head={
              <>
                <th>Time</th>
                <th>Who</th>
                <th>What</th>
                <th>On</th>
                <th>From</th>
              </>
            }
          >
            {entries.map((entry) => (
              <AuditRow key={entry.number} entry={entry} hasWho />
            ))}
          </PlainTable>
        )}
        {log.hasNextPage && (
          <div className={css.pager}>
            <Button size="xs" loading={log.isFetchingNextPage} onClick={() => void log.fetchNextPage()}>
              Show older
            </Button>
          </div>
        )}
      </Card>
    </>
  );
}
