import { Button, Checkbox, NativeSelect, NumberInput, SegmentedControl, TextInput } from "@mantine/core";
import "@mantine/core/styles/NumberInput.layer.css";
import { keepPreviousData, useMutation, useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { api, unwrap } from "../app/api";
import { asProblem } from "../app/problem";
import { Card } from "../parts/Card";
import { useLocale } from "../parts/locale";
import { Notice } from "../parts/Notice";
import { bytesText, countText, isNumber, numberText, THIN } from "../parts/number";
import { PlainTable } from "../parts/PlainTable";
import { Skeleton } from "../parts/Skeleton";
import { ErrorState } from "../parts/State";
import { Tag } from "../parts/Tag";
import { tell } from "../parts/toast";
import { bandPath } from "./band";
import { renewSources, sourcesQuery, type Task, useTask } from "./calls";
import { KindTiles } from "./KindTiles";
import { useMayChange } from "./ownership";
import { Steps } from "./Steps";
import {
  type BadRow,
  columnKey,
  type ColumnOptions,
  correctedQuery,
  type Corrections,
  type Preview,
  type ReadOptions,
  type Upload,
  UPLOAD_STEPS,
} from "./uploads";
import css from "./UploadForm.module.css";

interface UploadPreviewProps {
  upload: Upload;
  into: string | null;
  onLeave: () => void;
}

/** How a file was read, with everything that can be corrected, and the way into a table. */
export function UploadPreview({ upload, into, onLeave }: UploadPreviewProps) {
  const { locale, zone } = useLocale();
  const navigate = useNavigate();
  const [options, setOptions] = useState<ReadOptions | null>(null);
  const [typedTable, setTable] = useState<string | null>(null);
  const [corrections, setCorrections] = useState<Corrections>({});
  const found = useQuery({
    ...correctedQuery(upload.uploadId, options, corrections),
    placeholderData: keepPreviousData,
  });
  const table = typedTable ?? found.data?.tableName ?? "";
  const shown = found.data?.preview;
  const sources = useQuery(sourcesQuery);
  const mayChange = useMayChange();
  const [target, setTarget] = useState(into ?? "");
  const [sourceName, setSourceName] = useState(nameOf(upload.fileName));
  const [onBadRow, setOnBadRow] = useState<"reject" | "set_aside">("reject");
  const [taskId, setTaskId] = useState<string | null>(null);
  const [failed, setFailed] = useState<Task | null>(null);

  const task = useTask(taskId, (ended) => {
    setTaskId(null);
    if (ended.state === "failed") setFailed(ended);
    else {
      void renewSources();
      const aside = ended.outcome?.badRowCount ?? 0;
      tell(
        aside > 0
          ? `${table} is imported. ${countText(aside, "row was", "rows were", locale)} set aside.`
          : `${table} is imported.`,
      );
      void navigate({ to: "/sources/$id", params: { id: ended.sourceId }, search: { table } });
    }
  });
  const start = useMutation({
    mutationFn: async () => {
      setFailed(null);
      if (!shown) throw new Error("There is no preview yet.");
      return unwrap(
        api.POST("/api/v1/uploads/{upload_id}/import", {
          params: { path: { upload_id: upload.uploadId } },
          body: {
            options: shown.options,
            table,
            onBadRow,
            ifExists: "refuse",
            sourceId: target || null,
            newSource: target ? null : { name: sourceName, zone: shown.options.zone ?? zone },
          },
        }),
      );
    },
    onSuccess: ({ task: started }) => setTaskId(started.taskId),
  });

  if (found.isPending) return <Skeleton shape="rows" label="Reading the file" />;
  if (!shown) {
    return (
      <ErrorState
        error={found.error}
        actions={
          <Button size="xs" onClick={onLeave}>
            Choose another file
          </Button>
        }
      />
    );
  }
  // Without columns the server finds them anew under the changed option; the corrections are then applied again.
  const set = (change: Partial<ReadOptions>) =>
    setOptions({ ...(options ?? shown.options), ...change, columns: [] });
  const correct = (column: ColumnOptions, change: Corrections[string]) => {
    const key = columnKey(column);
    setCorrections((all) => ({ ...all, [key]: { ...all[key], ...change } }));
  };
  const files = sources.data?.filter((source) => source.kind === "files" && mayChange(source)) ?? [];
  const problem = start.error ? asProblem(start.error) : null;
  const isBusy = start.isPending || taskId !== null;

  const rowsText = `${shown.isWhole ? "" : "about "}${countText(shown.rowCount, "row", "rows", locale)}`;

  return (
    <>
      <Steps names={UPLOAD_STEPS} at={2} />
      <div className={css.notices}>
        {found.isError && <Notice tone="danger">{asProblem(found.error).message}</Notice>}
        {shown.cautions.map((caution) => (
          <Notice key={`${caution.code}${caution.column ?? ""}`} tone="warn">
            {caution.message}
          </Notice>
        ))}
        {problem && (
          <Notice tone="danger" title={problem.title}>
            {problem.message}
          </Notice>
        )}
        {failed && <Failed task={failed} />}
      </div>
      <div className={css.split}>
        <div className={css.column}>
          <Card isPadded>
            <KindTiles chosen="files" />
            <div className={css.file}>
              <span>
                {upload.fileName}
                <br />
                <small>
                  {bytesText(shown.sizeBytes, locale)}, {rowsText}
                </small>
              </span>
              <Tag tone="ok" icon="check">
                Read
              </Tag>
              <Button size="xs" disabled={isBusy} onClick={onLeave}>
                Choose another file
              </Button>
            </div>
          </Card>
          <Card title="Read as" isPadded>
            <div className={css.options}>
              <Options preview={shown} onChange={set} />
              <SegmentedControl
                aria-label="Rows that do not fit"
                fullWidth
                data={[
                  { value: "reject", label: "Reject bad rows" },
                  { value: "set_aside", label: "Set them aside" },
                ]}
                value={onBadRow}
                onChange={setOnBadRow}
              />
              <p>
                {onBadRow === "reject"
                  ? "A row that does not fit stops the import, with its line and reason."
                  : "Rows that do not fit go into a table beside this one, with their reasons."}
              </p>
            </div>
          </Card>
        </div>
        <Card
          title={upload.fileName}
          sub={`first ${numberText(shown.rows.length, locale)} of ${rowsText}`}
          actions={shown.badRowCount > 0 && <Tag tone="warn">{countText(shown.badRowCount, "row does", "rows do", locale)} not fit</Tag>}
          isRuled
          isReloading={found.isFetching}
        >
          <Rows preview={shown} onCorrect={correct} />
          {shown.overview && <OverviewBands overview={shown.overview} columns={shown.columns} />}
          {shown.badRows.length > 0 && (
            <BadRows rows={shown.badRows} count={shown.badRowCount} isWhole={shown.isWhole} />
          )}
          <div className={css.goes}>
            <NativeSelect
              label="Goes to"
              value={target}
              onChange={(event) => setTarget(event.currentTarget.value)}
              data={[
                { value: "", label: "A new data source" },
                ...files.map(({ sourceId, name }) => ({ value: sourceId, label: name })),
              ]}
            />
            {!target && (
              <TextInput
                label="Name of the data source"
                required
                maxLength={200}
                value={sourceName}
                onChange={(event) => setSourceName(event.currentTarget.value)}
              />
            )}
            <TextInput
              label="Name of the table"
              required
              maxLength={120}
              error={problem?.fields.table}
              value={table}
              onChange={(event) => setTable(event.currentTarget.value)}
            />
            <Button variant="filled" loading={isBusy} disabled={!table.trim() || found.isPlaceholderData} onClick={() => start.mutate()}>
              Import {shown.isWhole && onBadRow === "set_aside" ? countText(shown.rowCount - shown.badRowCount, "row", "rows", locale) : rowsText}
            </Button>
          </div>
          {task && taskId && (
            <progress
              className={css.progress}
              value={task.total ? task.done / task.total : undefined}
              max={1}
              aria-label="Import"
            />
          )}
        </Card>
      </div>
    </>
  );
}

const DELIMITERS = [
  { value: ",", label: "Comma ," },
  { value: ";", label: "Semicolon ;" },
  { value: "\t", label: "Tab" },
  { value: "|", label: "Bar |" },
  { value: " ", label: "Space" },
];
const ENCODINGS = ["utf-8", "windows-1252", "iso-8859-1", "iso-8859-15", "utf-16-le", "utf-16-be", "cp850", "mac-roman"];
const THOUSANDS = [
  { value: "", label: "Nothing" },
  { value: ".", label: "Point ." },
  { value: ",", label: "Comma ," },
  { value: " ", label: "Space" },
  { value: "'", label: "Apostrophe '" },
] as const;
const ORDERS = [
  { value: "ymd", label: "year, month, day" },
  { value: "dmy", label: "day, month, year" },
  { value: "mdy", label: "month, day, year" },
] as const;

function Options({ preview, onChange }: { preview: Preview; onChange: (change: Partial<ReadOptions>) => void }) {
  const { options, sheets } = preview;
  const isText = options.format === "csv";
  const withCurrent = (values: string[], value: string) => [...new Set([value, ...values])];
  return (
    <>
      {isText && (
        <>
          <NativeSelect
            label="Columns are separated by"
            value={options.delimiter}
            onChange={(event) => onChange({ delimiter: event.currentTarget.value })}
            data={DELIMITERS}
          />
          <NativeSelect
            label="Encoding"
            value={options.encoding}
            onChange={(event) => onChange({ encoding: event.currentTarget.value })}
            data={withCurrent(ENCODINGS, options.encoding)}
          />
          <Checkbox
            label="Decimal comma"
            checked={options.decimalComma}
            onChange={(event) => onChange({ decimalComma: event.currentTarget.checked, thousands: "" })}
          />
          <NativeSelect
            label="Thousands are separated by"
            value={options.thousands}
            onChange={(event) => {
              const thousands = THOUSANDS.find(({ value }) => value === event.currentTarget.value)?.value ?? "";
              // A sign between thousands leaves the other one for the decimals.
              const decimal = thousands === "." ? { decimalComma: true } : thousands === "," && { decimalComma: false };
              onChange({ thousands, ...decimal });
            }}
            data={THOUSANDS.map((each) => ({ ...each }))}
          />
          <NativeSelect
            label="Order of dates"
            value={options.dateOrder}
            onChange={(event) =>
              onChange({ dateOrder: ORDERS.find(({ value }) => value === event.currentTarget.value)?.value ?? "ymd" })
            }
            data={ORDERS.map((each) => ({ ...each }))}
          />
        </>
      )}
      {sheets.length > 1 && (
        <NativeSelect
          label="Sheet"
          value={options.sheet ?? sheets[0]}
          onChange={(event) => onChange({ sheet: event.currentTarget.value })}
          data={[...sheets]}
        />
      )}
      {(isText || options.format === "xlsx") && (
        <NumberInput
          label="Heading in row (0 for none)"
          min={0}
          max={10_000}
          allowDecimal={false}
          value={options.headerRow ?? 0}
          onChange={(value) => onChange({ headerRow: Number(value) || null })}
        />
      )}
      <NativeSelect
        label="Time zone of times without one"
        value={options.zone ?? "UTC"}
        onChange={(event) => onChange({ zone: event.currentTarget.value })}
        data={withCurrent(["UTC", ...Intl.supportedValuesOf("timeZone")], options.zone ?? "UTC")}
      />
    </>
  );
}

const KINDS = ["text", "integer", "number", "boolean", "date", "time", "timestamp", "json"] as const;

interface RowsProps {
  preview: Preview;
  onCorrect: (column: ColumnOptions, change: Corrections[string]) => void;
}

function Rows({ preview, onCorrect }: RowsProps) {
  const { columns, rows, options } = preview;
  const { locale } = useLocale();
  const change = (index: number, part: Corrections[string]) => {
    const column = options.columns[index];
    if (column) onCorrect(column, part);
  };
  return (
    // The wrapper scrolls, so it has to be reachable by keyboard.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className={css.scroll} tabIndex={0} role="region" aria-label="First rows of the file">
      <table className={css.table}>
        <thead>
          <tr>
            {columns.map((column, index) => (
              <th key={column.name} data-numeric={column.kind === "number" || column.kind === "integer" || undefined}>
                {column.name}
                <div className={css.kind}>
                  <NativeSelect
                    size="xs"
                    aria-label={`Type of ${column.name}`}
                    value={column.kind}
                    onChange={(event) => {
                      const kind = KINDS.find((each) => each === event.currentTarget.value);
                      if (kind) change(index, { kind, isGuess: false });
                    }}
                    data={[...new Set([column.kind, ...KINDS])].map((value) => ({
                      value,
                      label: value === "timestamp" ? "date with time" : value,
                    }))}
                  />
                  <TextInput
                    size="xs"
                    w={70}
                    aria-label={`Unit of ${column.name}`}
                    placeholder="unit"
                    maxLength={40}
                    defaultValue={column.unit ?? ""}
                    onBlur={(event) => {
                      const unit = event.currentTarget.value.trim() || null;
                      if (unit !== column.unit) change(index, { unit });
                    }}
                  />
                </div>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.line} data-bad={row.problem ? true : undefined} title={row.problem ?? undefined}>
              {columns.map((column, index) => {
                const value = row.values[index] ?? null;
                const isNumeric = typeof value === "number";
                return (
                  <td key={column.name} data-numeric={isNumeric || undefined} title={row.texts[index] ?? undefined}>
                    {isNumeric ? numberText(value, locale, { most: 6 }) : String(value ?? row.texts[index] ?? "–")}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const WIDTH = 800;
const HEIGHT = 120;
const MOST_BANDS = 3;

interface OverviewProps {
  overview: NonNullable<Preview["overview"]>;
  columns: Preview["columns"];
}

/** Whole columns along the file, so that gaps and jumps are seen before anything is imported. */
function OverviewBands({ overview, columns }: OverviewProps) {
  const { locale } = useLocale();
  return (
    <div className={css.overview}>
      {overview.spans.slice(0, MOST_BANDS).map((span) => {
        const unit = columns.find(({ name }) => name === span.column)?.unit;
        const known = [...span.low, ...span.high].filter(isNumber);
        const ends = [Math.min(...known), Math.max(...known)].map((each) => numberText(each, locale));
        return (
          <figure key={span.column}>
            <figcaption>
              <span>
                <b>{span.column}</b>
                {unit ? `${unit}, whole file` : "whole file"}
              </span>
              {known.length > 0 && <span>{`${ends.join(" to ")}${unit ? `${THIN}${unit}` : ""}`}</span>}
            </figcaption>
            <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} width="100%" height={HEIGHT} preserveAspectRatio="none" role="img">
              <title>{`The whole column ${span.column}, so that gaps and jumps are seen`}</title>
              <path d={bandPath(span.low, span.high, WIDTH, HEIGHT)} />
            </svg>
          </figure>
        );
      })}
    </div>
  );
}

function BadRows({ rows, count, isWhole }: { rows: readonly BadRow[]; count: number; isWhole: boolean }) {
  const { locale } = useLocale();
  return (
    <PlainTable
      label="Rows that do not fit"
      head={
        <>
          <th>
            {isWhole ? "" : "At least "}
            {countText(count, "row does", "rows do", locale)} not fit: line
          </th>
          <th>Column</th>
          <th>Reason</th>
          <th>Text</th>
        </>
      }
    >
      {rows.slice(0, 50).map((row) => (
        <tr key={`${row.line}${row.column ?? ""}`}>
          <td>{row.line}</td>
          <td>{row.column ?? "–"}</td>
          <td>{row.reason}</td>
          <td>{row.text}</td>
        </tr>
      ))}
    </PlainTable>
  );
}

/** Why an import stopped; bad rows are listed with line and reason. */
function Failed({ task }: { task: Task }) {
  const outcome: unknown = task.outcome;
  const rows: unknown = Reflect.get(Object(outcome), "badRows");
  return (
    <>
      <Notice tone="danger" title="Nothing was imported">
        {task.error}
      </Notice>
      {Array.isArray(rows) && rows.length > 0 && (
        <Card>
          <BadRows rows={rows} count={Number(Reflect.get(Object(outcome), "badRowCount") ?? rows.length)} isWhole />
        </Card>
      )}
    </>
  );
}

function nameOf(fileName: string): string {
  return fileName.replace(/\.[^.]+$/u, "").slice(0, 200) || "Files";
}
