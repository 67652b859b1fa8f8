"""The way in: one answer for every refusal, nothing before the second step, new ids on the way."""

import time

import pytest
from sqlalchemy import func, select
from tests.auth.people import (
    Client,
    Clock,
    Mailbox,
    TestUser,
    log_in,
    pass_code,
    remember,
    sign_in,
    statements,
)

from gridlens.auth import lock_user
from gridlens.auth.models import AuditEntry, HalfLogin, User, UserSession
from gridlens.auth.services.passwords import Hasher
from gridlens.core.module import Core
from gridlens.shared.auth import UserSignedIn

pytestmark = pytest.mark.anyio

GUARDED = "/api/v1/auth/sessions"


async def test_password_and_code_open_a_session(client: Client, user: TestUser) -> None:
    first = (await log_in(client, user)).json()
    second = (await pass_code(client, user.code())).json()

    assert first["step"] == "second_step"
    assert first["user"] is None
    assert first["secondStep"]["methods"] == ["totp", "email"]
    assert second["step"] == "signed_in"
    assert second["user"]["email"] == user.email
    assert "queries.run" in second["user"]["permissions"]
    assert "users.manage" not in second["user"]["permissions"]


async def test_email_is_recognised_in_any_case_and_with_spaces(client: Client, user: TestUser) -> None:
    answer = await client.post(
        "/api/v1/auth/login", json={"email": f"  {user.email.upper()} ", "password": user.password}
    )

    assert answer.status_code == 200


async def test_half_login_opens_nothing_but_the_second_step(client: Client, user: TestUser) -> None:
    await log_in(client, user)

    assert (await client.get(GUARDED)).status_code == 401
    assert (await client.get("/api/v1/tokens")).status_code == 401
    assert (await client.post("/api/v1/auth/step-up", json={"password": user.password})).status_code == 401
    assert (await client.post("/api/v1/auth/factors/totp")).status_code == 401
    assert (await pass_code(client, user.code())).status_code == 200
    assert (await client.get(GUARDED)).status_code == 200


async def test_every_refusal_is_worded_alike(
    client: Client, core: Core, user: TestUser, boss: TestUser
) -> None:
    wrong = await log_in(client, user, "not-the-password-at-all")
    unknown = await client.post(
        "/api/v1/auth/login", json={"email": "nobody@example.org", "password": user.password}
    )
    await lock_user(core, user.email)
    locked = await log_in(client, user)
    for _ in range(7):
        last = await log_in(client, boss, "not-the-password-at-all")
    blocked = await log_in(client, boss)

    said = [_without_id(each) for each in (wrong, unknown, locked, last)]
    assert all(each == said[0] for each in said)
    assert {each.status_code for each in (wrong, unknown, locked, last)} == {401}
    assert blocked.status_code == 429, "the address has used up its ten tries"


async def test_account_that_is_blocked_answers_the_right_password_like_a_wrong_one(
    client: Client, user: TestUser, auth
) -> None:
    from gridlens.auth.services.attempts import Counted

    for _ in range(10):
        await auth.attempts.reserve(Counted.PASSWORD, auth.ground.keys.mac("account", user.email))

    right = await log_in(client, user)
    unknown = await client.post(
        "/api/v1/auth/login", json={"email": "nobody@example.org", "password": user.password}
    )

    assert right.status_code == 401
    assert _without_id(right) == _without_id(unknown)


async def test_unknown_wrong_and_locked_take_as_long(
    client: Client, core: Core, clock: Clock, user: TestUser, boss: TestUser
) -> None:
    await lock_user(core, boss.email)
    tries = {
        "unknown": ("nobody@example.org", user.password),
        "wrong": (user.email, "not-the-password-at-all"),
        "locked": (boss.email, boss.password),
    }
    seconds: dict[str, list[float]] = {name: [] for name in tries}
    for _ in range(7):
        for name, (email, password) in tries.items():
            clock.move(minutes=6)
            started = time.process_time()  # what others do on this machine does not count
            answer = await client.post("/api/v1/auth/login", json={"email": email, "password": password})
            seconds[name].append(time.process_time() - started)
            assert answer.status_code == 401
    best = [min(each) for each in seconds.values()]

    assert max(best) / min(best) < 1.6, seconds


async def test_unknown_wrong_and_locked_do_the_same_work(
    client: Client, core: Core, user: TestUser, boss: TestUser
) -> None:
    await lock_user(core, boss.email)
    done = []
    for email in ("nobody@example.org", user.email, boss.email):
        with statements(core) as ran:
            await client.post("/api/v1/auth/login", json={"email": email, "password": "wrong"})
        done.append(ran)

    assert done[0] == done[1] == done[2]


async def test_session_id_is_new_after_password_code_and_step_up(
    client: Client, clock: Clock, user: TestUser
) -> None:
    seen = []
    for _ in range(2):
        await log_in(client, user)
        seen.append(client.cookies.get("login"))
        clock.move(seconds=30)
        await pass_code(client, user.code())
        seen.append(client.cookies.get("sid"))
    remember(client, await client.post("/api/v1/auth/step-up", json={"password": user.password}))
    seen.append(client.cookies.get("login"))
    clock.move(seconds=30)
    await pass_code(client, user.code())
    seen.append(client.cookies.get("sid"))

    assert all(seen)
    assert len(set(seen)) == len(seen)
    assert client.cookies.get("login") is None


