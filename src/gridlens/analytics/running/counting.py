"""Counting what is behind an answer: its readings, and all rows of one that is cut.

Equal counts run once, and none for long.
"""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

import polars as pl
import structlog
from uuid_utils.compat import uuid7

from gridlens.analytics.running.cache import Answer, AnswerCache, key_of
from gridlens.analytics.running.flights import Flights
from gridlens.analytics.running.guarding import MOST_SERIES, Guarding
from gridlens.analytics.running.query import Query
from gridlens.analytics.running.recent import Recent
from gridlens.core.errors import GridlensError
from gridlens.core.events import Bus
from gridlens.core.principal import Principal
from gridlens.shared.data_sources import FetchedRows, FetchRows, SourceDescription
from gridlens.shared.results import Completeness

if TYPE_CHECKING:
    from gridlens.analytics.running.readings import Planned, Readings

MOST_SECONDS = 5.0
LEAST_WAIT_SECONDS = 2.0
"""Once there is an answer, its reader waits as long again for what is behind it, and at least so long."""
MOST_TOTAL_SECONDS = 2.0
"""Whoever asked waits so long to hear of how many rows a cut answer shows the first."""
NOT_IN_TIME = "its readings could not be counted in time"
TOTALS_REMEMBERED = 1_000
TOTAL_KNOWN_FOR = timedelta(minutes=5)
log = structlog.get_logger()


class Counting:
    def __init__(
        self,
        bus: Bus,
        guarding: Guarding,
        cache: AnswerCache,
        flights: Flights,
        clock: Callable[[], datetime],
    ) -> None:
        self._bus = bus
        self._guarding = guarding
        self._cache = cache
        self._flights = flights
        self._clock = clock
        self._totals: Recent[str, tuple[datetime, int]] = Recent(TOTALS_REMEMBERED)

    async def completeness(
        self,
        principal: Principal,
        source: SourceDescription,
        planned: "Planned",
        fetching: Awaitable[FetchedRows],
        *,
        is_fresh: bool,
    ) -> Completeness | None:
        """How complete the answer is that is being fetched.

        A count that fails or takes too long makes it unknown, not wrong.
        """
        if planned is None or isinstance(planned, Completeness):
            return planned
        from gridlens.analytics.running.completeness import counts_in, unknown

        try:
            if planned.listing:
                frame = (await fetching).frame
                counts = counts_in(frame, planned.listing)
                if counts is not None:
                    shown = await self._judged(principal, source, planned, counts)
                    most = planned.listing.most
                    # Where its own limit may have cut it, what seems to be missing may only not be shown.
                    if most is None or frame.height < most or _is_whole(shown):
                        return shown
            counts = await self._rows(principal, source, planned.count_sql, is_fresh=is_fresh)
            return await self._judged(principal, source, planned, counts)
        except GridlensError as error:
            log.info("readings_not_counted", source_id=str(source.source_id), reason=error.detail)
            return unknown(NOT_IN_TIME)

    async def soon(
        self, counting: Awaitable[Completeness | None], fetch_seconds: float
    ) -> Completeness | None:
        """What is being counted, unless its reader would wait out of proportion to the answer itself."""
        from gridlens.analytics.running.completeness import unknown

        try:
            async with asyncio.timeout(max(LEAST_WAIT_SECONDS, fetch_seconds)):
                return await counting
        except TimeoutError:
            return unknown(NOT_IN_TIME)

    async def _judged(
        self, principal: Principal, source: SourceDescription, planned: "Readings", counts: pl.DataFrame
    ) -> Completeness:
        from gridlens.analytics.running.completeness import Place, completeness_of, series_in, unknown

        if counts.height > MOST_SERIES:
            return unknown(f"there are more than {MOST_SERIES:,} series")
        series = planned.series
        if planned.series_sql and counts.height == planned.named:
            series = counts.height
        elif planned.series_sql:
            # Which series there are changes rarely, so that an answer from the cache will do.
            series = series_in(await self._rows(principal, source, planned.series_sql, is_fresh=False))
        place = Place(dialect=source.dialect, zone=source.zone)
        return completeness_of(planned, counts, series, place, self._clock())

    async def total(
        self, principal: Principal, query: Query, source: SourceDescription, shown: int
    ) -> int | None:
        """Of how many rows a cut answer shows so many; nothing where that cannot be told in time."""
        try:
            async with asyncio.timeout(MOST_TOTAL_SECONDS):
                sql, key = await self._total_of(principal, query, source)
                ask = _asked(principal, source, sql, row_limit=1, seconds=MOST_TOTAL_SECONDS)
                counted = await self._flights.join(key, principal, ask.query_id, partial(self._fetch, ask))
        except (GridlensError, TimeoutError) as error:
            log.info("rows_not_counted", source_id=str(source.source_id), reason=str(error))
            return None
        total = int(counted.own_frame().item())
        self._totals.keep(key, (counted.read_at, total))
        # Rows may have gone since the answer was read: then it is not known how many there were.
        return total if total > shown else None

    async def known_total(self, principal: Principal, query: Query, source: SourceDescription) -> int | None:
        """How many rows all of the answer has, where that was counted a moment ago; nothing is asked for."""
        try:
            _, key = await self._total_of(principal, query, source)
        except GridlensError:
            return None  # what cannot be counted was not
        counted_at, total = self._totals.get(key) or (None, None)
        return total if counted_at and self._clock() - counted_at < TOTAL_KNOWN_FOR else None

    async def _total_of(
        self, principal: Principal, query: Query, source: SourceDescription
    ) -> tuple[str, str]:
        sql = await self._guarding.total(query, source)
        return sql, key_of(principal, source, f"total of {sql}")

    async def _rows(
        self, principal: Principal, source: SourceDescription, sql: str, *, is_fresh: bool
    ) -> pl.DataFrame:
        sql = await self._guarding.counting(sql, source)
        # Never found by somebody who writes the same statement: its columns are not described.
        key = key_of(principal, source, f"readings of {sql}")
        answer = None if is_fresh else await self._cache.get(source.source_id, key)
        if answer is None:
            ask = _asked(principal, source, sql, row_limit=MOST_SERIES + 1, seconds=MOST_SECONDS)
            answer = await self._flights.join(key, principal, ask.query_id, partial(self._kept, ask, key))
        return answer.own_frame()

    async def _kept(self, ask: FetchRows, key: str) -> Answer:
        answer = await self._fetch(ask)
        self._cache.put(ask.source_id, key, answer)
        return answer

    async def _fetch(self, ask: FetchRows) -> Answer:
        read_at = self._clock()
        fetched = await self._bus.request(ask)
        return Answer(
            columns=(),
            frame=fetched.frame,
            is_cut=fetched.is_cut,
            engine_ms=fetched.engine_ms,
            read_at=read_at,
            completeness=None,
        )


def _is_whole(complete: Completeness) -> bool:
    return complete.unknown is None and complete.present >= complete.expected


def _asked(
    principal: Principal, source: SourceDescription, sql: str, *, row_limit: int, seconds: float
) -> FetchRows:
    return FetchRows(
        principal=principal,
        source_id=source.source_id,
        query_id=uuid7(),
        sql=sql,
        row_limit=row_limit,
        deadline_seconds=seconds,
        rights=source.rights,
    )
