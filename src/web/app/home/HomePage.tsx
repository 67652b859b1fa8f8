import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { lazy, Suspense, useState } from "react";
import { AskBar } from "../../analytics/AskBar";
import { ExampleChips } from "../../analytics/ExampleChips";
import { listQuery } from "../../dashboards/calls";
import { chosenOf } from "../../dashboards/chosen";
import { Thumbnail } from "../../dashboards/Thumbnail";
import { sourcesQuery } from "../../data_sources/calls";
import { StateTag } from "../../data_sources/StateTag";
import { reportsQuery } from "../../notifications/calls";
import { Card, CardList, CardRow } from "../../parts/Card";
import { Icon } from "../../parts/Icon";
import { useLocale } from "../../parts/locale";
import { useNow } from "../../parts/now";
import { Skeleton } from "../../parts/Skeleton";
import { EmptyState, ErrorState } from "../../parts/State";
import { whenText } from "../../parts/time";
import { useMay } from "../session";
import { Page } from "../shell/Page";
import css from "./HomePage.module.css";
import { RecentQuestions } from "./RecentQuestions";

export function HomePage() {
  const may = useMay();
  const navigate = useNavigate();
  const sources = useQuery({ ...sourcesQuery, enabled: may("queries.run") });
  const [picked, setPicked] = useState<string | null>(null);
  const source = picked ?? sources.data?.find(({ state }) => state === "ready")?.sourceId;
  const ask = (question: string, put: string) => void navigate({ to: "/ask", search: { q: question, source: put } });
  return (
    <Page title="Home" hasOwnSearch>
      {may("queries.run") && (
        <>
          <AskBar start="" source={null} onAsk={ask} onSource={setPicked} />
          {source && <ExampleChips sourceId={source} most={4} onAsk={ask} />}
        </>
      )}
      <div className={css.split}>
        <div className={css.column}>
          <Newest />
          <Dashboards />
          {may("questions.read") && <RecentQuestions />}
        </div>
        <div className={css.column}>
          {may("catalogs.read") && <Sources />}
          {may("reports.read") && <NextReports />}
        </div>
      </div>
    </Page>
  );
}

/** What is drawn is loaded only once the page stands. */
const Today = lazy(async () => ({ default: (await import("../../dashboards/Today")).Today }));

/** The newest day of the dashboard that was opened last. */
function Newest() {
  const all = useQuery(listQuery("all"));
  const dashboard = all.data && chosenOf(all.data);
  const waiting = (
    <Card title="Today">
      <div className={css.waiting}>
        <Skeleton shape="bars" label="Loading the newest data" />
      </div>
    </Card>
  );
  if (all.isPending) return waiting;
  // What is wrong with the list is said once, where the list stands.
  if (all.isError) return null;
  if (!dashboard) {
    return (
      <Card title="Today">
        <EmptyState icon="bars" title="Nothing to draw yet">
          The newest day of the dashboard that you opened last appears here.
        </EmptyState>
      </Card>
    );
  }
  return (
    <Suspense fallback={waiting}>
      <Today key={dashboard.dashboardId} dashboard={dashboard} />
    </Suspense>
  );
}

function Dashboards() {
  const may = useMay();
  const pinned = useQuery(listQuery("pinned"));
  const all = useQuery(listQuery("all"));
  const shown = pinned.data?.length ? pinned.data : all.data?.slice(0, 6);
  return (
    <section>
      <h2 className={css.heading}>
        {pinned.data?.length ? "Pinned dashboards" : "Dashboards"}
        <Link to="/dashboards">All{all.data ? ` ${all.data.length}` : ""}</Link>
      </h2>
      {all.isPending && <Skeleton shape="rows" />}
      {all.isError && <ErrorState error={all.error} onRetry={() => void all.refetch()} />}
      {all.data?.length === 0 && (
        <Card>
          <EmptyState icon="dashboard" title="No dashboards yet">
            {may("dashboards.edit")
              ? "Ask a question, save its chart, and put it on a dashboard."
              : "What colleagues share with you appears here."}
          </EmptyState>
        </Card>
      )}
      <ul className={css.tiles}>
        {shown?.map(({ dashboardId, name, description }) => (
          <li key={dashboardId}>
            <Link to="/dashboards/$id" params={{ id: dashboardId }} className={css.tile}>
              <Thumbnail dashboardId={dashboardId} />
              <span className={css.words}>
                <span className={css.name}>{name}</span>
                <span className={css.under}>{description || "Dashboard"}</span>
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Sources() {
  const sources = useQuery(sourcesQuery);
  const reading = useLocale();
  const now = new Date(useNow(60_000));
  return (
    <Card title="Data" actions={<Link to="/sources">All</Link>}>
      {sources.isPending && <Skeleton shape="rows" />}
      {sources.isError && <ErrorState error={sources.error} onRetry={() => void sources.refetch()} />}
      {sources.data?.length === 0 && (
        <EmptyState icon="database" title="No data yet">
          <Link to="/sources/new" search={{}}>
            Connect a database or drop a file
          </Link>{" "}
          to begin.
        </EmptyState>
      )}
      <CardList label="Data sources">
        {sources.data?.slice(0, 6).map((source) => (
          <CardRow
            key={source.sourceId}
            title={
              <Link to="/sources/$id" params={{ id: source.sourceId }} search={{}} className={css.name}>
                {source.name}
              </Link>
            }
            sub={source.refreshedAt ? `read ${whenText(new Date(source.refreshedAt), now, reading)}` : "not read yet"}
          >
            <StateTag source={source} />
          </CardRow>
        ))}
      </CardList>
    </Card>
  );
}

function NextReports() {
  const reports = useQuery(reportsQuery);
  const reader = useLocale();
  const now = new Date(useNow(60_000));
  const next = reports.data
    ?.filter((report) => report.nextRunAt && !report.pausedAt)
    .toSorted((a, b) => String(a.nextRunAt).localeCompare(String(b.nextRunAt)));
  return (
    <Card title="Next reports" actions={<Link to="/reports">All</Link>}>
      {reports.isPending && <Skeleton shape="rows" />}
      {next?.length === 0 && <EmptyState icon="mail" title="No report is due" />}
      <CardList label="Next reports">
        {next?.slice(0, 4).map((report) => (
          <CardRow
            key={report.reportId}
            icon={<Icon name="mail" />}
            title={
              <Link to="/reports/$id" params={{ id: report.reportId }} className={css.name}>
                {report.targetName}
              </Link>
            }
            sub={`${whenText(new Date(report.nextRunAt ?? 0), now, { ...reader, zone: report.zone })}, ${report.zone}`}
          />
        ))}
      </CardList>
    </Card>
  );
}
