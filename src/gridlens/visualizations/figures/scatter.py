"""Points of one measure against another."""

import math

import polars as pl

from gridlens.shared.results import ResultSet
from gridlens.shared.visualizations import PointsShown
from gridlens.visualizations.figures.axes import Layout, value_axis
from gridlens.visualizations.figures.drawing import Plot, Style
from gridlens.visualizations.figures.meaning import Meaning
from gridlens.visualizations.figures.quantities import THIN_SPACE, Scale, common_scale, number, quantity_of
from gridlens.visualizations.figures.theme import looks
from gridlens.visualizations.figures.wide import MOST_SERIES, OTHER, finite, label_of, text_of
from gridlens.visualizations.figures.wire import floats, in_template, label, trace
from gridlens.visualizations.spec import ChartSpec

MOST_POINTS = 5_000
_GRID = (160, 100)
"""Cells of five pixels or so: of points that fall into one, one is drawn."""


def draw_scatter(spec: ChartSpec, result: ResultSet, style: Style) -> Plot:
    columns = {column.name: column for column in result.columns}
    across, up = columns[spec.x or ""], columns[spec.y[0]]
    parts = [finite(pl.col(across.name)).alias("x"), finite(pl.col(up.name)).alias("y")]
    series = text_of(spec.series) if spec.series else pl.lit("").alias("series")
    points = result.frame.select(*parts, series).filter(pl.col("x").is_not_null() & pl.col("y").is_not_null())
    count = points.height
    scales = [
        common_scale(quantity_of(column.unit), _largest(points[axis]))
        for column, axis in ((across, "x"), (up, "y"))
    ]
    points = points.with_columns(
        pl.col(axis) * scale.factor for axis, scale in zip(("x", "y"), scales, strict=True)
    )
    correlation = points.select(pl.corr("x", "y")).item() if count > 2 else None
    sizes = (
        points["series"].value_counts().sort("count", "series", descending=[True, False])["series"].to_list()
    )
    kept = sizes if len(sizes) <= MOST_SERIES else sizes[: MOST_SERIES - 1]
    if len(sizes) > len(kept):
        rest = f"{OTHER} ({len(sizes) - len(kept)})"
        points = points.with_columns(
            series=pl.when(pl.col("series").is_in(kept)).then("series").otherwise(pl.lit(rest))
        )
        kept = [*kept, rest]
    bounds = [_bounds(points[axis]) for axis in ("x", "y")]
    notes = []
    if count > MOST_POINTS:
        points = _spread(points, bounds)
        notes.append("one point for each place")
    chosen = looks([Meaning(None)] * len(kept), style.palette)
    template = "<br>".join(
        f"{in_template(label_of(column))} <b>%{{{axis}}}{THIN_SPACE}{in_template(scale.unit or '')}</b>"
        for column, scale, axis in ((across, scales[0], "x"), (up, scales[1], "y"))
    )
    traces: list[Layout] = []
    for name, look in zip(kept, chosen, strict=True):
        own = points.filter(pl.col("series") == name)
        traces.append(
            trace(
                "scatter",
                mode="markers",
                name=label(name) if spec.series else label(label_of(up)),
                x=floats(own["x"]),
                y=floats(own["y"]),
                marker={"size": 6, "color": look.colour.fill, "opacity": 0.6},
                hovertemplate=template
                + (f"<extra>{in_template(name)}</extra>" if spec.series else "<extra></extra>"),
            )
        )
    layout: Layout = {
        "hovermode": "closest",
        "showlegend": len(kept) > 1,
        "xaxis": {
            **value_axis(scales[0], *bounds[0]),
            "title": {"text": label(scales[0].titled(label_of(across)))},
            "showspikes": False,
            "zeroline": bounds[0][0] < 0,
        },
        "yaxis": value_axis(scales[1], *bounds[1]),
        "annotations": [_above(label(scales[1].titled(label_of(up))))],
        "margin": {"b": 40},
    }
    return Plot(
        traces=traces,
        layout=layout,
        findings=_findings(label_of(across), label_of(up), points, scales, count, correlation),
        subtitle=[f"{label_of(up)} against {label_of(across)}", *notes],
        points=PointsShown(shown=points.height, of=count) if points.height < count else None,
    )


def _largest(values: pl.Series) -> float:
    largest = values.abs().max()
    return float(largest) if isinstance(largest, int | float) else 0.0


def _bounds(values: pl.Series) -> tuple[float, float]:
    low, high = values.min(), values.max()
    if not isinstance(low, int | float) or not isinstance(high, int | float):
        return 0.0, 1.0
    if 0 < low < 0.6 * high:
        low = 0.0
    return float(low), float(high)


def _spread(points: pl.DataFrame, bounds: list[tuple[float, float]]) -> pl.DataFrame:
    cells = [
        ((pl.col(axis) - low) / ((high - low) or 1.0) * size).floor().cast(pl.Int32).alias(f"{axis} cell")
        for axis, (low, high), size in zip(("x", "y"), bounds, _GRID, strict=True)
    ]
    found = points.with_columns(cells).unique(
        ["x cell", "y cell", "series"], keep="first", maintain_order=True
    )
    return found.drop("x cell", "y cell")


def _above(text: str) -> Layout:
    return {
        "text": text,
        "xref": "paper",
        "yref": "paper",
        "x": 0,
        "y": 1,
        "xanchor": "left",
        "yanchor": "bottom",
        "xshift": -34,
        "yshift": 3,
        "showarrow": False,
    }


def _findings(
    across: str, up: str, points: pl.DataFrame, scales: list[Scale], count: int, correlation: float | None
) -> list[str]:
    if points.is_empty():
        return [f"There is no row with both {across} and {up}."]
    spans = [
        f"{name} from {scale.text(low, is_scaled=True)} to {scale.text(high, is_scaled=True)}"
        for name, scale, low, high in (
            (up, scales[1], points["y"].min(), points["y"].max()),
            (across, scales[0], points["x"].min(), points["x"].max()),
        )
    ]
    said = [f"{count:,} points: {', '.join(spans)}."]
    if correlation is not None and math.isfinite(correlation):
        said.append(f"Correlation {number(correlation, 2)}: {_relation(correlation)}.")
    return said


def _relation(correlation: float) -> str:
    if abs(correlation) < 0.3:
        return "no clear relation"
    strength = "strong" if abs(correlation) >= 0.7 else "weak"
    return f"a {strength} relation, {'rising' if correlation > 0 else 'falling'}"
