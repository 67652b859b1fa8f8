"""Bytes of a text file as UTF-8 with one kind of line end, and the guess which encoding they are in."""

import codecs
import re
from collections.abc import Iterator
from pathlib import Path

from gridlens.data_sources.uploads.limits import CHUNK_BYTES
from gridlens.data_sources.uploads.options import ENCODINGS

# Longest first: the mark of UTF-32-LE begins with that of UTF-16-LE.
BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_ASCII = frozenset(b"\t\n\r") | frozenset(range(0x20, 0x7F))
REPLACEMENT = "\ufffd".encode()
SAMPLE_BYTES = 256 << 10

# What energy and Western office files hold beyond ASCII; a file of only these needs no statistics.
_WESTERN = set(
    "ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜÝßàáâãäåæçèéêëìíîïñòóôõöøùúûüýÿŸŒœŠšŽž°²³µ·±×÷€£¥§½¼¾ªº¿¡«»–—’‘“”„…\xa0"
)
# Three accented letters in a row, or a sign in front of a letter, are another alphabet in disguise.
_DISGUISED = re.compile(r"[À-ÖØ-öø-ÿ]{3}|[²³·±×÷£¥§½¼¾ªº¿¡][^\W\d_]")
# Temperatures give the character set away where they are the only signs: a degree in front of C.
_DEGREES = {"windows-1252": b"\xb0C", "cp850": b"\xf8C", "mac-roman": b"\xa1C"}


def byte_order_mark(head: bytes) -> tuple[int, str | None]:
    """Length of the mark at the start of a file, and the encoding that it announces."""
    for mark, encoding in BYTE_ORDER_MARKS:
        if head.startswith(mark):
            return len(mark), encoding
    return 0, None


def normalised(
    path: Path, encoding: str, *, start: int = 0, stop: int | None = None, chunk_bytes: int = CHUNK_BYTES
) -> Iterator[tuple[bytes, int]]:
    """Chunks as UTF-8 with ``\\n`` line ends, each with the file position reached.

    UTF-8 passes unchecked, so a chunk may end inside a character; bytes that another encoding
    does not know become U+FFFD, which whoever takes lines apart reports.
    """
    decoder = None if encoding == "utf-8" else codecs.getincrementaldecoder(encoding)("replace")
    ends_with_return = False
    with path.open("rb") as file:
        mark, announced = byte_order_mark(file.read(4))
        position = start or (mark if announced == encoding else 0)
        file.seek(position)
        while True:
            room = chunk_bytes if stop is None else min(chunk_bytes, stop - position)
            raw = file.read(room) if room > 0 else b""
            position += len(raw)
            data = raw if decoder is None else decoder.decode(raw, not raw).encode("utf-8", "replace")
            if ends_with_return:
                data = b"\r" + data
            # A return at the very end may be the first half of a line end.
            ends_with_return = bool(raw) and data.endswith(b"\r")
            if ends_with_return:
                data = data[:-1]
            if b"\r" in data:
                data = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
            if data:
                yield data, position
            if not raw:
                return


def guess_encoding(path: Path) -> str:
    """The encoding of the whole file: its mark, else UTF-8 where every byte agrees, else the likeliest."""
    with path.open("rb") as file:
        head = file.read(SAMPLE_BYTES)
    _, announced = byte_order_mark(head)
    if announced:
        return announced
    if wide := _wide_encoding(head):
        return wide
    foreign = _foreign_lines(path)
    return "utf-8" if foreign is None else _guess_narrow(foreign)


def _wide_encoding(head: bytes) -> str | None:
    """UTF-16 without a mark shows in text as a zero beside every ASCII sign; a stray one is damage."""
    half = len(head) // 2
    if half < 2:
        return None
    even, odd = head[0::2].count(0), head[1::2].count(0)
    narrow = sum(first in _ASCII and second in _ASCII for first, second in zip(head[0::2], head[1::2]))  # noqa: B905 # one may be left over
    if odd > max(0.05 * half, narrow) and even < 0.1 * odd:
        return "utf-16-le"
    if even > max(0.05 * half, narrow) and odd < 0.1 * even:
        return "utf-16-be"
    return None


def _foreign_lines(path: Path) -> bytes | None:
    """Lines around bytes that are not ASCII, when they are not UTF-8; none for a UTF-8 file.

    A file with as many lines of UTF-8 as others is UTF-8 with broken lines, which are then told: chance makes
    few lines of another encoding look like it, and text that is read wrongly would not be told at all.
    """
    foreign: list[bytes] = []
    valid = invalid = size = 0
    carry = b""
    with path.open("rb") as file:
        while raw := file.read(CHUNK_BYTES):
            data = carry + raw
            cut = max(data.rfind(b"\n"), data.rfind(b"\r")) + 1 or len(data)
            # One line without an end must not be carried for ever.
            if cut < len(data) - CHUNK_BYTES:
                cut = len(data)
            data, carry = data[:cut], data[cut:]
            if data.isascii() or (invalid == 0 and _is_utf8(data)):
                continue
            for line in data.splitlines():
                if line.isascii():
                    continue
                if _is_utf8(line):
                    valid += 1
                    continue
                invalid += 1
                foreign.append(line)
                size += len(line)
                if size > SAMPLE_BYTES and valid < invalid // 4:
                    return b"\n".join(foreign)
    if carry and not _is_utf8(carry):
        invalid += 1
        foreign.append(carry[:SAMPLE_BYTES])
    if invalid == 0 or valid >= invalid:
        return None
    return b"\n".join(foreign)


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def _guess_narrow(sample: bytes) -> str:
    from charset_normalizer import from_bytes

    high = {byte for byte in sample if byte >= 0x80}
    for encoding, degrees in _DEGREES.items():
        if high == {degrees[0]} and degrees in sample:
            return encoding
    western = sample.decode("windows-1252", "replace")
    is_western = {sign for sign in western if ord(sign) >= 0x80} <= _WESTERN
    if is_western and not _DISGUISED.search(western):
        # 0x81-0x9F are letters in the DOS pages but signs such as dashes and quotes in Windows'.
        letters = sum(sample.count(byte) for byte in high if byte >= 0xA0)
        signs = sum(sample.count(byte) for byte in high if 0x81 <= byte < 0xA0)
        if letters >= signs:
            return "windows-1252"
    ruled_out = ["utf-", "windows-1252", "iso-8859-"]
    if is_western:
        # Turkish, Vietnamese and Baltic pages differ from the Western one in few places, not in these.
        ruled_out += ["windows-1254", "windows-1257", "windows-1258"]
    candidates = [name for name in ENCODINGS if not name.startswith(tuple(ruled_out))]
    best = from_bytes(sample[:SAMPLE_BYTES], cp_isolation=candidates).best()
    return "windows-1252" if best is None else _our_name(best.encoding)


def _our_name(encoding: str) -> str:
    wanted = codecs.lookup(encoding).name
    for name in ENCODINGS:
        if codecs.lookup(name).name == wanted:
            return name
    return "windows-1252"
