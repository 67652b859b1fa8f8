"""Dates and times as people and programs write them."""

import re
from dataclasses import dataclass

import polars as pl

from gridlens.data_sources.uploads.options import DateOrder

_SECOND_US = 1_000_000
DAY_US = 86_400 * _SECOND_US

_CLOCK = (
    r"(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?:[:.](?P<second>\d{2})(?:[.,](?P<fraction>\d{1,9}))?)?"
    r"(?: ?(?P<half>[AaPp])\.?[Mm]\.?)?"
)
_ZONE = r"(?: ?(?P<offset>[Zz]|[+-]\d{2}(?::?\d{2})?|UTC|GMT|WES?T|CES?T|MES?Z|EES?T|BST))?"
_TIME_OF_DAY = rf"(?:(?:[Tt]| +|, ?){_CLOCK}{_ZONE})?"
_MONTH_NAME = r"(?P<month>\p{L}{3,9})\.?"
_NUMERIC = r"(?P<a>\d{1,2})[-./](?P<b>\d{1,2})[-./](?P<c>\d{4}|\d{2})"
_COMPACT = (
    r"^(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})"
    r"(?:[Tt: ]?(?P<hour>\d{2}):?(?P<minute>\d{2})(?::?(?P<second>\d{2})(?:[.,](?P<fraction>\d{1,9}))?)?"
    rf"{_ZONE})?$"
)
_PATTERNS = (
    rf"^(?P<year>\d{{4}})[-./](?P<month>\d{{1,2}})[-./](?P<day>\d{{1,2}}){_TIME_OF_DAY}$",
    rf"^{_NUMERIC}{_TIME_OF_DAY}$",
    _COMPACT,
    rf"^(?P<day>\d{{1,2}})\.?[- ]{_MONTH_NAME}[- ](?P<year>\d{{4}}|\d{{2}}){_TIME_OF_DAY}$",
    rf"^(?:\p{{L}}{{3,9}},? )?{_MONTH_NAME} (?P<day>\d{{1,2}}),? (?P<year>\d{{4}}){_TIME_OF_DAY}$",
)
_SPAN = r"^(?P<start>\S.{5,40}?) (?:-|–|—|to|bis) (?P<end>\S.{3,40})$"
_EPOCH_PATTERN = r"^-?\d{9,10}(?:\d{3}){0,3}$"

# By their first three letters, in English, German, French, Spanish, Italian, Dutch and Portuguese.
_MONTHS = {
    1: "jan ene gen",
    2: "feb fév fev",
    3: "mar mär mrz mrt",
    4: "apr avr abr",
    5: "may mai mag mei",
    6: "jun giu",
    7: "jul lug",
    8: "aug aoû aou ago",
    9: "sep set",
    10: "oct okt ott out",
    11: "nov",
    12: "dec dez déc dic",
}
_MONTH_OF = {name: month for month, names in _MONTHS.items() for name in names.split()}
_FRENCH_MONTH_OF = {"juin": 6, "juil": 7}
_OFFSET_HOURS = {"Z": 0, "UTC": 0, "GMT": 0, "WET": 0, "WEST": 1, "BST": 1, "CET": 1, "MEZ": 1, "CEST": 2}
_OFFSET_HOURS |= {"MESZ": 2, "EET": 2, "EEST": 3}


@dataclass(frozen=True, slots=True)
class Moments:
    """Microseconds on the clock as written, and seconds east of Greenwich where the text says so."""

    local: pl.Series
    offset: pl.Series
    has_clock: pl.Series
    """Whether a time of day was written at all."""


def parse_moments(text: pl.Series, order: DateOrder) -> Moments:
    """Null where the text is no date or time. 24:00 is midnight at the end of the day."""
    if (quick := _quick(text, order)) is not None:
        return quick
    moments = _by_patterns(text, order)
    spans = (moments.local.is_null() & text.str.contains(_SPAN)).fill_null(value=False).arg_true()
    if spans.is_empty():
        return moments
    # Market data label an interval with its start and end; it is kept under its start.
    ends = text.gather(spans).str.extract_groups(_SPAN).struct.unnest()
    start, end = _by_patterns(ends["start"], order), _by_patterns(ends["end"], order)
    is_span = end.local.is_not_null() | parse_clock(ends["end"]).is_not_null()
    return Moments(
        moments.local.scatter(spans, start.local.set(~is_span, None)),
        moments.offset.scatter(spans, start.offset),
        moments.has_clock.scatter(spans, start.has_clock),
    )


def spans_in(text: pl.Series) -> str | None:
    """The first cell that names an interval with both its ends."""
    found = text.drop_nulls().str.strip_chars()
    spans = found.filter(found.str.contains(_SPAN))
    return spans[0] if spans.len() else None


