"""Data that opens in a spreadsheet and runs nothing there."""

import csv
import io
from datetime import UTC, datetime
from decimal import Decimal
from uuid import uuid4

import openpyxl
import polars as pl
import pytest

from gridlens.notifications.mail import attachments
from gridlens.notifications.mail.attachments import TooMuchData, attached, guarded
from gridlens.shared.results import Column, ColumnRole, Kind, ResultSet


def result(frame: pl.DataFrame, **units: str) -> ResultSet:
    return ResultSet(
        columns=tuple(
            Column(name=each, kind=Kind.TEXT, role=ColumnRole.DIMENSION, unit=units.get(each))
            for each in frame.columns
        ),
        frame=frame,
        is_cut=False,
        row_limit=10_000,
        sql="",
        source_id=uuid4(),
        source_name="metering",
        zone="Europe/Berlin",
        read_at=datetime.now(UTC),
        engine_ms=1.0,
    )


HOURS_OF_THE_AUTUMN_CHANGE = pl.Series(
    "at",
    [datetime(2026, 10, 25, 0, 30, tzinfo=UTC), datetime(2026, 10, 25, 1, 30, tzinfo=UTC)],
    dtype=pl.Datetime("us", "UTC"),
)


def rows_of(content: bytes) -> list[list[str]]:
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "\0=1", "＝1", "＋1", "－1", "＠x"]
)
def test_text_that_a_spreadsheet_would_run_is_disarmed(text: str) -> None:
    assert guarded(text) == f"'{text}"


def test_ordinary_text_is_left_alone() -> None:
    assert [guarded(each) for each in ("Harbour", "", "1-2", "a=b")] == ["Harbour", "", "1-2", "a=b"]


def test_a_csv_keeps_numbers_numeric_and_the_repeated_hour_apart() -> None:
    frame = pl.DataFrame(
        {
            "at": HOURS_OF_THE_AUTUMN_CHANGE,
            "=site": ["=cmd()", 'Süd, "new"'],
            "load": [-3.5, None],
            "price": [Decimal("12.30"), Decimal("-0.10")],
            "tags": [["=a"], ["b"]],
        }
    )

    [file] = attached([("Load", result(frame))], "csv", "Report")

    assert (file.filename, file.media_type) == ("Load.csv", "text/csv")
    assert rows_of(file.content) == [
        ["at", "'=site", "load", "price", "tags"],
        ["2026-10-25T02:30:00+02:00", "'=cmd()", "-3.5", "12.30", "['=a']"],
        ["2026-10-25T02:30:00+01:00", 'Süd, "new"', "", "-0.10", "['b']"],
    ]


def test_a_workbook_has_a_sheet_for_each_result_and_no_formula() -> None:
    frame = pl.DataFrame(
        {
            "at": HOURS_OF_THE_AUTUMN_CHANGE,
            "site": ["=cmd()", "https://example.org"],
            "load": [1.5, float("nan")],
        }
    )

    [file] = attached(
        [("Load: a/b", result(frame, load="kW")), ("load: A?B", result(frame.select("load")))],
        "xlsx",
        "Wöche 24",
    )

    assert file.filename == "Wöche-24.xlsx"
    book = openpyxl.load_workbook(io.BytesIO(file.content))
    assert book.sheetnames == ["Load  a b", "load  A B 2"]
    first = book["Load  a b"]
    assert [cell.value for cell in first[1]] == ["at (Europe/Berlin)", "site", "load (kW)"]
    assert [cell.value for cell in first[2]] == [datetime(2026, 10, 25, 2, 30), "'=cmd()", 1.5]  # noqa: DTZ001
    assert first["B2"].data_type == "s"
    assert first["B3"].hyperlink is None


def test_what_is_no_text_is_written_as_in_any_export() -> None:
    frame = pl.DataFrame({"raw": [b"\x00\xff"], "meter": [2**60]})

    [csv] = attached([("Load", result(frame))], "csv", "Report")
    [book] = attached([("Load", result(frame))], "xlsx", "Report")

    assert csv.content.decode("utf-8-sig") == "raw,meter\n00ff,1152921504606846976\n"
    sheet = openpyxl.load_workbook(io.BytesIO(book.content)).active
    assert [cell.value for cell in sheet[2]] == ["00ff", "1152921504606846976"]


def test_more_than_a_mail_should_carry_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attachments, "MOST_BYTES", 10)

    with pytest.raises(TooMuchData):
        attached([("Load", result(pl.DataFrame({"load": [1.0, 2.0, 3.0, 4.0]})))], "csv", "Report")
