import { ActionIcon, Button, NativeSelect, Popover, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { Icon } from "../parts/Icon";
import css from "./ColumnFilter.module.css";
import { namesOf } from "./cells";
import { between, choosing } from "./paging";
import type { CellFilter, Column } from "./types";

interface ColumnFilterProps {
  column: Column;
  /** As the reader knows the column. */
  name: string;
  /** The unit in which its numbers are shown and typed, and how many of it make one of the column's own. */
  unit: string | null;
  factor: number;
  zone: string;
  filter: CellFilter | undefined;
  onFilter: (filter: CellFilter | null) => void;
}

/** Narrows a table by one of its columns: words, a range, or yes and no. */
export function ColumnFilter(props: ColumnFilterProps) {
  const { column, name, filter } = props;
  const [isOpen, setOpen] = useState(false);
  if (choosing(column) === null) return null;
  return (
    <Popover opened={isOpen} onChange={setOpen} position="bottom-end" trapFocus withinPortal>
      <Popover.Target>
        <ActionIcon
          size="xs"
          variant={filter ? "filled" : "subtle"}
          aria-label={filter ? `Change the filter of ${name}` : `Filter ${name}`}
          onClick={() => setOpen(!isOpen)}
        >
          <Icon name="filter" size={12} />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown>{isOpen && <Fields {...props} onDone={() => setOpen(false)} />}</Popover.Dropdown>
    </Popover>
  );
}

const INPUTS = { numbers: "text", instants: "datetime-local", days: "date" } as const;

function Fields({ column, name, unit, factor, zone, filter, onFilter, onDone }: ColumnFilterProps & { onDone: () => void }) {
  const by = choosing(column);
  const shown = (edge: string | number | null | undefined) =>
    typeof edge === "number" ? String(Number((edge * factor).toPrecision(12))) : (edge ?? "");
  const range = filter?.type === "between" ? filter : null;
  const words = filter && filter.type !== "between" ? filter : null;
  const [type, setType] = useState<"contains" | "equals">(words?.type ?? "contains");
  const [text, setText] = useState(words?.text ?? (by === "yes-no" ? "true" : ""));
  const [low, setLow] = useState(shown(range?.low));
  const [high, setHigh] = useState(shown(range?.high));

  const chosen = (): CellFilter | null => {
    switch (by) {
      case "words":
        return text.trim() ? { type, column: column.name, text: text.trim() } : null;
      case "yes-no":
        return { type: "equals", column: column.name, text };
      case "names":
        return between(column.name, low, low, 1);
      case "numbers":
        return between(column.name, low, high, factor);
      default:
        return between(column.name, low, high, null);
    }
  };
  const apply = (event: FormEvent) => {
    event.preventDefault();
    onFilter(chosen());
    onDone();
  };
  const note = by === "instants" ? zone : unit;

  return (
    <form className={css.fields} onSubmit={apply}>
      {by === "words" && (
        <>
          <NativeSelect
            label={name}
            value={type}
            onChange={(event) => setType(event.currentTarget.value === "equals" ? "equals" : "contains")}
            data={[
              { value: "contains", label: "contains" },
              { value: "equals", label: "is" },
            ]}
          />
          <TextInput aria-label="Words" data-autofocus maxLength={500} value={text} onChange={(event) => setText(event.currentTarget.value)} />
        </>
      )}
      {by === "names" && (
        <NativeSelect
          label={`${name} is`}
          value={low}
          onChange={(event) => setLow(event.currentTarget.value)}
          data={[
            { value: "", label: "any" },
            ...(namesOf(column) ?? []).map((label, place) => ({ value: String(place + 1), label })),
          ]}
        />
      )}
      {by === "yes-no" && (
        <NativeSelect
          label={`${name} is`}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          data={[
            { value: "true", label: "yes" },
            { value: "false", label: "no" },
          ]}
        />
      )}
      {(by === "numbers" || by === "instants" || by === "days") && (
        <>
          <TextInput
            label={note ? `From, ${note}` : "From"}
            type={INPUTS[by]}
            inputMode={by === "numbers" ? "decimal" : undefined}
            data-autofocus
            maxLength={40}
            value={low}
            onChange={(event) => setLow(event.currentTarget.value)}
          />
          <TextInput
            label="Up to and with"
            type={INPUTS[by]}
            inputMode={by === "numbers" ? "decimal" : undefined}
            maxLength={40}
            value={high}
            onChange={(event) => setHigh(event.currentTarget.value)}
          />
        </>
      )}
      <div className={css.actions}>
        <Button
          size="xs"
          variant="subtle"
          onClick={() => {
            onFilter(null);
            onDone();
          }}
        >
          Remove
        </Button>
        <Button size="xs" type="submit" variant="filled">
          Apply
        </Button>
      </div>
    </form>
  );
}
