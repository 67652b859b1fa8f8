"""What a file would become under given options, shown before anything is imported."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from decimal import Decimal
from pathlib import Path

import msgspec
import polars as pl

from gridlens.data_sources.uploads.caution import Caution
from gridlens.data_sources.uploads.cautions import cautions_after, cautions_before
from gridlens.data_sources.uploads.conversion import Converter, shortened
from gridlens.data_sources.uploads.delimited import DelimitedReader
from gridlens.data_sources.uploads.detection import complete
from gridlens.data_sources.uploads.options import FileFormat, ReadOptions
from gridlens.data_sources.uploads.overviews import Overview, overview_of
from gridlens.data_sources.uploads.reading import BadRow, Step, reader_for, steps
from gridlens.data_sources.uploads.samples import sample_delimited
from gridlens.data_sources.uploads.spreadsheets import sheet_names
from gridlens.shared.results import Kind

# Reading as much as this completely takes about a second.
_CHEAP_BYTES = {
    FileFormat.CSV: 32 << 20,
    FileFormat.JSON_LINES: 16 << 20,
    FileFormat.PARQUET: 8 << 20,
    FileFormat.XLSX: 1 << 20,
}
_CHEAP_CELLS = 8_000_000
# Few cells of a small file can unfold to much text, and all that is read is kept until the end.
_CHEAP_TEXT_BYTES = 64 << 20
_MAX_CELLS = 40_000
_LISTED = 100
_SHOWN_LENGTH = 200
_SMALL_CHUNK_BYTES = 256 << 10


class PreviewColumn(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """A column as it would be imported; ``bad_cells`` are those first to spoil a row, of the rows read."""

    name: str
    source: str
    kind: Kind
    unit: str | None
    is_kept: bool
    bad_cells: int


class PreviewRow(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """``texts`` as in the file for every column, ``values`` as they were read; times as ISO text in UTC.

    ``problem`` says why the row would not be imported.
    """

    line: int
    texts: tuple[str | None, ...]
    values: tuple[str | int | float | bool | None, ...]
    problem: str | None = None


class Preview(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """The first rows and what there is to know of all.

    ``options`` are complete, with the columns found. ``is_whole`` when the whole file was read: then
    ``row_count`` and ``bad_row_count`` are exact, else the first is estimated and the second a part.
    """

    options: ReadOptions
    columns: tuple[PreviewColumn, ...]
    rows: tuple[PreviewRow, ...]
    size_bytes: int
    row_count: int
    is_whole: bool
    bad_row_count: int
    bad_rows: tuple[BadRow, ...]
    cautions: tuple[Caution, ...]
    sheets: tuple[str, ...] = ()
    overview: Overview | None = None


def preview(path: Path, options: ReadOptions, rows: int = 100) -> Preview:
    """Read as the import would, completely when that is cheap, else far enough to show ``rows``."""
    options = complete(path, options)
    size = path.stat().st_size
    is_cheap = size <= _CHEAP_BYTES[options.format]
    reader = reader_for(path, options)
    if isinstance(reader, DelimitedReader) and not is_cheap:
        reader.chunk_bytes = _SMALL_CHUNK_BYTES
    converter = Converter(options)
    wanted = max(1, min(rows, _MAX_CELLS // max(1, len(options.columns))))
    shown: list[PreviewRow] = []
    bad_rows: list[BadRow] = []
    bad_cells: dict[str | None, int] = {}
    texts: list[pl.DataFrame] = []
    values: list[pl.DataFrame] = []
    count = bad_row_count = cells = held = done = 0
    for step in steps(reader, converter):
        if len(shown) < wanted:
            shown += _shown(step, options, converter, wanted - len(shown))
        bad_row_count += len(step.bad_rows)
        bad_rows += [row.shown() for row in step.bad_rows[: _LISTED - len(bad_rows)]]
        for row in step.bad_rows:
            bad_cells[row.column] = bad_cells.get(row.column, 0) + 1
        count += step.values.height + len(step.bad_rows)
        cells += step.batch.frame.height * len(options.columns)
        held += int(step.batch.frame.estimated_size())
        done = step.batch.done
        texts.append(step.batch.frame)
        values.append(step.values)
        is_too_much = cells > _CHEAP_CELLS or held > _CHEAP_TEXT_BYTES
        if is_too_much or (not is_cheap and len(shown) >= wanted):
            is_whole = False
            break
    else:
        is_whole = True
    if not is_whole and done:
        count = round(count * reader.total / done)
    read = _stacked(values)
    sample = _sample(path, options, texts, is_whole=is_whole)
    cautions = [*cautions_before(options, sample, read), *cautions_after(converter)]
    sheets = tuple(sheet_names(path)) if options.format == FileFormat.XLSX else ()
    if len(sheets) > 1:
        cautions.append(_about_sheets(sheets, options.sheet))
    if count == 0:
        cautions.append(Caution(code="no-rows", message="There are no rows below the heading."))
    kinds = {column.options.name: column.kind for column in converter.columns}
    return Preview(
        options=options,
        columns=tuple(
            PreviewColumn(
                name=column.name,
                source=column.source,
                kind=kinds[column.name],
                unit=column.unit,
                is_kept=column.is_kept,
                bad_cells=bad_cells.get(column.name, 0),
            )
            for column in options.columns
        ),
        rows=tuple(shown),
        size_bytes=size,
        row_count=count,
        is_whole=is_whole,
        bad_row_count=bad_row_count,
        bad_rows=tuple(bad_rows),
        cautions=tuple(cautions),
        sheets=sheets,
        overview=overview_of(converter, read) if is_whole else None,
    )


def _stacked(frames: Sequence[pl.DataFrame]) -> pl.DataFrame:
    """A column that became wider on the way is so from its beginning."""
    return pl.concat(frames, how="vertical_relaxed") if frames else pl.DataFrame()


def _sample(path: Path, options: ReadOptions, texts: list[pl.DataFrame], *, is_whole: bool) -> pl.DataFrame:
    if options.format == FileFormat.CSV and not is_whole:
        return sample_delimited(path, options, len(options.columns))
    if not texts:
        return pl.DataFrame({str(place): [] for place in range(len(options.columns))})
    return pl.concat(texts)


def _about_sheets(sheets: Sequence[str], chosen: str | None) -> Caution:
    others = ", ".join(name for name in sheets if name != (chosen or sheets[0]))
    return Caution(
        code="other-sheets",
        message=f"Sheet “{chosen or sheets[0]}” is read. The workbook has others: {others}.",
    )


def _shown(step: Step, options: ReadOptions, converter: Converter, rows: int) -> list[PreviewRow]:
    """The first rows of a batch, good and bad, in the order of the file."""
    problems = {
        row.line: f"{row.column}: {row.reason}" if row.column else row.reason for row in step.bad_rows
    }
    head = step.batch.frame.head(rows)
    located = step.batch.locate(range(head.height))
    # Bad rows were left out of the values; converting the few shown once more brings them back.
    places = [place for place, column in enumerate(options.columns) if column.is_kept]
    good = iter(step.values.head(rows).iter_rows())
    bad = set(step.bad_places)
    shown = [
        PreviewRow(
            line=fault.line, texts=(shortened(fault.text, _SHOWN_LENGTH),), values=(), problem=fault.reason
        )
        for fault in step.batch.faults
    ]
    for number, (cells, (line, _)) in enumerate(zip(head.iter_rows(), located, strict=True)):
        values: list[object] = [None] * len(options.columns)
        if number not in bad:
            for place, value in zip(places, next(good), strict=True):
                values[place] = value
        shown.append(
            PreviewRow(
                line=line,
                texts=tuple(None if cell is None else shortened(str(cell), _SHOWN_LENGTH) for cell in cells),
                values=tuple(_plain(value) for value in values),
                problem=problems.get(line),
            )
        )
    return sorted(shown, key=lambda row: row.line)[:rows]


def _plain(value: object) -> str | int | float | bool | None:
    match value:
        case None | bool() | int() | float():
            return value
        case str():
            return shortened(value, _SHOWN_LENGTH)
        case datetime():
            return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
        case date() | time():
            return value.isoformat()
        case Decimal():
            return str(value)
        case bytes():
            return f"{len(value):,} bytes"
        case _:
            return str(value)
