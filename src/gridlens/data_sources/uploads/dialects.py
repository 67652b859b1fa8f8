"""Which delimiter and quote a text table uses."""

import re
from collections import Counter
from typing import NamedTuple

from gridlens.data_sources.uploads.cells import Look, look_of
from gridlens.data_sources.uploads.delimited import is_delimiter_hint
from gridlens.data_sources.uploads.headings import Row
from gridlens.data_sources.uploads.records import Dialect, walk

# Of two that part all rows alike the first wins: beside semicolons a comma is a decimal sign.
_DELIMITERS = ";\t|,"
_LOOKED_AT = 400


class FoundDialect(NamedTuple):
    delimiter: str
    quote: str
    rows: list[Row]


def find_dialect(head: bytes, *, is_whole: bool) -> FoundDialect:
    """The dialect under which the text falls into even rows of sensible cells, and those rows."""
    start, line = 0, 1
    candidates = _DELIMITERS
    if is_delimiter_hint(head):
        start, line = head.find(b"\n") + 1, 2
        candidates = head[4:5].decode("utf-8", "replace")
    quote = _quote(head)
    best: FoundDialect | None = None
    best_score = 0.0
    for delimiter in candidates:
        rows = rows_of(
            head[start:], Dialect(delimiter.encode(), quote.encode()), line=line, is_whole=is_whole
        )
        score = _score(rows)
        if score > best_score:
            best, best_score = FoundDialect(delimiter, quote, rows), score
    if best is not None:
        return best
    named = _of_heading(head[start:], candidates)
    if named is not None:
        # No width prevails: the heading says how the rows were meant, and those that differ are reported.
        rows = rows_of(head[start:], Dialect(named.encode(), quote.encode()), line=line, is_whole=is_whole)
        return FoundDialect(named, quote, rows)
    # One column: a delimiter that does not occur leaves its text whole.
    unused = next((sign for sign in ",;\t|" if sign.encode() not in head), "\t")
    rows = rows_of(head[start:], Dialect(unused.encode(), quote.encode()), line=line, is_whole=is_whole)
    return FoundDialect(unused, quote, rows)


def _of_heading(head: bytes, candidates: str) -> str | None:
    """The sign that parts the first line into the most names; nothing where it is one name."""
    first = head.split(b"\n", 1)[0]
    counts = {sign: first.count(sign.encode()) for sign in candidates}
    best = max(counts, key=lambda sign: counts[sign])
    return best if counts[best] else None


def _quote(head: bytes) -> str:
    def count(quote: bytes) -> int:
        return len(re.findall(rb"(?:^|[,;\t|])%s[^\n]*?%s(?=[,;\t|]|$)" % (quote, quote), head, re.MULTILINE))

    return "'" if count(b"'") > count(b'"') else '"'


def rows_of(text: bytes, dialect: Dialect, *, line: int = 1, is_whole: bool) -> list[Row]:
    """The first rows that are not blank; a record that cannot be taken apart is one cell."""
    rows = []
    for record in walk(text, line, dialect, at_end=is_whole):
        if record.fields is None:
            rows.append(Row(record.line, [record.raw.decode("utf-8", "replace")]))
        elif record.raw.strip(dialect.delimiter + b" \t"):
            rows.append(Row(record.line, [field.decode("utf-8", "replace") for field in record.fields]))
        if len(rows) >= _LOOKED_AT:
            break
    return rows


def _score(rows: list[Row]) -> float:
    # The first rows may be a title and notes.
    tail = rows[len(rows) // 4 :]
    counts = Counter(len(row.cells) for row in tail)
    counts.pop(1, None)
    if not counts:
        return 0.0
    width, times = counts.most_common(1)[0]
    share = times / len(tail)
    if share < 0.5:
        return 0.0
    looks = [look_of(cell) for row in tail if len(row.cells) == width for cell in row.cells[:50]]
    sensible = sum(look != Look.WORD for look in looks) / len(looks)
    # The heading and what stands above it count a little, so that they decide where the rows do not.
    share_of_all = sum(len(row.cells) == width for row in rows) / len(rows)
    return share * (0.5 + sensible) + 0.01 * min(width, 20) + 0.02 * share_of_all
