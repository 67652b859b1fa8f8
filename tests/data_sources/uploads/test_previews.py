# ruff: noqa: DTZ001 -- clocks without a zone are what files hold
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import msgspec
import polars as pl
import pytest

from gridlens.data_sources.uploads import Preview, UploadRefused, detect, preview

Write = Callable[..., Path]


def codes(shown: Preview) -> list[str]:
    return [caution.code for caution in shown.cautions]


def test_rows_are_shown_as_written_and_as_read(write: Write) -> None:
    path = write("Zeit;Last [kW];Bemerkung\n31.01.2024 00:00;1,5;ruhig\n31.01.2024 00:15;-;\n")
    options = msgspec.structs.replace(detect(path, "a.csv"), zone="Europe/Berlin")
    shown = preview(path, options)

    assert [(row.line, row.texts, row.values) for row in shown.rows] == [
        (2, ("31.01.2024 00:00", "1,5", "ruhig"), ("2024-01-30T23:00:00Z", 1.5, "ruhig")),
        (3, ("31.01.2024 00:15", "-", None), ("2024-01-30T23:15:00Z", None, None)),
    ]
    assert [(column.name, column.kind, column.unit) for column in shown.columns] == [
        ("Zeit", "timestamp", None), ("Last", "number", "kW"), ("Bemerkung", "text", None),
    ]  # fmt: skip
    assert (shown.row_count, shown.is_whole, shown.size_bytes) == (2, True, path.stat().st_size)


def test_a_row_that_does_not_fit_is_shown_with_its_problem(write: Write) -> None:
    path = write("load [kW],x\n1.5,a\noops,b\n2.5,c,d\n3.5,e\n")
    shown = preview(path, detect(path, "a.csv"))

    assert [(row.line, row.values, row.problem) for row in shown.rows] == [
        (2, (1.5, "a"), None),
        (3, (None, None), "load: “oops” is not a number"),
        (4, (), "it has 3 fields instead of 2"),
        (5, (3.5, "e"), None),
    ]
    assert shown.bad_row_count == 2
    assert [column.bad_cells for column in shown.columns] == [1, 0]


def test_bad_rows_of_a_small_file_are_counted_to_its_end(write: Write) -> None:
    path = write("load,x\n" + "1.5,a\n" * 50_000 + "oops,b\n" * 300)
    shown = preview(path, detect(path, "a.csv"), rows=5)

    assert (len(shown.rows), shown.row_count, shown.bad_row_count, len(shown.bad_rows)) == (
        5,
        50_300,
        300,
        100,
    )


def test_of_a_large_file_only_the_beginning_is_read_and_the_rest_estimated(write: Write) -> None:
    path = write("time,load\n" + "2024-01-01 00:00:00,1.5\n" * 1_500_000)
    shown = preview(path, detect(path, "a.csv"))

    assert not shown.is_whole
    assert shown.overview is None
    assert shown.row_count == pytest.approx(1_500_000, rel=0.02)
    assert len(shown.rows) == 100


def test_a_wide_table_is_shown_with_fewer_rows(write: Write) -> None:
    row = ",".join(str(number) for number in range(1_000))
    path = write(f"{row}\n" * 200)

    assert len(preview(path, detect(path, "a.csv")).rows) == 40


def test_an_overview_shows_gaps_and_jumps_of_the_whole_series(write: Write) -> None:
    start = datetime(2024, 1, 1)
    times = [start + timedelta(hours=hour) for hour in range(2_000) if not 500 <= hour < 700]
    rows = [f"{at},{1000 if at.month == 3 and at.day == 1 else 1.5}\n" for at in times]
    path = write("time,load\n" + "".join(rows))
    overview = preview(path, detect(path, "a.csv")).overview

    assert overview is not None
    assert overview.time_column == "time"
    assert len(overview.starts) == len(overview.counts) == 200
    assert overview.starts[:2] == ("2024-01-01T00:00:00Z", "2024-01-01T09:59:43Z")
    (span,) = overview.spans
    gap = [place for place, count in enumerate(overview.counts) if count == 0]
    assert len(gap) in {19, 20, 21}
    assert all(span.low[place] is None for place in gap)
    assert max(high for high in span.high if high is not None) == 1_000
    assert sum(overview.counts) == 1_800


def test_an_overview_without_times_goes_by_rows(write: Write) -> None:
    path = write("a,b\n" + "".join(f"{number},x\n" for number in range(1_000)))
    overview = preview(path, detect(path, "a.csv")).overview

    assert overview is not None
    assert (overview.time_column, overview.starts[:3], overview.counts[0]) == (None, (0, 5, 10), 5)
    assert (overview.spans[0].low[0], overview.spans[0].high[0]) == (0, 4)


def test_there_is_no_overview_of_words(write: Write) -> None:
    path = write("a,b\nx,y\nz,w\n")

    assert preview(path, detect(path, "a.csv")).overview is None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("time,load\n2024-01-01 00:00,1\n", "no-zone"),
        ("day,load\n01/02/2024,1\n02/02/2024,1\n", "ambiguous-dates"),
        ("load;x\n1,234;a\n2,345;b\n", "ambiguous-numbers"),
        ("load;x\n1.234;a\n2.345;b\n", "ambiguous-numbers"),
        ("load\tx\n1.234\ta\n-22.345\tb\n7\tc\n", "ambiguous-numbers"),
        ("load;x\n0.1;a\n1e400;b\n-1e5;c\nNaN;d\ninf;e\n", "endless-numbers"),
        ("load\n0.1\n1e400\n-1e5\nNaN\ninf\n", "endless-numbers"),
        ("counter\n9007199254740993\n2.5\n", "rounded"),
        ("load;x\n" + "1,5;a\n" * 20 + "-9999,0;b\n" * 3, "sentinel"),
        ("hour_ending,load\n2024-01-01 01:00Z,1\n", "interval-end"),
        ("time,load\n2024-01-01 24:00Z,1\n", "interval-end"),
        ("load,load\n1,2\n", "repeated-names"),
        ("load,\n1,2\n", "nameless-columns"),
        ("time,load\n", "no-rows"),
    ],
)
def test_what_should_be_checked_is_said(write: Write, text: str, code: str) -> None:
    path = write(text)

    assert code in codes(preview(path, detect(path, "a.csv")))


