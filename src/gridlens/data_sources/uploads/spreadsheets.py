"""Sheets of an .xlsx workbook as batches of text columns."""

import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from itertools import repeat
from pathlib import Path
from typing import Any, NamedTuple

from gridlens.data_sources.uploads.batches import Batch, Fault, text_frame
from gridlens.data_sources.uploads.errors import UploadRefused
from gridlens.data_sources.uploads.options import ReadOptions
from gridlens.data_sources.uploads.workbooks import check_workbook

_ROWS_AT_ONCE = 5_000
_LAST_ROW = 1_048_576
_SIZE_WITHIN_BYTES = 64 << 10
"""A sheet says its size before its rows, if at all."""


class SheetRow(NamedTuple):
    """Cells as text; ``fault`` names a cell whose value cannot be known."""

    number: int
    cells: list[str | None]
    fault: str | None


def sheet_names(path: Path) -> list[str]:
    with _workbook(path) as book:
        return [sheet.title for sheet in book.worksheets]


def claimed_rows(path: Path, sheet: str | None) -> int:
    """How many rows the file says a sheet has: good enough for progress, and for nothing else."""
    with _workbook(path) as book:
        return min(max(_sheet(book, sheet).max_row or 0, 0), _LAST_ROW)


def sheet_rows(path: Path, sheet: str | None, *, decimal_comma: bool = False) -> Iterator[SheetRow]:
    """Rows of a sheet, the first one unless named, without blank cells at their ends.

    Numbers are written with the decimal sign that the options say, so that they are read back alike.
    """
    with _workbook(path) as book:
        values = _rows(_sheet(book, sheet))
        if not _has_formulas(path):
            for number, row in enumerate(values, start=1):
                yield SheetRow(number, _texts(row, decimal_comma=decimal_comma), None)
            return
        # Stored results come from one reading, formulas from another: only both tell of a missing result.
        with _workbook(path, data_only=False) as formulas:
            pairs = zip(values, _rows(_sheet(formulas, sheet)), strict=False)
            for number, (row, written) in enumerate(pairs, start=1):
                yield SheetRow(
                    number, _texts(row, decimal_comma=decimal_comma), _unknown_result(number, row, written)
                )


def _sheet(book: Any, name: str | None) -> Any:
    if not book.worksheets:
        raise UploadRefused("The workbook has no sheet with cells. Upload one that has a table.")
    if name is None:
        return book.worksheets[0]
    for sheet in book.worksheets:
        if sheet.title == name:
            return sheet
    raise UploadRefused(f"The workbook has no sheet “{name}”. Choose one of its sheets.")


@cache
def _openpyxl() -> Any:
    """openpyxl, kept from reading a sheet that does not say its size to its end at every opening."""
    import openpyxl
    from openpyxl.worksheet._read_only import ReadOnlyWorksheet

    find_size = ReadOnlyWorksheet._get_size

    def find_size_said(sheet: Any) -> None:
        with sheet._get_source() as part:
            says_size = b"<dimension" in part.read(_SIZE_WITHIN_BYTES)
        if says_size:
            find_size(sheet)

    ReadOnlyWorksheet._get_size = find_size_said
    return openpyxl


@contextmanager
def _workbook(path: Path, *, data_only: bool = True) -> Iterator[Any]:
    check_workbook(path)
    book = None
    try:
        # Handed over open, since openpyxl refuses a path by its ending, and an upload's has none.
        with path.open("rb") as file:
            book = _openpyxl().load_workbook(file, read_only=True, data_only=data_only, keep_links=False)
            yield book
    except (UploadRefused, GeneratorExit):
        raise
    # openpyxl meets hostile XML with whatever error its code happens to raise.
    except Exception as error:
        raise UploadRefused(
            f"The workbook cannot be read ({type(error).__name__}: {error}). "
            "Open it in a spreadsheet program, save it anew and upload that."
        ) from error
    finally:
        if book is not None:
            book.close()


def _rows(sheet: Any) -> Iterator[tuple[Any, ...]]:
    # The size that a file claims for a sheet is often wrong and sometimes a trap.
    sheet.reset_dimensions()
    for number, row in enumerate(sheet.iter_rows(values_only=True), start=1):
        if number > _LAST_ROW:
            raise UploadRefused(
                "The sheet claims more rows than sheets can have. Save it anew and upload that."
            )
        yield row


