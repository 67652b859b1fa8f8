"""Why a file was not taken."""

from gridlens.core.errors import Invalid, Unavailable


class UploadRefused(Invalid):
    """The file cannot be read as a table; the detail says why and what to do next."""

    kind = "upload-refused"
    title = "This file cannot be imported"


class BadRowsFound(UploadRefused):
    """Some rows do not fit and the caller chose to import all rows or none.

    ``extra`` carries ``badRowCount``, ``rowCount`` and ``badRows``, the first thousand of them.
    """

    kind = "bad-rows"
    title = "Some rows do not fit"


class StorageFull(Unavailable):
    """The disk had no room for the table; nothing of it was kept."""

    kind = "storage-full"
    title = "The disk is full"
