"""An earlier span drawn beside the one that is asked for, each moment where its counterpart stands."""

from dataclasses import dataclass, replace
from datetime import timedelta
from zoneinfo import ZoneInfo

import msgspec
import polars as pl

from gridlens.shared.results import ResultSet
from gridlens.shared.time import TimeRange
from gridlens.visualizations.figures.axes import TimeAxis
from gridlens.visualizations.figures.encoding import Columns
from gridlens.visualizations.figures.wide import Wide, then_of, wide
from gridlens.visualizations.spec import ChartKind, ChartSpec

Beside = tuple[Wide | None, list[str]]
"""The earlier lines, and what the subtitle says about them."""
MOST_COMPARED = 4
"""Twice as many lines, and nobody tells them apart."""
WITH_COMPARISON = frozenset({ChartKind.VALUE, ChartKind.LINE, ChartKind.STEP, ChartKind.AREA})


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """The same question's answer over an earlier ``span``; ``label`` is what a reader calls it."""

    result: ResultSet
    span: TimeRange
    now: TimeRange
    label: str

    def moved(self, at: pl.Series, zone: str) -> pl.Series:
        """Instants of the earlier span at their places in the later one, by the clock on the wall."""
        place = ZoneInfo(self.now.zone)
        then, now = self.span.start.astimezone(place), self.now.start.astimezone(place)
        if then.time() != now.time():
            return at + (self.now.start - self.span.start)
        wall = at.dt.convert_time_zone(zone).dt.replace_time_zone(None) + timedelta(
            days=(now.date() - then.date()).days
        )
        # An hour that spring skips has no place.
        return wall.dt.replace_time_zone(
            zone, ambiguous="earliest", non_existent="null"
        ).dt.convert_time_zone("UTC")


def can_compare(spec: ChartSpec) -> bool:
    is_ranked = spec.kind is ChartKind.BAR and spec.arrangement == "ranked"
    return (spec.kind in WITH_COMPARISON or is_ranked) and spec.compare_with is None


def counterparts(spec: ChartSpec, table: Wide, result: ResultSet) -> dict[str, str]:
    """Of measures that were asked for together with what they were before: the key of then by that of now."""
    if spec.series is not None:
        return {}
    keys = dict(zip(spec.y, table.keys, strict=False))
    return {keys[now]: keys[then] for then, now in Columns(result).counterparts(spec.y).items()}


def apart(table: Wide, then_by_now: dict[str, str]) -> Beside:
    """The earlier measures beside those of now, each with the key of its counterpart."""
    if not then_by_now:
        return None, []
    names = {series.key: series.name for series in table.series}
    series = tuple(
        replace(series, name=names[then_by_now[series.key]])
        for series in table.series
        if series.key in then_by_now
    )
    frame = table.frame.select("x", *(pl.col(then).alias(now) for now, then in then_by_now.items()))
    return Wide(frame=frame, series=series, scale=table.scale, axis=table.axis), ["dashed: what was before"]


def beside(spec: ChartSpec, table: Wide, result: ResultSet, earlier: Earlier | None) -> Beside:
    """What was, in the unit and on the axis of what is: a second measure, or else the earlier span.

    Each earlier series has the key of its counterpart.
    """
    if spec.compare_with is not None:
        other = next(column for column in result.columns if column.name == spec.compare_with)
        measure = next(column for column in result.columns if column.name == spec.y[0])
        then, label = wide(msgspec.structs.replace(spec, y=(other.name,)), result), then_of(other, measure)
    elif earlier is not None and isinstance(table.axis, TimeAxis):
        if earlier.result.frame.is_empty():
            return None, [f"{earlier.label}: no rows"]
        then, label = wide(spec, earlier.result), earlier.label
        then = replace(then, frame=then.frame.with_columns(earlier.moved(then.frame["x"], table.axis.zone)))
    else:
        return None, []
    if len(table.series) > MOST_COMPARED:
        return None, [f"not compared: more than {MOST_COMPARED} lines"]
    is_alone = spec.compare_with is not None and spec.series is None
    keys = {series.name: series.key for series in then.series}
    found = [
        (each, then.keys[0] if is_alone else keys[each.name])
        for each in table.series
        if is_alone or each.name in keys
    ]
    series = tuple(replace(each, name=label if is_alone else f"{each.name}, {label}") for each, _ in found)
    factor = table.scale.factor * then.scale.quantity.factor / table.scale.quantity.factor / then.scale.factor
    frame = (
        then.frame.select("x", *((pl.col(key) * factor).alias(each.key) for each, key in found))
        .drop_nulls("x")
        .unique("x", keep="first")
        .sort("x")
    )
    if not series or frame.is_empty():
        return None, [f"{label}: no rows"]
    return Wide(frame=frame, series=series, scale=table.scale, axis=table.axis), [f"dashed: {label}"]
