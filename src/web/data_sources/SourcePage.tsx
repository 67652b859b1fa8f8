import { Button, Menu, Modal, NativeSelect, Switch, TextInput } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import { api, unwrap } from "../app/api";
import { useMay } from "../app/session";
import { ListButton } from "../app/shell/ListButton";
import { Page } from "../app/shell/Page";
import { Icon } from "../parts/Icon";
import { KeptFor } from "../parts/KeptFor";
import { Notice } from "../parts/Notice";
import { Skeleton } from "../parts/Skeleton";
import { EmptyState, ErrorState } from "../parts/State";
import { tell, tellProblem } from "../parts/toast";
import { accessQuery } from "./access/calls";
import { tableText } from "./access/words";
import { catalogQuery, renewSources, type Source, sourceQuery, useTask } from "./calls";
import css from "./SourcePage.module.css";
import { SourceTabs } from "./SourceTabs";
import { StateTag } from "./StateTag";
import { TableList } from "./TableList";
import { TableView } from "./TableView";
import { useMayChange } from "./ownership";
import { KINDS, placeText } from "./words";

const CRUMBS = [{ label: "Data sources", to: "/sources" }];
const ONE = "/api/v1/sources/{source_id}";

export function SourcePage() {
  const { id } = useParams({ from: "/shell/sources/$id" });
  const source = useQuery({
    ...sourceQuery(id),
    // Until its first reading has ended; then it is ready, or says why not.
    refetchInterval: ({ state }) => (state.data?.state === "new" ? 1500 : false),
  });
  if (source.isPending || source.isError) {
    return (
      <Page title="Data source" crumbs={CRUMBS}>
        {source.isPending ? (
          <Skeleton shape="rows" />
        ) : (
          <ErrorState
            error={source.error}
            onRetry={() => void source.refetch()}
            ifMissing={<ListButton to="/sources">All data sources</ListButton>}
          />
        )}
      </Page>
    );
  }
  return <Shown key={id} source={source.data} />;
}

function Shown({ source }: { source: Source }) {
  const may = useMay();
  const mayManage = may("sources.manage");
  const mayChange = useMayChange()(source);
  const mayChangeAccess = may("access.manage");
  const params = { path: { source_id: source.sourceId } };
  const navigate = useNavigate();
  const catalog = useQuery({
    ...catalogQuery(source.sourceId),
    // While the first reading is under way its tables appear by themselves.
    refetchInterval: source.state === "new" ? 1500 : false,
  });
  const wasNew = useRef(source.state === "new");
  useEffect(() => {
    if (!wasNew.current || source.state === "new") return;
    wasNew.current = false;
    void renewSources();
  }, [source.state]);
  const { table: wanted } = useSearch({ from: "/shell/sources/$id" });
  const [taskId, setTaskId] = useState<string | null>(null);
  const [dialog, setDialog] = useState<"settings" | "delete" | null>(null);
  const task = useTask(taskId, (ended) => {
    setTaskId(null);
    void renewSources();
    if (ended.state === "failed") tellProblem(new Error(ended.error ?? "The source could not be read."));
    else tell("The source was read anew.");
  });
  const refresh = useMutation({
    mutationFn: () => unwrap(api.POST(`${ONE}/refresh`, { params })),
    onSuccess: (started) => setTaskId(started.taskId),
    onError: (error) => tellProblem(error),
  });
  const remove = useMutation({
    mutationFn: () => unwrap(api.DELETE(ONE, { params })),
    onSuccess: async () => {
      await navigate({ to: "/sources" });
      await renewSources();
      tell(`${source.name} is disconnected.`);
    },
    onError: (error) => tellProblem(error),
  });

  const tables = catalog.data?.tables ?? [];
  const keyOf = (table: (typeof tables)[number]) => (table.schema ? `${table.schema}.${table.name}` : table.name);
  const shown = tables.find((table) => keyOf(table) === wanted) ?? tables[0];

  return (
    <Page
      title={source.name}
      crumbs={CRUMBS}
      badge={<StateTag source={source} />}
      actions={
        <>
          {tables.length > 0 && (
            <Button
              leftSection={<Icon name="ask" />}
              renderRoot={(props) => <Link to="/ask" search={{ source: source.sourceId }} {...props} />}
            >
              Ask
            </Button>
          )}
          {mayChangeAccess && tables.length > 0 && (
            <Button
              leftSection={<Icon name="shield" />}
              renderRoot={(props) => <Link to="/sources/$id/access" params={{ id: source.sourceId }} {...props} />}
            >
              Access
            </Button>
          )}
          {mayManage && (
            <>
              {source.kind === "files" && mayChange && (
                <Button
                  leftSection={<Icon name="upload" />}
                  renderRoot={(props) => (
                    <Link to="/sources/new" search={{ kind: "files", into: source.sourceId }} {...props} />
                  )}
                >
                  Add a file
                </Button>
              )}
              <Button
                leftSection={<Icon name="refresh" />}
                loading={refresh.isPending || taskId !== null}
                onClick={() => refresh.mutate()}
              >
                Read again
              </Button>
              {mayChange && (
                <Menu position="bottom-end">
                  <Menu.Target>
                    <Button aria-label="More actions">
                      <Icon name="more" />
                    </Button>
                  </Menu.Target>
                  <Menu.Dropdown>
                    <Menu.Item leftSection={<Icon name="settings" />} onClick={() => setDialog("settings")}>
                      Name, time zone and freshness
                    </Menu.Item>
                    <Menu.Item color="danger" leftSection={<Icon name="trash" />} onClick={() => setDialog("delete")}>
                      Disconnect
                    </Menu.Item>
                  </Menu.Dropdown>
                </Menu>
              )}
            </>
          )}
        </>
      }
    >
      <SourceTabs sourceId={source.sourceId} />
      <p className={css.facts}>
        {KINDS[source.kind]} · {placeText(source.connection)} · {source.zone}
        {source.anchorsToNewest && " · relative dates count from the newest data"}
        {task && taskId && ` · reading ${task.done} of ${task.total || "…"}`}
      </p>
      {source.lastError && (
        <div className={css.notice}>
          <Notice tone="danger" title="The last reading failed">
            {source.lastError}
          </Notice>
        </div>
      )}
      {mayChangeAccess && <AccessNotice sourceId={source.sourceId} />}
      {catalog.isPending && <Skeleton shape="rows" />}
      {catalog.isError && <ErrorState error={catalog.error} onRetry={() => void catalog.refetch()} />}
      {catalog.isSuccess && tables.length === 0 && (
        <EmptyState icon="table" title={source.state === "new" ? "The tables are being read" : "No tables"}>
          {source.state === "new"
            ? "They appear here in a moment."
            : source.kind === "files"
              ? "Add a file; it becomes a table."
              : "This role sees no tables. Grant it SELECT on them, then read again."}
        </EmptyState>
      )}
      {shown && (
        <div className={css.split}>
          <TableList
            tables={tables}
            hidden={catalog.data?.hiddenTables ?? []}
            shown={shown}
            onShow={(table) =>
              void navigate({
                to: "/sources/$id",
                params: { id: source.sourceId },
                search: { table: keyOf(table) },
                replace: true,
              })
            }
          />
          <TableView key={keyOf(shown)} sourceId={source.sourceId} table={shown} mayManage={mayManage} zone={source.zone} />
        </div>
      )}
      {dialog === "settings" && <SettingsDialog source={source} onClose={() => setDialog(null)} />}
      <Modal opened={dialog === "delete"} onClose={() => setDialog(null)} title={`Disconnect ${source.name}?`}>
        <div className={css.dialog}>
          <p>
            Questions, charts and dashboards over it stay, and say that their source is gone.
            {source.kind === "files" && " The uploaded tables are deleted; this cannot be undone."}
          </p>
          <div className={css.buttons}>
            <Button variant="subtle" onClick={() => setDialog(null)}>
              Keep it
            </Button>
            <Button variant="filled" color="danger" loading={remove.isPending} onClick={() => remove.mutate()}>
              Disconnect
            </Button>
          </div>
        </div>
      </Modal>
    </Page>
  );
}

