"""The one path of every query: guard, cache, fetch, and the note of it all."""

import asyncio
import time
from collections import OrderedDict
from collections.abc import AsyncGenerator, Awaitable, Callable, Hashable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractAsyncContextManager, aclosing
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Generic, Literal, TypeVar
from uuid import UUID

import msgspec
import polars as pl
from uuid_utils.compat import uuid7

from gridlens.analytics.errors import InvalidSql, QueryRefused, QueryTooLarge
from gridlens.analytics.exporting.streams import RowStream, first_then
from gridlens.analytics.parameters import Bound
from gridlens.analytics.running.cache import Answer, AnswerCache, View, key_of
from gridlens.analytics.running.columns import describe_columns, kind_of
from gridlens.analytics.running.counting import Counting, Planned, plan
from gridlens.analytics.running.flights import Flights
from gridlens.analytics.running.history import Door, History, Run, Status
from gridlens.analytics.running.lanes import Lane, Lanes
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
from gridlens.shared.results import Column, Completeness, ResultSet
from gridlens.shared.time import Scope

if TYPE_CHECKING:
    from gridlens.analytics.guard import Guarded, KnownTables
    from gridlens.analytics.semantic.store import SemanticStore

GUARDED_KEPT = 1_000
CATALOGS_KEPT = 64
MOST_VIEWS = 4
SENT_AFTER_SECONDS = 0.001
MANY_ROWS = 50_000
"""From here on, looking through the rows of a result is done beside the event loop."""
SHORT_TEXT = 4_000
TOO_HEAVY = "query-too-heavy"
STOPPED_KINDS = frozenset({"query-stopped", "query-cancelled"})

KeyT = TypeVar("KeyT", bound=Hashable)
ValueT = TypeVar("ValueT")


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """One run of a query. ``columns`` are those a plan knows its answer to have."""

    source_id: UUID
    sql: str
    door: Door
    row_limit: int
    lane: Lane = "interactive"
    bound: tuple[Bound, ...] = ()
    scope: Scope | None = None
    columns: tuple[Column, ...] | None = None
    notes: tuple[str, ...] = ()
    question_id: UUID | None = None
    is_fresh: bool = False
    may_be_stale: bool = False
    kept_seconds: int | None = None
    """How old an answer may be; nothing leaves it to the source."""
    deadline_seconds: float | None = None
    is_trial: bool = False
    """A plan is only tried: nobody asked for it, so the history does not tell of it."""
    admit: Callable[[], Awaitable[None]] | None = None
    """Asked before a source is: what the cache answers wears nobody out."""
    query_id: UUID = field(default_factory=uuid7)


