"""Sessions live on the server: they end when idle, when old, when revoked, when rights change."""

import pytest
from sqlalchemy import select
from tests.auth.people import Client, Clock, TestUser, log_in, make_user, pass_code, sign_in, take_app_away

from gridlens.auth.cookies import Cookies
from gridlens.auth.models import UserSession
from gridlens.auth.visit import device_name, network_of
from gridlens.core.module import Core
from gridlens.shared.permissions import Role

pytestmark = pytest.mark.anyio

WHO = "/api/v1/auth/session"


async def test_session_ends_after_thirty_idle_minutes(client: Client, clock: Clock, user: TestUser) -> None:
    await sign_in(client, user)
    clock.move(minutes=29)
    busy = (await client.get(WHO)).json()["step"]
    clock.move(minutes=29)
    still_busy = (await client.get(WHO)).json()["step"]
    clock.move(minutes=30, seconds=1)

    assert (busy, still_busy) == ("signed_in", "signed_in")
    assert (await client.get(WHO)).json()["step"] == "password"


async def test_session_ends_after_twelve_hours_however_busy(
    client: Client, clock: Clock, user: TestUser
) -> None:
    await sign_in(client, user)
    for _ in range(12 * 3 - 1):
        clock.move(minutes=20)
        assert (await client.get(WHO)).json()["step"] == "signed_in"
    clock.move(minutes=20, seconds=1)

    assert (await client.get(WHO)).json()["step"] == "password"


async def test_session_says_when_it_ends(client: Client, clock: Clock, user: TestUser) -> None:
    state = await sign_in(client, user)

    assert state["session"]["expiresAt"] == "2026-03-02T21:00:15Z"
    assert state["session"]["idleExpiresAt"] == "2026-03-02T09:30:15Z"
    assert state["session"]["steppedUpUntil"] == "2026-03-02T09:10:15Z"


async def test_eleventh_session_ends_the_one_seen_longest_ago(
    client: Client, core: Core, clock: Clock, user: TestUser
) -> None:
    first = None
    for _ in range(11):
        client.cookies.clear()
        client.headers.pop("X-CSRF-Token", None)
        await sign_in(client, user)
        first = first or client.cookies.get("sid")
        clock.move(seconds=30)
    listed = (await client.get("/api/v1/auth/sessions")).json()
    client.cookies.clear()
    client.cookies.set("sid", first)

    assert len(listed) == 10
    assert (await client.get("/api/v1/auth/sessions")).status_code == 401


async def test_sessions_are_listed_with_device_and_place(client: Client, user: TestUser) -> None:
    await sign_in(client, user, trust_device=True)

    [listed] = (await client.get("/api/v1/auth/sessions")).json()

    assert listed["device"] == "Firefox on Linux"
    assert listed["isCurrent"] is True
    assert listed["trustedUntil"] == "2026-04-01T09:00:15Z"


async def test_one_session_is_revoked_from_another(
    client: Client, other_browser: Client, clock: Clock, user: TestUser
) -> None:
    await sign_in(client, user)
    clock.move(seconds=30)
    theirs = (await sign_in(other_browser, user))["session"]["id"]

    ended = await client.delete(f"/api/v1/auth/sessions/{theirs}")

    assert ended.status_code == 204
    assert (await other_browser.get("/api/v1/auth/sessions")).status_code == 401
    assert (await client.delete(f"/api/v1/auth/sessions/{theirs}")).status_code == 404


async def test_all_other_sessions_are_revoked_at_once(
    client: Client, other_browser: Client, clock: Clock, user: TestUser
) -> None:
    await sign_in(other_browser, user)
    clock.move(seconds=30)
    await sign_in(client, user)

    await client.delete("/api/v1/auth/sessions")

    assert (await other_browser.get("/api/v1/auth/sessions")).status_code == 401
    assert len((await client.get("/api/v1/auth/sessions")).json()) == 1


