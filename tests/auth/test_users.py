"""What administrators do with accounts, and what nobody else may."""

import asyncio
from uuid import uuid4

import pyotp
import pytest
from sqlalchemy import func, select
from tests.auth.people import (
    Client,
    Clock,
    Mailbox,
    TestUser,
    log_in,
    make_user,
    pass_code,
    remember,
    sign_in,
    take_app_away,
)

from gridlens.auth.models import AuditEntry, Organisation, TotpFactor, User, UserSession
from gridlens.auth.services.assembly import AuthServices, build
from gridlens.auth.visit import Visit
from gridlens.core.errors import NotFound, Refused
from gridlens.core.module import Core
from gridlens.shared.auth import UserErased
from gridlens.shared.permissions import Role

pytestmark = pytest.mark.anyio

HERE = Visit(network="127.0.0.1", limit_key="127.0.0.1", user_agent="")


async def test_users_are_listed_by_name_with_their_state(
    client: Client, boss: TestUser, user: TestUser
) -> None:
    await sign_in(client, boss)

    page = (await client.get("/api/v1/users")).json()
    found = (await client.get("/api/v1/users", params={"search": "ANA"})).json()
    second = (await client.get("/api/v1/users", params={"offset": 1, "limit": 1})).json()

    assert [each["email"] for each in page["users"]] == [user.email, boss.email]
    assert page["total"] == 2
    assert page["users"][0]["hasApp"] is True
    assert page["users"][0]["state"] == "active"
    assert [each["email"] for each in found["users"]] == [user.email]
    assert ([each["email"] for each in second["users"]], second["total"]) == ([boss.email], 2)


async def test_percent_sign_in_a_search_is_a_percent_sign(client: Client, boss: TestUser) -> None:
    await sign_in(client, boss)

    assert (await client.get("/api/v1/users", params={"search": "%"})).json()["total"] == 0


@pytest.mark.parametrize("role", [Role.ANALYST, Role.VIEWER])
async def test_others_see_and_change_no_users(client: Client, core: Core, boss: TestUser, role: Role) -> None:
    other = await make_user(core, role, email="other@example.org", clock=boss.clock)
    await sign_in(client, other)
    target = f"/api/v1/users/{boss.principal.user_id}"

    answers = [
        await client.get("/api/v1/users"),
        await client.get(target),
        await client.post("/api/v1/users", json={"name": "x", "email": "x@example.org", "role": "admin"}),
        await client.put(f"{target}/role", json={"role": "viewer"}),
        await client.post(f"{target}/lock"),
        await client.post(f"{target}/reset-factors"),
        await client.post(f"{target}/erase", json={"heirId": str(other.principal.user_id)}),
        await client.get("/api/v1/auth/policy"),
        await client.get("/api/v1/audit"),
    ]

    assert {each.status_code for each in answers} == {403}


async def test_services_check_rights_themselves(auth: AuthServices, user: TestUser) -> None:
    with pytest.raises(Refused):
        await auth.users.page(user.principal)
    with pytest.raises(Refused):
        await auth.users.change_role(user.principal, user.principal.user_id, Role.ADMIN, HERE)
    with pytest.raises(Refused):
        await auth.audit_reader.page(user.principal)
    with pytest.raises(Refused):
        await auth.policies.read(user.principal)


async def test_user_of_another_organisation_is_not_found(
    auth: AuthServices, core: Core, boss: TestUser
) -> None:
    async with core.database.transaction() as session:
        other = Organisation(name="Elsewhere")
        session.add(other)
        await session.flush()
        stranger = User(
            organisation_id=other.id, name="Stranger", email="stranger@example.net", role=Role.VIEWER
        )
        session.add(stranger)
        await session.flush()

    listed, total = await auth.users.page(boss.principal)
    assert (len(listed), total) == (1, 1)
    for act in (
        auth.users.one(boss.principal, stranger.id),
        auth.users.lock(boss.principal, stranger.id, HERE),
        auth.users.unlock(boss.principal, stranger.id, HERE),
        auth.users.change_role(boss.principal, stranger.id, Role.ADMIN, HERE),
        auth.users.reset_factors(boss.principal, stranger.id, HERE),
        auth.users.erase(boss.principal, stranger.id, boss.principal.user_id, HERE),
        auth.users.invite_again(boss.principal, stranger.id, HERE),
    ):
        with pytest.raises(NotFound):
            await act


async def test_email_can_be_invited_once(client: Client, boss: TestUser, user: TestUser) -> None:
    await sign_in(client, boss)

    answer = await client.post(
        "/api/v1/users", json={"name": "Again", "email": user.email.upper(), "role": "viewer"}
    )

    assert answer.status_code == 409
    assert answer.json()["type"].endswith("email-taken")


