import { Button, Menu, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import type { Schemas } from "../app/api";
import { withoutCommas } from "./asked";
import { Icon } from "../parts/Icon";
import css from "./Sentence.module.css";

type SentenceData = Schemas["Sentence"];
type Slot = Extract<SentenceData["segments"][number], { type: "slot" }>;
type Patch = Schemas["Patch"];

const HINTS: Record<NonNullable<Slot["accepts"]>, string> = {
  days: "days:2026-06-08:2026-06-14",
  hours: "17:00-21:00",
  weekdays: "1,2,3 (1 is Monday)",
  months: "1,2,3",
  number: "a number",
  values: 'values:["a", "b"]',
};

interface SentenceProps {
  sentence: SentenceData;
  isBusy?: boolean;
  /** The SQL was changed by hand and no longer follows the sentence. */
  isStale?: boolean;
  /** Missing where it is only read. */
  onPatch?: (patch: Patch) => void;
}

/** The plan read back: solid slots were said, dashed ones are assumed; each opens its alternatives. */
export function Sentence({ sentence, isBusy = false, isStale = false, onPatch }: SentenceProps) {
  return (
    <div className={css.line} role="group" aria-label="How the question was understood" data-stale={isStale || undefined}>
      {sentence.segments.map((segment, index) => {
        if (segment.type === "slot") {
          const hasChoices = segment.options.length > 0 || segment.accepts;
          return onPatch && hasChoices ? (
            <SlotMenu key={segment.id} slot={segment} isDisabled={isBusy || isStale} onPatch={onPatch} />
          ) : (
            segment.kind !== "add" && (
              <span key={segment.id} className={css.slot} data-assumed={segment.state === "assumed" || undefined}>
                {segment.label}
              </span>
            )
          );
        }
        const words = withoutCommas(segment.text);
        // Words repeat and have no identity of their own but their place.
        // oxlint-disable-next-line react/no-array-index-key
        return words && <span key={`${index}${words}`}>{words}</span>;
      })}
    </div>
  );
}

function SlotMenu({ slot, isDisabled, onPatch }: { slot: Slot; isDisabled: boolean; onPatch: (patch: Patch) => void }) {
  const [isOpen, setOpen] = useState(false);
  const isAssumed = slot.state === "assumed";
  const choose = (patch: Patch) => {
    setOpen(false);
    onPatch(patch);
  };
  return (
    <Menu opened={isOpen} onChange={setOpen} position="bottom-start">
      <Menu.Target>
        <button type="button" className={css.slot} data-assumed={isAssumed || undefined} disabled={isDisabled}>
          {slot.label}
          {isAssumed && <span className={css.spoken}>, assumed</span>}
          <Icon name={isAssumed ? "pencil" : "down"} size={12} />
        </button>
      </Menu.Target>
      <Menu.Dropdown mah={380} style={{ overflow: "auto" }}>
        {slot.options.map((option) => (
          <Menu.Item
            key={option.patch.option}
            leftSection={option.isChosen ? <Icon name="check" size={14} /> : <span className={css.blank} />}
            onClick={() => choose(option.patch)}
          >
            {option.label}
          </Menu.Item>
        ))}
        {slot.accepts && <Typed slot={slot} onPatch={choose} />}
      </Menu.Dropdown>
    </Menu>
  );
}

function Typed({ slot, onPatch }: { slot: Slot; onPatch: (patch: Patch) => void }) {
  const [text, setText] = useState("");
  if (!slot.accepts) return null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (text.trim()) onPatch({ slot: slot.id, option: text.trim() });
  };
  return (
    <form className={css.typed} onSubmit={submit}>
      <TextInput
        size="xs"
        aria-label={`Type ${slot.accepts}`}
        placeholder={HINTS[slot.accepts]}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        // Letters typed here are not the menu's own.
        onKeyDown={(event) => event.stopPropagation()}
      />
      <Button type="submit" size="xs" disabled={!text.trim()}>
        Set
      </Button>
    </form>
  );
}
