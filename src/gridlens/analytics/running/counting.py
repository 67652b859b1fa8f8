"""Counting the readings behind an answer beside fetching it: once for equal counts, and never for long."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

import polars as pl
import structlog
from uuid_utils.compat import uuid7

from gridlens.analytics.running.cache import Answer, AnswerCache, key_of
from gridlens.analytics.running.flights import Flights
from gridlens.analytics.running.guarding import MOST_SERIES, Guarding
from gridlens.core.errors import GridlensError
from gridlens.core.events import Bus
from gridlens.core.principal import Principal
from gridlens.shared.data_sources import FetchedRows, FetchRows, SourceDescription
from gridlens.shared.results import Completeness

if TYPE_CHECKING:
    from gridlens.analytics.running.readings import Planned

MOST_SECONDS = 5.0
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
        from gridlens.analytics.running.completeness import (
            Place,
            completeness_of,
            counts_in,
            series_in,
            unknown,
        )

        try:
            counts = counts_in((await fetching).frame, planned.listing) if planned.listing else None
            if counts is None:
                counts = await self._rows(principal, source, planned.count_sql, is_fresh=is_fresh)
            if counts.height > MOST_SERIES:
                return unknown(f"there are more than {MOST_SERIES:,} series")
            series = planned.series
            if planned.series_sql and counts.height == planned.named:
                series = counts.height
            elif planned.series_sql:
                # Which series there are changes rarely, so that an answer from the cache will do.
                series = series_in(await self._rows(principal, source, planned.series_sql, is_fresh=False))
        except GridlensError as error:
            log.info("readings_not_counted", source_id=str(source.source_id), reason=error.detail)
            return unknown("its readings could not be counted in time")
        place = Place(dialect=source.dialect, zone=source.zone)
        return completeness_of(planned, counts, series, place, self._clock())

    async def _rows(
        self, principal: Principal, source: SourceDescription, sql: str, *, is_fresh: bool
    ) -> pl.DataFrame:
        sql = await self._guarding.counting(sql, source)
        # Never found by somebody who writes the same statement: its columns are not described.
        key = key_of(principal, source, f"readings of {sql}")
        answer = None if is_fresh else await self._cache.get(source.source_id, key)
        if answer is None:
            query_id = uuid7()
            ask = FetchRows(
                principal=principal,
                source_id=source.source_id,
                query_id=query_id,
                sql=sql,
                row_limit=MOST_SERIES + 1,
                deadline_seconds=MOST_SECONDS,
                rights=source.rights,
            )
            answer = await self._flights.join(key, principal, query_id, partial(self._fetch, ask, key))
        return answer.own_frame()

    async def _fetch(self, ask: FetchRows, key: str) -> Answer:
        read_at = self._clock()
        fetched = await self._bus.request(ask)
        answer = Answer(
            columns=(),
            frame=fetched.frame,
            is_cut=fetched.is_cut,
            engine_ms=fetched.engine_ms,
            read_at=read_at,
            completeness=None,
        )
        self._cache.put(ask.source_id, key, answer)
        return answer