@pytest.mark.parametrize(
    "text",
    [
        "time,load\n2024-01-01T00:00Z,1\n",
        "timeUTC,load\n2024-01-01 00:00,1\n",
        "day,load\n13/02/2024,1\n",
        "load;x\n0,123;a\n2,345;b\n",
        "load;x\n1,5;a\n2,345;b\n",
        "load;x\n0.123;a\n2.345;b\n",
        "load;x\n1.5;a\n2.345;b\n",
        "load;x\n1234.567;a\n2.345;b\n",
        "load;other\n1.234;1,5\n2.345;2,5\n",
        "load,x\n1.234,a\n2.345,b\n",
        "counter\n9007199254740992\n2.5\n",
        "counter\n9007199254740993\n2\n",
        "load,x\n9999,a\n9998,b\n9999,c\n9999,d\n",
    ],
)
def test_what_is_clear_is_not_questioned(write: Write, text: str) -> None:
    path = write(text)

    assert codes(preview(path, detect(path, "a.csv"))) == []


def test_a_point_between_thousands_is_read_as_one_when_it_is_chosen(write: Write) -> None:
    path = write("site;kwh\nA;1.234\nB;2.345\nC;3.456\n")
    found = detect(path, "a.csv")
    [caution] = preview(path, found).cautions
    chosen = msgspec.structs.replace(found, decimal_comma=True, thousands=".", columns=())

    assert "choose the point as their separator" in caution.message
    assert [row.values[1] for row in preview(path, chosen).rows] == [1_234, 2_345, 3_456]
    assert codes(preview(path, chosen)) == []


def test_the_example_of_an_ambiguous_date_is_spelled_out(write: Write) -> None:
    path = write("day,load\n03/04/2024,1\n04/04/2024,1\n")
    options = msgspec.structs.replace(detect(path, "a.csv"), date_order="mdy")
    (caution,) = [each for each in preview(path, options).cautions if each.code == "ambiguous-dates"]

    assert "“03/04/2024” is read as 4 March 2024, the month first" in caution.message


def test_a_preview_survives_its_way_through_json(write: Write, tmp_path: Path) -> None:
    csv = write("time,load\n2024-01-01,1\n2024-01-02,2\n")
    pl.DataFrame({"raw": [b"\xff"], "n": [2**63]}).write_parquet(tmp_path / "a.parquet")

    for path in (csv, tmp_path / "a.parquet"):
        shown = preview(path, detect(path, path.name))
        assert msgspec.json.decode(msgspec.json.encode(shown), type=Preview) == shown


def test_a_heading_line_behind_the_end_is_refused(write: Write) -> None:
    path = write("a,b\n1,2\n")

    with pytest.raises(UploadRefused, match="fewer lines"):
        preview(path, msgspec.structs.replace(detect(path, "a.csv"), header_row=9, columns=()))


def test_a_row_with_a_nul_byte_says_so(write: Write) -> None:
    path = write(b"a,b\n1,2\n1,\0 2\n")

    shown = preview(path, detect(path, "x.csv"))

    assert [column.name for column in shown.columns] == ["a", "b"]
    assert [row.problem for row in shown.rows] == [None, "it holds NUL bytes, so the file was damaged here"]


def test_a_line_that_is_not_utf_8_among_such_that_are_is_told_until_somebody_chooses(write: Write) -> None:
    path = write("site,kWh\nSüd,1\nNord,2\n".encode() + "Süd,3\n".encode("windows-1252"))
    options = detect(path, "a.csv")
    shown = preview(path, options)

    assert [(row.line, "not utf-8" in row.reason) for row in shown.bad_rows] == [(4, True)]
    chosen = preview(path, msgspec.structs.replace(options, encoding="windows-1252"))
    assert [row.values[0] for row in chosen.rows] == ["SÃ¼d", "Nord", "Süd"]
    assert (chosen.bad_row_count, codes(chosen)) == (0, ["encoding", "mixed-encodings"])


def test_a_line_of_utf_8_in_a_file_of_another_encoding_is_told(write: Write) -> None:
    latin = "site,kWh\nSüd,1\nMühle,2\nWörth,3\n".encode("windows-1252")
    path = write(latin + "Süd,4\n".encode())
    shown = preview(path, detect(path, "a.csv"))

    assert codes(shown) == ["encoding", "mixed-encodings"]
    assert "“SÃ¼d”" in shown.cautions[1].message
    path = write(latin)
    assert codes(preview(path, detect(path, "a.csv"))) == ["encoding"]


def test_a_heading_in_another_encoding_than_its_rows_is_told(write: Write) -> None:
    path = write("Zähler,kWh\n".encode("windows-1252") + "Süd,1\nNord,2\n".encode())

    assert codes(preview(path, detect(path, "a.csv"))) == ["heading-encoding"]
