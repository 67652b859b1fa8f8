# ruff: noqa: DTZ001 -- clocks without a zone are what files hold
import struct
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path

import duckdb
import polars as pl
import pytest

from gridlens.data_sources.uploads import BadRowsFound, UploadRefused, detect, preview
from gridlens.data_sources.uploads import parquet as parquet_module
from gridlens.shared.results import Kind


@pytest.fixture
def parquet(tmp_path: Path) -> Callable[..., Path]:
    def make(frame: pl.DataFrame, **settings: object) -> Path:
        path = tmp_path / "upload.parquet"
        frame.write_parquet(path, **settings)
        return path

    return make


def test_types_are_kept_and_what_is_nested_becomes_json(parquet, imported) -> None:
    at = datetime(2024, 1, 31, 10, 15, tzinfo=UTC)
    frame = pl.DataFrame(
        {
            "at": pl.Series([at, None], dtype=pl.Datetime("ns", "UTC")),
            "small": pl.Series([1, 2], dtype=pl.Int16),
            "load_kw": pl.Series([1.5, float("nan")], dtype=pl.Float32),
            "price": pl.Series([Decimal("1.10"), None], dtype=pl.Decimal(12, 2)),
            "day": [date(2024, 1, 31), None],
            "clock": [time(10, 15), None],
            "zone": pl.Series(["a", "b"], dtype=pl.Categorical),
            "raw": [b"\xff\x00", None],
            "tags": [{"site": "a", "list": [1, 2]}, None],
        }
    )
    table = imported(parquet(frame))

    assert table.types() == {
        "at": "TIMESTAMP WITH TIME ZONE",
        "small": "SMALLINT",
        "load_kw": "FLOAT",
        "price": "DECIMAL(12,2)",
        "day": "DATE",
        "clock": "TIME",
        "zone": "VARCHAR",
        "raw": "BLOB",
        "tags": "JSON",
    }
    assert table.frame().rows() == [
        (
            at,
            1,
            1.5,
            Decimal("1.10"),
            date(2024, 1, 31),
            time(10, 15),
            "a",
            b"\xff\x00",
            '{"site":"a","list":[1,2]}',
        ),
        (None, 2, None, None, None, None, "b", None, None),
    ]
    assert table.comments()["load_kw"] == "[kW]"


def test_naive_times_are_read_in_the_zone_that_was_chosen(parquet, imported) -> None:
    path = parquet(pl.DataFrame({"at": [datetime(2024, 7, 1, 12)]}))

    assert imported(path, zone="Europe/Berlin").frame()["at"].to_list() == [
        datetime(2024, 7, 1, 10, tzinfo=UTC)
    ]
    assert "no-zone" in [caution.code for caution in preview(path, detect(path, "a")).cautions]


def test_text_can_be_read_as_something_else(parquet, imported, with_kinds) -> None:
    path = parquet(pl.DataFrame({"at": ["2024-01-31T10:15:00+0200", "x"], "n": ["1.5", "2.5"]}))
    columns = with_kinds(detect(path, "a"), at=Kind.TIMESTAMP, n=Kind.NUMBER).columns
    table = imported(path, columns=columns, on_bad_row="set_aside")

    assert table.frame().rows() == [(datetime(2024, 1, 31, 8, 15, tzinfo=UTC), 1.5)]
    assert [(row.line, row.column) for row in table.outcome.bad_rows] == [(2, "at")]


def test_rows_stay_in_order_across_row_groups_and_steps(parquet, imported, monkeypatch) -> None:
    monkeypatch.setattr(parquet_module, "_CELLS_AT_ONCE", 3_000)
    path = parquet(pl.DataFrame({"n": range(20_000)}), row_group_size=7_000)

    assert imported(path).frame()["n"].to_list() == list(range(20_000))


def test_forged_statistics_change_nothing(parquet, imported) -> None:
    path = parquet(
        pl.DataFrame({"n": [7, 1_234_567_890_123, 3]}), statistics=True, compression="uncompressed"
    )
    content = bytearray(path.read_bytes())
    footer = len(content) - 8 - int.from_bytes(content[-8:-4], "little")
    true_maximum = struct.pack("<q", 1_234_567_890_123)
    places = [place for place in range(footer, len(content)) if content[place : place + 8] == true_maximum]
    for place in places:
        content[place : place + 8] = struct.pack("<q", 5)
    path.write_bytes(content)

    table = imported(path)

    assert places, "the file carries statistics to forge"
    assert table.frame()["n"].to_list() == [7, 1_234_567_890_123, 3]
    with duckdb.connect(table.into, read_only=True) as connection:
        assert connection.execute("SELECT max(n) FROM readings").fetchall() == [(1_234_567_890_123,)]
        assert connection.execute("SELECT count(*) FROM readings WHERE n > 1000").fetchall() == [(1,)]


@pytest.mark.parametrize("keep", [0.1, 0.5, 0.95])
def test_a_file_that_breaks_off_is_refused(parquet, keep: float) -> None:
    path = parquet(pl.DataFrame({"n": range(1_000)}))
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * keep)])

    with pytest.raises(UploadRefused, match="not complete"):
        detect(path, "a.parquet")


def test_a_hole_where_values_begin_is_refused(parquet, imported) -> None:
    path = parquet(pl.DataFrame({"n": [number * 7919 % 10_007 for number in range(50_000)]}))
    content = bytearray(path.read_bytes())
    content[4:400] = bytes(396)
    path.write_bytes(content)

    with pytest.raises(UploadRefused, match="damaged"):
        imported(path)
    assert not path.with_name("into.duckdb").exists()


