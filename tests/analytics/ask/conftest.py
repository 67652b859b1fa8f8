"""The small energy company in DuckDB, SQLite, PostgreSQL and MariaDB: the same rows in all four."""

import asyncio
import sqlite3
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import uuid4

import duckdb
import polars as pl
import pytest
from tests.analytics.ask.company import TABLES, TODAY, ZONE, catalog_for

from gridlens.analytics.ask import QueryPlan, render

DIALECTS = ("duckdb", "sqlite", "postgres", "mysql")
TYPES = {
    "duckdb": {"double": "DOUBLE", "instant": "TIMESTAMPTZ", "local": "TIMESTAMP"},
    "sqlite": {"double": "REAL", "instant": "TEXT", "local": "TEXT"},
    "postgres": {"double": "DOUBLE PRECISION", "instant": "TIMESTAMPTZ", "local": "TIMESTAMP"},
    "mysql": {
        "double": "DOUBLE",
        "instant": "TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP",
        "local": "DATETIME",
    },
}
Run = Callable[[str], list[tuple[Any, ...]]]


def _statements(dialect: str) -> Iterator[tuple[str, str, list[tuple[Any, ...]]]]:
    for name, (columns, rows) in TABLES.items():
        create = f"CREATE TABLE {name} ({columns.format(**TYPES[dialect])})"
        marks = {"postgres": [f"${n}" for n in range(1, 9)], "mysql": ["%s"] * 8}.get(dialect, ["?"] * 8)
        yield create, f"INSERT INTO {name} VALUES ({', '.join(marks[: len(rows[0])])})", rows


def _plain_utc(value: Any) -> Any:
    """Instants as text or naive UTC, for engines that keep them so."""
    return (
        value.astimezone(UTC).replace(tzinfo=None) if isinstance(value, datetime) and value.tzinfo else value
    )


@pytest.fixture(scope="session")
def on_duckdb() -> Iterator[Run]:
    connection = duckdb.connect()
    # A session zone that no test means: rendered SQL must not depend on it.
    connection.execute("SET TimeZone = 'America/New_York'")
    for create, insert, rows in _statements("duckdb"):
        connection.execute(create)
        connection.executemany(insert, rows)

    def run(sql: str) -> list[tuple[Any, ...]]:
        # DuckDB's own fetch needs a further package for zoned times.
        return pl.DataFrame(connection.sql(sql)).rows()

    yield run
    connection.close()


@pytest.fixture(scope="session")
def on_sqlite() -> Iterator[Run]:
    connection = sqlite3.connect(":memory:")
    for create, insert, rows in _statements("sqlite"):
        connection.execute(create)
        texts = [
            [
                _plain_utc(value).isoformat(" ")
                if isinstance(value, datetime)
                else value.isoformat()
                if isinstance(value, date)
                else value
                for value in row
            ]
            for row in rows
        ]
        connection.executemany(insert, texts)

    yield lambda sql: connection.execute(sql).fetchall()
    connection.close()


@pytest.fixture(scope="session")
def on_postgres(postgres_server: str) -> Iterator[Run]:
    import asyncpg

    name = f"gridlens_ask_{uuid4().hex[:12]}"
    with asyncio.Runner() as runner:
        admin = runner.run(asyncpg.connect(f"postgresql://{postgres_server}/postgres"))
        runner.run(admin.execute(f'CREATE DATABASE "{name}"'))
        connection = runner.run(asyncpg.connect(f"postgresql://{postgres_server}/{name}"))
        runner.run(connection.execute("SET TimeZone = 'America/New_York'"))
        for create, insert, rows in _statements("postgres"):
            runner.run(connection.execute(create))
            runner.run(connection.executemany(insert, rows))

        yield lambda sql: [tuple(row) for row in runner.run(connection.fetch(sql))]
        runner.run(connection.close())
        runner.run(admin.execute(f'DROP DATABASE "{name}" WITH (FORCE)'))
        runner.run(admin.close())


@pytest.fixture(scope="session")
def on_mysql(mariadb_server: str) -> Iterator[Run]:
    import asyncmy

    name = f"gridlens_ask_{uuid4().hex[:12]}"
    account, address = mariadb_server.rsplit("@", 1)
    user, _, password = account.partition(":")
    host, _, port = address.partition(":")

    async def connect() -> Any:
        return await asyncmy.connect(
            host=host, port=int(port or 3306), user=user, password=password, autocommit=True
        )

    async def execute(connection: Any, sql: str, rows: list[tuple[Any, ...]] | None = None) -> Any:
        async with connection.cursor() as cursor:
            if rows is None:
                await cursor.execute(sql)
            else:
                await cursor.executemany(sql, [tuple(map(_plain_utc, row)) for row in rows])
            return await cursor.fetchall()

    with asyncio.Runner() as runner:
        connection = runner.run(connect())
        for sql in (
            f"CREATE DATABASE {name} CHARACTER SET utf8mb4",
            f"USE {name}",
            "SET time_zone = '+00:00'",
        ):
            runner.run(execute(connection, sql))
        for create, insert, rows in _statements("mysql"):
            runner.run(execute(connection, create))
            runner.run(execute(connection, insert, rows))

        yield lambda sql: [tuple(row) for row in runner.run(execute(connection, sql))]
        runner.run(execute(connection, f"DROP DATABASE {name}"))
        runner.run(connection.ensure_closed())


def _as_text(value: Any) -> Any:
    """One writing for a value, however its driver hands it out."""
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, Decimal | float):
        return round(float(value), 6)
    if isinstance(value, datetime):
        if value.tzinfo is not None:
            return value.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S+00:00")
        return value.strftime("%Y-%m-%d %H:%M:%S")
    if isinstance(value, date):
        return value.isoformat()
    return value


Answer = Callable[..., list[tuple[Any, ...]]]


@pytest.fixture(params=DIALECTS)
def engine(request: pytest.FixtureRequest) -> tuple[str, Run]:
    """Each of the four engines in turn, by sqlglot's name, with a way to run SQL on it."""
    return request.param, request.getfixturevalue(f"on_{request.param}")


@pytest.fixture
def answer(engine: tuple[str, Run]) -> Answer:
    """Render a plan for the engine, run it, and give its rows in one writing."""
    dialect, run = engine

    def ask(plan: QueryPlan, today: date = TODAY, zone: str = ZONE) -> list[tuple[Any, ...]]:
        sql = render(plan, catalog_for(dialect), dialect, zone, today).sql(dialect)
        return [tuple(_as_text(value) for value in row) for row in run(sql)]

    return ask