def _has_formulas(path: Path) -> bool:
    with zipfile.ZipFile(path) as archive:
        for member in archive.infolist():
            if not member.filename.startswith("xl/worksheets/"):
                continue
            with archive.open(member) as part:
                tail = b""
                while chunk := part.read(1 << 20):
                    if b"<f>" in tail + chunk or b"<f " in tail + chunk:
                        return True
                    tail = chunk[-2:]
    return False


def _unknown_result(number: int, row: Sequence[Any], written: Sequence[Any]) -> str | None:
    from openpyxl.utils import get_column_letter

    for place, (value, formula) in enumerate(zip(row, written, strict=False), start=1):
        if value is None and formula is not None:
            name = get_column_letter(place)
            return f"cell {name}{number} holds a formula without its result; open and save the file in Excel"
    return None


def _texts(row: Sequence[Any], *, decimal_comma: bool) -> list[str | None]:
    texts = [_text(value, decimal_comma=decimal_comma) for value in row]
    while texts and texts[-1] is None:
        texts.pop()
    return texts


def _text(value: Any, *, decimal_comma: bool) -> str | None:
    if isinstance(value, str):
        return value or None
    if value is None:
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        text = repr(value)
        return text.replace(".", ",") if decimal_comma else text
    if isinstance(value, datetime):
        at = _to_the_millisecond(value)
        return at.date().isoformat() if at.time() == time.min else at.isoformat(" ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return _to_the_millisecond(datetime.combine(date.min, value)).time().isoformat()
    if isinstance(value, timedelta):
        minutes, seconds = divmod(round(value.total_seconds()), 60)
        return f"{minutes // 60:02}:{minutes % 60:02}:{seconds:02}"
    return str(value)


def _to_the_millisecond(value: datetime) -> datetime:
    """Days as fractions of one lose the last microseconds: 00:14:59.999997 is a quarter past."""
    return (value + timedelta(microseconds=500)).replace(
        microsecond=(value + timedelta(microseconds=500)).microsecond // 1_000 * 1_000
    )


@dataclass(slots=True)
class SheetReader:
    """Rows below the heading, ``width`` cells each; sheets leave out blanks, so short rows are filled up."""

    path: Path
    options: ReadOptions
    width: int
    total: int = 0

    def batches(self) -> Iterator[Batch]:
        first = 1 if self.options.header_row is None else self.options.header_row + self.options.header_lines
        self.total = claimed_rows(self.path, self.options.sheet)
        rows: list[SheetRow] = []
        faults: list[Fault] = []
        blank_lines = last = 0
        for row in sheet_rows(self.path, self.options.sheet, decimal_comma=self.options.decimal_comma):
            last = row.number
            self.total = max(self.total, last)
            if row.number < first:
                continue
            if row.fault:
                faults.append(Fault(row.number, row.fault, _shown(row)))
            elif len(row.cells) > self.width:
                faults.append(
                    Fault(row.number, f"it has {len(row.cells)} cells instead of {self.width}", _shown(row))
                )
            elif row.cells:
                rows.append(row)
            else:
                blank_lines += 1
            if len(rows) + len(faults) >= _ROWS_AT_ONCE:
                yield self._batch(rows, faults, blank_lines, row.number)
                rows, faults, blank_lines = [], [], 0
        if rows or faults or blank_lines:
            yield self._batch(rows, faults, blank_lines, last)

    def _batch(self, rows: list[SheetRow], faults: list[Fault], blank_lines: int, done: int) -> Batch:
        filled = [[*row.cells, *repeat(None, self.width - len(row.cells))] for row in rows]
        columns = list(zip(*filled, strict=True)) if filled else [()] * self.width

        def locate(wanted: Sequence[int]) -> list[tuple[int, str]]:
            return [(rows[row].number, _shown(rows[row])) for row in wanted]

        return Batch(text_frame(columns), done, locate, faults, blank_lines)


def _shown(row: SheetRow) -> str:
    return "\t".join(cell or "" for cell in row.cells)
