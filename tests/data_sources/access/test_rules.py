"""What rules leave of a catalog, and for whom."""

from datetime import UTC, datetime
from uuid import uuid4

import msgspec
import pytest
from tests.conftest import principal_with

from gridlens.core.principal import Principal
from gridlens.data_sources.access.rules import HeldTable, People, Rule, Rules, gone_from, held_back, seen_by
from gridlens.data_sources.models import SourceTask
from gridlens.data_sources.schemas import TaskOut
from gridlens.shared.access import without_rules
from gridlens.shared.catalog import (
    Catalog,
    CatalogColumn,
    CatalogTable,
    ColumnProfile,
    ForeignKey,
    ParentTable,
    TopValue,
)
from gridlens.shared.permissions import Role
from gridlens.shared.results import Kind

PROFILE = ColumnProfile(
    null_share=0, distinct_count=2, minimum="a", maximum="z", top_values=(TopValue(value="Mill", count=9),)
)


def table(name: str, *columns: str, keys: tuple[ForeignKey, ...] = ()) -> CatalogTable:
    return CatalogTable(
        name=name,
        columns=tuple(
            CatalogColumn(name=each, kind=Kind.TEXT, native_type="text", profile=PROFILE) for each in columns
        ),
        primary_key=columns[:1],
        foreign_keys=keys,
        row_count=9,
    )


TO_SITE = ForeignKey(columns=("site_id",), table="site", referenced_columns=("site_id",))
CATALOG = Catalog(
    tables=(
        table("site", "site_id", "name"),
        table("meter", "meter_id", "site_id", "serial", keys=(TO_SITE,)),
    ),
    version=3,
    read_at=datetime(2026, 1, 1, tzinfo=UTC),
)
GROUP = uuid4()


@pytest.fixture
def ana() -> Principal:
    somebody = principal_with(Role.ANALYST)
    return msgspec.structs.replace(
        somebody, groups=frozenset({GROUP}), attributes=(("region", ("north",)), ("sites", (1, 2)))
    )


def rule(kind: str, **more: object) -> Rule:
    chosen = {"table": "meter", "binds_everybody": "binds" not in more, **more}
    return Rule(kind=kind, **chosen)  # type: ignore[arg-type]


def names(catalog: Catalog) -> dict[str, list[str]]:
    return {each.name: [column.name for column in each.columns] for each in catalog.tables}


@pytest.mark.parametrize(
    "people",
    [
        People(roles=("analyst",)),
        People(groups=(uuid4(), GROUP)),
        People(users=(uuid4(),), roles=("analyst",)),
    ],
)
def test_a_rule_binds_who_is_in_any_of_its_roles_groups_or_people(ana: Principal, people: People) -> None:
    assert rule("hide_table", binds=people).applies_to(ana)
    assert rule("hide_table", binds=People(users=(ana.user_id,))).applies_to(ana)
    assert not rule("hide_table", binds=people).applies_to(principal_with(Role.VIEWER))


def test_whom_a_rule_spares_it_does_not_bind(ana: Principal) -> None:
    assert not rule("hide_table", spares=People(groups=(GROUP,))).applies_to(ana)
    assert rule("hide_table", spares=People(groups=(uuid4(),))).applies_to(ana)


def test_administrators_are_bound_by_nothing(ana: Principal) -> None:
    admin = msgspec.structs.replace(ana, role="admin")
    rules = (rule("hide_table"), rule("rows", condition="1 = 2", binds=People(groups=(GROUP,))))

    seen = seen_by(admin, CATALOG, rules)

    assert (seen.catalog, seen.restrictions, seen.rights) == (CATALOG, (), "")


def test_a_hidden_table_is_gone_with_every_reference_to_it(ana: Principal) -> None:
    seen = seen_by(ana, CATALOG, (rule("hide_table", table="site"),))

    assert names(seen.catalog) == {"meter": ["meter_id", "site_id", "serial"]}
    assert seen.catalog.tables[0].foreign_keys == ()
    assert seen.rights


def test_a_hidden_column_is_gone_from_keys_and_references_too(ana: Principal) -> None:
    seen = seen_by(ana, CATALOG, (rule("hide_column", table="site", column="site_id"),))

    site, meter = seen.catalog.tables
    assert (names(seen.catalog)["site"], site.primary_key, meter.foreign_keys) == (["name"], (), ())
    [restriction] = seen.restrictions
    assert restriction.columns == ("name",)
    assert [column.name for column in restriction.table.columns] == ["site_id", "name"]


