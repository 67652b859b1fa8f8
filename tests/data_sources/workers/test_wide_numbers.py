"""Whole numbers of DuckDB that are wider than 64 bits arrive with every digit."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import duckdb
import polars as pl
import pytest

from gridlens.data_sources.workers.duckdb_engine import DuckdbEngine
from gridlens.data_sources.workers.messages import Fetch


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[tuple[DuckdbEngine, str]]:
    path = str(tmp_path / "wide.duckdb")
    with duckdb.connect(path) as connection:
        connection.execute("CREATE TABLE counter (pulses BIGINT)")
        connection.execute("INSERT INTO counter VALUES (9007199254740993), (9007199254740994)")
    engine = DuckdbEngine()
    yield engine, path
    engine.release(path)


def asking(path: str, sql: str) -> Fetch:
    return Fetch(
        engine="duckdb", path=path, zone="UTC", sql=sql, row_limit=10, deadline_seconds=5.0, keep_open=True
    )


@pytest.mark.parametrize(
    ("expression", "value", "kind"),
    [
        ("sum(pulses)", 18_014_398_509_481_987, pl.Int64()),
        ("sum(pulses)::HUGEINT * 1000000", Decimal("18014398509481987000000"), pl.Decimal(38, 0)),
        ("max(pulses)::UHUGEINT", 9_007_199_254_740_994, pl.Int64()),
        ("max(170141183460469231731687303715884105727::HUGEINT)", str(2**127 - 1), pl.String()),
    ],
)
def test_a_wide_whole_number_keeps_every_digit(
    engine: tuple[DuckdbEngine, str], expression: str, value: object, kind: pl.DataType
) -> None:
    duck, path = engine
    ask = asking(path, f"SELECT {expression} AS n FROM counter")
    frame, _, _ = duck.fetch(ask)
    [part] = duck.batches(ask)

    assert (frame.item(), frame.schema["n"]) == (value, kind)
    assert part.equals(frame)


def test_no_rows_of_wide_numbers_are_a_column_of_whole_numbers(engine: tuple[DuckdbEngine, str]) -> None:
    duck, path = engine
    ask = asking(path, "SELECT pulses::HUGEINT AS n FROM counter WHERE pulses < 0")

    assert [frame.schema for frame in duck.batches(ask)] == [{"n": pl.Int64()}]
