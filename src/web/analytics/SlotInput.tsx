import { Button, Checkbox, Textarea, TextInput } from "@mantine/core";
import { useState } from "react";
import type { Schemas } from "../app/api";
import css from "./Sentence.module.css";
import { type Draft, draftOf, optionOf } from "./slotDraft";

type Slot = Extract<Schemas["Sentence"]["segments"][number], { type: "slot" }>;

const WEEKDAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const TITLES: Record<Draft["accepts"], string> = {
  days: "Days of your own",
  hours: "Hours of your own",
  weekdays: "Days of the week",
  months: "Months of the year",
  number: "Another number",
  values: "Values, one on each line",
};

/** What no option of a slot says: a control for the kind of thing that it accepts, which starts from what stands there. */
export function SlotInput({ slot, onPatch }: { slot: Slot; onPatch: (patch: Schemas["Patch"]) => void }) {
  const [draft, setDraft] = useState(() => draftOf(slot.accepts ?? "number", slot.typed ?? null));
  const option = optionOf(draft);
  const title = TITLES[draft.accepts];
  return (
    <form
      className={css.typed}
      aria-label={title}
      onSubmit={(event) => {
        event.preventDefault();
        if (option !== null) onPatch({ slot: slot.id, option });
      }}
    >
      <Fields draft={draft} title={title} isWhole={slot.kind === "limit"} onChange={setDraft} />
      <Button type="submit" size="xs" disabled={option === null}>
        Set
      </Button>
    </form>
  );
}

interface FieldsProps {
  draft: Draft;
  title: string;
  isWhole: boolean;
  onChange: (draft: Draft) => void;
}

function Fields({ draft, title, isWhole, onChange }: FieldsProps) {
  switch (draft.accepts) {
    case "days":
    case "hours": {
      const type = draft.accepts === "days" ? "date" : "time";
      return (
        <div className={css.ends}>
          <TextInput
            size="xs"
            label="From"
            type={type}
            value={draft.first}
            onChange={(event) => onChange({ ...draft, first: event.currentTarget.value })}
          />
          <TextInput
            size="xs"
            label="to"
            type={type}
            value={draft.last}
            min={type === "date" ? draft.first : undefined}
            onChange={(event) => onChange({ ...draft, last: event.currentTarget.value })}
          />
        </div>
      );
    }
    case "weekdays":
    case "months":
      return (
        <fieldset className={css.checks}>
          <legend>{title}</legend>
          {(draft.accepts === "weekdays" ? WEEKDAYS : MONTHS).map((name, index) => (
            <Checkbox
              key={name}
              size="xs"
              label={name}
              checked={draft.chosen.includes(index + 1)}
              onChange={(event) => {
                const others = draft.chosen.filter((each) => each !== index + 1);
                onChange({ ...draft, chosen: event.currentTarget.checked ? [...others, index + 1] : others });
              }}
            />
          ))}
        </fieldset>
      );
    case "number":
      return (
        <TextInput
          size="xs"
          label={title}
          type="number"
          step={isWhole ? 1 : "any"}
          min={isWhole ? 1 : undefined}
          value={draft.text}
          onChange={(event) => onChange({ ...draft, text: event.currentTarget.value })}
        />
      );
    case "values":
      return (
        <Textarea
          size="xs"
          label={title}
          rows={Math.min(6, draft.text.split("\n").length + 1)}
          value={draft.text}
          onChange={(event) => onChange({ ...draft, text: event.currentTarget.value })}
        />
      );
  }
}
