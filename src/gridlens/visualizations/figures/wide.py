"""The shape every chart along an axis is drawn from: one row a place, one column a series."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import msgspec
import polars as pl

from gridlens.shared.results import Column, ResultSet
from gridlens.visualizations.figures.axes import Axis, CategoryAxis, NumberAxis, TimeAxis
from gridlens.visualizations.figures.clock import BY_GRAIN, cadence_of, reading_zone
from gridlens.visualizations.figures.meaning import Meaning, meaning_of
from gridlens.visualizations.figures.quantities import Quantity, Scale, common_scale, quantity_of
from gridlens.visualizations.spec import Aggregate, ChartSpec

if TYPE_CHECKING:
    from gridlens.visualizations.figures.statement import Summary

MOST_SERIES = 9
OTHER = "Other"
SMALLEST, LARGEST = 1e-100, 1e100
EMPTY = "(empty)"


@dataclass(frozen=True, slots=True)
class Series:
    """``key`` is its column in the frame, ``name`` what a reader calls it."""

    key: str
    name: str
    meaning: Meaning


@dataclass(frozen=True, slots=True, kw_only=True)
class Wide:
    """``frame`` holds ``x``, ascending and distinct, and for each series numbers in the scale's unit.

    ``summary`` is what every number is of the readings of its interval, where that is known.
    """

    frame: pl.DataFrame
    series: tuple[Series, ...]
    scale: Scale
    axis: Axis
    notes: tuple[str, ...] = ()
    summary: "Summary | None" = None

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(series.key for series in self.series)

    def within(self, view: tuple[int, int] | None) -> "Wide":
        """What is seen of it along a time axis, and a row more on either side for the lines that lead there.

        Everything is joined and split before: what a part of the time shows is what the whole shows of it.
        """
        if view is None or not isinstance(self.axis, TimeAxis):
            return self
        at = self.frame["x"].cast(pl.Int64)
        first = max(int((at < view[0]).sum()) - 1, 0)
        last = int((at < view[1]).sum()) + 1
        return replace(self, frame=self.frame.slice(first, last - first))

    def extent(self, *, with_zero: bool) -> tuple[float, float] | None:
        """The smallest and largest value of all series."""
        lowest, highest = extremes(self.frame, self.keys)
        if lowest is None or highest is None:
            return None
        return (min(lowest, 0.0), max(highest, 0.0)) if with_zero else (lowest, highest)


def extremes(frame: pl.DataFrame, keys: tuple[str, ...]) -> tuple[float | None, float | None]:
    if not keys or frame.is_empty():
        return None, None
    row = frame.select(
        pl.min_horizontal(pl.col(keys).min()).alias("low"),
        pl.max_horizontal(pl.col(keys).max()).alias("high"),
    ).row(0)
    return row[0], row[1]


def label_of(column: Column) -> str:
    """What a reader calls a column: its label, or its name as words without the unit at its end."""
    if column.label:
        return column.label
    words = column.name.replace("_", " ").strip()
    head, _, tail = words.rpartition(" ")
    if head and column.unit and _bare(tail) == _bare(column.unit):
        words = head
    return words[:1].upper() + words[1:]


def then_of(other: Column, measure: Column) -> str:
    """What a measure is compared with, without its own name again."""
    return label_of(other).removeprefix(f"{label_of(measure)}, ")


def _bare(text: str) -> str:
    return "".join(letter for letter in text.lower() if letter.isalnum())


def quantity_in(result: ResultSet, column: Column) -> Quantity:
    """The quantity of a column, by its unit and by how the answer's SQL made its values."""
    from gridlens.visualizations.figures.statement import adds_up

    quantity = quantity_of(column.unit)
    if not quantity.sums_across or adds_up(result, column.name):
        return quantity
    return msgspec.structs.replace(quantity, adds_up=False)


