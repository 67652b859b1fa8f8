import { UnstyledButton } from "@mantine/core";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { Page } from "../app/shell/Page";
import { Icon, type IconName } from "../parts/Icon";
import { ConnectFileForm } from "./ConnectFileForm";
import { ConnectForm } from "./ConnectForm";
import css from "./NewSourcePage.module.css";
import { Steps } from "./Steps";
import { UploadForm } from "./UploadForm";

const CHOICES: { kind: string; icon: IconName; title: string; text: string }[] = [
  { kind: "files", icon: "upload", title: "Drop a file", text: "CSV, TSV, JSON lines, Parquet or XLSX becomes a table." },
  { kind: "postgresql", icon: "database", title: "PostgreSQL", text: "Connect with a role that may only read." },
  { kind: "mysql", icon: "database", title: "MySQL or MariaDB", text: "Connect with a role that may only read." },
  { kind: "sqlite", icon: "file", title: "SQLite file", text: "Connect a file on the server, where it lies." },
  { kind: "duckdb", icon: "file", title: "DuckDB file", text: "Connect a file on the server, where it lies." },
];

/** Choose what to add, then connect it or upload it. */
export function NewSourcePage() {
  const { kind, into } = useSearch({ from: "/shell/sources/new" });
  const navigate = useNavigate();
  const chosen = CHOICES.find((choice) => choice.kind === kind);
  return (
    <Page
      title={chosen ? chosen.title : "Add data"}
      crumbs={[
        { label: "Data sources", to: "/sources" },
        ...(chosen ? [{ label: "Add data", to: "/sources/new" }] : []),
      ]}
    >
      {kind === "files" && <UploadForm into={into ?? null} />}
      {(kind === "postgresql" || kind === "mysql") && <ConnectForm key={kind} kind={kind} />}
      {(kind === "sqlite" || kind === "duckdb") && <ConnectFileForm key={kind} kind={kind} />}
      {!chosen && (
        <>
          <Steps names={["Choose", "Connect or upload", "Check what is inside", "Ready"]} at={0} />
          <ul className={css.choices}>
            {CHOICES.map((choice) => (
              <li key={choice.kind}>
                <UnstyledButton
                  className={css.choice}
                  onClick={() => void navigate({ to: "/sources/new", search: { kind: choice.kind } })}
                >
                  <Icon name={choice.icon} size={20} />
                  <span className={css.title}>{choice.title}</span>
                  <span className={css.text}>{choice.text}</span>
                </UnstyledButton>
              </li>
            ))}
          </ul>
        </>
      )}
    </Page>
  );
}
