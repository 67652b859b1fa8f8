import { TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { asProblem } from "../app/problem";
import { useLocale } from "../parts/locale";
import { Notice } from "../parts/Notice";
import { durationText } from "../parts/time";
import { fileFoldersQuery } from "./calls";
import css from "./ConnectForm.module.css";
import { ConnectFrame, useConnecting } from "./ConnectFrame";
import { KINDS, nameOfFile } from "./words";

/** A database file on the server: its path, tried before it is saved. */
export function ConnectFileForm({ kind }: { kind: "sqlite" | "duckdb" }) {
  const { locale } = useLocale();
  const [path, setPath] = useState("");
  const folders = useQuery(fileFoldersQuery);
  const listed = folders.data?.folders ?? [];
  const connection = { kind, path: path.trim() };
  const fallbackName = nameOfFile(connection.path);
  const connecting = useConnecting({ connection, password: "", fallbackName });
  const outcome = connecting.test.data;

  return (
    <ConnectFrame
      kind={kind}
      connecting={connecting}
      isFilled={connection.path !== "" && listed.length > 0}
      namePlaceholder={fallbackName || "meters"}
      lead={
        <>
          {folders.isError && <Notice tone="danger">{asProblem(folders.error).message}</Notice>}
          {folders.isSuccess && listed.length === 0 && (
            <Notice tone="warn" title="No folder may be connected yet">
              Whoever runs this server lists the folders whose files may be connected in GRIDLENS_FILE_ROOTS, and starts
              it again. Until then,{" "}
              <Link to="/sources/new" search={{ kind: "files" }}>
                upload tables as files
              </Link>
              .
            </Notice>
          )}
        </>
      }
      found={
        outcome && (
          <Notice tone="ok" title="The file can be read">
            {outcome.serverVersion}, opened in {durationText(outcome.latencyMs, locale)}.
          </Notice>
        )
      }
      promise={`The test opens the ${KINDS[kind]} and says which version reads it.`}
    >
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
        error={connecting.problem?.fields.path}
        value={path}
        onChange={(event) => {
          setPath(event.currentTarget.value);
          connecting.forget();
        }}
      />
      <p className={css.hint}>The file is only read, where it lies: what its owner writes into it is seen here.</p>
    </ConnectFrame>
  );
}
