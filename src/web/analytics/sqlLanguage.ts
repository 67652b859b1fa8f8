import { MariaSQL, PostgreSQL, SQLite, type SQLDialect, sql } from "@codemirror/lang-sql";
import type { LanguageSupport } from "@codemirror/language";

const DIALECTS: Record<string, SQLDialect> = {
  postgres: PostgreSQL,
  // DuckDB reads PostgreSQL's words, and few of its own.
  duckdb: PostgreSQL,
  mysql: MariaSQL,
  sqlite: SQLite,
};

/** The words of a source: its dialect's, its tables and their columns. */
export function languageOf(dialect: string, schema: Record<string, string[]>): LanguageSupport {
  return sql({
    dialect: DIALECTS[dialect] ?? PostgreSQL,
    schema,
    // PostgreSQL finds these without their schema, and so do people.
    defaultSchema: dialect === "postgres" ? "public" : undefined,
    upperCaseKeywords: true,
  });
}
