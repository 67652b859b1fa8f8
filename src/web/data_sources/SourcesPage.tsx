import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useMay } from "../app/session";
import { Page } from "../app/shell/Page";
import { Card } from "../parts/Card";
import { Icon } from "../parts/Icon";
import { useLocale } from "../parts/locale";
import { useNow } from "../parts/now";
import { bytesText } from "../parts/number";
import { PlainTable } from "../parts/PlainTable";
import { Skeleton } from "../parts/Skeleton";
import { EmptyState, ErrorState } from "../parts/State";
import { whenText } from "../parts/time";
import { type Source, sourcesQuery } from "./calls";
import css from "./SourcesPage.module.css";
import { StateTag } from "./StateTag";
import { KINDS, placeText } from "./words";

export function SourcesPage() {
  const mayManage = useMay()("sources.manage");
  const sources = useQuery(sourcesQuery);
  const add = mayManage && (
    <Button
      variant="filled"
      leftSection={<Icon name="plus" />}
      renderRoot={(props) => <Link to="/sources/new" search={{}} {...props} />}
    >
      Add data
    </Button>
  );
  return (
    <Page title="Data sources" actions={add}>
      <Card>
        {sources.isPending && <Skeleton shape="rows" />}
        {sources.isError && <ErrorState error={sources.error} onRetry={() => void sources.refetch()} />}
        {sources.data?.length === 0 && (
          <EmptyState icon="database" title="No data yet" actions={add}>
            Connect a database, or drop a CSV, Parquet, XLSX or JSON-lines file.
          </EmptyState>
        )}
        {sources.data && sources.data.length > 0 && (
          <PlainTable
            label="Data sources"
            head={
              <>
                <th>Name</th>
                <th data-wide>Kind</th>
                <th>State</th>
                <th>Last read</th>
                <th data-wide>Time zone</th>
              </>
            }
          >
            {sources.data.map((source) => (
              <Row key={source.sourceId} source={source} />
            ))}
          </PlainTable>
        )}
      </Card>
    </Page>
  );
}

function Row({ source }: { source: Source }) {
  const reading = useLocale();
  const now = new Date(useNow(30_000));
  return (
    <tr>
      <td>
        <Link to="/sources/$id" params={{ id: source.sourceId }} search={{}} className={css.name}>
          {source.name}
        </Link>
        <div className={css.under}>
          {placeText(source.connection)}
          {source.sizeBytes > 0 && ` · ${bytesText(source.sizeBytes, reading.locale)}`}
        </div>
      </td>
      <td data-wide>{KINDS[source.kind]}</td>
      <td>
        <StateTag source={source} />
      </td>
      <td>{source.refreshedAt ? whenText(new Date(source.refreshedAt), now, reading) : "never"}</td>
      <td data-wide>{source.zone}</td>
    </tr>
  );
}
