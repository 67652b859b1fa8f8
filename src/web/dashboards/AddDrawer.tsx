import { Button, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { api, unwrap } from "../app/api";
import { Card, CardList, CardRow } from "../parts/Card";
import { Icon } from "../parts/Icon";
import { Skeleton } from "../parts/Skeleton";
import { EmptyState, ErrorState } from "../parts/State";
import css from "./AddDrawer.module.css";
import { freePlace, SIZES } from "./placing";
import type { Widget } from "./types";

interface AddDrawerProps {
  widgets: readonly Widget[];
  onAdd: (widget: Widget) => void;
}

/** Everything that can be put on the dashboard: saved charts, and text. */
export function AddDrawer({ widgets, onAdd }: AddDrawerProps) {
  const [words, setWords] = useState("");
  const charts = useQuery({
    queryKey: ["charts", "list", words],
    queryFn: () => unwrap(api.GET("/api/v1/charts", { params: { query: { words } } })),
    placeholderData: (before) => before,
  });
  const addChart = (chartId: string, chartKind: string) => {
    const kind = chartKind === "value" ? "value" : chartKind === "table" || chartKind === "pivot" ? "table" : "chart";
    onAdd({ kind, chartId, widgetId: crypto.randomUUID(), title: "", ...freePlace(widgets, SIZES[kind]) });
  };
  const addText = () =>
    onAdd({
      kind: "text",
      markdown: "Write **Markdown** here.",
      widgetId: crypto.randomUUID(),
      title: "",
      ...freePlace(widgets, SIZES.text),
    });

  return (
    <Card title="Add to the dashboard">
      <div className={css.tools}>
        <Button size="xs" leftSection={<Icon name="text" />} onClick={addText}>
          Text
        </Button>
        <TextInput
          size="xs"
          aria-label="Find a chart"
          placeholder="Find a chart"
          value={words}
          onChange={(event) => setWords(event.currentTarget.value)}
        />
      </div>
      {charts.isPending && <Skeleton shape="rows" />}
      {charts.isError && <ErrorState error={charts.error} onRetry={() => void charts.refetch()} />}
      {charts.data?.length === 0 && (
        <EmptyState icon="bars" title="No charts yet">
          <Link to="/ask">Ask a question</Link>, then save its chart. It appears here.
        </EmptyState>
      )}
      <div className={css.list}>
        <CardList label="Saved charts">
          {charts.data?.map((chart) => (
            <CardRow key={chart.chartId} icon={<Icon name={chart.spec.kind === "table" ? "table" : "bars"} />} title={chart.name}>
              <Button
                size="xs"
                aria-label={`Add ${chart.name}`}
                onClick={() => addChart(chart.chartId, chart.spec.kind)}
              >
                Add
              </Button>
            </CardRow>
          ))}
        </CardList>
      </div>
    </Card>
  );
}
