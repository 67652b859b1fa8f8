"""Columns of numbers or times that a few cells turn into text: said, with the choice there is."""

from collections.abc import Iterator

import polars as pl

from gridlens.data_sources.uploads.caution import Caution
from gridlens.data_sources.uploads.conversion import MISSING_WORDS, shortened
from gridlens.data_sources.uploads.numbers import NumberStyle, parse_numbers, signs_of
from gridlens.data_sources.uploads.options import ColumnOptions, ReadOptions
from gridlens.data_sources.uploads.times import parse_moments
from gridlens.shared.results import Kind

_MOSTLY = 0.5
_SHOWN = 40


def about_texts(options: ReadOptions, sample: pl.DataFrame) -> Iterator[Caution]:
    """Only where nobody has chosen text: who chose it knows."""
    style = NumberStyle(options.decimal_comma, options.thousands)
    words = MISSING_WORDS | {word.strip().lower() for word in options.null_words}
    for column, cells in zip(options.columns, sample.get_columns(), strict=True):
        if column.is_kept and column.is_guess and column.kind == Kind.TEXT and cells.dtype == pl.String:
            present = cells.drop_nulls().str.strip_chars()
            present = present.filter(~present.str.to_lowercase().is_in(words))
            if present.len():
                yield from _about_text(column, present, style, options)


def _about_text(
    column: ColumnOptions, present: pl.Series, style: NumberStyle, options: ReadOptions
) -> Iterator[Caution]:
    if len(signs_of(present)) > 1:
        return  # said of the signs themselves
    numbers = parse_numbers(present, style).is_not_null()
    if _most(numbers):
        if numbers.all():
            yield from _about_codes(column, present)
            return
        yield Caution(
            code="mostly-numbers",
            column=column.name,
            message=f"{column.name} is kept as text: {_counted(numbers)} cells are numbers, but "
            f"“{_odd(present, numbers)}” is none. To have numbers, choose number as its type; the rows that "
            "hold something else are then listed, and set aside or refused as you choose.",
        )
        return
    endless = _endless(present)
    if endless.any() and _most(numbers | endless):
        yield Caution(
            code="endless-numbers",
            column=column.name,
            message=f"{column.name} is kept as text, because “{_shown(present.filter(endless)[0])}” is "
            "larger than any number that can be kept. To have numbers, choose number as its type; the rows "
            "that hold something else are then listed, and set aside or refused as you choose.",
        )
        return
    other = NumberStyle(decimal_comma=not style.decimal_comma)
    if _most(parse_numbers(present, other).is_not_null()):
        sign = "comma" if style.decimal_comma else "point"
        yield Caution(
            code="other-decimal-sign",
            column=column.name,
            message=f"{column.name} is kept as text: numbers such as “{_shown(present[0])}” have another "
            f"decimal sign than the rest of the file, which has a decimal {sign}. Change the sign, or "
            "export the column as the others are.",
        )
        return
    times = parse_moments(present, options.date_order).local.is_not_null()
    if _most(times) and not times.all():
        yield Caution(
            code="mostly-times",
            column=column.name,
            message=f"{column.name} is kept as text: {_counted(times)} cells are dates or times, but "
            f"“{_odd(present, times)}” is none. To have times, choose “date with time” as its type; the rows "
            "that hold something else are then listed, and set aside or refused as you choose.",
        )


def _endless(present: pl.Series) -> pl.Series:
    """Cells that programs write for infinity, and numbers beyond the range of a double."""
    return present.cast(pl.Float64, strict=False).is_infinite().fill_null(value=False)


def _about_codes(column: ColumnOptions, present: pl.Series) -> Iterator[Caution]:
    """Numbers throughout that are kept as text can only be identifiers, by a few of them."""
    codes = present.str.contains(r"^0\d+$")
    if codes.any() and not _most(codes) and present.str.len_bytes().n_unique() > 1:
        yield Caution(
            code="leading-zeros",
            column=column.name,
            message=f"{column.name} is kept as text, as identifiers are, because “"
            f"{_shown(present.filter(codes)[0])}” begins with a zero. Choose whole number if it counts "
            "something.",
        )


def _most(found: pl.Series) -> bool:
    return int(found.sum()) > _MOSTLY * found.len()


def _counted(found: pl.Series) -> str:
    return f"{int(found.sum()):,} of {found.len():,}"


def _odd(present: pl.Series, found: pl.Series) -> str:
    return _shown(present.filter(~found)[0])


def _shown(cell: str) -> str:
    return shortened(cell, _SHOWN)
