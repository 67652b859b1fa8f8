import { ActionIcon, Tooltip, UnstyledButton } from "@mantine/core";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useMemo, useRef, useState } from "react";
import { Icon } from "../parts/Icon";
import { useLocale } from "../parts/locale";
import { countText } from "../parts/number";
import { EmptyState } from "../parts/State";
import { tell, tellProblem } from "../parts/toast";
import css from "./ResultTable.module.css";
import { compareCells, csvOf, formatOf } from "./cells";
import type { Cell, Column } from "./types";

interface ResultTableProps {
  label: string;
  columns: readonly Column[];
  rows: readonly (readonly Cell[])[];
  /** How many rows there are where not all of them are here. */
  totalRows?: number;
  /** The zone in which times are written; the reader's own without it. */
  zone?: string;
  hasTools?: boolean;
}

interface Order {
  column: number;
  isDescending: boolean;
}

const ROW_PIXELS = 28;

/** Measured rows: numbers right with their unit in the header, sorted by a click, only what is seen drawn. */
export function ResultTable({ label, columns, rows, totalRows, zone, hasTools = true }: ResultTableProps) {
  const reader = useLocale();
  const reading = useMemo(() => (zone ? { ...reader, zone } : reader), [reader, zone]);
  const [order, setOrder] = useState<Order | null>(null);
  const frame = useRef<HTMLDivElement>(null);

  const formats = useMemo(
    () => columns.map((column, index) => formatOf(column, rows.map((row) => row[index] ?? null), reading)),
    [columns, rows, reading],
  );
  const sorted = useMemo(() => {
    if (!order) return rows;
    const sign = order.isDescending ? -1 : 1;
    return rows.toSorted((a, b) => {
      const [one, other] = [a[order.column] ?? null, b[order.column] ?? null];
      // Missing values stay last in both directions.
      return one === null || other === null ? compareCells(one, other) : sign * compareCells(one, other);
    });
  }, [rows, order]);

  const virtual = useVirtualizer({
    count: sorted.length,
    getScrollElement: () => frame.current,
    estimateSize: () => ROW_PIXELS,
    overscan: 20,
  });
  const items = virtual.getVirtualItems();
  const before = items[0]?.start ?? 0;
  const after = virtual.getTotalSize() - (items.at(-1)?.end ?? 0);

  if (rows.length === 0) {
    return (
      <EmptyState icon="table" title="No rows">
        Nothing fits these conditions. Widen the time range or remove a filter.
      </EmptyState>
    );
  }

  const copy = () => {
    navigator.clipboard
      .writeText([columns.map((column) => column.name), ...sorted].map((row) => row.join("\t")).join("\n"))
      .then(() => tell("The table is copied."))
      .catch(tellProblem);
  };
  const save = () => {
    const url = URL.createObjectURL(new Blob(["\uFEFF", csvOf(columns, sorted)], { type: "text/csv" }));
    const link = Object.assign(document.createElement("a"), { href: url, download: `${label}.csv` });
    link.click();
    URL.revokeObjectURL(url);
  };

  return (
    <div className={css.whole}>
      {/* The frame scrolls, so it has to be reachable by keyboard. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div ref={frame} className={css.frame} tabIndex={0} role="region" aria-label={label}>
        <table className={css.table} aria-rowcount={sorted.length + 1}>
          <thead>
            <tr>
              {formats.map((format, index) => {
                const isSorted = order?.column === index;
                const direction = order?.isDescending ? "descending" : "ascending";
                return (
                  <th
                    key={columns[index]?.name}
                    data-numeric={format.isNumeric || undefined}
                    aria-sort={isSorted ? direction : undefined}
                  >
                    <UnstyledButton
                      className={css.sort}
                      title={columns[index]?.description ?? undefined}
                      onClick={() => setOrder(nextOrder(order, index, format.isNumeric))}
                    >
                      {format.header}
                      {format.unit && <span className={css.unit}>{format.unit}</span>}
                      {isSorted && <Icon name={order?.isDescending ? "arrowDown" : "arrowUp"} size={12} />}
                    </UnstyledButton>
                  </th>
                );
              })}
            </tr>
          </thead>
          <tbody>
            {before > 0 && <Gap height={before} span={columns.length} />}
            {items.map((item) => {
              const row = sorted[item.index] ?? [];
              return (
                <tr key={item.key} aria-rowindex={item.index + 2}>
                  {formats.map((format, index) => (
                    <td key={columns[index]?.name} data-numeric={format.isNumeric || undefined}>
                      {format.text(row[index] ?? null)}
                    </td>
                  ))}
                </tr>
              );
            })}
            {after > 0 && <Gap height={after} span={columns.length} />}
          </tbody>
        </table>
      </div>
      {hasTools && (
        <div className={css.foot}>
          <span>
            {totalRows !== undefined && totalRows > rows.length
              ? `Showing ${countText(rows.length, "row", "rows", reading.locale)} of ${countText(totalRows, "row", "rows", reading.locale)}`
              : countText(rows.length, "row", "rows", reading.locale)}
          </span>
          <Tooltip label="Copy the rows">
            <ActionIcon size="xs" aria-label="Copy the rows" onClick={copy}>
              <Icon name="copy" size={14} />
            </ActionIcon>
          </Tooltip>
          <Tooltip label="Save as CSV">
            <ActionIcon size="xs" aria-label="Save the rows as CSV" onClick={save}>
              <Icon name="download" size={14} />
            </ActionIcon>
          </Tooltip>
        </div>
      )}
    </div>
  );
}

function Gap({ height, span }: { height: number; span: number }) {
  return (
    <tr aria-hidden="true">
      <td colSpan={span} style={{ height, padding: 0, border: 0 }} />
    </tr>
  );
}

/** First click: largest numbers or first letters on top; second: the other way; third: as it came. */
function nextOrder(order: Order | null, column: number, isNumeric: boolean): Order | null {
  if (order?.column !== column) return { column, isDescending: isNumeric };
  return order.isDescending === isNumeric ? { column, isDescending: !isNumeric } : null;
}
