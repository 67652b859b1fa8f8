"""Rows on their way from a source to a reader, with what a reader must know about them."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

import msgspec
import polars as pl


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


class ColumnRole(StrEnum):
    """How a reader uses a column."""

    TIME = "time"
    MEASURE = "measure"
    DIMENSION = "dimension"
    KEY = "key"


class Column(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """One column of a result. ``unit`` is as written on screen: ``kWh``, ``€/MWh``, ``°C``."""

    name: str
    kind: Kind
    role: ColumnRole
    unit: str | None = None
    label: str | None = None
    description: str | None = None


class Completeness(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """How many intervals of a regular series have a value, of those the range should hold."""

    expected: int
    present: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultSet:
    """The answer to a query.

    ``frame`` holds one polars column for each of ``columns``, in that order; times are aware UTC.
    ``zone`` is the IANA zone in which days and hours are to be read.
    ``read_at`` is when the source was read, which for a cached answer lies in the past.
    ``notes`` are sentences a reader must know, such as a filter that could not be applied.
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
    completeness: Completeness | None = None
    notes: tuple[str, ...] = ()
