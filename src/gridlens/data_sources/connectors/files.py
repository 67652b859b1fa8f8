"""SQLite and DuckDB files, read by worker processes."""

import sqlite3
import time
from collections.abc import AsyncGenerator
from contextlib import aclosing
from importlib.metadata import version
from typing import Literal

import msgspec
import polars as pl

from gridlens.data_sources.connectors import (
    CATALOG_SECONDS,
    TEST_SECONDS,
    Statement,
    TestOutcome,
    duckdb_catalog,
    sqlite_catalog,
)
from gridlens.data_sources.workers.messages import Fetch
from gridlens.data_sources.workers.pool import WorkerPool
from gridlens.shared.catalog import CatalogTable
from gridlens.shared.data_sources import FetchedRows

MOST_CATALOG_ROWS = 500_000


class FileConnector:
    """``is_ours`` says that nobody else writes the file, so workers may keep it open."""

    def __init__(
        self,
        engine: Literal["duckdb", "sqlite"],
        path: str,
        zone: str,
        pool: WorkerPool,
        *,
        is_ours: bool,
    ) -> None:
        self._engine: Literal["duckdb", "sqlite"] = engine
        self._path = path
        self._zone = zone
        self._pool = pool
        self._is_ours = is_ours

    async def test(self) -> TestOutcome:
        started = time.perf_counter()
        await self._fetch("SELECT 1 AS one", 1, TEST_SECONDS)
        engine = (
            f"DuckDB {version('duckdb')}" if self._engine == "duckdb" else f"SQLite {sqlite3.sqlite_version}"
        )
        return TestOutcome(
            latency_ms=round((time.perf_counter() - started) * 1000, 1),
            server_version=engine,
            tls=None,
            can_write=False,
        )

    async def read_catalog(self) -> tuple[CatalogTable, ...]:
        read = duckdb_catalog.read_tables if self._engine == "duckdb" else sqlite_catalog.read_tables
        return await read(self._own_rows)

    async def fetch(self, statement: Statement) -> FetchedRows:
        return await self._fetch(statement.sql, statement.row_limit, statement.deadline_seconds)

    async def stream(self, statement: Statement) -> AsyncGenerator[pl.DataFrame, None]:
        question = self._question(statement.sql, statement.row_limit, statement.deadline_seconds)
        async with aclosing(self._pool.stream(msgspec.structs.replace(question, is_streamed=True))) as parts:
            async for part in parts:
                yield part

    async def close(self) -> None:
        await self._pool.release(self._path)

    async def _own_rows(self, sql: str) -> pl.DataFrame:
        return (await self._fetch(sql, MOST_CATALOG_ROWS, CATALOG_SECONDS, is_own=True)).frame

    async def _fetch(
        self, sql: str, row_limit: int, deadline_seconds: float, *, is_own: bool = False
    ) -> FetchedRows:
        return await self._pool.fetch(self._question(sql, row_limit, deadline_seconds, is_own=is_own))

    def _question(self, sql: str, row_limit: int, deadline_seconds: float, *, is_own: bool = False) -> Fetch:
        return Fetch(
            engine=self._engine,
            path=self._path,
            zone=self._zone,
            sql=sql,
            row_limit=row_limit,
            deadline_seconds=deadline_seconds,
            keep_open=self._is_ours,
            is_own=is_own,
        )
