"""Columns as they stand in a file become columns of values; every cell that does not is named."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

import msgspec
import polars as pl

from gridlens.data_sources.uploads.limits import MAX_FIELD_BYTES, MAX_NESTING
from gridlens.data_sources.uploads.numbers import (
    NumberStyle,
    finite_number,
    parse_integers,
    parse_numbers,
)
from gridlens.data_sources.uploads.options import ColumnOptions, DateOrder, ReadOptions
from gridlens.data_sources.uploads.times import DAY_US, parse_clock, parse_epochs, parse_moments
from gridlens.data_sources.uploads.zones import Localiser
from gridlens.shared.results import Kind

# In a column of numbers, times or truth values these can mean nothing else; in text they may be text.
MISSING_WORDS = frozenset(
    ("", "na", "n/a", "n.a.", "#n/a", "null", "nan", "<na>", "nat", "none", "nil", "-", "--", "–", "—", "\\n")
)
TRUTH = dict.fromkeys(
    ("true", "yes", "y", "t", "on", "1", "ja", "wahr", "oui", "vrai", "sí", "si", "sì", "vero"), True
) | dict.fromkeys(("false", "no", "n", "f", "off", "0", "nein", "falsch", "non", "faux", "falso"), False)

_NOUNS = {
    Kind.INTEGER: "a whole number",
    Kind.NUMBER: "a number",
    Kind.BOOLEAN: "a yes or no",
    Kind.DATE: "a date",
    Kind.TIME: "a time of day",
    Kind.TIMESTAMP: "a date with time",
    Kind.JSON: f"JSON nested at most {MAX_NESTING} deep",
}
_MICROSECONDS = pl.Datetime("us", "UTC")


class Failure(NamedTuple):
    """The first cell of a row that did not fit its column."""

    row: int
    column: str
    reason: str


@dataclass(frozen=True, slots=True)
class Converted:
    """The kept columns of all rows, good and bad; ``failures`` name each bad row once, in order."""

    frame: pl.DataFrame
    failures: list[Failure]


@dataclass(slots=True)
class ColumnConverter:
    """Reads one column, batch after batch; its kind may widen from integer to number on the way."""

    options: ColumnOptions
    style: NumberStyle
    order: DateOrder
    null_words: frozenset[str]
    localiser: Localiser
    kind: Kind = Kind.TEXT
    widened_by: str | None = None
    _null_numbers: list[float] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.kind = self.options.kind
        words = pl.Series(sorted(self.null_words), dtype=pl.String)
        # The word -9999 means the number, however many zeros a file writes behind it.
        self._null_numbers = parse_numbers(words, self.style).drop_nulls().to_list()

    def at_once(self, cell: pl.Expr) -> pl.Expr | None:
        """What reads most text columns in one go with all others: null where a closer look is needed."""
        if self.null_words:
            return None
        match self.kind:
            case Kind.INTEGER:
                return cell.cast(pl.Int64, strict=False)
            case Kind.NUMBER:
                return finite_number(cell, self.style)
            case Kind.TEXT:
                return pl.when(cell.str.len_bytes().is_between(1, MAX_FIELD_BYTES)).then(cell)
            case _:
                return None

    def convert(self, cells: pl.Series) -> tuple[pl.Series, pl.Series]:
        """Values of the column's kind, and the numbers of the rows that could not be read."""
        if cells.dtype != pl.String:
            return self._native(cells)
        if self.null_words:
            missing = cells.str.strip_chars().str.to_lowercase().is_in(self.null_words)
            cells = cells.set(missing, None)
        match self.kind:
            case Kind.TEXT:
                return self._text(cells)
            case Kind.BINARY:
                return cells.cast(pl.Binary), _NO_ROWS
            case Kind.TIMESTAMP:
                return self._timestamps(cells)
            case _:
                return self._values(cells)

    def _native(self, cells: pl.Series) -> tuple[pl.Series, pl.Series]:
        """Values that a typed format brought along, mostly as they are."""
        dtype, kind = cells.dtype, self.kind
        if isinstance(dtype, pl.Datetime) and kind == Kind.TIMESTAMP:
            cells = cells.cast(pl.Datetime("us", dtype.time_zone))
            if dtype.time_zone is None:
                cells = self.localiser.to_utc(cells.cast(pl.Int64))
            return cells.cast(_MICROSECONDS), _NO_ROWS
        as_it_is = {
            Kind.INTEGER: dtype.is_integer(),
            Kind.NUMBER: dtype.is_float() or dtype.is_decimal(),
            Kind.BOOLEAN: dtype == pl.Boolean,
            Kind.DATE: dtype == pl.Date,
            Kind.TIME: dtype == pl.Time,
            Kind.BINARY: dtype == pl.Binary,
        }
        if as_it_is.get(kind, False):
            return cells, cells.is_infinite().arg_true() if dtype.is_float() else _NO_ROWS
        if kind == Kind.NUMBER and dtype.is_numeric():
            return cells.cast(pl.Float64), _NO_ROWS
        if dtype == pl.Binary:
            texts = [None if raw is None else raw.decode("utf-8", "backslashreplace") for raw in cells]
            return self.convert(pl.Series(texts, dtype=pl.String))
        return self.convert(cells.cast(pl.String))

    def _text(self, cells: pl.Series) -> tuple[pl.Series, pl.Series]:
        sizes = cells.str.len_bytes()
        missing = sizes == 0
        values = cells.set(missing, None) if missing.any() else cells
        return values, (sizes > MAX_FIELD_BYTES).fill_null(value=False).arg_true()

    def _values(self, cells: pl.Series) -> tuple[pl.Series, pl.Series]:
        values, failed = self._read_twice(cells)
        if self._null_numbers and self.kind in {Kind.NUMBER, Kind.INTEGER}:
            values = values.set(values.is_in(self._null_numbers), None)
        return values, failed

    def _read_twice(self, cells: pl.Series) -> tuple[pl.Series, pl.Series]:
        values = self._read(cells)
        rows, part = self._second_look(cells, values)
        if rows.is_empty():
            return values, rows
        again = self._read(part)
        failed = again.is_null() & part.is_not_null()
        if self.kind == Kind.INTEGER and self.options.is_guess and failed.any():
            numbers = parse_numbers(part.filter(failed), self.style)
            if numbers.is_not_null().any():
                self.widened_by = part.filter(failed).filter(numbers.is_not_null())[0]
                self.kind = Kind.NUMBER
                return self._read_twice(cells)
        return values.scatter(rows, again), rows.filter(failed)

    def _read(self, cells: pl.Series) -> pl.Series:
        """Null where the text cannot be read."""
        match self.kind:
            case Kind.INTEGER:
                return parse_integers(cells, self.style)
            case Kind.NUMBER:
                return parse_numbers(cells, self.style)
            case Kind.BOOLEAN:
                return cells.str.to_lowercase().replace_strict(TRUTH, default=None, return_dtype=pl.Boolean)
            case Kind.DATE:
                local = parse_moments(cells, self.order).local
                return local.set(local % DAY_US != 0, None).cast(pl.Datetime("us")).cast(pl.Date)
            case Kind.TIME:
                return parse_clock(cells)
            case _:
                return _sound_json(cells)

    def _timestamps(self, cells: pl.Series) -> tuple[pl.Series, pl.Series]:
        """Read everything first: the localiser needs all local times in the order of the file."""
        moments = parse_moments(cells, self.order)
        local, offset = moments.local, moments.offset
        rows, part = self._second_look(cells, local)
        failed = rows
        if not rows.is_empty():
            again = parse_moments(part, self.order)
            epochs = parse_epochs(part)
            is_epoch = again.local.is_null() & epochs.is_not_null()
            read = epochs.zip_with(is_epoch, again.local)
            local = local.scatter(rows, read)
            offset = offset.scatter(rows, again.offset.set(is_epoch, 0))
            failed = rows.filter(read.is_null() & part.is_not_null())
        if offset.null_count() == offset.len():
            utc = self.localiser.to_utc(local)
        else:
            naive = self.localiser.to_utc(local.set(offset.is_not_null(), None))
            utc = (local - offset * 1_000_000).zip_with(offset.is_not_null(), naive)
        return utc.cast(_MICROSECONDS), failed

    def _second_look(self, cells: pl.Series, values: pl.Series) -> tuple[pl.Series, pl.Series]:
        """Rows not read at first, and their text trimmed, without the words for missing."""
        rows = (values.is_null() & cells.is_not_null()).arg_true()
        part = cells.gather(rows).str.strip_chars()
        missing = part.str.to_lowercase().is_in(MISSING_WORDS)
        # A true minus is what typesetting programs write.
        return rows, part.set(missing, None).str.replace("^−", "-")