def test_more_columns_than_allowed_are_refused(parquet) -> None:
    path = parquet(pl.DataFrame({f"c{number}": [1] for number in range(2_001)}))

    with pytest.raises(UploadRefused, match="2,001 columns; at most 2,000"):
        detect(path, "a.parquet")


def test_a_small_file_that_unfolds_to_gigabytes_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bomb.parquet"
    with duckdb.connect() as connection:
        columns = ", ".join(f"0 AS c{number}" for number in range(20))
        connection.execute(f"COPY (SELECT {columns} FROM range(8_000_000)) TO '{path}' (COMPRESSION zstd)")

    assert path.stat().st_size < 5_000_000
    with pytest.raises(UploadRefused, match="unpacks from"):
        detect(path, "bomb.parquet")


def test_few_long_texts_repeated_for_ever_are_read_in_bounded_pieces(tmp_path: Path, imported) -> None:
    path = tmp_path / "upload.parquet"
    with duckdb.connect() as connection:
        connection.execute(f"COPY (SELECT repeat('x', 1000) AS note FROM range(200_000)) TO '{path}'")
    assert path.stat().st_size < 100_000

    batches = list(parquet_module.ParquetReader(path, detect(path, path.name)).batches())

    assert sum(batch.frame.height for batch in batches) == 200_000
    assert max(batch.frame.estimated_size() for batch in batches) <= 34 << 20
    assert imported(path).outcome.rows_imported == 200_000


def test_rows_that_unfold_to_more_text_than_any_table_holds_are_refused(tmp_path: Path, imported) -> None:
    path = tmp_path / "upload.parquet"
    with duckdb.connect() as connection:
        connection.execute(f"COPY (SELECT repeat('x', 1_000_000) AS note FROM range(900)) TO '{path}'")

    with pytest.raises(UploadRefused, match="900 MB of text"):
        imported(path)


def test_a_refusal_tells_no_path_of_the_server(parquet) -> None:
    path = parquet(pl.DataFrame({"n": range(10_000)}), compression="zstd")
    content = bytearray(path.read_bytes())
    content[4:2_000] = b"\xff" * 1_996
    path.write_bytes(content)

    with pytest.raises(UploadRefused) as refused:
        options = detect(path, path.name)
        list(parquet_module.ParquetReader(path, options).batches())

    assert "damaged" in refused.value.detail
    assert str(path.parent) not in refused.value.detail


def test_an_infinite_number_is_a_bad_row(parquet, imported) -> None:
    path = parquet(pl.DataFrame({"load": [1.5, float("inf")]}))

    with pytest.raises(BadRowsFound, match="line 2, column load: “inf” is not a number"):
        imported(path)


def test_dates_beyond_the_calendar_are_bad_rows(parquet, imported) -> None:
    at = pl.Series([0, 2**60, None, -(2**60)]).cast(pl.Datetime("us", "UTC"))
    day = pl.Series([0, 0, 2_000_000_000, 0], dtype=pl.Int32).cast(pl.Date)
    path = parquet(pl.DataFrame({"at": at, "day": day}))
    shown = preview(path, detect(path, "a.parquet"))
    table = imported(path, on_bad_row="set_aside")

    assert [(row.line, row.column) for row in table.outcome.bad_rows] == [(2, "at"), (3, "day"), (4, "at")]
    assert [row.values for row in shown.rows] == [("1970-01-01T00:00:00Z", "1970-01-01"), *[(None, None)] * 3]
    assert table.frame().rows() == [(datetime(1970, 1, 1, tzinfo=UTC), date(1970, 1, 1))]


def test_bytes_read_as_text_keep_what_is_no_character(parquet, imported, with_kinds) -> None:
    path = parquet(pl.DataFrame({"raw": ["Köln".encode(), b"\xff"]}))
    columns = with_kinds(detect(path, "a"), raw=Kind.TEXT).columns

    assert imported(path, columns=columns).frame()["raw"].to_list() == ["Köln", "\\xff"]


def test_a_length_of_time_is_kept_as_text(parquet, imported) -> None:
    path = parquet(pl.DataFrame({"outage": [timedelta(hours=30)]}))

    assert imported(path).frame().height == 1


def test_a_file_without_columns_is_refused_in_words_that_are_not_the_server_s(parquet) -> None:
    path = parquet(pl.DataFrame())
    with pytest.raises(UploadRefused, match="Need at least one") as refused:
        detect(path, "load.parquet")
    assert path.name not in str(refused.value)


def test_an_empty_table_is_refused(parquet, imported) -> None:
    with pytest.raises(UploadRefused, match="no rows in this file"):
        imported(parquet(pl.DataFrame({"n": pl.Series([], dtype=pl.Int64)})))


def test_only_the_file_itself_can_be_read(parquet, tmp_path: Path) -> None:
    path = parquet(pl.DataFrame({"n": [1]}))
    (tmp_path / "secret.csv").write_text("a\n1\n")

    with parquet_module._opened(path) as connection:
        for statement in (
            f"SELECT * FROM '{tmp_path / 'secret.csv'}'",
            f"COPY (SELECT 1) TO '{tmp_path / 'out.csv'}'",
            f"ATTACH '{tmp_path / 'other.duckdb'}'",
            "INSTALL httpfs",
            "SET enable_external_access = true",
        ):
            with pytest.raises(duckdb.Error):
                connection.execute(statement)
    assert {each.name for each in tmp_path.iterdir()} == {"upload.parquet", "secret.csv"}
