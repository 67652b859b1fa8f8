"""How a file is to be read, found out from the file itself."""

import re
from itertools import islice, pairwise
from pathlib import Path

import msgspec
import polars as pl

from gridlens.data_sources.uploads import names
from gridlens.data_sources.uploads.delimited import dialect_of, read_heading
from gridlens.data_sources.uploads.dialects import find_dialect, rows_of
from gridlens.data_sources.uploads.errors import UploadRefused
from gridlens.data_sources.uploads.headings import ColumnName, Row, column_names, layout_of
from gridlens.data_sources.uploads.json_lines import JsonLinesReader, keys_of
from gridlens.data_sources.uploads.kinds import date_order, kinds_of, number_style
from gridlens.data_sources.uploads.limits import MAX_COLUMNS, MAX_LINE_BYTES
from gridlens.data_sources.uploads.numbers import NumberStyle, signs_of
from gridlens.data_sources.uploads.options import ColumnOptions, FileFormat, ReadOptions, check, is_zone
from gridlens.data_sources.uploads.parquet import parquet_columns
from gridlens.data_sources.uploads.samples import sample_delimited
from gridlens.data_sources.uploads.sniffing import recognise
from gridlens.data_sources.uploads.spreadsheets import sheet_rows
from gridlens.data_sources.uploads.text import normalised
from gridlens.data_sources.uploads.units import unit_of_heading
from gridlens.shared.results import Kind

_HEAD_BYTES = 256 << 10
_SHEET_ROWS = 5_000
_JSON_ROWS = 20_000
# As a word of its own, or as capitals at the end of one: an outcome and its time have no zone in them.
_NAMED_ZONE = re.compile(
    r"(?:(?<![A-Za-z])(?i:utc|gmt)|(?<=[a-z])(?:UTC|GMT))(?![A-Za-z])"
    r"(?:\s*(?P<sign>[+-])\s*(?P<hours>\d{1,2})(?:[:.]?(?P<minutes>\d{1,2}))?(?!\d))?"
)
_OTHER_CLOCK = re.compile(
    r"(?<![a-z])(?:local|bst|ist|wes?t|ces?t|mes?z|ees?t|[ecmp][sd]t)(?![a-z])", re.IGNORECASE
)


def detect(path: Path, filename: str, *, sheet: str | None = None) -> ReadOptions:
    """Everything about the file that can be told without asking; of a workbook, for one of its sheets."""
    recognised = recognise(path, filename)
    match recognised.format:
        case FileFormat.CSV:
            return _detect_delimited(path, recognised.encoding)
        case FileFormat.JSON_LINES:
            found = ReadOptions(format=FileFormat.JSON_LINES, encoding=recognised.encoding, header_row=None)
            return _with_json_columns(path, found)
        case FileFormat.PARQUET:
            return _with_parquet_columns(path, ReadOptions(format=FileFormat.PARQUET, header_row=None))
        case FileFormat.XLSX:
            return _detect_sheet(path, sheet)


def complete(path: Path, options: ReadOptions) -> ReadOptions:
    """The same options with the columns that they lead to, when they name none."""
    check(options)
    if options.columns:
        return options
    match options.format:
        case FileFormat.CSV:
            return _with_delimited_columns(path, options, _width_of(path, options))
        case FileFormat.JSON_LINES:
            return _with_json_columns(path, options)
        case FileFormat.PARQUET:
            return _with_parquet_columns(path, options)
        case FileFormat.XLSX:
            rows = _head_of_sheet(path, options)
            return _with_sheet_columns(rows, options)


def _detect_delimited(path: Path, encoding: str) -> ReadOptions:
    head, is_whole = _head(path, encoding)
    found = find_dialect(head, is_whole=is_whole)
    if not found.rows:
        raise UploadRefused("The file has no rows. Check the export and upload it again.")
    layout = layout_of(found.rows)
    options = ReadOptions(
        format=FileFormat.CSV,
        encoding=encoding,
        delimiter=found.delimiter,
        quote=found.quote,
        header_row=layout.header_row,
        header_lines=layout.header_lines,
    )
    _check_width(layout.width)
    sample = sample_delimited(path, options, layout.width)
    style = number_style(sample, found.delimiter)
    order = date_order(sample).order
    options = msgspec.structs.replace(
        options, decimal_comma=style.decimal_comma, thousands=style.thousands, date_order=order
    )
    return _with_columns(options, _names(path, options, layout.width), sample)


