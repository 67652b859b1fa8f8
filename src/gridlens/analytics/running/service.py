"""The one path of every query: guard, cache, fetch, and the note of it all."""

import asyncio
import time
from collections.abc import AsyncGenerator, Awaitable, Callable, Hashable
from contextlib import AbstractAsyncContextManager, aclosing
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

import polars as pl

from gridlens.analytics.exporting.streams import RowStream, first_then
from gridlens.analytics.running.cache import Answer, AnswerCache, key_of
from gridlens.analytics.running.columns import describe_columns
from gridlens.analytics.running.counting import Counting
from gridlens.analytics.running.flights import Flights
from gridlens.analytics.running.guarding import Guarding
from gridlens.analytics.running.history import History, Run, reason_of, status_of
from gridlens.analytics.running.lanes import Lanes
from gridlens.analytics.running.query import Progress, Query, UnderWay
from gridlens.analytics.running.recent import Recent
from gridlens.analytics.running.views import answer_of, as_planned, each_as_planned, view_of
from gridlens.core.config import Settings
from gridlens.core.errors import Conflict, GridlensError
from gridlens.core.events import Bus
from gridlens.core.models import utc_now
from gridlens.core.principal import Principal
from gridlens.shared.data_sources import (
    DescribeSource,
    FetchedRows,
    FetchRows,
    SourceDescription,
    StopFetch,
    StreamRows,
)
from gridlens.shared.results import Completeness, ResultSet

if TYPE_CHECKING:
    from gridlens.analytics.guard import Guarded
    from gridlens.analytics.semantic.store import SemanticStore

ANSWERS_REMEMBERED = 1_000
MANY_ROWS = 50_000
"""From here on, looking through the rows of a result is done beside the event loop."""
TOO_HEAVY = "query-too-heavy"
HEAVY_FOR = timedelta(minutes=10)
"""So long all rows of what was too heavy are not asked for again; the source may have room for them later."""


