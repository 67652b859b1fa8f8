import { Button } from "@mantine/core";
import { useEffect, useMemo, useRef, useState } from "react";
import { ErrorState } from "../parts/State";
import { Skeleton } from "../parts/Skeleton";
import css from "./Plot.module.css";
import { ResultTable } from "./ResultTable";
import { fitted } from "./fit";
import { tableOf } from "./figure-table";
import { loadPlotly } from "./plotly";
import type { PlotlyFigure } from "./types";
import type { Zoom } from "./useDetail";
import { rangeOf, steppedBy, viewOf } from "./view";

/** What the margins of a plot take of its width, about. */
const AROUND = 60;

interface PlotProps {
  figure: PlotlyFigure;
  /** A sentence that states the finding, for readers who cannot see the picture. */
  summary: string;
  zoom: Zoom;
}

/**
 * A Plotly figure that fills its box and follows its size; its numbers stand in a table behind `T`. Part of a time
 * axis is looked at by dragging over it, or with + and −, arrows along it, and 0 for the whole.
 */
export function Plot({ figure, summary, zoom }: PlotProps) {
  const box = useRef<HTMLDivElement>(null);
  const isListening = useRef(false);
  const look = useRef(zoom.onView);
  useEffect(() => {
    look.current = zoom.onView;
  }, [zoom.onView]);
  const hasViews = Object(figure.layout.meta).hasViews === true;
  const { view, whole } = zoom;
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
        const range = view ?? rangeOf(figure.layout.xaxis);
        // Plotly writes into the range it is given, so it gets one of its own.
        const seen = hasViews && range ? { xaxis: { ...Object(figure.layout.xaxis), range: [range.start, range.end] } } : {};
        const draw = () =>
          plotly.react(element, figure.data, fitted({ ...figure.layout, ...seen, autosize: true }, element.clientWidth - AROUND), {
            displayModeBar: false,
            showTips: false,
            doubleClick: hasViews ? false : "reset",
          });
        let width = element.clientWidth;
        const plotted = await draw();
        if (!isCurrent) return;
        if (hasViews && !isListening.current) {
          isListening.current = true;
          plotted.on("plotly_relayout", (said) => {
            const next = viewOf(said);
            if (next) look.current(next);
          });
          plotted.on("plotly_doubleclick", () => look.current(null));
        }
        setDrawn(true);
        observer = new ResizeObserver(() => {
          plotly.Plots.resize(element);
          // Another width has room for other marks.
          if (Math.abs(element.clientWidth - width) > 40) {
            width = element.clientWidth;
            void draw();
          }
        });
        observer.observe(element);
      })
      .catch((error: unknown) => isCurrent && setFailure(error));
    return () => {
      isCurrent = false;
      observer?.disconnect();
    };
  }, [figure, hasViews, view]);

  useEffect(() => {
    const element = box.current;
    return () => {
      isListening.current = false;
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
        if (event.ctrlKey || event.metaKey || event.altKey) return;
        if (event.key.toLowerCase() === "t" && table) setTable(!isTable);
        if (!hasViews || isTable || !whole) return;
        const next = steppedBy(event.key, view, whole);
        if (next === undefined) return;
        event.preventDefault();
        zoom.onView(next);
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
      {view && hasViews && (
        <Button className={css.whole} size="xs" onClick={() => zoom.onView(null)}>
          Whole range
        </Button>
      )}
      <p className={css.said} role="status">
        {view && hasViews ? summary : ""}
      </p>
      {table && (
        <Button className={css.toggle} size="xs" aria-pressed={isTable} onClick={() => setTable(!isTable)}>
          {isTable ? "Chart" : "Table"}
        </Button>
      )}
    </figure>
  );
}