async def test_locked_user_is_out_at_once_and_in_again_when_unlocked(
    client: Client, other_browser: Client, clock: Clock, boss: TestUser, user: TestUser
) -> None:
    await sign_in(client, boss)
    await sign_in(other_browser, user, trust_device=True)

    locked = await client.post(f"/api/v1/users/{user.principal.user_id}/lock")
    outside = await other_browser.get("/api/v1/auth/sessions")
    refused = await log_in(other_browser, user)
    await client.post(f"/api/v1/users/{user.principal.user_id}/unlock")
    let_in = await log_in(other_browser, user)

    assert locked.json()["state"] == "locked"
    assert (outside.status_code, refused.status_code) == (401, 401)
    assert let_in.json()["step"] == "second_step", "devices were forgotten with the lock"


async def test_administrators_cannot_take_their_own_rights(
    client: Client, boss: TestUser, user: TestUser
) -> None:
    await sign_in(client, boss)
    own = f"/api/v1/users/{boss.principal.user_id}"

    answers = [
        await client.post(f"{own}/lock"),
        await client.put(f"{own}/role", json={"role": "viewer"}),
        await client.post(f"{own}/erase", json={"heirId": str(user.principal.user_id)}),
    ]

    assert {each.status_code for each in answers} == {409}


async def test_two_administrators_cannot_demote_each_other_at_once(every_core: Core) -> None:
    services = build(every_core)
    first = await make_user(every_core, Role.ADMIN, email="first@example.org")
    second = await make_user(every_core, Role.ADMIN, email="second@example.org")

    outcomes = await asyncio.gather(
        services.users.change_role(first.principal, second.principal.user_id, Role.VIEWER, HERE),
        services.users.change_role(second.principal, first.principal.user_id, Role.VIEWER, HERE),
        return_exceptions=True,
    )

    async with every_core.database.transaction() as session:
        admins = await session.scalar(
            select(func.count()).select_from(User).where(User.role == str(Role.ADMIN))
        )
    assert admins == 1
    assert sum(outcome is None for outcome in outcomes) == 1


async def test_reset_factors_leave_no_way_in_but_the_mailed_link(
    client: Client, other_browser: Client, mailbox: Mailbox, boss: TestUser, user: TestUser, core: Core
) -> None:
    await sign_in(client, boss)
    policy = (await client.get("/api/v1/auth/policy")).json()
    await client.put("/api/v1/auth/policy", json={**policy, "emailCodesAllowed": False})
    await sign_in(other_browser, user, trust_device=True)
    await client.post(f"/api/v1/users/{user.principal.user_id}/reset-factors")
    token = await mailbox.link_token(user.email)

    without = (await log_in(other_browser, user)).json()
    body = {"email": user.email, "password": user.password, "enrolmentToken": token}
    through = remember(other_browser, await other_browser.post("/api/v1/auth/login", json=body)).json()
    offer = (await other_browser.post("/api/v1/auth/factors/totp")).json()
    code = pyotp.TOTP(offer["secret"].replace(" ", "")).at(user.clock())
    enrolled = await other_browser.post("/api/v1/auth/factors/totp/confirm", json={"code": code})

    assert (without["step"], without["secondStep"]["methods"]) == ("second_step", [])
    assert through["step"] == "enrol"
    assert enrolled.json()["state"]["step"] == "signed_in"
    assert (await client.post("/api/v1/auth/login", json=body)).status_code in {403, 404}, "used up"


async def test_enrolment_link_of_somebody_else_helps_nobody(
    client: Client, other_browser: Client, mailbox: Mailbox, boss: TestUser, user: TestUser, core: Core
) -> None:
    thief = await make_user(core, Role.VIEWER, email="thief@example.org", clock=user.clock)
    await sign_in(client, boss)
    await client.post(f"/api/v1/users/{user.principal.user_id}/reset-factors")
    token = await mailbox.link_token(user.email)

    body = {"email": thief.email, "password": thief.password, "enrolmentToken": token}
    refused = await other_browser.post("/api/v1/auth/login", json=body)
    owner = {"email": user.email, "password": user.password, "enrolmentToken": token}

    assert refused.status_code == 404
    assert (await other_browser.post("/api/v1/auth/login", json=owner)).json()["step"] == "enrol"


