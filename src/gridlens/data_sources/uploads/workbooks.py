"""What a workbook's zip directory promises, checked before anything is unpacked."""

import zipfile
import zlib
from pathlib import Path
from xml.parsers import expat

from gridlens.data_sources.uploads.errors import UploadRefused
from gridlens.data_sources.uploads.limits import MAX_RATIO

_SMALL_BYTES = 64 << 20
_LARGEST_BYTES = 2 << 30
_MAX_MEMBERS = 5_000
# These are held in memory as a whole, unlike the sheets.
_LARGEST_PART = {"xl/sharedStrings.xml": 64 << 20, "xl/styles.xml": 8 << 20}
_LARGEST_OTHER_PART = 16 << 20
_ZIP_ERRORS = (
    zipfile.BadZipFile,
    zlib.error,
    NotImplementedError,
    EOFError,
    OSError,
    ValueError,
    RuntimeError,
)
_SAVE_AS = "Save it as .xlsx (Excel workbook) and upload that."


def check_workbook(path: Path) -> None:
    """Refuse every zip file that is not a plain, modest, unlocked workbook."""
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
            _check_kind({member.filename for member in members})
            _check_members(members, path.stat().st_size)
            for member in members:
                if member.filename.endswith((".xml", ".rels", ".vml")):
                    _check_prolog(archive, member)
    except UploadRefused:
        raise
    except _ZIP_ERRORS as error:
        raise _damaged(str(error)) from error


def _damaged(reason: str) -> UploadRefused:
    return UploadRefused(
        f"The workbook is damaged or was not uploaded completely ({reason}). "
        "Open it in a spreadsheet program, save it anew and upload that."
    )


def _check_kind(names: set[str]) -> None:
    if "xl/workbook.xml" in names and "[Content_Types].xml" in names:
        return
    if "xl/workbook.bin" in names:
        raise UploadRefused(f"This is a binary workbook (.xlsb). {_SAVE_AS}")
    if "content.xml" in names and "mimetype" in names:
        raise UploadRefused(f"This is an OpenDocument file. {_SAVE_AS}")
    if "word/document.xml" in names or "ppt/presentation.xml" in names:
        raise UploadRefused("This is a text document or a presentation. Upload its table as .xlsx or CSV.")
    raise UploadRefused("This is a zip archive. Unpack it and upload the files inside one by one.")


def _check_members(members: list[zipfile.ZipInfo], size: int) -> None:
    if len(members) > _MAX_MEMBERS:
        raise UploadRefused(f"The workbook has {len(members):,} parts. Keep only the sheets with data.")
    if len({member.filename for member in members}) < len(members):
        raise _damaged("two parts have the same name")
    unpacked = sum(member.file_size for member in members)
    if unpacked > _LARGEST_BYTES or (unpacked > _SMALL_BYTES and unpacked > MAX_RATIO * size):
        raise UploadRefused(
            f"The workbook unpacks from {size / 1e6:,.1f} to {unpacked / 1e6:,.0f} MB. "
            "Save the sheet as CSV and upload that."
        )
    for member in members:
        name = member.filename
        if name.startswith("/") or "\\" in name or ".." in name.split("/") or "\0" in member.orig_filename:
            raise _damaged("a part has a path for a name")
        if member.flag_bits & 0x1:
            raise UploadRefused("The workbook is encrypted. Remove its password and upload it again.")
        is_sheet = name.startswith("xl/worksheets/")
        if name.endswith(".xml") and not is_sheet:
            largest = _LARGEST_PART.get(name, _LARGEST_OTHER_PART)
            if member.file_size > largest:
                raise UploadRefused(
                    f"The workbook's {name.rpartition('/')[2]} alone has {member.file_size / 1e6:,.0f} MB. "
                    "Save the sheet as CSV and upload that."
                )
    _check_overlap(members, size)


def _check_overlap(members: list[zipfile.ZipInfo], size: int) -> None:
    """Parts that share bytes unfold one small file many times over."""
    end = 0
    for member in sorted(members, key=lambda member: member.header_offset):
        if member.header_offset < end:
            raise _damaged("its parts overlap")
        end = member.header_offset + 30 + len(member.orig_filename) + member.compress_size
    if end > size:
        raise _damaged("a part goes on past the end")


class _RootReached(Exception):
    pass


def _check_prolog(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> None:
    """Refuse a document type before the root element: spreadsheets have none, attacks do."""
    parser = expat.ParserCreate()

    def refuse(*_: object) -> None:
        raise _damaged(f"{member.filename} declares a document type, which no spreadsheet needs")

    def stop(*_: object) -> None:
        raise _RootReached

    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = stop
    with archive.open(member) as part:
        try:
            while chunk := part.read(4_096):
                parser.Parse(chunk)
            parser.Parse(
                b"", True
            )  # some releases of expat look at a long token only when told it is the end
        except _RootReached:
            return
        except expat.ExpatError as error:
            raise _damaged(f"{member.filename}: {error}") from error
