"""The load-duration curve: how much of the time each level is reached."""

import polars as pl

from gridlens.shared.results import ResultSet
from gridlens.shared.visualizations import PointsShown
from gridlens.visualizations.figures.axes import Layout, hover, unit_note, value_axis
from gridlens.visualizations.figures.drawing import MOST_DIRECT_LABELS, Plot, Style, direct_labels
from gridlens.visualizations.figures.meaning import meaning_of
from gridlens.visualizations.figures.quantities import THIN_SPACE, Scale, common_scale, quantity_of
from gridlens.visualizations.figures.theme import looks, translucent
from gridlens.visualizations.figures.wide import (
    MOST_SERIES,
    Series,
    finite,
    label_of,
    meaning_of_column,
    text_of,
)
from gridlens.visualizations.figures.wire import floats, label, trace
from gridlens.visualizations.spec import ChartSpec


def draw_load_duration(spec: ChartSpec, result: ResultSet, style: Style) -> Plot:
    """Values from the largest to the smallest over the share of time in which each is reached."""
    measures = [column for column in result.columns if column.name in spec.y]
    quantity = quantity_of(measures[0].unit)
    series: list[Series] = []
    curves: list[pl.Series] = []
    if spec.series:
        frame = result.frame.select(text_of(spec.series), finite(pl.col(spec.y[0])).alias("value"))
        sizes = (
            frame.group_by("series", maintain_order=True)
            .agg(pl.col("value").abs().sum())
            .sort("value", descending=True)
        )
        for name in sizes["series"].head(MOST_SERIES):
            series.append(Series(f"s{len(series)}", name, meaning_of(name, quantity)))
            curves.append(frame.filter(pl.col("series") == name)["value"])
    else:
        for column in measures:
            factor = quantity_of(column.unit).factor / quantity.factor
            series.append(Series(f"s{len(series)}", label_of(column), meaning_of_column(column)))
            curves.append(result.frame.select(finite(pl.col(column.name)) * factor).to_series())
    curves = [curve.drop_nulls().sort(descending=True) for curve in curves]
    low = min((float(curve[-1]) for curve in curves if len(curve)), default=0.0)
    high = max((float(curve[0]) for curve in curves if len(curve)), default=0.0)
    scale = common_scale(quantity, max(abs(low), abs(high)))
    chosen = looks([one.meaning for one in series], style.palette)
    traces = []
    shown = 0
    for one, curve, look in zip(series, curves, chosen, strict=True):
        kept = _even(len(curve), style.width)
        shown += len(kept)
        # Each value lasts for its share of the time, the last one to the end.
        share = pl.Series(
            [place / len(curve) * 100 for place in kept] + [100.0] * bool(kept), dtype=pl.Float64
        )
        height = curve.gather([*kept, *kept[-1:]]) * scale.factor
        traces.append(
            trace(
                "scatter",
                mode="lines",
                name=label(one.name),
                x=floats(share),
                y=floats(height),
                line={"color": look.colour.line, "width": 2, "dash": look.dash, "shape": "hv"},
                fill="tozeroy" if len(series) == 1 else "none",
                fillcolor=translucent(look.colour.fill, 0.18),
                hovertemplate=hover(scale.unit),
            )
        )
    bounds = min(low, 0.0) * scale.factor, max(high, 0.0) * scale.factor
    layout: Layout = {
        "yaxis": value_axis(scale, *bounds),
        "xaxis": {
            "type": "linear",
            "range": [0, 100],
            "ticksuffix": f"{THIN_SPACE}%",
            "title": {"text": "Share of time in which the value is reached"},
            "unifiedhovertitle": {"text": f"Reached in %{{x:.1f}}{THIN_SPACE}% of the time"},
        },
        "annotations": unit_note(scale.unit),
        "showlegend": len(series) > MOST_DIRECT_LABELS,
        "margin": {"b": 40},
    }
    if 1 < len(series) <= MOST_DIRECT_LABELS:
        ends = [
            (one.name, float(curve[-1]) * scale.factor, look)
            for one, curve, look in zip(series, curves, chosen, strict=True)
            if len(curve)
        ]
        labels, margin = direct_labels(ends, *bounds)
        layout["annotations"] += labels
        layout["margin"]["r"] = margin
    values = sum(map(len, curves))
    return Plot(
        traces=traces,
        points=PointsShown(shown=shown, of=values) if shown < values else None,
        layout=layout,
        findings=_durations(series, curves, scale),
        subtitle=[
            part
            for part in (scale.unit or "", f"{max(map(len, curves), default=0):,} values, largest first")
            if part
        ],
    )


def _even(length: int, most: int) -> list[int]:
    """Places along a sorted curve: the first and last for certain, evenly between."""
    if length <= most:
        return list(range(length))
    step = (length - 1) / (most - 1)
    return [round(place * step) for place in range(most)]


def _durations(series: list[Series], curves: list[pl.Series], scale: Scale) -> list[str]:
    said = []
    for one, curve in list(zip(series, curves, strict=True))[:3]:
        if curve.is_empty():
            said.append(f"{one.name} has no values.")
            continue
        tenth, half = curve[len(curve) // 10], curve[len(curve) // 2]
        said.append(
            f"{one.name} peaks at {scale.text(curve[0])}, reaches {scale.text(tenth)} in 10{THIN_SPACE}% and "
            f"{scale.text(half)} in half of the time, and never falls below {scale.text(curve[-1])}."
        )
    return said or ["There are no values."]
