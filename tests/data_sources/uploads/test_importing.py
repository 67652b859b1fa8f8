from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb
import msgspec
import pytest

from gridlens.data_sources.uploads import (
    BadRowsFound,
    ColumnOptions,
    ImportOutcome,
    ReadOptions,
    StorageFull,
    UploadRefused,
    detect,
    import_table,
)
from gridlens.data_sources.uploads import importing as importing_module
from gridlens.shared.results import Kind

Write = Callable[..., Path]
GERMAN = """Zeitstempel;Zählpunkt;Wirkarbeit [kWh];Preis (€/MWh)
31.03.2024 01:45;DE00012345;1.234,5;-12,30
31.03.2024 03:00;DE00012345;0,25;98,00
31.03.2024 03:15;DE00012345;;7,5
"""
RAGGED = """time,load
2024-01-01 00:00,1.5
2024-01-01 00:15,2.5,extra

2024-01-01 00:30
2024-01-01 00:45,"four
and a half"
2024-01-01 01:00,5.5
"""


def numbers(path: Path) -> tuple[ColumnOptions, ...]:
    """The columns found, the last one as numbers whatever a few rows suggest."""
    *others, last = detect(path, path.name).columns
    return (*others, msgspec.structs.replace(last, kind=Kind.NUMBER, is_guess=False))


def test_a_german_export_arrives_with_its_values_units_and_instants(write: Write, imported) -> None:
    table = imported(write(GERMAN, encoding="windows-1252"), zone="Europe/Berlin")

    assert table.frame().rows() == [
        (datetime(2024, 3, 31, 0, 45, tzinfo=UTC), "DE00012345", 1_234.5, -12.3),
        (datetime(2024, 3, 31, 1, 0, tzinfo=UTC), "DE00012345", 0.25, 98.0),
        (datetime(2024, 3, 31, 1, 15, tzinfo=UTC), "DE00012345", None, 7.5),
    ]
    assert table.types() == {
        "Zeitstempel": "TIMESTAMP WITH TIME ZONE",
        "Zählpunkt": "VARCHAR",
        "Wirkarbeit": "DOUBLE",
        "Preis": "DOUBLE",
    }
    assert table.comments() == {
        "Zeitstempel": None, "Zählpunkt": None, "Wirkarbeit": "[kWh]", "Preis": "[€/MWh]",
    }  # fmt: skip


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32", "latin-1"])
@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_encodings_and_line_ends_make_no_difference(write: Write, imported, encoding: str, ends: str) -> None:
    text = "Ort\tTemperatur °C\nKöln\t1.5\n\nMünchen\t2.5\n".replace("\n", ends)

    assert imported(write(text, encoding=encoding)).frame().rows() == [("Köln", 1.5), ("München", 2.5)]


def test_bad_rows_are_refused_with_line_column_reason_and_text(
    write: Write, imported, tmp_path: Path
) -> None:
    path = write(RAGGED)
    with pytest.raises(BadRowsFound) as refused:
        imported(path, columns=numbers(path))

    assert refused.value.extra == {
        "badRowCount": 3,
        "rowCount": 5,
        "badRows": [
            {
                "line": 3,
                "column": None,
                "reason": "it has 3 fields instead of 2",
                "text": "2024-01-01 00:15,2.5,extra",
            },
            {"line": 5, "column": None, "reason": "it has 1 field instead of 2", "text": "2024-01-01 00:30"},
            {
                "line": 6,
                "column": "load",
                "reason": "“four\nand a half” is not a number",
                "text": '2024-01-01 00:45,"four\nand a half"',
            },
        ],
    }
    assert list(tmp_path.glob("into*")) == []


def test_bad_rows_that_are_set_aside_stay_beside_the_table(write: Write, imported) -> None:
    path = write(RAGGED)
    table = imported(path, on_bad_row="set_aside", columns=numbers(path))

    assert table.frame()["load"].to_list() == [1.5, 5.5]
    assert table.outcome.rows_imported == 2
    assert table.outcome.bad_row_count == 3
    assert table.outcome.set_aside_table == "readings__set_aside"
    assert table.frame("readings__set_aside").rows() == [
        (3, None, "it has 3 fields instead of 2", "2024-01-01 00:15,2.5,extra"),
        (5, None, "it has 1 field instead of 2", "2024-01-01 00:30"),
        (6, "load", "“four\nand a half” is not a number", '2024-01-01 00:45,"four\nand a half"'),
    ]


