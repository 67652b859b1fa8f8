"""The rows of a file on their way: in parts, and never all of them in memory."""

import asyncio
import os
import tempfile
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from gridlens.shared.results import Column, ResultSet

TableName = tuple[str | None, str]
"""Schema and name."""
MOST_EXPORTED_ROWS = 1_000_000_000
ROWS_AT_ONCE = 20_000
BYTES_AT_ONCE = 256 * 1024


@dataclass(frozen=True, slots=True)
class RowStream:
    """Columns as far as they are known, and their rows in parts, at least one; times are aware UTC.

    ``rights`` are those the rows were read with, and ``tables`` what they were read from.
    """

    columns: tuple[Column, ...]
    zone: str
    source_name: str
    parts: AsyncGenerator[pl.DataFrame, None]
    rights: str = ""
    tables: tuple[TableName, ...] = ()

    @classmethod
    def of(cls, result: ResultSet) -> "RowStream":
        """Rows that are in memory already."""
        return cls(result.columns, result.zone, result.source_name, _slices(result.frame))


@dataclass(slots=True)
class Written:
    """How far a file is: ``rows`` of ``row_count``, which nobody knows before all have been read.

    The one who reads it may ask that the writing ends.
    """

    rows: int = 0
    row_count: int | None = None
    size_bytes: int = 0
    is_stopped: bool = False


async def counted(
    parts: AsyncGenerator[pl.DataFrame, None], written: Written
) -> AsyncGenerator[pl.DataFrame, None]:
    """The same parts; each counts once it has been dealt with."""
    async with aclosing(parts):
        async for part in parts:
            yield part
            written.rows += part.height


async def _slices(frame: pl.DataFrame) -> AsyncGenerator[pl.DataFrame, None]:
    for start in range(0, max(frame.height, 1), ROWS_AT_ONCE):
        yield frame.slice(start, ROWS_AT_ONCE)


def make_folder(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)


async def spooled(parts: AsyncGenerator[bytes, None], folder: Path) -> AsyncGenerator[bytes, None]:
    """What ``parts`` makes, by way of a file without a name.

    A reader with a slow connection so holds up the disk, and not the source that the rows come from.
    """
    make_folder(folder)
    with tempfile.TemporaryFile(dir=folder) as file:
        written = 0
        more = asyncio.Event()

        async def write() -> None:
            nonlocal written
            try:
                async with aclosing(parts) as made:
                    async for part in made:
                        await asyncio.to_thread(file.write, part)
                        await asyncio.to_thread(file.flush)
                        written += len(part)
                        more.set()
            finally:
                more.set()

        writing = asyncio.create_task(write())
        read = 0
        try:
            while True:
                more.clear()
                is_whole = writing.done()
                while read < written:
                    most = min(BYTES_AT_ONCE, written - read)
                    piece = await asyncio.to_thread(os.pread, file.fileno(), most, read)
                    read += len(piece)
                    yield piece
                if is_whole:
                    await writing  # raises what went wrong, which breaks the download off
                    return
                if read == written:
                    await more.wait()
        finally:
            writing.cancel()
            await asyncio.gather(writing, return_exceptions=True)


async def first_then(
    first: pl.DataFrame, rest: AsyncGenerator[pl.DataFrame, None]
) -> AsyncGenerator[pl.DataFrame, None]:
    async with aclosing(rest):
        yield first
        async for part in rest:
            yield part


async def numbered(
    parts: AsyncGenerator[pl.DataFrame, None],
) -> AsyncGenerator[tuple[int, pl.DataFrame], None]:
    number = 0
    async with aclosing(parts):
        async for part in parts:
            yield number, part
            number += 1