async def test_session_of_somebody_else_is_not_found(
    client: Client, other_browser: Client, boss: TestUser, user: TestUser
) -> None:
    theirs = (await sign_in(other_browser, boss))["session"]["id"]
    await sign_in(client, user)

    assert (await client.delete(f"/api/v1/auth/sessions/{theirs}")).status_code == 404
    assert (await other_browser.get("/api/v1/auth/sessions")).status_code == 200


async def test_cookie_value_is_not_in_the_database(client: Client, core: Core, user: TestUser) -> None:
    await sign_in(client, user)

    async with core.database.transaction() as session:
        stored = (await session.scalars(select(UserSession))).one()
    assert client.cookies.get("sid") not in stored.token_hash
    assert len(client.cookies.get("sid") or "") >= 43, "256 bits"


async def test_cookie_is_kept_from_scripts_and_other_sites(client: Client, user: TestUser) -> None:
    await log_in(client, user)
    answer = await pass_code(client, user.code())

    [header] = [each for each in answer.headers.get_list("set-cookie") if each.startswith("sid=")]
    assert "HttpOnly" in header
    assert "SameSite=lax" in header
    assert "Path=/" in header
    assert "Secure" not in header, "the public URL is http on loopback"


@pytest.mark.parametrize(
    ("address", "name", "secure"),
    [
        ("https://energy.example", "__Host-sid", True),
        ("http://127.0.0.1:8470", "sid", False),
        ("http://localhost:8470", "sid", False),
        ("http://[::1]:8470", "sid", False),
        ("https://localhost", "__Host-sid", True),
        ("http://energy.example", "__Host-sid", True),
        ("http://127.0.0.1.evil.example", "__Host-sid", True),
    ],
)
def test_cookie_is_plain_only_on_http_loopback(address: str, name: str, secure: bool) -> None:
    cookie = Cookies(address).session.carrying("value")

    assert cookie.key == name
    assert cookie.secure is secure
    assert cookie.domain is None


async def test_changing_a_role_ends_the_sessions_of_that_user(
    client: Client, other_browser: Client, core: Core, clock: Clock, boss: TestUser, user: TestUser
) -> None:
    await sign_in(client, boss)
    await sign_in(other_browser, user)
    before = (await other_browser.get(WHO)).json()["step"]

    await client.put(f"/api/v1/users/{user.principal.user_id}/role", json={"role": "viewer"})
    after = (await other_browser.get(WHO)).json()["step"]

    assert (before, after) == ("signed_in", "password")


async def test_session_with_one_step_ends_when_two_are_asked_for(
    client: Client, other_browser: Client, core: Core, boss: TestUser
) -> None:
    await sign_in(client, boss)
    policy = (await client.get("/api/v1/auth/policy")).json()
    await client.put("/api/v1/auth/policy", json={**policy, "otpForEveryone": False, "otpRoles": ["admin"]})
    viewer = await make_user(core, Role.VIEWER, email="vera@example.org")
    await take_app_away(core, viewer)
    entered = (await log_in(other_browser, viewer)).json()
    await client.put("/api/v1/auth/policy", json={**policy, "otpForEveryone": True, "otpRoles": []})

    assert entered["step"] == "signed_in"
    assert entered["session"]["aal"] == 1
    assert (await other_browser.get(WHO)).json()["step"] == "password"


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.77", "203.0.113.0/24"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("::ffff:203.0.113.77", "203.0.113.0/24"),
        ("127.0.0.1", "127.0.0.1"),
        ("testclient", "testclient"),
    ],
)
def test_only_the_neighbourhood_of_an_address_is_kept(address: str, network: str) -> None:
    assert network_of(address) == network


@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox on Linux"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Version/19.0 Mobile/15E148 Safari/604.1",
            "Safari on iPhone",
        ),
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0",
            "Edge on Windows",
        ),
        ("curl/8.0", "A browser"),
        ("", "A browser"),
    ],
)
def test_user_agents_are_put_in_words(user_agent: str, name: str) -> None:
    assert device_name(user_agent) == name
