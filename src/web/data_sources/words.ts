import type { Connection, Source } from "./calls";

export const KINDS: Record<Source["kind"], string> = {
  postgresql: "PostgreSQL",
  mysql: "MySQL or MariaDB",
  sqlite: "SQLite file",
  duckdb: "DuckDB file",
  files: "Uploaded files",
};

/** Where a source is, in a few words: "meters at db.example.org:5432". */
export function placeText(connection: Connection): string {
  switch (connection.kind) {
    case "postgresql":
    case "mysql":
      return `${connection.database} at ${connection.host}:${connection.port}`;
    case "sqlite":
    case "duckdb":
      return connection.path ?? "uploaded file";
    case "files":
      return "kept by Gridlens";
  }
}

/** "meters" of "/srv/data/meters.sqlite": what a file is called until somebody names it. */
export function nameOfFile(path: string): string {
  const last = path.split(/[/\\]/).at(-1) ?? "";
  return last.replace(/(?<=.)\.[^.]*$/, "");
}
