"""Writers of the three formats. CSV is made while it is sent; the others are made in a file first."""

import asyncio
import io
import os
import tempfile
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any, BinaryIO

import polars as pl

from gridlens.analytics.errors import ResultTooLarge
from gridlens.analytics.exporting.safety import harmless, harmless_name
from gridlens.shared.results import Column, ResultSet

ROWS_AT_ONCE = 20_000
BYTES_AT_ONCE = 256 * 1024
MOST_SHEET_ROWS = 1_048_575
MOST_SHEET_TEXT = 32_767
MEDIA_TYPES = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "parquet": "application/vnd.apache.parquet",
}


async def csv_parts(result: ResultSet) -> AsyncIterator[bytes]:
    """CSV in UTF-8: comma, decimal point, times in the result's zone with their offset."""
    for start in range(0, max(result.frame.height, 1), ROWS_AT_ONCE):
        yield await asyncio.to_thread(_csv_part, result, start)


def _csv_part(result: ResultSet, start: int) -> bytes:
    frame = result.frame.slice(start, ROWS_AT_ONCE)
    names = {name: harmless_name(name) for name in frame.columns}
    times = [
        pl.col(name).dt.convert_time_zone(result.zone).dt.strftime("%Y-%m-%dT%H:%M:%S%.f%:z")
        for name, kind in frame.schema.items()
        if isinstance(kind, pl.Datetime) and kind.time_zone
    ]
    raw = [pl.col(name).bin.encode("hex") for name, kind in frame.schema.items() if kind == pl.Binary]
    buffer = io.BytesIO()
    harmless(frame).with_columns(times + raw).rename(names).write_csv(
        buffer, include_header=start == 0, line_terminator="\r\n"
    )
    return buffer.getvalue()


async def file_parts(result: ResultSet, file_format: str, folder: Path) -> AsyncIterator[bytes]:
    """A file written in ``folder`` out of the reader's way, then sent in parts; it is gone afterwards."""
    return _sent(await asyncio.to_thread(_written, result, file_format, folder))


async def _sent(file: BinaryIO) -> AsyncIterator[bytes]:
    try:
        while part := await asyncio.to_thread(file.read, BYTES_AT_ONCE):
            yield part
    finally:
        file.close()


def _written(result: ResultSet, file_format: str, folder: Path) -> BinaryIO:
    """The finished file, open and without a name, so that nothing is left whatever happens to the reader."""
    path = _write_file(result, file_format, folder)
    try:
        return path.open("rb")
    finally:
        path.unlink()


def _write_file(result: ResultSet, file_format: str, folder: Path) -> Path:
    if file_format == "xlsx" and result.frame.height > MOST_SHEET_ROWS:
        raise ResultTooLarge(
            f"A spreadsheet holds {MOST_SHEET_ROWS:,} rows, and this result has {result.frame.height:,}. "
            "Choose CSV or Parquet."
        )
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, name = tempfile.mkstemp(suffix=f".{file_format}", dir=folder)
    os.close(handle)
    path = Path(name)
    try:
        if file_format == "xlsx":
            _write_xlsx(result, path)
        else:
            result.frame.write_parquet(path, compression="zstd")
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return path


def _write_xlsx(result: ResultSet, path: Path) -> None:
    import xlsxwriter

    workbook = xlsxwriter.Workbook(
        path,
        {
            # Rows go to disk as they come.
            "constant_memory": True,
            "tmpdir": str(path.parent),
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    try:
        sheet = workbook.add_worksheet("Result")
        formats = {
            pl.Datetime: workbook.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"}),
            pl.Date: workbook.add_format({"num_format": "yyyy-mm-dd"}),
        }
        bold = workbook.add_format({"bold": True})
        headings = [
            _heading(column, series, result.zone)
            for column, series in zip(result.columns, result.frame.get_columns(), strict=True)
        ]
        for index, (heading, dtype) in enumerate(zip(headings, result.frame.dtypes, strict=True)):
            sheet.set_column(index, index, min(max(len(heading) + 2, 12), 40), formats.get(dtype.base_type()))
            sheet.write_string(0, index, heading, bold)
        sheet.freeze_panes(1, 0)
        row_number = 0
        for start in range(0, result.frame.height, ROWS_AT_ONCE):
            part = _for_sheet(result.frame.slice(start, ROWS_AT_ONCE), result.zone)
            for row in part.iter_rows():
                row_number += 1
                for index, value in enumerate(row):
                    _write_cell(sheet, row_number, index, value)
    finally:
        workbook.close()


def _heading(column: Column, series: pl.Series, zone: str) -> str:
    unit = column.unit
    if isinstance(series.dtype, pl.Datetime):
        unit = zone  # a spreadsheet's times know no zone, so their heading says it
    return harmless_name(f"{column.name} [{unit}]" if unit else column.name)


def _for_sheet(frame: pl.DataFrame, zone: str) -> pl.DataFrame:
    changed = []
    for name, kind in frame.schema.items():
        if isinstance(kind, pl.Datetime) and kind.time_zone:
            changed.append(pl.col(name).dt.convert_time_zone(zone).dt.replace_time_zone(None))
        elif isinstance(kind, pl.Decimal):
            changed.append(pl.col(name).cast(pl.Float64))
        elif kind == pl.Binary:
            changed.append(pl.col(name).bin.encode("hex"))
        elif kind == pl.String:
            changed.append(pl.col(name).str.slice(0, MOST_SHEET_TEXT - 1))
    return harmless(frame.with_columns(changed))


def _write_cell(sheet: Any, row: int, column: int, value: Any) -> None:
    match value:
        case None:
            return
        case bool():
            sheet.write_boolean(row, column, value)
        case float() if value - value != 0:
            return  # not a number, or infinite
        case int() if abs(value) > 10**15:
            sheet.write_string(row, column, str(value))  # a spreadsheet would round it
        case int() | float():
            sheet.write_number(row, column, value)
        case str():
            sheet.write_string(row, column, value)
        case _:
            sheet.write_datetime(row, column, value)
