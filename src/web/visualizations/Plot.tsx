import { useEffect, useRef, useState } from "react";
import { ErrorState } from "../parts/State";
import { Skeleton } from "../parts/Skeleton";
import css from "./Plot.module.css";
import { loadPlotly } from "./plotly";
import type { PlotlyFigure } from "./types";

interface PlotProps {
  figure: PlotlyFigure;
  /** A sentence that states the finding, for readers who cannot see the picture. */
  summary: string;
}

/** A Plotly figure that fills its box and follows its size. */
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

  if (failure !== null) return <ErrorState error={failure} />;
  return (
    <div className={css.frame}>
      {!isDrawn && (
        <div className={css.waiting}>
          <Skeleton />
        </div>
      )}
      <div ref={box} className={css.plot} role="img" aria-label={summary} />
    </div>
  );
}
