import { ActionIcon, Button, Tooltip, UnstyledButton } from "@mantine/core";
import { useMemo, useRef } from "react";
import { Icon } from "../parts/Icon";
import { useLocale } from "../parts/locale";
import { numberText } from "../parts/number";
import { tell, tellProblem } from "../parts/toast";
import css from "./ResultTable.module.css";
import { csvOf, formatOf } from "./cells";
import { ColumnFilter } from "./ColumnFilter";
import { extentText } from "./extent";
import { filteredBy, filterOf, PAGE_ROWS, sortedBy, turned } from "./paging";
import type { GridContent, Provenance } from "./types";
import type { Paging } from "./useDetail";

interface PagedTableProps {
  label: string;
  /** The rows of the page, or the first ones. */
  grid: GridContent;
  /** Of the answer: in its zone times are written and filters are read, and it may itself be cut. */
  provenance: Provenance;
  paging: Paging;
}

/** An answer of any size, page by page: sorted, filtered and counted by the server over all of its rows. */
export function PagedTable({ label, grid, provenance, paging }: PagedTableProps) {
  const { zone, isCut, rowCount, totalRows: allThereAre } = provenance;
  const reader = useLocale();
  const reading = useMemo(() => ({ ...reader, zone }), [reader, zone]);
  const { page, onPage } = paging;
  const { columns, totalRows } = grid;
  const rows = grid.rows.slice(0, PAGE_ROWS);
  const frame = useRef<HTMLDivElement>(null);
  const formats = columns.map((column, index) =>
    formatOf(column, rows.map((row) => row[index] ?? null), reading, grid.largest[index] ?? undefined),
  );
  const all = grid.allRows ?? totalRows;
  const count = (each: number) => numberText(each, reading.locale);
  const first = grid.offset;
  const last = first + rows.length;
  const turn = (offset: number) => {
    frame.current?.scrollTo({ top: 0 });
    onPage(turned(page, offset, totalRows));
  };
  const text = () => [columns.map((column) => column.name), ...rows].map((row) => row.join("\t")).join("\n");
  const copy = () => {
    navigator.clipboard
      .writeText(text())
      .then(() => tell("The rows of this page are copied."))
      .catch(tellProblem);
  };
  const save = () => {
    const url = URL.createObjectURL(new Blob(["\uFEFF", csvOf(columns, rows)], { type: "text/csv" }));
    Object.assign(document.createElement("a"), { href: url, download: `${label}.csv` }).click();
    URL.revokeObjectURL(url);
  };

  return (
    <div className={css.whole}>
      {/* The frame scrolls, so it has to be reachable by keyboard. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div ref={frame} className={css.frame} tabIndex={0} role="region" aria-label={label}>
        <table className={css.table} aria-rowcount={totalRows + 1}>
          <thead>
            <tr>
              {columns.map((column, index) => {
                const format = formats[index];
                const order = page?.order?.column === column.name ? page.order : null;
                return (
                  <th
                    key={column.name}
                    data-numeric={format?.isNumeric || undefined}
                    aria-sort={order ? (order.isDescending ? "descending" : "ascending") : undefined}
                  >
                    <UnstyledButton
                      className={css.sort}
                      title={column.description ?? undefined}
                      onClick={() => onPage(sortedBy(page, column.name, format?.isNumeric ?? false))}
                    >
                      {format?.header}
                      {format?.unit && <span className={css.unit}>{format.unit}</span>}
                      {order && <Icon name={order.isDescending ? "arrowDown" : "arrowUp"} size={12} />}
                    </UnstyledButton>
                    <ColumnFilter
                      column={column}
                      name={format?.header ?? column.name}
                      unit={format?.unit ?? null}
                      factor={format?.factor ?? 1}
                      zone={zone}
                      filter={filterOf(page, column.name)}
                      onFilter={(filter) => onPage(filteredBy(page, column.name, filter))}
                    />
                  </th>
                );
              })}
            </tr>
          </thead>
          <tbody>
            {rows.map((row, place) => (
              // oxlint-disable-next-line react/no-array-index-key -- a row has no name but its place
              <tr key={first + place} aria-rowindex={first + place + 2}>
                {formats.map((format, index) => (
                  <td key={columns[index]?.name} data-numeric={format.isNumeric || undefined}>
                    {format.text(row[index] ?? null)}
                  </td>
                ))}
              </tr>
            ))}
            {rows.length === 0 && (
              <tr>
                <td colSpan={columns.length}>
                  {all > 0 ? "No row fits these filters." : "No rows. Widen the time range or remove a filter."}
                </td>
              </tr>
            )}
          </tbody>
        </table>
      </div>
      <div className={css.foot}>
        <span role="status">
          {rows.length > 0 ? `Showing ${count(first + 1)}–${count(last)} of ${count(totalRows)} rows` : "Showing no rows"}
          {totalRows < all && `, filtered from ${count(all)}`}
          {isCut && (
            <span className={css.cut}> · {extentText(rowCount, allThereAre ?? null, reading.locale)}; the others are neither sorted nor filtered</span>
          )}
        </span>
        {page && (page.filters.length > 0 || page.order) && (
          <Button size="xs" variant="subtle" onClick={() => onPage(null)}>
            As it came
          </Button>
        )}
        <Button size="xs" disabled={first === 0} onClick={() => turn(first - PAGE_ROWS)}>
          Previous
        </Button>
        <Button size="xs" disabled={last >= totalRows} onClick={() => turn(first + PAGE_ROWS)}>
          Next
        </Button>
        <Tooltip label="Copy these rows">
          <ActionIcon size="xs" aria-label="Copy these rows" onClick={copy}>
            <Icon name="copy" size={14} />
          </ActionIcon>
        </Tooltip>
        <Tooltip label="Save these rows as CSV">
          <ActionIcon size="xs" aria-label="Save these rows as CSV" onClick={save}>
            <Icon name="download" size={14} />
          </ActionIcon>
        </Tooltip>
      </div>
    </div>
  );
}