def wide(spec: ChartSpec, result: ResultSet, *, in_categories: bool = False) -> Wide:
    """Bring the answer into shape: joined where rows meet, split by the series, in one readable unit.

    ``in_categories`` gives each number along the axis a place of its own, in ascending order.
    """
    from gridlens.visualizations.figures.statement import summary_in

    assert spec.x is not None  # noqa: S101 - completed before it comes here
    columns = {column.name: column for column in result.columns}
    x = columns[spec.x]
    measures = [columns[name] for name in spec.y]
    summaries = {summary_in(result, name) for name in spec.y}
    first = quantity_in(result, measures[0])
    place = position(result.frame, x)
    values = [
        finite(pl.col(column.name)).mul(quantity_of(column.unit).factor / first.factor).alias(f"s{number}")
        for number, column in enumerate(measures)
    ]
    frame = result.frame.select(place, *values, *([text_of(spec.series)] if spec.series else []))
    frame = frame.filter(pl.col("x").is_not_null())
    is_time = frame.schema["x"] == pl.Datetime("ms", "UTC")
    how = resolve(spec.aggregate, first, is_sum=first.sums_across if is_time else first.sums_over_time)
    notes: list[str] = []
    if spec.series is None:
        keys = tuple(f"s{number}" for number in range(len(measures)))
        if frame["x"].n_unique() < frame.height:
            frame = frame.group_by("x", maintain_order=True).agg(join(key, how) for key in keys)
            notes.append(_joined(how, label_of(x)))
        series = tuple(
            Series(key, label_of(column), meaning_of_column(column))
            for key, column in zip(keys, measures, strict=True)
        )
    else:
        frame, series, is_joined = _split(frame, how, first, measures[0])
        if is_joined:
            notes.append(_joined(how, f"{label_of(x)} and {label_of(columns[spec.series])}"))
    lowest, highest = extremes(frame, tuple(s.key for s in series))
    scale = common_scale(first, max(abs(lowest or 0.0), abs(highest or 0.0)))
    if scale.factor != 1.0:
        frame = frame.with_columns(pl.col(s.key) * scale.factor for s in series)
    frame, axis = _along(frame, x, result, in_categories=in_categories)
    # Values that were joined once more are no longer what the statement made.
    summary = summaries.pop() if len(summaries) == 1 and not notes else None
    return Wide(frame=frame, series=series, scale=scale, axis=axis, notes=tuple(notes), summary=summary)


def position(frame: pl.DataFrame, column: Column) -> pl.Expr:
    """The place of each row along the axis: instants in milliseconds, numbers, or words."""
    kind = frame.schema[column.name]
    value = pl.col(column.name)
    if isinstance(kind, pl.Date):
        return value.cast(pl.Datetime("ms")).dt.replace_time_zone("UTC").alias("x")
    if isinstance(kind, pl.Datetime):
        return instant(column.name, kind).alias("x")
    if kind.is_numeric():
        return finite(value).alias("x")
    return text_of(column.name).alias("x")


def instant(name: str, kind: pl.Datetime) -> pl.Expr:
    value = pl.col(name)
    value = value.dt.replace_time_zone("UTC") if kind.time_zone is None else value.dt.convert_time_zone("UTC")
    return value.dt.cast_time_unit("ms")


def time_axis(at: pl.Series, column: Column, result: ResultSet) -> TimeAxis:
    """How the ascending, distinct instants of a column are read."""
    from gridlens.visualizations.figures.statement import grain_in

    cadence = cadence_of(at)
    if len(at) == 1 and (grain := grain_in(result, column.name)):
        # One interval has no distance to another; its length is known all the same.
        cadence = BY_GRAIN.get(grain, cadence)
    is_dates = result.frame.schema[column.name] == pl.Date
    zone = "UTC" if is_dates else reading_zone(at, cadence, result.zone)
    return TimeAxis(cadence=cadence, zone=zone, label=label_of(column), is_dates=is_dates)


def finite(value: pl.Expr) -> pl.Expr:
    """A number that can be drawn; what is not one, or is beyond every quantity there is, is missing."""
    number = value.cast(pl.Float64)
    size = number.abs()
    return pl.when(size < SMALLEST).then(0.0).when(size < LARGEST).then(number)


def text_of(name: str) -> pl.Expr:
    return pl.col(name).cast(pl.String).fill_null(EMPTY).alias("series")


def resolve(how: Aggregate, quantity: Quantity, *, is_sum: bool) -> Aggregate:
    if how == "auto":
        return "sum" if is_sum else "mean"
    return how


