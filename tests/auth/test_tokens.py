"""API tokens and the short-lived tokens made from them."""

import asyncio
import base64
import hmac
import json
from typing import Any

import pytest
from joserfc import jwt
from joserfc.jwk import OKPKey
from sqlalchemy import select
from tests.auth.people import Client, Clock, Mailbox, TestUser, make_user, sign_in

from gridlens.auth import lock_user
from gridlens.auth.models import ApiToken, RefreshToken, SigningKey
from gridlens.auth.services.assembly import AuthServices
from gridlens.core.module import Core
from gridlens.shared.permissions import Role

pytestmark = pytest.mark.anyio

TOKENS = "/api/v1/tokens"
ISSUE = "/api/v1/auth/token"


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


async def _token(
    client: Client, scopes: tuple[str, ...] = ("users.manage",), days: int = 30
) -> dict[str, Any]:
    answer = await client.post(TOKENS, json={"name": "Nightly export", "scopes": scopes, "days": days})
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made


async def test_token_is_shown_once_and_lets_a_program_in(
    client: Client, other_browser: Client, core: Core, boss: TestUser
) -> None:
    await sign_in(client, boss)
    made = await _token(client)
    listed = (await client.get(TOKENS)).json()
    used = await other_browser.get("/api/v1/users", headers=bearer(made["token"]))

    assert used.status_code == 200
    assert listed[0]["startsWith"] == made["token"][:7]
    assert listed[0]["usedAt"] is None
    assert (await client.get(TOKENS)).json()[0]["usedAt"] is not None
    async with core.database.transaction() as session:
        [stored] = (await session.scalars(select(ApiToken))).all()
    assert made["token"].split("_")[2][:52] not in stored.secret_hash


async def test_token_does_what_its_scopes_say_and_no_more(
    client: Client, other_browser: Client, boss: TestUser
) -> None:
    await sign_in(client, boss)
    made = await _token(client, ("audit.read",))

    assert (await other_browser.get("/api/v1/audit", headers=bearer(made["token"]))).status_code == 200
    refused = await other_browser.get("/api/v1/users", headers=bearer(made["token"]))
    assert refused.status_code == 403
    assert "token was not given the scope users.manage" in refused.json()["detail"]


async def test_scopes_beyond_ones_own_rights_are_refused(client: Client, user: TestUser) -> None:
    await sign_in(client, user)

    answer = await client.post(
        TOKENS, json={"name": "x", "scopes": ["queries.run", "users.manage"], "days": 1}
    )

    assert answer.status_code == 400
    assert "users.manage" in answer.json()["detail"]


async def test_token_loses_what_its_owner_loses(
    client: Client, other_browser: Client, core: Core, clock: Clock, boss: TestUser
) -> None:
    second = await make_user(core, Role.ADMIN, email="second@example.org", clock=clock)
    await sign_in(other_browser, second)
    made = await _token(other_browser)
    await sign_in(client, boss)
    await client.put(f"/api/v1/users/{second.principal.user_id}/role", json={"role": "viewer"})
    other_browser.cookies.clear()

    assert (await other_browser.get("/api/v1/users", headers=bearer(made["token"]))).status_code == 403
    await lock_user(core, second.email)
    assert (await other_browser.get("/api/v1/users", headers=bearer(made["token"]))).status_code == 401


@pytest.mark.parametrize("days", [0, 366, -1, 10**12])
async def test_token_lives_at_most_a_year(client: Client, user: TestUser, days: int) -> None:
    await sign_in(client, user)

    answer = await client.post(TOKENS, json={"name": "x", "scopes": ["queries.run"], "days": days})

    assert answer.status_code == 400


async def test_token_expires(client: Client, other_browser: Client, clock: Clock, boss: TestUser) -> None:
    await sign_in(client, boss)
    made = await _token(client, days=2)
    clock.move(days=2, seconds=-1)
    before = await other_browser.get("/api/v1/users", headers=bearer(made["token"]))
    clock.move(seconds=2)
    after = await other_browser.get("/api/v1/users", headers=bearer(made["token"]))

    assert (before.status_code, after.status_code) == (200, 401)


async def test_renewed_token_has_a_new_secret_and_the_old_one_is_dead(
    client: Client, other_browser: Client, boss: TestUser
) -> None:
    await sign_in(client, boss)
    made = await _token(client)
    renewed = (await client.post(f"{TOKENS}/{made['details']['id']}/renew", json={"days": 5})).json()

    assert renewed["details"]["id"] == made["details"]["id"]
    assert (await other_browser.get("/api/v1/users", headers=bearer(made["token"]))).status_code == 401
    assert (await other_browser.get("/api/v1/users", headers=bearer(renewed["token"]))).status_code == 200


