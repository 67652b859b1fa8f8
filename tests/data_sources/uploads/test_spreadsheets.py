# ruff: noqa: DTZ001 -- clocks without a zone are what files hold
import zipfile
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.worksheet._reader import WorkSheetParser

from gridlens.data_sources.uploads import (
    BadRowsFound,
    UploadRefused,
    detect,
    preview,
    sniff,
    spreadsheets,
    workbooks,
)
from gridlens.shared.results import Kind


@pytest.fixture
def book(tmp_path: Path) -> Callable[..., Path]:
    """A workbook with one sheet for each list of rows."""

    def make(*sheets: list[list[object]]) -> Path:
        workbook = Workbook()
        workbook.remove(workbook.active)
        for number, rows in enumerate(sheets, start=1):
            sheet = workbook.create_sheet(f"Sheet {number}")
            for row in rows:
                sheet.append(row)
        path = tmp_path / "book.xlsx"
        workbook.save(path)
        return path

    return make


def test_cells_arrive_with_their_types(book, imported) -> None:
    path = book(
        [
            ["time", "load [kW]", "day", "ok", "count", "note", "clock"],
            [datetime(2024, 1, 31, 0, 0), 1.5, date(2024, 1, 31), True, 3, "a", time(10, 15)],
            [datetime(2024, 1, 31, 0, 15), -0.25, date(2024, 2, 1), False, 4, None, time(10, 30)],
        ]
    )
    table = imported(path, zone="Europe/Berlin")

    assert table.frame().rows() == [
        (datetime(2024, 1, 30, 23, 0, tzinfo=UTC), 1.5, date(2024, 1, 31), True, 3, "a", time(10, 15)),
        (datetime(2024, 1, 30, 23, 15, tzinfo=UTC), -0.25, date(2024, 2, 1), False, 4, None, time(10, 30)),
    ]
    assert table.comments()["load"] == "[kW]"


def test_a_time_that_excel_keeps_as_a_fraction_of_a_day_is_whole_again(book, imported) -> None:
    quarters = [
        datetime(2024, 1, 1) + timedelta(minutes=15 * number, microseconds=-3) for number in range(1, 97)
    ]
    table = imported(book([["time", "load"], *([at, 1] for at in quarters)]))

    assert {at.minute for at in table.frame()["time"]} == {0, 15, 30, 45}
    assert {at.second + at.microsecond for at in table.frame()["time"]} == {0}


def test_a_title_and_a_heading_merged_over_units_are_understood(book) -> None:
    path = book(
        [
            ["Load report 2024"],
            [],
            [None, "North", None, "South", None],
            ["time", "load", "price", "load", "price"],
            [None, "kW", "€/MWh", "kW", "€/MWh"],
            [datetime(2024, 1, 1), 1.5, 2.5, 3.5, 4.5],
            [datetime(2024, 1, 2), 1.5, 2.5, 3.5, 4.5],
        ]
    )
    options = detect(path, "book.xlsx")

    assert (options.header_row, options.header_lines) == (3, 3)
    assert [(column.name, column.unit) for column in options.columns] == [
        ("time", None),
        ("North load", "kW"),
        ("North price", "€/MWh"),
        ("South load", "kW"),
        ("South price", "€/MWh"),
    ]


def test_blank_rows_and_cells_left_out_do_not_matter(book, imported) -> None:
    table = imported(book([["a", "b"], [1, "x"], [], [2], [None, None], [3, "z"]]))

    assert table.frame().rows() == [(1, "x"), (2, None), (3, "z")]


def test_numbers_written_as_text_with_a_comma_are_read_beside_real_ones(book, imported) -> None:
    path = book([["load [kW]"], [1.5], ["2,5"], [1e-7]])

    assert imported(path, decimal_comma=True).frame()["load"].to_list() == [1.5, 2.5, 1e-07]


def test_error_cells_are_bad_rows_unless_they_say_that_a_value_is_missing(book, imported) -> None:
    path = book([["load [kW]", "x"], [1.5, 1], ["#N/A", 2], ["#DIV/0!", 3], [2.5, 4]])
    table = imported(path, on_bad_row="set_aside")

    assert table.frame()["load"].to_list() == [1.5, None, 2.5]
    assert [(row.line, row.column, row.reason, row.text) for row in table.outcome.bad_rows] == [
        (4, "load", "“#DIV/0!” is not a number", "#DIV/0!\t3")
    ]


