"""Answers kept for a while: the hot ones in memory, all of them as Arrow files within a byte budget.

A key holds the organisation, the source, its catalog's version, the SQL and the rights of the asker,
so that an answer can be found by nobody it is not meant for, and by nobody after the data has changed.
"""

import asyncio
import contextlib
import hashlib
import os
import shutil
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

import msgspec
import polars as pl
import structlog

from gridlens.core.models import utc_now
from gridlens.core.principal import Principal
from gridlens.shared.data_sources import SourceDescription
from gridlens.shared.results import Column, Completeness

MOST_MEMORY_BYTES = 64 * 1024 * 1024
LARGEST_SHARE = 8
"""No answer takes more than this part of the memory or of the disk."""
LARGEST_ENCODED = 1024 * 1024
"""What the encodings kept with an answer take at most, next to its rows."""
KEPT_AFTER_EVICTION = 0.8
WRITTEN_AFTER_SECONDS = 0.05
"""Writing at once would take the interpreter from whoever sends the answer."""
log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a source said, with what is known of its columns.

    ``frame`` is shared: it is only measured and cloned, never handed out. ``views`` are what its readers
    made of it, kept as long as the answer itself.
    """

    columns: tuple[Column, ...]
    frame: pl.DataFrame
    is_cut: bool
    engine_ms: float
    read_at: datetime
    completeness: Completeness | None
    total_rows: int | None = None
    views: "dict[tuple[Column, ...] | None, View]" = field(default_factory=dict)

    def own_frame(self) -> pl.DataFrame:
        """The rows for one reader, at no cost.

        A frame that is being written locks itself and waits for the interpreter, while another thread
        that has the interpreter waits for that lock: two threads must not use the same frame object.
        """
        return self.frame.clone()


@dataclass(frozen=True, slots=True)
class View:
    """The rows of an answer as the plan behind a query knows them, and how they went over the wire."""

    columns: tuple[Column, ...]
    frame: pl.DataFrame
    encoded: dict[str, bytes] = field(default_factory=dict)


class _Head(msgspec.Struct, frozen=True, kw_only=True):
    """What stands beside an Arrow file."""

    columns: tuple[Column, ...]
    is_cut: bool
    engine_ms: float
    read_at: datetime
    completeness: Completeness | None
    total_rows: int | None = None


def key_of(principal: Principal, source: SourceDescription, sql: str) -> str:
    parts = (
        principal.organisation_id,
        source.source_id,
        source.catalog.version,
        source.rights,
        source.zone,
        sql,
        sorted(principal.permissions),
    )
    return hashlib.blake2b(msgspec.msgpack.encode(parts), digest_size=20).hexdigest()


class AnswerCache:
    def __init__(
        self,
        folder: Path,
        most_bytes: int,
        lifetime: timedelta,
        clock: Callable[[], datetime] = utc_now,
        *,
        stale_for: timedelta = timedelta(),
    ) -> None:
        self._folder = folder
        self._most_bytes = most_bytes
        self._most_memory = min(MOST_MEMORY_BYTES, most_bytes)
        self._lifetime = lifetime
        self._clock = clock
        self._stale_for = stale_for
        self._hot: OrderedDict[str, tuple[UUID, Answer, int]] = OrderedDict()
        self._hot_bytes = 0
        self._disk_bytes: int | None = None
        self._writing = asyncio.Lock()
        self._unwritten: dict[str, tuple[UUID, Answer]] = {}
        self._is_hurried = asyncio.Event()
        self._tasks: set[asyncio.Task[None]] = set()

    async def get(
        self, source_id: UUID, key: str, *, lifetime: timedelta | None = None, may_be_stale: bool = False
    ) -> Answer | None:
        """The answer of that key while it is young enough, or a little longer for who asks again at once."""
        lifetime = self._lifetime if lifetime is None else lifetime
        answer = await self._find(source_id, key, lifetime)
        if answer is None or may_be_stale or self.is_young(answer, lifetime):
            return answer
        return None

    def is_young(self, answer: Answer, lifetime: timedelta) -> bool:
        return self._clock() - answer.read_at < lifetime

    async def _find(self, source_id: UUID, key: str, lifetime: timedelta) -> Answer | None:
        kept = self._hot.get(key)
        if kept is not None:
            self._hot.move_to_end(key)
            if self._is_kept(kept[1].read_at, lifetime):
                return kept[1]
            self._cool(key)
            return None
        if self._most_bytes == 0 or not self._place(source_id, key).exists():
            return None
        answer = await asyncio.to_thread(self._read, source_id, key, lifetime)
        if answer is not None:
            self._warm(source_id, key, answer)
        return answer

    def put(self, source_id: UUID, key: str, answer: Answer) -> None:
        """Keep an answer; its file is written once the asker has got it."""
        self._warm(source_id, key, answer)
        if answer.frame.estimated_size() * LARGEST_SHARE <= self._most_bytes:
            self._unwritten[key] = (source_id, replace(answer, frame=answer.own_frame()))
            task = asyncio.create_task(self._store(key))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def settle(self) -> None:
        """Write now what is not written yet, and wait until it is there."""
        self._is_hurried.set()
        await asyncio.gather(*self._tasks)
        self._is_hurried.clear()

    async def _store(self, key: str) -> None:
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._is_hurried.wait(), WRITTEN_AFTER_SECONDS)
        async with self._writing:
            if key not in self._unwritten:
                return  # forgotten meanwhile, or written for who asked at the same time
            source_id, answer = self._unwritten.pop(key)
            try:
                await asyncio.to_thread(self._write, source_id, key, answer)
            except OSError:
                # A full disk costs speed, not the answer.
                log.warning("answer_not_cached", source_id=str(source_id), exc_info=True)

    async def drop(self, source_id: UUID) -> None:
        """Forget every answer of a source."""
        for key in [key for key, (source, _, _) in self._hot.items() if source == source_id]:
            self._cool(key)
        for key in [key for key, (source, _) in self._unwritten.items() if source == source_id]:
            del self._unwritten[key]
        async with self._writing:
            await asyncio.to_thread(shutil.rmtree, self._folder / source_id.hex, ignore_errors=True)
            self._disk_bytes = None

    def _is_kept(self, read_at: datetime, lifetime: timedelta) -> bool:
        return self._clock() - read_at < lifetime + self._stale_for

    def _warm(self, source_id: UUID, key: str, answer: Answer) -> None:
        rows = int(answer.frame.estimated_size())
        size = rows + min(3 * rows, LARGEST_ENCODED) + 1_000
        if size * LARGEST_SHARE > self._most_memory:
            return
        self._cool(key)
        self._hot[key] = (source_id, answer, size)
        self._hot_bytes += size
        while self._hot_bytes > self._most_memory:
            self._cool(next(iter(self._hot)))

    def _cool(self, key: str) -> None:
        kept = self._hot.pop(key, None)
        if kept is not None:
            self._hot_bytes -= kept[2]

    def _place(self, source_id: UUID, key: str) -> Path:
        return self._folder / source_id.hex / f"{key}.json"

    def _read(self, source_id: UUID, key: str, lifetime: timedelta) -> Answer | None:
        place = self._place(source_id, key)
        try:
            head = msgspec.json.decode(place.read_bytes(), type=_Head)
            if not self._is_kept(head.read_at, lifetime):
                _remove(place)
                return None
            frame = pl.read_ipc_stream(place.with_suffix(".arrow").read_bytes())
            os.utime(place)
        except FileNotFoundError:
            return None
        except (OSError, msgspec.MsgspecError, pl.exceptions.PolarsError):
            log.warning("cached_answer_unreadable", place=str(place), exc_info=True)
            _remove(place)
            return None
        return Answer(
            columns=head.columns,
            frame=frame,
            is_cut=head.is_cut,
            engine_ms=head.engine_ms,
            read_at=head.read_at,
            completeness=head.completeness,
            total_rows=head.total_rows,
        )

    def _write(self, source_id: UUID, key: str, answer: Answer) -> None:
        place = self._place(source_id, key)
        place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        head = _Head(
            columns=answer.columns,
            is_cut=answer.is_cut,
            engine_ms=answer.engine_ms,
            read_at=answer.read_at,
            completeness=answer.completeness,
            total_rows=answer.total_rows,
        )
        new = place.with_name(f"{key}.{os.getpid()}.new")
        try:
            # A stream is written and read in a third of the time that a file with a footer takes.
            answer.frame.write_ipc_stream(new, compression="lz4")
            size = new.stat().st_size
            new.replace(place.with_suffix(".arrow"))
            # The head comes last: who finds it finds the rows as well.
            new.write_bytes(msgspec.json.encode(head))
            new.replace(place)
        finally:
            new.unlink(missing_ok=True)
        if self._disk_bytes is None:
            self._disk_bytes = sum(entry.stat().st_size for entry in self._folder.rglob("*.arrow"))
        else:
            self._disk_bytes += size
        if self._disk_bytes > self._most_bytes:
            self._disk_bytes = self._evict()

    def _evict(self) -> int:
        """Remove what was not asked for the longest; other processes may do the same meanwhile."""
        entries = []
        for place in self._folder.rglob("*.json"):
            with contextlib.suppress(FileNotFoundError):
                size = place.with_suffix(".arrow").stat().st_size
                entries.append((place.stat().st_mtime, size, place))
        left = sum(size for _, size, _ in entries)
        for _, size, place in sorted(entries, key=lambda entry: entry[0]):
            if left <= self._most_bytes * KEPT_AFTER_EVICTION:
                break
            _remove(place)
            left -= size
        return left


def _remove(place: Path) -> None:
    place.unlink(missing_ok=True)
    place.with_suffix(".arrow").unlink(missing_ok=True)
