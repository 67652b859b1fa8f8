"""A file becomes a table in a DuckDB file: completely, or not at all."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import msgspec
import polars as pl

from gridlens.core.disk import is_disk_full
from gridlens.data_sources.uploads.caution import Caution
from gridlens.data_sources.uploads.cautions import cautions_after
from gridlens.data_sources.uploads.conversion import ColumnConverter, Converter
from gridlens.data_sources.uploads.detection import complete
from gridlens.data_sources.uploads.errors import BadRowsFound, StorageFull, UploadRefused
from gridlens.data_sources.uploads.limits import LISTED_BAD_ROWS
from gridlens.data_sources.uploads.names import set_aside_name
from gridlens.data_sources.uploads.options import FileFormat, ReadOptions
from gridlens.data_sources.uploads.parquet import identifier, literal
from gridlens.data_sources.uploads.reading import BadRow, reader_for, steps
from gridlens.shared.results import Kind

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

OnBadRow = Literal["reject", "set_aside"]
IfExists = Literal["refuse", "replace", "append"]

_MEMORY = "128MB"
_SPILL = "8GB"
_ROW_GROUP_BYTES = 32 << 20

_SQL_TYPES = {
    Kind.TEXT: "VARCHAR",
    Kind.INTEGER: "BIGINT",
    Kind.NUMBER: "DOUBLE",
    Kind.BOOLEAN: "BOOLEAN",
    Kind.DATE: "DATE",
    Kind.TIME: "TIME",
    Kind.TIMESTAMP: "TIMESTAMP WITH TIME ZONE",
    Kind.JSON: "JSON",
    Kind.BINARY: "BLOB",
}
_NARROW_TYPES: dict[type[pl.DataType], str] = {
    pl.Int8: "TINYINT",
    pl.Int16: "SMALLINT",
    pl.Int32: "INTEGER",
    pl.UInt8: "UTINYINT",
    pl.UInt16: "USMALLINT",
    pl.UInt32: "UINTEGER",
    pl.UInt64: "UBIGINT",
    pl.Float32: "FLOAT",
}


class ImportedColumn(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    name: str
    kind: Kind
    unit: str | None = None


class ImportOutcome(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """What an import did. Of the bad rows all are counted and the first thousand listed."""

    table: str
    rows_imported: int
    columns: tuple[ImportedColumn, ...]
    bad_row_count: int = 0
    bad_rows: tuple[BadRow, ...] = ()
    set_aside_table: str | None = None
    cautions: tuple[Caution, ...] = ()


def import_table(
    path: Path,
    options: ReadOptions,
    into: Path,
    table: str,
    on_bad_row: OnBadRow,
    progress: Callable[[int, int], None] = lambda done, total: None,
    *,
    if_exists: IfExists = "refuse",
) -> ImportOutcome:
    """Write the file's rows as ``table`` into the DuckDB file ``into``, which is made where there is none.

    With ``reject`` a single bad row leaves everything as it was and raises BadRowsFound; with ``set_aside``
    bad rows go to a table of their own beside this one. ``progress`` hears how much of how much was read,
    in the units of the format, and may raise to stop.
    """
    options = complete(path, options)
    with _database(into, len(options.columns)) as connection:
        connection.execute("BEGIN")
        existing = _types_of(connection, table)
        if if_exists == "append":
            options = _as_in_table(options, existing)
        reader = reader_for(path, options)
        converter = Converter(options)
        target = _Table(connection, table, converter, if_exists, existing)
        rejected: list[BadRow] = []
        bad_row_count = rows = 0
        for step in steps(reader, converter):
            bad_row_count += len(step.bad_rows)
            rejected += [row.shown() for row in step.bad_rows[: LISTED_BAD_ROWS - len(rejected)]]
            rows += step.values.height
            # Once something is to be rejected the rest is only counted.
            if on_bad_row == "set_aside":
                target.set_aside(step.bad_rows)
            if on_bad_row == "set_aside" or bad_row_count == 0:
                target.insert(step.values)
            progress(step.batch.done, reader.total)
        if bad_row_count and (on_bad_row == "reject" or rows == 0):
            raise _bad_rows_found(rejected, bad_row_count, rows)
        if rows == 0:
            place = "in this file" if options.format == FileFormat.PARQUET else "below the heading"
            raise UploadRefused(f"There are no rows {place}. Check the export and upload it again.")
        connection.execute("COMMIT")
        target.describe()
    return ImportOutcome(
        table=table,
        rows_imported=rows,
        columns=tuple(
            ImportedColumn(name=column.options.name, kind=column.kind, unit=column.options.unit)
            for _, column in converter.kept()
        ),
        bad_row_count=bad_row_count,
        bad_rows=tuple(rejected),
        set_aside_table=set_aside_name(table) if bad_row_count else None,
        cautions=tuple(cautions_after(converter)),
    )


def _bad_rows_found(listed: list[BadRow], count: int, rows: int) -> BadRowsFound:
    first = listed[0]
    where = f"line {first.line}" + (f", column {first.column}" if first.column else "")
    return BadRowsFound(
        f"{count:,} of {count + rows:,} rows do not fit, the first in {where}: {first.reason}. "
        "Nothing was imported. Change how the file is read, mend the file, or set the bad rows aside.",
        extra={
            "badRowCount": count,
            "rowCount": count + rows,
            "badRows": msgspec.to_builtins(listed),
        },
    )


def _types_of(connection: "DuckDBPyConnection", table: str) -> dict[str, str]:
    rows = connection.execute(
        "SELECT column_name, data_type FROM duckdb_columns() WHERE database_name = current_database() "
        "AND schema_name = 'main' AND lower(table_name) = lower(?)",
        [table],
    ).fetchall()
    return {str(name).casefold(): str(kind) for name, kind in rows}


def _as_in_table(options: ReadOptions, types: dict[str, str]) -> ReadOptions:
    """What was only guessed yields to what the table already is."""
    kinds = {kind: each for each, kind in _SQL_TYPES.items()}
    columns = [
        msgspec.structs.replace(column, kind=kinds.get(types.get(column.name.casefold(), ""), column.kind))
        if column.is_guess
        else column
        for column in options.columns
    ]
    return msgspec.structs.replace(options, columns=tuple(columns))


@contextmanager
def _database(into: Path, width: int) -> Iterator["DuckDBPyConnection"]:
    """The file, open for writing; a new one appears under its name only when it is complete."""
    import duckdb

    is_new = not into.exists()
    file = into.with_name(f"{into.name}.partial") if is_new else into
    spill = into.with_name(f"{into.name}.spill")
    if is_new:
        _remove(file)
    connection: DuckDBPyConnection | None = None
    is_done = False
    try:
        connection = _connect(file, spill, width)
        yield connection
        connection.execute("CHECKPOINT")
        is_done = True
    except duckdb.OutOfMemoryException as error:
        raise UploadRefused(
            "The rows are too wide for the memory allowed. Export fewer columns and upload again."
        ) from error
    except (duckdb.Error, OSError) as error:
        if is_disk_full(error):
            raise StorageFull(
                "There is no room left on the server's disk, so nothing was imported. "
                "Free some space, or ask an administrator to, and try again."
            ) from error
        raise
    finally:
        if connection is not None:
            # Closing ends an open transaction without a trace.
            connection.close()
        shutil.rmtree(spill, ignore_errors=True)
        if is_new and is_done:
            file.replace(into)
        elif is_new:
            _remove(file)


def _connect(file: Path, spill: Path, width: int) -> "DuckDBPyConnection":
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
        }
    )
    connection.execute("SET TimeZone = 'UTC'")
    connection.execute(f"SET temp_directory = {literal(str(spill))}")
    connection.execute(f"SET max_temp_directory_size = {literal(_SPILL)}")
    connection.execute(f"ATTACH {literal(str(file))} AS uploaded (ROW_GROUP_SIZE {_row_group(width)})")
    connection.execute("USE uploaded")
    # Rows come in through memory, so the engine needs no file but its own.
    connection.execute("SET enable_external_access = false")
    connection.execute("SET lock_configuration = true")
    return connection


def _row_group(width: int) -> int:
    """Rows that the engine holds in memory before it writes them; fewer where they are wide."""
    fitting = _ROW_GROUP_BYTES // (8 * width)
    return min(122_880, max(2_048, fitting // 2_048 * 2_048))


def _remove(file: Path) -> None:
    for leftover in (file, file.with_name(f"{file.name}.wal")):
        leftover.unlink(missing_ok=True)


class _Feed:
    """A frame offered to DuckDB as an Arrow stream, which needs no further library."""

    frame: pl.DataFrame

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return self.frame.__arrow_c_stream__(requested_schema)


@dataclass(slots=True)
class _Table:
    """The table that is being filled, and its companion for rows set aside."""

    connection: "DuckDBPyConnection"
    name: str
    converter: Converter
    if_exists: IfExists
    _types: dict[str, str]
    """The type of each column as the table has it, by its name in lower case; empty until it is made."""
    _has_companion: bool = False
    _rows: _Feed = field(default_factory=_Feed)
    _bad_rows: _Feed = field(default_factory=_Feed)

    def __post_init__(self) -> None:
        if self._types and self.if_exists == "refuse":
            raise UploadRefused(
                f"There is a table “{self.name}” already. Choose another name, replace it, or add to it.",
                fields={"table": "This name is taken."},
            )
        if self.if_exists == "append":
            self._has_companion = bool(_types_of(self.connection, set_aside_name(self.name)))
        else:
            self.connection.execute(f"DROP TABLE IF EXISTS {identifier(self.name)}")
            self.connection.execute(f"DROP TABLE IF EXISTS {identifier(set_aside_name(self.name))}")
            self._types = {}

    def insert(self, values: pl.DataFrame) -> None:
        columns = [column for _, column in self.converter.kept()]
        types = [_sql_type(column, dtype) for column, dtype in zip(columns, values.dtypes, strict=True)]
        self._make_room(columns, types)
        if values.is_empty():
            return
        is_first = not hasattr(self._rows, "frame")
        self._rows.frame = values
        # Registered once: every registration would keep its frame alive until the connection closes.
        if is_first:
            self.connection.register("rows_read", self._rows)
        names = ", ".join(identifier(column.options.name) for column in columns)
        cells = ", ".join(
            f"{identifier(place)}::{kind}" for place, kind in zip(values.columns, types, strict=True)
        )
        self.connection.execute(
            f"INSERT INTO {identifier(self.name)} ({names}) SELECT {cells} FROM rows_read"  # noqa: S608 - quoted
        ).fetchall()

    def _make_room(self, columns: list[ColumnConverter], types: list[str]) -> None:
        wanted = {column.options.name.casefold(): kind for column, kind in zip(columns, types, strict=True)}
        if not self._types:
            defined = ", ".join(
                f"{identifier(column.options.name)} {kind}"
                for column, kind in zip(columns, types, strict=True)
            )
            self.connection.execute(f"CREATE TABLE {identifier(self.name)} ({defined})")
            self._types = wanted
            return
        if wanted.keys() != self._types.keys():
            raise _other_columns(self.name, set(wanted), set(self._types))
        for column in columns:
            name = column.options.name
            has, needs = self._types[name.casefold()], wanted[name.casefold()]
            if has == needs or needs in _HELD_BY.get(has, ()):
                continue
            if has in _HELD_BY.get(needs, ()):
                self.connection.execute(
                    f"ALTER TABLE {identifier(self.name)} ALTER COLUMN {identifier(name)} TYPE {needs}"
                )
                self._types[name.casefold()] = needs
                continue
            raise UploadRefused(
                f"Column “{name}” holds {has} in the table and {needs} in the file. "
                "Read it as the same kind, or import into a new table.",
                fields={"columns": f"{name}: {needs} does not go into {has}."},
            )

    def set_aside(self, bad_rows: list[BadRow]) -> None:
        if not bad_rows:
            return
        companion = identifier(set_aside_name(self.name))
        if not self._has_companion:
            self.connection.execute(
                f"CREATE TABLE {companion} (line BIGINT, column_name VARCHAR, reason VARCHAR, text VARCHAR)"
            )
            self.connection.execute(
                f"COMMENT ON TABLE {companion} IS {literal(f'Rows that did not fit {self.name}')}"
            )
            self._has_companion = True
        is_first = not hasattr(self._bad_rows, "frame")
        self._bad_rows.frame = pl.DataFrame(
            {
                "line": pl.Series([row.line for row in bad_rows], dtype=pl.Int64),
                "column_name": pl.Series([row.column for row in bad_rows], dtype=pl.String),
                "reason": [row.reason for row in bad_rows],
                "text": [row.text for row in bad_rows],
            }
        )
        if is_first:
            self.connection.register("bad_rows_read", self._bad_rows)
        self.connection.execute(
            f"INSERT INTO {companion} SELECT * FROM bad_rows_read"  # noqa: S608 - quoted
        ).fetchall()

    def describe(self) -> None:
        """Keep units and descriptions beside the columns, where the catalog finds them.

        Outside the transaction, which would keep a copy of all columns for each comment.
        """
        for _, column in self.converter.kept():
            unit, description = column.options.unit, column.options.description
            parts = [f"[{unit}]" if unit else "", (description or "").strip()]
            if comment := " ".join(part for part in parts if part):
                self.connection.execute(
                    f"COMMENT ON COLUMN {identifier(self.name)}.{identifier(column.options.name)} "
                    f"IS {literal(comment)}"
                )


# What a column of a type can take without loss that matters.
_WHOLE = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT")
_HELD_BY = {"DOUBLE": (*_WHOLE, "FLOAT"), "BIGINT": (*_WHOLE[:3], *_WHOLE[4:7])}


def _other_columns(table: str, wanted: set[str], has: set[str]) -> UploadRefused:
    parts = []
    if missing := sorted(has - wanted):
        parts.append(f"the file lacks {', '.join(missing[:5])}")
    if extra := sorted(wanted - has):
        parts.append(f"the table lacks {', '.join(extra[:5])}")
    return UploadRefused(
        f"The columns are not those of “{table}”: {' and '.join(parts)}. "
        "Rename or drop columns so that they agree, or import into a new table.",
        fields={"columns": "They differ from the table's."},
    )


def _sql_type(column: ColumnConverter, dtype: pl.DataType) -> str:
    """The narrower type that a typed format brought along, else the usual one of the kind."""
    if isinstance(dtype, pl.Decimal):
        return f"DECIMAL({dtype.precision or 38}, {dtype.scale})"
    return _NARROW_TYPES.get(type(dtype), _SQL_TYPES[column.kind])
