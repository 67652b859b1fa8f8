import { NativeSelect } from "@mantine/core";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import type { CatalogColumn, CatalogTable } from "../../data_sources/calls";
import { Card } from "../../parts/Card";
import { IconButton } from "../../parts/IconButton";
import { MISSING } from "../../parts/number";
import { PlainTable } from "../../parts/PlainTable";
import { Tag } from "../../parts/Tag";
import type { Terms } from "./calls";
import { ColumnDialog } from "./ColumnDialog";
import { columnOf, SUMS, tableOf } from "./edit";
import { TableDialog } from "./TableDialog";
import css from "./terms.module.css";

interface ColumnsCardProps {
  terms: Terms;
  tables: CatalogTable[];
}

/** What the columns of one table mean; pale italics are suggested and not agreed yet. */
export function ColumnsCard({ terms, tables }: ColumnsCardProps) {
  const { table: wanted } = useSearch({ from: "/shell/sources/$id/terms" });
  const navigate = useNavigate();
  const [edited, setEdited] = useState<CatalogColumn | "table" | null>(null);
  const keyOf = (table: CatalogTable) => (table.schema ? `${table.schema}.${table.name}` : table.name);
  const shown = tables.find((table) => keyOf(table) === wanted) ?? tables[0];
  if (!shown) return null;
  const place = { table: shown.name, schema: shown.schema };
  const said = tableOf(terms.model, place);
  const suggested = tableOf(terms.proposal, place);
  const facts = [
    said?.label,
    said?.synonyms.length ? `also ${said.synonyms.join(", ")}` : null,
    (said?.timeColumn ?? suggested?.timeColumn) ? `by ${said?.timeColumn ?? suggested?.timeColumn}` : null,
    said?.intervalLabels ? `times are the ${said.intervalLabels} of the interval` : null,
  ].filter(Boolean);
  return (
    <Card
      title="Tables and columns"
      sub={facts.join(" · ")}
      isRuled
      actions={
        <>
          <NativeSelect
            aria-label="Table"
            value={keyOf(shown)}
            data={tables.map(keyOf)}
            onChange={(event) =>
              void navigate({
                to: "/sources/$id/terms",
                params: { id: terms.sourceId },
                search: { table: event.currentTarget.value },
                replace: true,
              })
            }
          />
          {terms.canEdit && (
            <IconButton icon="pencil" label={`Say more of table ${shown.name}`} onClick={() => setEdited("table")} />
          )}
        </>
      }
    >
      <PlainTable
        label={`Terms of ${shown.name}`}
        head={
          <>
            <th>Column</th>
            <th>People say</th>
            <th>Unit</th>
            <th>Used as</th>
            <th>Adds up</th>
            <th>Asking</th>
            {terms.canEdit && <th aria-label="Actions" />}
          </>
        }
      >
        {shown.columns.map((column) => (
          <ColumnRow
            key={column.name}
            column={column}
            said={columnOf(terms.model, place, column.name)}
            suggested={columnOf(terms.proposal, place, column.name)}
            onEdit={terms.canEdit ? () => setEdited(column) : undefined}
          />
        ))}
      </PlainTable>
      {edited === "table" && <TableDialog terms={terms} table={shown} onClose={() => setEdited(null)} />}
      {edited && edited !== "table" && (
        <ColumnDialog terms={terms} table={shown} column={edited} onClose={() => setEdited(null)} />
      )}
    </Card>
  );
}

interface ColumnRowProps {
  column: CatalogColumn;
  said: ReturnType<typeof columnOf>;
  suggested: ReturnType<typeof columnOf>;
  onEdit?: () => void;
}

function ColumnRow({ column, said, suggested, onEdit }: ColumnRowProps) {
  const sums = said?.addsUp ?? suggested?.addsUp;
  const weight = said?.addsUp ? said.weightedBy : suggested?.weightedBy;
  return (
    <tr>
      <td>
        <b>{column.name}</b>
        {(said?.description ?? column.description) && (
          <div className={css.under}>{said?.description ?? column.description}</div>
        )}
      </td>
      <td>{[said?.label, ...(said?.synonyms ?? [])].filter(Boolean).join(", ") || MISSING}</td>
      <td>
        <Value said={said?.unit} suggested={suggested?.unit ?? column.unit} />
      </td>
      <td>
        <Value said={said?.role} suggested={column.role} />
      </td>
      <td>
        <Value
          said={said?.addsUp && SUMS[said.addsUp]}
          suggested={sums && SUMS[sums]}
          after={sums === "weighted_mean" && weight ? ` weighted by ${weight}` : ""}
        />
      </td>
      <td>
        {said?.isHidden && <Tag tone="warn">hidden</Tag>}{" "}
        {(said?.isSensitive || suggested?.isSensitive) && (
          <Tag tone={said?.isSensitive ? "warn" : "plain"}>{said?.isSensitive ? "sensitive" : "sensitive?"}</Tag>
        )}
      </td>
      {onEdit && (
        <td>
          <IconButton icon="pencil" label={`Say more of ${column.name}`} onClick={onEdit} />
        </td>
      )}
    </tr>
  );
}

function Value({ said, suggested, after = "" }: { said?: string | null; suggested?: string | null; after?: string }) {
  if (said) return <>{said + after}</>;
  return suggested ? <span className={css.proposed}>{suggested + after}</span> : <>{MISSING}</>;
}
