"""How many queries run at once, and in which order the others follow.

Whoever waits for one answer has a few places of their own, as many again for what was handed over to the
background, and for exports; dashboards, reports and programs share others. No source is asked too much at
once, and neither a person nor the exports of all hold every process that reads files.
"""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Literal
from uuid import UUID

from gridlens.analytics.errors import TooManyQueries
from gridlens.core.config import Settings

Lane = Literal["interactive", "background", "export", "shared"]
"""``interactive`` is somebody waiting for one answer, ``background`` what they wait for no more,
``export`` reads every row for a file, ``shared`` serves dashboards, reports and programs."""

AT_ONCE_SHARED = 8
FILES = frozenset({"duckdb", "sqlite"})
"""Dialects whose queries run in worker processes of ours."""


@dataclass(slots=True, eq=False)
class Ticket:
    """One query that wants to run, or runs."""

    query_id: UUID
    lane: Lane
    user_id: UUID
    source_id: UUID
    dialect: str
    is_handed_over: bool = False
    called: asyncio.Event = field(default_factory=asyncio.Event)


class Lanes:
    def __init__(self, settings: Settings) -> None:
        self._per_user = settings.queries_per_user
        self._waiting_per_user = settings.queries_waiting
        self._per_source = settings.queries_per_source
        self._workers = settings.engine_workers
        # One worker is always left for somebody else, where there is more than one.
        self._workers_per_user = max(1, settings.engine_workers - 1)
        self._waiting: list[Ticket] = []
        self._running: dict[UUID, Ticket] = {}

    @asynccontextmanager
    async def place(
        self, query_id: UUID, lane: Lane, user_id: UUID, source_id: UUID, dialect: str
    ) -> AsyncIterator[None]:
        """A place to run, after those who came before."""
        ticket = Ticket(query_id, lane, user_id, source_id, dialect)
        self._turn_away_too_many(ticket)
        self._waiting.append(ticket)
        self._call()
        try:
            await ticket.called.wait()
            yield
        finally:
            if ticket in self._waiting:
                self._waiting.remove(ticket)
            self._running.pop(query_id, None)
            self._call()

    def hand_over(self, query_id: UUID) -> None:
        """Its asker waits no more: it takes a place in the background as soon as one is free."""
        for ticket in (*self._running.values(), *self._waiting):
            if ticket.query_id == query_id and ticket.lane == "interactive":
                ticket.is_handed_over = True
        self._call()

    def position(self, query_id: UUID) -> int | None:
        """How many wait for the same source up to and with this query; nothing when it does not wait."""
        source_id = next((each.source_id for each in self._waiting if each.query_id == query_id), None)
        before = 0
        for ticket in self._waiting:
            before += ticket.source_id == source_id
            if ticket.query_id == query_id:
                return before
        return None

    def _turn_away_too_many(self, ticket: Ticket) -> None:
        if ticket.lane == "shared":
            return
        waiting = sum(each.user_id == ticket.user_id for each in self._waiting if each.lane == ticket.lane)
        if waiting >= self._waiting_per_user:
            raise TooManyQueries(
                f"{self._per_user} of your queries are running and {waiting} are waiting. "
                "Stop one, or wait for them to finish.",
                headers={"Retry-After": "5"},
            )

    def _call(self) -> None:
        """Let everybody run who may, in the order they came."""
        for ticket in self._running.values():
            self._move_to_the_background(ticket)
        for ticket in list(self._waiting):
            if self._may_run(ticket):
                self._waiting.remove(ticket)
                self._running[ticket.query_id] = ticket
                self._move_to_the_background(ticket)
                ticket.called.set()

    def _move_to_the_background(self, ticket: Ticket) -> None:
        if ticket.is_handed_over and ticket.lane == "interactive" and self._has_place(ticket, "background"):
            ticket.lane = "background"

    def _may_run(self, ticket: Ticket) -> bool:
        running = self._running.values()
        if ticket.query_id in self._running:
            return False
        has_place = self._has_place(ticket, ticket.lane) or (
            ticket.is_handed_over and self._has_place(ticket, "background")
        )
        if not has_place or sum(each.source_id == ticket.source_id for each in running) >= self._per_source:
            return False
        if ticket.dialect not in FILES:
            return True
        on_files = [each for each in running if each.dialect in FILES]
        if ticket.lane == "export" and (
            sum(each.lane == "export" for each in on_files) >= self._workers_per_user
        ):
            return False
        workers = Counter(each.user_id for each in on_files)
        return workers.total() < self._workers and workers[ticket.user_id] < self._workers_per_user

    def _has_place(self, ticket: Ticket, lane: Lane) -> bool:
        running = self._running.values()
        if lane == "shared":
            return sum(each.lane == "shared" for each in running) < AT_ONCE_SHARED
        mine = sum(each.lane == lane and each.user_id == ticket.user_id for each in running)
        return mine < self._per_user
