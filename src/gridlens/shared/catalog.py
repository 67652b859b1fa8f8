"""What a source holds: tables, columns, keys, and a profile of each column."""

from datetime import datetime
from typing import Literal

import msgspec

from gridlens.shared.results import ColumnRole, Kind

AddsUp = Literal["additive", "not_over_time", "weighted_mean"]
IntervalLabels = Literal["start", "end"]


class TopValue(msgspec.Struct, frozen=True, rename="camel"):
    value: str
    count: int


class ColumnProfile(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """Figures over the rows of a column; ``minimum`` and ``maximum`` as ISO text for times and dates."""

    null_share: float
    distinct_count: int
    minimum: str | int | float | None = None
    maximum: str | int | float | None = None
    top_values: tuple[TopValue, ...] = ()


class CatalogColumn(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """A column of a table. ``native_type`` is the database's own name for its type.

    ``label`` is what people call it, where somebody gave it a better name than it has.
    ``adds_up`` is how its figures come together, where somebody said so: ``not_over_time`` adds up across
    meters but not across moments; the mean of a ``weighted_mean`` is weighted by ``weighted_by``.
    """

    name: str
    kind: Kind
    native_type: str
    is_nullable: bool = True
    role: ColumnRole = ColumnRole.DIMENSION
    unit: str | None = None
    label: str | None = None
    description: str | None = None
    profile: ColumnProfile | None = None
    adds_up: AddsUp | None = None
    weighted_by: str | None = None


class ForeignKey(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """``is_inferred`` where nobody declared it: the values showed it when the source was last read."""

    columns: tuple[str, ...]
    table: str
    schema: str | None = None
    referenced_columns: tuple[str, ...]
    is_inferred: bool = False


class ParentTable(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """A table whose answers hold the rows of those that inherit from it too."""

    name: str
    schema: str | None = None


class CatalogTable(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """A table or view. ``interval_seconds`` is the usual step of its time column, where it has one.

    ``time_column`` and ``interval_labels`` are what somebody said: by which column rows are placed in time,
    and whether that is the start or the end of what was measured. ``is_view`` is true of whatever shows rows
    that are kept elsewhere. ``inherits_from`` are its parents, and theirs, where tables inherit from each
    other.
    """

    name: str
    schema: str | None = None
    label: str | None = None
    description: str | None = None
    columns: tuple[CatalogColumn, ...]
    primary_key: tuple[str, ...] = ()
    foreign_keys: tuple[ForeignKey, ...] = ()
    row_count: int | None = None
    is_view: bool = False
    inherits_from: tuple[ParentTable, ...] = ()
    interval_seconds: int | None = None
    time_column: str | None = None
    interval_labels: IntervalLabels | None = None


class Catalog(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """Everything a source holds, as read at ``read_at``. ``version`` rises with every change."""

    tables: tuple[CatalogTable, ...]
    version: int
    read_at: datetime
