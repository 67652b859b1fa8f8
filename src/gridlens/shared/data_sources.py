"""What data_sources answers and tells."""

from uuid import UUID

import msgspec
import polars as pl

from gridlens.core.events import Event, Request
from gridlens.core.principal import Principal
from gridlens.shared.catalog import Catalog


class SourceDescription(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """A source as a question needs it. ``dialect`` is sqlglot's name of the SQL it speaks."""

    source_id: UUID
    name: str
    dialect: str
    zone: str
    catalog: Catalog
    anchors_to_newest: bool = False
    """Relative dates count from the newest data instead of from today: for archives and demos."""


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
    """Run one guarded, read-only statement; ``query_id`` names the run for ``StopFetch``."""

    principal: Principal
    source_id: UUID
    query_id: UUID
    sql: str
    row_limit: int
    deadline_seconds: float


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
