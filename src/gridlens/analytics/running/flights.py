"""Equal queries in flight run once; whoever asks meanwhile gets the same answer."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from uuid import UUID

from gridlens.analytics.errors import QueryCancelled
from gridlens.analytics.running.cache import Answer
from gridlens.core.principal import Principal

Stop = Callable[[Principal, UUID], Awaitable[object]]
STOPPED = "The query was stopped before it had finished. Run it again when you need it."


@dataclass(slots=True, eq=False)
class Flight:
    """A query on its way to the source, under the name and the id of whoever asked first."""

    principal: Principal
    query_id: UUID
    task: asyncio.Task[Answer]
    passengers: set[UUID] = field(default_factory=set)


@dataclass(slots=True, eq=False)
class Passenger:
    """One run that waits for a flight; ``left`` is set when it is stopped."""

    user_id: UUID
    left: asyncio.Event = field(default_factory=asyncio.Event)


class Flights:
    def __init__(self, stop: Stop) -> None:
        self._stop = stop
        self._flights: dict[str, Flight] = {}
        self._passengers: dict[UUID, Passenger] = {}

    async def join(
        self, key: str, principal: Principal, query_id: UUID, start: Callable[[], Awaitable[Answer]]
    ) -> Answer:
        """The answer under that key: of the flight under way, else of a new one.

        A flight that nobody waits for any more is ended at the source.
        """
        flight = self._flights.get(key)
        if flight is None:
            flight = Flight(principal, query_id, asyncio.ensure_future(_run(start)))
            self._flights[key] = flight
            flight.task.add_done_callback(lambda task: self._landed(key, task))
        flight.passengers.add(query_id)
        passenger = self._passengers[query_id] = Passenger(principal.user_id)
        leaving = asyncio.ensure_future(passenger.left.wait())
        try:
            await asyncio.wait({flight.task, leaving}, return_when=asyncio.FIRST_COMPLETED)
            if passenger.left.is_set() or flight.task.cancelled():
                raise QueryCancelled(STOPPED)
            return flight.task.result()
        finally:
            leaving.cancel()
            del self._passengers[query_id]
            flight.passengers.discard(query_id)
            if not flight.passengers and not flight.task.done():
                self._flights.pop(key, None)
                await asyncio.shield(self._end(flight))

    def leave(self, user_id: UUID, query_id: UUID) -> bool:
        """Stop waiting under that id; true when it was waiting and its user's own."""
        passenger = self._passengers.get(query_id)
        if passenger is None or passenger.user_id != user_id:
            return False
        passenger.left.set()
        return True

    def flight_of(self, user_id: UUID, query_id: UUID) -> UUID | None:
        """The id under which the query of a waiting user travels, which is another's where they are equal."""
        passenger = self._passengers.get(query_id)
        if passenger is None or passenger.user_id != user_id:
            return None
        for flight in self._flights.values():
            if query_id in flight.passengers:
                return flight.query_id
        return query_id

    def __contains__(self, query_id: UUID) -> bool:
        return query_id in self._passengers

    async def _end(self, flight: Flight) -> None:
        try:
            await self._stop(flight.principal, flight.query_id)
        finally:
            flight.task.cancel()

    def _landed(self, key: str, task: asyncio.Task[Answer]) -> None:
        flight = self._flights.get(key)
        if flight is not None and flight.task is task:
            del self._flights[key]
        if not task.cancelled():
            task.exception()  # marks it as seen when every passenger has left


async def _run(start: Callable[[], Awaitable[Answer]]) -> Answer:
    return await start()
