"""Files to upload, and the tables they become."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import duckdb
import msgspec
import polars as pl
import pytest

from gridlens.data_sources.uploads import ImportOutcome, ReadOptions, detect, import_table


@dataclass
class Imported:
    """A table after its import, as another program would see it."""

    into: Path
    outcome: ImportOutcome

    def frame(self, table: str = "readings") -> pl.DataFrame:
        with duckdb.connect(self.into, read_only=True) as connection:
            connection.execute("SET TimeZone = 'UTC'")
            return pl.DataFrame(connection.sql(f'SELECT * FROM "{table}"'))

    def types(self, table: str = "readings") -> dict[str, str]:
        return {name: kind for name, kind, _ in self._columns(table)}

    def comments(self, table: str = "readings") -> dict[str, str | None]:
        return {name: comment for name, _, comment in self._columns(table)}

    def _columns(self, table: str) -> list[tuple[str, str, str | None]]:
        with duckdb.connect(self.into, read_only=True) as connection:
            return connection.execute(
                "SELECT column_name, data_type, comment FROM duckdb_columns() WHERE table_name = ?", [table]
            ).fetchall()


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Put bytes, or text in an encoding, into a file."""

    def put(content: bytes | str, name: str = "upload.csv", encoding: str = "utf-8") -> Path:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
        return path

    return put


@pytest.fixture
def imported(tmp_path: Path) -> Callable[..., Imported]:
    """Import a file as it was detected, with whatever is said to be different."""

    def run(
        path: Path, *, on_bad_row: str = "reject", if_exists: str = "refuse", **changes: object
    ) -> Imported:
        options = msgspec.structs.replace(detect(path, path.name), **changes)
        into = tmp_path / "into.duckdb"
        outcome = import_table(path, options, into, "readings", on_bad_row, if_exists=if_exists)
        return Imported(into, outcome)

    return run


@pytest.fixture
def with_kinds() -> Callable[..., ReadOptions]:
    """Options with other kinds for some columns, as a person would choose them."""

    def change(options: ReadOptions, **kinds: str) -> ReadOptions:
        columns = [
            msgspec.structs.replace(column, kind=kinds.get(column.name, column.kind), is_guess=False)
            for column in options.columns
        ]
        return msgspec.structs.replace(options, columns=tuple(columns))

    return change
