from collections.abc import Callable
from pathlib import Path

import pytest

from gridlens.data_sources.uploads.text import guess_encoding, normalised

Write = Callable[..., Path]


def whole(path: Path, encoding: str = "utf-8", chunk_bytes: int = 1 << 20) -> bytes:
    return b"".join(chunk for chunk, _ in normalised(path, encoding, chunk_bytes=chunk_bytes))


@pytest.mark.parametrize("size", [1, 2, 3, 5, 100])
def test_all_line_ends_become_one_wherever_chunks_end(write: Write, size: int) -> None:
    path = write(b"a\r\nb\rc\nd\r\r\ne\r")

    assert whole(path, chunk_bytes=size) == b"a\nb\nc\nd\n\ne\n"


@pytest.mark.parametrize(
    "encoding", ["utf-8-sig", "utf-16", "utf-32", "utf-16-le", "utf-16-be", "windows-1252"]
)
def test_every_encoding_comes_out_as_utf_8_without_a_mark(write: Write, encoding: str) -> None:
    text = "Zeit;Größe [°C]\r\n1;2\r\n"
    path = write(text, encoding=encoding)

    assert whole(path, guess_encoding(path), chunk_bytes=7) == text.replace("\r", "").encode()


@pytest.mark.parametrize(
    ("text", "encoding", "guess"),
    [
        ("Zeit;Zähler\n1;Köln\n", "windows-1252", "windows-1252"),
        ("Preis €/MWh\n1\n", "windows-1252", "windows-1252"),
        ("time,Temp °C\n1,2\n", "cp850", "cp850"),
        ("Время;Счетчик\n1;Москва улица Ленина\n2;Санкт-Петербург\n", "windows-1251", "windows-1251"),
        ("Время;Счетчик\n1;Москва улица Ленина\n", "koi8-r", "koi8-r"),
        ("日付;電力\n1;東京電力パワーグリッド\n", "shift_jis", "shift_jis"),
        ("日付;電力\n1;東京電力パワーグリッド\n", "utf-8", "utf-8"),
        ("Время;1\n" * 9, "utf-16-be", "utf-16-be"),
    ],
)
def test_an_encoding_is_known_by_its_text(write: Write, text: str, encoding: str, guess: str) -> None:
    assert guess_encoding(write(text, encoding=encoding)) == guess


def test_a_foreign_byte_late_in_a_large_file_is_seen(write: Write) -> None:
    path = write(b"a;b\n" * 2_000_000 + "K\xf6ln;1\n".encode("windows-1252"))

    assert guess_encoding(path) == "windows-1252"


def test_a_utf_8_file_with_one_broken_line_stays_utf_8(write: Write) -> None:
    assert guess_encoding(write("Köln;1\n".encode() * 10 + b"K\xf6ln;1\n")) == "utf-8"
    assert guess_encoding(write("Köln;1\n".encode() + b"K\xf6ln;1\n")) == "utf-8"


@pytest.mark.parametrize("content", [b"a,b\n1,\0 2", b"site,kWh\nHarbour,1\0\nFoundry,2\n", b"\0a,b\n1,2\n"])
def test_a_stray_nul_byte_is_damage_and_no_other_encoding(write: Write, content: bytes) -> None:
    assert guess_encoding(write(content)) == "utf-8"


def test_a_few_lines_that_happen_to_be_utf_8_make_no_other_file_so(write: Write) -> None:
    assert guess_encoding(write("Köln;1\n" * 3 + "CAFÉ®;1\n", encoding="windows-1252")) == "windows-1252"
