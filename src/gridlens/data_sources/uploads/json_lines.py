"""JSON lines: one object a line, its keys the columns; what is nested stays JSON."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import msgspec

from gridlens.data_sources.uploads.batches import Batch, Fault, text_frame
from gridlens.data_sources.uploads.errors import UploadRefused
from gridlens.data_sources.uploads.limits import CHUNK_BYTES, MAX_COLUMNS, MAX_LINE_BYTES, MAX_NAME_LENGTH
from gridlens.data_sources.uploads.options import ReadOptions
from gridlens.data_sources.uploads.text import normalised
from gridlens.shared.results import Kind

_ROWS_AT_ONCE = 20_000
# The values of a line stay as they are written: numbers keep every digit, nested values their text.
_decode_line = msgspec.json.Decoder(dict[str, msgspec.Raw]).decode
_decode_pairs = json.JSONDecoder(object_pairs_hook=tuple, parse_int=str, parse_float=str, strict=False).decode
_BLANKS = b" \t\r\n"
_decode_text = msgspec.json.Decoder(str).decode


class Line(NamedTuple):
    number: int
    raw: bytes
    done: int


def lines_of(path: Path, encoding: str, chunk_bytes: int = CHUNK_BYTES) -> Iterator[Line]:
    rest, number, done = b"", 1, 0
    for chunk, done in normalised(path, encoding, chunk_bytes=chunk_bytes):
        *lines, rest = (rest + chunk).split(b"\n")
        for raw in lines:
            yield Line(number, raw, done)
            number += 1
        if len(rest) > MAX_LINE_BYTES:
            raise UploadRefused(
                f"Line {number} is longer than {MAX_LINE_BYTES >> 20} MiB. "
                "Export one object in each line (JSON lines) and upload that."
            )
    if rest:
        yield Line(number, rest, done)


def members(raw: bytes) -> dict[str, bytes]:
    """The members of the object in a line, their values as written; ValueError says what is wrong."""
    try:
        found = {key: bytes(value) for key, value in _decode_line(raw).items()}
        repeated = _repeated_key(raw, found)
    except msgspec.ValidationError:
        raise ValueError("it is not a JSON object") from None
    except (msgspec.DecodeError, UnicodeDecodeError, json.JSONDecodeError):
        raise ValueError("it is not valid JSON") from None
    except RecursionError:
        raise ValueError("it is nested too deep") from None
    if repeated is not None:
        raise ValueError(f"it has the key “{repeated[:MAX_NAME_LENGTH]}” more than once")
    return found


def _repeated_key(raw: bytes, found: dict[str, bytes]) -> str | None:
    """Of which only the last value is found. Such a line is longer than what was found in it accounts for."""
    inside = "".join(found).encode() + b"".join(found.values())
    # Two quotes, a colon and a comma for each; braces instead of a comma after the last.
    if len(raw.translate(None, _BLANKS)) == len(inside.translate(None, _BLANKS)) + 4 * len(found) + 1:
        return None
    # Written with escapes, a key is longer too.
    seen: set[str] = set()
    for key, _ in _decode_pairs(raw.decode()):
        if key in seen:
            return str(key)
        seen.add(key)
    return None


def cell_text(value: bytes | None) -> str | None:
    """A value as a table shows it: text without quotes, everything else as written."""
    if value is None or value == b"null":
        return None
    if value.startswith(b'"'):
        return _decode_text(value)
    return value.decode()


def keys_of(path: Path, encoding: str) -> list[str]:
    """Every key of the whole file in order of appearance, so that none is lost.

    Raises:
        UploadRefused: no line has any; says of the first that cannot be read, why.
    """
    keys: dict[str, None] = {}
    unread = ""
    for line in lines_of(path, encoding):
        try:
            found = members(line.raw) if line.raw.strip() else {}
        except ValueError as error:
            unread = unread or f"Line {line.number} cannot be read: {error}. "
            continue
        if not keys.keys() >= found.keys():
            keys |= dict.fromkeys(found)
            if len(keys) > MAX_COLUMNS:
                raise UploadRefused(
                    f"The objects have more than {MAX_COLUMNS:,} different keys. "
                    "Put what varies into a value, with its name beside it, and upload again."
                )
            if any(len(key) > MAX_NAME_LENGTH for key in found):
                raise UploadRefused(
                    f"Line {line.number} has a key longer than {MAX_NAME_LENGTH} characters. "
                    "Keys name columns; shorten it and upload again."
                )
    if not keys:
        raise UploadRefused(
            f"No line of this file has an object that can be read. {unread}Export it again."
            if unread
            else "The objects in this file have no keys, so it has no columns. Export it again."
        )
    return list(keys)


@dataclass(slots=True)
class JsonLinesReader:
    """Columns by the ``source`` of the options; an object with any other key is a fault."""

    path: Path
    options: ReadOptions
    chunk_bytes: int = CHUNK_BYTES
    total: int = 0

    def __post_init__(self) -> None:
        self.total = self.path.stat().st_size

    def batches(self) -> Iterator[Batch]:
        keys = [column.source for column in self.options.columns]
        # A column of JSON keeps the quotes around its texts.
        readers = [_json_text if column.kind == Kind.JSON else cell_text for column in self.options.columns]
        known = frozenset(keys)
        columns: list[list[str | None]] = [[] for _ in keys]
        lines: list[Line] = []
        faults: list[Fault] = []
        blank_lines = done = 0
        for line in lines_of(self.path, self.options.encoding, self.chunk_bytes):
            done = line.done
            if not line.raw.strip():
                blank_lines += 1
                continue
            try:
                found = members(line.raw)
                if unknown := found.keys() - known:
                    raise ValueError(f"its key “{min(unknown)}” is not among the columns")
                texts = [read(found.get(key)) for read, key in zip(readers, keys, strict=True)]
            except ValueError as error:
                faults.append(Fault(line.number, str(error), line.raw.decode("utf-8", "replace")))
            else:
                lines.append(line)
                for column, text in zip(columns, texts, strict=True):
                    column.append(text)
            if len(lines) + len(faults) >= _ROWS_AT_ONCE:
                yield _batch(columns, lines, faults, blank_lines, done)
                columns, lines, faults, blank_lines = [[] for _ in keys], [], [], 0
        if lines or faults or blank_lines:
            yield _batch(columns, lines, faults, blank_lines, done)


def _json_text(value: bytes | None) -> str | None:
    return None if value is None or value == b"null" else value.decode()


def _batch(
    columns: list[list[str | None]], lines: list[Line], faults: list[Fault], blank_lines: int, done: int
) -> Batch:
    def locate(wanted: Sequence[int]) -> list[tuple[int, str]]:
        return [(lines[row].number, lines[row].raw.decode("utf-8", "replace")) for row in wanted]

    return Batch(text_frame(columns), done, locate, faults, blank_lines)
