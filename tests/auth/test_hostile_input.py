"""Hostile input is answered with a problem that says what is wrong, never with a failure of ours."""

import pytest
from tests.auth.conftest import browser
from tests.auth.people import Clock, make_user, sign_in

from gridlens.app import create_app
from gridlens.auth import make_module
from gridlens.core.module import Core
from gridlens.shared.permissions import Role

pytestmark = pytest.mark.anyio

HOSTILE = (
    "\x00",
    "a\x00b@example.org",
    "' OR 1=1 --",
    "%_\\",
    "\ud800",
    "😀" * 60,
    "\u202egro.elpmaxe",
    "A" * 10_000,
    "",
)


async def test_no_text_breaks_a_route(every_core: Core, clock: Clock) -> None:
    app = create_app(core=every_core, modules=[make_module(clock)])
    client, stranger = browser(app), browser(app)
    boss = await make_user(every_core, Role.ADMIN, email="boss@example.org", clock=clock)
    await sign_in(client, boss)
    answers = []
    for text in HOSTILE:
        as_json = _json({"email": text, "password": text})
        clock.move(minutes=6)
        for path, body in (
            ("login", as_json),
            ("second-step", _json({"method": "totp", "code": text})),
            ("links/check", _json({"kind": "reset", "token": text})),
            ("password-reset", _json({"email": text})),
            ("password-reset/complete", _json({"token": text, "password": text})),
            ("token/refresh", _json({"refreshToken": text})),
        ):
            answers.append(
                await stranger.post(
                    f"/api/v1/auth/{path}", content=body, headers={"Content-Type": "application/json"}
                )
            )
        headers = {"Content-Type": "application/json"}
        answers.append(
            await client.patch("/api/v1/auth/profile", content=_json({"name": text}), headers=headers)
        )
        answers.append(
            await client.post(
                "/api/v1/users",
                content=_json({"name": text, "email": text, "role": "viewer"}),
                headers=headers,
            )
        )
        if text != "\ud800":
            answers.append(await client.get("/api/v1/users", params={"search": text}))
            answers.append(await client.get("/api/v1/audit", params={"action": text}))
            answers.append(await client.get("/api/v1/audit", params={"since": text, "userId": text}))

    broken = [
        (str(each.request.url), each.status_code, each.text) for each in answers if each.status_code >= 500
    ]
    assert broken == []


async def test_times_without_a_zone_are_refused(every_core: Core, clock: Clock) -> None:
    client = browser(create_app(core=every_core, modules=[make_module(clock)]))
    await sign_in(client, await make_user(every_core, Role.ADMIN, clock=clock))

    naive = await client.get("/api/v1/audit", params={"since": "2026-03-02T09:00:00"})
    aware = await client.get("/api/v1/audit", params={"since": "2026-03-02T09:00:00+01:00"})
    far = await client.get("/api/v1/audit", params={"until": "9999-12-31T23:59:59-12:00"})

    assert (naive.status_code, aware.status_code) == (400, 200)
    assert far.status_code < 500


async def test_long_user_agent_is_cut(every_core: Core, clock: Clock) -> None:
    client = browser(create_app(core=every_core, modules=[make_module(clock)]))
    client.headers["User-Agent"] = "x" * 5_000

    await sign_in(client, await make_user(every_core, Role.ADMIN, clock=clock))

    assert len((await client.get("/api/v1/auth/sessions")).json()) == 1


def _json(content: dict[str, str]) -> bytes:
    import json

    return json.dumps(content).encode()
