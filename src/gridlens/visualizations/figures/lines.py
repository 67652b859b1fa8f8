"""Lines, steps, areas and stacked areas."""

from dataclasses import replace
from typing import Any

import polars as pl

from gridlens.shared.results import ResultSet
from gridlens.visualizations.figures.axes import (
    CategoryAxis,
    Layout,
    NumberAxis,
    TimeAxis,
    hover,
    value_axis,
    words_row,
)
from gridlens.visualizations.figures.drawing import (
    MOST_DIRECT_LABELS,
    Plot,
    Style,
    covered,
    direct_labels,
    gap_bands,
    looking_at,
    notes_and_shapes,
    partly,
)
from gridlens.visualizations.figures.earlier import apart, beside, counterparts
from gridlens.visualizations.figures.findings import series_findings
from gridlens.visualizations.figures.paths import (
    MOST_GAP_BANDS,
    MOST_GAPS,
    Strokes,
    drawn,
    gaps,
    lone,
    only,
    runs,
    thin,
)
from gridlens.visualizations.figures.quantities import MISSING, number
from gridlens.visualizations.figures.theme import NOTHING, Look, looks, translucent
from gridlens.visualizations.figures.wide import Series, Wide, wide
from gridlens.visualizations.figures.wire import floats, label, trace
from gridlens.visualizations.spec import ChartKind, ChartSpec

_AREA_STRENGTH = 0.18
_FORECAST_STRENGTH = 0.38


def draw_lines(spec: ChartSpec, result: ResultSet, style: Style) -> Plot:
    whole = wide(spec, result)
    whole = replace(whole, axis=covered(whole.axis, whole.frame["x"], result, style.asked))
    style = looking_at(style, whole.axis, whole.frame["x"])
    if spec.kind is ChartKind.STACKED_AREA:
        return _stack(whole.within(style.view), style)
    then_by_now = counterparts(spec, whole, result)
    if then_by_now:
        then, notes = apart(whole, then_by_now)
        whole = replace(whole, series=tuple(s for s in whole.series if s.key not in then_by_now.values()))
    else:
        then, notes = beside(spec, whole, result, style.earlier)
    table, then = whole.within(style.view), then and then.within(style.view)
    plot = _lines(spec.kind, table, style, then)
    plot.subtitle += notes
    return plot


