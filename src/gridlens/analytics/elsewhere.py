"""A question that its source cannot answer may have been meant for another one."""

import asyncio

from gridlens.analytics import ask
from gridlens.analytics.plans import Plans
from gridlens.analytics.running.service import QueryService
from gridlens.core.errors import GridlensError
from gridlens.core.events import Bus
from gridlens.core.principal import Principal
from gridlens.shared.data_sources import ListSources, SourceDescription, SourceSummary

MOST_SOURCES = 12
MOST_SECONDS = 1.0
SURE = 0.85


class Elsewhere:
    """Looks whether another source that the asker may read understands a question whole."""

    def __init__(self, bus: Bus, queries: QueryService, plans: Plans) -> None:
        self._bus = bus
        self._queries = queries
        self._plans = plans

    async def understood(
        self, principal: Principal, question: str, here: SourceDescription
    ) -> SourceSummary | None:
        """The source that is surest of it; none where nobody is sure, or none was within a second."""
        best, sureness = None, SURE
        try:
            async with asyncio.timeout(MOST_SECONDS):
                for other in (await self._bus.request(ListSources(principal=principal)))[:MOST_SOURCES]:
                    if other.source_id == here.source_id:
                        continue
                    confidence = await self._confidence(principal, question, other)
                    if confidence > sureness:
                        best, sureness = other, confidence
        except TimeoutError:
            pass
        return best

    async def _confidence(self, principal: Principal, question: str, other: SourceSummary) -> float:
        try:
            source = await self._queries.describe(principal, other.source_id)
        except GridlensError:
            return 0.0
        found = await asyncio.to_thread(
            ask.understand, question, source, self._plans.today(source), source.zone
        )
        return found.confidence if found.plan is not None and not found.unknown_words else 0.0
