"""Values as JSON can carry them without loss."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import polars as pl

from gridlens.shared.visualizations import Cell

LARGEST_EXACT = 2**53


def rows_of(frame: pl.DataFrame) -> tuple[tuple[Cell, ...], ...]:
    """Instants in UTC as ISO text, whole numbers beyond 2**53 as text, what is not a number as nothing."""
    if not frame.width:
        return ()
    return tuple(zip(*(list(_cells(series)) for series in frame.get_columns()), strict=True))


def _cells(series: pl.Series) -> Sequence[Cell] | Iterator[Cell]:
    kind = series.dtype
    if kind in (pl.String, pl.Boolean):
        return series.to_list()
    if kind.is_float():
        return series.fill_nan(None).replace([float("inf"), float("-inf")], None).to_list()
    if isinstance(kind, pl.Datetime) and kind.time_zone is not None:
        utc = series.dt.convert_time_zone("UTC")
        return utc.dt.strftime("%Y-%m-%dT%H:%M:%S%.fZ").to_list()
    return (_cell(value) for value in series)


def _cell(value: Any) -> Cell:
    match value:
        case None | bool() | str() | float():
            return value
        case int():
            return value if abs(value) <= LARGEST_EXACT else str(value)
        case Decimal():
            return float(value)
        case datetime():
            aware = value if value.tzinfo else value.replace(tzinfo=UTC)
            return aware.astimezone(UTC).isoformat().replace("+00:00", "Z")
        case date() | time():
            return value.isoformat()
        case timedelta():
            return value.total_seconds()
        case bytes():
            return value.hex()
        case _:
            return str(value)
