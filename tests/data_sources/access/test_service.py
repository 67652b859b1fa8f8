"""Rules are kept whole or not at all, and follow what becomes of people, groups and tables."""

from typing import Any
from uuid import UUID, uuid4

import msgspec
import pytest
from tests.data_sources.conftest import Server, Services, build_meters

from gridlens import analytics
from gridlens.core.errors import NotFound, Refused
from gridlens.core.principal import Principal
from gridlens.data_sources.access.rules import People, Rule
from gridlens.data_sources.access.schemas import AccessPreview, ConditionCheck
from gridlens.data_sources.access.service import AccessService
from gridlens.data_sources.errors import (
    AccessChanged,
    AccessFileRefused,
    RightsChanged,
    RuleRefused,
    StepUpRequired,
)
from gridlens.data_sources.schemas import NewSource
from gridlens.data_sources.services.catalogs import RefreshCatalog
from gridlens.shared.auth import (
    ActionAudited,
    FindPrincipal,
    FindUsesOfGroup,
    Group,
    ListGroups,
    ListPeople,
    Person,
    UserErased,
)
from gridlens.shared.data_sources import CatalogChanged, DescribeSource, FetchRows

pytestmark = pytest.mark.anyio

GROUP = uuid4()
NORTH = Rule(kind="rows", table="site", condition="name = {user.site}", binds_everybody=True)


class House:
    """Both modules on one core, with a source and the people of auth stood in for."""

    def __init__(self, services: Services, people: tuple[Principal, ...]) -> None:
        self.services = services
        self.people = {each.user_id: each for each in people}
        self.access: AccessService = services.built["source_access"]
        self.told: list[Any] = []
        self.source_id: UUID = uuid4()
        bus = services.core.bus
        bus.answers(ListPeople)(self._list_people)
        bus.answers(ListGroups)(self._list_groups)
        bus.answers(FindPrincipal)(self._find)
        bus.on(ActionAudited)(self._hear)
        bus.on(CatalogChanged)(self._hear)

    async def _list_people(self, ask: ListPeople) -> tuple[Person, ...]:
        return tuple(
            Person(user_id=each.user_id, name=each.name, email=each.email) for each in self.people.values()
        )

    async def _list_groups(self, ask: ListGroups) -> tuple[Group, ...]:
        return (Group(group_id=GROUP, name="Control"),)

    async def _find(self, ask: FindPrincipal) -> Principal | None:
        return self.people.get(ask.user_id)

    async def _hear(self, event: Any) -> None:
        self.told.append(event)

    async def put(self, principal: Principal, *rules: Rule, version: int | None = None) -> int:
        kept = await self.access.replace(
            principal, self.source_id, rules, version=version, is_stepped_up=True
        )
        return kept.version


@pytest.fixture
async def house(services: Services, admin: Principal, analyst: Principal) -> House:
    house = House(services, (admin, analyst))
    analytics.connect(services.core)
    source = await services.sources.create_file_source(admin, "meters", "UTC", build_meters)
    house.source_id = source.id
    return house


async def test_one_of_two_editors_wins(house: House, admin: Principal) -> None:
    first = await house.put(admin, NORTH, version=0)
    with pytest.raises(AccessChanged):
        await house.put(admin, version=0)
    second = await house.put(admin, version=first)
    with pytest.raises(AccessChanged):
        await house.put(admin, NORTH, version=first)

    kept = await house.access.get(admin, house.source_id)
    assert (first, second) == (1, 2)
    assert (kept.version, kept.rules) == (2, ())


async def test_a_change_is_audited_and_makes_older_answers_stale(house: House, admin: Principal) -> None:
    await house.services.core.outbox.deliver_due()
    house.told.clear()

    await house.put(admin, NORTH)
    await house.services.core.outbox.deliver_due()

    audited = [each for each in house.told if isinstance(each, ActionAudited)]
    changed = [each for each in house.told if isinstance(each, CatalogChanged)]
    assert [(each.action, each.detail) for each in audited] == [
        ("source.access_changed", {"name": "meters", "rules": 1, "tables": "site"})
    ]
    assert len(changed) == 1


