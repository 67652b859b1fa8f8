"""One number, what it is compared with, and the series behind it."""

import polars as pl

from gridlens.shared.results import ResultSet
from gridlens.shared.visualizations import Headline
from gridlens.visualizations.figures.earlier import Earlier
from gridlens.visualizations.figures.quantities import Quantity, change, common_scale, quantity_of
from gridlens.visualizations.figures.wide import (
    done,
    finite,
    join,
    label_of,
    position,
    quantity_in,
    resolve,
    then_of,
)
from gridlens.visualizations.spec import Aggregate, ChartSpec

MOST_SPARKS = 48


def draw_value(
    spec: ChartSpec, result: ResultSet, earlier: Earlier | None = None
) -> tuple[Headline, list[str]]:
    """The headline and its finding in words; a second measure is compared with before an earlier span."""
    columns = {column.name: column for column in result.columns}
    measure = columns[spec.y[0]]
    quantity = quantity_in(result, measure)
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
    against = then_of(other, measure) if other is not None else None
    if other is None and earlier is not None:
        before, against = _earlier_value(spec, earlier, quantity), earlier.label
    scale = common_scale(quantity, max(abs(now or 0.0), abs(before or 0.0)))
    name = label_of(measure)
    label = f"{name}, {done(how)}" if rows > 1 else name
    headline = Headline(
        value=None if now is None else now * scale.factor,
        unit=scale.unit,
        label=label,
        compared_with=None if before is None else before * scale.factor,
        comparison_label=against,
        spark=_spark(frame["now"], scale.factor) if is_series else (),
    )
    if now is None:
        return headline, [f"{name} has no value."]
    said = f"{label}: {scale.text(now)}"
    if before is not None and against is not None:
        told = change(now, before, quantity)
        said += f", {told} against {against} with {scale.text(before)}" if told else f", {against} was 0"
    return headline, [f"{said}."]


def _earlier_value(spec: ChartSpec, earlier: Earlier, quantity: Quantity) -> float | None:
    """The same figure over the earlier rows, in the unit of the later ones."""
    headline, _ = draw_value(spec, earlier.result)
    if headline.value is None:
        return None
    return headline.value * quantity_of(headline.unit).factor / quantity.factor


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
