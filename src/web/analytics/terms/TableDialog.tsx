import { Button, Modal, NativeSelect, Textarea, TextInput } from "@mantine/core";
import { useState } from "react";
import type { CatalogTable } from "../../data_sources/calls";
import { Notice } from "../../parts/Notice";
import { refusalOf } from "../../parts/fields";
import { type Terms, useSaveTerms } from "./calls";
import { listOf, tableOf, withTable } from "./edit";
import css from "./terms.module.css";

interface TableDialogProps {
  terms: Terms;
  table: CatalogTable;
  onClose: () => void;
}

/** What people call a table, and how its rows lie in time. */
export function TableDialog({ terms, table, onClose }: TableDialogProps) {
  const place = { table: table.name, schema: table.schema };
  const said = tableOf(terms.model, place);
  const [label, setLabel] = useState(said?.label ?? "");
  const [synonyms, setSynonyms] = useState(said?.synonyms.join(", ") ?? "");
  const [description, setDescription] = useState(said?.description ?? "");
  const [time, setTime] = useState(said?.timeColumn ?? "");
  const [labels, setLabels] = useState(said?.intervalLabels ?? "");
  const save = useSaveTerms(terms, onClose, true);
  const times = table.columns.filter(({ kind }) => kind === "timestamp" || kind === "date");
  const submit = () =>
    save.mutate({
      model: withTable(terms.model, place, (before) => ({
        ...before,
        label: label.trim() || null,
        synonyms: listOf(synonyms),
        description: description.trim() || null,
        timeColumn: time || null,
        intervalLabels: labels === "start" || labels === "end" ? labels : null,
      })),
      said: `What was said of ${table.name} holds for everybody.`,
    });
  return (
    <Modal opened onClose={onClose} title={table.name}>
      <form
        className={css.dialog}
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        {save.isError && <Notice tone="danger">{refusalOf(save.error)}</Notice>}
        <TextInput
          label="Shown as"
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
        <Textarea
          label="Description"
          maxLength={2000}
          autosize
          minRows={1}
          value={description}
          onChange={(event) => setDescription(event.currentTarget.value)}
        />
        {times.length > 0 && (
          <NativeSelect
            label="Time of a row"
            value={time}
            onChange={(event) => setTime(event.currentTarget.value)}
            data={[{ value: "", label: "as suggested" }, ...times.map(({ name }) => name)]}
          />
        )}
        {table.intervalSeconds && (
          <NativeSelect
            label="Times stand at"
            value={labels}
            onChange={(event) => setLabels(event.currentTarget.value)}
            data={[
              { value: "", label: "not said" },
              { value: "start", label: "the start of the interval" },
              { value: "end", label: "the end of the interval" },
            ]}
          />
        )}
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
