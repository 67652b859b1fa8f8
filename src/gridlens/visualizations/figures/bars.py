"""Bars along an axis, beside or on one another."""

from dataclasses import replace

import msgspec
import polars as pl

from gridlens.shared.results import ResultSet
from gridlens.visualizations.figures.axes import (
    Axis,
    CategoryAxis,
    Layout,
    TimeAxis,
    hover,
    value_axis,
    words_row,
)
from gridlens.visualizations.figures.clock import HOUR, Cadence, cadence_of
from gridlens.visualizations.figures.drawing import Plot, Style, covered, looking_at, notes_and_shapes, partly
from gridlens.visualizations.figures.earlier import counterparts
from gridlens.visualizations.figures.findings import series_findings
from gridlens.visualizations.figures.paths import runs
from gridlens.visualizations.figures.ranking import draw_ranking
from gridlens.visualizations.figures.theme import Look, blend, looks
from gridlens.visualizations.figures.wide import Series, Wide, done, join, resolve, wide
from gridlens.visualizations.figures.wire import floats, label, trace
from gridlens.visualizations.spec import ChartSpec

MOST_BARS = 400
MOST_CATEGORIES = 60
MOST_WIDE_MARKS = 30
_COARSER = {"1h": "hour", "1d": "day", "1w": "week", "1mo": "month", "3mo": "quarter", "1y": "year"}
_BAR_SHARE = 0.78


def draw_bars(spec: ChartSpec, result: ResultSet, style: Style) -> Plot:
    if spec.arrangement == "ranked":
        return draw_ranking(spec, result, style)
    # A bar has one mark for then; beside or on other bars nobody could tell whose it is.
    is_compared = spec.compare_with is not None and spec.series is None and len(spec.y) == 1
    measures = (*spec.y, spec.compare_with) if spec.compare_with is not None and is_compared else spec.y
    table = wide(msgspec.structs.replace(spec, y=measures), result, in_categories=True)
    notes = list(table.notes)
    axis: Axis = table.axis
    frame = table.frame
    if isinstance(axis, TimeAxis):
        style = looking_at(style, axis, frame["x"])
        whole, seen = table, table.within(style.view)
        if seen.frame.height > MOST_BARS:
            whole, note = _coarser(table, axis, style.view)
            seen = whole.within(style.view)
            notes.append(note)
        frame, axis = seen.frame, covered(seen.axis, whole.frame["x"], result, style.asked)
    elif isinstance(axis, CategoryAxis) and frame.height > (most := spec.limit or MOST_CATEGORIES):
        notes.append(f"the first {most} of {frame.height:,} shown")
        frame = frame.head(most)
        axis = CategoryAxis(labels=axis.labels[:most], label=axis.label)
    table = Wide(frame=frame, series=table.series, scale=table.scale, axis=axis)
    is_stacked = spec.arrangement == "stacked" and not is_compared and len(table.series) > 1
    # What was is a mark on what is. The load is what a stack covers, unless the whole stack is of loads.
    marked = list(table.series[1:]) if is_compared else []
    if is_stacked:
        marked = [series for series in table.series if series.meaning.subject == "load"]
        marked = marked if len(marked) < len(table.series) else []
    order = [series for series in table.series if series not in marked]
    then_by_now = {} if is_compared else counterparts(spec, table, result)
    if is_stacked:
        order.sort(key=lambda series: series.meaning.stack_place)
    elif then_by_now:
        now_by_then = {then: now for now, then in then_by_now.items()}
        order.sort(
            key=lambda series: (
                table.keys.index(now_by_then.get(series.key, series.key)),
                series.key not in now_by_then,
            )
        )
    # What was stands before what is, paler.
    chosen = _chosen([series for series in table.series if series.key not in then_by_now.values()], style)
    chosen |= {then: _paler(chosen[now], style) for now, then in then_by_now.items()}
    strokes = runs(frame, table.keys, axis)
    everything = strokes.rows
    at, width = _places(everything, axis)
    x = floats(at)
    traces: list[Layout] = []
    for turn, series in enumerate(order):
        bars = trace(
            "bar",
            name=label(series.name),
            x=x,
            y=floats(everything[series.key]),
            width=floats(width if is_stacked else width / len(order)),
            marker=_fill(chosen[series.key]),
            hovertemplate=hover(table.scale.unit),
        )
        if not is_stacked and len(order) > 1:
            bars["offset"] = floats(width * (turn / len(order) - 0.5))
        traces.append(bars)
    traces += [_mark(everything[series.key], x, series, table, style) for series in marked]
    low, high = _reach(table, order, marked, is_stacked=is_stacked)
    words = axis.words(everything["x"]) if isinstance(axis, TimeAxis) else _labels(axis, everything)
    named = words_row(x, everything.select(pl.coalesce(pl.col(table.keys))).to_series(), words)
    # The words come first in the hover box, and a stack is read from its top.
    traces = [*traces, named] if is_stacked else [named, *traces]
    layout: Layout = {
        "barmode": "relative" if is_stacked else "overlay",
        "yaxis": value_axis(table.scale, low, high),
        # One mark is told in the subtitle.
        "showlegend": len(table.series) > 1 and not is_compared,
    }
    if is_stacked:
        layout["legend"] = {"traceorder": "reversed"}
    if spec.compare_with is not None:
        notes.append(
            f"mark: {marked[0].name}" if is_compared else "not compared: several bars stand together"
        )
    subtitle = [table.scale.unit or ""]
    if isinstance(axis, TimeAxis):
        start, end = style.view or axis.span(frame["x"], style.asked)
        layout |= {
            "xaxis": axis.layout(start, end),
            **notes_and_shapes(table.scale, axis.shades(start, end, style.palette)),
        }
        subtitle.append(axis.cadence.adjective or "")
        if missing := strokes.missing:
            subtitle.append(f"{missing:,} interval{'s' if missing > 1 else ''} missing")
        subtitle += partly(axis)
    else:
        layout |= {"xaxis": axis.layout(), **notes_and_shapes(table.scale, [])}
    return Plot(
        traces=traces,
        layout=layout,
        findings=series_findings(table, strokes.missing),
        subtitle=[part for part in (*subtitle, *notes) if part],
        has_views=isinstance(axis, TimeAxis),
    )


