"""What the cells of a column are, from a sample of them."""

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

import polars as pl

from gridlens.data_sources.uploads.conversion import MISSING_WORDS, TRUTH, ColumnConverter
from gridlens.data_sources.uploads.numbers import (
    DRESS,
    NumberStyle,
    finite_number,
    parse_integers,
    parse_numbers,
    signs_of,
)
from gridlens.data_sources.uploads.options import ColumnOptions, DateOrder
from gridlens.data_sources.uploads.times import parse_clock, parse_moments
from gridlens.data_sources.uploads.units import unit_of_heading
from gridlens.data_sources.uploads.zones import Localiser
from gridlens.shared.results import Kind

# A few cells may be wrong in a column of numbers; they are reported, not a reason to read all as text.
_TOLERATED = 0.05
_ENOUGH = 20

_NUMERIC_DATE = r"^\s*(?P<a>\d{1,2})[-./](?P<b>\d{1,2})[-./](?P<c>\d{4}|\d{2})\b"
_ROWS_FOR_ORDER = 5_000
_NUMBER_LIKE = r"^[+-]?\d[\d.,'’ \u00a0\u2007\u2009\u202f]*$"
_TIME_HEADING = re.compile(
    r"time|date|stamp|datum|zeit|tag\b|fecha|hora|heure|epoch|unix|\bts\b|_ts$|^ts_|_at$", re.I
)
# Ones and zeros, and letters but for y and n, mean other things more often.
_TRUTH_WORDS = TRUTH.keys() - {"1", "0", "t", "f", "on", "off"}
_STYLES = tuple(
    NumberStyle(decimal_comma=comma, thousands=thousands)
    for thousands in ("", ",", ".", " ", "'")
    for comma in (False, True)
    if thousands != ("," if comma else ".")
)


class FoundOrder(NamedTuple):
    order: DateOrder
    is_certain: bool
    example: str | None


def number_style(frame: pl.DataFrame, delimiter: str) -> NumberStyle:
    """The style in which most cells that look like numbers are numbers."""
    found = pl.concat(frame.get_columns()).drop_nulls().str.strip_chars(DRESS).alias("cell").value_counts()
    found = found.filter(pl.col("cell").str.contains(_NUMBER_LIKE))
    cells, times = found["cell"], found["count"]
    read: dict[NumberStyle, tuple[int, int]] = {}
    for style in _STYLES:
        is_read = parse_numbers(cells, style).is_not_null()
        # Different cells first: a word for missing, such as 9999, may be most of a file.
        read[style] = int(is_read.sum()), int(times.filter(is_read).sum())
    most = max(read.values())
    best = [style for style in _STYLES if read[style] == most]
    # 1,234 is read by two styles. Beside semicolons a comma is a decimal sign.
    has_comma = cells.str.contains(",", literal=True).any()
    wants_comma = has_comma and delimiter != ","
    return next((style for style in best if style.decimal_comma == wants_comma), best[0])


def date_order(frame: pl.DataFrame) -> FoundOrder:
    """Day or month first: by numbers beyond 12, else by the order in which the rows run on evenly."""
    has_dates = frame.select(pl.col(pl.String).str.contains(_NUMERIC_DATE).any())
    columns = [frame[cells.name] for cells in has_dates.get_columns() if cells.any()]
    evidence: Counter[DateOrder] = Counter()
    leaning: Counter[DateOrder] = Counter()
    example: str | None = None
    for column in columns:
        cells = column.filter(column.str.contains(_NUMERIC_DATE))
        example = example or cells[0].strip()
        parts = cells.str.extract_groups(_NUMERIC_DATE).struct.unnest().cast(pl.Int64)
        a, b = parts["a"], parts["b"]
        evidence[DateOrder.YMD] += int(((a > 31) & (parts["c"] < 100)).sum())
        evidence[DateOrder.DMY] += int(((a > 12) & (a <= 31) & (b <= 12)).sum())
        evidence[DateOrder.MDY] += int(((b > 12) & (a <= 12)).sum())
        leaning[_smoother(parts.head(_ROWS_FOR_ORDER))] += 1
    if example is None:
        return FoundOrder(DateOrder.YMD, is_certain=True, example=None)
    order, times = evidence.most_common(1)[0]
    if times:
        return FoundOrder(order, is_certain=True, example=example)
    if "." in example[:3]:
        return FoundOrder(DateOrder.DMY, is_certain=True, example=example)
    order = DateOrder.MDY if leaning[DateOrder.MDY] > leaning[DateOrder.DMY] else DateOrder.DMY
    return FoundOrder(order, is_certain=False, example=example)


