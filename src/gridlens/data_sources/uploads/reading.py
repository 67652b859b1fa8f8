"""A file, batch by batch, as values and as the rows that did not become any."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import msgspec
import polars as pl

from gridlens.data_sources.uploads.batches import Batch, Reader
from gridlens.data_sources.uploads.conversion import Converter, shortened
from gridlens.data_sources.uploads.delimited import DelimitedReader
from gridlens.data_sources.uploads.json_lines import JsonLinesReader
from gridlens.data_sources.uploads.limits import SHOWN_TEXT_LENGTH
from gridlens.data_sources.uploads.options import FileFormat, ReadOptions
from gridlens.data_sources.uploads.parquet import ParquetReader
from gridlens.data_sources.uploads.spreadsheets import SheetReader


class BadRow(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """A row that does not fit; ``line`` counts from 1, ``column`` is none when the whole row is at fault."""

    line: int
    column: str | None
    reason: str
    text: str

    def shown(self) -> "BadRow":
        return msgspec.structs.replace(self, text=shortened(self.text, SHOWN_TEXT_LENGTH))


@dataclass(frozen=True, slots=True)
class Step:
    """One batch: values of the rows that fit, and the others in order of lines, with their full text."""

    batch: Batch
    values: pl.DataFrame
    bad_rows: list[BadRow]
    bad_places: list[int]
    """Which rows of the batch were left out of ``values``."""


def reader_for(path: Path, options: ReadOptions) -> Reader:
    """The reader of the options' format; their columns must be known."""
    width = len(options.columns)
    match options.format:
        case FileFormat.CSV:
            return DelimitedReader(path, options, width)
        case FileFormat.JSON_LINES:
            return JsonLinesReader(path, options)
        case FileFormat.XLSX:
            return SheetReader(path, options, width)
        case FileFormat.PARQUET:
            return ParquetReader(path, options)


def steps(reader: Reader, converter: Converter) -> Iterator[Step]:
    for batch in reader.batches():
        converted = converter.convert(batch.frame)
        failures = converted.failures
        bad_rows = [
            BadRow(line=fault.line, column=None, reason=fault.reason, text=fault.text)
            for fault in batch.faults
        ]
        values = converted.frame
        places = [failure.row for failure in failures]
        if failures:
            for failure, (line, text) in zip(failures, batch.locate(places), strict=True):
                bad_rows.append(BadRow(line=line, column=failure.column, reason=failure.reason, text=text))
            bad_rows.sort(key=lambda row: row.line)
            is_good = pl.Series([True]).new_from_index(0, values.height)
            values = values.filter(is_good.scatter(places, values=False))
        yield Step(batch, values, bad_rows, places)
