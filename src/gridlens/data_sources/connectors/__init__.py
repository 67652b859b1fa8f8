"""How each kind of source is reached: tested, described, read, and stopped."""

from collections.abc import AsyncGenerator
from dataclasses import dataclass
from typing import Protocol

import msgspec
import polars as pl

from gridlens.shared.catalog import CatalogTable
from gridlens.shared.data_sources import FetchedRows

CONNECT_SECONDS = 8.0
TEST_SECONDS = 10.0
CATALOG_SECONDS = 60.0
MOST_RESULT_BYTES = 256 * 1024 * 1024
BATCH_BYTES = 16 * 1024 * 1024
FIRST_BATCH_ROWS = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One statement that reads, with the rows and the time it may take."""

    sql: str
    row_limit: int
    deadline_seconds: float


class TestOutcome(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """What a connection test found. ``warnings`` are sentences for the person who connects."""

    latency_ms: float
    server_version: str
    tls: str | None
    can_write: bool
    warnings: tuple[str, ...] = ()


class Connector(Protocol):
    """One source, ready to be asked. Every failure is an error of ``data_sources.errors``."""

    async def test(self) -> TestOutcome:
        """Connect and look around, without reading any table."""

    async def read_catalog(self) -> tuple[CatalogTable, ...]:
        """Tables, columns, keys and comments that the source's user may read; no profiles.

        ``row_count`` is the engine's own estimate where it has one.
        """

    async def fetch(self, statement: Statement) -> FetchedRows:
        """Run one statement. Cancelling ends it at the server, not only here."""

    def stream(self, statement: Statement) -> AsyncGenerator[pl.DataFrame, None]:
        """The rows in parts, at least one, held in memory one at a time; closing it ends the statement.

        Types that follow from the values may differ from part to part.
        """

    async def close(self) -> None:
        """Let go of connections and files."""


def can_write_warning(user: str) -> str:
    return (
        f"The user “{user}” may change data. Gridlens only ever reads; give it a user that has no other "
        "right, to be safe from mistakes."
    )


def batch_rows(rows: int, size_bytes: int) -> int:
    """How many rows to ask for next, so that a batch stays near its size in memory."""
    return max(1, min(20_000, BATCH_BYTES * rows // max(size_bytes, 1)))
