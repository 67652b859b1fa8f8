"""Heat maps: how a measure changes over two things at once, by the depth of colour."""

import polars as pl

from gridlens.shared.results import Column, ResultSet
from gridlens.visualizations.figures.axes import Layout
from gridlens.visualizations.figures.cells import Cells, cells_in_time, cells_of_categories
from gridlens.visualizations.figures.drawing import Plot, Style
from gridlens.visualizations.figures.quantities import THIN_SPACE, Quantity, Scale, common_scale, quantity_of
from gridlens.visualizations.figures.wide import (
    done,
    extremes,
    finite,
    label_of,
    position,
    resolve,
    text_of,
    time_axis,
)
from gridlens.visualizations.figures.wire import floats, in_template, trace
from gridlens.visualizations.spec import Aggregate, ChartSpec

MOST_SEPARATE_ROWS = 60
_KEY_LENGTH, _KEY_ROOM = 88, 32


def draw_heat_map(spec: ChartSpec, result: ResultSet, style: Style) -> Plot:
    columns = {column.name: column for column in result.columns}
    across, measure = columns[spec.x or ""], columns[spec.y[0]]
    quantity = quantity_of(measure.unit)
    split = [text_of(spec.series)] if spec.series else []
    frame = result.frame.select(
        position(result.frame, across), finite(pl.col(measure.name)).alias("value"), *split
    ).filter(pl.col("x").is_not_null())
    how = resolve(spec.aggregate, quantity, is_sum=quantity.sums_over_time)
    zone: list[str] = []
    if frame.schema["x"].is_temporal():
        axis = time_axis(frame["x"].unique().sort(), across, result)
        cells, zone = cells_in_time(frame, how, axis), axis.told_zone
    else:
        cells = cells_of_categories(frame, how, across)
    plot = _plot(cells, measure, quantity, how, style)
    plot.findings += zone
    return plot


def _plot(cells: Cells, measure: Column, quantity: Quantity, how: Aggregate, style: Style) -> Plot:
    largest = cells.frame["value"].abs().max()
    scale = common_scale(quantity, float(largest) if isinstance(largest, int | float) else 0.0)
    frame = cells.frame.with_columns(pl.col("value") * scale.factor)
    width = len(cells.columns)
    values: list[float | None] = [None] * (len(cells.rows) * width)
    for row, column, value in frame.select("row", "column", "value").iter_rows():
        values[row * width + column] = value
    matrix = pl.Series(values, dtype=pl.Float64)
    low, high = extremes(frame, ("value",))
    ends = [low] if low == high else [low, high]
    ramp = style.palette.heat
    unit = f"{THIN_SPACE}{in_template(scale.unit)}" if scale.unit else ""
    heat = trace(
        "heatmap",
        x=cells.columns,
        y=cells.rows,
        z=floats(matrix, (len(cells.rows), width)),
        colorscale=[[place / (len(ramp) - 1), colour] for place, colour in enumerate(ramp)],
        xgap=1,
        ygap=1 if len(cells.rows) <= MOST_SEPARATE_ROWS else 0,
        hoverongaps=False,
        zhoverformat=f",.{scale.decimals}f",
        hovertemplate=f"%{{y}}, %{{x}}<br><b>%{{z}}{unit}</b><extra></extra>",
        colorbar={
            "orientation": "h",
            "x": 1,
            "xanchor": "right",
            # In pixels, or in a small place the words under its ends would run over the edge.
            "xpad": _KEY_ROOM,
            "y": 1,
            "yanchor": "bottom",
            "ypad": 4,
            "len": _KEY_LENGTH + 2 * _KEY_ROOM,
            "lenmode": "pixels",
            "thickness": 8,
            "outlinewidth": 0,
            "tickmode": "array",
            "tickvals": ends,
            "ticktext": [scale.text(value, is_scaled=True) for value in ends],
            "ticks": "",
            "ticklabeloverflow": "allow",
            "tickfont": {"size": 11},
        },
    )
    layout: Layout = {
        "hovermode": "closest",
        "margin": {"t": 36, "b": 24},
        "xaxis": {
            "type": "category",
            "showspikes": False,
            "tickmode": "array",
            "tickvals": cells.column_ticks,
            "ticktext": cells.column_ticks,
            "tickangle": 0,
        },
        "yaxis": {
            "type": "category",
            "autorange": "reversed",
            "showgrid": False,
            "zeroline": False,
            "tickmode": "array",
            "tickvals": list(cells.row_ticks),
            "ticktext": list(cells.row_ticks.values()),
        },
    }
    told = f"{done(how)} by {cells.by}"
    return Plot(
        traces=[heat, *_holes(cells, style)],
        layout=layout,
        findings=_findings(frame, cells, label_of(measure), scale),
        subtitle=[part for part in (scale.unit or "", told, *cells.notes) if part],
    )


def _holes(cells: Cells, style: Style) -> list[Layout]:
    """Missing cells in the tint of a gap, since an empty one looks like a low one."""
    if not cells.missing:
        return []
    width = len(cells.columns)
    values: list[float | None] = [None] * (len(cells.rows) * width)
    for row, column in cells.missing:
        values[row * width + column] = 1.0
    return [
        trace(
            "heatmap",
            x=cells.columns,
            y=cells.rows,
            z=floats(pl.Series(values, dtype=pl.Float64), (len(cells.rows), width)),
            colorscale=[[0, style.palette.gap], [1, style.palette.gap]],
            showscale=False,
            xgap=1,
            ygap=1 if len(cells.rows) <= MOST_SEPARATE_ROWS else 0,
            hoverongaps=False,
            hovertemplate="%{y}, %{x}<br>missing<extra></extra>",
        )
    ]


def _findings(frame: pl.DataFrame, cells: Cells, name: str, scale: Scale) -> list[str]:
    known = frame.filter(pl.col("value").is_not_null())
    if known.is_empty():
        return ["Every value is missing."]
    top = known.sort("value", descending=True, maintain_order=True).row(0, named=True)
    usual = (
        known.group_by("column").agg(pl.col("value").mean()).sort("value", "column", descending=[True, False])
    )
    best, mean = usual.select("column", "value").row(0)
    where = f"{cells.rows[top['row']]}, {cells.columns[top['column']]}"
    return [
        f"{name} by {cells.by}: highest {scale.text(top['value'], is_scaled=True)} at {where}.",
        f"On average highest at {cells.columns[best]} with {scale.text(mean, is_scaled=True)}.",
    ]
