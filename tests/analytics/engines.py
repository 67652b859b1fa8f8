"""Real engines with a small energy schema, for tests that compare rows."""

import asyncio
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import duckdb

from gridlens.analytics.guard import KnownTables
from gridlens.shared.catalog import Catalog, CatalogColumn, CatalogTable, ForeignKey
from gridlens.shared.results import ColumnRole, Kind

FIRST_HOUR = datetime(2025, 3, 29, tzinfo=UTC)
HOURS = 48

_TABLES = {
    "site": "site_id INTEGER PRIMARY KEY, name VARCHAR(40), city VARCHAR(40), area_m2 DOUBLE PRECISION",
    "meter": (
        "meter_id INTEGER PRIMARY KEY, site_id INTEGER, label VARCHAR(40), installed_on DATE, "
        "is_smart BOOLEAN, details {json}"
    ),
    "reading": "meter_id INTEGER, ts {timestamp}, kwh DOUBLE PRECISION, temperature_c DOUBLE PRECISION",
    "price": "ts {timestamp}, eur_per_mwh DECIMAL(10,2)",
    "Größe": "id INTEGER, {q}Wert je Zähler{q} DOUBLE PRECISION",
    "payroll": "person VARCHAR(40), salary INTEGER",
}
_TYPES = {
    "duckdb": {"json": "JSON", "timestamp": "TIMESTAMPTZ", "q": '"'},
    "sqlite": {"json": "TEXT", "timestamp": "TEXT", "q": '"'},
    "postgres": {"json": "JSONB", "timestamp": "TIMESTAMPTZ", "q": '"'},
    "mysql": {"json": "JSON", "timestamp": "DATETIME", "q": "`"},
}
_ROWS: dict[str, list[tuple[Any, ...]]] = {
    "site": [
        (1, "Harbour Campus", "Hamburg", 1200.5),
        (2, "Weir House", "Köln", 800.0),
        (3, "Old Mill", None, None),
    ],
    "meter": [
        (10, 1, "Main", "2020-05-01", True, '{"phase": 3, "tags": ["grid", "main"]}'),
        (11, 1, "PV", "2021-06-15", True, '{"phase": 1, "tags": ["solar"]}'),
        (20, 2, "Main", "2019-01-31", False, '{"phase": 3, "tags": []}'),
        (30, 3, "Cellar 'A'", "2024-02-29", False, None),
    ],
    "Größe": [(1, 2.5), (2, None)],
    "payroll": [("somebody", 1)],
}


def _hours() -> Iterator[datetime]:
    return (FIRST_HOUR + timedelta(hours=hour) for hour in range(HOURS))


def _readings() -> list[tuple[Any, ...]]:
    return [
        (meter, moment, None if (meter, hour) == (20, 5) else (hour % 24) * 0.5 + meter / 10, 5.0 + hour % 12)
        for meter in (10, 11, 20)
        for hour, moment in enumerate(_hours())
    ]


def _prices() -> list[tuple[Any, ...]]:
    return [(moment, round(40 + 3.25 * (hour % 24), 2)) for hour, moment in enumerate(_hours())]


