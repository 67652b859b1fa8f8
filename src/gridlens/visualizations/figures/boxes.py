"""Boxes: the quartiles of groups, side by side."""

import polars as pl

from gridlens.shared.results import Column, ResultSet
from gridlens.visualizations.figures.axes import Layout, hover, unit_note, value_axis
from gridlens.visualizations.figures.drawing import Plot, Style
from gridlens.visualizations.figures.quantities import Scale
from gridlens.visualizations.figures.theme import looks, translucent
from gridlens.visualizations.figures.wide import extremes, label_of, one_measure, position, time_axis
from gridlens.visualizations.figures.wire import floats, label, trace
from gridlens.visualizations.spec import ChartSpec

MOST_BOXES = 40
MOST_OUTLIERS = 300


def draw_boxes(spec: ChartSpec, result: ResultSet, style: Style) -> Plot:
    """Quartiles of each group, or of each hour, weekday or month where the groups are times."""
    columns = {column.name: column for column in result.columns}
    values, name, scale, meaning = one_measure(spec, result)
    look = looks([meaning], style.palette, is_filled=True)[0]
    frame = pl.DataFrame({"value": values})
    by, zone = "", list[str]()
    if spec.x is None:
        frame = frame.with_columns(group=pl.lit(name), order=pl.lit(0))
    else:
        place = result.frame.select(position(result.frame, columns[spec.x]))["x"]
        frame, by, zone = _grouped(frame.with_columns(x=place), columns[spec.x], result)
    frame = frame.filter(pl.col("value").is_not_null() & pl.col("group").is_not_null())
    stats = (
        frame.group_by("group", maintain_order=True)
        .agg(
            pl.col("order").first(),
            pl.col("value").quantile(0.25, "linear").alias("q1"),
            pl.col("value").median().alias("median"),
            pl.col("value").quantile(0.75, "linear").alias("q3"),
        )
        .sort("order", maintain_order=True)
    )
    most = min(spec.limit or MOST_BOXES, MOST_BOXES)
    notes = [f"the first {most} of {stats.height:,} shown"] if stats.height > most else []
    stats = stats.head(most).with_row_index("place")
    reach = 1.5 * (pl.col("q3") - pl.col("q1"))
    placed = frame.join(stats, on="group", how="inner", maintain_order="left").with_columns(
        is_outside=(pl.col("value") < pl.col("q1") - reach) | (pl.col("value") > pl.col("q3") + reach)
    )
    fences = (
        placed.filter(~pl.col("is_outside"))
        .group_by("place")
        .agg(pl.col("value").min().alias("lower"), pl.col("value").max().alias("upper"))
    )
    stats = stats.join(fences, on="place", how="left", maintain_order="left")
    outside = placed.filter("is_outside")
    if outside.height > MOST_OUTLIERS:
        notes.append(f"the {MOST_OUTLIERS} farthest of {outside.height:,} outliers drawn")
        outside = outside.sort((pl.col("value") - pl.col("median")).abs(), descending=True).head(
            MOST_OUTLIERS
        )
    names = [label(text, 24) for text in stats["group"]]
    traces = [
        trace(
            "box",
            name=label(name),
            x=list(range(len(names))),
            **{
                part: floats(stats[key])
                for part, key in (
                    ("q1", "q1"),
                    ("median", "median"),
                    ("q3", "q3"),
                    ("lowerfence", "lower"),
                    ("upperfence", "upper"),
                )
            },
            line={"color": look.colour.line, "width": 1.25},
            fillcolor=translucent(look.colour.fill, 0.28),
            whiskerwidth=0.4,
            boxpoints=False,
            width=0.55,
        ),
        trace(
            "scatter",
            mode="markers",
            name="Outliers",
            x=floats(outside["place"]),
            y=floats(outside["value"]),
            marker={"size": 4, "color": look.colour.line, "opacity": 0.5},
            hovertemplate=hover(scale.unit) + "<extra></extra>",
        ),
    ]
    low, high = extremes(placed, ("value",))
    layout: Layout = {
        "hovermode": "closest",
        "showlegend": False,
        "xaxis": {
            "type": "linear",
            "tickmode": "array",
            "tickvals": list(range(len(names))),
            "ticktext": names,
            "range": [-0.6, max(len(names), 1) - 0.4],
            "showspikes": False,
        },
        "yaxis": value_axis(scale, low or 0.0, high if high is not None else 1.0),
        "annotations": unit_note(scale.unit),
    }
    return Plot(
        traces=traces,
        layout=layout,
        findings=[*_findings(stats, name, by, scale), *zone],
        subtitle=[part for part in (scale.titled(name), f"by {by}" if by else "", *notes) if part],
    )


def _grouped(frame: pl.DataFrame, column: Column, result: ResultSet) -> tuple[pl.DataFrame, str, list[str]]:
    """Each row's group and its order; times are grouped by where they fall in a day, week or year."""
    kind = frame.schema["x"]
    if isinstance(kind, pl.Datetime):
        at = frame["x"].drop_nulls().unique().sort()
        axis = time_axis(at, column, result)
        local = pl.col("x").dt.convert_time_zone(axis.zone)
        if not axis.cadence.is_calendar and not axis.is_dates:
            name, group, order = "hour of the day", local.dt.strftime("%H"), local.dt.hour()
        elif axis.cadence.every in {"1d", None} and at.len() <= 120:
            name, group, order = "weekday", local.dt.strftime("%a"), local.dt.weekday()
        else:
            name, group, order = "month", local.dt.strftime("%b"), local.dt.month()
        return frame.with_columns(group=group, order=order.cast(pl.Int32)), name, axis.told_zone
    if kind.is_numeric():
        text = pl.Series([None if value is None else f"{value:g}" for value in frame["x"]], dtype=pl.String)
        return frame.with_columns(group=text, order="x"), label_of(column), []
    return frame.with_columns(group="x", order=pl.lit(0)), label_of(column), []


def _findings(stats: pl.DataFrame, name: str, by: str, scale: Scale) -> list[str]:
    if stats.is_empty():
        return ["Every value is missing."]
    ranked = stats.sort("median", descending=True, maintain_order=True)
    top, last = ranked.row(0, named=True), ranked.row(-1, named=True)

    def text(value: object) -> str:
        return scale.text(value, is_scaled=True)

    middle = f"half of its values between {text(top['q1'])} and {text(top['q3'])}"
    if stats.height == 1:
        return [f"{name} has a median of {text(top['median'])}, {middle}."]
    return [
        f"{name} by {by}: {top['group']} has the highest median, {text(top['median'])}, with {middle}.",
        f"The lowest median is {text(last['median'])} for {last['group']}.",
    ]
