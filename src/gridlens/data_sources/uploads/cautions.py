"""What a person should know or check before believing how a file was read."""

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta

import polars as pl

from gridlens.data_sources.uploads.caution import Caution
from gridlens.data_sources.uploads.conversion import Converter, shortened
from gridlens.data_sources.uploads.kinds import date_order
from gridlens.data_sources.uploads.options import DateOrder, FileFormat, ReadOptions
from gridlens.data_sources.uploads.signs import about_signs
from gridlens.data_sources.uploads.spoilt import about_texts
from gridlens.data_sources.uploads.times import parse_moments, spans_in
from gridlens.shared.results import Kind

_SENTINELS = (-9999.0, -999.0, -99999.0, -999.9, -99.9, 9999.0, 99999.0, 999999.0, -32768.0, 65535.0)
# “ü” and its like in UTF-8, read one byte at a time.
_TWO_FOR_ONE = f"[ÂÃ][\x80-\xbf{bytes(range(0x80, 0xA0)).decode('windows-1252', 'ignore')}]"
_BESIDE_DECIMAL_COMMAS = {";", "\t"}
LARGEST_EXACT = 2**53
"""Up to here a number with decimals holds every whole number."""
_EXAMPLE = "%Y-%m-%d %H:%M"
_INTERVAL_END = re.compile(
    r"(?:hour|interval|period|time|ts)[_ -]?end|ending|\bbis\b|\bende\b", re.IGNORECASE
)


def cautions_before(options: ReadOptions, sample: pl.DataFrame, values: pl.DataFrame) -> Iterator[Caution]:
    """From a look at cells and at what they were read as."""
    if not options.encoding.startswith("utf-"):
        yield Caution(
            code="encoding",
            message=f"The text looks like {options.encoding}. If letters are wrong, choose another encoding.",
        )
    yield from _about_mixed_encodings(options, sample)
    yield from _about_dates(options, sample)
    yield from _about_numbers(options, sample)
    yield from about_texts(options, sample)
    yield from about_signs(options, sample)
    yield from _about_names(options)
    kept = [column for column in options.columns if column.is_kept]
    # Without rows there are no columns of values either.
    texts = [sample.to_series(place) for place, column in enumerate(options.columns) if column.is_kept]
    for column, cells, text in zip(kept, values.get_columns(), texts, strict=False):
        if column.kind in {Kind.NUMBER, Kind.INTEGER} and cells.dtype.is_numeric():
            yield from _about_sentinels(column.name, cells)
            if cells.dtype.is_float():
                yield from _about_rounding(column.name, text, cells)
    yield from _about_intervals(options, sample)
    for column in options.columns:
        if column.time_from is not None:
            yield Caution(
                code="date-and-time",
                column=column.name,
                message=f"{column.name} and {column.time_from} are read together as one time.",
            )


def cautions_after(converter: Converter) -> Iterator[Caution]:
    """From what the reading of all rows has shown."""
    for _, column in converter.kept():
        name, localiser = column.options.name, column.localiser
        if column.widened_by is not None:
            yield Caution(
                code="widened",
                column=name,
                message=f"{name} was taken for whole numbers, but holds “{column.widened_by}”; "
                "it is read as numbers with decimals.",
            )
        if localiser.repeated:
            yield Caution(
                code="repeated-hour",
                column=name,
                message=f"{localiser.repeated:,} times in {name} lie in an hour that the clock in "
                f"{localiser.zone} shows twice, such as {_shown(localiser.first_repeated)}. "
                "In the order of the file, the first pass is read as summer time, the second as winter time.",
            )
        if localiser.skipped:
            yield Caution(
                code="skipped-hour",
                column=name,
                message=f"{localiser.skipped:,} times in {name} do not exist in {localiser.zone}, "
                f"such as {_shown(localiser.first_skipped)}, because the clock is put forward then. "
                "They are read one hour later. If this happens every spring, the zone may be wrong.",
            )


def _shown(microseconds: int | None) -> str:
    start = datetime(1970, 1, 1, tzinfo=UTC)
    return (start + timedelta(microseconds=microseconds or 0)).strftime(_EXAMPLE)


