"""The rows behind a report as CSV or XLSX, safe to open in a spreadsheet."""

import io
import re
from collections.abc import Sequence
from typing import Literal

import polars as pl
import polars.selectors as cs

from gridlens.core.spreadsheets import SheetCells
from gridlens.notifications.mail.content import Attachment
from gridlens.shared.results import ResultSet

MOST_BYTES = 8 * 1024 * 1024
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ISO = "%Y-%m-%dT%H:%M:%S%.f%:z"
_DANGEROUS = re.compile("^[=+\\-@\t\r\n\0＝＋－＠]")


class TooMuchData(ValueError):
    """The rows are more than a mail should carry."""


def attached(
    results: Sequence[tuple[str, ResultSet]], file_format: Literal["csv", "xlsx"], name: str
) -> tuple[Attachment, ...]:
    """A CSV for each named result, or one workbook with a sheet for each."""
    files: tuple[Attachment, ...]
    if file_format == "csv":
        files = tuple(
            Attachment(filename=f"{_file_name(title)}.csv", media_type="text/csv", content=_csv(result))
            for title, result in _with_own_names(results)
        )
    else:
        content = _workbook(results)
        files = (Attachment(filename=f"{_file_name(name)}.xlsx", media_type=XLSX, content=content),)
    if sum(len(each.content) for each in files) > MOST_BYTES:
        raise TooMuchData
    return files


def guarded(text: str) -> str:
    """Text that a spreadsheet would run as a formula gets an apostrophe; numbers are never text here."""
    return f"'{text}" if _DANGEROUS.match(text) else text


def _csv(result: ResultSet) -> bytes:
    """Times as local ISO text with their offset, so that the repeated hour of autumn stays two hours."""
    moments = cs.datetime(time_zone="*").dt.convert_time_zone(result.zone).dt.to_string(ISO)
    buffer = io.BytesIO()
    # With the byte order mark, spreadsheets read UTF-8 for what it is.
    _guarded(result.frame.with_columns(moments)).write_csv(buffer, include_bom=True)
    return buffer.getvalue()


def _workbook(results: Sequence[tuple[str, ResultSet]]) -> bytes:
    import xlsxwriter

    buffer = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "remove_timezone": True,
    }
    with xlsxwriter.Workbook(buffer, options) as book:
        bold = book.add_format({"bold": True})
        for title, result in _with_own_names(results):
            sheet = book.add_worksheet(title)
            cells = SheetCells(book, sheet)
            frame = result.frame.with_columns(cs.datetime(time_zone="*").dt.convert_time_zone(result.zone))
            frame = _guarded(frame)
            for index, (name, column) in enumerate(zip(frame.columns, result.columns, strict=True)):
                is_moment = isinstance(frame.schema[name], pl.Datetime)
                unit = result.zone if is_moment else column.unit
                sheet.write_string(0, index, f"{name} ({unit})" if unit else name, bold)
            for number, row in enumerate(frame.iter_rows(), start=1):
                for index, value in enumerate(row):
                    cells.write(number, index, value)
            sheet.freeze_panes(1, 0)
    return buffer.getvalue()


def _guarded(frame: pl.DataFrame) -> pl.DataFrame:
    """Text that a spreadsheet would run is disarmed, in cells and in heads; numbers stay numbers."""
    text = cs.string().map_elements(guarded, return_dtype=pl.String)
    raw = cs.binary().bin.encode("hex")
    other = (cs.nested() | cs.object()).map_elements(_as_text, return_dtype=pl.String)
    return frame.with_columns(text, raw, other).rename({each: guarded(each) for each in frame.columns})


def _as_text(value: object) -> str:
    return guarded(str(value.to_list() if isinstance(value, pl.Series) else value))


def _with_own_names(results: Sequence[tuple[str, ResultSet]]) -> list[tuple[str, ResultSet]]:
    """Titles as sheet and file names: at most 28 characters, none twice."""
    named: dict[str, ResultSet] = {}
    for title, result in results:
        base = re.sub(r"[\[\]:*?/\\'\"<>|\x00-\x1f]", " ", title).strip()[:28] or "Data"
        taken = {each.casefold() for each in named}
        candidate, count = base, 2
        while candidate.casefold() in taken:
            candidate, count = f"{base[:25]} {count}", count + 1
        named[candidate] = result
    return list(named.items())


def _file_name(title: str) -> str:
    return re.sub(r"[^\w.-]+", "-", title).strip("-.")[:80] or "report"
