"""Events saved with their change: after a crash, once per subscriber, shared by processes."""

import asyncio
from datetime import timedelta
from typing import ClassVar

import pytest
from sqlalchemy import func, select, update

from gridlens.core import outbox as outbox_module
from gridlens.core.events import Event
from gridlens.core.models import utc_now
from gridlens.core.module import Core
from gridlens.core.outbox import Outbox, OutboxEvent, first_time

pytestmark = pytest.mark.anyio


class TariffChanged(Event, frozen=True, kw_only=True, tag="test.tariff_changed"):
    number: int


class CodeIssued(Event, frozen=True, kw_only=True, tag="test.code_issued"):
    is_sealed: ClassVar[bool] = True
    code: str


async def save(core: Core, *events: Event) -> None:
    async with core.database.transaction() as session:
        for event in events:
            core.outbox.save(session, event)


async def waiting(core: Core) -> int:
    async with core.database.transaction() as session:
        return await session.scalar(select(func.count()).select_from(OutboxEvent)) or 0


async def test_an_event_of_a_rolled_back_change_is_never_told(every_core: Core) -> None:
    seen: list[int] = []

    @every_core.bus.on(TariffChanged)
    async def note(event: TariffChanged) -> None:
        seen.append(event.number)

    with pytest.raises(RuntimeError):
        async with every_core.database.transaction() as session:
            every_core.outbox.save(session, TariffChanged(number=1))
            await session.flush()
            raise RuntimeError

    assert await every_core.outbox.deliver_due() == 0
    assert seen == []


async def test_only_the_subscriber_that_failed_acts_again(every_core: Core) -> None:
    acted: list[str] = []
    outage = [True]

    @every_core.bus.on(TariffChanged)
    async def steady(event: TariffChanged) -> None:
        async with every_core.database.transaction() as session:
            if await first_time(session, event, "steady"):
                acted.append("steady")

    @every_core.bus.on(TariffChanged)
    async def flaky(event: TariffChanged) -> None:
        async with every_core.database.transaction() as session:
            if await first_time(session, event, "flaky"):
                if outage:
                    outage.pop()
                    raise ConnectionError("mail server is down")
                acted.append("flaky")

    await save(every_core, TariffChanged(number=1))
    assert await every_core.outbox.deliver_due() == 0
    async with every_core.database.transaction() as session:
        await session.execute(update(OutboxEvent).values(available_at=utc_now()))
    assert await every_core.outbox.deliver_due() == 1

    assert sorted(acted) == ["flaky", "steady"]
    assert await waiting(every_core) == 0


async def test_an_event_claimed_by_a_process_that_died_is_told_after_its_lease(
    every_core: Core, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[int] = []

    @every_core.bus.on(TariffChanged)
    async def note(event: TariffChanged) -> None:
        seen.append(event.number)

    await save(every_core, TariffChanged(number=5))
    assert await every_core.outbox._claim() is not None  # and then the process is gone
    assert await every_core.outbox.deliver_due() == 0
    later = utc_now() + 2 * outbox_module.LEASE
    monkeypatch.setattr(outbox_module, "utc_now", lambda: later)

    assert await every_core.outbox.deliver_due() == 1
    assert seen == [5]


async def test_several_relays_share_the_events_without_overlap(every_core: Core) -> None:
    seen: list[int] = []

    @every_core.bus.on(TariffChanged)
    async def note(event: TariffChanged) -> None:
        await asyncio.sleep(0)
        seen.append(event.number)

    await save(every_core, *(TariffChanged(number=n) for n in range(40)))
    relays = [Outbox(every_core.bus, every_core.database, every_core.vault) for _ in range(4)]
    counts = await asyncio.gather(*(relay.deliver_due() for relay in relays))

    assert sum(counts) == 40
    assert sorted(seen) == list(range(40))


async def test_a_sealed_event_lies_unreadable_and_arrives_readable(core: Core) -> None:
    seen: list[str] = []

    @core.bus.on(CodeIssued)
    async def note(event: CodeIssued) -> None:
        seen.append(event.code)

    await save(core, CodeIssued(code="82710394"))
    async with core.database.transaction() as session:
        payload = await session.scalar(select(OutboxEvent.payload))
    assert payload is not None
    assert "82710394" not in payload

    await core.outbox.deliver_due()
    assert seen == ["82710394"]


async def test_a_failure_waits_longer_each_time_up_to_an_hour(core: Core) -> None:
    @core.bus.on(TariffChanged)
    async def broken(event: TariffChanged) -> None:
        raise RuntimeError

    await save(core, TariffChanged(number=1))
    waits = []
    for attempts in (0, 5, 40):
        async with core.database.transaction() as session:
            await session.execute(update(OutboxEvent).values(available_at=utc_now(), attempts=attempts))
        before = utc_now()
        await core.outbox.deliver_due()
        async with core.database.transaction() as session:
            due = await session.scalar(select(OutboxEvent.available_at))
        assert due is not None
        waits.append(due - before)

    assert waits[0] < timedelta(seconds=5) < waits[1] < timedelta(minutes=2) < waits[2]
    assert waits[2] <= timedelta(hours=1, seconds=5)


async def test_a_relay_with_nothing_to_tell_sleeps_until_a_commit_wakes_it(core: Core) -> None:
    looks: list[None] = []
    claim = core.outbox._claim

    async def counted() -> OutboxEvent | None:
        looks.append(None)
        return await claim()

    core.outbox._claim = counted  # type: ignore[method-assign]
    running = asyncio.create_task(core.outbox.run(poll_seconds=30))
    await asyncio.sleep(0.5)
    idle = len(looks)
    await save(core, TariffChanged(number=1))
    await asyncio.sleep(0.5)
    core.outbox.stop()
    await running

    assert idle == 1
    assert len(looks) > idle
    assert await waiting(core) == 0
