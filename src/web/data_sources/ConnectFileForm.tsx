import { Button, NativeSelect, TextInput } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { api, unwrap } from "../app/api";
import { asProblem } from "../app/problem";
import { Card } from "../parts/Card";
import { Icon } from "../parts/Icon";
import { useLocale } from "../parts/locale";
import { Notice } from "../parts/Notice";
import { EmptyState } from "../parts/State";
import { durationText } from "../parts/time";
import { tell } from "../parts/toast";
import { fileFoldersQuery, renewSources } from "./calls";
import css from "./ConnectForm.module.css";
import { KindTiles } from "./KindTiles";
import { Steps } from "./Steps";
import { KINDS, nameOfFile } from "./words";

/** A database file on the server: its path, tried before it is saved. */
export function ConnectFileForm({ kind }: { kind: "sqlite" | "duckdb" }) {
  const { locale, zone: ownZone } = useLocale();
  const navigate = useNavigate();
  const [name, setName] = useState("");
  const [path, setPath] = useState("");
  const [zone, setZone] = useState(ownZone);
  const folders = useQuery(fileFoldersQuery);
  const listed = folders.data?.folders ?? [];
  const connection = { kind, path: path.trim() };

  const test = useMutation({
    mutationFn: () =>
      unwrap(api.POST("/api/v1/sources/test", { body: { connection, password: null, sourceId: null } })),
  });
  const save = useMutation({
    mutationFn: () =>
      unwrap(
        api.POST("/api/v1/sources", {
          body: { name: name.trim() || nameOfFile(connection.path), connection, password: "", zone, anchorsToNewest: false },
        }),
      ),
    onSuccess: async ({ source }) => {
      await renewSources();
      tell(`${source.name} is connected; its tables are being read.`);
      void navigate({ to: "/sources/$id", params: { id: source.sourceId }, search: {} });
    },
  });
  const failure = save.error ?? test.error;
  const problem = failure ? asProblem(failure) : null;
  const isFilled = connection.path !== "" && listed.length > 0;

  return (
    <>
      <Steps names={["Choose", "Connect", "Check what is inside", "Ready"]} at={1} />
      <form
        className={css.split}
        onSubmit={(event) => {
          event.preventDefault();
          if (test.isSuccess) save.mutate();
          else test.mutate();
        }}
      >
        <Card isPadded>
          <KindTiles chosen={kind} />
          <div className={css.fields}>
            {folders.isError && <Notice tone="danger">{asProblem(folders.error).message}</Notice>}
            {folders.isSuccess && listed.length === 0 && (
              <Notice tone="warn" title="No folder may be connected yet">
                Whoever runs this server lists the folders whose files may be connected in GRIDLENS_FILE_ROOTS, and
                starts it again. Until then,{" "}
                <Link to="/sources/new" search={{ kind: "files" }}>
                  upload tables as files
                </Link>
                .
              </Notice>
            )}
            <TextInput
              label="Name"
              placeholder={nameOfFile(connection.path) || "meters"}
              maxLength={200}
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
            />
            <TextInput
              label="Path on the server"
              description={
                listed.length > 0 && `A file in ${new Intl.ListFormat("en-GB", { type: "disjunction" }).format(listed)}.`
              }
              placeholder={`${listed[0] ?? "/srv/data"}/meters.${kind === "sqlite" ? "db" : "duckdb"}`}
              required
              maxLength={4096}
              autoComplete="off"
              spellCheck={false}
              error={problem?.fields.path}
              value={path}
              onChange={(event) => {
                setPath(event.currentTarget.value);
                test.reset();
                save.reset();
              }}
            />
            <p className={css.hint}>The file is only read, where it lies: what its owner writes into it is seen here.</p>
            <NativeSelect
              label="Time zone of times without one"
              value={zone}
              onChange={(event) => setZone(event.currentTarget.value)}
              data={[...new Set([zone, "UTC", ...Intl.supportedValuesOf("timeZone")])]}
            />
            {problem && (
              <Notice tone="danger" title={problem.title}>
                {problem.message}
              </Notice>
            )}
            {test.data && (
              <Notice tone="ok" title="The file can be read">
                {test.data.serverVersion}, opened in {durationText(test.data.latencyMs, locale)}.
              </Notice>
            )}
            {test.data?.warnings.map((warning) => (
              <Notice key={warning} tone="warn">
                {warning}
              </Notice>
            ))}
            <div className={css.buttons}>
              <Button
                leftSection={<Icon name="bolt" />}
                disabled={!isFilled}
                loading={test.isPending}
                onClick={() => test.mutate()}
              >
                Test
              </Button>
              <Button type="submit" variant="filled" disabled={!isFilled} loading={save.isPending}>
                {test.isSuccess ? "Connect" : "Test, then connect"}
              </Button>
            </div>
          </div>
        </Card>
        <Card title="What is inside" isRuled>
          {test.data ? (
            <EmptyState icon="database" title="Ready to be connected">
              Then its tables are read, each column gets a role and a unit, and you can correct them.
            </EmptyState>
          ) : (
            <EmptyState icon="bolt" title="Not connected yet">
              The test opens the {KINDS[kind]} and says which version reads it.
            </EmptyState>
          )}
        </Card>
      </form>
    </>
  );
}
