import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { lazy, type ReactNode, Suspense, useMemo } from "react";
import { Card } from "../parts/Card";
import { Icon } from "../parts/Icon";
import { Kbd } from "../parts/Kbd";
import { Skeleton } from "../parts/Skeleton";
import { Tag } from "../parts/Tag";
import { tell, tellProblem } from "../parts/toast";
import { completionQuery, schemaOf } from "./calls";
import type { Fault } from "./fault";

const SqlEditor = lazy(async () => ({ default: (await import("./SqlEditor")).SqlEditor }));

const NAMES: Record<string, string> = {
  duckdb: "DuckDB",
  postgres: "PostgreSQL",
  mysql: "MySQL",
  sqlite: "SQLite",
};

interface SqlCardProps {
  sourceId: string;
  sql: string;
  /** What the SQL has to do with the sentence above it. */
  note?: string;
  /** Missing where it is only read. */
  onChange?: (sql: string) => void;
  onRun?: (sql: string) => void;
  isRunning?: boolean;
  /** Where the server found it wrong, when it was run last. */
  fault?: Fault | null;
  actions?: ReactNode;
}

/** The SQL of an answer: to be read, copied, corrected and run. */
export function SqlCard({ sourceId, sql, note, onChange, onRun, isRunning = false, fault = null, actions }: SqlCardProps) {
  const completion = useQuery(completionQuery(sourceId));
  const schema = useMemo(() => schemaOf(completion.data?.tables ?? []), [completion.data]);
  const dialect = completion.data?.dialect ?? "duckdb";
  const copy = () => {
    navigator.clipboard
      .writeText(sql)
      .then(() => tell("The SQL is copied."))
      .catch(tellProblem);
  };
  return (
    <Card
      isRuled
      title={
        <>
          SQL{" "}
          <Tag tone="ok" icon="lock">
            Read only
          </Tag>
        </>
      }
      sub={[NAMES[dialect] ?? dialect, note].filter(Boolean).join(", ")}
      actions={
        <>
          {actions}
          <Button size="xs" variant="subtle" leftSection={<Icon name="copy" size={14} />} onClick={copy}>
            Copy
          </Button>
          {onRun && (
            <Button
              size="xs"
              leftSection={<Icon name="play" size={14} />}
              rightSection={<Kbd>Ctrl ↵</Kbd>}
              loading={isRunning}
              disabled={!sql.trim()}
              onClick={() => onRun(sql)}
            >
              Run
            </Button>
          )}
        </>
      }
    >
      <Suspense fallback={<Skeleton shape="text" label="Loading the editor" />}>
        <SqlEditor
          value={sql}
          dialect={dialect}
          schema={schema}
          label="SQL"
          isReadOnly={!onChange}
          fault={fault}
          onChange={onChange}
          onRun={onRun}
        />
      </Suspense>
    </Card>
  );
}
