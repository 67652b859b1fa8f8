"""Changing one's own password, profile and email, and getting back in without a password."""

import pytest
from sqlalchemy import select
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

from gridlens.auth.models import MailedLink, User
from gridlens.core.module import Core

pytestmark = pytest.mark.anyio

NEW = "lantern-copper-89-meadow"


async def test_password_change_needs_the_current_one_and_ends_other_sessions(
    client: Client, other_browser: Client, clock: Clock, mailbox: Mailbox, user: TestUser
) -> None:
    await sign_in(other_browser, user)
    clock.move(seconds=30)
    await sign_in(client, user)
    before = client.cookies.get("sid")

    wrong = await client.put("/api/v1/auth/password", json={"currentPassword": "wrong", "newPassword": NEW})
    right = await client.put(
        "/api/v1/auth/password", json={"currentPassword": user.password, "newPassword": NEW}
    )

    assert wrong.status_code == 403
    assert wrong.json()["fields"] == {"password": "not right"}
    assert remember(client, right).json()["step"] == "signed_in"
    assert client.cookies.get("sid") != before
    assert (await other_browser.get("/api/v1/auth/sessions")).status_code == 401
    assert (await log_in(other_browser, user)).status_code == 401
    assert (await log_in(other_browser, user, NEW)).status_code == 200
    assert "password was changed" in (await mailbox.newest(user.email)).subject


async def test_weak_new_password_is_refused_with_the_reason(client: Client, user: TestUser) -> None:
    await sign_in(client, user)

    answer = await client.put(
        "/api/v1/auth/password", json={"currentPassword": user.password, "newPassword": "password"}
    )

    assert answer.status_code == 422
    assert "most used" in answer.json()["fields"]["password"]


async def test_current_password_cannot_be_guessed_without_end(client: Client, user: TestUser) -> None:
    await sign_in(client, user)
    body = {"currentPassword": "wrong", "newPassword": NEW}
    answers = [(await client.put("/api/v1/auth/password", json=body)).status_code for _ in range(11)]

    assert answers == [403] * 10 + [429]


async def test_reset_is_answered_alike_for_known_and_unknown(client: Client, user: TestUser) -> None:
    known = await client.post("/api/v1/auth/password-reset", json={"email": user.email})
    unknown = await client.post("/api/v1/auth/password-reset", json={"email": "nobody@example.org"})

    assert known.status_code == unknown.status_code == 202
    assert known.content == unknown.content


async def test_reset_does_the_same_work_for_known_and_unknown(
    client: Client, core: Core, user: TestUser
) -> None:
    done = {}
    for email in (user.email, "nobody@example.org"):
        with statements(core) as done[email]:
            await client.post("/api/v1/auth/password-reset", json={"email": email})

    assert done[user.email] == done["nobody@example.org"]
    assert len(done[user.email]) > 0


async def _reset_token(client: Client, core: Core, mailbox: Mailbox, user: TestUser) -> str:
    await client.post("/api/v1/auth/password-reset", json={"email": user.email.upper()})
    await core.jobs.run_due()
    return await mailbox.link_token(user.email)


async def test_reset_sets_a_password_and_neither_signs_in_nor_removes_codes(
    client: Client, other_browser: Client, core: Core, mailbox: Mailbox, user: TestUser
) -> None:
    await sign_in(client, user, trust_device=True)
    token = await _reset_token(other_browser, core, mailbox, user)
    done = await other_browser.post(
        "/api/v1/auth/password-reset/complete", json={"token": token, "password": NEW}
    )

    assert done.status_code == 204
    assert not other_browser.cookies.get("sid")
    assert (await client.get("/api/v1/auth/sessions")).status_code == 401, "sessions end"
    state = (await log_in(client, user, NEW)).json()
    assert state["step"] == "second_step", "the device is trusted no more, the code still asked for"
    assert (await log_in(other_browser, user)).status_code == 401


