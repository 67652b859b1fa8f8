"""What the command line does with accounts."""

import pytest
from tests.auth.people import PASSWORD, Client, Clock, TestUser, log_in, remember, sign_in

from gridlens.auth import (
    create_user,
    list_users,
    lock_user,
    reset_factors,
    set_password,
    setup_link,
    unlock_user,
)
from gridlens.auth.errors import EmailTaken, NotPossible, PasswordNotTaken
from gridlens.core.errors import Invalid, NotFound
from gridlens.core.module import Core
from gridlens.shared.permissions import Role

pytestmark = pytest.mark.anyio

NEW = "lantern-copper-89-meadow"


@pytest.fixture
def clock() -> Clock:
    """The console lives by the machine's clock."""
    from gridlens.core.models import utc_now

    clock = Clock()
    clock.now = utc_now()
    return clock


async def test_first_account_ends_set_up_and_later_ones_join_its_organisation(every_core: Core) -> None:
    first, _ = await create_user(
        every_core,
        email="boss@example.org",
        name="Boss",
        role=Role.ADMIN,
        password=PASSWORD,
        organisation="Grid",
    )
    second, link = await create_user(every_core, email="ana@example.org", name="Ana", role=Role.ANALYST)

    assert await setup_link(every_core) is None
    assert second.organisation_id == first.organisation_id
    assert link is not None
    assert "/invitation#" in link
    assert [each.email for each in await list_users(every_core)] == ["ana@example.org", "boss@example.org"]


async def test_invited_from_the_console_chooses_a_password(
    client: Client, core: Core, boss: TestUser
) -> None:
    _, link = await create_user(core, email="ana@example.org", name="Ana", role=Role.ANALYST)
    assert link is not None
    body = {"token": link.partition("#")[2], "name": "Ana", "password": NEW}

    answer = remember(client, await client.post("/api/v1/auth/invitation", json=body))

    assert answer.json()["step"] == "enrol"


async def test_wrong_input_is_one_clear_error(core: Core, boss: TestUser) -> None:
    with pytest.raises(EmailTaken):
        await create_user(core, email=boss.email.upper(), name="Again")
    with pytest.raises(PasswordNotTaken):
        await create_user(core, email="x@example.org", name="X", password="password")
    with pytest.raises(Invalid):
        await create_user(core, email="not an address", name="X")
    with pytest.raises(NotFound, match="Nobody has the email"):
        await lock_user(core, "nobody@example.org")


async def test_new_password_from_the_console_ends_sessions_and_keeps_codes(
    client: Client, core: Core, user: TestUser
) -> None:
    await sign_in(client, user, trust_device=True)
    await set_password(core, user.email, NEW)

    assert (await client.get("/api/v1/auth/sessions")).status_code == 401
    assert (await log_in(client, user)).status_code == 401
    assert (await log_in(client, user, NEW)).json()["step"] == "second_step"


async def test_locked_account_gets_no_password(core: Core, user: TestUser) -> None:
    await lock_user(core, user.email)
    with pytest.raises(NotPossible):
        await set_password(core, user.email, NEW)
    await unlock_user(core, user.email)
    await set_password(core, user.email, NEW)


async def test_factors_reset_from_the_console_give_a_link_to_enrol(
    client: Client, core: Core, user: TestUser
) -> None:
    link = await reset_factors(core, user.email)
    body = {"email": user.email, "password": user.password, "enrolmentToken": link.partition("#")[2]}

    answer = await client.post("/api/v1/auth/login", json=body)

    assert "/enrol#" in link
    assert answer.json()["step"] == "enrol"
