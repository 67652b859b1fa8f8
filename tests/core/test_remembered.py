"""What was read is remembered until anything is committed, by whomever, and not a moment longer."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from gridlens.core.database import Database
from gridlens.core.events import Event
from gridlens.core.module import Core, make_core
from gridlens.core.outbox import OutboxEvent
from gridlens.core.remembered import Remembered

pytestmark = pytest.mark.anyio
A_MOMENT = timedelta(milliseconds=3).total_seconds()


class PriceChanged(Event, frozen=True, kw_only=True, tag="test.price_changed"):
    pass


class Counter:
    """Counts stored events, and how often it was asked to."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.asked = 0

    async def __call__(self) -> int:
        self.asked += 1
        async with self.database.transaction() as session:
            return await session.scalar(select(func.count()).select_from(OutboxEvent)) or 0


async def write(core: Core) -> None:
    async with core.database.transaction() as session:
        core.outbox.save(session, PriceChanged())


async def test_what_has_not_changed_is_not_read_again(core: Core) -> None:
    await write(core)
    count = Counter(core.database)
    remembered: Remembered[str, int] = Remembered(core.database)

    assert [await remembered.get("events", count) for _ in range(3)] == [1, 1, 1]
    assert count.asked == 1


async def test_a_change_of_our_own_is_seen_by_the_next_question(every_core: Core) -> None:
    count = Counter(every_core.database)
    remembered: Remembered[str, int] = Remembered(every_core.database)
    for expected in range(1, 20):
        await write(every_core)
        assert await remembered.get("events", count) == expected


async def test_a_change_by_another_process_is_seen_as_well(core: Core) -> None:
    other = make_core(core.settings)
    count = Counter(core.database)
    remembered: Remembered[str, int] = Remembered(core.database)
    try:
        for expected in range(1, 20):
            await write(other)
            await asyncio.sleep(A_MOMENT)
            assert await remembered.get("events", count) == expected
    finally:
        await other.database.close()


async def test_many_who_ask_at_once_cause_one_reading(core: Core) -> None:
    await write(core)
    count = Counter(core.database)
    remembered: Remembered[str, int] = Remembered(core.database)

    found = await asyncio.gather(*(remembered.get("events", count) for _ in range(20)))

    assert found == [1] * 20
    assert count.asked == 1


async def test_that_there_is_nothing_is_not_remembered(core: Core) -> None:
    asked = []

    async def nothing() -> None:
        asked.append(1)

    remembered: Remembered[str, None] = Remembered(core.database)

    await remembered.get("key", nothing)
    await remembered.get("key", nothing)

    assert len(asked) == 2


async def test_the_least_used_is_forgotten_first(core: Core) -> None:
    asked: list[int] = []
    remembered: Remembered[int, int] = Remembered(core.database, most=2)

    async def ask(number: int) -> None:
        async def load() -> int:
            asked.append(number)
            return number + 1

        await remembered.get(number, load)

    for number in (1, 2, 1, 3, 1, 2):
        await ask(number)

    assert asked == [1, 2, 3, 2]
