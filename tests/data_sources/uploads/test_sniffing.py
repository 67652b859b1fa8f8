import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from gridlens.data_sources.uploads import FileFormat, UploadRefused, sniff

Write = Callable[..., Path]


@pytest.mark.parametrize(
    "content",
    [
        b"time,load\n2024-01-01,1\n",
        b"one column\n1\n",
        b"\xef\xbb\xbfa;b\n1;2\n",
        "Zeit;Wert\n1;2\n".encode("utf-16"),
        "Zähler;Wert\n1;2\n".encode("latin-1"),
        b"CDF;ORC\n1;2\n",
        b"[MW];[kWh]\n1;2\n",
        b"{a};{b}\n1;2\n",
        b"load\0,1\n" + b"1,2\n" * 50,
    ],
)
def test_text_is_taken_for_a_table_of_fields(write: Write, content: bytes) -> None:
    assert sniff(write(content), "readings.csv") == FileFormat.CSV


def test_the_content_counts_and_not_the_name(write: Write, tmp_path: Path) -> None:
    pl.DataFrame({"a": [1]}).write_parquet(tmp_path / "really.csv")
    pl.DataFrame({"a": [1]}).write_excel(tmp_path / "book.csv")

    assert sniff(tmp_path / "really.csv", "really.csv") == FileFormat.PARQUET
    assert sniff(tmp_path / "book.csv", "book.csv") == FileFormat.XLSX
    assert sniff(write(b'{"a": 1}\n{"a": 2}\n'), "lines.csv") == FileFormat.JSON_LINES


def archive(**members: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        for name, content in members.items():
            file.writestr(name.replace("__", "/").replace("_", "."), content)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b"\n\n  \r\n", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"\0" * 5_000, "NUL"),
        (bytes(range(256)) * 40, "binary"),
        (b"\x1f\x8b\x08\0\0", "gzip"),
        (b"7z\xbc\xaf\x27\x1c\0\0", "7-Zip"),
        (b"x" * 257 + b"ustar\0" + b"0" * 600, "tar"),
        (b"SQLite format 3\0" + b"\0" * 100, "SQLite"),
        (b"12345678DUCK" + b"\0" * 100, "DuckDB"),
        (b"%PDF-1.7\n%\xe2\xe3", "PDF"),
        (b"\x89PNG\r\n\x1a\n", "picture"),
        (b"PARE" + b"\0" * 100, "encrypted"),
        (b"PAR1" + b"\0" * 100, "not complete"),
        (b"PAR1\xff\xff\xff\x7fPAR1", "not complete"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 100, "old Excel"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "password"),
        (b"<!DOCTYPE html><html><body>Sign in first</body></html>", "web page"),
        (b"\n <table><tr><td>1</td></tr></table>", "web page"),
        (b'<?xml version="1.0"?><a/>', "web page or an XML"),
        (b'[{"a": 1}, {"a": 2}]', "JSON list"),
        (b'{\n  "a": 1\n}\n', "several lines"),
        (archive(data_csv=b"a,b\n1,2\n"), "zip archive"),
        (archive(xl__workbook_bin=b"", _Content_Types__xml=b""), "xlsb"),
        (archive(mimetype=b"application/vnd.oasis", content_xml=b"<a/>"), "OpenDocument"),
        (archive(word__document_xml=b"<a/>"), "text document"),
        (archive(data_csv=b"a,b\n1,2\n")[:-30], "damaged"),
    ],
)
def test_what_is_no_table_is_refused_with_what_it_is(write: Write, content: bytes, reason: str) -> None:
    with pytest.raises(UploadRefused, match=reason) as refused:
        sniff(write(content), "C:\\reports\\readings.csv")

    assert refused.value.detail.endswith(".")
    assert len(refused.value.detail.split(". ")) >= 2, "a refusal says what to do next"
