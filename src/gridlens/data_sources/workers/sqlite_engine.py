"""Statements on SQLite files: opened read-only, and each step of a statement allowed by name."""

import sqlite3
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator
from collections.abc import Set as AbstractSet
from contextlib import contextmanager, suppress
from pathlib import Path

import polars as pl

from gridlens.data_sources.frames import normalise, unique_names, untyped
from gridlens.data_sources.workers import limits
from gridlens.data_sources.workers.messages import Failed, Fetch
from gridlens.data_sources.workers.sqlite_virtual import Layout, ready_virtual_tables

MOST_OPEN = 4
BATCH_ROWS = 20_000
STEPS_BETWEEN_CHECKS = 20_000
LONGEST_VALUE_BYTES = 64 * 1024 * 1024
LIMITS = {
    sqlite3.SQLITE_LIMIT_LENGTH: LONGEST_VALUE_BYTES,
    sqlite3.SQLITE_LIMIT_SQL_LENGTH: 1_000_000,
    sqlite3.SQLITE_LIMIT_ATTACHED: 0,
    sqlite3.SQLITE_LIMIT_LIKE_PATTERN_LENGTH: 10_000,
    sqlite3.SQLITE_LIMIT_EXPR_DEPTH: 500,
    sqlite3.SQLITE_LIMIT_COMPOUND_SELECT: 200,
}
SAFE_AND_IN_MEMORY = (
    "trusted_schema=OFF",
    "query_only=ON",
    "cell_size_check=ON",
    "mmap_size=0",
    # Large sorts stay within the memory of the process, because it may not write a file.
    "temp_store=MEMORY",
)
_FUNCTION_NAMES = """
abs acos acosh asin asinh atan atan2 atanh avg ceil ceiling changes char coalesce concat concat_ws
cos cosh count cume_dist current_date current_time current_timestamp date datetime degrees
dense_rank exp first_value floor format glob group_concat hex if ifnull iif instr json json_array
json_array_length json_each json_extract json_group_array json_group_object json_insert json_object json_patch
json_pretty
json_quote json_remove json_replace json_set json_tree json_type json_valid julianday lag last_value
lead length like likelihood likely ln log log10 log2 lower ltrim max median min mod nth_value ntile
nullif octet_length percent_rank percentile pi pow power printf quote radians random rank replace
round row_number rtrim sign sin soundex sinh sqrt strftime string_agg substr substring sum tan tanh time
timediff total trim trunc typeof unhex unicode unixepoch unlikely upper -> ->>
bm25 match
"""
FUNCTIONS = frozenset(_FUNCTION_NAMES.split())
ALLOWED = {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_RECURSIVE}
READ_BY_VIRTUAL_TABLES = {"data_version", "page_size"}
"""Pragmas with which full-text tables see whether the file has changed."""
BROKEN_FILE = {
    sqlite3.SQLITE_CORRUPT,
    sqlite3.SQLITE_NOTADB,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_FORMAT,
}
WAL_MODE = b"\x02\x02"
SYSTEM = ("sqlite_", "pragma_", "dbstat", "bytecode", "tables_used")

# The converters that Python brings read any TIMESTAMP as text of one form and fail on others.
sqlite3.dbapi2.converters.clear()
for _name in ("BOOL", "BOOLEAN"):
    sqlite3.register_converter(
        _name, lambda raw: raw.strip().lower() not in {b"0", b"false", b"f", b"no", b""}
    )


class SqliteEngine:
    """Keeps a few databases open."""

    def __init__(self) -> None:
        self._open: OrderedDict[str, sqlite3.Connection] = OrderedDict()
        self._layouts: dict[str, Layout] = {}

    def fetch(self, ask: Fetch) -> tuple[pl.DataFrame, bool, float]:
        """Rows up to the limit, whether there were more, and the milliseconds the engine took."""
        started = time.perf_counter()
        with self._cursor(ask) as (cursor, names):
            rows = cursor.fetchmany(ask.row_limit + 1)
        elapsed_ms = (time.perf_counter() - started) * 1000
        return _frame(names, rows[: ask.row_limit], ask.zone), len(rows) > ask.row_limit, elapsed_ms

    def batches(self, ask: Fetch) -> Iterator[pl.DataFrame]:
        """The rows in parts; at least one, if only of columns."""
        with self._cursor(ask) as (cursor, names):
            left = ask.row_limit + 1
            rows = cursor.fetchmany(min(BATCH_ROWS, left))
            yield _frame(names, rows, ask.zone)
            while (left := left - len(rows)) and (rows := cursor.fetchmany(min(BATCH_ROWS, left))):
                yield _frame(names, rows, ask.zone)

    @contextmanager
    def _cursor(self, ask: Fetch) -> Iterator[tuple[sqlite3.Cursor, list[str]]]:
        """The statement under way until its deadline, and the names of its columns."""
        connection = self._connection(ask.path, is_ours=ask.keep_open)
        deadline = time.monotonic() + ask.deadline_seconds
        connection.set_progress_handler(lambda: time.monotonic() > deadline, STEPS_BETWEEN_CHECKS)
        connection.set_authorizer(None)
        try:
            if not ask.is_own:
                self._authorise(connection, ask)
            cursor = connection.execute(ask.sql)
            if cursor.description is None:
                raise sqlite3.DatabaseError("not authorized")
            yield cursor, unique_names([column[0] for column in cursor.description])
            cursor.close()
        finally:
            if not ask.keep_open:
                self.release(ask.path)

    def _authorise(self, connection: sqlite3.Connection, ask: Fetch) -> None:
        layout = self._layouts[ask.path]
        used: set[tuple[str, str]] = set()
        connection.set_authorizer(_authoriser(used, layout.unnamed))
        if layout.unnamed:
            # A virtual table reads the tables behind it only as the statement runs. So it is compiled once
            # without them, to see that it names none itself, and then run with them.
            connection.execute(f"EXPLAIN {ask.sql}").close()
            _check_search(used, layout.searched_whole)
            connection.set_authorizer(_authoriser(set(), pragmas=READ_BY_VIRTUAL_TABLES))

    def release(self, path: str) -> None:
        if path in self._open:
            self._open.pop(path).close()
            del self._layouts[path]

    def _connection(self, path: str, *, is_ours: bool) -> sqlite3.Connection:
        if path in self._open:
            self._open.move_to_end(path)
            return self._open[path]
        connection = _connect(path, is_ours=is_ours)
        for limit, value in LIMITS.items():
            connection.setlimit(limit, value)
        for pragma in SAFE_AND_IN_MEMORY:
            connection.execute(f"PRAGMA {pragma}")
        _ready_table_functions(connection)
        self._layouts[path] = ready_virtual_tables(connection)
        self._open[path] = connection
        if len(self._open) > MOST_OPEN:
            self.release(next(iter(self._open)))
        return connection