@dataclass(frozen=True, slots=True)
class Progress:
    """Whether a query runs or waits; ``position`` is 1 for the next one."""

    state: Literal["waiting", "running"]
    position: int | None


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
        self._lanes = Lanes(settings)
        self._flights = Flights(self._stop_fetch)
        self._counting = Counting(bus, self.cache, self._flights, clock)
        self._guarded: _Recent[Hashable, Guarded] = _Recent(GUARDED_KEPT)
        self._planned: _Recent[Hashable, _CountOf] = _Recent(GUARDED_KEPT)
        self._shown: _Recent[Hashable, datetime] = _Recent(GUARDED_KEPT)
        self._too_heavy: _Recent[Hashable, bool] = _Recent(GUARDED_KEPT)
        self._known: _Recent[tuple[UUID, int, str], KnownTables] = _Recent(CATALOGS_KEPT)
        # Parsing holds the interpreter, so a second thread would only take from the event loop.
        self._threads = ThreadPoolExecutor(max_workers=1, thread_name_prefix="guard")
        # Long texts wait for one another, and hold up nobody who asks something short.
        self._long_texts = ThreadPoolExecutor(max_workers=1, thread_name_prefix="guard-long")

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
            result = await self._all_or_fewer(principal, query, source)
            return result
        except BaseException as error:
            failure = error
            raise
        finally:
            elapsed_ms = (time.perf_counter() - began) * 1000
            self._note(principal, query, started_at, elapsed_ms, result, failure)

    async def stream(
        self, principal: Principal, query: Query, source: SourceDescription | None = None
    ) -> RowStream:
        """Every row in parts, read now and never cached; what is wrong with the query is raised here."""
        source = source or await self.describe(principal, query.source_id)
        guarded = await self._guard(query, source)
        parts = self._parts(principal, query, source, guarded)
        first = await anext(parts)
        columns, planned = describe_columns(first, guarded.outputs), query.columns
        if planned is not None and len(planned) == first.width:
            columns = _as_planned(first, planned)[1]
            parts = _each_as_planned(parts, planned)
            first = _as_planned(first, planned)[0]
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
        return await self._guard(query, source or await self.describe(principal, query.source_id))

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

    async def forget_source(self, source_id: UUID) -> None:
        await self.cache.drop(source_id)

    async def close(self) -> None:
        await self.cache.settle()
        await self._history.flush()
        for threads in (self._threads, self._long_texts):
            threads.shutdown(wait=False, cancel_futures=True)

    async def _all_or_fewer(self, principal: Principal, query: Query, source: SourceDescription) -> ResultSet:
        """All rows up to the limit; of those too heavy to be held at once, a page, which says it is cut."""
        most = self._settings.query_rows
        key = (source.source_id, source.catalog.version, query.sql)
        if query.row_limit > most and self._too_heavy.get(key):
            return await self._answer(principal, replace(query, row_limit=most), source)
        try:
            return await self._answer(principal, query, source)
        except GridlensError as error:
            if error.kind != TOO_HEAVY or query.row_limit <= most:
                raise
            self._too_heavy.keep(key, value=True)
            return await self._answer(principal, replace(query, row_limit=most), source)

    async def _answer(self, principal: Principal, query: Query, source: SourceDescription) -> ResultSet:
        guarded = await self._guard(query, source)
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
        view = _view(answer, query.columns)
        return ResultSet(
            columns=view.columns,
            frame=view.frame.clone(),
            encoded=view.encoded,
            version=f"{key} {answer.read_at.isoformat()}",
            is_cut=answer.is_cut,
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

    async def _guard(self, query: Query, source: SourceDescription) -> "Guarded":
        scope = _narrowing(query)
        key = _meaning_of(query, source, scope)
        guarded = self._guarded.get(key)
        if guarded is None:
            loop = asyncio.get_running_loop()
            threads = self._threads if len(query.sql) <= SHORT_TEXT else self._long_texts
            guarded = await loop.run_in_executor(threads, self._guard_now, query, source, scope)
            self._guarded.keep(key, guarded)
        return guarded

    async def _count_readings(
        self, principal: Principal, query: Query, source: SourceDescription, guarded: "Guarded"
    ) -> Completeness | None:
        key = _meaning_of(query, source, query.scope)
        count = self._planned.get(key)
        if count is None:
            # The query itself goes out first: planning holds the interpreter.
            await asyncio.sleep(SENT_AFTER_SECONDS)
            loop = asyncio.get_running_loop()
            planned = await loop.run_in_executor(self._threads, self._readings_now, query, source, guarded)
            count = _CountOf(planned)
            self._planned.keep(key, count)
        return await self._counting.completeness(principal, source, count.planned, is_fresh=query.is_fresh)

    def _readings_now(self, query: Query, source: SourceDescription, guarded: "Guarded") -> Planned:
        """How to count what the query itself reads; what its asker may see is put upon the counts."""
        known = self._known_tables(source)
        if known.restrictions or _narrowing(query):
            guarded = self._guarded_by(replace(known, restrictions={}), query, source, None)
        return plan(guarded.sql, known, source.zone, query.row_limit + 1, query.scope)

    def _known_tables(self, source: SourceDescription) -> "KnownTables":
        from gridlens.analytics.guard import KnownTables

        catalog_key = (source.source_id, source.catalog.version, source.rights)
        known = self._known.get(catalog_key)
        if known is None:
            known = KnownTables.of(source.catalog, source.dialect, source.restrictions)
            self._known.keep(catalog_key, known)
        return known

    def _guard_now(self, query: Query, source: SourceDescription, scope: Scope | None) -> "Guarded":
        return self._guarded_by(self._known_tables(source), query, source, scope)

    def _guarded_by(
        self, known: "KnownTables", query: Query, source: SourceDescription, scope: Scope | None
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

    async def _fetch(
        self, principal: Principal, query: Query, source: SourceDescription, guarded: "Guarded", key: str
    ) -> Answer:
        async with self._place(principal, query, source):
            read_at = self._clock()
            counted = asyncio.create_task(self._count_readings(principal, query, source, guarded))
            try:
                fetched = await self._bus.request(
                    FetchRows(
                        principal=principal,
                        source_id=source.source_id,
                        query_id=query.query_id,
                        sql=guarded.sql,
                        row_limit=query.row_limit,
                        deadline_seconds=query.deadline_seconds or self._settings.query_seconds,
                        rights=source.rights,
                    )
                )
                complete = None if fetched.is_cut else await counted
            finally:
                counted.cancel()
        if fetched.frame.height >= MANY_ROWS:
            answer = await asyncio.to_thread(_described, fetched, guarded, complete, read_at)
        else:
            answer = _described(fetched, guarded, complete, read_at)
        self.cache.put(source.source_id, key, answer)
        return answer

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
                status=_status(failure),
                error=_reason(failure),
                started_at=started_at,
                elapsed_ms=elapsed_ms,
                engine_ms=result.engine_ms if result else None,
                row_count=result.frame.height if result else row_count,
                is_cut=result.is_cut if result else False,
                is_cached=result.is_cached if result else False,
            )
        )


