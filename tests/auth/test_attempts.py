"""Counters: so many failures in so much time, and strangers cannot lock the owner out."""

import asyncio
from datetime import timedelta

import pytest
from tests.auth.people import Client, Clock, Mailbox, TestUser, log_in, pass_code, sign_in

from gridlens.auth.services.assembly import AuthServices
from gridlens.auth.services.attempts import WINDOWS, Counted
from gridlens.core.module import Core
from gridlens.shared.auth import SignInBlocked

pytestmark = pytest.mark.anyio

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def test_the_figures_are_those_of_the_design() -> None:
    assert WINDOWS[Counted.PASSWORD] == ((10, 5 * MINUTE),)
    assert WINDOWS[Counted.CODE] == ((5, 5 * MINUTE), (20, HOUR), (50, DAY))
    assert WINDOWS[Counted.EMAIL_CODE] == ((3, 15 * MINUTE),)


async def test_ten_passwords_in_five_minutes_and_one_more_when_the_first_is_old(
    auth: AuthServices, clock: Clock
) -> None:
    granted = []
    for _ in range(11):
        granted.append((await auth.attempts.reserve(Counted.PASSWORD, "somebody")).is_granted)
        clock.move(seconds=1)
    refused = await auth.attempts.reserve(Counted.PASSWORD, "somebody")
    clock.move(seconds=refused.wait.total_seconds())
    after = await auth.attempts.reserve(Counted.PASSWORD, "somebody")

    assert granted == [True] * 10 + [False]
    assert refused.wait == 5 * MINUTE - timedelta(seconds=11)
    assert after.is_granted


async def test_codes_are_limited_per_five_minutes_hour_and_day(auth: AuthServices, clock: Clock) -> None:
    granted_at = []
    started = clock()
    while clock() < started + DAY:
        tried = await auth.attempts.reserve(Counted.CODE, "somebody")
        if tried.is_granted:
            granted_at.append(clock() - started)
        clock.move(seconds=1 if tried.is_granted else tried.wait.total_seconds())

    for limit, span in WINDOWS[Counted.CODE]:
        most = max(
            sum(at <= each <= at + span - timedelta(seconds=1) for each in granted_at) for at in granted_at
        )
        assert most == limit, span


async def test_attempts_over_the_limit_do_not_prolong_the_wait(auth: AuthServices, clock: Clock) -> None:
    for _ in range(5):
        await auth.attempts.reserve(Counted.CODE, "somebody")
    for _ in range(4):
        clock.move(minutes=1)
        assert not (await auth.attempts.reserve(Counted.CODE, "somebody")).is_granted
    clock.move(minutes=1, seconds=1)

    assert (await auth.attempts.reserve(Counted.CODE, "somebody")).is_granted


async def test_many_attempts_at_once_do_not_slip_under_the_limit(every_core: Core) -> None:
    from gridlens.auth.services.assembly import build

    attempts = build(every_core).attempts

    granted = await asyncio.gather(*(attempts.reserve(Counted.CODE, "somebody") for _ in range(12)))

    assert sum(each.is_granted for each in granted) <= 5


async def test_one_counter_covers_all_second_steps(client: Client, user: TestUser) -> None:
    await log_in(client, user)
    for method in ("totp", "email", "recovery", "totp", "email"):
        assert (await pass_code(client, "000000", method)).status_code == 401

    blocked = await pass_code(client, user.code())

    assert blocked.status_code == 429
    assert int(blocked.headers["Retry-After"]) == 300


async def test_right_codes_are_not_counted(client: Client, clock: Clock, user: TestUser) -> None:
    for _ in range(7):
        await sign_in(client, user)
        clock.move(seconds=30)

    assert (await client.get("/api/v1/auth/session")).json()["step"] == "signed_in"


async def test_trusted_device_has_its_own_bucket(
    client: Client, other_browser: Client, clock: Clock, user: TestUser
) -> None:
    await sign_in(client, user, trust_device=True)
    await client.post("/api/v1/auth/logout")
    for _ in range(10):
        await log_in(other_browser, user, "not-the-password-at-all")
    locked_out = await log_in(other_browser, user)

    owner = await log_in(client, user)

    assert locked_out.status_code in {401, 429}
    assert owner.status_code == 200
    assert owner.json()["step"] == "signed_in"


async def test_trusted_device_may_not_guess_without_end(client: Client, user: TestUser) -> None:
    await sign_in(client, user, trust_device=True)
    await client.post("/api/v1/auth/logout")
    for _ in range(10):
        await log_in(client, user, "not-the-password-at-all")

    assert (await log_in(client, user)).status_code == 401


async def test_reaching_the_limit_is_told_once(
    client: Client, core: Core, mailbox: Mailbox, user: TestUser
) -> None:
    told: list[SignInBlocked] = []

    async def hear(event: SignInBlocked) -> None:
        told.append(event)

    core.bus.on(SignInBlocked)(hear)
    await log_in(client, user)
    for _ in range(7):
        await pass_code(client, "000000")
    await mailbox.all()

    assert [each.user_id for each in told] == [user.principal.user_id]


async def test_old_attempts_are_forgotten(auth: AuthServices, clock: Clock, core: Core) -> None:
    from sqlalchemy import func, select

    from gridlens.auth.models import Attempt

    await auth.attempts.reserve(Counted.CODE, "somebody")
    clock.move(days=1, seconds=1)
    await auth.attempts.forget_old()

    async with core.database.transaction() as session:
        assert await session.scalar(select(func.count()).select_from(Attempt)) == 0
