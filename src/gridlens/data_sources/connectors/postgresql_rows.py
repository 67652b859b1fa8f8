"""Rows of PostgreSQL as text in, polars columns out.

The server writes them with COPY: unlike a cursor it lets a query use all its processes, and unlike
rows it makes no Python object of a value. What a type looks like as text is settled in the statement.

ADBC's binary copy is faster by a third of the time of 10,000 rows, and was not taken: of release 1.13
"infinity" comes as an ordinary time, 24:00 as nothing, an interval not at all, and an error in the midst
of the rows without its code.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

import polars as pl

from gridlens.data_sources.connectors import BATCH_BYTES, MOST_RESULT_BYTES
from gridlens.data_sources.errors import QueryFailed, QueryTooHeavy
from gridlens.data_sources.frames import MOST_DECIMAL_DIGITS, normalise, stack, unique_names

TEXT_BATCH_BYTES = BATCH_BYTES // 4
WHOLE = {"int2", "int4", "int8", "oid"}
FRACTIONS = {"float4", "float8"}
NOT_QUOTED = WHOLE | FRACTIONS | {"numeric", "bool", "date", "time", "timestamp", "timestamptz", "interval"}
SENT_AS = {
    # UTC, without looking the name of a zone up for each row.
    "timestamptz": "{0} AT TIME ZONE INTERVAL '0'",
    "interval": "extract(epoch FROM {0})::float8",
}
NOT_NUMBERS = {"NaN", "Infinity", "-Infinity"}
# A day inside the calendar, so that they stay in it in every zone.
FIRST, LAST = datetime(1, 1, 2), datetime(9999, 12, 30)  # noqa: DTZ001 -- their column has the zone
CLOCKS = ("%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M:%S%.f")
"""Whole seconds, as nearly all readings have, are read five times as fast as parts of them."""


@dataclass(frozen=True, slots=True)
class Field:
    """One column of an answer: its name, the server's name of its type, and which kind of type it is."""

    name: str
    type_name: str
    type_kind: str

    @property
    def is_nested(self) -> bool:
        return self.type_kind in {"array", "composite"}


class Rows:
    """Takes text as it comes and makes columns of it, batch by batch."""

    def __init__(self, fields: Sequence[Field], zone: str) -> None:
        self._fields = fields
        self._names = unique_names([field.name for field in fields])
        self._zone = zone
        # Nobody can guess it, so that no text is ever taken for a missing value.
        self._nothing = secrets.token_hex(5)
        self._frames: list[pl.DataFrame] = []
        self._size = 0

    def statement(self, sql: str, most_rows: int) -> str:
        """The query inside one of ours, so that the text can be nothing but a query."""
        places = [f"c{place}" for place in range(1, len(self._fields) + 1)]
        sent = ", ".join(_sent(field, place) for field, place in zip(self._fields, places, strict=True))
        answer = f"(\n{sql}\n) AS answer ({', '.join(places)})"
        return f"SELECT {sent} FROM {answer} LIMIT {most_rows}"  # noqa: S608 -- the person's own query

    @property
    def copy_options(self) -> dict[str, Any]:
        """Text is always in quotes: otherwise a row of one empty text would be no row at all."""
        quoted = [
            f"c{place}"
            for place, field in enumerate(self._fields, start=1)
            if field.is_nested or field.type_name not in NOT_QUOTED
        ]
        return {"format": "csv", "null": self._nothing, "force_quote": quoted or None}

    def part(self, text: bytes) -> pl.DataFrame:
        """Whole rows, or none, as columns."""
        return normalise(self._parsed(text), self._zone)

    def take(self, text: bytes) -> None:
        """Keep whole rows for the frame of all."""
        frame = self.part(text)
        self._frames.append(frame)
        self._size += int(frame.estimated_size())
        if self._size > MOST_RESULT_BYTES:
            raise QueryTooHeavy

    def frame(self) -> pl.DataFrame:
        if not self._frames:
            self.take(b"")
        return stack(self._frames)

    def _parsed(self, text: bytes) -> pl.DataFrame:
        schema = pl.Schema(
            {name: _read_as(field) for name, field in zip(self._names, self._fields, strict=True)}
        )
        if not text:
            raw = schema.to_frame()
        else:
            raw = pl.read_csv(
                text,
                has_header=False,
                schema=schema,
                null_values=[self._nothing],
                empty_string_is_null=False,
                low_memory=False,
                raise_if_empty=False,
            )
        return pl.DataFrame(
            [_column(series, field) for series, field in zip(raw.get_columns(), self._fields, strict=True)]
        )


