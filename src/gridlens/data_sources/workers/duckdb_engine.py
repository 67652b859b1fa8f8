"""Statements on DuckDB files: opened read-only, then locked against everything but reading them."""

import threading
import time
from collections import OrderedDict

import duckdb
import polars as pl

from gridlens.data_sources.frames import normalise, unique_names
from gridlens.data_sources.workers.messages import Failed, Fetch

MOST_OPEN = 4
LONGEST_QUERY_MS = 3_600_000
LOCKED: dict[str, str | bool | int | float | list[str]] = {
    "access_mode": "READ_ONLY",
    "enable_external_access": "false",
    "allow_community_extensions": "false",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "allow_persistent_secrets": "false",
    "python_enable_replacements": "false",
    "memory_limit": "1GiB",
    "threads": "2",
    "temp_directory": "",
    "max_temp_directory_size": "0B",
    "max_execution_time": str(LONGEST_QUERY_MS),
}
READING = {duckdb.StatementType.SELECT, duckdb.StatementType.MULTI}
"""A PIVOT that finds its columns by itself parses as several statements in one."""

AS_THEY_ARE = {
    "boolean", "tinyint", "smallint", "integer", "bigint", "utinyint", "usmallint", "uinteger", "ubigint",
    "hugeint", "float", "double", "decimal", "varchar", "json", "uuid", "blob", "date", "time", "enum",
    "timestamp", "timestamp_s", "timestamp_ms", "timestamp_ns", "timestamp with time zone",
    "timestamptz_ns",
}  # fmt: skip
CASTS = {
    "interval": "epoch(#{0})",
    "uhugeint": "#{0}::DOUBLE",
    "bignum": "#{0}::DOUBLE",
}
AS_JSON = {"list", "array", "struct", "map", "union", "variant"}


class DuckdbEngine:
    """Keeps a few databases open, each with a locked configuration of its own."""

    def __init__(self) -> None:
        self._open: OrderedDict[str, tuple[str, duckdb.DuckDBPyConnection]] = OrderedDict()

    def fetch(self, ask: Fetch) -> tuple[pl.DataFrame, bool, float]:
        """Rows up to the limit, whether there were more, and the milliseconds the engine took."""
        connection = self._connection(ask.path, ask.zone)
        cursor = connection.cursor()  # a query's temporary names end with its cursor
        timer = threading.Timer(ask.deadline_seconds, cursor.interrupt)
        timer.daemon = True
        timer.start()
        started = time.perf_counter()
        try:
            statements = cursor.extract_statements(ask.sql)
            if len(statements) != 1 or statements[0].type not in READING:
                raise WriteAttempt
            try:
                relation = _readable(cursor.sql(ask.sql))
                frame = pl.DataFrame(relation.limit(ask.row_limit + 1))
            except (duckdb.BinderException, duckdb.CatalogException, duckdb.ParserException):
                # A relation hides where in the text the mistake is; explaining the text tells.
                cursor.execute(f"EXPLAIN {ask.sql}")
                raise
        finally:
            timer.cancel()
            cursor.close()
            if not ask.keep_open:
                self.release(ask.path)
        elapsed_ms = (time.perf_counter() - started) * 1000
        return normalise(frame.head(ask.row_limit), ask.zone), frame.height > ask.row_limit, elapsed_ms

    def release(self, path: str) -> None:
        if path in self._open:
            self._open.pop(path)[1].close()

    def _connection(self, path: str, zone: str) -> duckdb.DuckDBPyConnection:
        if path in self._open and self._open[path][0] == zone:
            self._open.move_to_end(path)
            return self._open[path][1]
        self.release(path)
        try:
            connection = duckdb.connect(path, read_only=True, config=LOCKED)
        except duckdb.Error as error:
            raise UnreadableFile(str(error)) from error
        # Global, because every query has a cursor of its own, which begins with the global settings.
        connection.execute("SET GLOBAL TimeZone = ?", [zone])
        connection.execute("SET lock_configuration = true")
        self._open[path] = (zone, connection)
        if len(self._open) > MOST_OPEN:
            self.release(next(iter(self._open)))
        return connection


class UnreadableFile(Exception):
    """The file is not there, not a DuckDB database, or is being written by another program."""


class WriteAttempt(Exception):
    """The statement is something else than one query."""


def _readable(relation: duckdb.DuckDBPyRelation) -> duckdb.DuckDBPyRelation:
    """The relation with unique names, and with types that polars has no twin of made text or numbers."""
    names = unique_names(relation.columns)
    kinds = [kind.id for kind in relation.types]
    if names == relation.columns and all(kind in AS_THEY_ARE for kind in kinds):
        return relation
    columns = []
    for place, (name, kind) in enumerate(zip(names, kinds, strict=True), start=1):
        quoted = name.replace('"', '""')
        columns.append(f'{_cast(kind).format(place)} AS "{quoted}"')
    return relation.project(", ".join(columns))


def _cast(kind: str) -> str:
    if kind in AS_THEY_ARE:
        return "#{0}"
    if kind in AS_JSON:
        return "to_json(#{0})::VARCHAR"
    return CASTS.get(kind, "#{0}::VARCHAR")


def failure(error: BaseException) -> Failed:
    """What an error of this engine means to who asked."""
    text = str(error).strip()
    if isinstance(error, WriteAttempt):
        return Failed(kind="write", detail="It is not one single query.")
    if isinstance(error, UnreadableFile):
        return Failed(kind="file", detail=text)
    if isinstance(error, duckdb.InterruptException):
        return Failed(kind="timeout", detail=text)
    if isinstance(error, duckdb.OutOfMemoryException | MemoryError):
        return Failed(kind="memory", detail=text)
    if isinstance(error, duckdb.PermissionException) or "read-only mode" in text:
        return Failed(kind="write", detail=text)
    if isinstance(error, duckdb.CatalogException) and text.startswith("Catalog Error: Table with name"):
        return Failed(kind="gone", detail=text)
    if isinstance(error, duckdb.IOException | duckdb.SerializationException):
        return Failed(kind="file", detail=text)
    if isinstance(error, duckdb.InternalException | duckdb.FatalException):
        return Failed(kind="crash", detail=text, is_fatal=True)
    return Failed(kind="failed", detail=text)
