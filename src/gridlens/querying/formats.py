"""Rows as a table for people or as bytes for programs."""

import io
import os
from collections.abc import Callable

import msgspec
import polars as pl

from gridlens.analytics.exporting.files import csv_parts
from gridlens.analytics.exporting.streams import RowStream
from gridlens.querying.answers import Outcome
from gridlens.shared.results import ResultSet

FORMATS = ("table", "csv", "json", "parquet", "arrow")
BINARY = {"parquet", "arrow"}


def as_json(outcome: Outcome) -> bytes:
    return msgspec.json.encode(outcome.answer()) + b"\n"


async def written(result: ResultSet, form: str) -> bytes:
    """A result in one of the formats."""
    match form:
        case "csv":
            return b"".join([part async for part in csv_parts(RowStream.of(result))])
        case "json":
            return as_json(Outcome(allowed=True, result=result))
        case "parquet":
            return _bytes(lambda buffer: result.frame.write_parquet(buffer, compression="zstd"))
        case "arrow":
            return _bytes(result.frame.write_ipc_stream)
        case _:
            return _table(result).encode() + b"\n"


def _bytes(write: Callable[[io.BytesIO], object]) -> bytes:
    buffer = io.BytesIO()
    write(buffer)
    return buffer.getvalue()


def _table(result: ResultSet) -> str:
    """Every row and every column, with units in the headings.

    Numbers stand there to their last digit, and control characters as signs: no data commands a terminal.
    """
    headings = {
        column.name: (f"{column.name} [{column.unit}]" if column.unit else column.name).translate(_SHOWN)
        for column in result.columns
    }
    digits = pl.selectors.float().cast(pl.String)
    texts = pl.selectors.string().str.replace_many(_CONTROLS, list(map(_shown, _CONTROLS)))
    times = [
        pl.col(name).dt.convert_time_zone(result.zone)
        for name, kind in result.frame.schema.items()
        if isinstance(kind, pl.Datetime) and kind.time_zone
    ]
    with pl.Config(
        tbl_rows=-1,
        tbl_cols=-1,
        tbl_width_chars=32_000,
        fmt_str_lengths=200,
        tbl_hide_dataframe_shape=True,
        tbl_hide_column_data_types=True,
        tbl_formatting="ASCII_MARKDOWN",
    ):
        frame = result.frame.with_columns(*times, digits, texts).rename(headings)
        return str(frame).replace("\n", os.linesep)


def _shown(control: str) -> str:
    """The sign that Unicode has for a control character."""
    return chr(0x2400 + ord(control)) if control < " " else "\u2421" if control == "\x7f" else "\ufffd"


_CONTROLS = [chr(code) for code in (*range(0x20), *range(0x7F, 0xA0))]
_SHOWN = {ord(control): _shown(control) for control in _CONTROLS}
