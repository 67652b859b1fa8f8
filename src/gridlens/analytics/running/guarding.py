"""What the guard makes of a query, off the event loop and once for equal queries."""

import asyncio
from collections.abc import Hashable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from uuid import UUID

import msgspec

from gridlens.analytics.running.query import Query
from gridlens.analytics.running.recent import Recent
from gridlens.shared.data_sources import SourceDescription
from gridlens.shared.time import Scope

if TYPE_CHECKING:
    from gridlens.analytics.guard import Guarded, KnownTables
    from gridlens.analytics.running.readings import Planned

GUARDED_KEPT = 1_000
MOST_SERIES = 10_000
"""That readings are counted of."""
CATALOGS_KEPT = 64
SENT_AFTER_SECONDS = 0.001
SHORT_TEXT = 4_000


@dataclass(frozen=True, slots=True)
class _CountOf:
    """How the readings of a query are counted, which for many is not at all."""

    planned: "Planned"


class Guarding:
    def __init__(self) -> None:
        self._guarded: Recent[Hashable, Guarded] = Recent(GUARDED_KEPT)
        self._planned: Recent[Hashable, _CountOf] = Recent(GUARDED_KEPT)
        self._counting: Recent[Hashable, str] = Recent(GUARDED_KEPT)
        self._known: Recent[tuple[UUID, int, str], KnownTables] = Recent(CATALOGS_KEPT)
        # Parsing holds the interpreter, so a second thread would only take from the event loop.
        self._threads = ThreadPoolExecutor(max_workers=1, thread_name_prefix="guard")
        # Long texts wait for one another, and hold up nobody who asks something short.
        self._long_texts = ThreadPoolExecutor(max_workers=1, thread_name_prefix="guard-long")

    async def guarded(self, query: Query, source: SourceDescription) -> "Guarded":
        """The statement that may run.

        Raises:
            QueryRefused, InvalidSql, QueryTooLarge: it may not; the message says why.
        """
        scope = _narrowing(query)
        key = _meaning_of(query, source, scope)
        guarded = self._guarded.get(key)
        if guarded is None:
            loop = asyncio.get_running_loop()
            threads = self._threads_for(query)
            guarded = await loop.run_in_executor(threads, self._guard, query, source, scope)
            self._guarded.keep(key, guarded)
        return guarded

    async def readings(self, query: Query, source: SourceDescription, guarded: "Guarded") -> "Planned":
        """How the readings behind the query's answer are to be counted."""
        key = _meaning_of(query, source, query.scope)
        count = self._planned.get(key)
        if count is None:
            # The query itself goes out first: planning holds the interpreter.
            await asyncio.sleep(SENT_AFTER_SECONDS)
            loop = asyncio.get_running_loop()
            count = _CountOf(await loop.run_in_executor(self._threads, self._plan, query, source, guarded))
            self._planned.keep(key, count)
        return count.planned

    async def counting(self, sql: str, source: SourceDescription) -> str:
        """A statement that counts readings, guarded like any other.

        Raises:
            GridlensError: it may not run.
        """
        key = (source.source_id, source.catalog.version, source.rights, source.zone, sql)
        guarded = self._counting.get(key)
        if guarded is None:
            loop = asyncio.get_running_loop()
            guarded = await loop.run_in_executor(self._threads, self._guard_count, sql, source)
            self._counting.keep(key, guarded)
        return guarded

    async def total(self, query: Query, source: SourceDescription) -> str:
        """The statement that counts all rows of the query's answer.

        Raises:
            GridlensError: it may not run.
        """
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._threads_for(query), self._guard_total, query, source)

    def close(self) -> None:
        for threads in (self._threads, self._long_texts):
            threads.shutdown(wait=False, cancel_futures=True)

    def _threads_for(self, query: Query) -> ThreadPoolExecutor:
        return self._threads if len(query.sql) <= SHORT_TEXT else self._long_texts

    def _guard(self, query: Query, source: SourceDescription, scope: Scope | None) -> "Guarded":
        return _guarded_by(self._known_tables(source), query, source, scope)

    def _guard_count(self, sql: str, source: SourceDescription) -> str:
        from gridlens.analytics.guard import guard

        known = self._known_tables(source)
        return guard(sql, known, most_rows=MOST_SERIES + 1, zone=source.zone).sql

    def _guard_total(self, query: Query, source: SourceDescription) -> str:
        from gridlens.analytics.guard import guard_total

        known = self._known_tables(source)
        return guard_total(query.sql, known, bound=query.bound, zone=source.zone, scope=_narrowing(query))

    def _plan(self, query: Query, source: SourceDescription, guarded: "Guarded") -> "Planned":
        """How to count what the query itself reads; what its asker may see is put upon the counts."""
        known = self._known_tables(source)
        if known.restrictions or _narrowing(query):
            guarded = _guarded_by(replace(known, restrictions={}), query, source, None)
        from gridlens.analytics.running.readings import planned

        return planned(guarded.sql, known, source.zone, query.row_limit + 1, query.scope)

    def _known_tables(self, source: SourceDescription) -> "KnownTables":
        from gridlens.analytics.guard import KnownTables

        key = (source.source_id, source.catalog.version, source.rights)
        known = self._known.get(key)
        if known is None:
            known = KnownTables.of(source.catalog, source.dialect, source.restrictions, source.database)
            self._known.keep(key, known)
        return known


def _guarded_by(
    known: "KnownTables", query: Query, source: SourceDescription, scope: Scope | None
) -> "Guarded":
    from gridlens.analytics.guard import guard

    return guard(
        query.sql,
        known,
        most_rows=query.row_limit + 1,
        bound=query.bound,
        zone=source.zone,
        scope=scope,
    )


def _meaning_of(query: Query, source: SourceDescription, scope: Scope | None) -> Hashable:
    """Equal for queries that mean the same to whoever may read the same of a source."""
    # Encoded, because 1, 1.0 and true are equal in Python and not in SQL.
    values = msgspec.msgpack.encode((query.bound, scope))
    return (
        source.source_id,
        source.catalog.version,
        source.rights,
        source.zone,
        query.sql,
        values,
        query.row_limit,
    )


def _narrowing(query: Query) -> Scope | None:
    """The scope where it narrows anything."""
    return query.scope if query.scope and (query.scope.time_range or query.scope.filters) else None