def _smoother(parts: pl.DataFrame) -> DateOrder:
    """The order in which neighbouring rows lie nearer to each other."""

    def roughness(month: str, day: str) -> int:
        days = pl.col("c") * 372 + pl.col(month) * 31 + pl.col(day)
        return int(parts.select(days.diff().abs().sum()).item())

    return DateOrder.MDY if roughness("a", "b") < roughness("b", "a") else DateOrder.DMY


def kinds_of(
    frame: pl.DataFrame, headings: Sequence[str], style: NumberStyle, order: DateOrder
) -> list[Kind]:
    """The narrowest kind for each column that nearly all its cells are."""
    decimal = r"\," if style.decimal_comma else r"\."
    absent = frame.null_count()
    # Plain decimals throughout are by far the most columns of a wide file, and are told in one go.
    unread = frame.select(finite_number(pl.all(), style).null_count())
    has_decimals = frame.select(pl.all().str.contains(decimal).any())
    has_codes = frame.select(pl.all().str.contains(r"^0\d|^\d{19}").any())
    return [
        Kind.NUMBER
        if unread.item(0, name) == absent.item(0, name)
        and has_decimals.item(0, name)
        and not has_codes.item(0, name)
        else kind_of(frame[name], heading, style, order)
        for name, heading in zip(frame.columns, headings, strict=True)
    ]


def kind_of(cells: pl.Series, heading: str, style: NumberStyle, order: DateOrder) -> Kind:
    """The narrowest kind that nearly all cells are."""
    present = cells.drop_nulls().str.strip_chars()
    present = present.filter(~present.str.to_lowercase().is_in(MISSING_WORDS))
    if present.is_empty():
        return Kind.NUMBER if unit_of_heading(heading).unit else Kind.TEXT
    lowered = present.str.to_lowercase()
    if lowered.is_in(_TRUTH_WORDS).all() and lowered.n_unique() <= 2:
        return Kind.BOOLEAN
    numbers = parse_numbers(present, style)
    if len(signs_of(present)) > 1:
        # Dollars and euros, or a price and a share, do not add up.
        return Kind.TEXT
    # A heading with a unit promises numbers, however few rows there are to prove it.
    is_promised = unit_of_heading(heading).unit is not None and 2 * numbers.null_count() < present.len()
    if is_promised or _fits(numbers, present):
        return _numeric_kind(present, heading, style, order)
    moments = parse_moments(present, order)
    if _fits(moments.local, present):
        return Kind.TIMESTAMP if moments.has_clock.any() else Kind.DATE
    # Beside a date 24:00 is the end of its day.
    clocks = present.str.replace(r"^24:00(:00)?$", "00:00")
    # 12.30 is a time of day only under such a heading: elsewhere it is a number with another decimal sign.
    is_clock = _TIME_HEADING.search(heading) or clocks.str.contains(":", literal=True).any()
    if is_clock and _fits(parse_clock(clocks), present):
        return Kind.TIME
    if present.str.contains(r"^[{\[]").all():
        converter = ColumnConverter(
            ColumnOptions(name="c", kind=Kind.JSON), style, order, frozenset(), Localiser("UTC")
        )
        if converter.convert(present)[1].is_empty():
            return Kind.JSON
    return Kind.TEXT


def _numeric_kind(present: pl.Series, heading: str, style: NumberStyle, order: DateOrder) -> Kind:
    # Numbers for people and things, not for counting: 00123, or more digits than a counter has.
    if present.str.contains(r"^0\d+$").any() or present.str.contains(r"^\d{19,}$").any():
        return Kind.TEXT
    whole = parse_integers(present, style)
    # 88.0 is a measurement that happens to be whole.
    looks_decimal = present.str.contains(style.decimal, literal=True) | whole.is_null()
    if (looks_decimal & parse_numbers(present, style).is_not_null()).any():
        return Kind.NUMBER
    if _TIME_HEADING.search(heading):
        is_day = present.str.contains(r"^(?:19|20)\d{6}$").all()
        if is_day and _fits(parse_moments(present, order).local, present):
            return Kind.DATE
        if present.str.contains(r"^(?:19|20)\d{10}(?:\d{2})?$").all():
            return Kind.TIMESTAMP
        if present.str.contains(r"^1\d{9}(?:\d{3}){0,3}$").all():
            return Kind.TIMESTAMP
    return Kind.INTEGER


def _fits(values: pl.Series, present: pl.Series) -> bool:
    wrong = values.null_count()
    return wrong == 0 or (present.len() >= _ENOUGH and wrong <= _TOLERATED * present.len())
