"""The one path of every query: guard, cache, fetch, and the note of it all."""

import asyncio
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Generic, TypeVar
from uuid import UUID

import msgspec
import polars as pl
from uuid_utils.compat import uuid7

from gridlens.analytics.errors import InvalidSql, QueryRefused, QueryTooLarge
from gridlens.analytics.parameters import Bound
from gridlens.analytics.running.cache import Answer, AnswerCache, key_of
from gridlens.analytics.running.columns import completeness_of, describe_columns, kind_of
from gridlens.analytics.running.flights import Flights
from gridlens.analytics.running.history import Door, History, Run, Status
from gridlens.analytics.running.lanes import Lane, Lanes
from gridlens.core.config import Settings
from gridlens.core.errors import Conflict, GridlensError
from gridlens.core.events import Bus
from gridlens.core.models import utc_now
from gridlens.core.principal import Principal
from gridlens.shared.data_sources import DescribeSource, FetchedRows, FetchRows, SourceDescription, StopFetch
from gridlens.shared.results import Column, ResultSet
from gridlens.shared.time import Scope

if TYPE_CHECKING:
    from gridlens.analytics.guard import Guarded, KnownTables

GUARDED_KEPT = 1_000
CATALOGS_KEPT = 64
MANY_ROWS = 50_000
"""From here on, looking through the rows of a result is done beside the event loop."""
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
    query_id: UUID = field(default_factory=uuid7)


class QueryService:
    def __init__(
        self, settings: Settings, bus: Bus, history: History, clock: Callable[[], datetime] = utc_now
    ) -> None:
        self._settings = settings
        self._bus = bus
        self._history = history
        self._clock = clock
        self.cache = AnswerCache(
            settings.data_dir / "cache" / "answers",
            settings.cache_bytes,
            timedelta(seconds=settings.cache_seconds),
            clock,
        )
        self._lanes = Lanes()
        self._flights = Flights(self._stop_fetch)
        self._guarded: _Recent[Hashable, Guarded] = _Recent(GUARDED_KEPT)
        self._known: _Recent[tuple[UUID, int], KnownTables] = _Recent(CATALOGS_KEPT)
        # Parsing holds the interpreter, so a second thread would only take from the event loop.
        self._threads = ThreadPoolExecutor(max_workers=1, thread_name_prefix="guard")

    async def describe(self, principal: Principal, source_id: UUID) -> SourceDescription:
        return await self._bus.request(DescribeSource(principal=principal, source_id=source_id))

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
            result = await self._answer(principal, query, source)
            return result
        except BaseException as error:
            failure = error
            raise
        finally:
            elapsed_ms = (time.perf_counter() - began) * 1000
            self._note(principal, query, started_at, elapsed_ms, result, failure)

    async def check(self, principal: Principal, query: Query) -> "Guarded":
        """What the guard says, without running anything."""
        return await self._guard(query, await self.describe(principal, query.source_id))

    async def cancel(self, principal: Principal, query_id: UUID) -> bool:
        """Stop a query of one's own, in whichever process it runs; true when it was running."""
        if self._flights.leave(principal.user_id, query_id):
            return True
        return await self._stop_fetch(principal, query_id)

    async def forget_source(self, source_id: UUID) -> None:
        await self.cache.drop(source_id)

    async def close(self) -> None:
        await self.cache.settle()
        await self._history.flush()
        self._threads.shutdown(wait=False, cancel_futures=True)

    async def _answer(self, principal: Principal, query: Query, source: SourceDescription) -> ResultSet:
        guarded = await self._guard(query, source)
        key = key_of(principal, source.source_id, source.catalog.version, source.zone, guarded.sql)
        answer = None if query.is_fresh else await self.cache.get(source.source_id, key)
        is_cached = answer is not None
        if answer is None:
            fetch = partial(self._fetch, principal, query, source, guarded, key)
            answer = await self._flights.join(key, principal, query.query_id, fetch)
        frame, columns = answer.own_frame(), answer.columns
        if query.columns is not None and len(query.columns) == frame.width:
            frame, columns = _as_planned(frame, query.columns)
        return ResultSet(
            columns=columns,
            frame=frame,
            is_cut=answer.is_cut,
            row_limit=query.row_limit,
            sql=query.sql,
            source_id=source.source_id,
            source_name=source.name,
            zone=source.zone,
            read_at=answer.read_at,
            engine_ms=answer.engine_ms,
            is_cached=is_cached,
            completeness=answer.completeness,
            notes=(*query.notes, *guarded.notes),
        )

    async def _guard(self, query: Query, source: SourceDescription) -> "Guarded":
        version = source.catalog.version
        scope = query.scope if query.scope and (query.scope.time_range or query.scope.filters) else None
        # Encoded, because 1, 1.0 and true are equal in Python and not in SQL.
        values = msgspec.msgpack.encode((query.bound, scope))
        key = (source.source_id, version, source.zone, query.sql, values, query.row_limit)
        guarded = self._guarded.get(key)
        if guarded is None:
            loop = asyncio.get_running_loop()
            guarded = await loop.run_in_executor(self._threads, self._guard_now, query, source, scope)
            self._guarded.keep(key, guarded)
        return guarded

    def _guard_now(self, query: Query, source: SourceDescription, scope: Scope | None) -> "Guarded":
        from gridlens.analytics.guard import KnownTables, guard

        catalog_key = (source.source_id, source.catalog.version)
        known = self._known.get(catalog_key)
        if known is None:
            known = KnownTables.of(source.catalog, source.dialect)
            self._known.keep(catalog_key, known)
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
        async with self._lanes.place(query.lane, principal.user_id):
            read_at = self._clock()
            fetched = await self._bus.request(
                FetchRows(
                    principal=principal,
                    source_id=source.source_id,
                    query_id=query.query_id,
                    sql=guarded.sql,
                    row_limit=query.row_limit,
                    deadline_seconds=self._settings.query_seconds,
                )
            )
        if fetched.frame.height >= MANY_ROWS:
            answer = await asyncio.to_thread(_described, fetched, guarded, source.zone, read_at)
        else:
            answer = _described(fetched, guarded, source.zone, read_at)
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
    ) -> None:
        if result is not None and result.is_cached and query.lane == "shared":
            return  # a dashboard that shows what it showed before is nothing to remember
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
                row_count=result.frame.height if result else None,
                is_cut=result.is_cut if result else False,
                is_cached=result.is_cached if result else False,
            )
        )


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


