import { Button, NativeSelect, NumberInput, PasswordInput, TextInput } from "@mantine/core";
import "@mantine/core/styles/NumberInput.layer.css";
import "@mantine/core/styles/PasswordInput.layer.css";
import { useMutation } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { api, type Schemas, unwrap } from "../app/api";
import { asProblem } from "../app/problem";
import { Card } from "../parts/Card";
import { Icon } from "../parts/Icon";
import { useLocale } from "../parts/locale";
import { Notice } from "../parts/Notice";
import { EmptyState } from "../parts/State";
import { durationText } from "../parts/time";
import { tell } from "../parts/toast";
import { type Connection, renewSources } from "./calls";
import css from "./ConnectForm.module.css";
import { KindTiles } from "./KindTiles";
import { Steps } from "./Steps";

type Server = Extract<Connection, { kind: "postgresql" | "mysql" }>;
type Outcome = Schemas["TestOutcome"];

const PORTS = { postgresql: 5432, mysql: 3306 };
const TLS = [
  { value: "verify", label: "Encrypted, certificate checked" },
  { value: "require", label: "Encrypted, certificate not checked" },
  { value: "off", label: "Not encrypted" },
] as const;

function fresh(kind: Server["kind"]): Server {
  const common = { host: "", database: "", user: "", port: PORTS[kind], tls: "verify" as const };
  return kind === "postgresql" ? { kind, ...common, schemas: [] } : { kind, ...common };
}

/** A database server: typed fields, tried before it is saved. */
export function ConnectForm({ kind }: { kind: Server["kind"] }) {
  const { zone: ownZone } = useLocale();
  const navigate = useNavigate();
  const [name, setName] = useState("");
  const [connection, setConnection] = useState<Server>(() => fresh(kind));
  const [password, setPassword] = useState("");
  const [zone, setZone] = useState(ownZone);
  const set = (change: Partial<Pick<Server, "host" | "port" | "database" | "user" | "tls">>) => {
    setConnection({ ...connection, ...change });
    test.reset();
  };

  const test = useMutation({
    mutationFn: () => unwrap(api.POST("/api/v1/sources/test", { body: { connection, password, sourceId: null } })),
  });
  const save = useMutation({
    mutationFn: () =>
      unwrap(
        api.POST("/api/v1/sources", {
          body: { name: name.trim() || connection.database, connection, password, zone, anchorsToNewest: false },
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
  const isFilled = connection.host !== "" && connection.database !== "" && connection.user !== "";

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
            <TextInput
              label="Name"
              placeholder="metering"
              maxLength={200}
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
            />
            <div className={css.host}>
              <TextInput
                label="Host"
                placeholder="db.example.org"
                required
                error={problem?.fields.host}
                value={connection.host}
                onChange={(event) => set({ host: event.currentTarget.value.trim() })}
              />
              <NumberInput
                label="Port"
                min={1}
                max={65535}
                hideControls
                allowDecimal={false}
                  value={connection.port}
                onChange={(value) => set({ port: Number(value) || PORTS[kind] })}
              />
            </div>
            <TextInput
              label="Database"
              required
              error={problem?.fields.database}
              value={connection.database}
              onChange={(event) => set({ database: event.currentTarget.value })}
            />
            <div className={css.pair}>
              <TextInput
                label="User"
                required
                autoComplete="off"
                error={problem?.fields.user}
                value={connection.user}
                onChange={(event) => set({ user: event.currentTarget.value })}
              />
              <PasswordInput
                label="Password"
                autoComplete="new-password"
                error={problem?.fields.password}
                value={password}
                onChange={(event) => {
                  setPassword(event.currentTarget.value);
                  test.reset();
                }}
              />
            </div>
            <p className={css.hint}>A role that may only read is best. The password is kept sealed and never shown again.</p>
            <NativeSelect
              label="Encryption"
              value={connection.tls}
              onChange={(event) =>
                set({ tls: TLS.find(({ value }) => value === event.currentTarget.value)?.value ?? "verify" })
              }
              data={TLS.map((each) => ({ ...each }))}
            />
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
            {test.data && <Checked outcome={test.data} />}
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
              The test says how far the server is, which version it runs, whether the connection is encrypted, and whether
              this role could write.
            </EmptyState>
          )}
        </Card>
      </form>
    </>
  );
}

function Checked({ outcome }: { outcome: Outcome }) {
  const { locale } = useLocale();
  return (
    <div className={css.fields}>
      <Notice tone="ok" title="The connection works">
        {outcome.serverVersion}, {durationText(outcome.latencyMs, locale)} away,{" "}
        {outcome.tls ? `encrypted (${outcome.tls})` : "not encrypted"}.
      </Notice>
      {outcome.warnings.map((warning) => (
        <Notice key={warning} tone="warn">
          {warning}
        </Notice>
      ))}
    </div>
  );
}
