"""The engines by themselves: what an analyst's own program waits for the same rows as Arrow in memory."""

import time
from abc import ABC, abstractmethod
from pathlib import Path
from types import TracebackType
from typing import Any

import duckdb
import polars as pl
from tests.bench.query.readings import DATABASE, PASSWORD, USER, Server


class Engine(ABC):
    @abstractmethod
    def rows(self, sql: str) -> pl.DataFrame: ...

    @abstractmethod
    def close(self) -> None: ...

    def timed(self, sql: str) -> float:
        """Milliseconds from the text to all rows in memory."""
        began = time.perf_counter()
        self.rows(sql)
        return (time.perf_counter() - began) * 1000

    def __enter__(self) -> "Engine":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class Duckdb(Engine):
    """The same file, read-only, with the threads that a worker has."""

    def __init__(self, path: Path) -> None:
        self._connection = duckdb.connect(str(path), read_only=True, config={"threads": "2"})
        self._connection.execute("SET TimeZone = 'UTC'")

    def rows(self, sql: str) -> pl.DataFrame:
        return pl.DataFrame(self._connection.sql(sql))

    def close(self) -> None:
        self._connection.close()


class Postgresql(Engine):
    """The same server and user, through the fastest driver there is for Arrow."""

    def __init__(self, server: Server) -> None:
        from adbc_driver_postgresql import dbapi

        self._connection: Any = dbapi.connect(
            f"postgresql://{USER}:{PASSWORD}@{server.host}:{server.port}/{DATABASE}", autocommit=True
        )

    def rows(self, sql: str) -> pl.DataFrame:
        with self._connection.cursor() as cursor:
            cursor.execute(sql)
            return pl.DataFrame(cursor.fetch_polars())

    def close(self) -> None:
        self._connection.close()
