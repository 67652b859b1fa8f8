"""What the server and its workers say to each other over a pair of pipes.

A message is two lengths, a MessagePack head and a body of raw bytes. Only the server reads what
a worker writes, and only from workers that it started itself.
"""

import struct
from typing import BinaryIO, Literal

import msgspec

LENGTHS = struct.Struct(">IQ")
LONGEST_HEAD = 16 * 1024 * 1024

FailureKind = Literal["failed", "gone", "write", "timeout", "memory", "file", "crash"]


class Fetch(msgspec.Struct, frozen=True, kw_only=True, tag="fetch"):
    """Run one statement on a database file.

    ``is_own`` marks statements of ours about the database's own tables, which a query of a
    user may not read. ``keep_open`` leaves the file open for the next statement: only for
    files that nobody else writes.
    """

    engine: Literal["duckdb", "sqlite"]
    path: str
    zone: str
    sql: str
    row_limit: int
    deadline_seconds: float
    keep_open: bool
    is_own: bool = False
    is_streamed: bool = False
    """Rows come in parts, as fast as they are taken, before the last word."""


class Release(msgspec.Struct, frozen=True, kw_only=True, tag="release"):
    """Close a file, so that it can be removed."""

    path: str


class Fetched(msgspec.Struct, frozen=True, kw_only=True, tag="fetched"):
    """The rows follow as an Arrow stream."""

    is_cut: bool
    engine_ms: float


class Part(msgspec.Struct, frozen=True, tag="part"):
    """Some of the rows follow as an Arrow stream, and there will be another message."""


class Released(msgspec.Struct, frozen=True, tag="released"):
    """The file is closed, if it was open."""


class Failed(msgspec.Struct, frozen=True, kw_only=True, tag="failed"):
    """Why there are no rows. After ``is_fatal`` the worker ends itself."""

    kind: FailureKind
    detail: str
    is_fatal: bool = False


Question = Fetch | Release
Answer = Fetched | Part | Released | Failed


def pack(head: msgspec.Struct, body: bytes | memoryview = b"") -> bytes:
    """Head and body in one piece, ready to be written."""
    encoded = msgspec.msgpack.encode(head)
    return b"".join((LENGTHS.pack(len(encoded), len(body)), encoded, body))


def write(stream: BinaryIO, head: msgspec.Struct, body: bytes | memoryview = b"") -> None:
    stream.write(pack(head, body))
    stream.flush()


def read(stream: BinaryIO) -> bytes | None:
    """The next head, still encoded; nothing at the end of the stream."""
    lengths = stream.read(LENGTHS.size)
    if len(lengths) < LENGTHS.size:
        return None
    head, _ = LENGTHS.unpack(lengths)
    return stream.read(head)
