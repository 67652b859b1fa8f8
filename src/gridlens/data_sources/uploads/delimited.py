"""Delimited text (CSV, TSV and their relatives) as batches of text columns, in constant memory."""

from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import polars as pl

from gridlens.data_sources.uploads.batches import Batch, Fault
from gridlens.data_sources.uploads.errors import UploadRefused
from gridlens.data_sources.uploads.limits import (
    CHUNK_BYTES,
    MAX_FIELD_BYTES,
    MAX_LINE_BYTES,
)
from gridlens.data_sources.uploads.options import ReadOptions
from gridlens.data_sources.uploads.records import Dialect, Record, Skeleton, render, skeleton, walk
from gridlens.data_sources.uploads.text import REPLACEMENT, normalised

# Irregular text is held record by record, which takes far more memory than the text itself.
_RECORDS_AT_ONCE = 20_000


class Heading(NamedTuple):
    """The rows of the heading, and where in the normalised text the first row of data begins."""

    rows: list[list[str]]
    end: int
    line: int


def dialect_of(options: ReadOptions) -> Dialect:
    return Dialect(options.delimiter.encode(), options.quote.encode())


def read_heading(path: Path, options: ReadOptions) -> Heading:
    """Whatever stands above the first row of data."""
    head = b""
    for chunk, _ in normalised(path, options.encoding, chunk_bytes=256 << 10):
        head += chunk
        if len(head) >= MAX_LINE_BYTES:
            break
    if options.header_row is None:
        # Excel's own hint to itself, in front of files without any heading too.
        end = head.find(b"\n") + 1 if is_delimiter_hint(head) else 0
        return Heading([], end, 2 if end else 1)
    start = 0
    for _ in range(options.header_row - 1):
        start = head.find(b"\n", start) + 1
        if start == 0:
            raise UploadRefused(
                f"The heading should be in line {options.header_row}, but the file has fewer lines. "
                "Choose the line that names the columns."
            )
    records = list(
        islice(walk(head[start:], options.header_row, dialect_of(options), at_end=True), options.header_lines)
    )
    if broken := next((record for record in records if record.fault), None):
        raise UploadRefused(
            f"The heading in line {broken.line} cannot be read: {broken.fault}. "
            "Choose another delimiter, quote or heading line."
        )
    rows = [[_text(field) for field in record.fields or ()] for record in records]
    end = start + sum(len(record.raw) + 1 for record in records)
    line = options.header_row + sum(1 + record.raw.count(b"\n") for record in records)
    return Heading(rows, end, line)


def is_delimiter_hint(head: bytes) -> bool:
    return head[:4].lower() == b"sep=" and head[5:6] == b"\n"


