"""Statements on DuckDB files: opened read-only, then locked against everything but reading them."""

import re
import threading
import time
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager

import duckdb
import polars as pl

from gridlens.data_sources.frames import normalise, unique_names, whole_numbers
from gridlens.data_sources.workers import limits
from gridlens.data_sources.workers.messages import Failed, Fetch

MOST_OPEN = 4
BATCH_ROWS = 20_000
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

_LAST_LIMIT = re.compile(r"\bLIMIT ([0-9]{1,9})$")
"""At the very end of a text a limit is one of the whole statement."""

AS_THEY_ARE = {
    "boolean", "tinyint", "smallint", "integer", "bigint", "utinyint", "usmallint", "uinteger", "ubigint",
    "float", "double", "decimal", "varchar", "json", "uuid", "blob", "date", "time", "enum",
    "timestamp", "timestamp_s", "timestamp_ms", "timestamp_ns", "timestamp with time zone",
    "timestamptz_ns",
}  # fmt: skip
CASTS = {
    "interval": "epoch(#{0})",
}
WIDE = {"hugeint", "uhugeint", "bignum"}
"""Whole numbers that polars would get as floats: they come as text and are read from it."""
AS_JSON = {"list", "array", "struct", "map", "union", "variant"}


class DuckdbEngine:
    """Keeps a few databases open, each with a locked configuration of its own."""

    def __init__(self) -> None:
        self._open: OrderedDict[str, tuple[str, duckdb.DuckDBPyConnection]] = OrderedDict()

    def fetch(self, ask: Fetch) -> tuple[pl.DataFrame, bool, float]:
        """Rows up to the limit, whether there were more, and the milliseconds the engine took."""
        started = time.perf_counter()
        with self._relation(ask) as (relation, wide):
            frame = _with_whole_numbers(pl.DataFrame(relation), wide)
        elapsed_ms = (time.perf_counter() - started) * 1000
        return normalise(frame.head(ask.row_limit), ask.zone), frame.height > ask.row_limit, elapsed_ms

    def batches(self, ask: Fetch) -> Iterator[pl.DataFrame]:
        """The rows in parts while the engine still works on the next; at least one, if only of columns."""
        with self._relation(ask) as (relation, wide):
            is_empty = True
            rows = pl.scan_arrow_c_stream(relation)
            for frame in rows.collect_batches(chunk_size=BATCH_ROWS, maintain_order=True):
                is_empty = False
                yield normalise(_with_whole_numbers(frame, wide), ask.zone)
            if is_empty:
                nothing = _with_whole_numbers(pl.DataFrame(relation.limit(0)), wide)
                yield normalise(nothing, ask.zone)

    @contextmanager
    def _relation(self, ask: Fetch) -> Iterator[tuple[duckdb.DuckDBPyRelation, list[str]]]:
        """The statement, checked and cut, until its deadline; and which columns are wide whole numbers."""
        connection = self._connection(ask.path, ask.zone)
        cursor = connection.cursor()  # a query's temporary names end with its cursor
        timer = threading.Timer(ask.deadline_seconds, cursor.interrupt)
        timer.daemon = True
        timer.start()
        try:
            statements = cursor.extract_statements(ask.sql)
            if len(statements) != 1 or statements[0].type not in READING:
                raise WriteAttempt
            try:
                relation, wide = _readable(cursor.sql(statements[0]))
                yield relation if _ends_by(ask) else relation.limit(ask.row_limit + 1), wide
            except (duckdb.BinderException, duckdb.CatalogException, duckdb.ParserException):
                # A relation hides where in the text the mistake is; explaining the text tells.
                cursor.execute(f"EXPLAIN {ask.sql}")
                raise
            except pl.exceptions.PolarsError as error:
                raise _own_error(str(error)) from error
        finally:
            timer.cancel()
            cursor.close()
            if not ask.keep_open:
                self.release(ask.path)

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


def _ends_by(ask: Fetch) -> bool:
    """Whether the text itself ends the rows in time; a second limit would be bound and planned anew."""
    limit = _LAST_LIMIT.search(ask.sql)
    return limit is not None and int(limit[1]) <= ask.row_limit + 1


def _own_error(text: str) -> duckdb.Error:
    """What DuckDB said in the middle of a stream, where only its words come through."""
    text = text.removeprefix("got external error: ")
    if "INTERRUPT Error" in text:
        return duckdb.InterruptException(text)
    # Where there is no memory for the words either, none come.
    wants_memory = not text or "Out of Memory Error" in text
    return duckdb.OutOfMemoryException(text) if wants_memory else duckdb.Error(text)


class UnreadableFile(Exception):
    """The file is not there, not a DuckDB database, or is being written by another program."""


class WriteAttempt(Exception):
    """The statement is something else than one query."""


def _readable(relation: duckdb.DuckDBPyRelation) -> tuple[duckdb.DuckDBPyRelation, list[str]]:
    """The relation with unique names, and with types that polars has no twin of made text or numbers.

    With it the names of the columns whose text is a whole number.
    """
    names = unique_names(relation.columns)
    kinds = [kind.id for kind in relation.types]
    if names == relation.columns and all(kind in AS_THEY_ARE for kind in kinds):
        return relation, []
    columns = []
    for place, (name, kind) in enumerate(zip(names, kinds, strict=True), start=1):
        quoted = name.replace('"', '""')
        columns.append(f'{_cast(kind).format(place)} AS "{quoted}"')
    wide = [name for name, kind in zip(names, kinds, strict=True) if kind in WIDE]
    return relation.project(", ".join(columns)), wide


def _with_whole_numbers(frame: pl.DataFrame, names: list[str]) -> pl.DataFrame:
    return frame.with_columns(whole_numbers(frame.get_column(name)) for name in names)


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
    if isinstance(error, duckdb.OutOfMemoryException) or limits.is_want_of_memory(error):
        return Failed(kind="memory", detail=text, is_fatal=True)
    if isinstance(error, duckdb.PermissionException) or "read-only mode" in text:
        return Failed(kind="write", detail=text)
    if isinstance(error, duckdb.CatalogException) and text.startswith("Catalog Error: Table with name"):
        return Failed(kind="gone", detail=text)
    if isinstance(error, duckdb.IOException | duckdb.SerializationException):
        return Failed(kind="file", detail=text)
    if isinstance(error, duckdb.InternalException | duckdb.FatalException):
        return Failed(kind="crash", detail=text, is_fatal=True)
    return Failed(kind="failed", detail=text)
