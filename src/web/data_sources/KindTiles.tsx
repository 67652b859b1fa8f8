import { Link } from "@tanstack/react-router";
import css from "./KindTiles.module.css";

const KINDS = [
  { kind: "postgresql", name: "PostgreSQL", under: "database" },
  { kind: "mysql", name: "MySQL", under: "or MariaDB" },
  { kind: "sqlite", name: "SQLite", under: "file on the server" },
  { kind: "duckdb", name: "DuckDB", under: "file on the server" },
  { kind: "files", name: "File", under: "CSV, Parquet" },
];

/** What is being added, and the other kinds a click away. */
export function KindTiles({ chosen }: { chosen: string }) {
  return (
    <nav className={css.tiles} aria-label="Kind of source">
      {KINDS.map(({ kind, name, under }) => (
        <Link
          key={kind}
          to="/sources/new"
          search={{ kind }}
          className={css.tile}
          aria-current={kind === chosen ? "true" : undefined}
        >
          <b>{name}</b>
          <span>{under}</span>
        </Link>
      ))}
    </nav>
  );
}