def test_of_many_bad_rows_all_are_kept_and_counted_and_the_first_thousand_listed(
    write: Write, imported
) -> None:
    table = imported(write("load,x\n" + "1.5,a\n" * 100_000 + "oops\n" * 2_500), on_bad_row="set_aside")

    assert (table.outcome.rows_imported, table.outcome.bad_row_count) == (100_000, 2_500)
    assert len(table.outcome.bad_rows) == 1_000
    assert table.frame("readings__set_aside").height == 2_500


def test_a_file_of_nothing_but_bad_rows_is_refused_even_when_they_may_be_set_aside(
    write: Write, imported
) -> None:
    path = write("load,x\n1,2\n3,4\n")
    options = detect(path, "a.csv")
    columns = tuple(msgspec.structs.replace(column, kind=Kind.DATE) for column in options.columns)

    with pytest.raises(BadRowsFound, match="2 of 2 rows"):
        imported(path, on_bad_row="set_aside", columns=columns)


def test_lines_are_right_behind_quoted_line_ends_and_blank_lines(write: Write, imported) -> None:
    text = 'note,load\n"a\nb",1\n\n"c\r\nd",2\nplain,x3\n' + 'e,"4"\n' * 30
    table = imported(write(text), on_bad_row="set_aside")

    assert [(row.line, row.reason) for row in table.outcome.bad_rows] == [(7, "“x3” is not a whole number")]
    assert table.frame()["note"].to_list()[:2] == ["a\nb", "c\nd"]


def test_a_line_with_nul_or_foreign_bytes_is_a_bad_row(write: Write, imported) -> None:
    content = b"ort,load\n" + "Köln,1\n".encode() * 30 + b"K\xf6ln,2\nBonn\0,3\n"
    table = imported(write(content), on_bad_row="set_aside")

    assert [row.reason for row in table.outcome.bad_rows] == [
        "it holds bytes that are not utf-8; export the file in one encoding, or choose the one it is in",
        "it holds NUL bytes, so the file was damaged here",
    ]


def test_a_logger_that_lost_power_loses_only_its_last_line(write: Write, imported) -> None:
    table = imported(write(b"load,x\n" + b"1.5,a\n" * 2_000 + b"2.5," + b"\0" * 100), on_bad_row="set_aside")

    assert (table.outcome.rows_imported, table.outcome.bad_row_count) == (2_000, 1)


def test_a_field_of_more_than_a_mebibyte_is_a_bad_row(write: Write, imported) -> None:
    text = "note,load\n" + f"{'x' * (1 << 20)},1\n{'x' * ((1 << 20) + 1)},2\n" + f'"{"y" * (2 << 20)}",3\n'
    table = imported(write(text), on_bad_row="set_aside")

    assert table.outcome.rows_imported == 1
    assert [(row.line, row.reason) for row in table.outcome.bad_rows] == [
        (3, "a field is longer than 1 MiB"),
        (4, "a field is longer than 1 MiB"),
    ]


def test_nothing_but_a_heading_is_refused(write: Write, imported, tmp_path: Path) -> None:
    with pytest.raises(UploadRefused, match="no rows below the heading"):
        imported(write("time,load\n"))

    assert list(tmp_path.glob("into*")) == []


def test_a_whole_number_column_becomes_one_of_numbers_when_decimals_turn_up_late(
    write: Write, imported
) -> None:
    path = write("load,x\n" + "7,a\n" * 600_000 + "7.5,a\n" + "8,a\n" * 100_000)
    options = detect(path, "a.csv")
    columns = (msgspec.structs.replace(options.columns[0], kind=Kind.INTEGER), options.columns[1])

    table = imported(path, columns=columns)

    assert table.types()["load"] == "DOUBLE"
    assert table.outcome.columns[0].kind == Kind.NUMBER
    assert table.frame()["load"].sum() == 7 * 600_000 + 7.5 + 8 * 100_000
    assert [caution.code for caution in table.outcome.cautions] == ["widened"]


def test_whole_numbers_that_somebody_asked_for_stay_whole(write: Write, imported, with_kinds) -> None:
    path = write("load,x\n1,a\n2.5,a\n")

    with pytest.raises(BadRowsFound, match=r"“2\.5” is not a whole number"):
        imported(path, columns=with_kinds(detect(path, "a.csv"), load=Kind.INTEGER).columns)


