"""A full disk, whichever library runs into it."""

import errno

from gridlens.core.errors import Unavailable

SAID = ("no space left on device", "disk is full", "disk full")
"""What SQLite, DuckDB, Polars, PostgreSQL and MariaDB say of it, in lower case."""


class DiskFull(Unavailable):
    status = 507
    kind = "disk-full"
    title = "The disk is full"

    def __init__(self) -> None:
        super().__init__(
            "The disk of the server is full. Nothing was changed. Free some space and try again."
        )


def is_disk_full(error: BaseException) -> bool:
    """Whether this, or what caused it, is for want of room on a disk."""
    cause: BaseException | None = error
    while cause is not None:
        said = str(cause).lower()
        if getattr(cause, "errno", None) == errno.ENOSPC or any(each in said for each in SAID):
            return True
        cause = cause.__cause__ or cause.__context__
    return False
