import { ActionIcon, TextInput, Tooltip, UnstyledButton } from "@mantine/core";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { api, unwrap } from "../app/api";
import { Icon, type IconName } from "../parts/Icon";
import { Kbd } from "../parts/Kbd";
import { useLocale } from "../parts/locale";
import { useNow } from "../parts/now";
import { Skeleton } from "../parts/Skeleton";
import { EmptyState, ErrorState } from "../parts/State";
import { whenText } from "../parts/time";
import { KINDS, kindLabel } from "../visualizations/kinds";
import css from "./AddDrawer.module.css";
import { freePlace, SIZES } from "./placing";
import type { Widget } from "./types";

type Kind = (typeof KINDS)[number]["kind"];

/** The types of widget, each with the kinds of charts that it stands for. */
const TYPES: readonly { label: string; icon: IconName; kinds: readonly Kind[] }[] = [
  { label: "Line", icon: "line", kinds: ["line", "step"] },
  { label: "Area", icon: "area", kinds: ["area", "stacked_area", "load_duration"] },
  { label: "Bars", icon: "bars", kinds: ["bar", "histogram", "box"] },
  { label: "Heat map", icon: "heatmap", kinds: ["heat_map"] },
  { label: "Table", icon: "table", kinds: ["table", "pivot"] },
  { label: "Number", icon: "gauge", kinds: ["value"] },
  { label: "Scatter", icon: "line", kinds: ["scatter"] },
];

const KEYS = [
  ["Pick up, drop", "Enter"],
  ["Move one cell", "← ↑ ↓ →"],
  ["Resize", "Shift + arrows"],
  ["Set exact place", "P"],
] as const;

interface AddDrawerProps {
  widgets: readonly Widget[];
  onAdd: (widget: Widget) => void;
  /** A widget that is being dragged from here to the grid; nothing when the drag has ended. */
  onDrag: (widget: Widget | null) => void;
}

/** Everything that can be put on the dashboard, by click or by drag: saved answers, and notes. */
export function AddDrawer({ widgets, onAdd, onDrag }: AddDrawerProps) {
  const [words, setWords] = useState("");
  const [type, setType] = useState<(typeof TYPES)[number] | null>(null);
  const reading = useLocale();
  const now = new Date(useNow(60_000));
  const charts = useQuery({
    queryKey: ["charts", "list", words],
    queryFn: () => unwrap(api.GET("/api/v1/charts", { params: { query: { words } } })),
    placeholderData: keepPreviousData,
  });
  const found = charts.data?.filter((chart) => !type || type.kinds.includes(chart.spec.kind));
  const widgetOf = (chartId: string, chartKind: Kind): Widget => {
    const kind = chartKind === "value" ? "value" : chartKind === "table" || chartKind === "pivot" ? "table" : "chart";
    return { kind, chartId, widgetId: crypto.randomUUID(), title: "", ...freePlace(widgets, SIZES[kind]) };
  };
  const note = (): Widget => ({
    kind: "text",
    markdown: "",
    widgetId: crypto.randomUUID(),
    title: "",
    ...freePlace(widgets, SIZES.text),
  });

  return (
    <aside className={css.drawer} aria-label="Add a widget">
      <h2 className={css.title}>Add a widget</h2>
      <TextInput
        className={css.search}
        size="xs"
        aria-label="Find a saved answer"
        placeholder="Saved answers"
        leftSection={<Icon name="search" size={14} />}
        value={words}
        onChange={(event) => setWords(event.currentTarget.value)}
      />
      <div className={css.types} role="group" aria-label="Types">
        {TYPES.map((each) => (
          <UnstyledButton
            key={each.label}
            className={css.type}
            aria-pressed={each === type}
            onClick={() => setType(each === type ? null : each)}
          >
            <Icon name={each.icon} size={14} /> {each.label}
          </UnstyledButton>
        ))}
        <UnstyledButton className={css.type} onClick={() => onAdd(note())}>
          <Icon name="text" size={14} /> Note
        </UnstyledButton>
      </div>
      <div className={css.heading}>
        <h3>{type ? `${type.label}, saved` : "Saved answers"}</h3>
        {type && (
          <UnstyledButton className={css.all} onClick={() => setType(null)}>
            All {charts.data?.length}
          </UnstyledButton>
        )}
      </div>
      {charts.isPending && <Skeleton shape="rows" />}
      {charts.isError && <ErrorState error={charts.error} onRetry={() => void charts.refetch()} />}
      {found?.length === 0 && (
        <EmptyState icon="bars" title="No saved answers like this">
          <Link to="/ask">Ask a question</Link>, then save its chart. It appears here.
        </EmptyState>
      )}
      <ul className={css.list} aria-label="Saved answers">
        {found?.map((chart) => (
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- a second way beside the button
          <li
            key={chart.chartId}
            className={css.row}
            draggable
            onDragStart={(event) => {
              event.dataTransfer.setData("text/plain", chart.name);
              event.dataTransfer.effectAllowed = "copy";
              onDrag(widgetOf(chart.chartId, chart.spec.kind));
            }}
            onDragEnd={() => onDrag(null)}
          >
            <Icon name={KINDS.find((each) => each.kind === chart.spec.kind)?.icon ?? "bars"} size={14} />
            <span className={css.words}>
              <b>{chart.name}</b>
              <small>
                {kindLabel(chart.spec.kind)} · {whenText(new Date(chart.updatedAt), now, reading)}
              </small>
            </span>
            <Tooltip label="Add">
              <ActionIcon
                size="sm"
                aria-label={`Add ${chart.name}`}
                onClick={() => onAdd(widgetOf(chart.chartId, chart.spec.kind))}
              >
                <Icon name="plus" size={14} />
              </ActionIcon>
            </Tooltip>
          </li>
        ))}
      </ul>
      <section className={css.keys} aria-label="Keyboard">
        <h3>Keyboard</h3>
        <dl>
          {KEYS.map(([does, keys]) => (
            <div key={does}>
              <dt>{does}</dt>
              <dd>
                <Kbd>{keys}</Kbd>
              </dd>
            </div>
          ))}
        </dl>
      </section>
    </aside>
  );
}
