"""Many queries in one run: read line by line, a few at once, answered in their order."""

import asyncio
from collections import Counter, deque
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

import msgspec
import structlog

from gridlens.querying.answers import Answer, Id, ask
from gridlens.querying.opening import Opened

log = structlog.get_logger()


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the file; further fields are the asker's own."""

    id: Id = None
    sql: str


@dataclass(slots=True)
class Tally:
    """How the queries of a run ended."""

    counts: Counter[str] = field(default_factory=Counter)

    def add(self, answer: Answer) -> None:
        self.counts["queries"] += 1
        if not answer.allowed:
            self.counts["refused"] += 1
        elif answer.reason is not None:
            self.counts["failed"] += 1

    def __str__(self) -> str:
        refused, failed = self.counts["refused"], self.counts["failed"]
        answered = self.counts["queries"] - refused - failed
        return f"{self.counts['queries']:,} queries: {answered:,} ok, {refused:,} refused, {failed:,} failed"


async def answer_file(
    opened: Opened, questions: Path, out: BinaryIO, row_limit: int, at_once: int, *, stops_after_guard: bool
) -> Tally:
    """Write an answer for each line as soon as it and those before it are known."""
    tally = Tally()
    waiting: deque[asyncio.Task[Answer]] = deque()

    async def write_first() -> None:
        answer = await waiting.popleft()
        out.write(msgspec.json.encode(answer) + b"\n")
        out.flush()
        tally.add(answer)

    try:
        for line in _lines(questions):
            waiting.append(asyncio.create_task(_answer(opened, line, row_limit, stops_after_guard)))
            if len(waiting) >= at_once:
                await write_first()
        while waiting:
            await write_first()
    finally:
        for task in waiting:
            task.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)
    return tally


async def _answer(opened: Opened, line: Line | Answer, row_limit: int, stops_after_guard: bool) -> Answer:
    if isinstance(line, Answer):
        return line
    try:
        outcome = await ask(opened, line.sql, row_limit, stops_after_guard=stops_after_guard)
    except Exception as error:  # one query that meets a mistake of ours must not lose the others
        log.exception("query_not_answered", id=line.id)
        return Answer(id=line.id, allowed=True, reason=f"Gridlens failed on this query: {error!r}")
    return outcome.answer(line.id)


def _lines(questions: Path) -> Iterator[Line | Answer]:
    decoder = msgspec.json.Decoder(Line)
    with questions.open("rb") as file:
        for number, text in enumerate(file, start=1):
            if not text.strip():
                continue
            try:
                yield decoder.decode(text)
            except (msgspec.DecodeError, UnicodeDecodeError) as error:
                reason = f'Line {number} is not like {{"id": 1, "sql": "SELECT …"}}: {error}.'
                yield Answer(id=_identity(text), allowed=False, reason=reason)


def _identity(text: bytes) -> Id:
    class Named(msgspec.Struct):
        id: Id = None

    with suppress(msgspec.DecodeError, UnicodeDecodeError):
        return msgspec.json.decode(text, type=Named).id
    return None
