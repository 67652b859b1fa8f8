"""PostgreSQL: read-only transactions, server-side cursors, cancelled at the server."""

import asyncio
import json
import ssl
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from typing import Any

import asyncpg
import polars as pl

from gridlens.core.errors import GridlensError
from gridlens.data_sources.addresses import AddressPolicy
from gridlens.data_sources.connections import PostgresqlSettings
from gridlens.data_sources.connectors import (
    CATALOG_SECONDS,
    CONNECT_SECONDS,
    FIRST_BATCH_ROWS,
    MOST_RESULT_BYTES,
    TEST_SECONDS,
    Statement,
    TestOutcome,
    batch_rows,
    can_write_warning,
)
from gridlens.data_sources.connectors.idle import IdleConnections
from gridlens.data_sources.connectors.postgresql_catalog import read_tables
from gridlens.data_sources.connectors.postgresql_errors import connecting_error, query_error
from gridlens.data_sources.connectors.tls import context_for, warnings_for
from gridlens.data_sources.errors import QueryTimedOut, QueryTooHeavy, SourceUnreachable, WriteRefused
from gridlens.data_sources.frames import aware, decimals, normalise, stack, unique_names
from gridlens.shared.catalog import CatalogTable
from gridlens.shared.data_sources import FetchedRows

LOCK_SECONDS = 5
GRACE_SECONDS = 0.5

CAN_WRITE = """
SELECT
    rolsuper
    OR has_database_privilege(current_database(), 'CREATE')
    OR EXISTS (
        SELECT FROM pg_namespace
        WHERE nspname NOT LIKE 'pg\\_%' AND nspname <> 'information_schema'
        AND has_schema_privilege(oid, 'CREATE')
    )
    OR EXISTS (
        SELECT FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
        WHERE c.relkind IN ('r', 'p') AND n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema'
        AND has_table_privilege(c.oid, 'INSERT, UPDATE, DELETE, TRUNCATE')
    )
FROM pg_roles WHERE rolname = current_user
"""


class PostgresqlConnector:
    def __init__(self, settings: PostgresqlSettings, password: str, zone: str, policy: AddressPolicy) -> None:
        self._settings = settings
        self._password = password
        self._zone = zone
        self._policy = policy
        self._connections: IdleConnections[Any] = IdleConnections(self._connect, _reset, _close)

    async def test(self) -> TestOutcome:
        started = time.perf_counter()
        async with self._reading(TEST_SECONDS) as connection:
            latency_ms = (time.perf_counter() - started) * 1000
            version = await connection.fetchval("SELECT current_setting('server_version')")
            tls = await connection.fetchval("SELECT version FROM pg_stat_ssl WHERE pid = pg_backend_pid()")
            can_write = bool(await connection.fetchval(CAN_WRITE))
        warnings = warnings_for(self._settings.tls)
        if can_write:
            warnings = (can_write_warning(self._settings.user), *warnings)
        return TestOutcome(
            latency_ms=round(latency_ms, 1),
            server_version=f"PostgreSQL {version}",
            tls=tls,
            can_write=can_write,
            warnings=warnings,
        )

    async def read_catalog(self) -> tuple[CatalogTable, ...]:
        async with self._reading(CATALOG_SECONDS) as connection:
            return await read_tables(connection, self._settings.schemas)

    async def fetch(self, statement: Statement) -> FetchedRows:
        async with self._reading(statement.deadline_seconds, statement.sql) as connection:
            started = time.perf_counter()
            # Parsed by itself first, so that errors point into the text as it was written.
            if not (await connection.prepare(statement.sql)).get_attributes():
                raise WriteRefused("This query was not run, because it returns no columns. Write one SELECT.")
            # Standing inside a query of ours, the text can be nothing but a query.
            prepared = await connection.prepare(
                f"SELECT * FROM (\n{statement.sql}\n) AS answer "  # noqa: S608 -- the person's own query
                f"LIMIT {statement.row_limit + 1}"
            )
            columns = prepared.get_attributes()
            convert = _converter([(each.name, each.type.name, each.type.kind) for each in columns])
            cursor = await prepared.cursor()
            frames: list[pl.DataFrame] = []
            rows = size = 0
            ask_for = FIRST_BATCH_ROWS
            while batch := await cursor.fetch(ask_for):
                frame = await asyncio.to_thread(_normalised, convert, batch, self._zone)
                frames.append(frame)
                rows, size = rows + frame.height, size + int(frame.estimated_size())
                if size > MOST_RESULT_BYTES:
                    raise QueryTooHeavy
                if len(batch) < ask_for:
                    break
                ask_for = batch_rows(rows, size)
            engine_ms = (time.perf_counter() - started) * 1000
        frame = stack(frames) if frames else normalise(convert([]), self._zone)
        return FetchedRows(
            frame=frame.head(statement.row_limit),
            is_cut=frame.height > statement.row_limit,
            engine_ms=engine_ms,
        )

    async def close(self) -> None:
        await self._connections.close()

    @asynccontextmanager
    async def _reading(self, seconds: float, sql: str = "") -> AsyncIterator[Any]:
        """A connection inside a read-only transaction, with the server's own limits set."""
        try:
            async with (
                asyncio.timeout(seconds + GRACE_SECONDS),
                self._connections.borrow(seconds) as connection,
            ):
                await connection.execute(self._beginning(seconds))
                yield connection
                await connection.execute("ROLLBACK")
        except TimeoutError as error:
            raise QueryTimedOut(seconds) from error
        except (asyncpg.PostgresError, asyncpg.InterfaceError, OSError) as error:
            raise query_error(error, seconds, sql) from error

    def _beginning(self, seconds: float) -> str:
        limits = (
            f"BEGIN READ ONLY; SET LOCAL statement_timeout = {int(seconds * 1000)}; "
            f"SET LOCAL lock_timeout = '{LOCK_SECONDS}s'; SET LOCAL TimeZone = {_quoted(self._zone)}"
        )
        if not self._settings.schemas:
            return limits
        path = ", ".join('"' + name.replace('"', '""') + '"' for name in self._settings.schemas)
        return f"{limits}; SET LOCAL search_path = {path}"

    async def _connect(self) -> Any:
        settings = self._settings
        refusal: GridlensError | None = None
        for address in await self._policy.resolve(settings.host, settings.port):
            try:
                return await asyncpg.connect(
                    host=address,
                    port=settings.port,
                    user=settings.user,
                    # An empty one, and no file, keep the driver from looking in the operator's home.
                    password=self._password,
                    passfile="/dev/null",
                    database=settings.database,
                    ssl=context_for(settings.host, settings.tls) or False,
                    timeout=CONNECT_SECONDS,
                    statement_cache_size=0,
                    server_settings={"application_name": "gridlens"},
                )
            except (
                asyncpg.PostgresError,
                asyncpg.InterfaceError,
                ssl.SSLError,
                OSError,
                ValueError,
            ) as error:
                refusal = connecting_error(error, settings)
                refusal.__cause__ = error
                if not isinstance(refusal, SourceUnreachable):
                    break
        raise refusal or SourceUnreachable(f"“{settings.host}” has no address.")


