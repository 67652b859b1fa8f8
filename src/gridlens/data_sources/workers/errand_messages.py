"""What the server sends a worker for with uploaded files, and what comes back."""

import msgspec

from gridlens.data_sources.uploads import ReadOptions
from gridlens.data_sources.uploads.importing import IfExists, OnBadRow


class LookAt(msgspec.Struct, frozen=True, kw_only=True, tag="look_at"):
    """Find out how an uploaded file is to be read, and show its first rows."""

    path: str
    file_name: str
    rows: int
    sheet: str | None = None


class ShowAs(msgspec.Struct, frozen=True, kw_only=True, tag="show_as"):
    """Show the first rows of an uploaded file, read as somebody says."""

    path: str
    options: ReadOptions
    rows: int


class Import(msgspec.Struct, frozen=True, kw_only=True, tag="import"):
    """Copy the database file ``base``, where there is one, to ``into`` and add a table to it."""

    path: str
    options: ReadOptions
    base: str | None
    into: str
    table: str
    on_bad_row: OnBadRow
    if_exists: IfExists


class Drop(msgspec.Struct, frozen=True, kw_only=True, tag="drop"):
    """Copy the database file ``base`` to ``into`` without one of its tables."""

    base: str
    into: str
    table: str


class Progress(msgspec.Struct, frozen=True, kw_only=True, tag="progress"):
    """How much of how much was read, in the units of the file's format."""

    done: int
    total: int


class Finished(msgspec.Struct, frozen=True, kw_only=True, tag="finished"):
    """What came of an errand follows as MessagePack."""


class Refused(msgspec.Struct, frozen=True, kw_only=True, tag="refused"):
    """Why an errand was not done; ``kind`` is that of the error, ``extra`` its further members as JSON."""

    kind: str
    detail: str
    fields: dict[str, str] = {}
    extra: bytes = b"{}"


Errand = LookAt | ShowAs | Import | Drop
Report = Progress | Finished | Refused
