"""Rows from all over a file, enough to judge its columns by, cheap for a large one."""

from collections.abc import Iterator
from pathlib import Path

import polars as pl

from gridlens.data_sources.uploads.batches import Batch
from gridlens.data_sources.uploads.delimited import DelimitedReader
from gridlens.data_sources.uploads.options import ReadOptions
from gridlens.data_sources.uploads.text import normalised

_WHOLE_BYTES = 4 << 20
_HEAD_BYTES = 1 << 20
_PIECE_BYTES = 192 << 10
_PIECES = 12


def sample_delimited(path: Path, options: ReadOptions, width: int) -> pl.DataFrame:
    """All rows of a small file; of a large one its beginning and pieces from there to its end."""
    size = path.stat().st_size
    if size <= _WHOLE_BYTES:
        frames = [batch.frame for batch in DelimitedReader(path, options, width).batches()]
        return _joined(frames, width)
    frames = []
    reader = DelimitedReader(path, options, width, chunk_bytes=256 << 10)
    for batch in reader.batches():
        frames.append(batch.frame)
        if batch.done >= _HEAD_BYTES:
            break
    room = size - _HEAD_BYTES - _PIECE_BYTES
    for number in range(1, _PIECES + 1):
        # Wide characters begin at multiples of their size.
        start = (_HEAD_BYTES + room * number // _PIECES) // 4 * 4
        frames.extend(batch.frame for batch in _piece(path, options, width, start))
    return _joined(frames, width)


def _piece(path: Path, options: ReadOptions, width: int, start: int) -> Iterator[Batch]:
    chunks = normalised(path, options.encoding, start=start, stop=start + _PIECE_BYTES)
    data = b"".join(chunk for chunk, _ in chunks)
    # The first line began before the piece, the last one ends after it.
    whole = data[data.find(b"\n") + 1 : data.rfind(b"\n") + 1]
    return DelimitedReader(path, options, width).batches_of(whole)


def _joined(frames: list[pl.DataFrame], width: int) -> pl.DataFrame:
    full = [frame for frame in frames if frame.height]
    if not full:
        return pl.DataFrame(schema={str(place): pl.String for place in range(width)})
    return pl.concat(full)
