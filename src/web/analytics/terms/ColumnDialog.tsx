import { Button, Modal, NativeSelect, Switch, Textarea, TextInput } from "@mantine/core";
import { useState } from "react";
import type { CatalogColumn, CatalogTable } from "../../data_sources/calls";
import { Notice } from "../../parts/Notice";
import { refusalOf } from "../../parts/fields";
import { type Terms, useSaveTerms } from "./calls";
import { columnOf, listOf, NO_COLUMN, SUMS, withColumn } from "./edit";
import css from "./terms.module.css";

const ROLES = ["time", "measure", "dimension", "key"] as const;
const KINDS_OF_SUM = ["additive", "not_over_time", "weighted_mean"] as const;

interface ColumnDialogProps {
  terms: Terms;
  table: CatalogTable;
  column: CatalogColumn;
  onClose: () => void;
}

/** What people call a column, what its figures are, and whether questions may use it. */
export function ColumnDialog({ terms, table, column, onClose }: ColumnDialogProps) {
  const place = { table: table.name, schema: table.schema };
  const said = columnOf(terms.model, place, column.name);
  const suggested = columnOf(terms.proposal, place, column.name);
  const [label, setLabel] = useState(said?.label ?? "");
  const [synonyms, setSynonyms] = useState(said?.synonyms.join(", ") ?? "");
  const [description, setDescription] = useState(said?.description ?? "");
  const [unit, setUnit] = useState(said?.unit ?? "");
  const [role, setRole] = useState<string>(said?.role ?? "");
  const [sums, setSums] = useState<string>(said?.addsUp ?? "");
  const [weight, setWeight] = useState(said?.weightedBy ?? "");
  const [isHidden, setHidden] = useState(said?.isHidden ?? false);
  const [isSensitive, setSensitive] = useState(said?.isSensitive ?? false);
  const save = useSaveTerms(terms, onClose, true);
  const isNumber = column.kind === "number" || column.kind === "integer";
  const numbers = table.columns.filter(({ kind, name }) => name !== column.name && (kind === "number" || kind === "integer"));
  const submit = () =>
    save.mutate({
      model: withColumn(terms.model, place, {
        ...NO_COLUMN,
        ...said,
        values: said?.values ?? [],
        column: column.name,
        label: label.trim() || null,
        synonyms: listOf(synonyms),
        description: description.trim() || null,
        unit: unit.trim() || null,
        role: ROLES.find((each) => each === role) ?? null,
        addsUp: KINDS_OF_SUM.find((each) => each === sums) ?? null,
        weightedBy: sums === "weighted_mean" && weight ? weight : null,
        isHidden,
        isSensitive,
      }),
      said: `What was said of ${column.name} holds for everybody.`,
    });
  return (
    <Modal opened onClose={onClose} title={`${table.name}.${column.name}`} size="lg">
      <form
        className={css.dialog}
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        {save.isError && <Notice tone="danger">{refusalOf(save.error)}</Notice>}
        <div className={css.pair}>
          <TextInput
            label="Shown as"
            description="On charts and in tables"
            maxLength={100}
            data-autofocus
            value={label}
            onChange={(event) => setLabel(event.currentTarget.value)}
          />
          <TextInput
            label="Other words for it"
            description="Separated by commas"
            value={synonyms}
            onChange={(event) => setSynonyms(event.currentTarget.value)}
          />
        </div>
        <Textarea
          label="Description"
          maxLength={2000}
          autosize
          minRows={1}
          value={description}
          onChange={(event) => setDescription(event.currentTarget.value)}
        />
        <div className={css.pair}>
          <TextInput
            label="Unit"
            maxLength={20}
            placeholder={suggested?.unit ?? column.unit ?? "kWh, MW, €/MWh, °C"}
            value={unit}
            onChange={(event) => setUnit(event.currentTarget.value)}
          />
          <NativeSelect
            label="Used as"
            value={role}
            onChange={(event) => setRole(event.currentTarget.value)}
            data={[{ value: "", label: `as read: ${column.role}` }, ...ROLES]}
          />
        </div>
        {isNumber && (
          <div className={css.pair}>
            <NativeSelect
              label="How it adds up"
              value={sums}
              onChange={(event) => setSums(event.currentTarget.value)}
              data={[
                { value: "", label: suggested?.addsUp ? `suggested: ${SUMS[suggested.addsUp]}` : "not said" },
                { value: "additive", label: "It adds up: energy, money" },
                { value: "not_over_time", label: "Not over time: power, stocks, counters" },
                { value: "weighted_mean", label: "Never, only as a mean: prices, shares" },
              ]}
            />
            {sums === "weighted_mean" && (
              <NativeSelect
                label="The mean is weighted by"
                value={weight}
                onChange={(event) => setWeight(event.currentTarget.value)}
                data={[{ value: "", label: "nothing" }, ...numbers.map(({ name }) => name)]}
              />
            )}
          </div>
        )}
        <Switch
          label="Questions never use this column"
          checked={isHidden}
          onChange={(event) => setHidden(event.currentTarget.checked)}
        />
        <Switch
          label="Sensitive: its values are not looked at when a question is read"
          checked={isSensitive}
          onChange={(event) => setSensitive(event.currentTarget.checked)}
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