def _normalised(
    convert: Callable[[Sequence[Any]], pl.DataFrame], records: Sequence[Any], zone: str
) -> pl.DataFrame:
    return normalise(convert(records), zone)


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


async def _reset(connection: Any) -> None:
    await connection.reset(timeout=2)


async def _close(connection: Any) -> None:
    """Waits for a cancellation under way, which ends the query at the server."""
    try:
        await connection.close(timeout=3)
    except (asyncpg.PostgresError, asyncpg.InterfaceError, OSError):
        with suppress(Exception):
            connection.terminate()


Converter = Callable[[str, Sequence[Any]], pl.Series]


def _of(kind: Any) -> Converter:
    return lambda name, values: pl.Series(name, values, kind)


def _text(name: str, values: Sequence[Any]) -> pl.Series:
    return pl.Series(name, [None if each is None else str(each) for each in values], pl.String)


def _json(name: str, values: Sequence[Any]) -> pl.Series:
    texts = [None if each is None else json.dumps(each, default=str) for each in values]
    return pl.Series(name, texts, pl.String)


def _instants(name: str, values: Sequence[Any]) -> pl.Series:
    return pl.Series(
        name, [None if each is None else aware(each) for each in values], pl.Datetime("us", "UTC")
    )


def _seconds(name: str, values: Sequence[timedelta | None]) -> pl.Series:
    return pl.Series(name, [None if each is None else each.total_seconds() for each in values], pl.Float64)


CONVERTERS: dict[str, Converter] = {
    "int2": _of(pl.Int64),
    "int4": _of(pl.Int64),
    "int8": _of(pl.Int64),
    "oid": _of(pl.Int64),
    "float4": _of(pl.Float64),
    "float8": _of(pl.Float64),
    "numeric": decimals,
    "bool": _of(pl.Boolean),
    "date": _of(pl.Date),
    "time": _of(pl.Time),
    "timestamp": _of(pl.Datetime("us")),
    "timestamptz": _instants,
    "interval": _seconds,
    "bytea": _of(pl.Binary),
}


def _converter(columns: Sequence[tuple[str, str, str]]) -> Callable[[Sequence[Any]], pl.DataFrame]:
    """Makes frames of records; columns are names, type names and type kinds."""
    names = unique_names([name for name, _, _ in columns])
    converters = [
        _json if kind in {"array", "composite"} else CONVERTERS.get(type_name, _text)
        for _, type_name, kind in columns
    ]

    def convert(records: Sequence[Any]) -> pl.DataFrame:
        return pl.DataFrame(
            [
                change(name, [record[place] for record in records])
                for place, (name, change) in enumerate(zip(names, converters, strict=True))
            ]
        )

    return convert