def _sent(field: Field, place: str) -> str:
    written = "to_json({0})::text" if field.is_nested else SENT_AS.get(field.type_name, "{0}")
    return f"{written.format(place)} AS {place}"


def _read_as(field: Field) -> type[pl.DataType]:
    if field.is_nested:
        return pl.String
    if field.type_name in WHOLE:
        return pl.Int64
    return pl.Float64 if field.type_name in FRACTIONS or field.type_name == "interval" else pl.String


def _column(raw: pl.Series, field: Field) -> pl.Series:
    if field.is_nested:
        return raw
    match field.type_name:
        case "timestamptz":
            return _moments(raw).dt.replace_time_zone("UTC")
        case "timestamp":
            return _moments(raw)
        case "date":
            return _days(raw)
        case "time":
            return _times(raw)
        case "numeric":
            return _decimals(raw)
        case "bool":
            return raw == "t"
        case "bytea":
            return raw.str.slice(2).str.decode("hex")
        case _:
            return raw


def _moments(raw: pl.Series) -> pl.Series:
    for clock in CLOCKS:
        parsed = raw.str.to_datetime(clock, time_unit="us", strict=False)
        if parsed.null_count() == raw.null_count():
            return parsed
    return _with_ends(raw, parsed, {"infinity": LAST, "-infinity": FIRST}, pl.Datetime("us"))


def _days(raw: pl.Series) -> pl.Series:
    parsed = raw.str.to_date("%Y-%m-%d", strict=False)
    if parsed.null_count() == raw.null_count():
        return parsed
    return _with_ends(raw, parsed, {"infinity": date.max, "-infinity": date.min}, pl.Date)


def _with_ends(raw: pl.Series, parsed: pl.Series, ends: dict[str, Any], kind: Any) -> pl.Series:
    """The two infinities as the ends of the calendar; what else is no date has no place in it."""
    values = [
        ends.get(text, value) if text is not None else None
        for text, value in zip(raw.to_list(), parsed.to_list(), strict=True)
    ]
    if sum(value is None for value in values) != raw.null_count():
        raise QueryFailed(
            f"“{raw.name}” holds a time before the year 1 or after 9999, which cannot be shown as one. "
            "Leave those rows out, or cast the column to text."
        )
    return pl.Series(raw.name, values, kind)


def _times(raw: pl.Series) -> pl.Series:
    """PostgreSQL's 24:00, the end of a day, is shown as its last microsecond."""
    ended = raw.str.replace(r"^24:00:00$", time.max.isoformat())
    return ended.str.to_time("%H:%M:%S%.f")


def _decimals(raw: pl.Series) -> pl.Series:
    """Exact where all fit into 38 digits, else floats."""
    if raw.is_in(NOT_NUMBERS).any():
        return raw.cast(pl.Float64)
    digits = raw.str.strip_chars_start("-").str.len_bytes().cast(pl.Int64)
    point = raw.str.strip_chars_start("-").str.find(".", literal=True).cast(pl.Int64)
    whole = point.fill_null(digits).max()
    scale = (digits - point - 1).max() or 0
    if (whole or 0) + scale > MOST_DECIMAL_DIGITS:  # type: ignore[operator]
        return raw.cast(pl.Float64)
    return raw.cast(pl.Decimal(MOST_DECIMAL_DIGITS, scale))  # type: ignore[arg-type]