@dataclass(slots=True)
class DelimitedReader:
    """Rows below the heading, ``width`` fields each; a record of another width is a fault."""

    path: Path
    options: ReadOptions
    width: int
    chunk_bytes: int = CHUNK_BYTES
    total: int = 0

    def __post_init__(self) -> None:
        self.total = self.path.stat().st_size

    def batches(self) -> Iterator[Batch]:
        heading = read_heading(self.path, self.options)
        dialect = dialect_of(self.options)
        rest, line, skip = b"", heading.line, heading.end
        done = 0
        for chunk, done in normalised(self.path, self.options.encoding, chunk_bytes=self.chunk_bytes):
            data = rest + chunk[skip:]
            skip = max(0, skip - len(chunk))
            found = skeleton(data, dialect)
            if found is None:
                rest = yield from self._irregular(data, line, dialect, done, at_end=False)
            else:
                rest = data[found.end :]
                yield from self._regular(data[: found.end], line, dialect, found, done)
            line += data.count(b"\n", 0, len(data) - len(rest))
            if len(rest) > MAX_LINE_BYTES:
                data = rest
                rest = yield from self._irregular(data, line, dialect, done, at_end=False)
                if len(rest) > MAX_LINE_BYTES:
                    raise UploadRefused(
                        f"Line {line} is longer than {MAX_LINE_BYTES >> 20} MiB. "
                        "Check that the file is a table with one row in each line, and its encoding."
                    )
                line += data.count(b"\n", 0, len(data) - len(rest))
        if rest:
            yield from self._irregular(rest, line, dialect, done, at_end=True)

    def batches_of(self, data: bytes) -> Iterator[Batch]:
        """The rows of a piece out of the middle; its lines are counted from 1."""
        dialect = dialect_of(self.options)
        found = skeleton(data, dialect)
        if found is None or found.end < len(data):
            yield from self._irregular(data, 1, dialect, 0, at_end=True)
        else:
            yield from self._regular(data, 1, dialect, found, 0)

    def _regular(
        self, data: bytes, line: int, dialect: Dialect, found: Skeleton, done: int
    ) -> Iterator[Batch]:
        """Complete records whose quotes are sound."""
        rows = found.shape.count(b"\n")
        even = dialect.delimiter * (self.width - 1) + b"\n"
        is_clean = self._is_clean(data)
        # In a file with one column a blank line and an empty value look alike.
        if is_clean and self.width > 1 and found.shape == even * rows:
            frame = self._parse(data, dialect)
            if frame.height == rows:
                yield Batch(frame, done, _locator(data, line, dialect, found))
                return
        if found.has_inner_lines or self.width == 1:
            yield from self._irregular(data, line, dialect, done, at_end=True)
        elif rows:
            yield self._without_odd_lines(data, line, dialect, found, done, is_clean=is_clean)

    def _without_odd_lines(
        self, data: bytes, line: int, dialect: Dialect, found: Skeleton, done: int, *, is_clean: bool
    ) -> Batch:
        """Most lines are even in most files: only the odd ones are looked at one by one."""
        lines = data.split(b"\n")
        even = dialect.delimiter * (self.width - 1)
        shapes = found.shape.split(b"\n")
        faults: list[Fault] = []
        numbers: list[int] = []
        evened: dict[int, bytes] = {}
        blank_lines = 0
        for number, (raw, shape) in enumerate(zip(lines[:-1], shapes, strict=False)):
            if shape == even and (is_clean or self._is_clean(raw)):
                numbers.append(number)
                continue
            record = next(walk(raw, line + number, dialect, at_end=True), None)
            if record is None or not raw.strip():
                blank_lines += 1
            elif fault := record.fault or self._fault(record, is_clean=is_clean):
                faults.append(Fault(line + number, fault, _text(raw)))
            else:
                evened[number] = self._even(record, dialect)
                numbers.append(number)
        good = b"".join(evened.get(number, lines[number]) + b"\n" for number in numbers)
        frame = self._parse(good, dialect)
        if frame.height != len(numbers):
            raise _cannot_be_told_apart(line)

        def locate(wanted: Sequence[int]) -> list[tuple[int, str]]:
            return [(line + numbers[row], _text(lines[numbers[row]])) for row in wanted]

        return Batch(frame, done, locate, faults, blank_lines)

    def _irregular(
        self, data: bytes, line: int, dialect: Dialect, done: int, *, at_end: bool
    ) -> Generator[Batch, None, bytes]:
        """Yields what can be read and returns what goes on in text to come."""
        is_clean = self._is_clean(data)
        consumed = 0
        records = walk(data, line, dialect, at_end=at_end)
        while True:
            good: list[Record] = []
            faults: list[Fault] = []
            blank_lines = count = 0
            for record in islice(records, _RECORDS_AT_ONCE):
                count += 1
                consumed += len(record.raw) + 1
                if not record.raw.strip():
                    blank_lines += 1
                elif fault := record.fault or self._fault(record, is_clean=is_clean):
                    faults.append(Fault(record.line, fault, _text(record.raw)))
                else:
                    good.append(record)
            if count == 0:
                return data[consumed:]
            yield self._batch(good, dialect, done, faults, blank_lines)

    def _batch(
        self, good: list[Record], dialect: Dialect, done: int, faults: list[Fault], blank_lines: int
    ) -> Batch:
        lines = [self._even(record, dialect) for record in good]
        frame = self._parse(b"".join(line + b"\n" for line in lines), dialect)
        if frame.height != len(good):
            raise _cannot_be_told_apart(good[0].line)

        def locate(wanted: Sequence[int]) -> list[tuple[int, str]]:
            return [(good[row].line, _text(good[row].raw)) for row in wanted]

        return Batch(frame, done, locate, faults, blank_lines)

    def _even(self, record: Record, dialect: Dialect) -> bytes:
        """The record as a line that any reader takes apart alike."""
        fields = record.fields or []
        if len(fields) == self.width and (not dialect.quote or dialect.quote not in record.raw):
            return record.raw
        return render(fields[: self.width], dialect)

    def _fault(self, record: Record, *, is_clean: bool) -> str | None:
        fields = record.fields or []
        if not is_clean:
            if b"\0" in record.raw:
                return "it holds NUL bytes, so the file was damaged here"
            if not self._is_clean(record.raw):
                return (
                    f"it holds bytes that are not {self.options.encoding}; export the file in one encoding, "
                    "or choose the one it is in"
                )
        if len(record.raw) > MAX_FIELD_BYTES and max(map(len, fields)) > MAX_FIELD_BYTES:
            return "a field is longer than 1 MiB"
        # Some programs end every line with a delimiter, or some lines with several.
        if len(fields) < self.width or any(fields[self.width :]):
            return f"it has {_count(len(fields), 'field')} instead of {self.width}"
        return None

    def _is_clean(self, data: bytes) -> bool:
        if b"\0" in data:
            return False
        if self.options.encoding != "utf-8":
            return REPLACEMENT not in data
        if data.isascii():
            return True
        try:
            data.decode()
        except UnicodeDecodeError:
            return False
        return True

    def _parse(self, data: bytes, dialect: Dialect) -> pl.DataFrame:
        schema = {str(index): pl.String for index in range(self.width)}
        if not data:
            return pl.DataFrame(schema=schema)
        return pl.read_csv(
            data,
            has_header=False,
            schema=schema,
            separator=dialect.delimiter.decode(),
            quote_char=dialect.quote.decode() or None,
        )


def _locator(
    data: bytes, line: int, dialect: Dialect, found: Skeleton
) -> Callable[[Sequence[int]], list[tuple[int, str]]]:
    def locate(wanted: Sequence[int]) -> list[tuple[int, str]]:
        if not found.has_inner_lines:
            lines = data.split(b"\n")
            return [(line + row, _text(lines[row])) for row in wanted]
        records = list(walk(data, line, dialect, at_end=True))
        return [(records[row].line, _text(records[row].raw)) for row in wanted]

    return locate


def _cannot_be_told_apart(line: int) -> UploadRefused:
    return UploadRefused(
        f"The rows near line {line} cannot be told apart. Choose another delimiter or quote."
    )


def _text(raw: bytes) -> str:
    return raw.decode("utf-8", "replace")


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
