"""Plans on their way to SQL: rendered beside the event loop, each once a day."""

import asyncio
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec

from gridlens.core.models import utc_now
from gridlens.shared.data_sources import SourceDescription
from gridlens.shared.results import Column

if TYPE_CHECKING:
    from gridlens.analytics.ask import QueryPlan

RENDERED_KEPT = 500

_Seen = tuple[UUID, int, str]
"""A source's catalog as people of the same rights see it."""


def _seen(source: SourceDescription) -> _Seen:
    return source.source_id, source.catalog.version, source.rights


@dataclass(frozen=True, slots=True, kw_only=True)
class RenderedPlan:
    """The SQL of a plan in its source's dialect, and what its columns are."""

    sql: str
    columns: tuple[Column, ...]


class Plans:
    def __init__(self, clock: Callable[[], datetime] = utc_now) -> None:
        self._clock = clock
        self._rendered: OrderedDict[tuple[_Seen, str, date, bytes], RenderedPlan] = OrderedDict()
        self._columns: OrderedDict[tuple[_Seen, str], tuple[Column, ...]] = OrderedDict()

    def today(self, source: SourceDescription) -> date:
        """The day it is where the source is."""
        return self._clock().astimezone(ZoneInfo(source.zone)).date()

    async def render(self, plan: "QueryPlan", source: SourceDescription) -> RenderedPlan:
        """The statement for today.

        Raises:
            PlanRefused: the source cannot answer this plan rightly.
        """
        today = self.today(source)
        key = (_seen(source), source.zone, today, msgspec.json.encode(plan))
        rendered = self._rendered.get(key)
        if rendered is None:
            rendered = await asyncio.to_thread(_render, plan, source, today)
            self._rendered[key] = rendered
            self._columns[_seen(source), rendered.sql] = rendered.columns
            for kept in (self._rendered, self._columns):
                while len(kept) > RENDERED_KEPT:
                    kept.popitem(last=False)
        else:
            self._rendered.move_to_end(key)
        return rendered

    def columns_of(self, sql: str, source: SourceDescription) -> tuple[Column, ...] | None:
        """What a plan knew of its columns, for SQL that was rendered from one not long ago.

        A chart of an answer asks for the answer's SQL; its units are better known than SQL can tell.
        """
        return self._columns.get((_seen(source), sql))


def _render(plan: "QueryPlan", source: SourceDescription, today: date) -> RenderedPlan:
    from gridlens.analytics import ask

    query = ask.render(plan, source.catalog, source.dialect, source.zone, today)
    return RenderedPlan(
        sql=query.sql(dialect=source.dialect, pretty=True, comments=False),
        columns=ask.columns(plan, source.catalog, ask.compared_with(plan, source, today)),
    )
