import { Button, Modal, NativeSelect, TextInput } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api, unwrap } from "../../app/api";
import { catalogQuery } from "../../data_sources/calls";
import { Notice } from "../../parts/Notice";
import { refusalOf } from "../../parts/fields";
import { tellUndo } from "../../parts/toast";
import { at, type NewTerm, renewTerms, TERMS, takeBack, termsQuery } from "./calls";
import css from "./terms.module.css";

const KINDS = [
  { value: "words", label: "other words of a question" },
  { value: "column", label: "a column" },
  { value: "value", label: "a value of a column" },
  { value: "table", label: "a table" },
  { value: "metric", label: "a metric" },
];

interface DefineDialogProps {
  sourceId: string;
  /** The word or phrase of the question. */
  words: string;
  /** What it was taken for, to begin with. */
  meaning: string;
  onClose: () => void;
  onDefined: () => void;
}

/** Says once what a word means here; from then on it means that for everybody. */
export function DefineDialog({ sourceId, words: asked, meaning, onClose, onDefined }: DefineDialogProps) {
  const catalog = useQuery(catalogQuery(sourceId));
  const terms = useQuery(termsQuery(sourceId));
  const [words, setWords] = useState(asked);
  const [kind, setKind] = useState("words");
  const [text, setText] = useState(meaning);
  const [place, setPlace] = useState("");
  const tables = catalog.data?.tables ?? [];
  const named = tables.map((table, index) => ({
    value: String(index),
    label: table.schema ? `${table.schema}.${table.name}` : table.name,
  }));
  const columns = tables.flatMap((table, index) =>
    table.columns
      .filter((column) => kind !== "value" || column.kind === "text")
      .map((column) => ({ value: `${index}/${column.name}`, label: `${table.name}.${column.name}` })),
  );
  const metrics = terms.data?.model.metrics.map(({ name }) => name) ?? [];
  const means = meant(kind, place, text.trim(), tables);
  const define = useMutation({
    mutationFn: (term: NewTerm) =>
      unwrap(api.POST(`${TERMS}/words`, { params: at(sourceId), body: term })),
    onSuccess: async (change, term) => {
      onDefined();
      onClose();
      await renewTerms(sourceId);
      tellUndo(`“${term.words}” is defined for everyone.`, () => takeBack(sourceId, change));
    },
  });
  return (
    <Modal opened onClose={onClose} title="Define for everyone">
      <form
        className={css.dialog}
        onSubmit={(event) => {
          event.preventDefault();
          if (means) define.mutate({ words: words.trim(), means });
        }}
      >
        {define.isError && <Notice tone="danger">{refusalOf(define.error)}</Notice>}
        <TextInput
          label="Word or phrase"
          required
          maxLength={100}
          value={words}
          onChange={(event) => setWords(event.currentTarget.value)}
        />
        <NativeSelect
          label="Means"
          value={kind}
          data={KINDS.filter(({ value }) => value !== "metric" || metrics.length > 0)}
          onChange={(event) => {
            setKind(event.currentTarget.value);
            setPlace("");
          }}
        />
        {kind === "table" && <Which label="Table" value={place} data={named} onChange={setPlace} />}
        {(kind === "column" || kind === "value") && (
          <Which label="Column" value={place} data={columns} onChange={setPlace} />
        )}
        {kind === "metric" && (
          <Which
            label="Metric"
            value={place}
            data={metrics.map((name) => ({ value: name, label: name }))}
            onChange={setPlace}
          />
        )}
        {(kind === "words" || kind === "value") && (
          <TextInput
            label={kind === "words" ? "These words" : "Value, as it is stored"}
            required
            maxLength={200}
            data-autofocus
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
        )}
        <div className={css.buttons}>
          <Button variant="subtle" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" variant="filled" disabled={!words.trim() || !means} loading={define.isPending}>
            Define and ask again
          </Button>
        </div>
      </form>
    </Modal>
  );
}

interface WhichProps {
  label: string;
  value: string;
  data: { value: string; label: string }[];
  onChange: (value: string) => void;
}

function Which({ label, value, data, onChange }: WhichProps) {
  return (
    <NativeSelect
      label={label}
      required
      value={value}
      data={[{ value: "", label: "Choose one" }, ...data]}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

function meant(
  kind: string,
  place: string,
  text: string,
  tables: readonly { name: string; schema?: string | null }[],
): NewTerm["means"] | null {
  if (kind === "words") return text ? { type: "words", words: text } : null;
  if (!place) return null;
  if (kind === "metric") return { type: "metric", name: place };
  const [index, ...rest] = place.split("/");
  const table = tables[Number(index)];
  if (!table) return null;
  const schema = table.schema ?? null;
  if (kind === "table") return { type: "table", table: table.name, schema };
  const column = { table: table.name, column: rest.join("/"), schema };
  if (kind === "value") return text ? { type: "value", column, value: text } : null;
  return { type: "column", column };
}