def test_words_for_missing_become_nulls_and_numbers_among_them_by_value(write: Write, imported) -> None:
    path = write("state,load\non,1.5\nNA,NA\noff,-9999.0\ngone,gone\n,\n")
    table = imported(path, null_words=("-9999", "Gone"), columns=numbers(path))

    assert table.frame().select("load", "state").rows() == [
        (1.5, "on"), (None, "NA"), (None, "off"), (None, None), (None, None),
    ]  # fmt: skip


def test_columns_are_named_dropped_and_described_as_somebody_wishes(write: Write, imported) -> None:
    path = write("a,b,c\n1,2,3\n4,5,6\n")
    columns = (
        ColumnOptions(name='te"mp', kind=Kind.NUMBER, unit="°C", description="Outdoor, north's side"),
        ColumnOptions(name="b", kind=Kind.TEXT, is_kept=False),
        ColumnOptions(name="select", kind=Kind.TEXT),
    )
    table = imported(path, columns=columns)

    assert table.frame().to_dict(as_series=False) == {'te"mp': [1.0, 4.0], "select": ["3", "6"]}
    assert table.comments() == {'te"mp': "[°C] Outdoor, north's side", "select": None}


def test_a_value_in_a_column_that_seemed_empty_is_not_lost(write: Write, imported) -> None:
    columns = detect(write("a;b;\n1;2;\n"), "a.csv").columns

    with pytest.raises(
        BadRowsFound, match=r"line 3, column column_3: “7” stands in a column without a heading"
    ):
        imported(write("a;b;\n1;2;\n3;4;7\n"), columns=columns)


def test_an_hour_that_comes_twice_and_one_that_never_comes_are_reported(write: Write, imported) -> None:
    hours = [
        "2024-10-27 01:00",
        "2024-10-27 02:00",
        "2024-10-27 02:00",
        "2024-10-27 03:00",
        "2025-03-30 02:30",
    ]
    table = imported(write("time,load\n" + "".join(f"{hour},1\n" for hour in hours)), zone="Europe/Berlin")

    assert [at.hour for at in table.frame()["time"]] == [23, 0, 1, 2, 1]
    messages = {caution.code: caution.message for caution in table.outcome.cautions}
    assert "2 times in time" in messages["repeated-hour"]
    assert "2024-10-27 02:00" in messages["repeated-hour"]
    assert "2025-03-30 02:30" in messages["skipped-hour"]


def test_hours_that_end_at_24_belong_to_the_next_midnight(write: Write, imported) -> None:
    table = imported(write("hour_ending,load\n2024-01-31 23:00,1\n2024-01-31 24:00,2\n"))

    assert table.frame()["hour_ending"].to_list()[1] == datetime(2024, 2, 1, tzinfo=UTC)


def test_each_kind_has_its_own_type(write: Write, imported) -> None:
    heading = "i,n,d,b,t,at,j,s\n"
    row = '1,1.5,2024-01-31,yes,10:15,2024-01-31T10:15:00+02:00,"{""a"":1}",x\n'
    table = imported(write(heading + row * 2))

    assert list(table.types().values()) == [
        "BIGINT", "DOUBLE", "DATE", "BOOLEAN", "TIME", "TIMESTAMP WITH TIME ZONE", "JSON", "VARCHAR",
    ]  # fmt: skip
    assert table.frame().row(0)[2] == date(2024, 1, 31)
    assert table.frame().row(0)[5] == datetime(2024, 1, 31, 8, 15, tzinfo=UTC)


def test_a_name_that_is_taken_is_refused_and_the_table_stays_as_it_was(write: Write, imported) -> None:
    imported(write("a,b\n1,2\n"))

    with pytest.raises(UploadRefused, match="already") as refused:
        imported(write("a,b\n3,4\n"))
    assert set(refused.value.fields) == {"table"}


def test_a_table_is_replaced_together_with_what_was_set_aside(write: Write, imported) -> None:
    imported(write("a,b\n" + "1,2\n" * 30 + "x,2\n"), on_bad_row="set_aside")
    table = imported(write("c,d\n3,4\n"), if_exists="replace")

    assert table.frame().to_dict(as_series=False) == {"c": [3], "d": [4]}
    with pytest.raises(duckdb.CatalogException):
        table.frame("readings__set_aside")