@dataclass(frozen=True, slots=True)
class _CountOf:
    """How the readings of a query are counted, which for many is not at all."""

    planned: Planned


class _Recent(Generic[KeyT, ValueT]):
    """The values used last; safe to use from the guard's thread as well."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._values: OrderedDict[KeyT, ValueT] = OrderedDict()

    def get(self, key: KeyT) -> ValueT | None:
        value = self._values.get(key)
        if value is not None:
            self._values.move_to_end(key)
        return value

    def keep(self, key: KeyT, value: ValueT) -> None:
        self._values[key] = value
        while len(self._values) > self._most:
            self._values.popitem(last=False)


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


def _described(
    fetched: FetchedRows, guarded: "Guarded", complete: Completeness | None, read_at: datetime
) -> Answer:
    return Answer(
        columns=describe_columns(fetched.frame, guarded.outputs),
        frame=fetched.frame,
        is_cut=fetched.is_cut,
        engine_ms=fetched.engine_ms,
        read_at=read_at,
        completeness=_of_nothing(complete) if complete and _is_blank(fetched.frame) else complete,
    )


def _is_blank(frame: pl.DataFrame) -> bool:
    """No rows, or one of missing values: what a figure over no rows is."""
    return frame.height == 0 or (frame.height == 1 and frame.null_count().row(0) == (1,) * frame.width)


def _of_nothing(complete: Completeness) -> Completeness:
    """An answer without a value is not complete by readings that do not fit its question."""
    if complete.present == 0:
        return complete
    return Completeness(
        expected=0, present=0, unknown="none of the readings that are there fits the question"
    )


def _view(answer: Answer, planned: tuple[Column, ...] | None) -> View:
    """The answer for one kind of reader; made once, and then kept with the answer."""
    if planned is not None and len(planned) != answer.frame.width:
        planned = None
    view = answer.views.get(planned)
    if view is None:
        if planned is None:
            view = View(answer.columns, answer.own_frame())
        else:
            frame, columns = _as_planned(answer.own_frame(), planned)
            view = View(columns, frame)
        if len(answer.views) < MOST_VIEWS:
            answer.views[planned] = view
    return view


def _as_planned(frame: pl.DataFrame, planned: tuple[Column, ...]) -> tuple[pl.DataFrame, tuple[Column, ...]]:
    """What a plan knows of its columns goes before what the SQL tells, except how values are stored."""
    from gridlens.analytics.ask import typed

    frame = typed(frame, planned)
    columns = tuple(
        msgspec.structs.replace(column, kind=kind_of(series.dtype))
        for column, series in zip(planned, frame.get_columns(), strict=True)
    )
    return frame, columns


async def _each_as_planned(
    parts: AsyncGenerator[pl.DataFrame, None], planned: tuple[Column, ...]
) -> AsyncGenerator[pl.DataFrame, None]:
    async with aclosing(parts):
        async for part in parts:
            yield _as_planned(part, planned)[0]


def _status(failure: BaseException | None) -> Status:
    match failure:
        case None:
            return "succeeded"
        case QueryRefused() | InvalidSql() | QueryTooLarge():
            return "refused"
        case asyncio.CancelledError() | GeneratorExit():
            return "stopped"
        case GridlensError() if failure.kind in STOPPED_KINDS:
            return "stopped"
        case _:
            return "failed"


def _reason(failure: BaseException | None) -> str | None:
    if failure is None or isinstance(failure, asyncio.CancelledError | GeneratorExit):
        return None
    return failure.detail if isinstance(failure, GridlensError) else type(failure).__name__
