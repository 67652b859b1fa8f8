"""Factors are added, proved, replaced and removed, and only by somebody who just confirmed it is them."""

import re
from urllib.parse import parse_qs, urlsplit

import pyotp
import pytest
from sqlalchemy import select
from tests.auth.people import (
    PASSWORD,
    Client,
    Clock,
    Mailbox,
    TestUser,
    log_in,
    pass_code,
    remember,
    sign_in,
    take_app_away,
)

from gridlens.auth import setup_link
from gridlens.auth.models import TotpFactor
from gridlens.core.module import Core

pytestmark = pytest.mark.anyio

TOTP = "/api/v1/auth/factors/totp"


async def _offer(client: Client) -> dict[str, str]:
    answer = await client.post(TOTP)
    assert answer.status_code == 200, answer.text
    offer: dict[str, str] = answer.json()
    return offer


def _code(offer: dict[str, str], clock: Clock) -> str:
    return pyotp.TOTP(offer["secret"].replace(" ", "")).at(clock())


async def test_offer_has_key_text_uri_and_a_picture_without_script(client: Client, user: TestUser) -> None:
    await sign_in(client, user)

    offer = await _offer(client)

    uri = urlsplit(offer["uri"])
    secret = offer["secret"].replace(" ", "")
    assert (uri.scheme, uri.netloc) == ("otpauth", "totp")
    assert parse_qs(uri.query) == {"secret": [secret], "issuer": ["Gridlens"]}
    assert len(secret) * 5 == 160
    assert offer["qrSvg"].startswith("<svg")
    assert not re.search(r"<script|style=|on\w+=", offer["qrSvg"])


async def test_app_is_active_only_after_one_valid_code(client: Client, core: Core, clock: Clock) -> None:
    from gridlens.core.models import utc_now

    clock.now = utc_now()
    token = str(await setup_link(core)).partition("#")[2]
    body = {
        "token": token,
        "organisation": "Northwind",
        "name": "Boss",
        "email": "boss@example.org",
        "password": PASSWORD,
    }
    remember(client, await client.post("/api/v1/auth/set-up", json=body))
    offer = await _offer(client)
    wrong = await client.post(f"{TOTP}/confirm", json={"code": "000000"})
    still = (await client.get("/api/v1/auth/session")).json()["step"]
    right = await client.post(f"{TOTP}/confirm", json={"code": _code(offer, clock), "trustDevice": True})

    assert (wrong.status_code, still) == (401, "enrol")
    assert right.json()["state"]["step"] == "signed_in"
    assert len(right.json()["recoveryCodes"]) == 10
    assert client.cookies.get("device")
    assert remember(client, right).status_code == 200
    assert (await client.get("/api/v1/users")).status_code == 200


async def test_code_that_proved_the_app_is_used_up(
    client: Client, other_browser: Client, clock: Clock, user: TestUser
) -> None:
    await sign_in(client, user)
    offer = await _offer(client)
    remember(client, await client.post(f"{TOTP}/confirm", json={"code": _code(offer, clock)}))
    await log_in(other_browser, user)

    assert (await pass_code(other_browser, _code(offer, clock))).status_code == 401
    clock.move(seconds=30)
    assert (await pass_code(other_browser, _code(offer, clock))).status_code == 200


async def test_new_app_replaces_the_old_and_ends_other_sessions(
    client: Client, other_browser: Client, core: Core, clock: Clock, mailbox: Mailbox, user: TestUser
) -> None:
    await sign_in(other_browser, user)
    clock.move(seconds=30)
    await sign_in(client, user)
    offer = await _offer(client)
    before = client.cookies.get("sid")

    remember(client, await client.post(f"{TOTP}/confirm", json={"code": _code(offer, clock)}))

    assert client.cookies.get("sid") != before
    assert (await client.get("/api/v1/auth/sessions")).status_code == 200
    assert (await other_browser.get("/api/v1/auth/sessions")).status_code == 401
    async with core.database.transaction() as session:
        factors = (
            await session.scalars(select(TotpFactor).where(TotpFactor.user_id == user.principal.user_id))
        ).all()
    assert [each.is_active for each in factors] == [True]
    assert "authenticator app was added" in (await mailbox.newest(user.email)).text


