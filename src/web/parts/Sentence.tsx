import { Menu, Popover, TextInput, UnstyledButton } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { Icon } from "./Icon";
import css from "./Sentence.module.css";
import { type Choice, choicesFor } from "./choices";

export interface Slot {
  id: string;
  /** What stands in the sentence now. */
  text: string;
  /** Names the slot for readers who cannot see the words around it: "Grouped by". */
  label: string;
  /** An assumption is drawn dashed and amber, so that a guess is seen as one. */
  isAssumed?: boolean;
  /** Why it was read so; told before the choices. */
  note?: string;
  choices?: readonly Choice[];
  /** Takes the place of choices where a value is typed, such as a time range. */
  editor?: (close: () => void) => ReactNode;
  isRemovable?: boolean;
}

export type Segment = string | Slot;

interface SentenceProps {
  label: string;
  segments: readonly Segment[];
  onChoose: (slot: Slot, choice: Choice) => void;
  onRemove?: (slot: Slot) => void;
  /** The SQL was edited by hand and no longer says this. */
  isStale?: boolean;
}

/** Words with slots: each slot opens the values it can take, and the sentence stays readable as one. */
export function Sentence({ label, segments, onChoose, onRemove, isStale }: SentenceProps) {
  return (
    <div className={css.sentence} role="group" aria-label={label} data-stale={isStale || undefined}>
      {segments.map((segment) =>
        typeof segment === "string" ? (
          <span key={`words ${segment}`}>{segment}</span>
        ) : (
          <span key={segment.id} className={css.slot} data-assumed={segment.isAssumed || undefined}>
            <SlotButton slot={segment} isDisabled={isStale} onChoose={(choice) => onChoose(segment, choice)} />
            {segment.isRemovable && onRemove && !isStale && (
              <UnstyledButton
                className={css.remove}
                aria-label={`Leave out ${segment.label}: ${segment.text}`}
                onClick={() => onRemove(segment)}
              >
                <Icon name="close" size={12} />
              </UnstyledButton>
            )}
          </span>
        ),
      )}
    </div>
  );
}

interface SlotButtonProps {
  slot: Slot;
  isDisabled?: boolean;
  onChoose: (choice: Choice) => void;
}

function SlotButton({ slot, isDisabled, onChoose }: SlotButtonProps) {
  const [isOpen, setOpen] = useState(false);
  const [typed, setTyped] = useState("");
  const { choices = [], editor, note, isAssumed } = slot;
  const hasMore = choices.length > 0 || editor !== undefined;
  const button = (
    <UnstyledButton
      className={css.button}
      disabled={isDisabled || !hasMore}
      onClick={editor ? () => setOpen(!isOpen) : undefined}
      aria-label={`${slot.label}: ${slot.text}${isAssumed ? ", assumed" : ""}`}
    >
      {slot.text}
      {hasMore && <Icon name={isAssumed ? "pencil" : "down"} size={12} />}
    </UnstyledButton>
  );
  if (!hasMore) return button;

  if (editor) {
    return (
      <Popover opened={isOpen} onChange={setOpen} position="bottom-start" trapFocus>
        <Popover.Target>{button}</Popover.Target>
        <Popover.Dropdown className={css.editor}>
          {note && <p className={css.note}>{note}</p>}
          {editor(() => setOpen(false))}
        </Popover.Dropdown>
      </Popover>
    );
  }
  const shown = choicesFor(choices, typed);
  return (
    <Menu position="bottom-start" width={260} onClose={() => setTyped("")}>
      <Menu.Target>{button}</Menu.Target>
      <Menu.Dropdown className={css.menu}>
        {note && <p className={css.note}>{note}</p>}
        {choices.length > 8 && (
          <TextInput
            className={css.search}
            size="xs"
            aria-label={`Find a value for ${slot.label}`}
            placeholder="Find"
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
        )}
        {shown.map((choice) => (
          <Menu.Item
            key={choice.value}
            rightSection={choice.text === slot.text ? <Icon name="check" size={14} /> : choice.hint}
            onClick={() => onChoose(choice)}
          >
            {choice.text}
          </Menu.Item>
        ))}
        {shown.length === 0 && <p className={css.note}>Nothing is called “{typed}”.</p>}
      </Menu.Dropdown>
    </Menu>
  );
}
