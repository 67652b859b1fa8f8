"""Trusted devices: they replace the code, for 30 days, with a secret that is never used twice."""

import asyncio

import pytest
from sqlalchemy import select
from tests.auth.people import Client, Clock, Mailbox, TestUser, log_in, sign_in

from gridlens.auth.models import TrustedDevice
from gridlens.core.module import Core

pytestmark = pytest.mark.anyio

DEVICES = "/api/v1/auth/devices"


async def test_trusted_device_replaces_the_code_but_not_the_password(client: Client, user: TestUser) -> None:
    await sign_in(client, user, trust_device=True)
    await client.post("/api/v1/auth/logout")

    assert (await log_in(client, user, "not-the-password-at-all")).status_code == 401
    state = (await log_in(client, user)).json()
    assert state["step"] == "signed_in"
    assert state["session"]["aal"] == 2
    assert state["session"]["steppedUpUntil"] is None, "no code was given, so nothing was stepped up"


async def test_trust_ends_after_thirty_days(client: Client, clock: Clock, user: TestUser) -> None:
    await sign_in(client, user, trust_device=True)
    clock.move(days=29, hours=23)
    near_the_end = (await log_in(client, user)).json()["step"]
    clock.move(hours=1, seconds=1)

    assert near_the_end == "signed_in"
    assert (await log_in(client, user)).json()["step"] == "second_step"


async def test_secret_changes_at_each_use(client: Client, user: TestUser) -> None:
    await sign_in(client, user, trust_device=True)
    first = client.cookies.get("device")
    await log_in(client, user)

    assert client.cookies.get("device") != first
    assert (client.cookies.get("device") or "").split(".")[0] == (first or "").split(".")[0]


async def test_secret_that_comes_again_revokes_the_device_and_alerts(
    client: Client, other_browser: Client, mailbox: Mailbox, user: TestUser
) -> None:
    await sign_in(client, user, trust_device=True)
    stolen = client.cookies.get("device")
    await log_in(client, user)
    other_browser.cookies.set("device", stolen)

    thief = (await log_in(other_browser, user)).json()
    owner = (await log_in(client, user)).json()

    assert thief["step"] == "second_step"
    assert owner["step"] == "second_step", "the copy ended the trust for both"
    assert any("copied" in each.subject for each in await mailbox.all())


async def test_same_secret_twice_at_once_is_a_replay(
    client: Client, other_browser: Client, core: Core, user: TestUser
) -> None:
    await sign_in(client, user, trust_device=True)
    await client.post("/api/v1/auth/logout")
    other_browser.cookies.set("device", client.cookies.get("device"))

    states = await asyncio.gather(log_in(client, user), log_in(other_browser, user))

    assert [each.json()["step"] for each in states].count("signed_in") <= 1
    async with core.database.transaction() as session:
        assert (await session.scalars(select(TrustedDevice))).all() == []


async def test_device_of_one_user_is_none_for_another(client: Client, boss: TestUser, user: TestUser) -> None:
    await sign_in(client, user, trust_device=True)
    await client.post("/api/v1/auth/logout")

    assert (await log_in(client, boss)).json()["step"] == "second_step"


async def test_devices_are_listed_and_forgotten(
    client: Client, other_browser: Client, clock: Clock, user: TestUser
) -> None:
    await sign_in(client, user, trust_device=True)
    clock.move(seconds=30)
    await sign_in(other_browser, user, trust_device=True)

    listed = (await client.get(DEVICES)).json()
    theirs = next(each["id"] for each in listed if not each["isCurrent"])
    forgotten = await client.delete(f"{DEVICES}/{theirs}")

    assert [each["device"] for each in listed] == ["Firefox on Linux", "Firefox on Linux"]
    assert forgotten.status_code == 204
    assert (await log_in(other_browser, user)).json()["step"] == "second_step"
    assert (await log_in(client, user)).json()["step"] == "signed_in"


async def test_device_of_somebody_else_cannot_be_forgotten(
    client: Client, other_browser: Client, boss: TestUser, user: TestUser
) -> None:
    await sign_in(other_browser, boss, trust_device=True)
    theirs = (await other_browser.get(DEVICES)).json()[0]["id"]
    await sign_in(client, user)

    assert (await client.delete(f"{DEVICES}/{theirs}")).status_code == 404
    assert len((await other_browser.get(DEVICES)).json()) == 1


async def test_secret_is_stored_as_a_hash(client: Client, core: Core, user: TestUser) -> None:
    await sign_in(client, user, trust_device=True)

    async with core.database.transaction() as session:
        stored = (await session.scalars(select(TrustedDevice))).one()
    assert (client.cookies.get("device") or "").split(".")[1] not in stored.secret_hash


@pytest.mark.parametrize("cookie", ["", "x", "not-a-uuid.secret", "00000000-0000-0000-0000-000000000000.x"])
async def test_nonsense_in_the_device_cookie_is_no_device(
    client: Client, user: TestUser, cookie: str
) -> None:
    client.cookies.set("device", cookie)

    assert (await log_in(client, user)).json()["step"] == "second_step"
