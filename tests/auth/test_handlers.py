"""What auth answers other modules."""

import pytest
from sqlalchemy import func, select
from tests.auth.people import Client, Clock, TestUser, log_in, sign_in
from uuid_utils.compat import uuid7

from gridlens.auth import create_user, lock_user
from gridlens.auth.handlers import ForgetExpired
from gridlens.auth.models import Organisation, User
from gridlens.core.jobs import JobRow
from gridlens.core.module import Core
from gridlens.shared.auth import FindPrincipal, ListPeople
from gridlens.shared.permissions import Permission, Role

pytestmark = pytest.mark.anyio


async def test_principal_is_found_with_the_rights_of_this_moment(
    client: Client, core: Core, user: TestUser
) -> None:
    found = await core.bus.request(FindPrincipal(user_id=user.principal.user_id))

    assert found is not None
    assert found.may(Permission.RUN_QUERIES)
    assert not found.may(Permission.MANAGE_USERS)
    assert found.zone == "Europe/Berlin"


async def test_locked_invited_and_unknown_users_have_no_principal(
    client: Client, core: Core, user: TestUser
) -> None:
    invited, _ = await create_user(core, email="new@example.org", name="New")
    await lock_user(core, user.email)

    for user_id in (user.principal.user_id, invited.user_id, uuid7()):
        assert await core.bus.request(FindPrincipal(user_id=user_id)) is None


async def test_people_are_the_active_ones_of_ones_own_organisation(
    client: Client, core: Core, boss: TestUser, user: TestUser
) -> None:
    await create_user(core, email="new@example.org", name="Invited")
    async with core.database.transaction() as session:
        other = Organisation(name="Elsewhere")
        session.add(other)
        await session.flush()
        session.add(User(organisation_id=other.id, name="Stranger", email="s@example.net", role=Role.VIEWER))

    people = await core.bus.request(ListPeople(principal=user.principal))

    assert [each.email for each in people] == [user.email, boss.email]


async def test_what_is_over_is_forgotten_by_the_clock(
    client: Client, core: Core, clock: Clock, user: TestUser
) -> None:
    from gridlens.auth.models import Attempt, HalfLogin, TrustedDevice, UserSession

    await sign_in(client, user, trust_device=True)
    await client.post("/api/v1/auth/logout")
    client.cookies.clear()
    clock.move(seconds=30)
    await sign_in(client, user)
    client.cookies.clear()
    await log_in(client, user)
    clock.move(days=31)
    async with core.database.transaction() as session:
        await core.jobs.enqueue(session, ForgetExpired())
    await core.jobs.run_due()

    async with core.database.transaction() as session:
        for table in (Attempt, HalfLogin, TrustedDevice, UserSession):
            assert await session.scalar(select(func.count()).select_from(table)) == 0, table
        [job] = (await session.scalars(select(JobRow))).all()
    assert job.state == "done"
