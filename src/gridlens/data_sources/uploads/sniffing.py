"""What a file is, by its content; its name is only used to speak of it."""

import re
from pathlib import Path
from typing import NamedTuple

from gridlens.data_sources.uploads.errors import UploadRefused
from gridlens.data_sources.uploads.json_lines import members
from gridlens.data_sources.uploads.options import FileFormat
from gridlens.data_sources.uploads.text import guess_encoding, normalised
from gridlens.data_sources.uploads.workbooks import check_workbook

_HEAD_BYTES = 64 << 10
_EXPORT = "Export the table as CSV, JSON lines, Parquet or .xlsx and upload that."
_UNPACK = "Unpack it and upload the file inside."
_CONNECT = "Connect it as a data source instead of uploading it."

_SIGNATURES = (
    (b"\x1f\x8b", f"This is a gzip archive. {_UNPACK}"),
    *((b"BZh%d1AY&SY" % level, f"This is a bzip2 archive. {_UNPACK}") for level in range(1, 10)),
    (b"\xfd7zXZ\x00", f"This is an xz archive. {_UNPACK}"),
    (b"\x28\xb5\x2f\xfd", f"This is a zstd archive. {_UNPACK}"),
    (b"7z\xbc\xaf\x27\x1c", f"This is a 7-Zip archive. {_UNPACK}"),
    (b"Rar!\x1a\x07", f"This is a RAR archive. {_UNPACK}"),
    (b"PK\x05\x06", "This is an empty zip archive. Upload the file itself."),
    (b"SQLite format 3\x00", f"This is a SQLite database. {_CONNECT}"),
    (b"%PDF-", f"This is a PDF. {_EXPORT}"),
    (b"\x89PNG", f"This is a picture. {_EXPORT}"),
    (b"\xff\xd8\xff", f"This is a picture. {_EXPORT}"),
    (b"GIF87a", f"This is a picture. {_EXPORT}"),
    (b"GIF89a", f"This is a picture. {_EXPORT}"),
    (b"{\\rtf", f"This is a text document. {_EXPORT}"),
    (b"Obj\x01", f"This is an Avro file. {_EXPORT}"),
    (b"ARROW1\x00", f"This is an Arrow file. {_EXPORT}"),
    (b"FEA1", f"This is a Feather file. {_EXPORT}"),
    (b"\x89HDF", f"This is an HDF5 file. {_EXPORT}"),
    (b"CDF\x01", f"This is a NetCDF file. {_EXPORT}"),
    (b"CDF\x02", f"This is a NetCDF file. {_EXPORT}"),
    (b"\x7fELF", f"This is a program. {_EXPORT}"),
    (b"MZ\x90\x00", f"This is a program. {_EXPORT}"),
    (b"PARE", "This Parquet file is encrypted. Export it without encryption."),
)
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MARKUP = re.compile(rb"\s*(?:<!doctype html|<html|<table|<\?xml|<head|<body|<div)", re.IGNORECASE)
# A logger that lost power leaves a few of these; a table with more is none.
_TOLERATED_CONTROLS = 0.02
_CONTROL = bytes(set(range(32)) - set(b"\t\n\r\f\x1a\x1b")) + b"\x7f"


class Recognised(NamedTuple):
    format: FileFormat
    encoding: str


def sniff(path: Path, filename: str) -> FileFormat:
    """The format of the file's content; refuses what is no table, saying what it is instead."""
    return recognise(path, filename).format


def recognise(path: Path, filename: str) -> Recognised:
    """The format with the encoding, which is found out on the way and takes a look at every byte."""
    with path.open("rb") as file:
        head = file.read(_HEAD_BYTES)
        file.seek(max(0, path.stat().st_size - 8))
        tail = file.read(8)
    if not head:
        raise UploadRefused(f"“{_shown(filename)}” is empty. Check the export and upload it again.")
    for signature, reason in _SIGNATURES:
        if head.startswith(signature):
            raise UploadRefused(reason)
    if head.startswith(b"PAR1"):
        _check_parquet_frame(path, tail)
        return Recognised(FileFormat.PARQUET, "utf-8")
    if head.startswith(b"PK\x03\x04"):
        check_workbook(path)
        return Recognised(FileFormat.XLSX, "utf-8")
    if head.startswith(_OLD_OFFICE):
        raise UploadRefused(_old_office(path))
    if head[8:12] == b"DUCK":
        raise UploadRefused(f"This is a DuckDB database. {_CONNECT}")
    if head[257:262] == b"ustar":
        raise UploadRefused(f"This is a tar archive. {_UNPACK}")
    encoding = guess_encoding(path)
    return Recognised(_sniff_text(path, encoding, filename), encoding)


def _check_parquet_frame(path: Path, tail: bytes) -> None:
    footer = int.from_bytes(tail[:4], "little")
    if tail[4:] != b"PAR1" or footer + 12 > path.stat().st_size:
        raise UploadRefused(
            "The Parquet file is not complete: its end is missing. Upload it again, or export it again."
        )


def _old_office(path: Path) -> str:
    with path.open("rb") as file:
        start = file.read(1 << 20)
    if "EncryptedPackage".encode("utf-16-le") in start:
        return "The workbook is protected with a password. Remove the password and upload it again."
    return "This is an old Excel workbook (.xls) or Office file. Save it as .xlsx and upload that."


def _sniff_text(path: Path, encoding: str, filename: str) -> FileFormat:
    text = b""
    for chunk, _ in normalised(path, encoding, chunk_bytes=_HEAD_BYTES):
        text += chunk
        if text.strip() and len(text) >= _HEAD_BYTES:
            break
        # Only blank text is worth reading on, and not for ever.
        text = text[-_HEAD_BYTES:]
    if not text.strip(b" \t\n\0\f\x1a"):
        what = "holds nothing but NUL bytes: it was damaged" if b"\0" in text else "is empty"
        raise UploadRefused(f"“{_shown(filename)}” {what}. Check the export and upload it again.")
    signs = len(text.decode("utf-8", "replace"))
    # One stray byte is damage to be shown in its row, however short the file is.
    if len(text) - len(text.translate(None, _CONTROL)) > max(1, _TOLERATED_CONTROLS * signs):
        raise UploadRefused(f"“{_shown(filename)}” is not a table but a binary file. {_EXPORT}")
    if _MARKUP.match(text):
        raise UploadRefused(
            "This is a web page or an XML file, perhaps saved under another name. "
            "Open it in a spreadsheet program, save it as .xlsx or CSV and upload that."
        )
    return _sniff_json(text) or FileFormat.CSV


def _sniff_json(text: bytes) -> FileFormat | None:
    start = text.lstrip()
    if start.startswith(b"{"):
        first = start.partition(b"\n")[0]
        try:
            members(first)
        except ValueError:
            # A cut line is no proof; a brace on a line of its own is a document over several lines.
            if re.match(rb'\{\s*(?:"|$)', first):
                # A first object that ends in its line and cannot be read is a bad row like any other.
                if len(first) >= _HEAD_BYTES // 2 or first.rstrip().endswith(b"}"):
                    return FileFormat.JSON_LINES
                raise UploadRefused(
                    "This is one JSON document over several lines. "
                    "Export one object in each line (JSON lines) and upload that."
                ) from None
            return None
        return FileFormat.JSON_LINES
    if re.match(rb"\[\s*(?:\{|\[)", start):
        raise UploadRefused(
            "This is one JSON list. Export one object in each line (JSON lines) and upload that."
        )
    return None


def _shown(filename: str) -> str:
    return filename.replace("\\", "/").rpartition("/")[2][:100] or "The file"
