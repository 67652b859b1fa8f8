"""Groups and attributes: what administrators say of people, and what travels with every request of theirs."""

from uuid import uuid4

import msgspec
import pytest
from sqlalchemy import select
from tests.auth.people import Client, Clock, TestUser, make_user, sign_in

from gridlens.auth.models import AuditEntry
from gridlens.auth.services.assembly import build
from gridlens.auth.visit import Visit
from gridlens.core.errors import Conflict, NotFound
from gridlens.core.module import Core
from gridlens.shared.auth import FindPrincipal, FindUsesOfGroup, Group, ListGroups
from gridlens.shared.permissions import Role

pytestmark = pytest.mark.anyio

HERE = Visit(network="127.0.0.1", limit_key="127.0.0.1", user_agent="")


@pytest.fixture(autouse=True)
def uses(core: Core) -> list[str]:
    """What other modules say that they name of a group."""
    named: list[str] = []

    @core.bus.answers(FindUsesOfGroup)
    async def find_uses(ask: FindUsesOfGroup) -> tuple[str, ...]:
        return tuple(named)

    return named


async def test_groups_and_attributes_travel_with_everything_somebody_does(
    client: Client, core: Core, boss: TestUser, user: TestUser
) -> None:
    await sign_in(client, boss)
    group = (await client.post("/api/v1/groups", json={"name": " Grid control "})).json()
    belonging = {
        "groupIds": [group["groupId"]],
        "attributes": {"region": ["north", "north", "west"], "sites": [1, 2.5], "is_external": [True]},
    }

    placed = await client.put(f"/api/v1/users/{user.principal.user_id}/belonging", json=belonging)
    listed = (await client.get("/api/v1/groups")).json()
    found = await core.bus.request(FindPrincipal(user_id=user.principal.user_id))

    assert placed.json()["groupIds"] == [group["groupId"]]
    assert placed.json()["attributes"]["region"] == ["north", "west"]
    assert listed == [{"groupId": group["groupId"], "name": "Grid control", "members": 1}]
    assert found is not None
    assert {str(each) for each in found.groups} == {group["groupId"]}
    assert found.attributes == (
        ("is_external", (True,)),
        ("region", ("north", "west")),
        ("sites", (1, 2.5)),
    )
    [told] = await core.bus.request(ListGroups(principal=user.principal))
    assert isinstance(told, Group)
    assert told.name == "Grid control"


@pytest.mark.parametrize(
    "belonging",
    [
        {"groupIds": [str(uuid4())], "attributes": {}},
        {"groupIds": [], "attributes": {"email": ["boss@example.org"]}},
        {"groupIds": [], "attributes": {"id": ["x"]}},
        {"groupIds": [], "attributes": {"Region": ["x"]}},
        {"groupIds": [], "attributes": {"a.b": ["x"]}},
        {"groupIds": [], "attributes": {"region": []}},
        {"groupIds": [], "attributes": {"region": "north"}},
        {"groupIds": [], "attributes": {"region": [None]}},
        {"groupIds": [], "attributes": {"region": [["north"]]}},
        {"groupIds": [], "attributes": {"region": ["a\x00b"]}},
        {"groupIds": []},
        {"groupIds": [], "attributes": {}, "role": "admin"},
    ],
)
async def test_what_makes_no_sense_of_a_person_is_refused(
    client: Client, core: Core, boss: TestUser, user: TestUser, belonging: dict[str, object]
) -> None:
    await sign_in(client, boss)

    answer = await client.put(f"/api/v1/users/{user.principal.user_id}/belonging", json=belonging)

    assert answer.status_code in {400, 404}
    found = await core.bus.request(FindPrincipal(user_id=user.principal.user_id))
    assert found is not None
    assert (found.groups, found.attributes) == (frozenset(), ())


async def test_a_group_that_is_named_somewhere_stays(client: Client, boss: TestUser, uses: list[str]) -> None:
    await sign_in(client, boss)
    path = f"/api/v1/groups/{(await client.post('/api/v1/groups', json={'name': 'a'})).json()['groupId']}"

    uses.append("the access rules of “Plants”")
    refused = await client.delete(path)
    uses.clear()
    deleted = await client.delete(path)

    assert refused.status_code == 409
    assert "the access rules of “Plants”" in refused.json()["detail"]
    assert deleted.status_code == 204
    assert (await client.get("/api/v1/groups")).json() == []


async def test_others_neither_see_nor_change_groups(client: Client, boss: TestUser, user: TestUser) -> None:
    await sign_in(client, user)
    group_id = uuid4()

    answers = [
        await client.get("/api/v1/groups"),
        await client.post("/api/v1/groups", json={"name": "x"}),
        await client.put(f"/api/v1/groups/{group_id}", json={"name": "x"}),
        await client.delete(f"/api/v1/groups/{group_id}"),
        await client.put(
            f"/api/v1/users/{user.principal.user_id}/belonging", json={"groupIds": [], "attributes": {}}
        ),
    ]

    assert {each.status_code for each in answers} == {403}


async def test_a_change_needs_a_fresh_proof(client: Client, boss: TestUser, clock: Clock) -> None:
    await sign_in(client, boss)
    clock.move(minutes=11)

    answer = await client.post("/api/v1/groups", json={"name": "x"})

    assert (answer.status_code, answer.json()["type"]) == (403, "/problems/step-up-required")


async def test_groups_live_their_life_on_every_database(every_core: Core, clock: Clock) -> None:
    auth = build(every_core, clock)

    @every_core.bus.answers(FindUsesOfGroup)
    async def find_uses(ask: FindUsesOfGroup) -> tuple[str, ...]:
        return ()

    boss = (await make_user(every_core, Role.ADMIN, clock=clock)).principal
    somebody = (await make_user(every_core, Role.VIEWER, clock=clock)).principal

    north = await auth.groups.create(boss, "North", HERE)
    south = await auth.groups.create(boss, "South", HERE)
    with pytest.raises(Conflict):
        await auth.groups.rename(boss, south.group.id, "North", HERE)
    ids = [north.group.id, south.group.id]
    await auth.groups.place(boss, somebody.user_id, ids, {"region": ["Köln", 'a"b\\c', 1, True, 1.5]}, HERE)
    await auth.groups.delete(boss, north.group.id, HERE)
    [left] = await auth.groups.every(boss)
    user = (await auth.users.one(boss, somebody.user_id)).user

    assert (left.group.name, left.members) == ("South", 1)
    assert user.group_ids == [str(south.group.id)]
    assert user.attributes == {"region": ["Köln", 'a"b\\c', 1, True, 1.5]}
    with pytest.raises(NotFound):
        await auth.groups.delete(boss, north.group.id, HERE)
    async with every_core.database.transaction() as session:
        actions = list(await session.scalars(select(AuditEntry.action).order_by(AuditEntry.number)))
    assert [each for each in actions if "group" in each or "belonging" in each] == [
        "auth.group_created",
        "auth.group_created",
        "auth.belonging_changed",
        "auth.group_deleted",
    ]


async def test_an_organisations_groups_are_its_own(core: Core, boss: TestUser, clock: Clock) -> None:
    auth = build(core, clock)
    group = await auth.groups.create(boss.principal, "Ours", HERE)

    stranger = msgspec.structs.replace(boss.principal, organisation_id=uuid4())

    assert await auth.groups.every(stranger) == []
    with pytest.raises(NotFound):
        await auth.groups.delete(stranger, group.group.id, HERE)
    with pytest.raises(NotFound):
        await auth.groups.place(stranger, boss.principal.user_id, [], {}, HERE)