async def test_only_administrators_who_proved_it_again_change_rules(
    house: House, admin: Principal, analyst: Principal
) -> None:
    with pytest.raises(Refused):
        await house.put(analyst, NORTH)
    with pytest.raises(StepUpRequired, match="change who sees which rows and columns"):
        await house.access.replace(admin, house.source_id, (NORTH,))
    with pytest.raises(StepUpRequired, match="change who sees which rows and columns"):
        await house.access.replace_by_file(admin, house.source_id, "access: []")
    stranger = msgspec.structs.replace(admin, organisation_id=uuid4())
    with pytest.raises(NotFound):
        await house.put(stranger, NORTH)


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"table": "sites"}, "no table “sites”"),
        ({"schema": "other"}, "no table “site”"),
        ({"condition": "owner = 1"}, "no column owner"),
        ({"condition": "name ="}, "cannot be read"),
        ({"condition": None}, "has a condition"),
        ({"kind": "hide_table"}, "no other rule has one"),
        ({"kind": "hide_column", "condition": None}, "names it"),
        ({"kind": "hide_column", "condition": None, "column": "owner"}, "no column “owner”"),
        ({"column": "name"}, "no other rule does"),
        ({"binds_everybody": False}, "whom the rule binds"),
        ({"binds": People(roles=("viewer",))}, "whom the rule binds"),
        ({"binds_everybody": False, "binds": People(groups=(uuid4(),))}, "group that is not there"),
        ({"spares": People(users=(uuid4(),))}, "somebody who is not there"),
    ],
)
async def test_a_rule_that_cannot_be_applied_changes_nothing(
    house: House, admin: Principal, changed: dict[str, Any], reason: str
) -> None:
    await house.put(admin, NORTH)

    with pytest.raises(RuleRefused, match=reason) as refused:
        await house.put(admin, NORTH, msgspec.structs.replace(NORTH, **changed))

    assert refused.value.extra == {"rule": 1}
    assert (await house.access.get(admin, house.source_id)).rules == (NORTH,)


async def test_a_file_replaces_the_rules_whole_or_tells_the_line(
    house: House, admin: Principal, analyst: Principal
) -> None:
    people = People(groups=(GROUP,), users=(analyst.user_id,))
    rules = (NORTH, Rule(kind="mask_column", table="reading", column="note", binds=people))
    await house.put(admin, *rules)
    text = await house.access.as_file(admin, house.source_id)
    await house.put(admin)

    async def read(text: str) -> tuple[Rule, ...]:
        kept = await house.access.replace_by_file(admin, house.source_id, text, is_stepped_up=True)
        return kept.rules

    assert await read(text) == rules
    with pytest.raises(AccessFileRefused, match="Line 1"):
        await read("rules: []")
    with pytest.raises(RuleRefused, match=r"^Line 3: .*no column owner"):
        await read("# whose\naccess:\n  - {table: site, rows: owner = 1, for: everybody}")
    assert (await house.access.get(admin, house.source_id)).rules == rules


async def test_conditions_are_checked_by_the_engine_too(house: House, admin: Principal) -> None:
    async def reason(condition: str) -> str | None:
        asked = ConditionCheck(table="site", condition=condition)
        return (await house.access.check_condition(admin, house.source_id, asked)).reason

    assert await reason("name = {user.site}") is None
    assert await reason("site_id > 1") is None
    assert "no column owner" in (await reason("owner = 1") or "")
    assert "Conversion" in (await reason("CAST(name AS INTEGER) = 1") or "")


async def test_a_preview_is_of_the_organisations_own_people(house: House, admin: Principal) -> None:
    with pytest.raises(NotFound):
        await house.access.preview(admin, house.source_id, AccessPreview(user_id=uuid4(), table="site"))


async def test_a_group_that_rules_name_is_in_use(house: House, admin: Principal) -> None:
    ask = FindUsesOfGroup(organisation_id=admin.organisation_id, group_id=GROUP)
    bus = house.services.core.bus
    assert await bus.request(ask) == ()

    await house.put(admin, msgspec.structs.replace(NORTH, spares=People(groups=(GROUP,))))

    assert await bus.request(ask) == ("the access rules of “meters”",)
    assert await bus.request(msgspec.structs.replace(ask, organisation_id=uuid4())) == ()


