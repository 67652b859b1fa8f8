import { Button, Modal, Switch, Textarea, TextInput } from "@mantine/core";
import { useState } from "react";
import { useUser } from "../../app/session";
import { Notice } from "../../parts/Notice";
import { refusalOf } from "../../parts/fields";
import { type Metric, type Terms, useSaveTerms } from "./calls";
import { linesOf, listOf, withMetric } from "./edit";
import css from "./terms.module.css";

interface MetricDialogProps {
  terms: Terms;
  metric: Metric | null;
  onClose: () => void;
}

/** A formula under a name; whoever certifies it vouches for it with theirs. */
export function MetricDialog({ terms, metric, onClose }: MetricDialogProps) {
  const user = useUser();
  const [name, setName] = useState(metric?.name ?? "");
  const [formula, setFormula] = useState(metric?.formula ?? "");
  const [filters, setFilters] = useState(metric?.filters.join("\n") ?? "");
  const [unit, setUnit] = useState(metric?.unit ?? "");
  const [synonyms, setSynonyms] = useState(metric?.synonyms.join(", ") ?? "");
  const [description, setDescription] = useState(metric?.description ?? "");
  const [isCertified, setCertified] = useState(Boolean(metric?.certifiedBy));
  const save = useSaveTerms(terms, onClose, true);
  const isSame = metric?.certifiedBy && metric.formula === formula.trim();
  const submit = () => {
    const changed: Metric = {
      name: name.trim(),
      formula: formula.trim(),
      filters: linesOf(filters),
      unit: unit.trim() || null,
      synonyms: listOf(synonyms),
      description: description.trim() || null,
      certifiedBy: isCertified ? (isSame ? metric.certifiedBy : user.name) : null,
      certifiedOn: isCertified ? (isSame ? metric.certifiedOn : new Date().toISOString().slice(0, 10)) : null,
    };
    save.mutate({
      model: withMetric(terms.model, changed, metric?.name ?? null),
      said: `“${changed.name}” is a metric for everybody.`,
    });
  };
  return (
    <Modal opened onClose={onClose} title={metric ? `Change ${metric.name}` : "New metric"} size="lg">
      <form
        className={css.dialog}
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        {save.isError && <Notice tone="danger">{refusalOf(save.error)}</Notice>}
        <TextInput
          label="Name"
          required
          maxLength={60}
          data-autofocus
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <TextInput
          label="Formula"
          description="sum, mean, min, max, count, count_distinct, median or quantile of table.column, one divided by another, or of two columns multiplied: sum(readings.kwh * tariffs.price)"
          placeholder="sum(readings.kwh)"
          required
          maxLength={1000}
          value={formula}
          onChange={(event) => setFormula(event.currentTarget.value)}
        />
        <Textarea
          label="Only where"
          description="A condition each line, such as meters.energy_type = 'gas'"
          autosize
          minRows={1}
          value={filters}
          onChange={(event) => setFilters(event.currentTarget.value)}
        />
        <div className={css.pair}>
          <TextInput label="Unit" maxLength={20} value={unit} onChange={(event) => setUnit(event.currentTarget.value)} />
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
        <Switch
          label="I vouch for this formula (answers name it as certified)"
          checked={isCertified}
          onChange={(event) => setCertified(event.currentTarget.checked)}
        />
        <div className={css.buttons}>
          <Button variant="subtle" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" variant="filled" disabled={!name.trim() || !formula.trim()} loading={save.isPending}>
            Save
          </Button>
        </div>
      </form>
    </Modal>
  );
}
