import { ActionIcon, Button, Modal, NativeSelect, SegmentedControl, Textarea, TextInput } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api, unwrap } from "../app/api";
import { Card } from "../parts/Card";
import { Icon } from "../parts/Icon";
import { useLocale } from "../parts/locale";
import { MISSING, numberText, THIN } from "../parts/number";
import { PlainTable } from "../parts/PlainTable";
import { Skeleton } from "../parts/Skeleton";
import { ErrorState } from "../parts/State";
import { dateText, durationText, timeText } from "../parts/time";
import { tellProblem } from "../parts/toast";
import { ResultTable } from "../visualizations/ResultTable";
import { type CatalogColumn, type CatalogTable, renewSources, sampleQuery } from "./calls";
import css from "./TableView.module.css";

type View = "columns" | "sample";

interface TableViewProps {
  sourceId: string;
  table: CatalogTable;
  mayManage: boolean;
  zone: string;
}

/** One table: what each of its columns holds, or its first rows. */
export function TableView({ sourceId, table, mayManage, zone }: TableViewProps) {
  const { locale } = useLocale();
  const [view, setView] = useState<View>("columns");
  const [edited, setEdited] = useState<CatalogColumn | null>(null);
  const rows = table.rowCount === null || table.rowCount === undefined ? null : table.rowCount;
  const facts = [
    rows === null ? null : `${numberText(rows, locale, { fixed: 0 })} rows`,
    table.intervalSeconds ? `every ${durationText(table.intervalSeconds * 1000, locale)}` : null,
    table.primaryKey.length > 0 ? `key ${table.primaryKey.join(", ")}` : null,
  ].filter(Boolean);
  return (
    <Card
      title={table.name}
      sub={facts.join(" · ")}
      isRuled
      actions={
        <SegmentedControl
          aria-label="What to show of the table"
          data={[
            { value: "columns", label: "Columns" },
            { value: "sample", label: "First rows" },
          ]}
          value={view}
          onChange={setView}
        />
      }
    >
      {table.description && <p className={css.description}>{table.description}</p>}
      {view === "columns" ? (
        <PlainTable
          label={`Columns of ${table.name}`}
          head={
            <>
              <th>Column</th>
              <th>Type</th>
              <th>Unit</th>
              <th>Used as</th>
              <th>Missing</th>
              <th>Distinct</th>
              <th>From</th>
              <th>To</th>
              {mayManage && <th aria-label="Actions" />}
            </>
          }
        >
          {table.columns.map((column) => (
            <ColumnRow
              key={column.name}
              table={table}
              column={column}
              zone={zone}
              onEdit={mayManage ? () => setEdited(column) : undefined}
            />
          ))}
        </PlainTable>
      ) : (
        <Sample sourceId={sourceId} table={table} zone={zone} />
      )}
      {edited && <ColumnDialog sourceId={sourceId} table={table} column={edited} onClose={() => setEdited(null)} />}
    </Card>
  );
}

interface ColumnRowProps {
  table: CatalogTable;
  column: CatalogColumn;
  zone: string;
  onEdit?: () => void;
}

