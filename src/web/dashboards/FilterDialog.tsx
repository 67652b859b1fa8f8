import { Modal, TextInput, UnstyledButton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Icon } from "../parts/Icon";
import { Skeleton } from "../parts/Skeleton";
import { EmptyState, ErrorState } from "../parts/State";
import { columnsQuery, type FilterColumn } from "./columns";
import css from "./FilterDialog.module.css";
import type { FilterSlot, Layout } from "./types";

interface FilterDialogProps {
  layout: Layout;
  onAdd: (slot: FilterSlot) => void;
  onClose: () => void;
}

/** Chooses a column by whose values viewers may narrow the whole dashboard. */
export function FilterDialog({ layout, onAdd, onClose }: FilterDialogProps) {
  const chartIds = layout.widgets.flatMap((widget) => ("chartId" in widget ? [widget.chartId] : []));
  const columns = useQuery(columnsQuery(chartIds));
  const [words, setWords] = useState("");
  const taken = new Set(layout.filters.map((slot) => slot.column));
  const found = columns.data?.filter(
    ({ name, label }) => !taken.has(name) && `${name} ${label}`.toLowerCase().includes(words.trim().toLowerCase()),
  );
  const add = ({ name, label, values }: FilterColumn) =>
    onAdd({ column: name, label: label === name ? "" : label, operator: "in", allowed: [...values], chosen: [] });
  return (
    <Modal opened onClose={onClose} title="Add a filter">
      <TextInput
        label="Column"
        placeholder="Find a column of this dashboard’s data"
        data-autofocus
        value={words}
        onChange={(event) => setWords(event.currentTarget.value)}
      />
      {columns.isPending && <Skeleton shape="rows" />}
      {columns.isError && <ErrorState error={columns.error} onRetry={() => void columns.refetch()} />}
      {found?.length === 0 && (
        <EmptyState icon="filter" title="No such column">
          {columns.data?.length === 0
            ? "Put charts on the dashboard first: filters choose among the values of their tables."
            : "Try another word."}
        </EmptyState>
      )}
      <ul className={css.list} aria-label="Columns">
        {found?.map((column) => (
          <li key={column.name}>
            <UnstyledButton className={css.column} onClick={() => add(column)}>
              <span className={css.name}>{column.label}</span>
              <span className={css.values}>{column.values.slice(0, 4).map(String).join(", ")}</span>
              <Icon name="plus" size={14} />
            </UnstyledButton>
          </li>
        ))}
      </ul>
    </Modal>
  );
}
