import { Button, Modal, NumberInput, Textarea, TextInput } from "@mantine/core";
import "@mantine/core/styles/NumberInput.layer.css";
import { useState } from "react";
import css from "../parts/ShareDialog.module.css";
import { COLUMNS } from "./placing";
import type { Widget } from "./types";

interface PlaceDialogProps {
  widget: Widget;
  onSave: (widget: Widget) => void;
  onClose: () => void;
}

const SIDES = [
  { side: "x", label: "Column (from 0)", least: 0, most: COLUMNS - 1 },
  { side: "y", label: "Row (from 0)", least: 0, most: 1999 },
  { side: "width", label: "Width in columns", least: 1, most: COLUMNS },
  { side: "height", label: "Height in rows", least: 1, most: 100 },
] as const;

/** Title and exact place of a widget: the way without dragging. */
export function PlaceDialog({ widget, onSave, onClose }: PlaceDialogProps) {
  const [changed, setChanged] = useState(widget);
  return (
    <Modal opened onClose={onClose} title="Widget">
      <form
        className={css.body}
        onSubmit={(event) => {
          event.preventDefault();
          onSave(changed);
        }}
      >
        <TextInput
          label="Title"
          placeholder="As the chart is called"
          maxLength={200}
          value={changed.title ?? ""}
          onChange={(event) => setChanged({ ...changed, title: event.currentTarget.value })}
        />
        {changed.kind === "text" && (
          <Textarea
            label="Text (Markdown)"
            placeholder="Write **Markdown** here."
            required
            data-autofocus
            autosize
            minRows={4}
            maxRows={14}
            maxLength={20_000}
            value={changed.markdown}
            onChange={(event) => setChanged({ ...changed, markdown: event.currentTarget.value })}
          />
        )}
        {SIDES.map(({ side, label, least, most }) => (
          <NumberInput
            key={side}
            label={label}
            min={least}
            max={most}
            allowDecimal={false}
            value={changed[side]}
            onChange={(value) => setChanged({ ...changed, [side]: Number(value) || least })}
          />
        ))}
        <div className={css.buttons}>
          <Button variant="subtle" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" variant="filled">
            Apply
          </Button>
        </div>
      </form>
    </Modal>
  );
}