def _texts(options: ReadOptions, sample: pl.DataFrame, kinds: set[Kind]) -> list[tuple[str, pl.Series]]:
    return [
        (column.name, cells)
        for column, cells in zip(options.columns, sample.get_columns(), strict=True)
        if column.is_kept and column.kind in kinds and cells.dtype == pl.String
    ]


def _about_mixed_encodings(options: ReadOptions, sample: pl.DataFrame) -> Iterator[Caution]:
    """Bytes that are not UTF-8 make a bad row, but not in a heading; UTF-8 read otherwise is wrong text."""
    unread = [column.source for column in options.columns if "\ufffd" in column.source]
    if unread:
        yield Caution(
            code="heading-encoding",
            message=f"The heading “{shortened(unread[0], 40)}” holds bytes that are not {options.encoding}. "
            "Export the file in one encoding, or choose the one it is in.",
        )
    if options.format != FileFormat.CSV or options.encoding.startswith("utf-"):
        return
    for cells in sample.select(pl.col(pl.String)).get_columns():
        mixed = cells.filter(cells.str.contains(_TWO_FOR_ONE))
        if mixed.len():
            yield Caution(
                code="mixed-encodings",
                message=f"“{shortened(mixed[0], 40)}” looks like UTF-8 that is read as {options.encoding}, "
                "as most of the file is. Export the file in one encoding, or the text of such rows stays "
                "wrong.",
            )
            return


def _about_dates(options: ReadOptions, sample: pl.DataFrame) -> Iterator[Caution]:
    columns = [cells for _, cells in _texts(options, sample, {Kind.DATE, Kind.TIMESTAMP})]
    found = date_order(pl.DataFrame(columns))
    if found.example and not found.is_certain:
        meant = parse_moments(pl.Series([found.example]), options.date_order).local[0]
        first = "day" if options.date_order == DateOrder.DMY else "month"
        yield Caution(
            code="ambiguous-dates",
            message=f"Day and month cannot be told apart in this file: “{found.example}” is read as "
            f"{_long_date(meant)}, the {first} first. Choose another order if that is wrong.",
        )
    naive = [
        column.name
        for column, cells in zip(options.columns, sample.get_columns(), strict=True)
        if column.is_kept
        and column.kind == Kind.TIMESTAMP
        and not (column.zone or options.zone)
        and _has_naive_times(cells, options)
    ]
    if naive:
        yield Caution(
            code="no-zone",
            column=naive[0] if len(naive) == 1 else None,
            message=f"The times in {_listed(naive)} carry no time zone and are read as UTC. "
            "Choose the zone of the clock that wrote them.",
        )


def _has_naive_times(cells: pl.Series, options: ReadOptions) -> bool:
    if isinstance(cells.dtype, pl.Datetime):
        return cells.dtype.time_zone is None
    if cells.dtype != pl.String:
        return cells.dtype == pl.Date
    moments = parse_moments(cells.head(1_000).str.strip_chars(), options.date_order)
    return bool((moments.local.is_not_null() & moments.offset.is_null()).any())


def _long_date(microseconds: int | None) -> str:
    if microseconds is None:
        return "nothing"
    at = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=microseconds)
    return f"{at.day} {at:%B %Y}"