@dataclass(slots=True)
class Converter:
    """All columns of a file. Columns that are not kept are left out of what it yields."""

    options: ReadOptions
    columns: list[ColumnConverter] = field(default_factory=list)

    def __post_init__(self) -> None:
        style = NumberStyle(self.options.decimal_comma, self.options.thousands)
        words = frozenset(word.strip().lower() for word in self.options.null_words)
        default = self.options.zone or "UTC"
        self.columns = [
            ColumnConverter(column, style, self.options.date_order, words, Localiser(column.zone or default))
            for column in self.options.columns
        ]

    def kept(self) -> Iterator[tuple[int, ColumnConverter]]:
        return ((index, column) for index, column in enumerate(self.columns) if column.options.is_kept)

    def convert(self, frame: pl.DataFrame) -> Converted:
        first: dict[int, Failure] = {}
        values = []
        quick = self._at_once(frame)
        for index, column in enumerate(self.columns):
            cells = self._cells(frame, index)
            if column.options.is_kept:
                converted = quick.get(str(index))
                if converted is not None and converted.null_count() == cells.null_count():
                    values.append(converted)
                    continue
                converted, failed = column.convert(cells)
                values.append(converted.alias(str(index)))
                explain = _explanation(column)
            elif column.options.is_guess:
                failed = (cells.str.strip_chars().str.len_bytes() > 0).fill_null(value=False).arg_true()
                explain = _stray
            else:
                continue
            for row, text in zip(failed, cells.gather(failed), strict=True):
                if row not in first:
                    first[row] = Failure(row, column.options.name, explain(text))
        return Converted(pl.DataFrame(values), [first[row] for row in sorted(first)])

    def _cells(self, frame: pl.DataFrame, index: int) -> pl.Series:
        """A column as it stands in the file, dates together with their time of day from another column."""
        cells = frame.to_series(index)
        time_from = self.columns[index].options.time_from
        if time_from is None:
            return cells
        place = next(number for number, each in enumerate(self.columns) if each.options.name == time_from)
        clock = frame.to_series(place).cast(pl.String)
        # A day without its time of day is no instant; the question mark makes that a bad row.
        return cells.cast(pl.String).str.strip_chars() + " " + clock.fill_null("?").str.strip_chars()

    def _at_once(self, frame: pl.DataFrame) -> dict[str, pl.Series]:
        expressions = [
            expression.alias(str(index))
            for index, column in self.kept()
            if frame.to_series(index).dtype == pl.String
            and (expression := column.at_once(pl.col(str(index)))) is not None
        ]
        return {cells.name: cells for cells in frame.select(expressions).get_columns()}


