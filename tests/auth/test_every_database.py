"""The races and the whole way in, on each of the three databases."""

import asyncio

import pytest
from tests.auth.conftest import browser
from tests.auth.people import Clock, Mailbox, TestUser, make_user, remember, sign_in

from gridlens.app import create_app
from gridlens.auth import make_module
from gridlens.auth.errors import SignInExpired, SignInRefused, WrongCode
from gridlens.auth.services.assembly import AuthServices, build
from gridlens.auth.visit import Visit
from gridlens.core.errors import Unauthenticated
from gridlens.core.module import Core
from gridlens.shared.permissions import Role

pytestmark = pytest.mark.anyio

HERE = Visit(network="127.0.0.1", limit_key="127.0.0.1", user_agent="Firefox")


async def _half_ways(auth: AuthServices, user: TestUser, count: int) -> list[Visit]:
    return [await auth.sign_in.log_in(user.email, user.password, HERE) for _ in range(count)]


async def test_one_code_lets_one_in_of_many_who_send_it_at_once(every_core: Core, clock: Clock) -> None:
    auth = build(every_core, clock)
    user = await make_user(every_core, Role.ADMIN, clock=clock)
    ways = await _half_ways(auth, user, 4)

    outcomes = await asyncio.gather(
        *(auth.sign_in.pass_second_step("totp", user.code(), way) for way in ways), return_exceptions=True
    )

    assert sum(isinstance(each, Visit) for each in outcomes) == 1, outcomes
    assert all(isinstance(each, Visit | WrongCode) for each in outcomes), outcomes


async def test_one_recovery_code_lets_one_in_of_many_who_send_it_at_once(
    every_core: Core, clock: Clock
) -> None:
    auth = build(every_core, clock)
    user = await make_user(every_core, Role.ADMIN, clock=clock)
    [way] = await _half_ways(auth, user, 1)
    _, codes = await auth.factors.new_recovery_codes(
        await auth.sign_in.pass_second_step("totp", user.code(), way)
    )
    ways = await _half_ways(auth, user, 4)

    outcomes = await asyncio.gather(
        *(auth.sign_in.pass_second_step("recovery", codes[0], way) for way in ways), return_exceptions=True
    )

    assert sum(isinstance(each, Visit) for each in outcomes) == 1, outcomes
    assert all(isinstance(each, Visit | WrongCode) for each in outcomes), outcomes


async def test_one_half_login_becomes_one_session(every_core: Core, clock: Clock) -> None:
    auth = build(every_core, clock)
    user = await make_user(every_core, Role.ADMIN, clock=clock)
    [way] = await _half_ways(auth, user, 1)

    outcomes = await asyncio.gather(
        auth.sign_in.pass_second_step("totp", user.code(), way),
        auth.sign_in.pass_second_step("totp", user.code(step=1), way),
        return_exceptions=True,
    )

    assert sum(isinstance(each, Visit) for each in outcomes) == 1, outcomes
    assert all(isinstance(each, Visit | WrongCode | SignInExpired) for each in outcomes), outcomes
    assert len(await auth.sessions.all_of(user.principal)) == 1


async def test_one_device_secret_is_used_once(every_core: Core, clock: Clock) -> None:
    auth = build(every_core, clock)
    user = await make_user(every_core, Role.ADMIN, clock=clock)
    [way] = await _half_ways(auth, user, 1)
    inside = await auth.sign_in.pass_second_step("totp", user.code(), way, trust_device=True)
    outside = Visit(network="", limit_key="", user_agent="", device=inside.device)

    outcomes = await asyncio.gather(
        *(auth.sign_in.log_in(user.email, user.password, outside) for _ in range(3))
    )

    assert sum(each.session is not None for each in outcomes) <= 1
    assert await auth.devices.all_of(user.principal) == [], "a secret that came twice ends the trust"


async def test_one_refresh_token_gives_one_pair(every_core: Core, clock: Clock) -> None:
    auth = build(every_core, clock)
    user = await make_user(every_core, Role.ADMIN, clock=clock)
    _, token = await auth.api_tokens.create(
        user.principal, name="x", scopes=["audit.read"], days=1, visit=HERE
    )
    pair = await auth.access_tokens.issue(token, HERE)

    outcomes = await asyncio.gather(
        *(auth.access_tokens.refresh(pair.refresh_token, HERE) for _ in range(3)), return_exceptions=True
    )

    assert sum(not isinstance(each, BaseException) for each in outcomes) <= 1, outcomes
    assert all(isinstance(each, Unauthenticated) for each in outcomes if isinstance(each, BaseException)), (
        outcomes
    )


async def test_whole_way_in_and_about(every_core: Core, clock: Clock) -> None:
    """Sign in, step up, invite, list, token, audit, erase: through HTTP on this database."""
    mailbox = Mailbox(every_core)
    app = create_app(core=every_core, modules=[make_module(clock)])
    client, other = browser(app), browser(app)
    boss = await make_user(every_core, Role.ADMIN, email="boss@example.org", clock=clock)
    await sign_in(client, boss, trust_device=True)
    person = (
        await client.post(
            "/api/v1/users", json={"name": "Zoë 名", "email": "zoe@example.org", "role": "analyst"}
        )
    ).json()
    token = await mailbox.link_token("zoe@example.org")
    joined = await other.post(
        "/api/v1/auth/invitation", json={"token": token, "name": "Zoë 名", "password": boss.password}
    )
    remember(other, joined)
    await other.post("/api/v1/auth/second-step/email")
    body = {"method": "email", "code": await mailbox.code("zoe@example.org"), "trustDevice": True}
    entered = remember(other, await other.post("/api/v1/auth/second-step", json=body))
    made = await client.post("/api/v1/tokens", json={"name": "T", "scopes": ["audit.read"], "days": 3})
    audit = (await client.get("/api/v1/audit", params={"action": "auth"})).json()
    verified = (await client.get("/api/v1/audit/verification")).json()
    erased = await client.post(
        f"/api/v1/users/{person['user']['id']}/erase", json={"heirId": str(boss.principal.user_id)}
    )

    assert entered.json()["user"]["name"] == "Zoë 名"
    assert made.json()["details"]["scopes"] == ["audit.read"]
    assert {each["action"] for each in audit["entries"]} >= {"auth.user_invited", "auth.signed_in"}
    assert verified["firstBad"] is None
    assert erased.status_code == 204
    assert (await other.get("/api/v1/auth/sessions")).status_code == 401


async def test_addresses_that_differ_by_an_accent_are_different_people(
    every_core: Core, clock: Clock
) -> None:
    auth = build(every_core, clock)
    plain = await make_user(every_core, Role.ADMIN, email="jose@example.org", clock=clock)
    with pytest.raises(SignInRefused):
        await auth.sign_in.log_in("josé@example.org", plain.password, HERE)

    accented = await make_user(every_core, email="josé@example.org", password="copper-lantern-56-valley")

    assert (await auth.sign_in.log_in(accented.email, accented.password, HERE)).half_login