async def test_signing_in_again_ends_the_session_this_browser_had(
    client: Client, clock: Clock, core: Core, user: TestUser
) -> None:
    await sign_in(client, user)
    clock.move(seconds=30)
    await sign_in(client, user)

    async with core.database.transaction() as session:
        assert await session.scalar(select(func.count()).select_from(UserSession)) == 1


async def test_half_login_is_over_after_ten_minutes(client: Client, clock: Clock, user: TestUser) -> None:
    await log_in(client, user)
    clock.move(minutes=10, seconds=1)

    late = await pass_code(client, user.code())

    assert late.status_code == 401
    assert late.json()["type"].endswith("sign-in-expired")
    assert (await client.get("/api/v1/auth/session")).json()["step"] == "password"


async def test_half_login_works_once(client: Client, clock: Clock, user: TestUser) -> None:
    await log_in(client, user)
    half = client.cookies.get("login")
    token = client.headers["X-CSRF-Token"]
    await pass_code(client, user.code())
    client.cookies.delete("sid")
    client.cookies.set("login", half)
    client.headers["X-CSRF-Token"] = token
    clock.move(seconds=30)

    assert (await pass_code(client, user.code())).status_code == 401


async def test_locking_an_account_ends_its_half_logins(client: Client, core: Core, user: TestUser) -> None:
    await log_in(client, user)
    await lock_user(core, user.email)

    assert (await pass_code(client, user.code())).status_code == 401
    async with core.database.transaction() as session:
        assert await session.scalar(select(func.count()).select_from(HalfLogin)) == 0


async def test_log_out_ends_the_session_on_the_server(client: Client, user: TestUser) -> None:
    await sign_in(client, user)
    cookie = client.cookies.get("sid")

    left = await client.post("/api/v1/auth/logout")
    client.cookies.set("sid", cookie)

    assert left.status_code == 204
    assert (await client.get(GUARDED)).status_code == 401


async def test_change_on_the_code_page_forgets_the_half_login(client: Client, user: TestUser) -> None:
    await log_in(client, user)
    await client.post("/api/v1/auth/logout")

    assert (await client.get("/api/v1/auth/session")).json()["step"] == "password"


async def test_password_hash_is_renewed_at_sign_in_when_its_costs_are_old(
    client: Client, core: Core, user: TestUser
) -> None:
    old = await Hasher(memory_kib=8 * 1024, rounds=1).hash(user.password)
    async with core.database.transaction() as session:
        (await session.get_one(User, user.principal.user_id)).password_hash = old
    await log_in(client, user)

    async with core.database.transaction() as session:
        renewed = (await session.get_one(User, user.principal.user_id)).password_hash
    assert renewed is not None
    assert renewed.startswith("$argon2id$v=19$m=19456,t=2,p=1$")


async def test_signing_in_is_told_and_audited(
    client: Client, core: Core, mailbox: Mailbox, user: TestUser
) -> None:
    told: list[UserSignedIn] = []

    async def hear(event: UserSignedIn) -> None:
        told.append(event)

    core.bus.on(UserSignedIn)(hear)
    await log_in(client, user, "not-the-password-at-all")
    await sign_in(client, user)
    await mailbox.all()

    assert [each.user_id for each in told] == [user.principal.user_id]
    async with core.database.transaction() as session:
        entries = (await session.scalars(select(AuditEntry).order_by(AuditEntry.number))).all()
    actions = [each.action for each in entries if each.user_id == user.principal.user_id]
    assert actions == ["auth.sign_in_refused", "auth.signed_in"]


async def test_audit_does_not_keep_what_a_stranger_typed_as_email(
    client: Client, core: Core, boss: TestUser
) -> None:
    await client.post("/api/v1/auth/login", json={"email": "my-secret-password", "password": "x"})

    async with core.database.transaction() as session:
        entry = await session.scalar(select(AuditEntry).order_by(AuditEntry.number.desc()).limit(1))
    assert entry is not None
    assert entry.action == "auth.sign_in_refused"
    assert entry.organisation_id == boss.principal.organisation_id
    assert "secret" not in entry.subject + entry.detail


async def test_fresh_installation_asks_for_set_up(client: Client) -> None:
    assert (await client.get("/api/v1/auth/session")).json()["step"] == "set_up"


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"email": "a@b.example"},
        {"email": "a@b.example", "password": "x", "role": "admin"},
        {"email": 5, "password": "x"},
        {"email": "a@b.example", "password": "x" * 2000},
        {"email": "a" * 300 + "@b.example", "password": "x"},
    ],
)
async def test_malformed_sign_in_is_refused_as_a_problem(client: Client, body: object) -> None:
    answer = await client.post("/api/v1/auth/login", json=body)

    assert answer.status_code == 400
    assert answer.headers["content-type"].startswith("application/problem+json")


def _without_id(answer) -> dict[str, object]:
    content = answer.json()
    content.pop("request_id", None)
    return content
