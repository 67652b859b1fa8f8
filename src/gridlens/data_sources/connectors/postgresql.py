"""PostgreSQL: read-only transactions, rows as one copy, cancelled at the server."""

import asyncio
import ssl
import time
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

import asyncpg
import polars as pl

from gridlens.core.errors import GridlensError
from gridlens.data_sources.addresses import AddressPolicy
from gridlens.data_sources.connections import PostgresqlSettings
from gridlens.data_sources.connectors import (
    CATALOG_SECONDS,
    CONNECT_SECONDS,
    TEST_SECONDS,
    Statement,
    TestOutcome,
    can_write_warning,
)
from gridlens.data_sources.connectors.idle import IdleConnections
from gridlens.data_sources.connectors.listening import stranger_at
from gridlens.data_sources.connectors.postgresql_catalog import read_tables
from gridlens.data_sources.connectors.postgresql_errors import connecting_error, query_error
from gridlens.data_sources.connectors.postgresql_rows import TEXT_BATCH_BYTES, Field, Rows
from gridlens.data_sources.connectors.tls import context_for, warnings_for
from gridlens.data_sources.errors import QueryTimedOut, SourceUnreachable, TlsFailed, WriteRefused
from gridlens.shared.catalog import CatalogTable
from gridlens.shared.data_sources import FetchedRows

LOCK_SECONDS = 5
GRACE_SECONDS = 0.5
READ_IN_PLACE_BYTES = 64 * 1024
"""Less text than this is read faster than handed to another thread."""

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
            rows = await self._rows(connection, statement)
            waiting = bytearray()

            async def take(text: bytes) -> None:
                waiting.extend(text)
                if len(waiting) >= TEXT_BATCH_BYTES:
                    await _take(rows, waiting)

            # What goes wrong in here, cancelling included, ends the query at the server.
            await connection.copy_from_query(
                rows.statement(statement.sql, statement.row_limit + 1), output=take, **rows.copy_options
            )
            if waiting:
                await _take(rows, waiting)
            frame = rows.frame()
            engine_ms = (time.perf_counter() - started) * 1000
        return FetchedRows(
            frame=frame.head(statement.row_limit),
            is_cut=frame.height > statement.row_limit,
            engine_ms=engine_ms,
        )

    async def stream(self, statement: Statement) -> AsyncGenerator[pl.DataFrame, None]:
        async with self._reading(statement.deadline_seconds, statement.sql) as connection:
            rows = await self._rows(connection, statement)
            waiting = bytearray()
            ready: asyncio.Queue[bytes | None] = asyncio.Queue(maxsize=1)

            async def take(text: bytes) -> None:
                waiting.extend(text)
                if len(waiting) >= TEXT_BATCH_BYTES:
                    await ready.put(_emptied(waiting))

            async def copy() -> None:
                try:
                    await connection.copy_from_query(
                        rows.statement(statement.sql, statement.row_limit + 1),
                        output=take,
                        **rows.copy_options,
                    )
                finally:
                    await ready.put(None)

            copying = asyncio.create_task(copy())
            try:
                is_empty = True
                while (text := await ready.get()) is not None:
                    is_empty = False
                    yield await asyncio.to_thread(rows.part, text)
                await copying
                if waiting or is_empty:
                    yield rows.part(_emptied(waiting))
            finally:
                copying.cancel()
                while not ready.empty():  # it may wait for room to say that it has ended
                    ready.get_nowait()
                await asyncio.gather(copying, return_exceptions=True)

    async def close(self) -> None:
        await self._connections.close()

    async def _rows(self, connection: Any, statement: Statement) -> Rows:
        # Parsed by itself first, so that errors point into the text as it was written.
        columns = (await connection.prepare(statement.sql)).get_attributes()
        if not columns:
            raise WriteRefused("This query was not run, because it returns no columns. Write one SELECT.")
        return Rows([Field(each.name, each.type.name, each.type.kind) for each in columns], self._zone)

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
            f"SET LOCAL lock_timeout = '{LOCK_SECONDS}s'; SET LOCAL TimeZone = {_quoted(self._zone)}; "
            # The guard reads texts as the standard does; a server may be set to read a backslash otherwise.
            "SET LOCAL standard_conforming_strings = on"
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
                if isinstance(refusal, SourceUnreachable | TlsFailed):
                    where = f"“{settings.host}”, port {settings.port}"
                    refusal = await stranger_at(address, settings.port, where, "PostgreSQL") or refusal
                refusal.__cause__ = error
                if not isinstance(refusal, SourceUnreachable):
                    break
        raise refusal or SourceUnreachable(f"“{settings.host}” has no address.")


async def _take(rows: Rows, waiting: bytearray) -> None:
    text = _emptied(waiting)
    if len(text) < READ_IN_PLACE_BYTES:
        rows.take(text)
    else:
        await asyncio.to_thread(rows.take, text)


def _emptied(waiting: bytearray) -> bytes:
    text = bytes(waiting)
    waiting.clear()
    return text


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
