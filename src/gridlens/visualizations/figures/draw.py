"""Rows and a spec in, a drawn chart out."""

from collections.abc import Callable

import msgspec

from gridlens.shared.results import ResultSet
from gridlens.shared.time import TimeRange
from gridlens.shared.visualizations import DrawnChart, Figure, Grid, Headline, Provenance, Theme
from gridlens.visualizations.figures.bars import draw_bars
from gridlens.visualizations.figures.boxes import draw_boxes
from gridlens.visualizations.figures.drawing import Plot, Style, empty, finished
from gridlens.visualizations.figures.encoding import complete
from gridlens.visualizations.figures.grids import draw_pivot, draw_table
from gridlens.visualizations.figures.headline import draw_value
from gridlens.visualizations.figures.heat_map import draw_heat_map
from gridlens.visualizations.figures.histogram import draw_histogram
from gridlens.visualizations.figures.lines import draw_lines
from gridlens.visualizations.figures.load_duration import draw_load_duration
from gridlens.visualizations.figures.scatter import draw_scatter
from gridlens.visualizations.figures.wide import label_of
from gridlens.visualizations.spec import ChartKind, ChartSpec

_PLOTS: dict[ChartKind, Callable[[ChartSpec, ResultSet, Style], Plot]] = {
    ChartKind.LINE: draw_lines,
    ChartKind.STEP: draw_lines,
    ChartKind.AREA: draw_lines,
    ChartKind.STACKED_AREA: draw_lines,
    ChartKind.BAR: draw_bars,
    ChartKind.SCATTER: draw_scatter,
    ChartKind.HEAT_MAP: draw_heat_map,
    ChartKind.BOX: draw_boxes,
    ChartKind.HISTOGRAM: draw_histogram,
    ChartKind.LOAD_DURATION: draw_load_duration,
}
_GRIDS: dict[ChartKind, Callable[[ChartSpec, ResultSet], tuple[Grid | Headline, list[str]]]] = {
    ChartKind.TABLE: draw_table,
    ChartKind.PIVOT: draw_pivot,
    ChartKind.VALUE: draw_value,
}


def draw(
    title: str, spec: ChartSpec, result: ResultSet, theme: Theme = "light", asked: TimeRange | None = None
) -> DrawnChart:
    """Draw the rows; ``asked`` is the span of time the axis shows, even where it has no rows.

    Raises:
        CannotDraw: the columns do not fit this kind of chart; the message says what would.
    """
    spec = complete(spec, result)
    subtitle: list[str] = []
    content: Figure | Grid | Headline
    if spec.kind in _GRIDS:
        content, findings = _GRIDS[spec.kind](spec, result)
    else:
        plot = _plot(spec, result, Style(theme=theme, asked=asked))
        findings, subtitle = plot.findings, plot.subtitle
        figure = finished(plot, Style(theme=theme), result.zone)
        content = Figure(plotly=msgspec.Raw(msgspec.json.encode(figure)))
    return DrawnChart(
        title=title,
        kind=spec.kind.value,
        content=content,
        summary=" ".join([f"{title}.", *findings]),
        subtitle=" · ".join(subtitle) or None,
        provenance=provenance(result),
    )


def _plot(spec: ChartSpec, result: ResultSet, style: Style) -> Plot:
    columns = {column.name: column for column in result.columns}
    if result.frame.is_empty():
        return Plot(traces=[], layout=empty("No rows", style), findings=["There are no rows to draw."])
    frame = result.frame
    void = [
        name for name in (spec.x, *spec.y) if name is not None and frame[name].null_count() == frame.height
    ]
    if set(spec.y) <= set(void) or spec.x in void:
        names = ", ".join(label_of(columns[name]) for name in void)
        reason = f"Every value of {names} is missing"
        return Plot(traces=[], layout=empty(reason, style), findings=[f"{reason}."])
    return _PLOTS[spec.kind](spec, result, style)


def provenance(result: ResultSet) -> Provenance:
    return Provenance(
        source_id=result.source_id,
        source_name=result.source_name,
        zone=result.zone,
        read_at=result.read_at,
        is_cached=result.is_cached,
        engine_ms=result.engine_ms,
        row_count=result.frame.height,
        is_cut=result.is_cut,
        row_limit=result.row_limit,
        completeness=result.completeness,
    )
