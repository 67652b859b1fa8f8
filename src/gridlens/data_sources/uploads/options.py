"""How a file is to be read: what was detected, and what a person corrected."""

from enum import StrEnum
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

import msgspec
from msgspec import Meta

from gridlens.data_sources.uploads.errors import UploadRefused
from gridlens.data_sources.uploads.limits import MAX_COLUMNS, MAX_NAME_LENGTH
from gridlens.shared.results import Kind


class FileFormat(StrEnum):
    """What a file holds, whatever its name says. CSV stands for text with any delimiter."""

    CSV = "csv"
    JSON_LINES = "json_lines"
    PARQUET = "parquet"
    XLSX = "xlsx"


class DateOrder(StrEnum):
    """In which order a date names year, month and day; a date that begins with four digits is always YMD."""

    YMD = "ymd"
    DMY = "dmy"
    MDY = "mdy"


# Only real character sets: Python's codecs also include compressors and escapes.
ENCODINGS = (
    "utf-8",
    "utf-16-le",
    "utf-16-be",
    "utf-32-le",
    "utf-32-be",
    *(f"windows-{number}" for number in range(1250, 1259)),
    *(f"iso-8859-{number}" for number in (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 13, 14, 15, 16)),
    "cp437",
    "cp850",
    "cp852",
    "cp866",
    "mac-roman",
    "koi8-r",
    "koi8-u",
    "gb18030",
    "big5",
    "shift_jis",
    "euc-jp",
    "euc-kr",
)

Zone = Annotated[str, Meta(min_length=1, max_length=64, pattern=r"^[A-Za-z0-9_+/-]+$")]
Text = Annotated[str, Meta(max_length=1_000)]


class ColumnOptions(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename="camel"):
    """One column: ``source`` is its heading in the file, ``name`` what the table will call it.

    ``zone`` overrides the file's zone for naive times. ``time_from`` names the column with the time of day
    that belongs to the dates in this one. ``is_kept`` drops the column when false, and ``is_guess`` allows an
    integer column to become a number column when decimals turn up later.
    """

    name: Annotated[str, Meta(min_length=1, max_length=MAX_NAME_LENGTH)]
    kind: Kind
    source: Text = ""
    unit: Annotated[str, Meta(max_length=40)] | None = None
    description: Text | None = None
    zone: Zone | None = None
    time_from: Annotated[str, Meta(min_length=1, max_length=MAX_NAME_LENGTH)] | None = None
    is_kept: bool = True
    is_guess: bool = False


class ReadOptions(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename="camel"):
    """Everything that decides how a file's bytes become rows.

    ``header_row`` is the line (CSV) or sheet row the heading starts in, counted from 1; none when there is
    no heading. ``header_lines`` counts the rows of a heading with several levels, such as names over units.
    ``zone`` is the zone of times written without an offset; UTC when unknown. ``null_words`` mean "missing"
    in every column. Empty ``columns`` are found out from the file.
    """

    format: FileFormat
    encoding: Annotated[str, Meta(max_length=20)] = "utf-8"
    delimiter: Annotated[str, Meta(min_length=1, max_length=1)] = ","
    quote: Annotated[str, Meta(max_length=1)] = '"'
    decimal_comma: bool = False
    thousands: Literal["", ",", ".", " ", "'"] = ""
    header_row: Annotated[int, Meta(ge=1, le=10_000)] | None = 1
    header_lines: Annotated[int, Meta(ge=1, le=4)] = 1
    date_order: DateOrder = DateOrder.YMD
    zone: Zone | None = None
    sheet: Annotated[str, Meta(max_length=64)] | None = None
    null_words: Annotated[tuple[Annotated[str, Meta(max_length=64)], ...], Meta(max_length=100)] = ()
    columns: Annotated[tuple[ColumnOptions, ...], Meta(max_length=MAX_COLUMNS)] = ()


def check(options: ReadOptions) -> None:
    """Refuse what no single field can rule out by itself."""
    wrong: dict[str, str] = {}
    if options.encoding not in ENCODINGS:
        wrong["encoding"] = f"Choose one of {', '.join(ENCODINGS)}."
    if not (
        options.delimiter == "\t" or (" " <= options.delimiter <= "~" and not options.delimiter.isalnum())
    ):
        wrong["delimiter"] = "Choose a tab or a punctuation mark."
    if options.quote and (not "!" <= options.quote <= "~" or options.quote.isalnum()):
        wrong["quote"] = "Choose a punctuation mark, or leave it empty."
    if options.quote == options.delimiter:
        wrong["quote"] = "Delimiter and quote must differ."
    decimal = "," if options.decimal_comma else "."
    if options.thousands == decimal:
        wrong["thousands"] = "Decimal and thousands separators must differ."
    zones = {options.zone, *(column.zone for column in options.columns)} - {None}
    if unknown := sorted(zone for zone in zones if zone and not is_zone(zone)):
        wrong["zone"] = f"{unknown[0]} is not a known time zone; use a name such as Europe/Madrid."
    names = [column.name.casefold() for column in options.columns if column.is_kept]
    if len(set(names)) < len(names):
        wrong["columns"] = "Two columns have the same name; give each its own."
    all_names = {column.name for column in options.columns}
    if any(column.time_from not in {None, *all_names - {column.name}} for column in options.columns):
        wrong["columns"] = "A time of day is taken from a column that there is not; choose another."
    if options.columns and not names:
        wrong["columns"] = "Keep at least one column."
    if wrong:
        raise UploadRefused("These settings do not fit together. " + " ".join(wrong.values()), fields=wrong)


def is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return False
    return True
