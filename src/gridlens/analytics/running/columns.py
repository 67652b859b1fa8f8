"""What the columns of a fetched result are."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import polars as pl

from gridlens.analytics.running.named_units import named_unit
from gridlens.shared.results import Column, ColumnRole, Kind

if TYPE_CHECKING:
    from gridlens.analytics.guard import Output


def describe_columns(frame: pl.DataFrame, outputs: "Sequence[Output] | None") -> tuple[Column, ...]:
    """A column for each of the frame's, by position where the query's own are all known."""
    known: Sequence[Output | None]
    if outputs is not None and len(outputs) == frame.width:
        known = outputs
    else:
        by_name = {output.name.lower(): output for output in outputs or () if output.name}
        known = [by_name.get(name.lower()) for name in frame.columns]
    return tuple(_column(series, output) for series, output in zip(frame.get_columns(), known, strict=True))


def _column(series: pl.Series, output: "Output | None") -> Column:
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
