"""How accounts begin: one set-up in the life of an installation, then invitations."""

import asyncio

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import DBAPIError
from tests.auth.people import PASSWORD, Client, Clock, Mailbox, TestUser, log_in, pass_code, remember, sign_in

from gridlens.auth import create_user, setup_link
from gridlens.auth.models import Organisation, SetUpCompletion, User
from gridlens.core.models import utc_now
from gridlens.core.module import Core
from gridlens.shared.permissions import Role

pytestmark = pytest.mark.anyio


def _set_up(token: str, **changed: object) -> dict[str, object]:
    return {
        "token": token,
        "organisation": "Northwind Cooperative",
        "name": "Test Boss",
        "email": "boss@example.org",
        "password": PASSWORD,
        "zone": "Europe/Madrid",
        "locale": "en-GB",
        **changed,
    }


async def _token(core: Core) -> str:
    return str(await setup_link(core)).partition("#")[2]


@pytest.fixture
def clock() -> Clock:
    """Links from the console are made by the machine's own clock, so this one starts there."""
    clock = Clock()
    clock.now = utc_now()
    return clock


async def test_set_up_makes_the_organisation_and_an_administrator_who_must_enrol(
    client: Client, core: Core
) -> None:
    link = await setup_link(core)
    assert link is not None
    assert link.startswith("http://127.0.0.1:8470/set-up#")

    state = remember(
        client, await client.post("/api/v1/auth/set-up", json=_set_up(await _token(core)))
    ).json()

    assert state["step"] == "enrol"
    assert state["user"] is None
    assert state["enrolment"]["mayUseEmail"] is True
    assert (await client.get("/api/v1/users")).status_code == 401, "no rights before the first factor"
    async with core.database.transaction() as session:
        [user] = (await session.scalars(select(User))).all()
        [organisation] = (await session.scalars(select(Organisation))).all()
    assert (user.role, user.zone) == ("admin", "Europe/Madrid")
    assert organisation.otp_for_everyone


async def test_first_factor_may_be_a_code_by_mail(client: Client, core: Core, mailbox: Mailbox) -> None:
    remember(client, await client.post("/api/v1/auth/set-up", json=_set_up(await _token(core))))
    await client.post("/api/v1/auth/second-step/email")

    state = (await pass_code(client, await mailbox.code("boss@example.org"), "email")).json()

    assert state["step"] == "signed_in"
    assert state["user"]["role"] == "admin"


async def test_set_up_link_works_once_and_is_gone_afterwards(client: Client, core: Core) -> None:
    token = await _token(core)
    await client.post("/api/v1/auth/set-up", json=_set_up(token))
    client.cookies.clear()

    again = await client.post("/api/v1/auth/set-up", json=_set_up(token, email="second@example.org"))

    assert again.status_code == 404
    assert await setup_link(core) is None


async def test_newer_set_up_link_replaces_the_older(client: Client, core: Core) -> None:
    older, newer = await _token(core), await _token(core)

    assert (await client.post("/api/v1/auth/set-up", json=_set_up(older))).status_code == 404
    assert (await client.post("/api/v1/auth/set-up", json=_set_up(newer))).status_code == 200


async def test_set_up_link_is_over_after_a_day(client: Client, core: Core, clock: Clock) -> None:
    token = await _token(core)
    clock.move(hours=24, minutes=5)  # the link is younger than the clock that stands still

    assert (await client.post("/api/v1/auth/set-up", json=_set_up(token))).status_code == 404


async def test_guessed_token_sets_nothing_up(client: Client, core: Core) -> None:
    await setup_link(core)

    assert (await client.post("/api/v1/auth/set-up", json=_set_up("x" * 43))).status_code == 404


async def test_set_up_twice_at_once_makes_one_organisation(
    client: Client, other_browser: Client, core: Core
) -> None:
    token = await _token(core)

    answers = await asyncio.gather(
        client.post("/api/v1/auth/set-up", json=_set_up(token)),
        other_browser.post("/api/v1/auth/set-up", json=_set_up(token, email="second@example.org")),
    )

    assert [each.status_code for each in answers].count(200) == 1
    async with core.database.transaction() as session:
        assert await session.scalar(select(func.count()).select_from(User)) == 1


