"""MySQL and MariaDB: read-only sessions, unbuffered cursors, queries killed at the server."""

import asyncio
import re
import ssl
import struct
import time
from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from typing import Any

import asyncmy
import polars as pl
from asyncmy.cursors import SSCursor
from asyncmy.errors import Error as MysqlError

from gridlens.core.errors import GridlensError
from gridlens.data_sources.addresses import AddressPolicy
from gridlens.data_sources.connections import MysqlSettings
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
from gridlens.data_sources.connectors.listening import stranger_at
from gridlens.data_sources.connectors.mysql_catalog import read_tables
from gridlens.data_sources.connectors.mysql_errors import connecting_error, cut_error, query_error
from gridlens.data_sources.connectors.mysql_types import frame_of
from gridlens.data_sources.connectors.tls import context_for, warnings_for
from gridlens.data_sources.errors import (
    QueryFailed,
    QueryTimedOut,
    QueryTooHeavy,
    SourceUnreachable,
    TlsFailed,
    WriteRefused,
)
from gridlens.data_sources.frames import normalise, stack
from gridlens.shared.catalog import CatalogTable
from gridlens.shared.data_sources import FetchedRows

LOCK_SECONDS = 5
GRACE_SECONDS = 0.5
STREAMED_ROWS = 20_000
KILL_SECONDS = 3.0
MOST_STEPS = 2**32 - 1
"""Of a recursion, which MariaDB cuts without an error; its deadline ends one that never would."""
LONGEST_GROUP_BYTES = 16 * 1024 * 1024
MAY_BE_CUT = re.compile(r"\b(GROUP_CONCAT|JSON_ARRAYAGG|JSON_OBJECTAGG|RECURSIVE)\b", re.IGNORECASE)
"""In a statement: what the server cuts with a warning alone."""
MOST_WARNINGS = 1024
"""That the server keeps; of many about single values, one that matters should not be lost."""
COM_SET_OPTION = 0x1B
COM_RESET_CONNECTION = 0x1F
MULTI_STATEMENTS_OFF = struct.pack("<H", 1)
SQL_MODE = "ONLY_FULL_GROUP_BY,STRICT_TRANS_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION"
READS = re.compile(r"[\s(]*(select|with|values|table)\b", re.IGNORECASE)
WRITES_FILES = re.compile(r"\binto\s+(outfile|dumpfile|@)", re.IGNORECASE)
WRITING_RIGHTS = re.compile(r"GRANT (?P<rights>.*?) ON .*", re.IGNORECASE | re.DOTALL)
READING_RIGHTS = {
    "select",
    "show view",
    "usage",
    "process",
    "show databases",
    "execute",
    "replication client",
}


