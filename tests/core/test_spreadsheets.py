"""What is written into a cell is what stands there afterwards, or says that it does not."""

import io
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
import xlsxwriter

from gridlens.core.spreadsheets import LONGEST_TEXT, SheetCells

LATE_MORNING = time(12, 34, 56)


def cell_of(value: object) -> Any:
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"constant_memory": True}) as book:
        SheetCells(book, book.add_worksheet()).write(0, 0, value)
    return openpyxl.load_workbook(content).active["A1"]


@pytest.mark.parametrize(
    ("value", "held", "shown"),
    [
        (LATE_MORNING, LATE_MORNING, "hh:mm:ss"),
        (date(2025, 3, 30), datetime(2025, 3, 30), "yyyy-mm-dd"),  # noqa: DTZ001 - cells know no zone
        (date(1850, 1, 1), "1850-01-01", "General"),
        (datetime(1899, 12, 31, 12), "1899-12-31 12:00:00", "General"),  # noqa: DTZ001
        (Decimal("12345678901234567890.12345"), "12345678901234567890.12345", "General"),
        (Decimal("0.3333333333333333333"), 0.3333333333333333, "General"),
        (2**60, "1152921504606846976", "General"),
        (True, True, "General"),
        (float("inf"), None, "General"),
        (Decimal("NaN"), None, "General"),
    ],
)
def test_a_value_is_itself_or_text_where_a_spreadsheet_would_misread_it(
    value: object, held: object, shown: str
) -> None:
    cell = cell_of(value)
    assert (cell.value, cell.number_format) == (held, shown)


@pytest.mark.parametrize("letter", ["x", "📈"])
def test_text_longer_than_a_cell_holds_ends_with_how_long_it_was(letter: str) -> None:
    held = cell_of(letter * 40_000).value
    assert len(held.encode("utf-16-le")) <= 2 * LONGEST_TEXT
    assert held.startswith(letter * 16_000)
    assert held.endswith("(cut: 40,000 characters are more than a spreadsheet's cell holds)")


@pytest.mark.parametrize("text", ["x" * LONGEST_TEXT, "📈" * (LONGEST_TEXT // 2)])
def test_text_that_just_fits_is_whole(text: str) -> None:
    assert cell_of(text).value == text
