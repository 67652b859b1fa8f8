"""Messages are kept, tried until they arrive, and repeated at most with the same Message-ID."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from gridlens.core.models import utc_now
from gridlens.core.principal import Principal
from gridlens.notifications import deliveries as module
from gridlens.notifications.deliveries import MOST_ATTEMPTS, DeliverMail, Recipient
from gridlens.notifications.errors import NoSuchDelivery
from gridlens.notifications.mail.content import MailContent
from gridlens.notifications.models import Delivery, Message
from gridlens.shared.notifications import DeliveryFailed, MailRequested

pytestmark = pytest.mark.anyio

HELLO = MailContent(subject="Hello", text="Secret 12345678\n", html="<p>Secret 12345678</p>")


async def put(house, who: Principal, *addresses: str, occasion: str = "once") -> list:
    async with house.core.database.transaction() as session:
        return await house.deliveries.put(
            session,
            organisation_id=who.organisation_id,
            kind="mail",
            content=HELLO,
            recipients=[Recipient(each, who.user_id) for each in addresses],
            occasion=occasion,
        )


async def rows(house, kind) -> list:
    async with house.core.database.transaction() as session:
        return list(await session.scalars(select(kind)))


async def test_what_another_module_asks_for_is_mailed_once(house, admin: Principal) -> None:
    request = MailRequested(
        organisation_id=admin.organisation_id,
        to="new@example.org",
        subject="Your code\r\nBcc: all@example.org",
        text="Your code is 12345678.\n\nSee https://grid.example.org/login",
    )
    async with house.core.database.transaction() as session:
        house.core.outbox.save(session, request)

    await house.work()
    assert await house.core.bus.publish(request) == []
    await house.work()

    [mail] = house.post_office.mails
    assert house.post_office.recipients == ["new@example.org"]
    assert mail["Subject"] == "Your code Bcc: all@example.org"
    assert mail["Bcc"] is None
    assert "12345678" in mail.get_body(("plain",)).get_content()
    assert 'href="https://grid.example.org/login"' in mail.get_body(("html",)).get_content()


async def test_a_waiting_message_lies_sealed_and_is_gone_once_sent(house, admin: Principal) -> None:
    [delivery_id] = await put(house, admin, "ops@example.org")

    [waiting] = await rows(house, Message)
    assert waiting.content is not None
    assert b"12345678" not in waiting.content

    await house.work()

    [sent] = await rows(house, Message)
    assert sent.content is None
    state = await house.deliveries.state_of(admin, delivery_id)
    assert (state.state, state.attempts, state.reason) == ("sent", 1, None)


async def test_one_recipient_gets_one_occasion_once(house, admin: Principal) -> None:
    await put(house, admin, "ops@example.org", "OPS@example.org", "other@example.org")
    await house.work()

    assert sorted(house.post_office.recipients) == ["OPS@example.org", "other@example.org"]
    with pytest.raises(Exception, match=r"(?i)unique"):
        await put(house, admin, "ops@example.org")


async def test_an_hour_without_mail_server_loses_nothing(
    house, admin: Principal, clock, outage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "utc_now", clock)
    [delivery_id] = await put(house, admin, "ops@example.org")
    waits = []

    async with outage(house.post_office):
        gone_for = timedelta()
        while gone_for < timedelta(hours=1, minutes=10):
            await house.work()
            state = await house.deliveries.state_of(admin, delivery_id)
            assert state.state == "waiting"
            assert "cannot be reached" in (state.reason or "")
            wait = state.next_attempt_at - clock.now
            waits.append(round(wait.total_seconds()))
            clock.now = state.next_attempt_at
            gone_for += wait
    await house.work()

    assert waits[:4] == [30, 60, 120, 240]
    assert max(waits) == 1800
    assert house.post_office.recipients == ["ops@example.org"]
    assert (await house.deliveries.state_of(admin, delivery_id)).state == "sent"


async def test_a_crash_between_sending_and_noting_it_repeats_with_the_same_message_id(
    house, admin: Principal, monkeypatch: pytest.MonkeyPatch
) -> None:
    [delivery_id] = await put(house, admin, "ops@example.org")
    settle = house.deliveries._settle

    async def crash(*_arguments, **_options) -> None:
        raise asyncio.CancelledError

    monkeypatch.setattr(house.deliveries, "_settle", crash)
    with pytest.raises(asyncio.CancelledError):
        await house.deliveries.deliver(DeliverMail(delivery_id=delivery_id))
    monkeypatch.setattr(house.deliveries, "_settle", settle)

    await house.deliveries.deliver(DeliverMail(delivery_id=delivery_id))
    await house.deliveries.deliver(DeliverMail(delivery_id=delivery_id))

    first, second = house.post_office.mails
    assert first["Message-ID"] == second["Message-ID"]
    assert first["Date"] == second["Date"]


async def test_workers_that_share_a_queue_send_each_mail_once(house, admin: Principal) -> None:
    addresses = [f"{number}@example.org" for number in range(5)]
    await put(house, admin, *addresses)

    await asyncio.gather(*(house.jobs.run_due() for _ in range(4)))

    assert sorted(house.post_office.recipients) == addresses


async def test_a_final_refusal_is_told_and_not_tried_again(house, admin: Principal) -> None:
    told: list[DeliveryFailed] = []

    async def tell(event: DeliveryFailed) -> None:
        told.append(event)

    house.core.bus.on(DeliveryFailed)(tell)
    house.post_office.refused["gone@example.org"] = "550 No such user"
    [delivery_id] = await put(house, admin, "gone@example.org")

    await house.work()

    state = await house.deliveries.state_of(admin, delivery_id)
    assert (state.state, state.attempts, state.next_attempt_at) == ("failed", 1, None)
    assert "550: No such user" in (state.reason or "")
    assert [each.reason for each in told] == [state.reason]


async def test_after_its_last_attempt_a_mail_is_given_up(house, admin: Principal) -> None:
    house.post_office.answer = "451 Try later"
    [delivery_id] = await put(house, admin, "ops@example.org")
    async with house.core.database.transaction() as session:
        await session.execute(update(Delivery).values(attempts=MOST_ATTEMPTS - 1))

    await house.deliveries.deliver(DeliverMail(delivery_id=delivery_id))

    assert (await house.deliveries.state_of(admin, delivery_id)).state == "failed"


async def test_a_message_that_cannot_be_opened_is_not_left_waiting_in_silence(
    house, admin: Principal
) -> None:
    [delivery_id] = await put(house, admin, "ops@example.org")
    async with house.core.database.transaction() as session:
        await session.execute(update(Message).values(content=b"damaged"))

    await house.deliveries.deliver(DeliverMail(delivery_id=delivery_id))

    state = await house.deliveries.state_of(admin, delivery_id)
    assert "could not be built" in (state.reason or "")
    assert state.next_attempt_at is not None


async def test_the_state_of_a_mail_is_told_to_its_recipient_alone(
    house, admin: Principal, analyst: Principal
) -> None:
    [delivery_id] = await put(house, admin, "ops@example.org")

    with pytest.raises(NoSuchDelivery):
        await house.deliveries.state_of(analyst, delivery_id)


async def test_old_messages_and_contents_are_forgotten(house, admin: Principal) -> None:
    await put(house, admin, "old@example.org", occasion="old")
    await house.work()
    await put(house, admin, "new@example.org", occasion="new")
    async with house.core.database.transaction() as session:
        old = utc_now() - module.MESSAGES_KEPT - timedelta(minutes=1)
        await session.execute(update(Message).where(Message.finished_at.is_not(None)).values(finished_at=old))

    await house.deliveries.forget()

    assert [each.recipient for each in await rows(house, Delivery)] == ["new@example.org"]
    assert len(await rows(house, Message)) == 1