async def test_revoked_token_is_dead_with_all_that_came_from_it(
    client: Client, other_browser: Client, boss: TestUser
) -> None:
    await sign_in(client, boss)
    made = await _token(client)
    pair = (await other_browser.post(ISSUE, headers=bearer(made["token"]))).json()
    await client.delete(f"{TOKENS}/{made['details']['id']}")

    for token in (made["token"], pair["accessToken"]):
        assert (await other_browser.get("/api/v1/users", headers=bearer(token))).status_code == 401
    refreshed = await other_browser.post(f"{ISSUE}/refresh", json={"refreshToken": pair["refreshToken"]})
    assert refreshed.status_code == 401


async def test_token_of_somebody_else_is_not_found(
    client: Client, other_browser: Client, boss: TestUser, user: TestUser
) -> None:
    await sign_in(client, boss)
    made = await _token(client)
    await sign_in(other_browser, user)
    theirs = f"{TOKENS}/{made['details']['id']}"

    assert (await other_browser.get(TOKENS)).json() == []
    assert (await other_browser.delete(theirs)).status_code == 404
    assert (await other_browser.post(f"{theirs}/renew", json={"days": 1})).status_code == 404


async def test_token_cannot_change_how_people_sign_in(
    client: Client, other_browser: Client, boss: TestUser
) -> None:
    await sign_in(client, boss)
    made = await _token(client)
    headers = bearer(made["token"])

    answers = [
        await other_browser.get(TOKENS, headers=headers),
        await other_browser.post(
            TOKENS, json={"name": "x", "scopes": ["users.manage"], "days": 1}, headers=headers
        ),
        await other_browser.get("/api/v1/auth/factors", headers=headers),
        await other_browser.post("/api/v1/auth/step-up", json={"password": boss.password}, headers=headers),
        await other_browser.post(
            "/api/v1/users", json={"name": "x", "email": "x@example.org", "role": "admin"}, headers=headers
        ),
    ]

    assert {each.status_code for each in answers} == {403}


@pytest.mark.parametrize("change", ["secret", "checksum", "id", "shape"])
async def test_changed_token_is_refused(
    client: Client, other_browser: Client, boss: TestUser, change: str
) -> None:
    await sign_in(client, boss)
    token = (await _token(client))["token"]
    at = {"secret": 30, "checksum": -1, "id": 5, "shape": 2}[change]
    other = "a" if token[at] != "a" else "b"
    changed = token[:at] + other + token[at + 1 :] if at != -1 else token[:-1] + other

    assert (await other_browser.get("/api/v1/users", headers=bearer(changed))).status_code == 401


async def test_access_token_names_all_it_must_and_lasts_ten_minutes(
    client: Client, other_browser: Client, clock: Clock, boss: TestUser
) -> None:
    await sign_in(client, boss)
    made = await _token(client)
    pair = (await other_browser.post(ISSUE, headers=bearer(made["token"]))).json()
    head, claims = (_decoded(part) for part in pair["accessToken"].split(".")[:2])
    works = await other_browser.get("/api/v1/users", headers=bearer(pair["accessToken"]))
    clock.move(minutes=10, seconds=1)
    late = await other_browser.get("/api/v1/users", headers=bearer(pair["accessToken"]))

    assert set(head) == {"alg", "kid", "typ"}
    assert head["alg"] == "Ed25519"
    assert {"iss", "aud", "sub", "exp", "iat", "jti", "typ"} <= set(claims)
    assert claims["iss"] == "http://127.0.0.1:8470"
    assert claims["exp"] - claims["iat"] == 600
    assert (works.status_code, late.status_code) == (200, 401)


async def test_refresh_gives_a_new_pair_and_a_refresh_token_used_twice_ends_the_family(
    client: Client, other_browser: Client, mailbox: Mailbox, boss: TestUser
) -> None:
    await sign_in(client, boss)
    first = (await other_browser.post(ISSUE, headers=bearer((await _token(client))["token"]))).json()
    second = (await _refresh(other_browser, first)).json()
    works = await other_browser.get("/api/v1/users", headers=bearer(second["accessToken"]))
    reused = await _refresh(other_browser, first)

    assert works.status_code == 200
    assert reused.status_code == 401
    assert (await _refresh(other_browser, second)).status_code == 401, "the whole family ended"
    for pair in (first, second):
        used = await other_browser.get("/api/v1/users", headers=bearer(pair["accessToken"]))
        assert used.status_code == 401
    assert "used twice" in (await mailbox.newest(boss.email)).subject


async def test_family_can_be_revoked(client: Client, other_browser: Client, boss: TestUser) -> None:
    await sign_in(client, boss)
    pair = (await other_browser.post(ISSUE, headers=bearer((await _token(client))["token"]))).json()
    revoked = await other_browser.post(f"{ISSUE}/revoke", json={"refreshToken": pair["refreshToken"]})
    unknown = await other_browser.post(f"{ISSUE}/revoke", json={"refreshToken": "x" * 43})

    assert revoked.status_code == unknown.status_code == 204
    used = await other_browser.get("/api/v1/users", headers=bearer(pair["accessToken"]))
    assert used.status_code == 401


