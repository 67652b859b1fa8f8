"""Rows of MySQL's text protocol as polars columns."""

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import polars as pl
from asyncmy.constants import FIELD_TYPE

from gridlens.data_sources.frames import decimals, unique_names

MIDNIGHT = datetime(2000, 1, 1, tzinfo=UTC)
Converter = Callable[[str, Sequence[Any]], pl.Series]


def _integers(name: str, values: Sequence[int | None]) -> pl.Series:
    largest = max((each for each in values if each is not None), default=0)
    if largest > 2**63 - 1:
        return pl.Series(
            name, [None if each is None else Decimal(each) for each in values], pl.Decimal(38, 0)
        )
    return pl.Series(name, values, pl.Int64)


def _tiny(name: str, values: Sequence[int | None]) -> pl.Series:
    """``BOOLEAN`` is another name for a small integer; it is one where nothing but 0 and 1 occurs."""
    if set(values) <= {0, 1, None}:
        return pl.Series(name, [None if each is None else bool(each) for each in values], pl.Boolean)
    return pl.Series(name, values, pl.Int64)


def _only(kind: type, dtype: Any) -> Converter:
    # A zero date comes as text, and is no date.
    return lambda name, values: pl.Series(
        name, [each if isinstance(each, kind) else None for each in values], dtype
    )


def _times(name: str, values: Sequence[timedelta | None]) -> pl.Series:
    """Times of day; a column with a longer or negative span holds seconds."""
    spans = [each for each in values if isinstance(each, timedelta)]
    if all(timedelta() <= each < timedelta(days=1) for each in spans):
        clock = [(MIDNIGHT + each).time() if isinstance(each, timedelta) else None for each in values]
        return pl.Series(name, clock, pl.Time)
    return pl.Series(
        name, [each.total_seconds() if isinstance(each, timedelta) else None for each in values], pl.Float64
    )


def _bits(name: str, values: Sequence[bytes | None]) -> pl.Series:
    return _integers(name, [None if each is None else int.from_bytes(each, "big") for each in values])


def _texts(name: str, values: Sequence[Any]) -> pl.Series:
    first = next((each for each in values if each is not None), None)
    if isinstance(first, bytes):
        return pl.Series(name, values, pl.Binary)
    return pl.Series(name, [None if each is None else str(each) for each in values], pl.String)


def _of(dtype: Any) -> Converter:
    return lambda name, values: pl.Series(name, values, dtype)


CONVERTERS: dict[int, Converter] = {
    FIELD_TYPE.TINY: _integers,
    FIELD_TYPE.SHORT: _integers,
    FIELD_TYPE.LONG: _integers,
    FIELD_TYPE.INT24: _integers,
    FIELD_TYPE.LONGLONG: _integers,
    FIELD_TYPE.YEAR: _integers,
    FIELD_TYPE.BIT: _bits,
    FIELD_TYPE.FLOAT: _of(pl.Float64),
    FIELD_TYPE.DOUBLE: _of(pl.Float64),
    FIELD_TYPE.DECIMAL: decimals,
    FIELD_TYPE.NEWDECIMAL: decimals,
    FIELD_TYPE.DATE: _only(date, pl.Date),
    FIELD_TYPE.DATETIME: _only(datetime, pl.Datetime("us")),
    # Kept as an instant and sent in the session's zone, which is UTC.
    FIELD_TYPE.TIMESTAMP: _only(datetime, pl.Datetime("us", "UTC")),
    FIELD_TYPE.TIME: _times,
}
LENGTH_OF_BOOLEAN = 1


def frame_of(description: Sequence[Any], rows: Sequence[Sequence[Any]]) -> pl.DataFrame:
    """A frame with unique names; ``description`` is the cursor's."""
    names = unique_names([column[0] for column in description])
    columns = list(zip(*rows, strict=True)) or [()] * len(names)
    return pl.DataFrame(
        [
            _converter(column[1], column[3])(name, values)
            for name, column, values in zip(names, description, columns, strict=True)
        ]
    )


def _converter(type_code: int, length: int) -> Converter:
    if type_code == FIELD_TYPE.TINY and length == LENGTH_OF_BOOLEAN:
        return _tiny
    return CONVERTERS.get(type_code, _texts)