def test_a_masked_column_stays_without_its_values(ana: Principal) -> None:
    seen = seen_by(ana, CATALOG, (rule("mask_column", column="serial"),))

    meter = seen.catalog.tables[1]
    assert [column.profile is None for column in meter.columns] == [False, False, True]
    assert seen.restrictions[0].masked == ("serial",)


def test_figures_over_rows_that_may_not_be_seen_are_left_out(ana: Principal) -> None:
    seen = seen_by(ana, CATALOG, (rule("rows", condition="site_id IN ({user.sites})"),))

    site, meter = seen.catalog.tables
    assert meter.row_count is None
    assert all(column.profile is None for column in meter.columns)
    assert site == CATALOG.tables[0]


@pytest.mark.parametrize(
    ("native_type", "shown"),
    [
        ("ENUM('ours', 'another''s')", "VARCHAR"),
        ("STRUCT(a ENUM('ours'), b INTEGER)[]", "STRUCT(a VARCHAR, b INTEGER)[]"),
        ("enum('ours','another''s')", "VARCHAR"),
        ("set('ours')", "VARCHAR"),
        ("DECIMAL(10,2)", "DECIMAL(10,2)"),
    ],
)
def test_a_type_that_lists_values_is_shown_without_them(ana: Principal, native_type: str, shown: str) -> None:
    column = CatalogColumn(name="customer", kind=Kind.TEXT, native_type=native_type)
    contract = CatalogTable(name="contract", columns=(column,))
    catalog = msgspec.structs.replace(CATALOG, tables=(contract,))

    by_rows = seen_by(ana, catalog, (rule("rows", table="contract", condition="customer = 'ours'"),))
    masked = seen_by(ana, catalog, (rule("mask_column", table="contract", column="customer"),))

    assert [each.catalog.tables[0].columns[0].native_type for each in (by_rows, masked)] == [shown, shown]
    assert by_rows.restrictions[0].table == contract


@pytest.mark.parametrize(
    "kept",
    [
        rule("rows", table="contract", condition="customer = 'ours'"),
        rule("mask_column", table="contract", column="customer"),
        rule("hide_column", table="contract", column="customer"),
        rule("hide_table", table="contract"),
    ],
    ids=lambda each: each.kind,
)
def test_a_type_that_tables_share_lists_its_values_in_none_of_them(ana: Principal, kept: Rule) -> None:
    def typed(name: str, *types: str) -> CatalogTable:
        columns = [
            CatalogColumn(name=f"c{number}", kind=Kind.TEXT, native_type=each)
            for number, each in enumerate(types)
        ]
        return CatalogTable(name=name, columns=tuple(columns), row_count=7)

    customer = CatalogColumn(name="customer", kind=Kind.TEXT, native_type="ENUM('ours', 'another''s')")
    contract = CatalogTable(name="contract", columns=(msgspec.structs.replace(customer, name="id"), customer))
    shared = typed("claim", "ENUM('ours', 'another''s')[]", "ENUM('open', 'closed')")
    apart = typed("state", "ENUM('open', 'closed')")
    catalog = msgspec.structs.replace(CATALOG, tables=(shared, contract, apart))

    seen = seen_by(ana, catalog, (kept,))

    [claim, *_, state] = seen.catalog.tables
    assert [column.native_type for column in claim.columns] == ["VARCHAR[]", "ENUM('open', 'closed')"]
    assert (claim.row_count, state) == (7, apart)
    [restriction] = [each for each in seen.restrictions if each.table == shared]
    assert (restriction.columns, restriction.unlabelled) == (("c0", "c1"), ("c0",))
    assert not [each for each in seen.restrictions if each.table == apart]


@pytest.mark.parametrize(
    ("message", "said"),
    [
        ("Binder Error: no column nothing", "Binder Error: no column nothing"),
        ('Cannot pivot on ("rows_that_may_be_seen".a = 1)', "Cannot pivot on"),
        ('("rows_that_may_be_seen".a = 1) is no column', "The database could not run a part of this query"),
        ("rows_that_may_be_seen.a is no column", "The database could not run a part of this query"),
    ],
)
def test_what_an_engine_says_is_told_up_to_where_it_cites_a_rule(message: str, said: str) -> None:
    assert without_rules(message) == said


