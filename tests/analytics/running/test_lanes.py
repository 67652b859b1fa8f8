"""Who runs, who waits, and in which place."""

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import TypeAlias
from uuid import UUID, uuid4

import msgspec
import pytest

from gridlens.analytics.errors import TooManyQueries
from gridlens.analytics.running.lanes import Lane, Lanes
from gridlens.core.config import Settings

pytestmark = pytest.mark.anyio

ADA, BOB, EVE = uuid4(), uuid4(), uuid4()
HERE, THERE = uuid4(), uuid4()


class Queue:
    """Queries that stay until they are told to end."""

    def __init__(self, **settings: int) -> None:
        self.lanes = Lanes(msgspec.structs.replace(Settings(), **settings))
        self.running: dict[str, UUID] = {}
        self.ids: dict[str, UUID] = {}
        self.tasks: dict[str, asyncio.Task[None]] = {}
        self._ends: dict[str, asyncio.Event] = {}

    async def ask(
        self,
        name: str,
        user_id: UUID,
        source_id: UUID = HERE,
        *,
        lane: Lane = "interactive",
        on: str = "postgres",
    ) -> None:
        query_id = self.ids[name] = uuid4()
        ends = self._ends[name] = asyncio.Event()

        async def run() -> None:
            async with self.lanes.place(query_id, lane, user_id, source_id, on):
                self.running[name] = query_id
                await ends.wait()
                del self.running[name]

        self.tasks[name] = asyncio.create_task(run())
        await asyncio.sleep(0)
        await asyncio.sleep(0)

    async def end(self, name: str) -> None:
        self._ends[name].set()
        await self.tasks[name]
        await asyncio.sleep(0)

    async def close(self) -> None:
        """Pending tasks that nobody holds would be collected in the middle of another test."""
        for task in self.tasks.values():
            task.cancel()
        await asyncio.gather(*self.tasks.values(), return_exceptions=True)

    def position(self, name: str) -> int | None:
        return self.lanes.position(self.ids[name])


QueueOf: TypeAlias = Callable[..., Queue]


@pytest.fixture
async def queue_of() -> AsyncIterator[QueueOf]:
    queues: list[Queue] = []

    def make(**settings: int) -> Queue:
        queues.append(Queue(**settings))
        return queues[-1]

    yield make
    for queue in queues:
        await queue.close()


async def test_further_queries_of_one_user_wait_and_know_their_place(queue_of: QueueOf) -> None:
    queue = queue_of(queries_per_user=2)
    for name in "abcd":
        await queue.ask(name, ADA)

    assert set(queue.running) == {"a", "b"}
    assert [queue.position(name) for name in "abcd"] == [None, None, 1, 2]
    await queue.end("a")
    assert set(queue.running) == {"b", "c"}
    assert queue.position("d") == 1


async def test_others_do_not_wait_for_one_who_asks_much(queue_of: QueueOf) -> None:
    queue = queue_of(queries_per_user=1)
    for name in "abc":
        await queue.ask(name, ADA)
    await queue.ask("d", BOB)

    assert set(queue.running) == {"a", "d"}


async def test_a_source_is_asked_by_a_few_at_a_time_in_the_order_they_came(queue_of: QueueOf) -> None:
    queue = queue_of(queries_per_source=2)
    for name, user_id in zip("abcd", (ADA, BOB, EVE, uuid4()), strict=True):
        await queue.ask(name, user_id)
    await queue.ask("elsewhere", uuid4(), THERE)

    assert set(queue.running) == {"a", "b", "elsewhere"}
    assert (queue.position("c"), queue.position("d")) == (1, 2)
    await queue.end("b")
    assert "c" in queue.running


async def test_nobody_holds_every_process_that_reads_files(queue_of: QueueOf) -> None:
    queue = queue_of(engine_workers=3, queries_per_user=5)
    for name in "abc":
        await queue.ask(name, ADA, uuid4(), on="duckdb")
    await queue.ask("dashboard", ADA, uuid4(), lane="shared", on="sqlite")
    await queue.ask("other", BOB, uuid4(), on="duckdb")

    assert set(queue.running) == {"a", "b", "other"}


async def test_one_who_leaves_the_queue_makes_room_and_runs_nothing(queue_of: QueueOf) -> None:
    queue = queue_of(queries_per_user=1)
    for name in "abc":
        await queue.ask(name, ADA)

    queue.tasks["b"].cancel()
    await asyncio.gather(queue.tasks["b"], return_exceptions=True)

    assert queue.position("c") == 1
    await queue.end("a")
    assert set(queue.running) == {"c"}


async def test_more_than_may_wait_are_turned_away(queue_of: QueueOf) -> None:
    queue = queue_of(queries_per_user=1, queries_waiting=1)
    for name in "ab":
        await queue.ask(name, ADA)

    await queue.ask("c", ADA)

    with pytest.raises(TooManyQueries, match="1 of your queries are running and 1 are waiting"):
        await queue.tasks["c"]


async def test_exports_leave_places_and_a_process_that_reads_files_to_who_waits_for_one_answer(
    queue_of: QueueOf,
) -> None:
    queue = queue_of(queries_per_user=2, engine_workers=3)
    await queue.ask("first", ADA, lane="export", on="duckdb")
    await queue.ask("second", BOB, lane="export", on="duckdb")
    await queue.ask("third", EVE, lane="export", on="duckdb")
    await queue.ask("answer", EVE, on="duckdb")
    assert set(queue.running) == {"first", "second", "answer"}

    await queue.end("first")
    assert set(queue.running) == {"second", "third", "answer"}


async def test_a_person_has_as_many_places_for_exports_as_for_queries(queue_of: QueueOf) -> None:
    queue = queue_of(queries_per_user=1)
    for name, lane in (("export", "export"), ("query", "interactive"), ("another", "export")):
        await queue.ask(name, ADA, lane=lane)  # type: ignore[arg-type]

    assert set(queue.running) == {"export", "query"}


async def test_what_is_handed_over_leaves_its_place_to_who_waits(queue_of: QueueOf) -> None:
    queue = queue_of(queries_per_user=2)
    for name in "abc":
        await queue.ask(name, ADA)
    assert set(queue.running) == {"a", "b"}

    queue.lanes.hand_over(queue.ids["a"])
    await asyncio.sleep(0.01)

    assert set(queue.running) == {"a", "b", "c"}


async def test_no_more_than_a_few_of_one_user_run_in_the_background(queue_of: QueueOf) -> None:
    queue = queue_of(queries_per_user=1)
    for name in "abc":
        await queue.ask(name, ADA)
        queue.lanes.hand_over(queue.ids[name])
        await asyncio.sleep(0.01)
    assert set(queue.running) == {"a", "b"}
    assert queue.position("c") == 1

    await queue.end("a")
    await queue.ask("short", ADA)

    assert set(queue.running) == {"b", "c"}
    await queue.end("b")
    assert set(queue.running) == {"c", "short"}
