"""Parquet, decoded completely: nothing that a file says about its values is believed."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import polars as pl

from gridlens.data_sources.uploads.batches import Batch
from gridlens.data_sources.uploads.errors import UploadRefused
from gridlens.data_sources.uploads.limits import MAX_COLUMNS, MAX_RATIO, RATIO_FLOOR_BYTES
from gridlens.data_sources.uploads.options import ReadOptions
from gridlens.shared.results import Kind

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_CELLS_AT_ONCE = 1_000_000
# A dictionary of few long texts packs to nothing and unfolds to gigabytes, so that rows alone bound nothing.
_TEXT_BYTES_AT_ONCE = 32 << 20
_ROWS_IN_A_PIECE = 1_000
_TEXT_BYTES_IN_A_PIECE = 128 << 20
_MEMORY = "384MB"

_KINDS = {
    "BOOLEAN": Kind.BOOLEAN,
    "DATE": Kind.DATE,
    "TIME": Kind.TIME,
    "TIME_NS": Kind.TIME,
    "TIMESTAMP": Kind.TIMESTAMP,
    "TIMESTAMP_S": Kind.TIMESTAMP,
    "TIMESTAMP_MS": Kind.TIMESTAMP,
    "TIMESTAMP_NS": Kind.TIMESTAMP,
    "TIMESTAMP WITH TIME ZONE": Kind.TIMESTAMP,
    "TIMESTAMPTZ_NS": Kind.TIMESTAMP,
    "FLOAT": Kind.NUMBER,
    "DOUBLE": Kind.NUMBER,
    "BLOB": Kind.BINARY,
}
_INTEGERS = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT")


class ParquetColumn(NamedTuple):
    name: str
    kind: Kind
    is_naive: bool
    expression: str


@contextmanager
def _opened(path: Path) -> Iterator["DuckDBPyConnection"]:
    """A connection that can read this one file and nothing else."""
    import duckdb

    connection = duckdb.connect(
        config={
            "memory_limit": _MEMORY,
            "threads": 2,
            "allow_community_extensions": False,
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
            "allow_persistent_secrets": False,
            "python_enable_replacements": False,
            "temp_directory": "",
        }
    )
    try:
        connection.execute("SET TimeZone = 'UTC'")
        connection.execute("SET enable_object_cache = false")
        # A whole row group would be fetched at once otherwise, and some files have only one.
        connection.execute("SET disable_parquet_prefetching = true")
        # The minimum and maximum that a file claims must decide nothing.
        connection.execute("SET disabled_optimizers = 'statistics_propagation'")
        connection.execute(f"SET allowed_paths = [{literal(str(path))}]")
        connection.execute("SET enable_external_access = false")
        connection.execute("SET lock_configuration = true")
        yield connection
    # What goes wrong while rows are handed over comes back as an error of polars that quotes DuckDB's.
    except (duckdb.Error, pl.exceptions.ComputeError) as error:
        if isinstance(error, duckdb.OutOfMemoryException) or "Out of Memory Error" in str(error):
            raise UploadRefused(
                "The file's row groups are too large to read piece by piece. "
                "Write it again with at most a million rows in each row group."
            ) from error
        reason = _first_line(error).replace(f" '{path}'", "").replace(str(path), "this file")
        raise UploadRefused(
            f"The Parquet file is damaged or of an unknown kind ({reason}). Export it again."
        ) from error
    finally:
        connection.close()


def literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def identifier(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _first_line(error: Exception) -> str:
    return str(error).partition("\n")[0]


def parquet_columns(path: Path) -> list[ParquetColumn]:
    """Columns by what the file declares, after a look at what it would unfold to."""
    with _opened(path) as connection:
        source = f"read_parquet({literal(str(path))})"
        described = connection.execute(
            f"DESCRIBE SELECT * FROM {source}"  # noqa: S608 - quoted
        ).fetchall()
        if len(described) > MAX_COLUMNS:
            raise UploadRefused(
                f"The file has {len(described):,} columns; at most {MAX_COLUMNS:,} are possible. "
                "Export only the columns that you need."
            )
        rows = _row_count(connection, path)
        size = path.stat().st_size
        unfolded = rows * len(described) * 8
        if unfolded > RATIO_FLOOR_BYTES and unfolded > MAX_RATIO * size:
            raise UploadRefused(
                f"The file unpacks from {size / 1e6:,.1f} to more than {unfolded / 1e6:,.0f} MB. "
                "Upload a part of it."
            )
        return [_column(str(name), str(kind)) for name, kind, *_ in described]


def _row_count(connection: "DuckDBPyConnection", path: Path) -> int:
    found = connection.execute(
        f"SELECT sum(num_rows) FROM parquet_file_metadata({literal(str(path))})"  # noqa: S608 - quoted
    ).fetchall()
    return int(found[0][0] or 0)


def _column(name: str, declared: str) -> ParquetColumn:
    column = identifier(name)
    if declared.startswith(("STRUCT", "MAP", "UNION", "VARIANT", "JSON")) or declared.endswith("]"):
        return ParquetColumn(name, Kind.JSON, False, f"to_json({column})::VARCHAR")
    if declared in _INTEGERS:
        return ParquetColumn(name, Kind.INTEGER, False, column)
    if declared in {"HUGEINT", "UHUGEINT"}:
        return ParquetColumn(name, Kind.NUMBER, False, f"{column}::DOUBLE")
    if declared.startswith("DECIMAL"):
        return ParquetColumn(name, Kind.NUMBER, False, column)
    kind = _KINDS.get(declared)
    if kind is None:
        return ParquetColumn(name, Kind.TEXT, False, f"{column}::VARCHAR")
    if kind == Kind.NUMBER:
        # Programs without a null write NaN for it.
        return ParquetColumn(name, kind, False, f"CASE WHEN NOT isnan({column}) THEN {column} END")
    if kind == Kind.TIMESTAMP:
        is_naive = "ZONE" not in declared and "TZ" not in declared
        target = "TIMESTAMP" if is_naive else "TIMESTAMPTZ"
        return ParquetColumn(name, kind, is_naive, f"{column}::{target}")
    return ParquetColumn(name, kind, False, column)


@dataclass(slots=True)
class ParquetReader:
    """All rows, a bounded number of cells at a time."""

    path: Path
    options: ReadOptions
    total: int = 0

    def batches(self) -> Iterator[Batch]:
        columns = parquet_columns(self.path)
        if len(columns) != len(self.options.columns):
            raise UploadRefused(
                f"The file has {len(columns)} columns, but {len(self.options.columns)} are described. "
                "Have its columns found anew."
            )
        source = f"read_parquet({literal(str(self.path))}, file_row_number = true)"
        most_rows = max(_ROWS_IN_A_PIECE, _CELLS_AT_ONCE // max(1, len(columns)))
        with _opened(self.path) as connection:
            self.total = _row_count(connection, self.path)
            expressions = _expressions(connection, source, columns)
            selected = ", ".join(f'{each} AS "{place}"' for place, each in enumerate(expressions))
            start = 0
            for end in _ends(_text_bytes(connection, source, columns), most_rows):
                frame = pl.DataFrame(
                    connection.sql(
                        f"SELECT {selected} FROM {source} "  # noqa: S608 - quoted
                        f"WHERE file_row_number >= {start} AND file_row_number < {end}"
                    )
                )
                yield Batch(frame, start + frame.height, _locator(frame, start))
                start = end


def _text_bytes(connection: "DuckDBPyConnection", source: str, columns: Sequence[ParquetColumn]) -> list[int]:
    """How much text each piece of rows unfolds to, counted from the values themselves."""
    lengths = [
        f"coalesce(octet_length({column.expression}), 0)"
        if column.kind is Kind.BINARY
        else f"coalesce(strlen({column.expression}), 0)"
        for column in columns
        if column.kind in {Kind.TEXT, Kind.JSON, Kind.BINARY}
    ]
    found = connection.execute(
        f"SELECT sum({' + '.join(lengths) or '0'}) FROM {source} "  # noqa: S608 - quoted
        f"GROUP BY file_row_number // {_ROWS_IN_A_PIECE} ORDER BY file_row_number // {_ROWS_IN_A_PIECE}"
    ).fetchall()
    return [int(size) for (size,) in found]


def _ends(pieces: Sequence[int], most_rows: int) -> Iterator[int]:
    """Where each batch ends: after as many pieces as memory holds well, at least one."""
    size = start = 0
    for place, piece in enumerate(pieces):
        if piece > _TEXT_BYTES_IN_A_PIECE:
            raise UploadRefused(
                f"The {_ROWS_IN_A_PIECE:,} rows after row {place * _ROWS_IN_A_PIECE:,} hold "
                f"{piece / 1e6:,.0f} MB of text, which is no table. Leave the long columns out and export "
                "it again."
            )
        begun = place * _ROWS_IN_A_PIECE
        if begun > start and (
            size + piece > _TEXT_BYTES_AT_ONCE or begun + _ROWS_IN_A_PIECE - start > most_rows
        ):
            yield begun
            size, start = 0, begun
        size += piece
    if pieces:
        yield len(pieces) * _ROWS_IN_A_PIECE


def _expressions(
    connection: "DuckDBPyConnection", source: str, columns: Sequence[ParquetColumn]
) -> list[str]:
    """How to read each column. Dates beyond the calendar come as text, to be reported as bad cells."""
    dated = [column for column in columns if column.kind in {Kind.DATE, Kind.TIMESTAMP}]
    if not dated:
        return [column.expression for column in columns]
    checks = ", ".join(
        f"bool_or({column.expression} NOT BETWEEN DATE '0001-01-02' AND DATE '9999-12-30')"
        for column in dated
    )
    found = connection.execute(f"SELECT {checks} FROM {source}").fetchall()  # noqa: S608 - quoted
    beyond = {column.name for column, is_beyond in zip(dated, found[0], strict=True) if is_beyond}
    return [
        f"{identifier(column.name)}::VARCHAR" if column.name in beyond else column.expression
        for column in columns
    ]


def _locator(frame: pl.DataFrame, start: int) -> Callable[[Sequence[int]], list[tuple[int, str]]]:
    def locate(wanted: Sequence[int]) -> list[tuple[int, str]]:
        return [(start + row + 1, str(frame.row(row))) for row in wanted]

    return locate