/** Rules whose table is gone, and tables that are held back for it, want an administrator. */
function AccessNotice({ sourceId }: { sourceId: string }) {
  const access = useQuery(accessQuery(sourceId));
  const { gone = [], held = [] } = access.data ?? {};
  const tables = new Set(held.map((each) => tableText(each)));
  if (gone.length + tables.size === 0) return null;
  return (
    <div className={css.notice}>
      <Notice tone="warn" title={tables.size > 0 ? "Tables are held back" : "A ruled table is gone"}>
        {tables.size > 0
          ? `New under access rules: ${new Intl.ListFormat("en-GB").format(tables)}. Whom the rules bind does not see this yet.`
          : `Access rules name ${new Intl.ListFormat("en-GB").format(gone.map(({ name, schema }) => tableText({ table: name, schema: schema ?? null })))}. Tables that come meanwhile are held back.`}{" "}
        <Link to="/sources/$id/access" params={{ id: sourceId }}>
          Look at the rules
        </Link>
      </Notice>
    </div>
  );
}

function SettingsDialog({ source, onClose }: { source: Source; onClose: () => void }) {
  const [name, setName] = useState(source.name);
  const [zone, setZone] = useState(source.zone);
  const [anchorsToNewest, setAnchors] = useState(source.anchorsToNewest);
  const [keptSeconds, setKept] = useState(source.keptSeconds);
  const save = useMutation({
    mutationFn: () =>
      unwrap(
        api.PATCH(ONE, {
          params: { path: { source_id: source.sourceId } },
          body: { name: name.trim(), zone, anchorsToNewest, keptSeconds },
        }),
      ),
    onSuccess: async () => {
      await renewSources();
      onClose();
    },
    onError: (error) => tellProblem(error),
  });
  return (
    <Modal opened onClose={onClose} title="Name, time zone and freshness">
      <form
        className={css.dialog}
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate();
        }}
      >
        <TextInput label="Name" required maxLength={200} value={name} onChange={(event) => setName(event.currentTarget.value)} />
        <NativeSelect
          label="Time zone: where its days begin"
          value={zone}
          onChange={(event) => setZone(event.currentTarget.value)}
          data={[...new Set([zone, "UTC", ...Intl.supportedValuesOf("timeZone")])]}
        />
        <Switch
          label="Relative dates count from the newest data, not from today"
          checked={anchorsToNewest}
          onChange={(event) => setAnchors(event.currentTarget.checked)}
        />
        <KeptFor value={keptSeconds} onChange={setKept} otherwise="the time that the server is set to" />
        <div className={css.buttons}>
          <Button variant="subtle" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" variant="filled" disabled={!name.trim()} loading={save.isPending}>
            Save
          </Button>
        </div>
      </form>
    </Modal>
  );
}
