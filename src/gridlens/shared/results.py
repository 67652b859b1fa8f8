"""Rows on their way from a source to a reader, with what a reader must know about them."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Literal
from uuid import UUID

import msgspec
import polars as pl
from msgspec import Meta


class Kind(StrEnum):
    """What a value is, whatever the database calls its type."""

    TEXT = "text"
    INTEGER = "integer"
    NUMBER = "number"
    BOOLEAN = "boolean"
    DATE = "date"
    TIME = "time"
    TIMESTAMP = "timestamp"
    JSON = "json"
    BINARY = "binary"


KeptSeconds = Annotated[int, Meta(ge=0, le=2_592_000)]
"""How long answers are shown again, in seconds, up to 30 days; with 0 the source is asked each time."""


class ColumnRole(StrEnum):
    """How a reader uses a column."""

    TIME = "time"
    MEASURE = "measure"
    DIMENSION = "dimension"
    KEY = "key"


Calendar = Literal["weekday", "month"]
NAMES: dict[Calendar, tuple[str, ...]] = {
    "weekday": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
    "month": ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
}
"""What the whole numbers of such a column are called, from 1 on."""


class Column(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """One column of a result. ``unit`` is as written on screen: ``kWh``, ``€/MWh``, ``°C``.

    ``calendar`` says that its whole numbers are weekdays (1 is Monday) or months, which are shown by name.
    """

    name: str
    kind: Kind
    role: ColumnRole
    unit: str | None = None
    label: str | None = None
    description: str | None = None
    calendar: Calendar | None = None


class Completeness(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """How many stored readings are behind an answer, of those its series and time range should hold.

    ``unknown`` says why they cannot be counted; ``expected`` is then 0. ``since`` and ``until`` bound the
    time that the readings cover: an interval that reaches beyond is answered from a part of it.
    """

    expected: int
    present: int
    unknown: str | None = None
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultSet:
    """The answer to a query.

    ``frame`` holds one polars column for each of ``columns``, in that order; times are aware UTC.
    ``total_rows`` is how many rows there are where those of ``frame`` are cut, if they could be counted.
    ``zone`` is the IANA zone in which days and hours are to be read.
    ``read_at`` is when the source was read, which for a cached answer lies in the past.
    ``kept_seconds`` is how old it may become before the source is asked again.
    ``notes`` are sentences a reader must know, such as a filter that could not be applied.
    ``encoded`` keeps, for all who read the same answer, what was made of these very rows: by format.
    ``version`` tells this reading of the source from every other; nothing for rows of our own making.
    """

    columns: tuple[Column, ...]
    frame: pl.DataFrame
    is_cut: bool
    row_limit: int
    sql: str
    source_id: UUID
    source_name: str
    zone: str
    read_at: datetime
    engine_ms: float
    is_cached: bool = False
    is_stale: bool = False
    kept_seconds: float | None = None
    completeness: Completeness | None = None
    notes: tuple[str, ...] = ()
    total_rows: int | None = None
    version: str = ""
    encoded: dict[str, bytes] = field(default_factory=dict)


def extent(shown: int, total_rows: int | None) -> str:
    """How much of a cut answer is shown, in words."""
    if total_rows is None:
        return f"the first {shown:,} rows of more, not counted in time"
    return f"showing {shown:,} of {total_rows:,} rows"