async def test_database_itself_admits_no_second_set_up(every_core: Core) -> None:
    await create_user(
        every_core, email="boss@example.org", name="Test Boss", role=Role.ADMIN, password=PASSWORD
    )

    assert await setup_link(every_core) is None
    for slot in (1, 2):
        with pytest.raises(DBAPIError):
            async with every_core.database.transaction() as session:
                home = await session.scalar(select(Organisation.id))
                session.add(SetUpCompletion(slot=slot, organisation_id=home, completed_at=utc_now()))


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"password": "password"}, "password"),
        ({"password": "Northwind-Cooperative"}, "password"),
        ({"email": "no address"}, "email"),
        ({"email": "a@b.example\r\nBcc: c@d.example"}, "email"),
        ({"zone": "Mars/Olympus"}, "zone"),
        ({"zone": "../../etc/passwd"}, "zone"),
    ],
)
async def test_wrong_set_up_leaves_the_link_usable(
    client: Client, core: Core, changed: dict[str, object], field: str
) -> None:
    token = await _token(core)

    refused = await client.post("/api/v1/auth/set-up", json=_set_up(token, **changed))

    assert refused.status_code in {400, 422}
    assert field in refused.json()["fields"]
    assert (await client.post("/api/v1/auth/set-up", json=_set_up(token))).status_code == 200


async def test_invited_person_chooses_a_password_and_enrols(
    client: Client, other_browser: Client, mailbox: Mailbox, boss: TestUser
) -> None:
    await sign_in(client, boss)
    invited = await client.post(
        "/api/v1/users", json={"name": "New Person", "email": "New@Example.org", "role": "viewer"}
    )
    token = await mailbox.link_token("new@example.org")
    seen = (
        await other_browser.post("/api/v1/auth/links/check", json={"kind": "invitation", "token": token})
    ).json()
    taken = await other_browser.post(
        "/api/v1/auth/invitation", json={"token": token, "name": "Chosen Name", "password": PASSWORD}
    )

    assert invited.status_code == 201
    assert (invited.json()["user"]["state"], invited.json()["link"]) == ("invited", None)
    assert (seen["name"], seen["email"]) == ("New Person", "new@example.org")
    assert seen["organisation"] == "Northwind Cooperative"
    assert seen["minimumPasswordLength"] == 8
    assert remember(other_browser, taken).json()["step"] == "enrol"
    again = await other_browser.post(
        "/api/v1/auth/invitation", json={"token": token, "name": "Thief", "password": PASSWORD}
    )
    assert again.status_code == 404


async def test_invited_person_cannot_sign_in_before_accepting(
    client: Client, core: Core, boss: TestUser, other_browser: Client
) -> None:
    await sign_in(client, boss)
    await client.post(
        "/api/v1/users", json={"name": "New Person", "email": "new@example.org", "role": "viewer"}
    )

    answer = await other_browser.post(
        "/api/v1/auth/login", json={"email": "new@example.org", "password": PASSWORD}
    )

    assert answer.status_code == 401


async def test_newer_invitation_replaces_the_older(
    client: Client, other_browser: Client, mailbox: Mailbox, boss: TestUser
) -> None:
    await sign_in(client, boss)
    person = (
        await client.post("/api/v1/users", json={"name": "New", "email": "new@example.org", "role": "viewer"})
    ).json()["user"]
    older = await mailbox.link_token("new@example.org")
    await client.post(f"/api/v1/users/{person['id']}/invitation")
    newer = await mailbox.link_token("new@example.org")

    seen = [
        (await other_browser.post("/api/v1/auth/links/check", json={"kind": "invitation", "token": each}))
        for each in (older, newer)
    ]

    assert [each.status_code for each in seen] == [404, 200]


async def test_invitation_of_a_locked_person_does_not_work(
    client: Client, other_browser: Client, mailbox: Mailbox, boss: TestUser
) -> None:
    await sign_in(client, boss)
    person = (
        await client.post("/api/v1/users", json={"name": "New", "email": "new@example.org", "role": "viewer"})
    ).json()["user"]
    token = await mailbox.link_token("new@example.org")
    await client.post(f"/api/v1/users/{person['id']}/lock")

    answer = await other_browser.post(
        "/api/v1/auth/invitation", json={"token": token, "name": "New", "password": PASSWORD}
    )

    assert answer.status_code == 404


async def test_link_of_one_kind_is_none_of_another(client: Client, core: Core) -> None:
    token = await _token(core)

    answer = await client.post("/api/v1/auth/links/check", json={"kind": "reset", "token": token})

    assert answer.status_code == 404
    assert answer.json()["type"].endswith("link-not-valid")


async def test_new_user_from_the_console_signs_in_with_a_mailed_code(
    client: Client, core: Core, mailbox: Mailbox
) -> None:
    principal, link = await create_user(
        core, email="demo@example.org", name="Demo", role=Role.ADMIN, password=PASSWORD
    )
    person = TestUser(principal, PASSWORD, "")
    state = (await log_in(client, person)).json()
    await client.post("/api/v1/auth/second-step/email")

    assert link is None
    assert state["secondStep"]["methods"] == ["email"]
    assert (await pass_code(client, await mailbox.code(person.email), "email")).status_code == 200
