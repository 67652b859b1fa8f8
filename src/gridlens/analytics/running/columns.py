"""What the columns of a fetched result are, and how complete its series is."""

from collections.abc import Sequence
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import polars as pl

from gridlens.analytics.guard import Output
from gridlens.analytics.running.named_units import named_unit
from gridlens.shared.results import Column, ColumnRole, Completeness, Kind

DAY_SECONDS = 86_400


def describe_columns(frame: pl.DataFrame, outputs: Sequence[Output] | None) -> tuple[Column, ...]:
    """A column for each of the frame's, by position where the query's own are all known."""
    known: Sequence[Output | None]
    if outputs is not None and len(outputs) == frame.width:
        known = outputs
    else:
        by_name = {output.name.lower(): output for output in outputs or () if output.name}
        known = [by_name.get(name.lower()) for name in frame.columns]
    return tuple(_column(series, output) for series, output in zip(frame.get_columns(), known, strict=True))


def _column(series: pl.Series, output: Output | None) -> Column:
    kind = kind_of(series.dtype)
    if output is None:
        unit = named_unit(series.name) if kind in (Kind.INTEGER, Kind.NUMBER) else None
        return Column(name=series.name, kind=kind, role=_usual_role(kind), unit=unit)
    source = output.column
    if source is not None and source.kind is Kind.JSON and kind is Kind.TEXT:
        kind = Kind.JSON
    if source is not None and source.kind is Kind.BOOLEAN and kind is Kind.INTEGER:
        kind = Kind.BOOLEAN
    role = output.role or _usual_role(kind)
    if role is ColumnRole.TIME and kind not in (Kind.TIMESTAMP, Kind.DATE):
        role = ColumnRole.DIMENSION
    return Column(
        name=series.name,
        kind=kind,
        role=role,
        unit=(output.unit or named_unit(series.name)) if kind in (Kind.INTEGER, Kind.NUMBER) else None,
        label=source.label if source else None,
        description=source.description if source else None,
    )


def kind_of(dtype: pl.DataType) -> Kind:
    if dtype.is_integer():
        return Kind.INTEGER
    if dtype.is_numeric():
        return Kind.NUMBER
    if isinstance(dtype, pl.Datetime):
        return Kind.TIMESTAMP
    if dtype == pl.Date:
        return Kind.DATE
    if dtype == pl.Time:
        return Kind.TIME
    if dtype == pl.Boolean:
        return Kind.BOOLEAN
    if dtype == pl.Binary:
        return Kind.BINARY
    return Kind.TEXT


def _usual_role(kind: Kind) -> ColumnRole:
    if kind in (Kind.TIMESTAMP, Kind.DATE):
        return ColumnRole.TIME
    if kind in (Kind.INTEGER, Kind.NUMBER):
        return ColumnRole.MEASURE
    return ColumnRole.DIMENSION


def completeness_of(
    frame: pl.DataFrame,
    columns: Sequence[Column],
    outputs: Sequence[Output] | None,
    zone: str,
) -> Completeness | None:
    """How many of the intervals between the first and the last time have a value, over all series.

    Nothing is said where the step is unknown, where several columns are times, or where a series
    holds a time twice and so is not one.
    """
    if outputs is None or len(outputs) != frame.width or frame.is_empty():
        return None
    times = [index for index, column in enumerate(columns) if column.role is ColumnRole.TIME]
    measures = [column.name for column in columns if column.role is ColumnRole.MEASURE]
    if len(times) != 1 or not measures:
        return None
    [time], step = times, outputs[times[0]].step_seconds
    if step is None:
        return None
    clock = columns[time].name
    series = [column.name for column in columns if column.role in (ColumnRole.DIMENSION, ColumnRole.KEY)]
    rows = frame.drop_nulls(clock)
    if rows.is_empty() or rows.select([*series, clock]).is_duplicated().any():
        return None
    steps = _steps(rows.get_column(clock), step, zone)
    if steps is None:
        return None
    count = rows.select(series).n_unique() if series else 1
    present = rows.filter(pl.any_horizontal(pl.col(name).is_not_null() for name in measures)).height
    return Completeness(expected=steps * count, present=present)


def _steps(times: pl.Series, step: int, zone: str) -> int | None:
    first, last = times.min(), times.max()
    if times.dtype == pl.Date:
        days = (last - first).days  # type: ignore[operator, union-attr]
        return days * DAY_SECONDS // step + 1 if step >= DAY_SECONDS else None
    if not isinstance(first, datetime) or not isinstance(last, datetime):
        return None
    if step == DAY_SECONDS:
        # Local days have 23 or 25 hours twice a year, so days are counted by the calendar.
        local = ZoneInfo(zone)
        return (last.astimezone(local).date() - first.astimezone(local).date()).days + 1
    seconds = (last.astimezone(UTC) - first.astimezone(UTC)).total_seconds()
    return round(seconds / step) + 1
