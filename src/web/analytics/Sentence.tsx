import { Menu, Popover } from "@mantine/core";
import { type ComponentPropsWithRef, useState } from "react";
import type { Schemas } from "../app/api";
import { withoutCommas } from "./asked";
import { Icon } from "../parts/Icon";
import css from "./Sentence.module.css";
import { SlotInput } from "./SlotInput";

type SentenceData = Schemas["Sentence"];
type Slot = Extract<SentenceData["segments"][number], { type: "slot" }>;
type Patch = Schemas["Patch"];

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
          const hasChoices = segment.accepts || segment.options.some(({ isChosen }) => !isChosen);
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

interface SlotProps {
  slot: Slot;
  isDisabled: boolean;
  onPatch: (patch: Patch) => void;
}

function SlotMenu({ slot, isDisabled, onPatch }: SlotProps) {
  const [isOpen, setOpen] = useState(false);
  const choose = (patch: Patch) => {
    setOpen(false);
    onPatch(patch);
  };
  if (!slot.accepts) {
    return (
      <Menu opened={isOpen} onChange={setOpen} position="bottom-start">
        <Menu.Target>
          <SlotButton slot={slot} disabled={isDisabled} />
        </Menu.Target>
        <Menu.Dropdown mah={380} style={{ overflow: "auto" }}>
          {slot.options.map((option) => (
            <Menu.Item key={option.patch.option} leftSection={<Tick isOn={option.isChosen} />} onClick={() => choose(option.patch)}>
              {option.label}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
    );
  }
  // Fields may not stand in a menu, so here the choices are buttons beside them.
  return (
    <Popover opened={isOpen} onChange={setOpen} position="bottom-start" trapFocus returnFocus>
      <Popover.Target>
        <SlotButton slot={slot} disabled={isDisabled} onClick={() => setOpen(!isOpen)} />
      </Popover.Target>
      <Popover.Dropdown className={css.picker} aria-label={slot.label}>
        <div className={css.choices}>
          {slot.options.map((option) => (
            <button
              key={option.patch.option}
              type="button"
              aria-pressed={option.isChosen}
              className={css.choice}
              onClick={() => choose(option.patch)}
            >
              <Tick isOn={option.isChosen} />
              {option.label}
            </button>
          ))}
        </div>
        <SlotInput slot={slot} onPatch={choose} />
      </Popover.Dropdown>
    </Popover>
  );
}

function Tick({ isOn }: { isOn?: boolean }) {
  return isOn ? <Icon name="check" size={14} /> : <span className={css.blank} />;
}

function SlotButton({ slot, className, ...button }: { slot: Slot } & Omit<ComponentPropsWithRef<"button">, "slot">) {
  const isAssumed = slot.state === "assumed";
  return (
    <button type="button" className={className ? `${css.slot} ${className}` : css.slot} data-assumed={isAssumed || undefined} {...button}>
      {slot.label}
      {isAssumed && <span className={css.spoken}>, assumed</span>}
      <Icon name={isAssumed ? "pencil" : "down"} size={12} />
    </button>
  );
}