async def test_erased_user_is_gone_and_the_heir_is_told(
    client: Client, other_browser: Client, core: Core, mailbox: Mailbox, boss: TestUser, user: TestUser
) -> None:
    told: list[UserErased] = []

    async def hear(event: UserErased) -> None:
        told.append(event)

    core.bus.on(UserErased)(hear)
    await sign_in(other_browser, user)
    await sign_in(client, boss)
    target = f"/api/v1/users/{user.principal.user_id}"
    erased = await client.post(f"{target}/erase", json={"heirId": str(boss.principal.user_id)})
    await mailbox.all()

    assert erased.status_code == 204
    assert [(each.user_id, each.heir_id) for each in told] == [
        (user.principal.user_id, boss.principal.user_id)
    ]
    assert (await other_browser.get("/api/v1/auth/sessions")).status_code == 401
    assert (await client.get(target)).status_code == 404
    async with core.database.transaction() as session:
        for table in (TotpFactor, UserSession):
            rows = await session.scalars(select(table).where(table.user_id == user.principal.user_id))
            assert rows.all() == []
        texts = [each.subject + each.detail for each in await session.scalars(select(AuditEntry))]
    assert not any("ana@" in text or "Test Ana" in text for text in texts), "the log holds ids alone"
    entries = (await client.get("/api/v1/audit")).json()["entries"]
    assert any(each["userId"] == str(user.principal.user_id) and each["userName"] is None for each in entries)


async def test_heir_must_be_an_active_colleague(client: Client, boss: TestUser, user: TestUser) -> None:
    await sign_in(client, boss)
    target = f"/api/v1/users/{user.principal.user_id}/erase"

    nobody = await client.post(target, json={"heirId": str(uuid4())})
    oneself = await client.post(target, json={"heirId": str(user.principal.user_id)})

    assert (nobody.status_code, oneself.status_code) == (404, 409)


@pytest.mark.parametrize(
    ("method", "tail", "body"),
    [
        ("POST", "/lock", None),
        ("POST", "/unlock", None),
        ("POST", "/reset-factors", None),
        ("POST", "/invitation", None),
        ("PUT", "/role", {"role": "admin"}),
        ("POST", "/erase", {"heirId": "00000000-0000-0000-0000-000000000000"}),
    ],
)
async def test_changes_to_users_need_a_recent_step_up(
    client: Client, clock: Clock, boss: TestUser, user: TestUser, method: str, tail: str, body: object
) -> None:
    await sign_in(client, boss)
    clock.move(minutes=10, seconds=1)

    answer = await client.request(method, f"/api/v1/users/{user.principal.user_id}{tail}", json=body)

    assert answer.status_code == 403
    assert answer.json()["type"].endswith("step-up-required")


async def test_codes_can_be_asked_of_some_roles_only(
    client: Client, other_browser: Client, core: Core, boss: TestUser
) -> None:
    await sign_in(client, boss)
    policy = (await client.get("/api/v1/auth/policy")).json()
    changed = await client.put(
        "/api/v1/auth/policy", json={**policy, "otpForEveryone": False, "otpRoles": ["admin", "analyst"]}
    )
    states = {}
    for role in Role:
        person = await make_user(core, role, email=f"some-{role}@example.org")
        await take_app_away(core, person)
        other_browser.cookies.clear()
        states[str(role)] = (await log_in(other_browser, person)).json()["step"]

    assert policy["otpForEveryone"] is True
    assert changed.json()["otpRoles"] == ["admin", "analyst"]
    assert states == {"admin": "second_step", "analyst": "second_step", "viewer": "signed_in"}


async def test_short_password_never_stands_alone(
    client: Client, other_browser: Client, core: Core, boss: TestUser
) -> None:
    viewer = await make_user(core, Role.VIEWER, email="short@example.org", password="kV9#mQ2xTw")
    await take_app_away(core, viewer)
    await sign_in(client, boss)
    policy = (await client.get("/api/v1/auth/policy")).json()
    await client.put("/api/v1/auth/policy", json={**policy, "otpForEveryone": False, "otpRoles": []})

    assert (await log_in(other_browser, viewer)).json()["step"] == "second_step"


async def test_person_without_codes_steps_up_with_the_password(
    client: Client, other_browser: Client, core: Core, clock: Clock, boss: TestUser
) -> None:
    viewer = await make_user(core, Role.VIEWER, email="vera@example.org")
    await take_app_away(core, viewer)
    await sign_in(client, boss)
    policy = (await client.get("/api/v1/auth/policy")).json()
    await client.put("/api/v1/auth/policy", json={**policy, "otpForEveryone": False, "otpRoles": []})
    await log_in(other_browser, viewer)
    before = other_browser.cookies.get("sid")

    stepped_up = await other_browser.post("/api/v1/auth/step-up", json={"password": viewer.password})

    assert stepped_up.json()["session"]["steppedUpUntil"] is not None
    assert other_browser.cookies.get("sid") != before
    assert (await pass_code(other_browser, "000000")).status_code in {401, 403}