def test_a_view_is_hidden_from_whom_any_rule_binds_until_a_rule_names_it(ana: Principal) -> None:
    """It may read what the rules take away, and nothing of ours would be between."""
    view = msgspec.structs.replace(table("site_view", "site_id", "name"), is_view=True)
    catalog = msgspec.structs.replace(CATALOG, tables=(*CATALOG.tables, view))
    masked = rule("mask_column", table="site", column="name")
    opened = rule("rows", table="site_view", condition="1 = 1", binds=People(roles=("viewer",)))

    assert "site_view" not in names(seen_by(ana, catalog, (masked,)).catalog)
    assert "site_view" in names(seen_by(ana, catalog, (masked, opened)).catalog)
    assert "site_view" in names(seen_by(ana, catalog, (opened,)).catalog)
    assert "site_view" in names(seen_by(ana, catalog, ()).catalog)


def test_whom_a_rule_binds_sees_neither_parents_nor_children_of_its_table_until_a_rule_names_them(
    ana: Principal,
) -> None:
    parents = (ParentTable(name="meter"),)
    child = msgspec.structs.replace(table("gas_meter", "meter_id"), inherits_from=parents)
    grandchild = msgspec.structs.replace(
        table("old_meter", "meter_id"), inherits_from=(ParentTable(name="gas_meter"), *parents)
    )
    catalog = msgspec.structs.replace(CATALOG, tables=(*CATALOG.tables, child, grandchild))
    on_parent = rule("rows", condition="site_id = 1")
    on_child = rule("rows", table="gas_meter", condition="meter_id = 1")
    on_site = rule("rows", table="site", condition="site_id = 1")
    opened = rule("rows", table="gas_meter", condition="1 = 1", binds=People(roles=("viewer",)))

    assert set(names(seen_by(ana, catalog, (on_parent,)).catalog)) == {"site", "meter"}
    assert set(names(seen_by(ana, catalog, (on_child,)).catalog)) == {"site", "gas_meter"}
    assert set(names(seen_by(ana, catalog, (on_parent, opened)).catalog)) == {"site", "meter", "gas_meter"}
    assert len(seen_by(ana, catalog, (on_site,)).catalog.tables) == 4
    assert len(seen_by(ana, catalog, (opened,)).catalog.tables) == 4
    [_, seen] = seen_by(ana, catalog, (on_child,)).catalog.tables
    assert seen.inherits_from == ()


def test_rows_set_aside_from_a_table_with_a_rule_are_hidden_until_a_rule_names_them(ana: Principal) -> None:
    """They are whole rows as text: no condition on the table reaches them, and no hidden column."""
    aside = (table("meter__set_aside", "line", "text"), table("site__set_aside", "line", "text"))
    catalog = msgspec.structs.replace(CATALOG, tables=(*CATALOG.tables, *aside))
    bound = rule("hide_column", column="serial")
    others = rule("hide_column", column="serial", binds=People(roles=("viewer",)))
    opened = rule("rows", table="meter__set_aside", condition="1 = 1", binds=People(roles=("viewer",)))

    assert names(catalog).keys() - names(seen_by(ana, catalog, (bound,)).catalog) == {"meter__set_aside"}
    assert seen_by(ana, catalog, (bound,)).rights != seen_by(ana, CATALOG, (bound,)).rights
    for rules in ((bound, opened), (others,), ()):
        assert "meter__set_aside" in names(seen_by(ana, catalog, rules).catalog)


def test_a_rule_holds_when_a_file_comes_again_with_its_names_spelt_otherwise(ana: Principal) -> None:
    rules = (
        rule("hide_column", table="SITE", column="Name"),
        rule("rows", table="METER", condition="serial = 'x'"),
    )

    seen = seen_by(ana, CATALOG, rules)

    assert names(seen.catalog) == {"site": ["site_id"], "meter": ["meter_id", "site_id", "serial"]}
    assert [each.table.name for each in seen.restrictions] == ["site", "meter"]


@pytest.mark.parametrize("kind", ["hide_column", "mask_column"])
def test_a_table_whose_rule_names_a_column_that_is_gone_shows_nothing(ana: Principal, kind: str) -> None:
    """The column may have another name by now, so that nothing of the table is known to be free."""
    seen = seen_by(ana, CATALOG, (rule(kind, column="secret"),))

    assert names(seen.catalog) == {"site": ["site_id", "name"], "meter": []}
    [restriction] = seen.restrictions
    assert restriction.columns == ()


