"""Where the records of delimited text begin and end.

Two readings of the same grammar. Regular text, by far the most, is checked at memory speed: taking out what
stands between quotes leaves a skeleton in which every delimiter and line end counts. Whatever is irregular is
walked record by record, so that each fault is found with its line. A quote opens a field only at its start,
a doubled quote inside stands for one, and a quote elsewhere is an ordinary character.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from gridlens.data_sources.uploads.limits import MAX_FIELD_BYTES


@dataclass(frozen=True, slots=True)
class Dialect:
    delimiter: bytes
    quote: bytes = b""


class Record(NamedTuple):
    """One record as it stands in the text; ``fields`` is none when it has a ``fault``."""

    line: int
    raw: bytes
    fields: list[bytes] | None
    fault: str | None


class Skeleton(NamedTuple):
    """The delimiters and line ends of the complete, regular records in ``data[:end]``."""

    shape: bytes
    end: int
    has_inner_lines: bool


def skeleton(data: bytes, dialect: Dialect) -> Skeleton | None:
    """None when some quote is not where it belongs. ``data`` begins with a record."""
    keep = dialect.delimiter + b"\n"
    drop = bytes(byte for byte in range(256) if byte not in keep)
    if not dialect.quote or dialect.quote not in data:
        end = data.rfind(b"\n") + 1
        return Skeleton(data[:end].translate(None, drop), end, False)
    parts = data.split(dialect.quote)
    # Even parts stand outside quotes. The last of them that ends a record is where this text can be cut.
    last = len(parts) - 1 if len(parts) % 2 else len(parts) - 2
    while last >= 0 and b"\n" not in parts[last]:
        last -= 2
    if last < 0:
        return Skeleton(b"", 0, False)
    end = len(data) - sum(len(part) + 1 for part in parts[last + 1 :]) - len(parts[last])
    tail = parts[last][: parts[last].rfind(b"\n") + 1]
    end += len(tail)
    del parts[last:]
    outside = parts[::2]
    borders = (dialect.delimiter, b"\n")
    first = outside[0] if outside else b""
    if parts and not (tail.startswith(borders) and (not first or first.endswith(borders))):
        return None
    # An empty part between two quotes is a doubled quote.
    if not all(part.startswith(borders) and part.endswith(borders) for part in set(outside[1:]) if part):
        return None
    outside.append(tail)
    shape = b"".join(outside).translate(None, drop)
    return Skeleton(shape, end, data.count(b"\n", 0, end) > shape.count(b"\n"))


def walk(data: bytes, line: int, dialect: Dialect, *, at_end: bool) -> Iterator[Record]:
    """Every complete record of ``data``, which begins with one; lines are counted from ``line``.

    The rest, which may go on in text not read yet, is left alone unless ``at_end``.
    """
    position = 0
    while position < len(data):
        end = data.find(b"\n", position)
        if end < 0:
            if not at_end:
                return
            end = len(data)
        raw = data[position:end]
        if not dialect.quote or dialect.quote not in raw:
            yield Record(line, raw, raw.split(dialect.delimiter), None)
            position, line = end + 1, line + 1
            continue
        taken = _take_apart(data, position, dialect, at_end=at_end)
        if taken is None:
            return
        fields, stop, fault = taken
        if fault:
            # Only the first line is given up: the next may well begin a sound record.
            yield Record(line, raw, None, fault)
            position, line = end + 1, line + 1
            continue
        raw = data[position:stop]
        yield Record(line, raw, fields, None)
        position, line = stop + 1, line + 1 + raw.count(b"\n")


def _take_apart(
    data: bytes, start: int, dialect: Dialect, *, at_end: bool
) -> tuple[list[bytes], int, str | None] | None:
    """Fields, end and fault of the record at ``start``; none when its end has not been read yet."""
    delimiter, quote = dialect.delimiter, dialect.quote
    blanks = b" " if delimiter == b"\t" else b" \t"
    fields: list[bytes] = []
    at, end = start, -1
    while True:
        opening = _skip(data, at, blanks)
        if data[opening : opening + 1] != quote:
            if end < at:
                end = data.find(b"\n", at)
            if end < 0:
                if not at_end:
                    return None
                end = len(data)
            comma = data.find(delimiter, at, end)
            fields.append(data[at : comma if comma >= 0 else end])
            if comma < 0:
                return fields, end, None
            at = comma + 1
            continue
        closing = _closing_quote(data, opening + 1, quote)
        if closing < 0 or (closing + 1 == len(data) and not at_end):
            if at_end or len(data) - opening > MAX_FIELD_BYTES:
                return fields, at, "a quote is opened and not closed"
            return None
        fields.append(data[opening + 1 : closing].replace(quote + quote, quote))
        after = _skip(data, closing + 1, blanks)
        follower = data[after : after + 1]
        if follower == delimiter:
            at = after + 1
        elif follower == b"\n":
            return fields, after, None
        elif not follower:
            return (fields, after, None) if at_end else None
        else:
            return fields, at, "there is text after a closing quote"


def _skip(data: bytes, at: int, blanks: bytes) -> int:
    while data[at : at + 1] and data[at] in blanks:
        at += 1
    return at


def _closing_quote(data: bytes, at: int, quote: bytes) -> int:
    limit = at + MAX_FIELD_BYTES + 1
    while True:
        at = data.find(quote, at, limit)
        if at < 0 or data[at + 1 : at + 2] != quote:
            return at
        at += 2


def render(fields: list[bytes], dialect: Dialect) -> bytes:
    """The fields as one regular line."""
    quote = dialect.quote
    if not quote:
        return dialect.delimiter.join(fields)
    return dialect.delimiter.join(quote + field.replace(quote, quote + quote) + quote for field in fields)