def _about_numbers(options: ReadOptions, sample: pl.DataFrame) -> Iterator[Caution]:
    """Numbers such as 1,234, whose sign may stand before decimals or between thousands."""
    sign = "," if options.decimal_comma or options.thousands == "," else "."
    # A file that needs the comma for its decimals is parted by other signs; any other is not questioned.
    if sign == "." and (options.format != FileFormat.CSV or options.delimiter not in _BESIDE_DECIMAL_COMMAS):
        return
    pattern = rf"^[+-]?\d{{1,3}}\{sign}\d{{3}}$"
    columns = [cells.drop_nulls() for _, cells in _texts(options, sample, {Kind.NUMBER, Kind.INTEGER})]
    signed = [cells.filter(cells.str.contains(sign, literal=True)) for cells in columns]
    signed = [cells for cells in signed if cells.len()]
    if signed and all(cells.str.contains(pattern).all() for cells in signed):
        # 0,123 can only be a decimal.
        if any(cells.str.contains(r"^[+-]?0").any() for cells in signed):
            return
        example = signed[0][0]
        name = "comma" if sign == "," else "point"
        meaning, otherwise = (
            ("a decimal sign", f"stands between thousands, choose the {name} as their separator")
            if (sign == ",") == options.decimal_comma
            else ("a separator of thousands", f"stands before decimals, choose the decimal {name}")
        )
        yield Caution(
            code="ambiguous-numbers",
            message=f"The sign in numbers such as “{example}” may stand before decimals or between "
            f"thousands. It is read as {meaning}; if it {otherwise}.",
        )


def _about_rounding(name: str, cells: pl.Series, values: pl.Series) -> Iterator[Caution]:
    """Whole numbers among decimals: a number with decimals holds some 16 digits of them."""
    largest = values.abs().max()
    if cells.dtype != pl.String or not isinstance(largest, float) or largest < LARGEST_EXACT:
        return
    whole = cells.str.strip_chars().cast(pl.Int64, strict=False)
    rounded = cells.filter(whole != whole.cast(pl.Float64).cast(pl.Int64, strict=False))
    if rounded.len():
        yield Caution(
            code="rounded",
            column=name,
            message=f"{name} holds decimals beside whole numbers of more digits than a number with decimals "
            f"keeps: {rounded.len():,} of them, such as “{rounded[0]}”, are rounded. Choose text as its type "
            "to keep every digit.",
        )


def _about_names(options: ReadOptions) -> Iterator[Caution]:
    unnamed = [column.name for column in options.columns if column.is_kept and not column.source]
    if unnamed and options.header_row is not None:
        yield Caution(
            code="nameless-columns",
            message=f"{len(unnamed)} columns have no heading and were named {_listed(unnamed)}.",
        )
    sources = [column.source.casefold() for column in options.columns if column.source]
    twice = sorted({name for name in sources if sources.count(name) > 1})
    if twice:
        yield Caution(
            code="repeated-names",
            message=f"The heading names some columns twice ({_listed(twice)}); they were numbered.",
        )


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names[:3]) + (", …" if len(names) > 3 else "")


def _about_sentinels(name: str, cells: pl.Series) -> Iterator[Caution]:
    numbers = cells.cast(pl.Float64).drop_nulls()
    for sentinel in _SENTINELS:
        times = int((numbers == sentinel).sum())
        if times < 3:
            continue
        others = numbers.filter(numbers != sentinel)
        low, high = others.min(), others.max()
        if not isinstance(low, float) or not isinstance(high, float):
            continue
        distance = low - sentinel if sentinel < low else sentinel - high
        if distance > max(high - low, abs(sentinel) / 2):
            yield Caution(
                code="sentinel",
                column=name,
                message=f"{name} is {sentinel:g} in {times:,} rows, far from all other values. If that "
                "stands for a missing value, add it to the words for missing.",
            )


def _about_intervals(options: ReadOptions, sample: pl.DataFrame) -> Iterator[Caution]:
    for column, cells in zip(options.columns, sample.get_columns(), strict=True):
        if not column.is_kept or column.kind != Kind.TIMESTAMP:
            continue
        if cells.dtype == pl.String and (span := spans_in(cells)) is not None:
            yield Caution(
                code="interval-both-ends",
                column=column.name,
                message=f"The cells in {column.name} name an interval with both its ends, such as “{span}”. "
                "Its start is kept.",
            )
            continue
        ends_days = cells.dtype == pl.String and bool(cells.str.contains(r"\b24:00").any())
        if ends_days or _INTERVAL_END.search(column.source):
            yield Caution(
                code="interval-end",
                column=column.name,
                message=f"The times in {column.name} seem to mark the end of each interval. They are kept as "
                "written, 24:00 as midnight of the next day; say so in the column's description.",
            )