def catalog(dialect: str, schema: str | None = None) -> Catalog:
    """What data_sources would say of the schema; ``payroll`` is left out, as a hidden table is."""

    native = {"duckdb": "TIMESTAMP WITH TIME ZONE", "postgres": "timestamptz", "mysql": "datetime"}

    def column(name: str, kind: Kind, role: ColumnRole, unit: str | None = None) -> CatalogColumn:
        native_type = native.get(dialect, "text") if kind is Kind.TIMESTAMP else str(kind)
        return CatalogColumn(name=name, kind=kind, native_type=native_type, role=role, unit=unit)

    key, measure, dimension, time = ColumnRole.KEY, ColumnRole.MEASURE, ColumnRole.DIMENSION, ColumnRole.TIME
    tables = (
        CatalogTable(
            name="site",
            schema=schema,
            columns=(
                column("site_id", Kind.INTEGER, key),
                column("name", Kind.TEXT, dimension),
                column("city", Kind.TEXT, dimension),
                column("area_m2", Kind.NUMBER, measure, "m²"),
            ),
            primary_key=("site_id",),
            row_count=3,
        ),
        CatalogTable(
            name="meter",
            schema=schema,
            columns=(
                column("meter_id", Kind.INTEGER, key),
                column("site_id", Kind.INTEGER, key),
                column("label", Kind.TEXT, dimension),
                column("installed_on", Kind.DATE, time),
                column("is_smart", Kind.BOOLEAN, dimension),
                column("details", Kind.JSON, dimension),
            ),
            primary_key=("meter_id",),
            foreign_keys=(
                ForeignKey(
                    columns=("site_id",), table="site", schema=schema, referenced_columns=("site_id",)
                ),
            ),
            row_count=4,
        ),
        CatalogTable(
            name="reading",
            schema=schema,
            columns=(
                column("meter_id", Kind.INTEGER, key),
                column("ts", Kind.TIMESTAMP, time),
                column("kwh", Kind.NUMBER, measure, "kWh"),
                column("temperature_c", Kind.NUMBER, measure, "°C"),
            ),
            foreign_keys=(
                ForeignKey(
                    columns=("meter_id",), table="meter", schema=schema, referenced_columns=("meter_id",)
                ),
            ),
            row_count=3 * HOURS,
            interval_seconds=3600,
        ),
        CatalogTable(
            name="price",
            schema=schema,
            columns=(
                column("ts", Kind.TIMESTAMP, time),
                column("eur_per_mwh", Kind.NUMBER, measure, "€/MWh"),
            ),
            row_count=HOURS,
            interval_seconds=3600,
        ),
        CatalogTable(
            name="Größe",
            schema=schema,
            columns=(
                column("id", Kind.INTEGER, key),
                column("Wert je Zähler", Kind.NUMBER, measure),
            ),
            row_count=2,
        ),
    )
    return Catalog(tables=tables, version=1, read_at=datetime(2025, 4, 1, tzinfo=UTC))


@dataclass(frozen=True)
class Engine:
    """A running engine that holds the schema, with ``rows`` to run a query on it as it is.

    ``database`` is its file or its name at the server.
    """

    dialect: str
    database: str
    known: KnownTables
    rows: Callable[[str], list[tuple[Any, ...]]]


def duckdb_file(path: Path, changes: Sequence[str] = ()) -> None:
    with duckdb.connect(str(path)) as connection:
        _fill("duckdb", connection.execute, connection.executemany, "?")
        for change in changes:
            connection.execute(change)


def open_duckdb(path: Path, closing: ExitStack, changes: Sequence[str] = ()) -> Engine:
    """The engine, after ``changes`` to what it holds; the others take them as well."""
    duckdb_file(path, changes)
    connection = duckdb.connect(
        str(path), read_only=True, config={"enable_external_access": False, "threads": 2}
    )
    closing.callback(connection.close)
    connection.execute("SET TimeZone = 'UTC'")

    def rows(sql: str) -> list[tuple[Any, ...]]:
        relation = connection.sql(sql)
        if not any("WITH TIME ZONE" in str(kind) for kind in relation.types):
            return list(relation.fetchall())
        # Instants are compared as text: Python's twin of them would lose their nanoseconds.
        columns = (
            f"CAST(#{place} AS VARCHAR)" if "WITH TIME ZONE" in str(kind) else f"#{place}"
            for place, kind in enumerate(relation.types, start=1)
        )
        found: list[tuple[Any, ...]] = relation.project(", ".join(columns)).fetchall()
        return found

    return Engine("duckdb", str(path), KnownTables.of(catalog("duckdb", "main"), "duckdb"), rows)


def open_sqlite(path: Path, closing: ExitStack, changes: Sequence[str] = ()) -> Engine:
    with sqlite3.connect(path) as writer:
        _fill("sqlite", writer.execute, writer.executemany, "?")
        for change in changes:
            writer.execute(change)
    writer.close()
    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True, check_same_thread=False)
    closing.callback(connection.close)
    return Engine(
        "sqlite",
        str(path),
        KnownTables.of(catalog("sqlite"), "sqlite"),
        lambda sql: connection.execute(sql).fetchall(),
    )