async def test_who_is_erased_leaves_the_rules_and_nobody_else_sees_more(
    house: House, admin: Principal, analyst: Principal
) -> None:
    alone = msgspec.structs.replace(NORTH, binds_everybody=False, binds=People(users=(analyst.user_id,)))
    spared = msgspec.structs.replace(NORTH, spares=People(users=(analyst.user_id,), groups=(GROUP,)))
    await house.put(admin, alone, spared)

    core = house.services.core
    gone = UserErased(organisation_id=admin.organisation_id, user_id=analyst.user_id, heir_id=admin.user_id)
    assert await core.bus.publish(gone) == []

    kept = await house.access.get(admin, house.source_id)
    assert kept.rules == (msgspec.structs.replace(NORTH, spares=People(groups=(GROUP,))),)
    assert kept.version == 2


async def test_a_statement_made_for_other_rights_does_not_run(
    house: House, admin: Principal, analyst: Principal
) -> None:
    bus = house.services.core.bus
    ask = FetchRows(
        principal=analyst,
        source_id=house.source_id,
        query_id=uuid4(),
        sql="SELECT name FROM site",
        row_limit=10,
        deadline_seconds=10,
    )
    assert (await bus.request(ask)).frame.height == 2

    await house.put(admin, NORTH)
    source = await bus.request(DescribeSource(principal=analyst, source_id=house.source_id))

    with pytest.raises(RightsChanged):
        await bus.request(ask)
    with pytest.raises(RightsChanged):
        await bus.request(msgspec.structs.replace(ask, rights="0" * 32))
    ready = msgspec.structs.replace(ask, rights=source.rights)
    assert (await bus.request(ready)).frame.height == 2
    assert (await bus.request(msgspec.structs.replace(ask, principal=admin))).frame.height == 2


async def test_a_ruled_table_that_is_renamed_or_copied_shows_nothing_more(
    house: House, admin: Principal, analyst: Principal, postgres_reader: Server, postgres: Server
) -> None:
    services = house.services
    source, _ = await services.sources.create(
        admin,
        NewSource(
            name="Metering",
            connection=postgres_reader.postgresql(),
            password=postgres_reader.password,
            zone="UTC",
        ),
    )
    house.source_id = source.id
    await services.work()
    rules = (
        Rule(kind="rows", schema="public", table="site", condition="site_id = 1", binds_everybody=True),
        Rule(kind="mask_column", schema="public", table="reading", column="note", binds_everybody=True),
    )
    await house.put(admin, *rules)

    async def seen() -> set[str]:
        described = await services.core.bus.request(DescribeSource(principal=analyst, source_id=source.id))
        return {table.name for table in described.catalog.tables}

    assert await seen() == {"site", "reading"}
    await postgres.on_postgresql(
        "ALTER TABLE site RENAME TO place",
        "CREATE TABLE reading_old AS SELECT * FROM reading",
        "CREATE TABLE tariff (tariff_id int)",
        "GRANT SELECT ON ALL TABLES IN SCHEMA public TO PUBLIC",
    )
    before = (await house.access.get(admin, source.id)).version
    await read_again(services, source.id)

    assert await seen() == {"reading"}
    found = await house.access.get(admin, source.id)
    assert [each.name for each in found.gone] == ["site"]
    assert {(each.table, each.like_table, each.like_is_gone) for each in found.held} == {
        ("place", "site", True),
        ("reading_old", "site", True),
        ("reading_old", "reading", False),
        ("tariff", "site", True),
    }
    with pytest.raises(AccessChanged):
        await house.put(admin, version=before)

    # Another rule may change meanwhile; the one whose table is gone stays.
    loosened = msgspec.structs.replace(rules[1], note="Comments of the crew.")
    await house.put(admin, rules[0], loosened)
    assert await seen() == {"reading"}
    await house.access.replace(
        admin,
        source.id,
        (msgspec.structs.replace(rules[0], table="place"), loosened),
        released=[("public", "tariff")],
        is_stepped_up=True,
    )
    assert await seen() == {"reading", "place", "tariff"}
    assert [each.table for each in (await house.access.get(admin, source.id)).held] == ["reading_old"]


async def read_again(services: Services, source_id: UUID) -> None:
    await services.catalogs.run_refresh(RefreshCatalog(source_id=source_id))