def _frame(names: list[str], rows: list[tuple[object, ...]], zone: str) -> pl.DataFrame:
    columns = list(zip(*rows, strict=True)) or [()] * len(names)
    return normalise(
        pl.DataFrame([untyped(name, values) for name, values in zip(names, columns, strict=True)]), zone
    )


def _connect(path: str, *, is_ours: bool) -> sqlite3.Connection:
    mode = "mode=ro&immutable=1" if is_ours or _is_resting(path) else "mode=ro"
    connection = sqlite3.connect(
        f"{Path(path).as_uri()}?{mode}",
        uri=True,
        detect_types=sqlite3.PARSE_DECLTYPES,
        isolation_level=None,
        timeout=2,
    )
    try:
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    except BaseException:
        connection.close()
        raise
    return connection


def _ready_table_functions(connection: sqlite3.Connection) -> None:
    """Table functions declare their columns at first use, which the authoriser would take for a write."""
    with suppress(sqlite3.OperationalError):  # an SQLite may be built without JSON
        connection.execute("SELECT 1 FROM json_each('[]'), json_tree('[]')").fetchall()


def _is_resting(path: str) -> bool:
    """In WAL mode with nobody connected: the file is whole, and reading it must not make files beside it."""
    try:
        with Path(path).open("rb") as file:
            return file.read(20)[18:20] == WAL_MODE and not Path(path + "-wal").exists()
    except OSError:
        return False


def _authoriser(
    used: set[tuple[str, str]],
    refused: AbstractSet[str] = frozenset(),
    pragmas: AbstractSet[str] = frozenset(),
) -> Callable[..., int]:
    """Allows what a query does, except to read the tables ``refused``, which are in lower case.

    ``used`` gets the columns that it reads behind their tables, and functions behind no table, in lower case.
    """

    def authorise(action: int, first: str | None, second: str | None, *_where: str | None) -> int:
        if action == sqlite3.SQLITE_FUNCTION:
            used.add(("", name := (second or "").lower()))
            is_allowed = name in FUNCTIONS
        elif action == sqlite3.SQLITE_READ:
            used.add((table := (first or "").lower(), (second or "").lower()))
            is_allowed = not table.startswith(SYSTEM) and table not in refused
        elif action == sqlite3.SQLITE_PRAGMA:
            is_allowed = first in pragmas and second is None
        else:
            is_allowed = action in ALLOWED
        return sqlite3.SQLITE_OK if is_allowed else sqlite3.SQLITE_DENY

    return authorise


def _check_search(used: AbstractSet[tuple[str, str]], searched_whole: AbstractSet[str]) -> None:
    """Such a table is only searched under its own name, a column that nobody has whom a rule binds."""
    if ("", "match") not in used:
        return
    for table in searched_whole & {table for table, _ in used}:
        if (table, table) not in used:
            raise sqlite3.OperationalError(
                f"MATCH searches all columns of {table}, so it has to name the table in place of a column"
            )


def failure(error: BaseException) -> Failed:
    """What an error of this engine means to who asked."""
    text = str(error).strip()
    if "no such table" in text:
        return Failed(kind="gone", detail=text)
    if any(
        each in text for each in ("not authorized", "authorization denied", "prohibited", "one statement")
    ):
        return Failed(kind="write", detail=text)
    if text == "interrupted":
        return Failed(kind="timeout", detail=text)
    if limits.is_want_of_memory(error) or "out of memory" in text:
        return Failed(kind="memory", detail=text, is_fatal=True)
    if "string or blob too big" in text:
        return Failed(kind="memory", detail=text)
    # Texts alone do not tell: JSON may be malformed too. The lowest byte is the kind of error.
    if getattr(error, "sqlite_errorcode", 0) & 0xFF in BROKEN_FILE:
        return Failed(kind="file", detail=text)
    return Failed(kind="failed", detail=text)