def test_rows_are_added_to_a_table_with_the_same_columns_in_any_order(write: Write, imported) -> None:
    imported(write("a,b\n1,x\n"))
    table = imported(write("B,A\ny,2.5\n"), if_exists="append")

    assert table.frame().rows() == [(1.0, "x"), (2.5, "y")]


def test_rows_of_another_shape_are_not_added(write: Write, imported) -> None:
    imported(write("a,b\n1,x\n"))
    path = write("a,b\n1,2\n", "other.csv")

    with pytest.raises(UploadRefused, match="the file lacks b and the table lacks c"):
        imported(write("a,c\n1,x\n"), if_exists="append")
    with pytest.raises(UploadRefused, match="Column “b” holds VARCHAR in the table and DOUBLE in the file"):
        imported(path, if_exists="append", columns=numbers(path))
    assert imported(write("a,b\n5,z\n"), if_exists="append").frame().rows() == [(1, "x"), (5, "z")]


def test_an_existing_file_keeps_its_tables_when_an_import_fails_midway(
    write: Write, imported, tmp_path: Path
) -> None:
    imported(write("a,b\n1,2\n"))
    path = write("load,x\n" + "1.5,a\n" * 1_000_000)

    class Stop(Exception):
        pass

    def stop(done: int, total: int) -> None:
        if done == total:
            raise Stop

    with pytest.raises(Stop):
        import_table(path, detect(path, "b.csv"), tmp_path / "into.duckdb", "other", "reject", stop)

    with duckdb.connect(tmp_path / "into.duckdb", read_only=True) as connection:
        assert connection.execute("SELECT table_name FROM duckdb_tables()").fetchall() == [("readings",)]
    assert {each.name for each in tmp_path.iterdir()} == {"into.duckdb", "upload.csv"}


def test_progress_rises_to_the_size_of_the_file(write: Write, tmp_path: Path) -> None:
    path = write("load,x\n" + "1.5,a\n" * 1_000_000)
    heard: list[tuple[int, int]] = []

    import_table(
        path,
        detect(path, "a.csv"),
        tmp_path / "a.duckdb",
        "a",
        "reject",
        lambda done, total: heard.append((done, total)),
    )

    size = path.stat().st_size
    assert [total for _, total in heard] == [size] * len(heard)
    assert [done for done, _ in heard] == sorted(done for done, _ in heard)
    assert heard[-1][0] == size
    assert len(heard) > 2


def test_a_full_disk_is_named_and_leaves_nothing(write: Write, imported, monkeypatch, tmp_path: Path) -> None:
    def full(*_: object) -> None:
        raise duckdb.IOException('IO Error: Could not write file "x": No space left on device')

    # The only fault here that cannot be had without a disk of one's own.
    monkeypatch.setattr(importing_module._Table, "insert", full)

    with pytest.raises(StorageFull, match="no room left"):
        imported(write("a,b\n1,2\n"))
    assert list(tmp_path.glob("into*")) == []


def test_a_half_written_file_of_a_crashed_import_does_not_stand_in_the_way(
    write: Write, imported, tmp_path: Path
) -> None:
    (tmp_path / "into.duckdb.partial").write_bytes(b"half a database")

    assert imported(write("a,b\n1,2\n")).frame().rows() == [(1, 2)]
    assert not (tmp_path / "into.duckdb.partial").exists()


def test_two_thousand_columns_are_imported(write: Write, imported) -> None:
    heading = ",".join(f"meter_{number}_kwh" for number in range(2_000))
    rows = [",".join(f"{number + row}.5" for number in range(2_000)) for row in range(3)]
    table = imported(write("\n".join([heading, *rows])))

    assert table.frame().shape == (3, 2_000)
    assert table.frame().row(2)[1_999] == 2_001.5
    assert table.comments()["meter_1999_kwh"] == "[kWh]"


def test_an_outcome_survives_its_way_through_json(write: Write, imported) -> None:
    outcome = imported(write(RAGGED), on_bad_row="set_aside").outcome

    assert msgspec.json.decode(msgspec.json.encode(outcome), type=ImportOutcome) == outcome


def test_columns_need_not_be_named_to_be_found(write: Write, tmp_path: Path) -> None:
    path = write("a;b\n1;2\n")
    options = ReadOptions(format="csv", delimiter=";")

    assert import_table(path, options, tmp_path / "a.duckdb", "a", "reject").rows_imported == 1
