"""The folder of questions and databases that training reads, and its databases as the reader knows them."""

import asyncio
import importlib.util
import sqlite3
import sys
import time
from pathlib import Path
from types import ModuleType
from typing import Any, cast

import polars as pl

from gridlens.analytics.ask.parsing.evidence import Known
from gridlens.analytics.ask.parsing.schema import Schema
from gridlens.analytics.ask.parsing.values import ValueIndex, reading_statements
from gridlens.core.models import utc_now
from gridlens.data_sources.connectors import Connector, Statement, duckdb_catalog, sqlite_catalog
from gridlens.data_sources.frames import normalise, unique_names, untyped
from gridlens.data_sources.profiles.statistics import Profiler
from gridlens.shared.catalog import Catalog, CatalogTable
from gridlens.shared.data_sources import FetchedRows

MOST_ROWS = 3_000
SECONDS = 1.0


def evaluation_of(folder: Path) -> ModuleType:
    """The folder's own measuring script: it finds databases, runs statements and compares answers."""
    path = folder / "evaluate.py"
    spec = importlib.util.spec_from_file_location("evaluate", path)
    if spec is None or spec.loader is None or not path.exists():
        raise SystemExit(f"There is no {path}. Name the folder of questions with --data.")
    module = importlib.util.module_from_spec(spec)
    sys.modules["evaluate"] = module
    spec.loader.exec_module(module)
    return module


class Database:
    """One database of the folder, opened once; a connector as the profiler needs it."""

    def __init__(self, database: Any) -> None:
        self.dialect: str = database.dialect
        self.connection = database.connect()
        tables = database.schema()["tables"]
        self.schema = {t["name"].lower(): [c["name"].lower() for c in t["columns"]] for t in tables}

    def catalog(self) -> Catalog:
        return Catalog(tables=asyncio.run(self._tables()), version=1, read_at=utc_now())

    def known(self, catalog: Catalog) -> Known:
        schema = Schema(catalog)
        values = ValueIndex(schema)
        for column, sql in reading_statements(schema, self.dialect):
            values.add(column, [row[0] for row in self.connection.execute(sql).fetchall()])
        return Known.of(schema, values)

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """The first rows, or an error after a second."""
        ends = time.monotonic() + SECONDS
        if isinstance(self.connection, sqlite3.Connection):
            self.connection.set_progress_handler(lambda: time.monotonic() > ends, 10_000)
        return [tuple(row) for row in self.connection.execute(sql).fetchmany(MOST_ROWS)]

    async def _tables(self) -> tuple[CatalogTable, ...]:
        reader = duckdb_catalog if self.dialect == "duckdb" else sqlite_catalog
        tables = await reader.read_tables(self._frame)
        # Of a connector the profiler only fetches.
        profiled, _ = await Profiler(cast(Connector, self), self.dialect).profile_all(
            tables, lambda done, of: None
        )
        return profiled

    async def _frame(self, sql: str) -> pl.DataFrame:
        if not isinstance(self.connection, sqlite3.Connection):
            return normalise(pl.DataFrame(self.connection.sql(sql)), "UTC")
        cursor = self.connection.execute(sql)
        names = unique_names([column[0] for column in cursor.description])
        columns = list(zip(*cursor.fetchall(), strict=True)) or [()] * len(names)
        frame = pl.DataFrame([untyped(name, values) for name, values in zip(names, columns, strict=True)])
        return normalise(frame, "UTC")

    async def fetch(self, statement: Statement) -> FetchedRows:
        return FetchedRows(frame=await self._frame(statement.sql), is_cut=False, engine_ms=0.0)


class Opened(Database):
    """A database with its catalog and index, read once."""

    def __init__(self, database: Any) -> None:
        super().__init__(database)
        self.catalog_once = self.catalog()
        self.known_once = self.known(self.catalog_once)