async def test_offer_that_was_replaced_does_not_count(client: Client, clock: Clock, user: TestUser) -> None:
    await sign_in(client, user)
    older = await _offer(client)
    await _offer(client)

    assert (await client.post(f"{TOTP}/confirm", json={"code": _code(older, clock)})).status_code == 401


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", TOTP, None),
        ("POST", f"{TOTP}/confirm", {"code": "123456"}),
        ("DELETE", TOTP, None),
        ("PUT", "/api/v1/auth/factors/email", {"enabled": False}),
        ("POST", "/api/v1/auth/factors/recovery-codes", None),
        ("POST", "/api/v1/auth/email-change", {"email": "new@example.org"}),
        ("POST", "/api/v1/tokens", {"name": "x", "scopes": ["sources.read"], "days": 1}),
    ],
)
async def test_changes_to_signing_in_need_a_recent_step_up(
    client: Client, clock: Clock, user: TestUser, method: str, path: str, body: object
) -> None:
    await sign_in(client, user)
    clock.move(minutes=10, seconds=1)

    answer = await client.request(method, path, json=body)

    assert answer.status_code == 403
    assert answer.json()["type"].endswith("step-up-required")


async def test_half_login_from_a_password_alone_adds_no_factor(
    client: Client, boss: TestUser, other_browser: Client, core: Core
) -> None:
    from tests.auth.people import make_user

    await sign_in(client, boss)
    bare = await make_user(core, email="bare@example.org")
    await take_app_away(core, bare)
    await log_in(other_browser, bare)

    assert (await other_browser.post(TOTP)).status_code == 401


async def test_app_is_removed_and_codes_come_by_mail(
    client: Client, other_browser: Client, user: TestUser
) -> None:
    await sign_in(client, user)
    removed = remember(client, await client.delete(TOTP))
    factors = (await client.get("/api/v1/auth/factors")).json()

    assert removed.json()["step"] == "signed_in"
    assert factors["totp"] is None
    assert factors["email"]["enabled"] is True
    assert (await log_in(other_browser, user)).json()["secondStep"]["methods"] == ["email"]


async def test_app_stays_where_it_is_the_only_way(
    client: Client, other_browser: Client, boss: TestUser, user: TestUser
) -> None:
    await sign_in(client, boss)
    policy = (await client.get("/api/v1/auth/policy")).json()
    await client.put("/api/v1/auth/policy", json={**policy, "emailCodesAllowed": False})
    await sign_in(other_browser, user)

    refused = await other_browser.delete(TOTP)

    assert refused.status_code == 409
    assert "has to stay" in refused.json()["detail"]


async def test_codes_by_mail_go_off_and_on(client: Client, other_browser: Client, user: TestUser) -> None:
    await sign_in(client, user)
    remember(client, await client.put("/api/v1/auth/factors/email", json={"enabled": False}))
    off = (await log_in(other_browser, user)).json()["secondStep"]["methods"]
    remember(client, await client.put("/api/v1/auth/factors/email", json={"enabled": True}))
    on = (await log_in(other_browser, user)).json()["secondStep"]["methods"]

    assert off == ["totp"]
    assert on == ["totp", "email"]


async def test_codes_by_mail_stay_on_without_an_app(
    client: Client, core: Core, mailbox: Mailbox, user: TestUser
) -> None:
    await take_app_away(core, user)
    await log_in(client, user)
    await client.post("/api/v1/auth/second-step/email")
    await pass_code(client, await mailbox.code(user.email), "email")

    assert (await client.put("/api/v1/auth/factors/email", json={"enabled": False})).status_code == 409
