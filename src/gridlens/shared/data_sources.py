"""What data_sources answers and tells."""

from collections.abc import AsyncGenerator
from uuid import UUID

import msgspec
import polars as pl

from gridlens.core.events import Event, Request
from gridlens.core.principal import Principal
from gridlens.shared.access import Restriction
from gridlens.shared.catalog import Catalog


class SourceDescription(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """A source as a question of one person needs it. ``dialect`` is sqlglot's name of the SQL it speaks.

    The catalog holds what that person may know of; ``restrictions`` say what of its tables they may see.
    ``rights`` differs between people who may see different things, and belongs into every key of
    something that was made from this description.
    """

    source_id: UUID
    name: str
    dialect: str
    zone: str
    catalog: Catalog
    database: str | None = None
    """Its name at its server, where it has one."""
    anchors_to_newest: bool = False
    """Relative dates count from the newest data instead of from today: for archives and demos."""
    kept_seconds: int | None = None
    """How long its answers are shown again; nothing leaves it to the settings."""
    restrictions: tuple[Restriction, ...] = ()
    rights: str = ""


class SourceSummary(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    source_id: UUID
    name: str
    dialect: str


class FetchedRows(msgspec.Struct, frozen=True, kw_only=True):
    """Rows as the engine gave them; ``is_cut`` when there were more than the limit."""

    frame: pl.DataFrame
    is_cut: bool
    engine_ms: float


class ListSources(Request[tuple[SourceSummary, ...]], frozen=True, kw_only=True):
    principal: Principal


class DescribeSource(Request[SourceDescription], frozen=True, kw_only=True):
    """The source with its catalog; refused when the asker may not read it."""

    principal: Principal
    source_id: UUID


class FetchRows(Request[FetchedRows], frozen=True, kw_only=True):
    """Run one guarded, read-only statement; ``query_id`` names the run for ``StopFetch``.

    ``rights`` are those the statement was guarded for: refused when the asker has others by now.
    """

    principal: Principal
    source_id: UUID
    query_id: UUID
    sql: str
    row_limit: int
    deadline_seconds: float
    rights: str = ""


class StreamRows(Request[AsyncGenerator[pl.DataFrame, None]], frozen=True, kw_only=True):
    """Every row of one guarded, read-only statement in parts, at least one; for files of any size.

    Whoever closes the stream, or is cancelled, ends the statement.
    """

    principal: Principal
    source_id: UUID
    sql: str
    row_limit: int
    deadline_seconds: float
    rights: str = ""


class StopFetch(Request[bool], frozen=True, kw_only=True):
    """End a running fetch at its server; true when it was running."""

    principal: Principal
    query_id: UUID


class SourceConnected(Event, frozen=True, kw_only=True, tag="data_sources.source_connected"):
    organisation_id: UUID
    source_id: UUID


class CatalogChanged(Event, frozen=True, kw_only=True, tag="data_sources.catalog_changed"):
    """A source was read anew, or a file was added: answers from before may be stale."""

    organisation_id: UUID
    source_id: UUID
    version: int


class SourceDeleted(Event, frozen=True, kw_only=True, tag="data_sources.source_deleted"):
    organisation_id: UUID
    source_id: UUID