def _head(path: Path, encoding: str) -> tuple[bytes, bool]:
    head = b""
    for chunk, done in normalised(path, encoding, chunk_bytes=_HEAD_BYTES):
        head += chunk
        if b"\n" in head and len(head) >= _HEAD_BYTES:
            return head, done >= path.stat().st_size
        if len(head) > MAX_LINE_BYTES:
            raise UploadRefused(
                f"The first line is longer than {MAX_LINE_BYTES >> 20} MiB. "
                "Check that the file is a table with one row in each line."
            )
    return head, True


def _check_width(width: int) -> None:
    if width > MAX_COLUMNS:
        raise UploadRefused(
            f"The file has {width:,} columns; at most {MAX_COLUMNS:,} are possible. "
            "Export only the columns that you need, or one row for each value with its name beside it."
        )


def _width_of(path: Path, options: ReadOptions) -> int:
    """The number of columns under a delimiter that somebody chose."""
    heading = read_heading(path, options)
    head, is_whole = _head(path, options.encoding)
    rows = rows_of(head[heading.end :], dialect_of(options), is_whole=is_whole)
    widths = [len(row.cells) for row in rows] or [len(row) for row in heading.rows]
    if not widths:
        raise UploadRefused("The file has no rows below the heading. Choose another heading line.")
    width = max(set(widths), key=lambda width: (widths.count(width), width))
    _check_width(width)
    return width


def _names(path: Path, options: ReadOptions, width: int) -> list[ColumnName]:
    heading = read_heading(path, options).rows
    return column_names(heading or [[""] * width], width)


def _with_delimited_columns(path: Path, options: ReadOptions, width: int) -> ReadOptions:
    return _with_columns(options, _names(path, options, width), sample_delimited(path, options, width))


def _with_columns(options: ReadOptions, found: list[ColumnName], sample: pl.DataFrame) -> ReadOptions:
    style = NumberStyle(options.decimal_comma, options.thousands)
    kinds = kinds_of(sample, [column.source for column in found], style, options.date_order)
    signs = sample.select(pl.all().str.contains("[€$£%]").any())
    columns = [
        _column(
            column if column.unit or not signs.item(0, cells.name) else column._replace(unit=_sign_of(cells)),
            kind,
            is_kept=bool(column.source) or not _is_blank(cells),
        )
        for column, kind, cells in zip(found, kinds, sample.get_columns(), strict=True)
    ]
    columns = _with_times_of_day(columns)
    if not any(column.is_kept for column in columns):
        columns = [msgspec.structs.replace(column, is_kept=True) for column in columns]
    return msgspec.structs.replace(options, columns=tuple(columns))


def _sign_of(cells: pl.Series) -> str | None:
    """The sign that the numbers of a column carry, when it is one."""
    found = signs_of(cells)
    return found[0] if len(found) == 1 else None


def _with_times_of_day(columns: list[ColumnOptions]) -> list[ColumnOptions]:
    """Loggers often write day and time of day side by side; only together they are an instant."""
    pairs = [
        place
        for place, (day, clock) in enumerate(pairwise(columns))
        if day.kind == Kind.DATE and clock.kind == Kind.TIME
    ]
    if len(pairs) != 1:
        return columns
    place = pairs[0]
    day, clock = columns[place], columns[place + 1]
    return [
        *columns[:place],
        msgspec.structs.replace(day, kind=Kind.TIMESTAMP, time_from=clock.name),
        msgspec.structs.replace(clock, is_kept=False, is_guess=False),
        *columns[place + 2 :],
    ]


def _is_blank(cells: pl.Series) -> bool:
    return not (cells.str.strip_chars().str.len_bytes() > 0).any()


def _column(found: ColumnName, kind: Kind, *, is_kept: bool = True) -> ColumnOptions:
    return ColumnOptions(
        name=found.name,
        source=found.source[:1_000],
        kind=kind,
        unit=found.unit if kind in {Kind.NUMBER, Kind.INTEGER} else None,
        zone=_zone_of_heading(found.source) if kind == Kind.TIMESTAMP else None,
        is_kept=is_kept,
        is_guess=True,
    )