def test_a_formula_counts_by_its_stored_result_and_is_a_bad_row_without_one(book, imported) -> None:
    path = book([["a", "b"], [1, 2], [3, "=A3+1"], [5, 6]])

    with pytest.raises(BadRowsFound, match="cell B3 holds a formula without its result"):
        imported(path)

    store_result(path, b"<f>A3+1</f><v></v>", b"<f>A3+1</f><v>4</v>")
    assert imported(path).frame().rows() == [(1, 2), (3, 4), (5, 6)]


def store_result(path: Path, old: bytes, new: bytes) -> None:
    change(
        path,
        "xl/worksheets/sheet1.xml",
        lambda xml: xml.replace(old, new).replace(old.replace(b"<v></v>", b"<v />"), new),
    )


def change(path: Path, name: str, how: Callable[[bytes], bytes]) -> None:
    with zipfile.ZipFile(path) as archive:
        members = {member.filename: archive.read(member) for member in archive.infolist()}
    members[name] = how(members.get(name, b""))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for each, content in members.items():
            archive.writestr(each, content)


def test_a_sheet_can_be_chosen_and_the_others_are_named(book, imported) -> None:
    path = book([["a"], [1], [2]], [["b"], [3], [4]])

    assert [column.name for column in detect(path, "b.xlsx", sheet="Sheet 2").columns] == ["b"]
    shown = preview(path, detect(path, "b.xlsx"))
    assert shown.sheets == ("Sheet 1", "Sheet 2")
    assert "other-sheets" in [caution.code for caution in shown.cautions]
    with pytest.raises(UploadRefused, match="no sheet “Sheet 3”"):
        detect(path, "b.xlsx", sheet="Sheet 3")


def test_an_empty_sheet_is_refused(book) -> None:
    with pytest.raises(UploadRefused, match="sheet is empty"):
        detect(book([]), "b.xlsx")


def test_a_row_wider_than_the_heading_is_a_bad_row(book, imported) -> None:
    path = book([["a", "b"], [1, 2], [3, 4]])
    columns = detect(path, "b.xlsx").columns

    with pytest.raises(BadRowsFound, match="line 3: it has 3 cells instead of 2"):
        imported(book([["a", "b"], [1, 2], [3, 4, 5]]), columns=columns)


def test_a_sheet_that_claims_to_be_larger_than_it_is_is_read_as_it_is(book, imported) -> None:
    path = book([["a", "b"], [1, 2]])
    change(path, "xl/worksheets/sheet1.xml", lambda xml: xml.replace(b'ref="A1:B2"', b'ref="A1:XFD1048576"'))

    assert imported(path).frame().rows() == [(1, 2)]


def test_a_sheet_that_does_not_say_its_size_is_not_read_for_it(tmp_path: Path, imported, monkeypatch) -> None:
    """Many programs that write row by row leave it out."""
    path = tmp_path / "readings.xlsx"
    written = Workbook(write_only=True)
    sheet = written.create_sheet("Readings")
    sheet.append(["at", "load"])
    for hour in range(24):
        sheet.append([datetime(2026, 5, 1, hour), hour + 0.5])
    written.save(path)
    with zipfile.ZipFile(path) as archive:
        assert b"<dimension" not in archive.read("xl/worksheets/sheet1.xml")
    monkeypatch.setattr(WorkSheetParser, "parse_dimensions", lambda _parser: pytest.fail("was read"))

    assert imported(path).outcome.rows_imported == 24


def test_a_row_number_beyond_every_sheet_is_refused(book) -> None:
    path = book([["a", "b"], [1, 2]])
    change(path, "xl/worksheets/sheet1.xml", lambda xml: xml.replace(b'r="2"', b'r="99999999"'))

    with pytest.raises(UploadRefused, match="more rows than sheets can have"):
        for _ in spreadsheets.sheet_rows(path, None):
            pass


def test_more_columns_than_allowed_are_refused(book) -> None:
    with pytest.raises(UploadRefused, match="3,000 columns; at most 2,000"):
        detect(book([[f"c{number}" for number in range(3_000)]]), "b.xlsx")