class MysqlConnector:
    def __init__(self, settings: MysqlSettings, password: str, zone: str, policy: AddressPolicy) -> None:
        self._settings = settings
        self._password = password
        self._zone = zone
        self._policy = policy
        self._connections: IdleConnections[Any] = IdleConnections(self._connect, _reset, _close)

    async def test(self) -> TestOutcome:
        started = time.perf_counter()
        async with self._reading(TEST_SECONDS) as connection:
            latency_ms = (time.perf_counter() - started) * 1000
            version = (await _rows(connection, "SELECT version()"))[0][0]
            tls = await _rows(connection, "SHOW SESSION STATUS LIKE 'Ssl_version'")
            grants = [row[0] for row in await _rows(connection, "SHOW GRANTS")]
        warnings = warnings_for(self._settings.tls)
        can_write = any(may_write(grant) for grant in grants)
        if can_write:
            warnings = (can_write_warning(self._settings.user), *warnings)
        name, _, _ = version.partition("-")
        return TestOutcome(
            latency_ms=round(latency_ms, 1),
            server_version=f"{'MariaDB' if 'mariadb' in version.lower() else 'MySQL'} {name}",
            tls=(tls[0][1] or None) if tls else None,
            can_write=can_write,
            warnings=warnings,
        )

    async def read_catalog(self) -> tuple[CatalogTable, ...]:
        async with self._reading(CATALOG_SECONDS) as connection:
            return await read_tables(lambda sql: _rows(connection, sql))

    async def fetch(self, statement: Statement) -> FetchedRows:
        if not READS.match(statement.sql) or WRITES_FILES.search(statement.sql):
            raise WriteRefused("This query was not run, because it does more than read. Write one SELECT.")
        async with self._reading(statement.deadline_seconds, statement.row_limit) as connection:
            started = time.perf_counter()
            cursor = connection.cursor(SSCursor)
            await cursor.execute(statement.sql)
            if cursor.description is None:
                raise WriteRefused("This query was not run, because it returns no columns. Write one SELECT.")
            description = cursor.description
            frames: list[pl.DataFrame] = []
            rows = size = 0
            ask_for = FIRST_BATCH_ROWS
            while rows <= statement.row_limit and (batch := await cursor.fetchmany(ask_for)):
                frame = await asyncio.to_thread(_normalised, description, batch, self._zone)
                frames.append(frame)
                rows, size = rows + frame.height, size + int(frame.estimated_size())
                if size > MOST_RESULT_BYTES:
                    raise QueryTooHeavy
                ask_for = batch_rows(rows, size)
            engine_ms = (time.perf_counter() - started) * 1000
            if rows > statement.row_limit and await cursor.fetchmany(1):
                # Its own LIMIT was larger than ours, and rows are still on their way.
                await self._kill(connection)
                connection.close()
            else:
                await _check_whole(connection, cursor, statement.sql)
        frame = stack(frames) if frames else normalise(frame_of(description, []), self._zone)
        return FetchedRows(
            frame=frame.head(statement.row_limit), is_cut=rows > statement.row_limit, engine_ms=engine_ms
        )

    async def stream(self, statement: Statement) -> AsyncGenerator[pl.DataFrame, None]:
        if not READS.match(statement.sql) or WRITES_FILES.search(statement.sql):
            raise WriteRefused("This query was not run, because it does more than read. Write one SELECT.")
        async with self._reading(statement.deadline_seconds, statement.row_limit) as connection:
            cursor = connection.cursor(SSCursor)
            await cursor.execute(statement.sql)
            if cursor.description is None:
                raise WriteRefused("This query was not run, because it returns no columns. Write one SELECT.")
            rows, is_whole = 0, False
            try:
                while rows <= statement.row_limit and not is_whole:
                    batch = await cursor.fetchmany(STREAMED_ROWS)
                    is_whole = not batch
                    if batch or not rows:
                        yield await asyncio.to_thread(_normalised, cursor.description, batch, self._zone)
                    rows += len(batch)
                is_whole = is_whole or not await cursor.fetchmany(1)
                if is_whole:
                    await _check_whole(connection, cursor, statement.sql)
            finally:
                if not is_whole:
                    await asyncio.shield(self._kill(connection))
                    connection.close()

    async def close(self) -> None:
        await self._connections.close()

    @asynccontextmanager
    async def _reading(self, seconds: float, row_limit: int | None = None) -> AsyncIterator[Any]:
        """A connection whose session can only read, with the server's own limits set."""
        try:
            async with (
                asyncio.timeout(seconds + GRACE_SECONDS),
                self._connections.borrow(seconds) as connection,
            ):
                try:
                    await self._begin(connection, seconds, row_limit)
                    yield connection
                    if connection.connected:
                        await _run(connection, "ROLLBACK")
                except (asyncio.CancelledError, QueryTooHeavy):
                    await asyncio.shield(self._kill(connection))
                    raise
        except TimeoutError as error:
            raise QueryTimedOut(seconds) from error
        except (MysqlError, OSError) as error:
            raise query_error(error, seconds) from error

    async def _begin(self, connection: Any, seconds: float, row_limit: int | None) -> None:
        is_mariadb = "mariadb" in connection.get_server_info().lower()
        limit = (
            f"max_statement_time = {seconds:.3f}"
            if is_mariadb
            else f"max_execution_time = {seconds * 1000:.0f}"
        )
        rows = f", sql_select_limit = {row_limit + 1}" if row_limit is not None else ""
        await _run(
            connection,
            f"SET SESSION {limit}, lock_wait_timeout = {LOCK_SECONDS}, time_zone = '+00:00', "
            f"/*M!100202 max_recursive_iterations = {MOST_STEPS}, */ "
            f"/*!80003 cte_max_recursion_depth = {MOST_STEPS}, */ "
            f"group_concat_max_len = {LONGEST_GROUP_BYTES}, max_error_count = {MOST_WARNINGS}, "
            f"sql_mode = '{SQL_MODE}'{rows}",
        )
        # The transaction alone does not hold on MariaDB: DDL ends it first and is then free to run.
        await _run(connection, "SET SESSION TRANSACTION READ ONLY")
        await _run(connection, "START TRANSACTION READ ONLY")

    async def _kill(self, connection: Any) -> None:
        """End what a connection runs, at the server; the connection itself cannot say so any more."""
        with suppress(MysqlError, GridlensError, OSError):  # TimeoutError is an OSError
            async with asyncio.timeout(KILL_SECONDS):
                second = await self._connect()
                try:
                    await _run(second, f"KILL QUERY {connection.thread_id()}")
                finally:
                    second.close()

    async def _connect(self) -> Any:
        settings = self._settings
        refusal: GridlensError | None = None
        for address in await self._policy.resolve(settings.host, settings.port):
            try:
                return await self._connect_to(address)
            except (MysqlError, ssl.SSLError, OSError) as error:
                refusal = connecting_error(error, settings)
                if isinstance(refusal, SourceUnreachable | TlsFailed):
                    where = f"“{settings.host}”, port {settings.port}"
                    refusal = await stranger_at(address, settings.port, where, "MySQL") or refusal
                refusal.__cause__ = error
                if not isinstance(refusal, SourceUnreachable):
                    break
        raise refusal or SourceUnreachable(f"“{settings.host}” has no address.")

    async def _connect_to(self, address: str) -> Any:
        settings = self._settings
        # Another kind of server may take the connection and then wait for us to speak first.
        async with asyncio.timeout(CONNECT_SECONDS):
            connection = await asyncmy.connect(
                host=address,
                port=settings.port,
                user=settings.user,
                password=self._password.encode(),
                database=settings.database,
                charset="utf8mb4",
                ssl=context_for(settings.host, settings.tls),
                local_infile=False,
                autocommit=True,
                program_name="gridlens",
            )
            await _command(connection, COM_SET_OPTION, MULTI_STATEMENTS_OFF)
        return connection


