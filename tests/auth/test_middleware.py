"""Who a request comes from, and that no other site makes it."""

import pytest
from msgspec import structs
from tests.auth.conftest import browser
from tests.auth.people import Client, Clock, Mailbox, TestUser, log_in, make_user, pass_code, sign_in

from gridlens.app import create_app
from gridlens.auth import make_module
from gridlens.auth.middleware import is_ours
from gridlens.core.config import Settings
from gridlens.core.module import make_core

pytestmark = pytest.mark.anyio

PROFILE = "/api/v1/auth/profile"


async def test_change_by_cookie_needs_the_sessions_token(client: Client, user: TestUser) -> None:
    await sign_in(client, user)
    right = client.headers.pop("X-CSRF-Token")

    missing = await client.patch(PROFILE, json={"theme": "dark"})
    wrong = await client.patch(PROFILE, json={"theme": "dark"}, headers={"X-CSRF-Token": "0" * 64})
    good = await client.patch(PROFILE, json={"theme": "dark"}, headers={"X-CSRF-Token": right})

    assert missing.status_code == wrong.status_code == 403
    assert missing.json()["type"].endswith("csrf")
    assert good.status_code == 200


async def test_token_of_another_session_does_not_fit(
    client: Client, other_browser: Client, clock: Clock, user: TestUser
) -> None:
    await sign_in(client, user)
    clock.move(seconds=30)
    await sign_in(other_browser, user)

    answer = await client.patch(
        PROFILE, json={"theme": "dark"}, headers={"X-CSRF-Token": other_browser.headers["X-CSRF-Token"]}
    )

    assert answer.status_code == 403


async def test_token_changes_with_the_session_id(client: Client, clock: Clock, user: TestUser) -> None:
    before = (await sign_in(client, user))["csrfToken"]
    after = (await client.post("/api/v1/auth/step-up", json={"password": user.password})).json()["csrfToken"]
    clock.move(seconds=30)
    renewed = (await pass_code(client, user.code())).json()["csrfToken"]

    assert before == after, "the session is the same until the code is given"
    assert renewed != before


async def test_half_login_needs_its_token_too(client: Client, user: TestUser) -> None:
    await log_in(client, user)
    client.headers.pop("X-CSRF-Token")

    assert (await pass_code(client, user.code())).status_code == 403


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "null", "http://127.0.0.1:9999", "http://127.0.0.1"]
)
async def test_other_origin_changes_nothing(client: Client, user: TestUser, origin: str) -> None:
    await sign_in(client, user)

    refused = await client.patch(PROFILE, json={"theme": "dark"}, headers={"Origin": origin})
    login = await client.post(
        "/api/v1/auth/login",
        json={"email": user.email, "password": user.password},
        headers={"Origin": origin},
    )

    assert refused.status_code == login.status_code == 403
    assert (await client.get("/api/v1/auth/session")).json()["user"]["theme"] == "system"


@pytest.mark.parametrize(
    ("origin", "public", "ours"),
    [
        ("https://energy.example", "https://energy.example", True),
        ("https://energy.example", "https://energy.example/under/a/path", True),
        ("http://energy.example", "https://energy.example", False),
        ("https://energy.example:8443", "https://energy.example", False),
        ("http://localhost:8470", "http://127.0.0.1:8470", True),
        ("http://localhost:8470", "http://0.0.0.0:8470", True),
        ("http://192.168.1.5:8470", "http://0.0.0.0:8470", False),
        ("http://localhost:8471", "http://127.0.0.1:8470", False),
        ("https://localhost.evil.example", "http://localhost:8470", False),
        ("http://127.0.0.1:bad", "http://127.0.0.1:8470", False),
    ],
)
def test_only_the_public_address_is_ours(origin: str, public: str, ours: bool) -> None:
    assert is_ours(origin, public) is ours


async def test_reading_needs_no_token(client: Client, user: TestUser) -> None:
    await sign_in(client, user)
    client.headers.pop("X-CSRF-Token")

    assert (await client.get("/api/v1/auth/sessions")).status_code == 200


async def test_stale_cookies_do_not_stand_in_the_way_of_signing_in(client: Client, user: TestUser) -> None:
    client.cookies.set("sid", "x" * 43)
    client.cookies.set("login", "y" * 43)

    assert (await log_in(client, user)).status_code == 200


async def test_state_cannot_be_changed_by_a_form(client: Client, user: TestUser) -> None:
    answer = await client.post("/api/v1/auth/login", data={"email": user.email, "password": user.password})

    assert answer.status_code in {400, 415}
    assert not client.cookies.get("login")


async def test_bearer_token_counts_instead_of_the_cookie(client: Client, user: TestUser) -> None:
    await sign_in(client, user)

    answer = await client.get("/api/v1/auth/sessions", headers={"Authorization": "Bearer gl_nonsense"})

    assert answer.status_code == 401


async def test_answers_are_not_cached(client: Client, user: TestUser) -> None:
    await sign_in(client, user)

    assert (await client.get("/api/v1/auth/session")).headers["cache-control"] == "no-store"


async def test_behind_https_every_cookie_is_bound_to_the_host_and_links_carry_the_public_address(
    settings: Settings, clock: Clock
) -> None:
    core = make_core(structs.replace(settings, public_url="https://energy.example/"))
    mailbox = Mailbox(core)
    client = browser(create_app(core=core, modules=[make_module(clock)]))
    client.base_url = "https://energy.example"
    client.headers["Origin"] = "https://energy.example"
    user = await make_user(core, clock=clock)
    first = await log_in(client, user)
    second = await pass_code(client, user.code(), trust_device=True)
    await client.post("/api/v1/auth/password-reset", json={"email": user.email})
    await core.jobs.run_due()
    text = (await mailbox.newest(user.email)).text
    await core.database.close()

    set_cookies = first.headers.get_list("set-cookie") + second.headers.get_list("set-cookie")
    kept = [each for each in set_cookies if "Max-Age=0" not in each]
    assert {each.partition("=")[0] for each in kept} == {"__Host-login", "__Host-sid", "__Host-device"}
    assert all("Secure" in each and "HttpOnly" in each and "Path=/;" in each + ";" for each in kept)
    assert all("Domain" not in each for each in kept)
    assert "https://energy.example/reset-password#" in text


async def test_cookies_count_for_nothing_beside_a_bearer_token(client: Client, user: TestUser) -> None:
    await log_in(client, user)
    client.headers.pop("X-CSRF-Token")

    answer = await client.post(
        "/api/v1/auth/second-step",
        json={"method": "totp", "code": user.code()},
        headers={"Authorization": "Bearer anything"},
    )

    assert answer.status_code == 401
    assert answer.json()["type"].endswith("sign-in-expired")
