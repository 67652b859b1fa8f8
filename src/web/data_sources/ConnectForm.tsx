import { NativeSelect, NumberInput, PasswordInput, TextInput } from "@mantine/core";
import "@mantine/core/styles/NumberInput.layer.css";
import "@mantine/core/styles/PasswordInput.layer.css";
import { useState } from "react";
import { useLocale } from "../parts/locale";
import { Notice } from "../parts/Notice";
import { durationText } from "../parts/time";
import type { Connection } from "./calls";
import css from "./ConnectForm.module.css";
import { ConnectFrame, useConnecting } from "./ConnectFrame";

type Server = Extract<Connection, { kind: "postgresql" | "mysql" }>;

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
  const { locale } = useLocale();
  const [connection, setConnection] = useState<Server>(() => fresh(kind));
  const [password, setPassword] = useState("");
  const connecting = useConnecting({ connection, password, fallbackName: connection.database });
  const { problem, forget } = connecting;
  const outcome = connecting.test.data;
  const set = (change: Partial<Pick<Server, "host" | "port" | "database" | "user" | "tls">>) => {
    setConnection({ ...connection, ...change });
    forget();
  };

  return (
    <ConnectFrame
      kind={kind}
      connecting={connecting}
      isFilled={connection.host !== "" && connection.database !== "" && connection.user !== ""}
      namePlaceholder={connection.database || "metering"}
      found={
        outcome && (
          <Notice tone="ok" title="The connection works">
            {outcome.serverVersion}, {durationText(outcome.latencyMs, locale)} away,{" "}
            {outcome.tls ? `encrypted (${outcome.tls})` : "not encrypted"}.
          </Notice>
        )
      }
      promise="The test says how far the server is, which version it runs, whether the connection is encrypted, and whether this role could write."
    >
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
            forget();
          }}
        />
      </div>
      <p className={css.hint}>A role that may only read is best. The password is kept sealed and never shown again.</p>
      <NativeSelect
        label="Encryption"
        value={connection.tls}
        onChange={(event) => set({ tls: TLS.find(({ value }) => value === event.currentTarget.value)?.value ?? "verify" })}
        data={TLS.map((each) => ({ ...each }))}
      />
    </ConnectFrame>
  );
}