def may_write(grant: str) -> bool:
    """Whether a line of SHOW GRANTS gives any right beyond reading."""
    match = WRITING_RIGHTS.match(grant)
    if match is None:  # a role, whose own grants follow
        return False
    rights = re.sub(r"\([^)]*\)", "", match["rights"])
    return any(right.strip().lower() not in READING_RIGHTS for right in rights.split(","))


async def _run(connection: Any, sql: str) -> None:
    await connection.query(sql)


async def _rows(connection: Any, sql: str) -> Sequence[Sequence[Any]]:
    async with connection.cursor() as cursor:
        await cursor.execute(sql)
        rows: Sequence[Sequence[Any]] = await cursor.fetchall()
        return rows


async def _check_whole(connection: Any, cursor: Any, sql: str) -> None:
    """Once the last row is there, which brings the number of warnings."""
    if cursor._result.warning_count:
        codes = [code for _, code, _ in await _rows(connection, "SHOW WARNINGS")]
        refusal = cut_error(codes)
        if refusal is None and len(codes) >= MOST_WARNINGS and MAY_BE_CUT.search(sql):
            refusal = QueryFailed(
                "The database gave so many warnings that it cannot be told whether the answer is whole. "
                "Convert texts to numbers only where they are numbers, and try again."
            )
        if refusal is not None:
            raise refusal


async def _command(connection: Any, command: int, payload: bytes) -> None:
    """A command of the protocol that the driver has no method for."""
    await connection._execute_command(command, payload)
    await connection.read_packet()


async def _reset(connection: Any) -> None:
    async with asyncio.timeout(2):
        await _command(connection, COM_RESET_CONNECTION, b"")
        await _command(connection, COM_SET_OPTION, MULTI_STATEMENTS_OFF)


async def _close(connection: Any) -> None:
    connection.close()


def _normalised(description: Sequence[Any], rows: Sequence[Sequence[Any]], zone: str) -> pl.DataFrame:
    return normalise(frame_of(description, rows), zone)
