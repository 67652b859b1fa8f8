"""One number, what it is compared with, and the series behind it."""

import polars as pl

from gridlens.shared.results import ResultSet
from gridlens.shared.visualizations import Headline
from gridlens.visualizations.figures.quantities import change, common_scale, quantity_of
from gridlens.visualizations.figures.wide import done, finite, join, label_of, position, resolve
from gridlens.visualizations.spec import Aggregate, ChartSpec

MOST_SPARKS = 48


def draw_value(spec: ChartSpec, result: ResultSet) -> tuple[Headline, list[str]]:
    """The headline and its finding in words."""
    columns = {column.name: column for column in result.columns}
    measure = columns[spec.y[0]]
    quantity = quantity_of(measure.unit)
    other = columns[spec.compare_with] if spec.compare_with else None
    values = {"now": finite(pl.col(measure.name))}
    if other is not None:
        values["before"] = finite(pl.col(other.name)) * (quantity_of(other.unit).factor / quantity.factor)
    x = columns[spec.x] if spec.x else None
    frame = result.frame.select(position(result.frame, x) if x else pl.lit(0).alias("x"), **values)
    is_series = x is not None and frame.schema["x"].is_temporal()
    how: Aggregate = resolve(spec.aggregate, quantity, is_sum=quantity.sums_over_time)
    rows = frame.height
    if is_series:
        # Several meters at one moment add up before moments are joined.
        across = resolve("auto", quantity, is_sum=quantity.sums_across)
        frame = frame.filter(pl.col("x").is_not_null()).sort("x")
        if frame["x"].n_unique() < frame.height:
            frame = frame.group_by("x", maintain_order=True).agg(join(key, across) for key in values)
    joined = frame.select(join(key, how) for key in values).row(0, named=True)
    now, before = joined["now"], joined.get("before")
    scale = common_scale(quantity, max(abs(now or 0.0), abs(before or 0.0)))
    name = label_of(measure)
    label = f"{name}, {done(how)}" if rows > 1 else name
    headline = Headline(
        value=None if now is None else now * scale.factor,
        unit=scale.unit,
        label=label,
        compared_with=None if before is None else before * scale.factor,
        comparison_label=label_of(other) if other is not None else None,
        spark=_spark(frame["now"], scale.factor) if is_series else (),
    )
    if now is None:
        return headline, [f"{name} has no value."]
    said = f"{label}: {scale.text(now)}"
    if before is not None and other is not None:
        told = change(now, before, is_share=quantity.sort == "share")
        said += (
            f", {told} against {label_of(other)} with {scale.text(before)}"
            if told
            else f", {label_of(other)} was 0"
        )
    return headline, [f"{said}."]


def _spark(values: pl.Series, factor: float) -> tuple[float | None, ...]:
    """As many points as a sparkline has pixels to tell apart, each the mean of its stretch; gaps stay."""
    if len(values) < 2:
        return ()
    size = -(-len(values) // MOST_SPARKS)
    stretches = (
        values.alias("value")
        .to_frame()
        .with_row_index("row")
        .group_by(pl.col("row") // size, maintain_order=True)
        .agg(pl.col("value").mean() * factor)
    )
    return tuple(stretches["value"])