def join(key: str, how: Aggregate) -> pl.Expr:
    """One value of many; nothing at all stays nothing instead of summing to zero."""
    value = pl.col(key)
    match how:
        case "sum":
            return pl.when(value.count() > 0).then(value.sum()).alias(key)
        case "min":
            return value.min()
        case "max":
            return value.max()
        case "count":
            return value.count().cast(pl.Float64)
        case "last":
            return value.drop_nulls().last()
        case _:
            return value.mean()


_DONE = {
    "sum": "summed",
    "mean": "averaged",
    "auto": "averaged",
    "count": "counted",
    "last": "reduced to the last",
}


def done(how: Aggregate) -> str:
    """What was done to rows that met, in a word."""
    return _DONE.get(how, f"reduced to the {how}imum")


def one_measure(spec: ChartSpec, result: ResultSet) -> tuple[pl.Series, str, Scale, Meaning]:
    """The values of the first measure in a readable unit, its name, that unit, and what it is about."""
    measure = next(column for column in result.columns if column.name == spec.y[0])
    quantity = quantity_in(result, measure)
    values = result.frame.select(finite(pl.col(measure.name)).alias("value"))
    low, high = extremes(values, ("value",))
    scale = common_scale(quantity, max(abs(low or 0.0), abs(high or 0.0)))
    return values["value"] * scale.factor, label_of(measure), scale, meaning_of_column(measure)


def meaning_of_column(column: Column) -> Meaning:
    return meaning_of(f"{label_of(column)} {column.name}", quantity_of(column.unit))


def _joined(how: Aggregate, where: str) -> str:
    return f"{done(how)} by {where}"


def _split(
    frame: pl.DataFrame, how: Aggregate, quantity: Quantity, measure: Column
) -> tuple[pl.DataFrame, tuple[Series, ...], bool]:
    """One column for each of the largest series, the rest joined into one."""
    is_joined = (
        frame.select(pl.struct("x", "series").n_unique()).item() < frame.height if frame.height else False
    )
    if is_joined:
        frame = frame.group_by("x", "series", maintain_order=True).agg(join("s0", how))
    sizes = frame.group_by("series", maintain_order=True).agg(pl.col("s0").abs().sum().alias("size"))
    names: list[str] = sizes.sort("size", descending=True, maintain_order=True)["series"].to_list()
    kept = names if len(names) <= MOST_SERIES else names[: MOST_SERIES - 1]
    keys = {name: f"s{number}" for number, name in enumerate(kept)}
    series = [Series(key, name, meaning_of(name, quantity)) for name, key in keys.items()]
    keyed = frame.with_columns(pl.col("series").replace_strict(keys, default="rest", return_dtype=pl.String))
    if len(names) > len(kept):
        over = resolve("auto", quantity, is_sum=quantity.sums_across)
        keyed = keyed.group_by("x", "series", maintain_order=True).agg(join("s0", over))
        suffix = "" if over == "sum" else ", mean"
        series.append(Series("rest", f"{OTHER} ({len(names) - len(kept)}{suffix})", Meaning(None)))
    shaped = (
        keyed.pivot(on="series", on_columns=[s.key for s in series], index="x", values="s0")
        if series
        else (keyed.select("x").unique(maintain_order=True))
    )
    # One name of a measure colours all of its series alike only where the series say nothing themselves.
    if series and all(s.meaning.subject is None for s in series) and len(series) == 1:
        series = [replace(s, meaning=meaning_of_column(measure)) for s in series]
    return shaped, tuple(series), is_joined


def _along(
    frame: pl.DataFrame, x: Column, result: ResultSet, *, in_categories: bool
) -> tuple[pl.DataFrame, Axis]:
    kind = frame.schema["x"]
    if isinstance(kind, pl.Datetime):
        frame = frame.sort("x")
        return frame, time_axis(frame["x"], x, result)
    if kind.is_numeric():
        frame = frame.sort("x")
        if not in_categories:
            return frame, NumberAxis(label=label_of(x), unit=x.unit)
        frame = frame.with_columns(x=pl.Series([f"{value:g}" for value in frame["x"]], dtype=pl.String))
    labels = tuple(frame["x"].to_list())
    return frame.with_columns(x=pl.int_range(pl.len()).cast(pl.Float64)), CategoryAxis(
        labels=labels, label=label_of(x)
    )