def _by_patterns(text: pl.Series, order: DateOrder) -> Moments:
    local = pl.Series([None] * text.len(), dtype=pl.Int64)
    offset = local.clone()
    has_clock = pl.Series([None] * text.len(), dtype=pl.Boolean)
    open_rows = text.is_not_null().arg_true()
    for pattern in _PATTERNS:
        if open_rows.is_empty():
            break
        part = text.gather(open_rows)
        matched = part.str.contains(pattern)
        rows = open_rows.filter(matched)
        if rows.is_empty():
            continue
        found = _compose(part.filter(matched).str.extract_groups(pattern).struct.unnest(), order)
        local = local.scatter(rows, found["local"])
        offset = offset.scatter(rows, found["offset"])
        has_clock = has_clock.scatter(rows, found["has_clock"])
        open_rows = open_rows.filter(~matched)
    return Moments(local, offset, has_clock)


def parse_epochs(text: pl.Series) -> pl.Series:
    """Microseconds for seconds, milli-, micro- or nanoseconds since 1970, told apart by their digits."""
    bare = text.to_frame("t").select(pl.when(pl.col("t").str.contains(_EPOCH_PATTERN)).then("t")).to_series()
    number = bare.cast(pl.Int64, strict=False)
    size = pl.col("n").abs()
    scaled = (
        pl.when(size < 10**11)
        .then(pl.col("n") * _SECOND_US)
        .when(size < 10**14)
        .then(pl.col("n") * 1_000)
        .when(size < 10**17)
        .then(pl.col("n"))
        .otherwise(pl.col("n") // 1_000)
    )
    return number.to_frame("n").select(scaled).to_series()


def parse_clock(text: pl.Series) -> pl.Series:
    """Time of day in nanoseconds after midnight, as polars keeps it."""
    parts = text.str.extract_groups(rf"^{_CLOCK}$").struct.unnest()
    seconds = parts.select(_seconds_of_day().alias("s"), _fraction_us().alias("f")).with_columns(
        pl.when(pl.col("s") < 86_400).then(pl.col("s"))
    )
    return seconds.select(((pl.col("s") * _SECOND_US + pl.col("f")) * 1_000).cast(pl.Time)).to_series()


def _quick(text: pl.Series, order: DateOrder) -> Moments | None:
    """The same for a column written in one common shape throughout, at many times the speed."""
    first = text.drop_nulls().head(1)
    if first.is_empty():
        return None
    shape = re.sub(r"\d", "0", first[0])
    stem = shape if _quick_pattern(shape, order) else _SHAPE_OF_ZONE.sub("", shape)
    zone = len(shape) - len(stem)
    pattern = _quick_pattern(stem, order)
    if pattern is None:
        return None
    sizes = text.str.len_bytes()
    if sizes.min() != len(shape) or sizes.max() != len(shape):
        return None
    stems = text.str.slice(0, len(stem)) if zone else text
    parsed = stems.str.to_datetime(pattern, strict=False, time_unit="us")
    if parsed.null_count() > text.null_count():
        return None
    offset = pl.Series([None], dtype=pl.Int64).new_from_index(0, text.len())
    if zone:
        ends = text.str.slice(len(stem))
        distinct = ends.drop_nulls().unique()
        if not distinct.str.contains(rf"^{_ZONE}$").all():
            return None
        seconds = distinct.alias("offset").to_frame().select(_offset()).to_series()
        offset = ends.replace_strict(distinct, seconds, return_dtype=pl.Int64)
    known = text.is_not_null()
    return Moments(parsed.cast(pl.Int64), offset, known if len(stem) > 10 else ~known)


def _quick_shapes() -> dict[tuple[str, DateOrder], str]:
    shapes = {}
    dates = [(DateOrder.YMD, f"%Y{s}%m{s}%d", f"0000{s}00{s}00") for s in "-/."]
    dates += [(DateOrder.DMY, f"%d{s}%m{s}%Y", f"00{s}00{s}0000") for s in "-/."]
    dates += [(DateOrder.MDY, f"%m{s}%d{s}%Y", f"00{s}00{s}0000") for s in "-/."]
    for order, pattern, shape in dates:
        shapes[shape, order] = pattern
        for between in " T":
            for clock, digits in (("%H:%M", "00:00"), ("%H:%M:%S", "00:00:00")):
                shapes[shape + between + digits, order] = pattern + between + clock
    return shapes


_QUICK_SHAPES = _quick_shapes()
_SHAPE_OF_ZONE = re.compile(r"(Z|[+-]00:?00)$")


def _quick_pattern(shape: str, order: DateOrder) -> str | None:
    return _QUICK_SHAPES.get((shape, order)) or _QUICK_SHAPES.get((shape, DateOrder.YMD))


def _compose(parts: pl.DataFrame, order: DateOrder) -> pl.DataFrame:
    absent = [name for name in ("half", "hour", "minute", "second", "fraction") if name not in parts.columns]
    parts = parts.with_columns(pl.lit(None, dtype=pl.String).alias(name) for name in absent)
    parts = parts.with_columns(_calendar(parts, order))
    parts = parts.with_columns(
        (pl.col("year").str.len_bytes() == 2).alias("is_short"),
        *(pl.col(name).cast(pl.Int64, strict=False) for name in ("year", "month", "day")),
    )
    # 68 and below belong to this century, as in POSIX.
    century = pl.when("is_short").then(pl.when(pl.col("year") < 69).then(2_000).otherwise(1_900)).otherwise(0)
    parts = parts.with_columns(pl.col("year") + century)
    parts = parts.with_columns(
        _days().alias("days"),
        _seconds_of_day().fill_null(0).alias("seconds"),
        _fraction_us().alias("micros"),
        pl.col("hour").is_not_null().alias("has_clock"),
    )
    # A clock that makes no sense, such as 25:61, spoils the whole.
    is_sound = pl.col("has_clock").not_() | _seconds_of_day().is_not_null()
    local = pl.col("days") * DAY_US + pl.col("seconds") * _SECOND_US + pl.col("micros")
    return parts.select(pl.when(is_sound).then(local).alias("local"), _offset().alias("offset"), "has_clock")


def _calendar(parts: pl.DataFrame, order: DateOrder) -> list[pl.Expr]:
    """Year, month and day out of whichever groups the pattern had."""
    if "a" not in parts.columns:
        month = pl.col("month").str.to_lowercase()
        named = (
            month.str.slice(0, size).replace_strict(names, default=None, return_dtype=pl.Int64)
            for size, names in ((3, _MONTH_OF), (4, _FRENCH_MONTH_OF))
        )
        return [pl.coalesce(pl.col("month").cast(pl.Int64, strict=False), *named).alias("month")]
    if order == DateOrder.YMD:
        # Four digits are the year wherever they stand; day and month come before it then.
        is_long = pl.col("c").str.len_bytes() == 4
        return [
            pl.when(is_long).then("c").otherwise("a").alias("year"),
            pl.col("b").alias("month"),
            pl.when(is_long).then("a").otherwise("c").alias("day"),
        ]
    first, second = ("day", "month") if order == DateOrder.DMY else ("month", "day")
    return [pl.col("c").alias("year"), pl.col("a").alias(first), pl.col("b").alias(second)]


def _days() -> pl.Expr:
    """Days since 1970 of a day that exists, by the proleptic Gregorian calendar; null otherwise."""
    year, month, day = pl.col("year"), pl.col("month"), pl.col("day")
    is_leap = (year % 4 == 0) & ((year % 100 != 0) | (year % 400 == 0))
    length = pl.when(month == 2).then(28 + is_leap.cast(pl.Int64)).otherwise(31 - (month - 1) % 7 % 2)
    exists = month.is_between(1, 12) & (day >= 1) & (day <= length) & year.is_between(1, 9999)
    # Counted from March, so that the leap day comes last.
    shifted_year = year - (month <= 2).cast(pl.Int64)
    shifted_month = (month + 9) % 12
    count = (
        365 * shifted_year
        + shifted_year // 4
        - shifted_year // 100
        + shifted_year // 400
        + (153 * shifted_month + 2) // 5
        + day
        - 719_469
    )
    return pl.when(exists).then(count)


def _seconds_of_day() -> pl.Expr:
    hour = pl.col("hour").cast(pl.Int64)
    minute = pl.col("minute").cast(pl.Int64)
    second = pl.col("second").cast(pl.Int64).fill_null(0)
    half = pl.col("half").str.to_lowercase()
    is_twelve_hours = half.is_not_null()
    afternoon = pl.when(half == "p").then(12).otherwise(0)
    hour_of_day = pl.when(is_twelve_hours).then(hour % 12 + afternoon).otherwise(hour)
    is_midnight_after = (hour == 24) & (minute == 0) & (second == 0) & is_twelve_hours.not_()
    is_sound = (
        pl.when(is_twelve_hours).then(hour.is_between(1, 12)).otherwise((hour < 24) | is_midnight_after)
        & (minute < 60)
        & (second <= 60)
    )
    return pl.when(is_sound).then(hour_of_day * 3_600 + minute * 60 + second)


def _fraction_us() -> pl.Expr:
    digits = pl.col("fraction").str.pad_end(6, "0").str.slice(0, 6)
    return digits.cast(pl.Int64).fill_null(0)


def _offset() -> pl.Expr:
    written = pl.col("offset").str.to_uppercase()
    named = written.replace_strict(
        {name: hours * 3_600 for name, hours in _OFFSET_HOURS.items()}, default=None, return_dtype=pl.Int64
    )
    digits = written.str.replace(":", "", literal=True)
    hours = digits.str.slice(1, 2).cast(pl.Int64, strict=False)
    minutes = digits.str.slice(3, 2).cast(pl.Int64, strict=False).fill_null(0)
    sign = pl.when(written.str.starts_with("-")).then(-1).otherwise(1)
    return pl.coalesce(named, sign * (hours * 3_600 + minutes * 60))
