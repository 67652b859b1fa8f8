"""A result as a file that is sent while it is made."""

import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from litestar.openapi.datastructures import ResponseSpec
from litestar.openapi.spec import OpenAPIResponse, Operation
from litestar.response import Stream

from gridlens.analytics.exporting.files import MEDIA_TYPES, csv_parts, file_parts
from gridlens.analytics.exporting.streams import RowStream, spooled
from gridlens.analytics.schemas import FileFormat

LONGEST_NAME = 80
_NO_NAME = re.compile(r"[^\w .\-]+")

FILE = {
    200: ResponseSpec(
        data_container=bytes,
        description="The file, under the name in Content-Disposition.",
        media_type=MEDIA_TYPES["csv"],
        generate_examples=False,
    )
}


@dataclass
class SendsFile(Operation):
    """Told with the type of every format, where Litestar knows of one type for an answer."""

    def __post_init__(self) -> None:
        told = (self.responses or {}).get("200")
        if isinstance(told, OpenAPIResponse) and told.content:
            [whole] = told.content.values()
            told.content = dict.fromkeys(MEDIA_TYPES.values(), whole)


async def file_of(rows: RowStream, file_format: FileFormat, name: str, folder: Path) -> Stream:
    """Every row or none: a file that were cut would not say so.

    CSV is on its way while its last rows are still read; what goes wrong then breaks the download off.
    """
    if file_format == "csv":
        parts = spooled(csv_parts(rows), folder)
    else:
        parts = await file_parts(rows, file_format, folder)
    return Stream(
        parts,
        media_type=MEDIA_TYPES[file_format],
        headers={"Content-Disposition": disposition(name, file_format)},
    )


def disposition(name: str, file_format: str) -> str:
    """The header that names a download; a name cannot leave it."""
    clean = " ".join(_NO_NAME.sub(" ", name).split()).strip(" .")[:LONGEST_NAME] or "result"
    plain = clean.encode("ascii", "ignore").decode().strip() or "result"
    return (
        f"attachment; filename=\"{plain}.{file_format}\"; filename*=UTF-8''{quote(f'{clean}.{file_format}')}"
    )
