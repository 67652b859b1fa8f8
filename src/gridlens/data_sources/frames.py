"""Rows in one shape whatever engine they come from: polars columns, times in aware UTC."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import polars as pl

MOST_DECIMAL_DIGITS = 38
AS_THEY_ARE = {pl.Int64(), pl.Float64(), pl.String(), pl.Boolean(), pl.Date(), pl.Datetime("us", "UTC")}
LOCAL_TIME = r"^\d{4}-\d\d-\d\d[ T]\d\d:\d\d(:\d\d(\.\d{1,9})?)?$"
ZONED_TIME = r"^\d{4}-\d\d-\d\d[ T]\d\d:\d\d(:\d\d(\.\d{1,9})?)? ?(Z|[+-]\d\d:?\d\d)$"
DAY = r"^\d{4}-\d\d-\d\d$"


def unique_names(names: Sequence[str]) -> list[str]:
    """The names with repeats numbered: ``a, a, A`` gives ``a, a_2, A_3``; unnamed ones are counted."""
    taken: set[str] = set()
    unique = []
    for place, name in enumerate(names, start=1):
        stem = name.strip() or f"column_{place}"
        candidate, number = stem, 1
        while candidate.lower() in taken:
            number += 1
            candidate = f"{stem}_{number}"
        taken.add(candidate.lower())
        unique.append(candidate)
    return unique


def normalise(frame: pl.DataFrame, zone: str) -> pl.DataFrame:
    """The frame in the types that modules exchange; times without a zone are read in ``zone``."""
    return pl.DataFrame([_normalised(series, zone) for series in frame.get_columns()])


def stack(frames: Sequence[pl.DataFrame]) -> pl.DataFrame:
    """Batches of one result as one frame; their types may differ where they follow from the values."""
    if len(frames) == 1:
        return frames[0]
    return pl.DataFrame([_joined([frame.get_column(name) for frame in frames]) for name in frames[0].columns])


def _joined(parts: list[pl.Series]) -> pl.Series:
    kinds = {part.dtype for part in parts}
    if len(kinds) == 1:
        return pl.concat(parts)
    if kinds <= {pl.Boolean, pl.Int64}:
        return pl.concat([part.cast(pl.Int64) for part in parts])
    scales = [kind.scale for kind in kinds if isinstance(kind, pl.Decimal)]
    if scales and all(kind.is_decimal() or kind == pl.Int64 for kind in kinds):
        whole = [part.cast(pl.Decimal(MOST_DECIMAL_DIGITS, max(scales)), strict=False) for part in parts]
        if all(new.null_count() == old.null_count() for new, old in zip(whole, parts, strict=True)):
            return pl.concat(whole)
    common: type[pl.DataType] = pl.Float64 if all(kind.is_numeric() for kind in kinds) else pl.String
    return pl.concat([part.cast(common) for part in parts])


def _normalised(series: pl.Series, zone: str) -> pl.Series:
    kind = series.dtype
    if kind in AS_THEY_ARE:
        return series
    if isinstance(kind, pl.Datetime):
        return _to_utc(series.dt.cast_time_unit("us"), kind.time_zone, zone)
    if isinstance(kind, pl.Duration):
        return series.dt.total_microseconds(fractional=False).cast(pl.Float64) / 1_000_000
    if isinstance(kind, pl.Decimal) and kind.scale == 0:
        return _as_integers(series)
    if kind == pl.UInt64:
        return _as_integers(series)
    if kind.is_integer():
        return series.cast(pl.Int64)
    if kind.is_float():
        return series.cast(pl.Float64)
    if kind in (pl.Categorical, pl.Enum, pl.Null):
        return series.cast(pl.String)
    if kind.is_nested() or kind == pl.Object:
        return pl.Series(series.name, [None if each is None else str(each) for each in series], pl.String)
    return series


def _as_integers(series: pl.Series) -> pl.Series:
    """Whole numbers as 64-bit integers where they fit, else as they are in 38 digits."""
    integers = series.cast(pl.Int64, strict=False)
    if integers.null_count() == series.null_count():
        return integers
    return series.cast(pl.Decimal(MOST_DECIMAL_DIGITS, 0))


def whole_numbers(text: pl.Series) -> pl.Series:
    """Whole numbers written as text: 64-bit integers where all fit, else 38 digits, else as written."""
    for kind in (pl.Int64(), pl.Decimal(MOST_DECIMAL_DIGITS, 0)):
        numbers = text.cast(kind, strict=False)
        if numbers.null_count() == text.null_count():
            return numbers
    return text


def _to_utc(series: pl.Series, own_zone: str | None, zone: str) -> pl.Series:
    if own_zone is not None:
        return series.dt.convert_time_zone("UTC")
    # Of the two meanings of a repeated hour the earlier one is taken.
    utc = series.dt.replace_time_zone(zone, ambiguous="earliest", non_existent="null").dt.convert_time_zone(
        "UTC"
    )
    if utc.null_count() == series.null_count():
        return utc
    # In spring's skipped hour a clock that was not put forward shows times that do not exist:
    # they mean the instant that old clock shows.
    zone_info = ZoneInfo(zone)
    filled = [
        instant if instant is not None or local is None else local.replace(tzinfo=zone_info).astimezone(UTC)
        for local, instant in zip(series, utc, strict=True)
    ]
    return pl.Series(series.name, filled, pl.Datetime("us", "UTC"))


def decimals(name: str, values: Sequence[Decimal | None]) -> pl.Series:
    """Exact decimals where all fit into 38 digits, else floats."""
    scale = whole = 0
    for value in values:
        if value is None:
            continue
        _, digits, exponent = value.as_tuple()
        if not isinstance(exponent, int):  # NaN and infinity
            return _as_floats(name, values)
        scale = max(scale, -exponent)
        whole = max(whole, len(digits) + exponent)
    if scale + whole > MOST_DECIMAL_DIGITS:
        return _as_floats(name, values)
    return pl.Series(name, values, pl.Decimal(MOST_DECIMAL_DIGITS, scale))


def _as_floats(name: str, values: Sequence[Decimal | None]) -> pl.Series:
    return pl.Series(name, [None if each is None else float(each) for each in values], pl.Float64)


def untyped(name: str, values: Sequence[object]) -> pl.Series:
    """A column of a database that does not type its columns: the narrowest type all values share."""
    kinds = {type(value) for value in values if value is not None}
    if not kinds:
        return pl.Series(name, values, pl.String)
    if kinds == {bool}:
        return pl.Series(name, values, pl.Boolean)
    if kinds == {int}:
        return pl.Series(name, values, pl.Int64)
    if kinds <= {int, float}:
        return pl.Series(name, [None if each is None else float(str(each)) for each in values], pl.Float64)
    if kinds == {bytes}:
        return pl.Series(name, values, pl.Binary)
    texts = [_as_text(value) for value in values]
    series = pl.Series(name, texts, pl.String)
    return times_from_text(series) if kinds == {str} else series


def _as_text(value: object) -> str | None:
    if value is None:
        return None
    return value.hex() if isinstance(value, bytes) else str(value)


def times_from_text(series: pl.Series) -> pl.Series:
    """Times or days where every value is written as one, else the text as it is."""
    first = next((value for value in series if value is not None), "")
    if re.match(DAY, first) and _all_match(series, DAY):
        return _parsed_or_text(series, series.str.to_date("%Y-%m-%d", strict=False))
    if re.match(LOCAL_TIME, first) and _all_match(series, LOCAL_TIME):
        return _parsed_or_text(
            series, _with_seconds(series).str.to_datetime("%Y-%m-%d %H:%M:%S%.f", strict=False)
        )
    if re.match(ZONED_TIME, first) and _all_match(series, ZONED_TIME):
        plain = series.str.replace(r" ?Z$", "+00:00").str.replace(r" ?([+-]\d\d):?(\d\d)$", "${1}${2}")
        clock, offset = plain.str.head(-5), plain.str.tail(5)
        stamped = _with_seconds(clock) + offset
        return _parsed_or_text(
            series, stamped.str.to_datetime("%Y-%m-%d %H:%M:%S%.f%z", time_zone="UTC", strict=False)
        )
    return series


def _all_match(series: pl.Series, pattern: str) -> bool:
    return bool(series.str.contains(pattern).all())


def _with_seconds(series: pl.Series) -> pl.Series:
    return series.str.replace("T", " ").str.replace(r"^(\S+ \d\d:\d\d)$", "${1}:00")


def _parsed_or_text(text: pl.Series, parsed: pl.Series) -> pl.Series:
    return parsed if parsed.null_count() == text.null_count() else text


def aware(value: datetime) -> datetime:
    """Drivers hand out infinity without a zone."""
    return value.replace(tzinfo=UTC) if value.tzinfo is None else value
