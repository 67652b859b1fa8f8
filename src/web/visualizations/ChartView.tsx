import { useMemo } from "react";
import { HeadlineValue } from "./HeadlineValue";
import { Plot } from "./Plot";
import { PagedTable } from "./PagedTable";
import { ResultTable } from "./ResultTable";
import type { DrawnChart, PlotlyFigure } from "./types";
import type { Paging, Zoom } from "./useDetail";

/** A drawn chart, whatever it is: figure, table or single value. */
export function ChartView({ chart, zoom, paging }: { chart: DrawnChart; zoom: Zoom; paging: Paging }) {
  const { content } = chart;
  const figure = useMemo(() => (content.type === "figure" ? asFigure(content.plotly) : null), [content]);
  switch (content.type) {
    case "figure":
      return figure && <Plot figure={figure} summary={chart.summary} zoom={zoom} />;
    case "table":
      return chart.kind === "table" ? (
        <PagedTable
          label={chart.title}
          grid={content}
          provenance={chart.provenance}
          paging={paging}
        />
      ) : (
        <ResultTable
          label={chart.title}
          columns={content.columns}
          rows={content.rows}
          totalRows={content.totalRows}
          zone={chart.provenance.zone}
        />
      );
    case "value":
      return <HeadlineValue content={content} summary={chart.summary} />;
  }
}

function asFigure(plotly: unknown): PlotlyFigure {
  const { data, layout } = Object(plotly);
  return { data: Array.isArray(data) ? data : [], layout: Object(layout) };
}