def test_a_ruled_table_under_a_new_name_is_held_back_from_whom_its_rule_binds(ana: Principal) -> None:
    catalog = msgspec.structs.replace(
        CATALOG, tables=(CATALOG.tables[0], table("meter_v2", "number", "site"), table("weather", "hour"))
    )
    hidden = rule("hide_column", column="serial", binds=People(roles=("analyst",)))
    arrivals = {(None, "meter_v2"), (None, "weather")}

    assert gone_from(catalog, (hidden,)) == ((None, "meter"),)
    assert names(seen_by(ana, catalog, (hidden,), arrivals).catalog) == {"site": ["site_id", "name"]}
    viewer = principal_with(Role.VIEWER)
    assert set(names(seen_by(viewer, catalog, (hidden,), arrivals).catalog)) == {
        "site",
        "meter_v2",
        "weather",
    }
    # What was there while the rule still had its table cannot be that table.
    assert set(names(seen_by(ana, catalog, (hidden,)).catalog)) == {"site", "meter_v2", "weather"}


def test_a_copy_of_a_ruled_table_is_held_back_too(ana: Principal) -> None:
    copy = table("meter_old", "METER_ID", "site_id", "serial", "archived")
    other = table("register", "meter_id", "site_id")
    catalog = msgspec.structs.replace(CATALOG, tables=(*CATALOG.tables, copy, other))
    masked = rule("mask_column", column="serial")
    arrivals = {(None, "meter_old"), (None, "register")}

    assert held_back(catalog, (masked,), arrivals) == (
        HeldTable(table="meter_old", like_table="meter", like_is_gone=False),
    )
    seen = seen_by(ana, catalog, (masked,), arrivals)
    assert set(names(seen.catalog)) == {"site", "meter", "register"}
    assert seen.rights != seen_by(ana, catalog, (masked,)).rights


def test_a_rule_on_an_arrived_table_settles_it(ana: Principal) -> None:
    catalog = msgspec.structs.replace(CATALOG, tables=(table("meter_v2", "serial"),))
    arrivals = {(None, "meter_v2")}
    lost, own = rule("hide_table"), rule("rows", table="METER_V2", condition="serial = 'x'")

    assert held_back(catalog, (lost, own), arrivals) == ()
    assert names(seen_by(ana, catalog, (lost, own), arrivals).catalog) == {"meter_v2": ["serial"]}


def test_several_rules_take_away_together(ana: Principal) -> None:
    rules = (
        rule("rows", condition="serial > 'a'"),
        rule("rows", condition="serial < 'k'", binds=People(groups=(GROUP,))),
        rule("rows", condition="serial = 'x'", binds=People(roles=("viewer",))),
        rule("mask_column", column="serial"),
        rule("hide_column", column="serial"),
    )

    [restriction] = seen_by(ana, CATALOG, rules).restrictions

    assert [each.text for each in restriction.conditions] == ["serial > 'a'", "serial < 'k'"]
    assert (restriction.columns, restriction.masked) == (("meter_id", "site_id"), ())


def test_a_condition_gets_the_askers_own_values(ana: Principal) -> None:
    text = "serial = {user.region} OR serial = {user.email} OR serial = {user.id} OR serial = {user.missing}"

    [restriction] = seen_by(ana, CATALOG, (rule("rows", condition=text),)).restrictions

    assert dict(restriction.conditions[0].values) == {
        "region": ("north",),
        "email": (ana.email,),
        "id": (str(ana.user_id),),
    }


def test_rights_differ_exactly_where_what_is_seen_differs(ana: Principal) -> None:
    rules: Rules = (rule("rows", condition="serial = {user.region}"),)

    def rights(somebody: Principal, rules: Rules = rules) -> str:
        return seen_by(somebody, CATALOG, rules).rights

    twin = msgspec.structs.replace(
        ana, user_id=uuid4(), email="other@example.org", attributes=ana.attributes[:1]
    )
    southern = msgspec.structs.replace(ana, attributes=(("region", ("south",)),))
    number = msgspec.structs.replace(ana, attributes=(("region", (1,)),))
    boolean = msgspec.structs.replace(ana, attributes=(("region", (True,)),))
    masked = (*rules, rule("mask_column", column="serial"))
    hidden = (*rules, rule("hide_table", table="site"))

    assert rights(twin) == rights(ana)
    different = [
        rights(ana),
        rights(southern),
        rights(number),
        rights(boolean),
        rights(msgspec.structs.replace(ana, attributes=())),
        rights(ana, masked),
        rights(ana, hidden),
        rights(ana, ()),
    ]
    assert len(set(different)) == len(different)


def test_a_task_names_no_hidden_table() -> None:
    task = SourceTask(
        id=uuid4(),
        source_id=uuid4(),
        kind="refresh",
        state="done",
        done=2,
        total=2,
        outcome='{"tables": 2, "withoutProfile": ["site", "payroll"]}',
    )

    told = TaskOut.of(task, hidden=frozenset({"payroll"}))

    assert told.outcome is not None
    assert told.outcome.without_profile == ("site",)
