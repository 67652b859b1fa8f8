import { Tooltip, UnstyledButton } from "@mantine/core";
import { type KeyboardEvent, useState } from "react";
import { GridLayout, noCompactor, useContainerWidth, type LayoutItem } from "react-grid-layout";
import "react-grid-layout/css/styles.css";
import { Icon } from "../parts/Icon";
import type { Rendering } from "./calls";
import css from "./EditGrid.module.css";
import { PlaceDialog } from "./PlaceDialog";
import { COLUMNS, freePlace, GAP_PIXELS, placed, type Place, ROW_PIXELS } from "./placing";
import type { Widget } from "./types";
import { WidgetCard } from "./WidgetCard";

interface EditGridProps {
  widgets: readonly Widget[];
  rendering: Rendering;
  zone: string;
  /** A new widget on its way from the drawer. */
  dragged: Widget | null;
  onChange: (widgets: Widget[]) => void;
}

const MOVES: Record<string, [number, number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** The grid while editing: widgets are dragged by their grip, resized at eight handles, or moved by keyboard. */
export function EditGrid({ widgets, rendering, zone, dragged, onChange }: EditGridProps) {
  const { width, containerRef, mounted } = useContainerWidth();
  const [lifted, setLifted] = useState<{ id: string; before: readonly Widget[] } | null>(null);
  const [placing, setPlacing] = useState<Widget | null>(null);
  const [said, say] = useState("");

  const put = (id: string, place: Place) => {
    const next = placed(widgets, id, place);
    onChange(next);
    const now = next.find((widget) => widget.widgetId === id);
    if (now) say(`${nameOf(now, rendering)}, column ${now.x + 1}, row ${now.y + 1}, ${now.width} by ${now.height}`);
  };
  const settle = (item: LayoutItem | null) => {
    const widget = item && widgets.find((each) => each.widgetId === item.i);
    if (!item || !widget) return;
    const place = { x: item.x, y: item.y, width: item.w, height: item.h };
    const isSame = (["x", "y", "width", "height"] as const).every((side) => widget[side] === place[side]);
    if (!isSame) put(item.i, place);
  };

  const press = (event: KeyboardEvent, widget: Widget) => {
    const id = widget.widgetId;
    const isLifted = lifted?.id === id;
    const move = MOVES[event.key];
    if (event.key === "Enter" || event.key === " ") {
      setLifted(isLifted ? null : { id, before: widgets });
      say(isLifted ? `${nameOf(widget, rendering)} dropped` : `${nameOf(widget, rendering)} lifted. Arrows move, Shift with arrows resizes, Enter drops, Escape cancels.`);
    } else if (event.key === "Escape" && isLifted) {
      onChange([...lifted.before]);
      setLifted(null);
      say("Move cancelled");
    } else if (event.key.toLowerCase() === "p") {
      setPlacing(widget);
    } else if (move && isLifted) {
      const [right, down] = move;
      put(
        id,
        event.shiftKey
          ? { ...widget, width: widget.width + right, height: widget.height + down }
          : { ...widget, x: widget.x + right, y: widget.y + down },
      );
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <div ref={containerRef} className={css.frame}>
      {mounted && (
        <GridLayout
          width={width}
          className={css.grid}
          gridConfig={{
            cols: COLUMNS,
            rowHeight: ROW_PIXELS,
            margin: [GAP_PIXELS, GAP_PIXELS],
            containerPadding: [0, 0],
          }}
          dragConfig={{ handle: `.${css.grip}` }}
          resizeConfig={{ handles: ["s", "w", "e", "n", "sw", "nw", "se", "ne"] }}
          dropConfig={{
            enabled: dragged !== null,
            defaultItem: { w: dragged?.width ?? 1, h: dragged?.height ?? 1 },
          }}
          onDrop={(_layout, item) => {
            if (dragged && item) onChange(placed([...widgets, dragged], dragged.widgetId, { ...dragged, x: item.x, y: item.y }));
          }}
          compactor={noCompactor}
          layout={widgets.map(({ widgetId, x, y, width: w, height: h }) => ({ i: widgetId, x, y, w, h }))}
          onDragStop={(_layout, _before, item) => settle(item)}
          onResizeStop={(_layout, _before, item) => settle(item)}
        >
          {widgets.map((widget) => {
            const name = nameOf(widget, rendering);
            return (
              <div key={widget.widgetId} className={css.item} data-widget={widget.widgetId} data-lifted={lifted?.id === widget.widgetId || undefined}>
                <WidgetCard
                  widget={widget}
                  rendered={rendering.widgets.get(widget.widgetId)}
                  isReloading={false}
                  zone={zone}
                  scope={rendering.scope}
                  room={rendering.room}
                  tools={
                    <>
                      <span className={css.tools} role="group" aria-label={`Actions for ${name}`}>
                        <Tool label="Exact place (P)" name={`Exact place of ${name}`} icon="settings" onClick={() => setPlacing(widget)} />
                        <Tool
                          label="Duplicate"
                          name={`Duplicate ${name}`}
                          icon="copy"
                          onClick={() =>
                            onChange([
                              ...widgets,
                              { ...widget, widgetId: crypto.randomUUID(), ...freePlace(widgets, widget) },
                            ])
                          }
                        />
                        <Tool
                          label="Remove"
                          name={`Remove ${name}`}
                          icon="close"
                          onClick={() => onChange(widgets.filter((each) => each !== widget))}
                        />
                      </span>
                      <span className={css.size} aria-hidden="true">
                        {widget.width} × {widget.height} cells
                      </span>
                      <button
                        type="button"
                        className={css.grip}
                        aria-label={`Move ${name}`}
                        aria-pressed={lifted?.id === widget.widgetId}
                        onKeyDown={(event) => press(event, widget)}
                      >
                        <Icon name="grip" size={14} />
                      </button>
                    </>
                  }
                />
              </div>
            );
          })}
        </GridLayout>
      )}
      <p className={css.said} aria-live="polite">
        {said}
      </p>
      {placing && (
        <PlaceDialog
          widget={placing}
          onClose={() => setPlacing(null)}
          onSave={(changed) => {
            const others = widgets.map((each) => (each.widgetId === changed.widgetId ? changed : each));
            onChange(placed(others, changed.widgetId, changed));
            setPlacing(null);
          }}
        />
      )}
    </div>
  );
}

interface ToolProps {
  label: string;
  name: string;
  icon: "settings" | "copy" | "close";
  onClick: () => void;
}

function Tool({ label, name, icon, onClick }: ToolProps) {
  return (
    <Tooltip label={label}>
      <UnstyledButton className={css.tool} aria-label={name} onClick={onClick}>
        <Icon name={icon} size={14} />
      </UnstyledButton>
    </Tooltip>
  );
}

function nameOf(widget: Widget, rendering: Rendering): string {
  return rendering.widgets.get(widget.widgetId)?.title || widget.title || (widget.kind === "text" ? "Text" : "Widget");
}
