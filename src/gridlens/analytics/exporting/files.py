"""Writers of the three formats. CSV can be made while it is sent; the others are made in a file first."""

import asyncio
import io
import tempfile
from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from contextlib import aclosing
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import BinaryIO

import polars as pl

from gridlens.analytics.errors import ResultTooLarge
from gridlens.analytics.exporting.safety import harmless, harmless_name
from gridlens.analytics.exporting.streams import (
    BYTES_AT_ONCE,
    RowStream,
    Written,
    counted,
    make_folder,
    numbered,
)
from gridlens.core.spreadsheets import SheetCells
from gridlens.shared.results import Column

MOST_SHEET_ROWS = 1_048_575
MEDIA_TYPES = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "parquet": "application/vnd.apache.parquet",
}


def check_sheet(rows: int, *, is_total: bool = True) -> None:
    """Refused unless a spreadsheet holds so many rows; ``is_total`` where there are no more of them."""
    if rows > MOST_SHEET_ROWS:
        count = f"{rows:,}" if is_total else "more"
        raise ResultTooLarge(
            f"A spreadsheet holds {MOST_SHEET_ROWS:,} rows, and this result has {count}. "
            "Choose CSV or Parquet."
        )


async def csv_parts(rows: RowStream) -> AsyncGenerator[bytes, None]:
    """CSV in UTF-8: comma, decimal point, times in the result's zone with their offset."""
    async with aclosing(numbered(rows.parts)) as parts:
        async for number, part in parts:
            yield await asyncio.to_thread(_csv_part, part, rows.zone, is_first=number == 0)


def _csv_part(frame: pl.DataFrame, zone: str, *, is_first: bool) -> bytes:
    names = {name: harmless_name(name) for name in frame.columns}
    times = [
        pl.col(name).dt.convert_time_zone(zone).dt.strftime("%Y-%m-%dT%H:%M:%S%.f%:z")
        for name, kind in frame.schema.items()
        if isinstance(kind, pl.Datetime) and kind.time_zone
    ]
    clocks = [
        pl.col(name).dt.strftime("%H:%M:%S%.f") for name, kind in frame.schema.items() if kind == pl.Time
    ]
    raw = [pl.col(name).bin.encode("hex") for name, kind in frame.schema.items() if kind == pl.Binary]
    buffer = io.BytesIO()
    harmless(frame).with_columns(times + clocks + raw).rename(names).write_csv(
        buffer, include_header=is_first, line_terminator="\r\n"
    )
    return buffer.getvalue()


async def file_parts(rows: RowStream, file_format: str, folder: Path) -> AsyncGenerator[bytes, None]:
    """A file written in ``folder`` out of the reader's way, then sent in parts; it is gone afterwards."""
    make_folder(folder)
    with tempfile.TemporaryDirectory(dir=folder) as own:
        path = await write_file(rows, file_format, Path(own), Written())
        # Open, so that it is gone with whoever reads it.
        file = await asyncio.to_thread(path.open, "rb")
    return _sent(file)


async def write_file(rows: RowStream, file_format: str, folder: Path, written: Written) -> Path:
    """The whole file, made in ``folder``, which the caller removes once this has ended, however it ends."""
    path = folder / f"whole.{file_format}"
    if file_format == "csv":
        await _write_csv(rows, path, written)
        return path
    pieces = await _pieces(rows, file_format, folder, written)
    written.row_count = written.rows
    if file_format == "xlsx":
        await _to_its_end(lambda: _write_xlsx(rows, pieces, path, written), written)
    else:
        await _to_its_end(lambda: _write_parquet(pieces, path, written), written)
    return path


async def _write_csv(rows: RowStream, path: Path, written: Written) -> None:
    file = await asyncio.to_thread(path.open, "xb")
    with file:
        async with aclosing(csv_parts(replace(rows, parts=counted(rows.parts, written)))) as parts:
            async for part in parts:
                await asyncio.to_thread(file.write, part)
                written.size_bytes += len(part)
        await asyncio.to_thread(file.flush)
    written.row_count = written.rows


