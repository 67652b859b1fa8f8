"""Rows and a spec in, a drawn chart out."""

from collections.abc import Callable
from dataclasses import replace
from math import floor

import msgspec
import polars as pl

from gridlens.shared.results import ResultSet
from gridlens.shared.time import TimeRange
from gridlens.shared.visualizations import (
    USUAL_WIDTH,
    DrawnChart,
    Figure,
    Grid,
    Headline,
    PointsShown,
    Provenance,
    Theme,
    View,
)
from gridlens.visualizations.figures.bars import draw_bars
from gridlens.visualizations.figures.boxes import draw_boxes
from gridlens.visualizations.figures.clock import milliseconds
from gridlens.visualizations.figures.drawing import Plot, Style, empty, finished
from gridlens.visualizations.figures.earlier import Earlier
from gridlens.visualizations.figures.encoding import complete, left_off_stack, with_names
from gridlens.visualizations.figures.grids import draw_pivot, draw_table
from gridlens.visualizations.figures.headline import draw_value
from gridlens.visualizations.figures.heat_map import draw_heat_map
from gridlens.visualizations.figures.histogram import draw_histogram
from gridlens.visualizations.figures.lines import draw_lines
from gridlens.visualizations.figures.load_duration import draw_load_duration
from gridlens.visualizations.figures.pages import Page
from gridlens.visualizations.figures.parts import check_whole
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


def draw(
    title: str,
    spec: ChartSpec,
    result: ResultSet,
    theme: Theme = "light",
    asked: TimeRange | None = None,
    earlier: Earlier | None = None,
    *,
    width: int = USUAL_WIDTH,
    view: View | None = None,
    page: Page | None = None,
) -> DrawnChart:
    """Draw the rows; ``asked`` is the span of time the axis shows, even where it has no rows.

    ``earlier`` is drawn beside them by the kinds that can. ``width`` is the room in CSS pixels; ``view`` is
    the part of a time axis to be drawn in full, of a chart that is made of all rows; ``page`` is
    the part of a table.

    Raises:
        CannotDraw: the columns do not fit this kind of chart; the message says what would.
    """
    result = with_names(spec, result)
    wanted, spec = spec, complete(spec, result)
    check_whole(spec, result)
    if spec.kind not in {ChartKind.TABLE, ChartKind.PIVOT}:
        result = _finite(spec, result)
    subtitle: list[str] = []
    points: PointsShown | None = None
    content: Figure | Grid | Headline
    if spec.kind is ChartKind.VALUE:
        content, findings = draw_value(spec, result, earlier)
    elif spec.kind is ChartKind.TABLE:
        content, findings = draw_table(spec, result, page)
    elif spec.kind is ChartKind.PIVOT:
        content, findings = draw_pivot(spec, result)
    else:
        seen = (milliseconds(view.start), milliseconds(view.end)) if view else None
        style = Style(theme=theme, asked=asked, earlier=earlier, width=width, view=seen)
        plot = _plot(spec, result, style)
        findings, subtitle, points = plot.findings, plot.subtitle, plot.points
        if left := left_off_stack(wanted, spec, result):
            names = " and ".join(label_of(column) for column in result.columns if column.name in left)
            subtitle.append(f"without {names}, which adds nothing to a stack")
        figure = finished(plot, style, result.zone)
        content = Figure(plotly=msgspec.Raw(msgspec.json.encode(figure)))
    return DrawnChart(
        title=title,
        kind=spec.kind.value,
        content=content,
        summary=" ".join([f"{title}.", *findings]),
        subtitle=" · ".join(subtitle) or None,
        points=points,
        provenance=provenance(result, earlier),
    )


def _finite(spec: ChartSpec, result: ResultSet) -> ResultSet:
    """The answer without NaN and infinities in what is drawn, which have no place on an axis."""
    names = [
        name for name in dict.fromkeys((spec.x, *spec.y)) if name and result.frame[name].dtype.is_float()
    ]
    count = sum(int((~result.frame[name].is_finite()).sum()) for name in names)
    if not count:
        return result
    frame = result.frame.with_columns(
        pl.when(pl.col(name).is_finite()).then(pl.col(name)).alias(name) for name in names
    )
    told = "1 value is not finite and is" if count == 1 else f"{count:,} values are not finite and are"
    return replace(result, frame=frame, encoded={}, notes=(*result.notes, f"{told} left out of the chart."))


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


def provenance(result: ResultSet, earlier: Earlier | None = None, notes: tuple[str, ...] = ()) -> Provenance:
    return Provenance(
        source_id=result.source_id,
        source_name=result.source_name,
        zone=result.zone,
        read_at=result.read_at,
        is_cached=result.is_cached,
        is_stale=result.is_stale,
        kept_seconds=result.kept_seconds,
        engine_ms=result.engine_ms,
        row_count=result.frame.height,
        is_cut=result.is_cut,
        total_rows=result.total_rows,
        row_limit=result.row_limit,
        # Of what is drawn: a full period before it would hide how much of this one is missing.
        completeness=result.completeness,
        notes=(*result.notes, *(_lacking(earlier) if earlier else ()), *notes),
    )


def _lacking(earlier: Earlier) -> tuple[str, ...]:
    """What a reader must know of the figures that a change is taken from."""
    found = earlier.result.completeness
    if found is None or found.unknown or found.present >= found.expected:
        return ()
    percent = floor(1000 * found.present / found.expected) / 10
    return (f"What it is compared with, {earlier.label}, is only {percent:g}\u2009% complete.",)