class QueryService:
    def __init__(
        self,
        settings: Settings,
        bus: Bus,
        history: History,
        clock: Callable[[], datetime] = utc_now,
        terms: "SemanticStore | None" = None,
    ) -> None:
        self._settings = settings
        self._bus = bus
        self._history = history
        self._clock = clock
        self._terms = terms
        self.cache = AnswerCache(
            settings.data_dir / "cache" / "answers",
            settings.cache_bytes,
            timedelta(seconds=settings.cache_seconds),
            clock,
            stale_for=timedelta(seconds=settings.cache_stale_seconds),
        )
        self._guarding = Guarding()
        self._lanes = Lanes(settings)
        self._flights = Flights(self._stop_fetch)
        self._counting = Counting(bus, self._guarding, self.cache, self._flights, clock)
        self._under_way: dict[UUID, UnderWay] = {}
        self._shown: Recent[Hashable, datetime] = Recent(ANSWERS_REMEMBERED)
        self._too_heavy: Recent[Hashable, datetime] = Recent(ANSWERS_REMEMBERED)

    async def describe(self, principal: Principal, source_id: UUID) -> SourceDescription:
        """The source as it was read, with what is agreed about it."""
        source = await self._bus.request(DescribeSource(principal=principal, source_id=source_id))
        return source if self._terms is None else await self._terms.described(principal, source)

    async def run(
        self, principal: Principal, query: Query, source: SourceDescription | None = None
    ) -> ResultSet:
        """Answer a query, from the cache where it can; ``source`` saves asking for it again."""
        if query.query_id in self._flights:
            raise Conflict("A query of this id is running already. Give every query an id of its own.")
        started_at, began = self._clock(), time.perf_counter()
        result: ResultSet | None = None
        failure: BaseException | None = None
        try:
            source = source or await self.describe(principal, query.source_id)
            self._under_way[query.query_id] = UnderWay(query, principal.user_id, source.name, started_at)
            result = await self._all_or_fewer(principal, query, source)
            return result
        except BaseException as error:
            failure = error
            raise
        finally:
            self._under_way.pop(query.query_id, None)
            elapsed_ms = (time.perf_counter() - began) * 1000
            self._note(principal, query, started_at, elapsed_ms, result, failure)

    async def stream(
        self, principal: Principal, query: Query, source: SourceDescription | None = None
    ) -> RowStream:
        """Every row in parts, read now and never cached; what is wrong with the query is raised here."""
        source = source or await self.describe(principal, query.source_id)
        guarded = await self._guarding.guarded(query, source)
        parts = self._parts(principal, query, source, guarded)
        first = await anext(parts)
        columns, planned = describe_columns(first, guarded.outputs), query.columns
        if planned is not None and len(planned) == first.width:
            columns = as_planned(first, planned)[1]
            parts = each_as_planned(parts, planned)
            first = as_planned(first, planned)[0]
        return RowStream(
            columns,
            source.zone,
            source.name,
            first_then(first, parts),
            source.rights,
            tuple((table.schema, table.name) for table in guarded.tables),
        )

    async def _parts(
        self, principal: Principal, query: Query, source: SourceDescription, guarded: "Guarded"
    ) -> AsyncGenerator[pl.DataFrame, None]:
        started_at, began = self._clock(), time.perf_counter()
        rows, failure = 0, None
        ask = StreamRows(
            principal=principal,
            source_id=source.source_id,
            sql=guarded.sql,
            row_limit=query.row_limit,
            deadline_seconds=self._settings.export_seconds,
            rights=source.rights,
        )
        try:
            async with (
                self._place(principal, query, source),
                aclosing(await self._bus.request(ask)) as parts,
            ):
                async for part in parts:
                    rows += part.height
                    yield part
        except BaseException as error:
            failure = error
            raise
        finally:
            elapsed_ms = (time.perf_counter() - began) * 1000
            self._note(principal, query, started_at, elapsed_ms, None, failure, row_count=rows)

    def _place(
        self, principal: Principal, query: Query, source: SourceDescription
    ) -> AbstractAsyncContextManager[None]:
        return self._lanes.place(
            query.query_id, query.lane, principal.user_id, source.source_id, source.dialect
        )

    async def check(
        self, principal: Principal, query: Query, source: SourceDescription | None = None
    ) -> "Guarded":
        """What the guard says, without running anything; ``source`` saves asking for it again."""
        return await self._guarding.guarded(query, source or await self.describe(principal, query.source_id))

    async def known_total(self, principal: Principal, query: Query, source: SourceDescription) -> int | None:
        """How many rows there are, where a cut answer has just said so; nothing is run."""
        return await self._counting.known_total(principal, query, source)

    async def cancel(self, principal: Principal, query_id: UUID) -> bool:
        """Stop a query of one's own, in whichever process it runs; true when it was running."""
        if self._flights.leave(principal.user_id, query_id):
            return True
        return await self._stop_fetch(principal, query_id)

    def progress(self, principal: Principal, query_id: UUID) -> Progress | None:
        """How far a query of one's own is that runs or waits in this process."""
        flight_id = self._flights.flight_of(principal.user_id, query_id)
        if flight_id is None:
            return None
        position = self._lanes.position(flight_id)
        return Progress("waiting" if position else "running", position)

    def under_way(self, principal: Principal) -> list[tuple[UnderWay, Progress, timedelta]]:
        """One's own queries that run or wait in this process, the longest first, and for how long already."""
        now = self._clock()
        return [
            # One that is being checked or ended is under way until the history tells of it.
            (
                each,
                self.progress(principal, each.query.query_id) or Progress("running", None),
                now - each.started_at,
            )
            for each in self._under_way.values()
            if each.user_id == principal.user_id and not each.query.is_trial
        ]

    def hand_over(self, principal: Principal, query_id: UUID) -> None:
        """Nobody waits for this query any more: it leaves its place to one that somebody waits for."""
        flight_id = self._flights.flight_of(principal.user_id, query_id)
        if flight_id is not None:
            self._lanes.hand_over(flight_id)

    async def forget_source(self, source_id: UUID) -> None:
        await self.cache.drop(source_id)

    async def close(self) -> None:
        await self.cache.settle()
        await self._history.flush()
        self._guarding.close()

    async def _all_or_fewer(self, principal: Principal, query: Query, source: SourceDescription) -> ResultSet:
        """All rows up to the limit; of those too heavy to be held at once, a page, which says it is cut."""
        most = self._settings.query_rows
        key = (source.source_id, source.catalog.version, query.sql)
        failed_at = self._too_heavy.get(key) if query.row_limit > most else None
        if failed_at is not None and self._clock() - failed_at < HEAVY_FOR:
            return await self._answer(principal, replace(query, row_limit=most), source)
        try:
            return await self._answer(principal, query, source)
        except GridlensError as error:
            if error.kind != TOO_HEAVY or query.row_limit <= most:
                raise
            self._too_heavy.keep(key, self._clock())
            return await self._answer(principal, replace(query, row_limit=most), source)

    async def _answer(self, principal: Principal, query: Query, source: SourceDescription) -> ResultSet:
        guarded = await self._guarding.guarded(query, source)
        key = key_of(principal, source, guarded.sql)
        answer = None
        lifetime = self._lifetime(query, source)
        if not query.is_fresh:
            answer = await self.cache.get(
                source.source_id, key, lifetime=lifetime, may_be_stale=query.may_be_stale
            )
        is_cached = answer is not None
        if answer is None:
            if query.admit is not None:
                await query.admit()
            fetch = partial(self._fetch, principal, query, source, guarded, key)
            answer = await self._flights.join(key, principal, query.query_id, fetch)
        view = view_of(answer, query.columns)
        return ResultSet(
            columns=view.columns,
            frame=view.frame.clone(),
            encoded=view.encoded,
            version=f"{key} {answer.read_at.isoformat()}",
            is_cut=answer.is_cut,
            total_rows=answer.total_rows,
            row_limit=query.row_limit,
            sql=query.sql,
            source_id=source.source_id,
            source_name=source.name,
            zone=source.zone,
            read_at=answer.read_at,
            engine_ms=answer.engine_ms,
            is_cached=is_cached,
            is_stale=is_cached and not self.cache.is_young(answer, lifetime),
            kept_seconds=lifetime.total_seconds(),
            completeness=answer.completeness,
            notes=(*query.notes, *guarded.notes),
        )

    def _lifetime(self, query: Query, source: SourceDescription) -> timedelta:
        chosen = (query.kept_seconds, source.kept_seconds, self._settings.cache_seconds)
        return timedelta(seconds=next(each for each in chosen if each is not None))

    async def _fetch(
        self, principal: Principal, query: Query, source: SourceDescription, guarded: "Guarded", key: str
    ) -> Answer:
        async with self._place(principal, query, source):
            read_at, began = self._clock(), time.perf_counter()
            ask = FetchRows(
                principal=principal,
                source_id=source.source_id,
                query_id=query.query_id,
                sql=guarded.sql,
                row_limit=query.row_limit,
                deadline_seconds=query.deadline_seconds or self._settings.query_seconds,
                rights=source.rights,
            )
            fetching = asyncio.create_task(self._bus.request(ask))
            counting = asyncio.create_task(self._completeness(principal, query, source, guarded, fetching))
            try:
                fetched = await fetching
                took = time.perf_counter() - began
                complete = None if fetched.is_cut else await self._counting.soon(counting, took)
            finally:
                fetching.cancel()
                counting.cancel()
            total = None
            if fetched.is_cut and not query.is_trial:
                total = await self._counting.total(principal, query, source, fetched.frame.height)
        if fetched.frame.height >= MANY_ROWS:
            answer = await asyncio.to_thread(answer_of, fetched, guarded, complete, read_at, total)
        else:
            answer = answer_of(fetched, guarded, complete, read_at, total)
        # Of a trial nothing is counted, so who asks in earnest is not to find what it has cut.
        if not (query.is_trial and fetched.is_cut):
            self.cache.put(source.source_id, key, answer)
        return answer

    async def _completeness(
        self,
        principal: Principal,
        query: Query,
        source: SourceDescription,
        guarded: "Guarded",
        fetching: Awaitable[FetchedRows],
    ) -> Completeness | None:
        planned = await self._guarding.readings(query, source, guarded)
        return await self._counting.completeness(
            principal, source, planned, fetching, is_fresh=query.is_fresh
        )

    async def _stop_fetch(self, principal: Principal, query_id: UUID) -> bool:
        return await self._bus.request(StopFetch(principal=principal, query_id=query_id))

    def _note(
        self,
        principal: Principal,
        query: Query,
        started_at: datetime,
        elapsed_ms: float,
        result: ResultSet | None,
        failure: BaseException | None,
        row_count: int | None = None,
    ) -> None:
        if query.is_trial:
            return
        if result is not None and result.is_cached and query.lane == "shared":
            return  # a dashboard that shows what it showed before is nothing to remember
        if result is not None:
            reader = (principal.user_id, query.source_id, query.question_id, query.sql, query.door)
            if result.is_cached and self._shown.get(reader) == result.read_at:
                return  # nor is somebody who looks again at the very answer they have seen
            self._shown.keep(reader, result.read_at)
        self._history.note(
            Run(
                id=query.query_id,
                organisation_id=principal.organisation_id,
                user_id=principal.user_id,
                source_id=query.source_id,
                question_id=query.question_id,
                door=query.door,
                sql=query.sql,
                status=status_of(failure),
                error=reason_of(failure),
                started_at=started_at,
                elapsed_ms=elapsed_ms,
                engine_ms=result.engine_ms if result else None,
                row_count=result.frame.height if result else row_count,
                is_cut=result.is_cut if result else False,
                is_cached=result.is_cached if result else False,
            )
        )