def _lines(kind: ChartKind, table: Wide, style: Style, then: Wide | None) -> Plot:
    palette = style.palette
    has_width = kind is not ChartKind.LINE and _is_interval(table)
    shape = "linear" if kind is ChartKind.LINE or (kind is ChartKind.AREA and not has_width) else "hvh"
    everything = runs(table.frame, table.keys, table.axis)
    # Series without holes share their runs, and with them the places along the axis.
    whole = tuple(key for key in table.keys if not table.frame[key].has_nulls())
    strokes = dict.fromkeys(whole, everything) | {
        key: runs(table.frame, (key,), table.axis, MOST_GAPS // len(table.series) + 1)
        for key in table.keys
        if key not in whole
    }
    broken = [strokes[key] for key in table.keys if key not in whole]
    thinned = thin(table.frame, table.keys, [everything, *broken], style.width)
    common = drawn(only(everything, thinned), table.keys, has_width=has_width)
    at = floats(common["at"])
    traces = _words(table, common, at)
    chosen = looks([series.meaning for series in table.series], palette)
    for series, look in zip(table.series, chosen, strict=True):
        if series.key in whole:
            path, x = common, at
        else:
            path = drawn(only(strokes[series.key], thinned), (series.key,), has_width=has_width)
            x = floats(path["at"])
        if kind is ChartKind.AREA:
            traces.append(_underfill(path, series, look, shape))
        traces.append(_stroke(path, x, series, look, shape, table))
    if then is not None:
        by_key = dict(zip(table.keys, chosen, strict=True))
        traces += _dashed(then, by_key, shape, style.width, has_width=has_width)
    low, high = _range(table, then, with_zero=kind is ChartKind.AREA)
    labels: list[Layout] = []
    layout: Layout = {"yaxis": value_axis(table.scale, low, high), "showlegend": False}
    if 1 < len(table.series) <= MOST_DIRECT_LABELS:
        ends = [
            (series.name, table.frame[series.key].drop_nulls()[-1], look)
            for series, look in zip(table.series, chosen, strict=True)
            if table.frame[series.key].count()
        ]
        labels, margin = direct_labels(ends, low, high)
        layout["margin"] = {"r": margin}
    elif len(table.series) > 1:
        layout["showlegend"] = True
    layout |= _along(table, everything, style, labels)
    return Plot(
        traces=traces,
        layout=layout,
        findings=series_findings(table, everything.missing),
        subtitle=_subtitle(table, everything.missing),
        points=thinned.points,
        has_views=isinstance(table.axis, TimeAxis),
    )


def _stroke(
    path: pl.DataFrame, x: dict[str, str], series: Series, look: Look, shape: str, table: Wide
) -> Layout:
    is_load = series.meaning.subject == "load"
    drawn_line: Layout = trace(
        "scatter",
        mode="lines",
        name=label(series.name),
        x=x,
        y=floats(path[series.key]),
        line={"color": look.colour.line, "width": 2 if is_load else 1.75, "dash": look.dash, "shape": shape},
        connectgaps=False,
        hovertemplate=hover(table.scale.unit),
    )
    single = lone(path, series.key)
    if single is not None:
        # A value between two gaps has no stroke, and would not be seen at all.
        drawn_line["mode"] = "lines+markers"
        drawn_line["marker"] = {"size": [5 if alone else 0 for alone in single], "color": look.colour.line}
        # A day of its own stands at the very edge of the axis, which would cut it in half.
        drawn_line["cliponaxis"] = table.frame.height > 1
    return drawn_line


def _dashed(then: Wide, by_key: dict[str, Look], shape: str, width: int, *, has_width: bool) -> list[Layout]:
    """The earlier lines: thin, dashed, in the colours of their counterparts."""
    found = []
    for series in then.series:
        strokes = runs(then.frame, (series.key,), then.axis)
        thinned = thin(then.frame, (series.key,), [strokes], width)
        path = drawn(only(strokes, thinned), (series.key,), has_width=has_width)
        stroke = _stroke(path, floats(path["at"]), series, by_key[series.key], shape, then)
        dash = "dot" if stroke["line"]["dash"] == "dash" else "dash"
        stroke["line"] = {**stroke["line"], "width": 1.2, "dash": dash}
        found.append(stroke | {"opacity": 0.6})
    return found


def _underfill(path: pl.DataFrame, series: Series, look: Look, shape: str) -> Layout:
    """The area under one line: a closed shape for each run, since a fill to zero would bridge the gaps."""
    solid = path.filter(pl.col(series.key).is_not_null())
    value = pl.col(series.key)
    first = (
        solid.group_by("run", maintain_order=True).first().with_columns(value * 0, order=pl.lit(-3, pl.Int8))
    )
    last = solid.group_by("run", maintain_order=True).last().with_columns(value * 0, order=pl.lit(3, pl.Int8))
    cut = last.with_columns(pl.lit(None, pl.Float64).alias(series.key), order=pl.lit(4, pl.Int8))
    columns = solid.columns
    closed = pl.concat([solid, first.select(columns), last.select(columns), cut.select(columns)]).sort(
        "run", "order", "at"
    )
    strength = _FORECAST_STRENGTH / 2 if series.meaning.is_forecast else _AREA_STRENGTH
    return trace(
        "scatter",
        mode="lines",
        x=floats(closed["at"]),
        y=floats(closed[series.key]),
        fill="toself",
        fillcolor=translucent(look.colour.fill, strength),
        line={"width": 0, "shape": shape, "color": NOTHING},
        hoverinfo="skip",
        showlegend=False,
    )


def _stack(table: Wide, style: Style) -> Plot:
    """Carriers on one another, what is below zero hatched beneath, the load as a line over all."""
    palette = style.palette
    has_width = _is_interval(table)
    shape = "hvh" if has_width else "linear"
    lines = [series for series in table.series if series.meaning.subject == "load" and len(table.series) > 1]
    order = {series.key: place for place, series in enumerate(table.series)}
    if len(lines) == len(table.series):
        # Parts of the load and nothing else: they are what is stacked.
        lines = []
    layers = sorted(
        (series for series in table.series if series not in lines),
        key=lambda series: (series.meaning.stack_place, order[series.key]),
    )
    chosen = dict(zip(table.keys, looks([series.meaning for series in table.series], palette), strict=True))
    up = [pl.col(series.key).clip(lower_bound=0).alias(f"{series.key}+") for series in layers]
    down = [pl.col(series.key).clip(upper_bound=0).alias(f"{series.key}-") for series in layers]
    frame = table.frame.with_columns(*up, *down).with_columns(
        top=pl.sum_horizontal([expression.meta.output_name() for expression in up]),
        bottom=pl.sum_horizontal([expression.meta.output_name() for expression in down]),
    )
    everything = runs(frame, table.keys, table.axis)
    thinned = thin(frame, (*table.keys, "top", "bottom"), [everything], style.width)
    keys = (*table.keys, *(f"{series.key}{side}" for series in layers for side in "+-"))
    path = drawn(only(everything, thinned), keys, has_width=has_width, is_stack=True)
    x = floats(path["at"])
    below, above = [], []
    for series in layers:
        look = chosen[series.key]
        has_above = bool((frame[f"{series.key}+"] > 0).any())
        has_below = bool((frame[f"{series.key}-"] < 0).any())
        if has_above or not has_below:
            above.append(_layer(path[f"{series.key}+"], x, series.name, look, shape, table, style))
        if has_below:
            name = series.meaning.name_below_zero(series.name) if has_above else series.name
            layer = _layer(path[f"{series.key}-"], x, name, look, shape, table, style)
            below.append(layer | _hatched(look, shape, style))
    overlay: list[Layout] = []
    for series in lines:
        if frame[series.key].has_nulls():
            own = drawn(
                only(runs(frame, (series.key,), table.axis), thinned), (series.key,), has_width=has_width
            )
            ink = _stroke(own, floats(own["at"]), series, chosen[series.key], shape, table)
        else:
            ink = _stroke(path, x, series, chosen[series.key], shape, table)
        halo = {**ink, "line": {**ink["line"], "color": palette.surface, "width": 5}, "hoverinfo": "skip"}
        del halo["hovertemplate"]
        overlay += [halo | {"showlegend": False}, ink]
    low, high = _least_and_most(frame, [series.key for series in lines])
    layout: Layout = {
        "yaxis": value_axis(table.scale, low, high),
        "showlegend": len(table.series) > 1,
        # Read from the top, as the stack is.
        "legend": {"traceorder": "reversed"},
    }
    layout |= _along(table, everything, style, [])
    return Plot(
        traces=[*below[::-1], *above, *overlay, *_words(table, path, x)],
        layout=layout,
        findings=series_findings(table, everything.missing),
        subtitle=_subtitle(table, everything.missing),
        points=thinned.points,
        has_views=isinstance(table.axis, TimeAxis),
    )


def _layer(
    values: pl.Series, x: dict[str, str], name: str, look: Look, shape: str, table: Wide, style: Style
) -> Layout:
    layer: Layout = trace(
        "scatter",
        mode="lines",
        name=label(name),
        x=x,
        y=floats(values),
        stackgroup="above",
        line={"width": 0.9, "color": style.palette.surface, "shape": shape},
        fillcolor=look.colour.fill,
        hovertemplate=hover(table.scale.unit),
    )
    if values.has_nulls():
        # Plotly stacks a missing value as zero and would say so; the reader is told that it is missing.
        layer["text"] = [_told(value, table) for value in values]
        layer["hovertemplate"] = "%{text}"
    return layer


def _hatched(look: Look, shape: str, style: Style) -> Layout:
    """How a layer below zero differs: what is charged, or fed into the grid."""
    return {
        "stackgroup": "below",
        "line": {"width": 0, "shape": shape},
        "fillpattern": {
            "shape": "/",
            "size": 6,
            "solidity": 0.55,
            "fgcolor": look.colour.fill,
            "bgcolor": style.palette.surface,
        },
    }


def _told(value: float | None, table: Wide) -> str:
    if value is None:
        return MISSING
    return label(f"{number(value, table.scale.decimals)}\u2009{table.scale.unit or ''}")


def _least_and_most(frame: pl.DataFrame, lines: list[str]) -> tuple[float, float]:
    row: tuple[Any, ...] = frame.select(
        pl.min_horizontal(pl.col("bottom").min(), *(pl.col(key).min() for key in lines), 0.0).alias("low"),
        pl.max_horizontal(pl.col("top").max(), *(pl.col(key).max() for key in lines), 0.0).alias("high"),
    ).row(0)
    return row[0], row[1]


def _range(table: Wide, then: Wide | None, *, with_zero: bool) -> tuple[float, float]:
    """The extent of the values; zero belongs to it unless the values lie far from it."""
    tables = [table] if then is None else [table, then]
    extents = [extent for each in tables if (extent := each.extent(with_zero=with_zero))]
    if not extents:
        return 0.0, 1.0
    low, high = min(low for low, _ in extents), max(high for _, high in extents)
    if 0 < low < 0.6 * high:
        low = 0.0
    if 0.6 * low < high < 0:
        high = 0.0
    return low, high


def _is_interval(table: Wide) -> bool:
    return isinstance(table.axis, TimeAxis) and table.axis.cadence.every is not None


def _words(table: Wide, path: pl.DataFrame, x: dict[str, str]) -> list[Layout]:
    """The trace that says the place in the hover box; a number says itself."""
    if isinstance(table.axis, NumberAxis) or path.is_empty():
        return []
    if isinstance(table.axis, CategoryAxis):
        words = [label(table.axis.labels[row]) for row in path["row"]]
    else:
        words = table.axis.words(table.frame["x"].gather(path["row"]))
    return [words_row(x, path.select(pl.coalesce(pl.col(table.keys))).to_series(), words)]


def _along(table: Wide, everything: Strokes, style: Style, labels: list[Layout]) -> Layout:
    """The axis along the chart with its weekends, gaps and the unit of the other one."""
    axis = table.axis
    if not isinstance(axis, TimeAxis):
        return {"xaxis": axis.layout(), **notes_and_shapes(table.scale, [], labels)}
    start, end = style.view or axis.span(table.frame["x"], style.asked)
    shapes = [
        *axis.shades(start, end, style.palette),
        *gap_bands(gaps(everything), start, end, style.palette, MOST_GAP_BANDS),
    ]
    return {"xaxis": axis.layout(start, end), **notes_and_shapes(table.scale, shapes, labels)}


def _subtitle(table: Wide, missing: int) -> list[str]:
    words = [table.scale.unit or ""]
    if isinstance(table.axis, TimeAxis):
        cadence = table.axis.cadence
        if cadence.adjective:
            usual = {"power": "mean", "energy": "sum"}.get(table.scale.quantity.sort, "")
            words.append(f"{cadence.adjective} {table.summary or usual}".rstrip())
        if missing:
            words.append(f"{missing:,} interval{'s' if missing > 1 else ''} missing")
        words += partly(table.axis)
    return [word for word in (*words, *table.notes) if word]