function ColumnRow({ table, column, zone, onEdit }: ColumnRowProps) {
  const reading = { ...useLocale(), zone };
  const { locale } = reading;
  const { profile } = column;
  const link = table.foreignKeys.find((key) => key.columns.includes(column.name));
  const edge = (value: string | number | null | undefined) =>
    typeof value === "number"
      ? numberText(value, locale, { significant: 5 })
      : column.kind === "timestamp" && value
        ? `${dateText(new Date(value), reading)} ${timeText(new Date(value), reading)}`
        : (value ?? MISSING);
  const top = profile?.topValues.map(({ value }) => value).join(", ");
  return (
    <tr>
      <td>
        <b>{column.name}</b>
        {table.primaryKey.includes(column.name) && <span className={css.mark}> key</span>}
        {link && <span className={css.mark}> → {link.table}</span>}
        {column.description && <div className={css.under}>{column.description}</div>}
        {top && column.kind === "text" && (
          <div className={css.under} title={top}>
            {top}
          </div>
        )}
      </td>
      <td>
        {column.kind}
        <div className={css.under}>{column.nativeType}</div>
      </td>
      <td>{column.unit || MISSING}</td>
      <td>{column.role}</td>
      <td className={css.number}>{profile ? shareText(profile.nullShare, locale) : MISSING}</td>
      <td className={css.number}>{numberText(profile?.distinctCount ?? null, locale, { fixed: 0 })}</td>
      <td className={css.edge}>{edge(profile?.minimum)}</td>
      <td className={css.edge}>{edge(profile?.maximum)}</td>
      {onEdit && (
        <td>
          <ActionIcon size="sm" aria-label={`Describe ${column.name}`} onClick={onEdit}>
            <Icon name="pencil" size={14} />
          </ActionIcon>
        </td>
      )}
    </tr>
  );
}

/** Never says "0 %" of something that is missing here and there. */
function shareText(share: number, locale: string): string {
  if (share > 0 && share < 0.001) return `< ${numberText(0.1, locale)}${THIN}%`;
  return `${numberText(share * 100, locale, { most: 1 })}${THIN}%`;
}

function Sample({ sourceId, table, zone }: Pick<TableViewProps, "sourceId" | "table" | "zone">) {
  const sample = useQuery(sampleQuery(sourceId, table));
  if (sample.isPending) return <Skeleton shape="rows" />;
  if (sample.isError) return <ErrorState error={sample.error} onRetry={() => void sample.refetch()} />;
  return (
    <div className={css.sample}>
      <ResultTable
        label={table.name}
        columns={sample.data.columns}
        rows={sample.data.rows}
        totalRows={table.rowCount ?? undefined}
        zone={zone}
      />
    </div>
  );
}

const ROLES = ["time", "measure", "dimension", "key"] as const;

interface ColumnDialogProps {
  sourceId: string;
  table: CatalogTable;
  column: CatalogColumn;
  onClose: () => void;
}

/** What people know of a column and its database does not say. */
function ColumnDialog({ sourceId, table, column, onClose }: ColumnDialogProps) {
  const [unit, setUnit] = useState(column.unit ?? "");
  const [description, setDescription] = useState(column.description ?? "");
  const [role, setRole] = useState(column.role);
  const save = useMutation({
    mutationFn: () =>
      unwrap(
        api.PATCH("/api/v1/sources/{source_id}/catalog/column", {
          params: { path: { source_id: sourceId } },
          body: {
            table: table.name,
            schema: table.schema ?? null,
            column: column.name,
            unit,
            role,
            description: description || null,
          },
        }),
      ),
    onSuccess: async () => {
      await renewSources();
      onClose();
    },
    onError: (error) => tellProblem(error),
  });
  return (
    <Modal opened onClose={onClose} title={`${table.name}.${column.name}`}>
      <form
        className={css.dialog}
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate();
        }}
      >
        <TextInput
          label="Unit"
          description="As it is written on screen: kWh, MW, €/MWh, °C. Empty when there is none."
          maxLength={40}
          data-autofocus
          value={unit}
          onChange={(event) => setUnit(event.currentTarget.value)}
        />
        <NativeSelect
          label="Used as"
          value={role}
          onChange={(event) => setRole(ROLES.find((each) => each === event.currentTarget.value) ?? role)}
          data={[...ROLES]}
        />
        <Textarea
          label="Description"
          maxLength={2000}
          autosize
          minRows={2}
          value={description}
          onChange={(event) => setDescription(event.currentTarget.value)}
        />
        <div className={css.buttons}>
          <Button variant="subtle" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" variant="filled" loading={save.isPending}>
            Save
          </Button>
        </div>
      </form>
    </Modal>
  );
}