async def _to_its_end(call: Callable[[], None], written: Written) -> None:
    """A thread cannot be cancelled: it is asked to stop, and waited for before its folder goes."""
    thread = asyncio.ensure_future(asyncio.to_thread(call))
    try:
        await asyncio.shield(thread)
    except asyncio.CancelledError:
        written.is_stopped = True
        await asyncio.gather(thread, return_exceptions=True)
        raise


async def _pieces(rows: RowStream, file_format: str, folder: Path, written: Written) -> list[Path]:
    """Every part as a file of its own: a whole that knows its types can only be made of all of them."""
    pieces: list[Path] = []
    async with aclosing(numbered(counted(rows.parts, written))) as parts:
        async for number, part in parts:
            if file_format == "xlsx":
                check_sheet(written.rows + part.height, is_total=False)
            piece = folder / f"{number}.parquet"
            await _to_its_end(partial(part.write_parquet, piece, compression="lz4"), written)
            written.size_bytes += piece.stat().st_size
            pieces.append(piece)
    return pieces


async def _sent(file: BinaryIO) -> AsyncGenerator[bytes, None]:
    try:
        while part := await asyncio.to_thread(file.read, BYTES_AT_ONCE):
            yield part
    finally:
        file.close()


def _write_parquet(pieces: list[Path], path: Path, written: Written) -> None:
    """The pieces as one file; those of other types are changed one by one, so that no plan holds them all."""
    schemas = [pl.read_parquet_schema(piece) for piece in pieces]
    kinds = _common_kinds(schemas)
    for piece, schema in zip(pieces, schemas, strict=True):
        if written.is_stopped:
            return
        if schema != kinds:
            pl.read_parquet(piece, memory_map=False).cast(pl.Schema(kinds)).write_parquet(
                piece, compression="lz4"
            )
    pl.scan_parquet(pieces, glob=False).sink_parquet(path, compression="zstd", maintain_order=True)


def _common_kinds(schemas: Sequence[Mapping[str, pl.DataType]]) -> dict[str, pl.DataType]:
    """One type for each column, where parts of a result differ because theirs follow from the values."""
    return {name: _common_kind([schema[name] for schema in schemas]) for name in schemas[0]}


def _common_kind(kinds: Sequence[pl.DataType]) -> pl.DataType:
    if len(set(kinds)) == 1:
        return kinds[0]
    scales = [kind.scale for kind in kinds if isinstance(kind, pl.Decimal)]
    if scales and all(kind.is_decimal() or kind.is_integer() for kind in kinds):
        return pl.Decimal(38, max(scales))
    return pl.Float64() if all(kind.is_numeric() for kind in kinds) else pl.String()


def _write_xlsx(rows: RowStream, pieces: list[Path], path: Path, written: Written) -> None:
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
        cells = SheetCells(workbook, sheet)
        bold = workbook.add_format({"bold": True})
        kinds = pl.read_parquet_schema(pieces[0]).values()
        for index, (column, kind) in enumerate(zip(rows.columns, kinds, strict=True)):
            heading = _heading(column, kind, rows.zone)
            sheet.set_column(index, index, min(max(len(heading) + 2, 12), 40))
            sheet.write_string(0, index, heading, bold)
        sheet.freeze_panes(1, 0)
        written.rows = 0
        for piece in pieces:
            if written.is_stopped:
                return
            for row in _for_sheet(pl.read_parquet(piece), rows.zone).iter_rows():
                written.rows += 1
                for index, value in enumerate(row):
                    cells.write(written.rows, index, value)
    finally:
        workbook.close()


def _heading(column: Column, kind: pl.DataType, zone: str) -> str:
    unit = column.unit
    if isinstance(kind, pl.Datetime):
        unit = zone  # a spreadsheet's times know no zone, so their heading says it
    return harmless_name(f"{column.name} [{unit}]" if unit else column.name)


def _for_sheet(frame: pl.DataFrame, zone: str) -> pl.DataFrame:
    changed = []
    for name, kind in frame.schema.items():
        if isinstance(kind, pl.Datetime) and kind.time_zone:
            changed.append(pl.col(name).dt.convert_time_zone(zone).dt.replace_time_zone(None))
        elif kind == pl.Binary:
            changed.append(pl.col(name).bin.encode("hex"))
    return harmless(frame.with_columns(changed))