def _described(fetched: FetchedRows, guarded: "Guarded", zone: str, read_at: datetime) -> Answer:
    columns = describe_columns(fetched.frame, guarded.outputs)
    complete = None
    if not fetched.is_cut:
        complete = completeness_of(fetched.frame, columns, guarded.outputs, zone)
    return Answer(
        columns=columns,
        frame=fetched.frame,
        is_cut=fetched.is_cut,
        engine_ms=fetched.engine_ms,
        read_at=read_at,
        completeness=complete,
    )


def _as_planned(frame: pl.DataFrame, planned: tuple[Column, ...]) -> tuple[pl.DataFrame, tuple[Column, ...]]:
    """What a plan knows of its columns goes before what the SQL tells, except how values are stored."""
    from gridlens.analytics.ask import typed

    frame = typed(frame, planned)
    columns = tuple(
        msgspec.structs.replace(column, kind=kind_of(series.dtype))
        for column, series in zip(planned, frame.get_columns(), strict=True)
    )
    return frame, columns


def _status(failure: BaseException | None) -> Status:
    match failure:
        case None:
            return "succeeded"
        case QueryRefused() | InvalidSql() | QueryTooLarge():
            return "refused"
        case asyncio.CancelledError():
            return "stopped"
        case GridlensError() if failure.kind in STOPPED_KINDS:
            return "stopped"
        case _:
            return "failed"


def _reason(failure: BaseException | None) -> str | None:
    if failure is None or isinstance(failure, asyncio.CancelledError):
        return None
    return failure.detail if isinstance(failure, GridlensError) else type(failure).__name__