_NO_ROWS = pl.Series([], dtype=pl.UInt32)


def _explanation(column: ColumnConverter) -> Callable[[object], str]:
    noun = _NOUNS.get(column.kind)
    if noun is None:
        return lambda text: "a field is longer than 1 MiB"
    if column.kind in {Kind.NUMBER, Kind.INTEGER} and column.style.decimal_comma:
        noun += " with a decimal comma"
    return lambda text: f"“{shortened(str(text), 80)}” is not {noun}"


def _stray(text: object) -> str:
    return f"“{shortened(str(text), 80)}” stands in a column without a heading"


def shortened(text: str, length: int) -> str:
    return text if len(text) <= length else text[: length - 1] + "…"


def _sound_json(cells: pl.Series) -> pl.Series:
    return pl.Series([text if text and is_sound_json(text) else None for text in cells], dtype=pl.String)


def is_sound_json(text: str | bytes) -> bool:
    """Valid JSON whose objects and lists are nested no deeper than we allow."""
    try:
        value = msgspec.json.decode(text)
    except (msgspec.DecodeError, RecursionError):
        return False
    level = [value]
    for _ in range(MAX_NESTING):
        level = [
            child
            for item in level
            if isinstance(item, dict | list)
            for child in (item.values() if isinstance(item, dict) else item)
        ]
        if not any(isinstance(item, dict | list) for item in level):
            return True
    return False