async def test_reset_link_points_to_the_public_address_and_works_once(
    client: Client, core: Core, mailbox: Mailbox, user: TestUser
) -> None:
    token = await _reset_token(client, core, mailbox, user)
    text = (await mailbox.newest(user.email)).text
    first = await client.post("/api/v1/auth/password-reset/complete", json={"token": token, "password": NEW})
    again = await client.post(
        "/api/v1/auth/password-reset/complete", json={"token": token, "password": NEW + "x"}
    )

    assert f"http://127.0.0.1:8470/reset-password#{token}" in text
    assert (first.status_code, again.status_code) == (204, 404)


async def test_reset_link_is_over_after_thirty_minutes(
    client: Client, core: Core, clock: Clock, mailbox: Mailbox, user: TestUser
) -> None:
    token = await _reset_token(client, core, mailbox, user)
    clock.move(minutes=30, seconds=1)

    answer = await client.post("/api/v1/auth/password-reset/complete", json={"token": token, "password": NEW})

    assert answer.status_code == 404


async def test_weak_password_leaves_the_reset_link_usable(
    client: Client, core: Core, mailbox: Mailbox, user: TestUser
) -> None:
    token = await _reset_token(client, core, mailbox, user)

    weak = await client.post("/api/v1/auth/password-reset/complete", json={"token": token, "password": "abc"})
    good = await client.post("/api/v1/auth/password-reset/complete", json={"token": token, "password": NEW})

    assert (weak.status_code, good.status_code) == (422, 204)


async def test_reset_token_has_256_bits_and_is_stored_as_a_hash(
    client: Client, core: Core, mailbox: Mailbox, user: TestUser
) -> None:
    token = await _reset_token(client, core, mailbox, user)

    async with core.database.transaction() as session:
        stored = (await session.scalars(select(MailedLink.token_hash))).all()
    assert len(token) == 43
    assert token not in "".join(stored)


async def test_nobody_is_flooded_with_reset_mails(
    client: Client, core: Core, mailbox: Mailbox, user: TestUser
) -> None:
    for _ in range(6):
        await client.post("/api/v1/auth/password-reset", json={"email": user.email})
    await core.jobs.run_due()

    assert len([each for each in await mailbox.all() if "new Gridlens password" in each.subject]) == 3


async def test_unknown_email_gets_no_mail(
    client: Client, core: Core, mailbox: Mailbox, user: TestUser
) -> None:
    await client.post("/api/v1/auth/password-reset", json={"email": "nobody@example.org"})
    await core.jobs.run_due()

    assert await mailbox.all() == []


async def test_profile_keeps_what_is_left_out(client: Client, user: TestUser) -> None:
    await sign_in(client, user)

    changed = await client.patch(
        "/api/v1/auth/profile", json={"name": "Other Name", "zone": "Europe/Lisbon", "theme": "dark"}
    )

    assert changed.status_code == 200
    seen = (await client.get("/api/v1/auth/session")).json()["user"]
    assert (seen["name"], seen["zone"], seen["theme"], seen["locale"]) == (
        "Other Name",
        "Europe/Lisbon",
        "dark",
        "en-GB",
    )


@pytest.mark.parametrize(
    "body",
    [{"zone": "Nowhere/Land"}, {"theme": "pink"}, {"locale": "<script>"}, {"role": "admin"}, {"name": " "}],
)
async def test_profile_takes_no_nonsense_and_no_rights(
    client: Client, user: TestUser, body: dict[str, str]
) -> None:
    await sign_in(client, user)

    assert (await client.patch("/api/v1/auth/profile", json=body)).status_code == 400