def _zone_of_heading(heading: str) -> str | None:
    """UTC, or whole hours from it, where a heading says so and names no other clock beside it."""
    match = _NAMED_ZONE.search(heading)
    if match is None or _OTHER_CLOCK.search(heading):
        return None
    if match["minutes"] not in {None, "00"}:
        # Half hours have no name without a place; the preview asks for one.
        return None
    if match["hours"] is None or int(match["hours"]) == 0:
        return "UTC"
    # The signs of these names are the other way round, as in POSIX.
    zone = f"Etc/GMT{'-' if match['sign'] == '+' else '+'}{int(match['hours'])}"
    return zone if is_zone(zone) else None


def _with_json_columns(path: Path, options: ReadOptions) -> ReadOptions:
    keys = keys_of(path, options.encoding)
    shown = names.unique([unit_of_heading(key).name for key in keys])
    columns = [
        ColumnOptions(name=name, source=key, kind=Kind.TEXT, is_guess=True)
        for name, key in zip(shown, keys, strict=True)
    ]
    options = msgspec.structs.replace(options, columns=tuple(columns))
    frames: list[pl.DataFrame] = []
    for batch in JsonLinesReader(path, options).batches():
        frames.append(batch.frame)
        if sum(frame.height for frame in frames) >= _JSON_ROWS:
            break
    sample = pl.concat(frames)
    options = msgspec.structs.replace(options, date_order=date_order(sample).order)
    found = [ColumnName(key, name, unit_of_heading(key).unit) for name, key in zip(shown, keys, strict=True)]
    return _with_columns(options, found, sample)


def _with_parquet_columns(path: Path, options: ReadOptions) -> ReadOptions:
    found = parquet_columns(path)
    named = column_names([[column.name for column in found]], len(found))
    columns = tuple(
        msgspec.structs.replace(_column(name, column.kind), is_guess=False)
        for name, column in zip(named, found, strict=True)
    )
    return msgspec.structs.replace(options, columns=columns)


def _detect_sheet(path: Path, sheet: str | None) -> ReadOptions:
    options = ReadOptions(format=FileFormat.XLSX, sheet=sheet, header_row=None)
    rows = _head_of_sheet(path, options)
    layout = layout_of(_even(rows))
    options = msgspec.structs.replace(options, header_row=layout.header_row, header_lines=layout.header_lines)
    order = date_order(_sheet_sample(rows, options, layout.width)).order
    return _with_sheet_columns(rows, msgspec.structs.replace(options, date_order=order))


def _head_of_sheet(path: Path, options: ReadOptions) -> list[Row]:
    rows = [
        Row(row.number, [cell or "" for cell in row.cells])
        for row in islice(sheet_rows(path, options.sheet, decimal_comma=options.decimal_comma), _SHEET_ROWS)
        if row.cells
    ]
    if not rows:
        raise UploadRefused("The sheet is empty. Choose another sheet, or upload another file.")
    _check_width(max(len(row.cells) for row in rows))
    return rows


def _even(rows: list[Row]) -> list[Row]:
    """Sheets leave out blank cells at the end of a row, which says nothing about the width."""
    widest = max(len(row.cells) for row in rows)
    return [Row(row.number, [*row.cells, *[""] * (widest - len(row.cells))]) for row in rows]


def _with_sheet_columns(rows: list[Row], options: ReadOptions) -> ReadOptions:
    width = max(len(row.cells) for row in rows)
    first = options.header_row or 0
    heading = [row.cells for row in _even(rows) if first <= row.number < first + options.header_lines]
    found = column_names(heading or [[""] * width], width)
    return _with_columns(options, found, _sheet_sample(rows, options, width))


def _sheet_sample(rows: list[Row], options: ReadOptions, width: int) -> pl.DataFrame:
    first = 0 if options.header_row is None else options.header_row + options.header_lines
    data = [row.cells for row in _even(rows) if row.number >= first]
    return pl.DataFrame(
        {
            str(place): pl.Series([row[place] or None for row in data], dtype=pl.String)
            for place in range(width)
        }
    )