async def test_same_refresh_token_twice_at_once_gives_at_most_one_pair(
    client: Client, core: Core, auth: AuthServices, boss: TestUser
) -> None:
    await sign_in(client, boss)
    pair = (await client.post(ISSUE, headers=bearer((await _token(client))["token"]))).json()

    answers = await asyncio.gather(*(_refresh(client, pair) for _ in range(4)))

    assert [each.status_code for each in answers].count(200) <= 1


async def test_forged_tokens_are_refused(
    client: Client, other_browser: Client, core: Core, auth: AuthServices, clock: Clock, boss: TestUser
) -> None:
    await sign_in(client, boss)
    pair = (await other_browser.post(ISSUE, headers=bearer((await _token(client))["token"]))).json()
    head, claims = (_decoded(part) for part in pair["accessToken"].split(".")[:2])
    stranger = OKPKey.generate_key("Ed25519")
    ours = await _our_key(core, auth)

    def signed(key: OKPKey, header: dict[str, Any] | None = None, **changed: Any) -> str:
        body = {name: value for name, value in {**claims, **changed}.items() if value is not None}
        return jwt.encode({**head, **(header or {})}, body, key, algorithms=["Ed25519"])

    symmetric = f"{_encoded({**head, 'alg': 'HS256'})}.{_encoded(claims)}"
    mac = hmac.digest(ours.as_pem(private=False), symmetric.encode(), "sha256")
    forged = {
        "none": f"{_encoded({**head, 'alg': 'none'})}.{_encoded(claims)}.",
        "our public key as a secret": f"{symmetric}.{base64.urlsafe_b64encode(mac).decode().rstrip('=')}",
        "other key": signed(stranger),
        "own key in the header": signed(stranger, {"jwk": stranger.as_dict(private=False)}),
        "unknown kid": signed(ours, {"kid": "0" * 32}),
        "other type": signed(ours, {"typ": "JWT"}),
        "other audience": signed(ours, aud="somebody"),
        "other issuer": signed(ours, iss="https://evil.example"),
        "no expiry": signed(ours, exp=None),
        "no subject": signed(ours, sub=None),
        "no id": signed(ours, jti=None),
        "no issue time": signed(ours, iat=None),
        "expired": signed(ours, exp=int(clock().timestamp()) - 1),
        "from the future": signed(ours, iat=int(clock().timestamp()) + 3600),
        "another user": signed(ours, sub="00000000-0000-0000-0000-000000000000"),
        "refresh token's type": signed(ours, typ="refresh"),
        "nonsense": "a.b.c",
    }

    real = await other_browser.get("/api/v1/users", headers=bearer(signed(ours)))
    answers = {
        name: (await other_browser.get("/api/v1/users", headers=bearer(token))).status_code
        for name, token in forged.items()
    }
    assert real.status_code == 200
    assert answers == dict.fromkeys(forged, 401)


async def test_signing_key_changes_after_ninety_days_and_old_tokens_run_out_by_themselves(
    client: Client, core: Core, auth: AuthServices, clock: Clock, boss: TestUser
) -> None:
    await sign_in(client, boss)
    token = (await _token(client, days=365))["token"]
    await client.post(ISSUE, headers=bearer(token))
    clock.move(days=90, minutes=-1)
    old = (await client.post(ISSUE, headers=bearer(token))).json()
    clock.move(minutes=2)
    new = (await client.post(ISSUE, headers=bearer(token))).json()

    kids = [_decoded(each["accessToken"].split(".")[0])["kid"] for each in (old, new)]
    assert kids[0] != kids[1]
    assert await auth.access_tokens.find(old["accessToken"]) is not None
    clock.move(minutes=30)
    await auth.access_tokens.forget_old()
    async with core.database.transaction() as session:
        assert [each.kid for each in await session.scalars(select(SigningKey))] == [kids[1]]


async def test_refresh_tokens_are_stored_as_hashes(client: Client, core: Core, boss: TestUser) -> None:
    await sign_in(client, boss)
    pair = (await client.post(ISSUE, headers=bearer((await _token(client))["token"]))).json()

    async with core.database.transaction() as session:
        [stored] = (await session.scalars(select(RefreshToken))).all()
    assert pair["refreshToken"] not in stored.token_hash


async def _refresh(client: Client, pair: dict[str, Any]) -> Any:
    return await client.post(
        f"{ISSUE}/refresh", json={"refreshToken": pair["refreshToken"]}, headers=bearer("none")
    )


async def _our_key(core: Core, auth: AuthServices) -> OKPKey:
    async with core.database.transaction() as session:
        [row] = (await session.scalars(select(SigningKey))).all()
    return OKPKey.import_key(
        core.vault.open(row.sealed_private, f"auth_signing_key|{row.kid}|sealed_private")
    )


def _decoded(part: str) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    return content


def _encoded(content: dict[str, Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(content).encode()).decode().rstrip("=")
