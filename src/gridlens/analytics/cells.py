"""Values as JSON can carry them without loss."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from math import isfinite, isnan
from typing import Any

import msgspec
import polars as pl

from gridlens.shared.visualizations import Cell

LARGEST_EXACT = 2**53


def rows_of(frame: pl.DataFrame) -> tuple[tuple[Cell, ...], ...]:
    """Instants in UTC as ISO text.

    What JSON has no number for is text: "NaN", "Infinity" and "-Infinity". So are whole numbers beyond
    2**53 and decimals of more digits than a double holds, so that none is rounded on its way.
    """
    if not frame.width:
        return ()
    return tuple(zip(*(list(_cells(series)) for series in frame.get_columns()), strict=True))


def json_rows(frame: pl.DataFrame) -> bytes:
    """The same as a JSON array of arrays."""
    return msgspec.json.encode(rows_of(frame))


def _cells(series: pl.Series) -> Sequence[Cell] | Iterator[Cell]:
    kind = series.dtype
    if kind in (pl.String, pl.Boolean):
        return series.to_list()
    if kind.is_float():
        values = series.to_list()
        return values if series.is_finite().all() else [_cell(value) for value in values]
    if kind.is_integer() and _largest(series) <= LARGEST_EXACT:
        return series.to_list()
    if kind == pl.Date:
        return series.dt.to_string("iso").to_list()
    if isinstance(kind, pl.Datetime) and kind.time_zone is not None:
        utc = series.dt.convert_time_zone("UTC")
        return utc.dt.strftime("%Y-%m-%dT%H:%M:%S%.fZ").to_list()
    return (_cell(value) for value in series)


def _largest(series: pl.Series) -> int:
    bounds = [value for value in (series.min(), series.max()) if isinstance(value, int)]
    return max(map(abs, bounds), default=0)


def _not_finite(value: float) -> str:
    return "NaN" if isnan(value) else "Infinity" if value > 0 else "-Infinity"


def _cell(value: Any) -> Cell:
    match value:
        case None | bool() | str():
            return value
        case float():
            return value if isfinite(value) else _not_finite(value)
        case int():
            return value if abs(value) <= LARGEST_EXACT else str(value)
        case Decimal():
            number = float(value)
            return number if Decimal(repr(number)) == value else str(value)
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
