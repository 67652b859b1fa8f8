import { Button } from "@mantine/core";
import { useEffect, useMemo, useRef, useState } from "react";
import { ErrorState } from "../parts/State";
import { Skeleton } from "../parts/Skeleton";
import css from "./Plot.module.css";
import { ResultTable } from "./ResultTable";
import { tableOf } from "./figure-table";
import { loadPlotly } from "./plotly";
import type { PlotlyFigure } from "./types";

interface PlotProps {
  figure: PlotlyFigure;
  /** A sentence that states the finding, for readers who cannot see the picture. */
  summary: string;
}

/** A Plotly figure that fills its box and follows its size; its numbers stand in a table behind `T`. */
export function Plot({ figure, summary }: PlotProps) {
  const box = useRef<HTMLDivElement>(null);
  const [isDrawn, setDrawn] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);

  useEffect(() => {
    const element = box.current;
    if (!element) return undefined;
    let isCurrent = true;
    let observer: ResizeObserver | undefined;
    loadPlotly()
      .then(async (plotly) => {
        if (!isCurrent) return;
        const layout = { ...figure.layout, autosize: true };
        await plotly.react(element, figure.data, layout, { displayModeBar: false, doubleClick: "reset" });
        if (!isCurrent) return;
        setDrawn(true);
        observer = new ResizeObserver(() => plotly.Plots.resize(element));
        observer.observe(element);
      })
      .catch((error: unknown) => isCurrent && setFailure(error));
    return () => {
      isCurrent = false;
      observer?.disconnect();
    };
  }, [figure]);

  useEffect(() => {
    const element = box.current;
    return () => {
      if (element) void loadPlotly().then((plotly) => plotly.purge(element));
    };
  }, []);

  const table = useMemo(() => tableOf(figure), [figure]);
  const [isTable, setTable] = useState(false);

  if (failure !== null) return <ErrorState error={failure} />;
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <figure
      className={css.frame}
      // It takes the focus, so that T works on the chart that the reader is at.
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      aria-label={summary}
      onKeyDown={(event) => {
        if (event.key.toLowerCase() === "t" && table && !event.ctrlKey && !event.metaKey && !event.altKey) setTable(!isTable);
      }}
    >
      {!isDrawn && (
        <div className={css.waiting}>
          <Skeleton shape="bars" />
        </div>
      )}
      <div ref={box} className={css.plot} aria-hidden="true" data-hidden={isTable || undefined} />
      {isTable && table && (
        <div className={css.table}>
          <ResultTable label={summary} columns={table.columns} rows={table.rows} hasTools={false} />
        </div>
      )}
      {table && (
        <Button className={css.toggle} size="xs" aria-pressed={isTable} onClick={() => setTable(!isTable)}>
          {isTable ? "Chart" : "Table"}
        </Button>
      )}
    </figure>
  );
}