def open_postgres(server: str, closing: ExitStack, changes: Sequence[str] = ()) -> Engine:
    import asyncpg

    name = f"gridlens_guard_{uuid4().hex[:12]}"
    runner = closing.enter_context(asyncio.Runner())
    admin = runner.run(asyncpg.connect(f"postgresql://{server}/postgres"))
    closing.callback(lambda: runner.run(admin.close()))
    runner.run(admin.execute(f'CREATE DATABASE "{name}"'))
    closing.callback(lambda: runner.run(admin.execute(f'DROP DATABASE "{name}" WITH (FORCE)')))
    connection = runner.run(
        asyncpg.connect(f"postgresql://{server}/{name}", server_settings={"TimeZone": "UTC"})
    )
    closing.callback(lambda: runner.run(connection.close()))
    _fill(
        "postgres",
        lambda sql: runner.run(connection.execute(sql)),
        lambda sql, rows: runner.run(connection.executemany(sql, rows)),
        "$",
    )
    for change in changes:
        runner.run(connection.execute(change))
    return Engine(
        "postgres",
        name,
        KnownTables.of(catalog("postgres", "public"), "postgres"),
        lambda sql: [tuple(row) for row in runner.run(connection.fetch(sql))],
    )


def open_mariadb(server: str, closing: ExitStack, changes: Sequence[str] = ()) -> Engine:
    import asyncmy

    name = f"gridlens_guard_{uuid4().hex[:12]}"
    account, address = server.rsplit("@", 1)
    user, _, password = account.partition(":")
    host, _, port = address.partition(":")
    runner = closing.enter_context(asyncio.Runner())
    connection = runner.run(
        asyncmy.connect(host=host, port=int(port or 3306), user=user, password=password, autocommit=True)
    )
    closing.callback(connection.close)

    def rows(sql: str, values: Sequence[Sequence[Any]] | None = None) -> list[tuple[Any, ...]]:
        async def run() -> list[tuple[Any, ...]]:
            async with connection.cursor() as cursor:
                if values is None:
                    await cursor.execute(sql)
                else:
                    await cursor.executemany(sql, values)
                return [tuple(row) for row in await cursor.fetchall()]

        return runner.run(run())

    rows(f"CREATE DATABASE `{name}` CHARACTER SET utf8mb4")
    closing.callback(lambda: rows(f"DROP DATABASE `{name}`"))
    rows(f"USE `{name}`")
    rows("SET time_zone = '+00:00'")
    _fill("mysql", rows, rows, "%s")
    for change in changes:
        rows(change)
    return Engine("mysql", name, KnownTables.of(catalog("mysql"), "mysql"), rows)


def _fill(
    dialect: str,
    execute: Callable[[str], Any],
    insert: Callable[[str, list[Any]], Any],
    mark: str,
) -> None:
    types = _TYPES[dialect]
    quote = types["q"]
    everything = {**_ROWS, "reading": _readings(), "price": _prices()}
    for table, columns in _TABLES.items():
        execute(f"CREATE TABLE {quote}{table}{quote} ({columns.format(**types)})")
        rows = [tuple(_stored(value, dialect) for value in row) for row in everything[table]]
        marks = ", ".join(f"${i + 1}" if mark == "$" else mark for i in range(len(rows[0])))
        insert(f"INSERT INTO {quote}{table}{quote} VALUES ({marks})", rows)


def _stored(value: Any, dialect: str) -> Any:
    if isinstance(value, datetime) and dialect in {"sqlite", "mysql"}:
        return value.strftime("%Y-%m-%d %H:%M:%S")
    if dialect == "postgres" and isinstance(value, str) and value[4:5] == "-" and value[:4].isdigit():
        return datetime.fromisoformat(value).date()
    return value