@pytest.mark.parametrize(
    "prolog",
    [
        b'<!DOCTYPE worksheet [<!ENTITY a "ha">]>',
        b'<!DOCTYPE worksheet SYSTEM "file:///etc/passwd">',
        b"<!-- " + b"x" * 100_000 + b" --><!DOCTYPE worksheet>",
    ],
)
def test_a_document_type_is_refused(book, prolog: bytes) -> None:
    path = book([["a"], [1]])
    change(path, "xl/worksheets/sheet1.xml", lambda xml: prolog + xml)

    with pytest.raises(UploadRefused, match="declares a document type"):
        sniff(path, "b.xlsx")


def test_a_workbook_that_unfolds_beyond_measure_is_refused(book, monkeypatch) -> None:
    path = book([["a"], [1]])
    change(path, "xl/media/zeros.bin", lambda _: bytes(200 << 20))

    with pytest.raises(UploadRefused, match="unpacks from"):
        sniff(path, "b.xlsx")


def test_shared_texts_too_many_for_memory_are_refused(book) -> None:
    path = book([["a"], [1]])
    change(path, "xl/sharedStrings.xml", lambda _: b"<sst>" + b"<!-- filler -->" * (5 << 20) + b"</sst>")

    with pytest.raises(UploadRefused, match=r"sharedStrings.xml alone has 79 MB|unpacks from"):
        sniff(path, "b.xlsx")


@pytest.mark.parametrize("name", ["/etc/passwd", "../../evil.xml", "xl\\..\\evil.xml"])
def test_a_part_with_a_path_for_a_name_is_refused(book, name: str) -> None:
    path = book([["a"], [1]])
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("placeholder", b"")
        archive.filelist[-1].filename = name
        archive._didModify = True

    with pytest.raises(UploadRefused, match="path for a name"):
        sniff(path, "b.xlsx")


def test_two_parts_with_one_name_are_refused(book) -> None:
    path = book([["a"], [1]])
    with zipfile.ZipFile(path, "a") as archive, pytest.warns(UserWarning, match="Duplicate name"):
        archive.writestr("xl/workbook.xml", b"<workbook/>")

    with pytest.raises(UploadRefused, match="same name"):
        sniff(path, "b.xlsx")


def test_parts_that_share_their_bytes_are_refused(book) -> None:
    path = book([["a"], [1]])
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("copy.bin", b"")
        archive.filelist[-1].header_offset = archive.filelist[0].header_offset
        archive._didModify = True

    with pytest.raises(UploadRefused, match=r"overlap|damaged"):
        sniff(path, "b.xlsx")


def test_a_directory_that_lies_about_sizes_is_found_out(book) -> None:
    path = book([["a"], *([number] for number in range(5_000))])
    with zipfile.ZipFile(path, "a") as archive:
        next(each for each in archive.filelist if "sheet1" in each.filename).file_size = 100
        archive.writestr("more", b"")

    with pytest.raises(UploadRefused):
        detect(path, "b.xlsx")


@pytest.mark.parametrize("keep", [0.2, 0.5, 0.9, 0.99])
def test_a_workbook_that_breaks_off_is_refused(book, keep: float) -> None:
    path = book([["a", "b"], *([number, "x"] for number in range(500))])
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * keep)])

    with pytest.raises(UploadRefused, match="damaged"):
        sniff(path, "b.xlsx")


def test_every_broken_byte_ends_in_an_answer(book) -> None:
    """No damage may come out as anything but a table or a refusal."""
    path = book([["a", "b"], *([number, f"x{number}"] for number in range(20))])
    content = bytearray(path.read_bytes())
    for place in range(0, len(content), max(1, len(content) // 60)):
        path.write_bytes(
            bytes(content[:place]) + bytes([content[place] ^ 0xFF]) + bytes(content[place + 1 :])
        )
        with suppress(UploadRefused):
            preview(path, detect(path, "b.xlsx"))


def test_members_are_few(book, monkeypatch) -> None:
    monkeypatch.setattr(workbooks, "_MAX_MEMBERS", 3)

    with pytest.raises(UploadRefused, match="parts"):
        sniff(book([["a"], [1]]), "b.xlsx")


def test_kinds_are_found_in_cells_of_text_too(book) -> None:
    options = detect(book([["day", "load"], ["31.01.2024", "1.5"], ["30.01.2024", "2.5"]]), "b.xlsx")

    assert [column.kind for column in options.columns] == [Kind.DATE, Kind.NUMBER]
