"""Cells of a spreadsheet that hold what a value is, and lose nothing of it in silence."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

LONGEST_TEXT = 32_767
"""Of a cell, in units of UTF-16."""
EXACT_BELOW = 10**15
FIRST_YEAR = 1900
_LOCAL = {datetime: "yyyy-mm-dd hh:mm:ss", date: "yyyy-mm-dd", time: "hh:mm:ss", timedelta: "[h]:mm:ss"}


class SheetCells:
    """Writes the cells of one sheet. What a spreadsheet would round or misread stands in it as text."""

    def __init__(self, book: Any, sheet: Any) -> None:
        self._sheet = sheet
        self._formats = {kind: book.add_format({"num_format": shown}) for kind, shown in _LOCAL.items()}

    def write(self, row: int, column: int, value: Any) -> None:
        sheet = self._sheet
        match value:
            case None:
                return
            case bool():
                sheet.write_boolean(row, column, value)
            case float() if value - value != 0:
                return  # not a number, or infinite
            case Decimal() if value.is_nan() or value.is_infinite():
                return
            case int() | Decimal() if not -EXACT_BELOW <= value <= EXACT_BELOW:
                sheet.write_string(row, column, str(value))
            case int() | float() | Decimal():
                sheet.write_number(row, column, value)
            case str():
                sheet.write_string(row, column, _fitting(value))
            case date() if value.year < FIRST_YEAR:  # a datetime is a date too
                sheet.write_string(row, column, str(value))
            case _:
                sheet.write_datetime(row, column, value, self._formats[type(value)])


def _fitting(text: str) -> str:
    """The text, or as much of it as a cell takes and how much that is."""
    if len(text) <= LONGEST_TEXT // 2:  # which fits, whatever its characters are
        return text
    units = text.encode("utf-16-le", "surrogatepass")
    if len(units) <= 2 * LONGEST_TEXT:
        return text
    note = f" … (cut: {len(text):,} characters are more than a spreadsheet's cell holds)"
    return units[: 2 * (LONGEST_TEXT - len(note))].decode("utf-16-le", "ignore") + note