async def test_email_changes_when_the_new_address_confirms(
    client: Client, core: Core, mailbox: Mailbox, user: TestUser
) -> None:
    await sign_in(client, user)
    asked = await client.post("/api/v1/auth/email-change", json={"email": "Ana.New@Example.org"})
    warned = await mailbox.newest(user.email)
    token = await mailbox.link_token("ana.new@example.org")
    before = (await client.get("/api/v1/auth/session")).json()["user"]["email"]
    confirmed = await client.post("/api/v1/auth/email-change/confirm", json={"token": token})

    assert asked.status_code == 202
    assert "about to change" in warned.subject
    assert before == user.email
    assert confirmed.status_code == 204
    assert (await client.get("/api/v1/auth/session")).json()["user"]["email"] == "ana.new@example.org"


async def test_email_change_needs_a_recent_step_up(client: Client, clock: Clock, user: TestUser) -> None:
    await sign_in(client, user)
    clock.move(minutes=10, seconds=1)

    refused = await client.post("/api/v1/auth/email-change", json={"email": "ana.new@example.org"})

    assert refused.status_code == 403
    assert refused.json()["type"].endswith("step-up-required")


async def test_email_of_somebody_else_cannot_be_taken(client: Client, boss: TestUser, user: TestUser) -> None:
    await sign_in(client, user)

    assert (await client.post("/api/v1/auth/email-change", json={"email": boss.email})).status_code == 409


async def test_email_taken_while_the_confirmation_was_on_its_way_is_refused(
    client: Client, core: Core, mailbox: Mailbox, boss: TestUser, user: TestUser
) -> None:
    await sign_in(client, user)
    await client.post("/api/v1/auth/email-change", json={"email": "wanted@example.org"})
    token = await mailbox.link_token("wanted@example.org")
    async with core.database.transaction() as session:
        (await session.get_one(User, boss.principal.user_id)).email = "wanted@example.org"

    answer = await client.post("/api/v1/auth/email-change/confirm", json={"token": token})

    assert answer.status_code == 409


async def test_step_up_lasts_ten_minutes(client: Client, clock: Clock, user: TestUser) -> None:
    await sign_in(client, user)
    clock.move(minutes=11)
    remember(client, await client.post("/api/v1/auth/step-up", json={"password": user.password}))
    waiting = (await client.get("/api/v1/auth/session")).json()
    await pass_code(client, user.code())
    fresh = await client.post("/api/v1/auth/factors/recovery-codes")
    remember(client, fresh)
    clock.move(minutes=10, seconds=1)

    assert (waiting["step"], waiting["secondStep"]["purpose"]) == ("second_step", "step_up")
    assert waiting["secondStep"]["mayTrustDevice"] is False
    assert fresh.status_code == 200
    assert (await client.post("/api/v1/auth/factors/recovery-codes")).status_code == 403


async def test_step_up_with_a_wrong_password_changes_nothing(client: Client, user: TestUser) -> None:
    await sign_in(client, user)

    refused = await client.post("/api/v1/auth/step-up", json={"password": "wrong"})

    assert refused.status_code == 403
    assert (await client.get("/api/v1/auth/session")).json()["step"] == "signed_in"


async def test_step_up_belongs_to_the_session_it_began_in(
    client: Client, other_browser: Client, clock: Clock, boss: TestUser, user: TestUser
) -> None:
    await sign_in(client, user)
    await sign_in(other_browser, boss)
    clock.move(minutes=11)
    await client.post("/api/v1/auth/step-up", json={"password": user.password})
    other_browser.cookies.set("login", client.cookies.get("login"))

    stolen = await pass_code(other_browser, user.code())

    assert stolen.status_code == 401
    clock.move(seconds=30)
    assert (await other_browser.post("/api/v1/auth/factors/recovery-codes")).status_code == 403


async def test_own_activity_is_readable_by_everybody(client: Client, user: TestUser) -> None:
    await log_in(client, user, "wrong")
    await sign_in(client, user)

    entries = (await client.get("/api/v1/auth/activity")).json()

    assert [each["action"] for each in entries] == ["auth.signed_in", "auth.sign_in_refused"]
    assert entries[0]["detail"] == {"by": "totp"}
