"""A result as a file that is sent while it is made."""

import re
from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import quote

from litestar.openapi.datastructures import ResponseSpec
from litestar.response import Stream

from gridlens.analytics.errors import ResultTooLarge
from gridlens.analytics.exporting.files import MEDIA_TYPES, csv_parts, file_parts
from gridlens.analytics.schemas import FileFormat
from gridlens.shared.results import ResultSet

LONGEST_NAME = 80
_NO_NAME = re.compile(r"[^\w .\-]+")

FILE = {
    200: ResponseSpec(
        data_container=bytes,
        description="The file, under the name in Content-Disposition.",
        media_type="application/octet-stream",
        generate_examples=False,
    )
}


async def file_of(result: ResultSet, file_format: FileFormat, name: str, folder: Path) -> Stream:
    """Every row or none: a file that were cut would not say so."""
    if result.is_cut:
        raise ResultTooLarge(
            f"The result has more than {result.row_limit:,} rows. Narrow the time range or ask for totals, "
            "so that the file holds all of it."
        )
    parts: AsyncIterator[bytes]
    if file_format == "csv":
        parts = csv_parts(result)
    else:
        parts = await file_parts(result, file_format, folder)
    return Stream(
        parts,
        media_type=MEDIA_TYPES[file_format],
        headers={"Content-Disposition": _disposition(name, file_format)},
    )


def _disposition(name: str, file_format: str) -> str:
    clean = " ".join(_NO_NAME.sub(" ", name).split()).strip(" .")[:LONGEST_NAME] or "result"
    plain = clean.encode("ascii", "ignore").decode().strip() or "result"
    return (
        f"attachment; filename=\"{plain}.{file_format}\"; filename*=UTF-8''{quote(f'{clean}.{file_format}')}"
    )