def _chosen(series: list[Series], style: Style) -> dict[str, Look]:
    found = looks([each.meaning for each in series], style.palette, is_filled=True)
    return {each.key: look for each, look in zip(series, found, strict=True)}


def _paler(look: Look, style: Style) -> Look:
    fill = blend(look.colour.fill, style.palette.surface, 0.4)
    return msgspec.structs.replace(look, colour=msgspec.structs.replace(look.colour, fill=fill))


def _labels(axis: Axis, rows: pl.DataFrame) -> list[str]:
    return [label(axis.labels[int(place)]) for place in rows["x"]] if isinstance(axis, CategoryAxis) else []


def _fill(look: Look) -> Layout:
    """A fill too pale to stand alone has the stroke of its colour around it."""
    if look.colour.fill == look.colour.line:
        return {"color": look.colour.fill, "line": {"width": 0}}
    return {"color": look.colour.fill, "line": {"width": 1, "color": look.colour.line}}


def _places(rows: pl.DataFrame, axis: Axis) -> tuple[pl.Series, pl.Series]:
    """The middle of each bar and its width."""
    if not isinstance(axis, TimeAxis):
        return rows["x"], pl.Series("width", [_BAR_SHARE] * rows.height, dtype=pl.Float64)
    length = rows["end"] - rows["start"]
    if axis.cadence.every is None:
        nearest = rows["start"].diff().drop_nulls().min()
        length = length + (int(nearest) if isinstance(nearest, int | float) else HOUR)
    return (rows["start"] + rows["end"]) / 2, length * _BAR_SHARE


def _coarser(table: Wide, axis: TimeAxis, view: tuple[int, int] | None) -> tuple[Wide, str]:
    """Whole hours, days, months or years of local time, since hundreds of bars are a smear.

    Each is joined of all its rows, also where only a part of it is seen.
    """
    quantity = table.scale.quantity
    how = resolve("auto", quantity, is_sum=quantity.sums_over_time)
    joined, every = table, "1y"
    for every in _COARSER:
        local = pl.col("x").dt.convert_time_zone(axis.zone).dt.truncate(every).dt.convert_time_zone("UTC")
        frame = table.frame.group_by(local, maintain_order=True).agg(join(key, how) for key in table.keys)
        cadence = cadence_of(frame["x"])
        if every not in {"1h", cadence.every}:
            cadence = Cadence(every=every, milliseconds=cadence.milliseconds)
        joined = replace(table, frame=frame, axis=msgspec.structs.replace(axis, cadence=cadence))
        if joined.within(view).frame.height <= MOST_BARS:
            break
    return joined, f"{table.within(view).frame.height:,} intervals {done(how)} by {_COARSER[every]}"


def _mark(values: pl.Series, x: dict[str, str], series: Series, table: Wide, style: Style) -> Layout:
    return trace(
        "scatter",
        mode="markers",
        name=label(series.name),
        x=x,
        y=floats(values),
        marker={
            "symbol": "line-ew",
            "size": 18 if len(values) <= MOST_WIDE_MARKS else 8,
            "line": {"width": 2, "color": style.palette.ink},
        },
        hovertemplate=hover(table.scale.unit),
    )


def _reach(
    table: Wide, stack: list[Series], marked: list[Series], *, is_stacked: bool
) -> tuple[float, float]:
    """From zero to the longest bar, on both sides where there are negative ones."""
    if not is_stacked:
        return table.extent(with_zero=True) or (0.0, 1.0)
    up = pl.sum_horizontal(pl.col(series.key).clip(lower_bound=0) for series in stack).max()
    down = pl.sum_horizontal(pl.col(series.key).clip(upper_bound=0) for series in stack).min()
    marks = [pl.col(series.key) for series in marked]
    highest, lowest = table.frame.select(
        pl.max_horizontal(up, *(mark.max() for mark in marks), 0.0).alias("up"),
        pl.min_horizontal(down, *(mark.min() for mark in marks), 0.0).alias("down"),
    ).row(0)
    return lowest, highest
