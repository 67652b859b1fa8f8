import { NativeSelect, Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api, type Schemas, unwrap } from "../../app/api";
import { Card } from "../../parts/Card";
import { useLocale } from "../../parts/locale";
import { numberText } from "../../parts/number";
import { Skeleton } from "../../parts/Skeleton";
import { EmptyState, ErrorState } from "../../parts/State";
import { ResultTable } from "../../visualizations/ResultTable";
import type { CatalogTable } from "../calls";
import { ACCESS } from "./calls";
import css from "./access.module.css";
import { tableText } from "./words";

interface PreviewCardProps {
  sourceId: string;
  zone: string;
  tables: readonly CatalogTable[];
  people: readonly Schemas["Person"][];
}

/** A table as somebody else sees it. */
export function PreviewCard({ sourceId, zone, tables, people }: PreviewCardProps) {
  const names = tables.map((table) => tableText({ table: table.name, schema: table.schema }));
  const [userId, setUserId] = useState<string | null>(null);
  const [name, setName] = useState(names[0] ?? "");
  const table = tables[names.indexOf(name)];
  const who = people.find((person) => person.userId === userId)?.name ?? "They";
  const seen = useQuery({
    queryKey: ["sources", "access", sourceId, "preview", userId, name],
    queryFn: () =>
      unwrap(
        api.POST(`${ACCESS}/preview`, {
          params: { path: { source_id: sourceId } },
          body: { userId: userId ?? "", table: table?.name ?? "", schema: table?.schema ?? null, rows: 50 },
        }),
      ),
    enabled: userId !== null && table !== undefined,
    staleTime: 0,
  });
  return (
    <Card title="Preview as" isReloading={seen.isFetching && !seen.isPending}>
      <div className={css.chosen}>
        <Select
          label="Person"
          placeholder="Choose somebody"
          searchable
          data={people.map((person) => ({ value: person.userId, label: `${person.name} (${person.email})` }))}
          value={userId}
          onChange={setUserId}
        />
        <NativeSelect label="Table" data={names} value={name} onChange={(event) => setName(event.currentTarget.value)} />
      </div>
      {userId === null ? (
        <EmptyState icon="eye" title="Choose somebody">
          You see the rows and columns that they see.
        </EmptyState>
      ) : seen.isPending ? (
        <Skeleton shape="rows" />
      ) : seen.isError ? (
        <ErrorState error={seen.error} onRetry={() => void seen.refetch()} />
      ) : seen.data.isHidden ? (
        <EmptyState icon="lock" title="The table is hidden">
          For {who} it does not exist.
        </EmptyState>
      ) : (
        <>
          <Facts seen={seen.data} who={who} />
          {seen.data.rows.length === 0 ? (
            <EmptyState icon="table" title="No rows">
              {who} sees none of this table’s rows. Do they have the attributes that its rules ask for?
            </EmptyState>
          ) : (
            <div className={css.rows}>
              <ResultTable
                label={`${name} as ${who} sees it`}
                columns={seen.data.columns}
                rows={seen.data.rows}
                totalRows={seen.data.visibleRows ?? undefined}
                zone={zone}
                hasTools={false}
              />
            </div>
          )}
        </>
      )}
    </Card>
  );
}

function Facts({ seen, who }: { seen: Schemas["SeenRows"]; who: string }) {
  const { locale } = useLocale();
  const count = (rows: number) => numberText(rows, locale, { fixed: 0 });
  const { visibleRows, allRows } = seen;
  const facts = [
    visibleRows === null || visibleRows === undefined
      ? null
      : allRows === null || allRows === undefined
        ? `${count(visibleRows)} rows`
        : `${count(visibleRows)} of ${count(allRows)} rows`,
    seen.hiddenColumns.length > 0 ? `hidden: ${seen.hiddenColumns.join(", ")}` : null,
    seen.maskedColumns.length > 0 ? `emptied: ${seen.maskedColumns.join(", ")}` : null,
  ].filter(Boolean);
  return (
    <p className={css.facts} aria-live="polite">
      {who} sees {facts.join(" · ") || "the table"}.
    </p>
  );
}
