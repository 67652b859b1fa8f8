"""Conditions of access rules: what they may say, and whose values stand in them."""

import msgspec
import pytest
from tests.analytics.engines import Engine, catalog
from tests.analytics.guard.conftest import DIALECTS
from tests.analytics.guard.restricted import KNOWN, visible
from tests.analytics.guard.restricted import restrictions as everything

from gridlens.analytics.errors import InvalidSql, QueryRefused
from gridlens.analytics.guard import KnownTables, guard
from gridlens.analytics.guard.allow_lists import HOME_SCHEMA
from gridlens.analytics.guard.conditions import read_condition
from gridlens.analytics.guard.grammar import grammar_of
from gridlens.analytics.guard.restricting import check_restricted
from gridlens.analytics.guard.tables import check_tables
from gridlens.shared.access import Attributes, Restriction, RowCondition

engines = pytest.mark.parametrize("engine", DIALECTS, indirect=True)


def known(dialect: str, text: str, values: Attributes = (), *, table: str = "meter") -> KnownTables:
    """The catalog with that one condition on a table."""
    whole = catalog(dialect, HOME_SCHEMA[dialect])
    found = next(each for each in whole.tables if each.name == table)
    restriction = Restriction(
        table=found,
        columns=tuple(column.name for column in found.columns),
        conditions=(RowCondition(text=text, values=values),),
    )
    return KnownTables.of(whole, dialect, [restriction])


def labels(engine: Engine, text: str, values: Attributes = ()) -> list[str]:
    guarded = guard("SELECT label FROM meter", known(engine.dialect, text, values), most_rows=10)
    return sorted(str(row[0]) for row in engine.rows(guarded.sql))


@engines
def test_an_attributes_value_is_a_value_and_never_text_of_the_query(engine: Engine) -> None:
    hostile = ["x' OR '1'='1", "x\\' OR 1=1 -- ", 'x" OR "1"="1', "\\", "'", "{user.label}", ":label", "%"]

    assert labels(engine, "label = {user.label}", (("label", ("Cellar 'A'",)),)) == ["Cellar 'A'"]
    for value in hostile:
        assert labels(engine, "label = {user.label}", (("label", (value,)),)) == []
    assert labels(engine, "label IN ({user.label})", (("label", tuple(hostile)),)) == []


@engines
def test_numbers_and_lists_are_compared_as_such(engine: Engine) -> None:
    assert labels(engine, "site_id = {user.site}", (("site", (2,)),)) == ["Main"]
    assert labels(engine, "site_id >= {user.site}", (("site", (1.5,)),)) == ["Cellar 'A'", "Main"]
    assert labels(engine, "meter_id > +{user.meter}", (("meter", (25,)),)) == ["Cellar 'A'"]
    assert labels(engine, "site_id IN ({user.sites}, 3)", (("sites", (1,)),)) == ["Cellar 'A'", "Main", "PV"]
    assert labels(engine, "meter_id > -{user.site}", (("site", (2,)),)) == [
        "Cellar 'A'",
        "Main",
        "Main",
        "PV",
    ]


@engines
@pytest.mark.parametrize(
    "text",
    [
        "site_id = {user.site}",
        "site_id <> {user.site}",
        "NOT (site_id = {user.site})",
        "site_id IN ({user.site})",
        "site_id NOT IN ({user.site})",
        "{user.site} IS NULL OR 1 = 1",
    ],
)
def test_who_lacks_an_attribute_sees_no_row(engine: Engine, text: str) -> None:
    assert labels(engine, text) == []
    assert labels(engine, text, (("site", ()),)) == []


@engines
def test_several_conditions_all_have_to_hold(engine: Engine) -> None:
    one = known(engine.dialect, "site_id = 1").restrictions
    restriction = next(iter(one.values()))
    both = msgspec.structs.replace(
        restriction, conditions=(*restriction.conditions, RowCondition(text="label = 'PV' OR label = 'Main'"))
    )
    several = KnownTables.of(catalog(engine.dialect, HOME_SCHEMA[engine.dialect]), engine.dialect, [both])

    guarded = guard("SELECT count(*) FROM meter", several, most_rows=10)

    assert engine.rows(guarded.sql) == [(2,)]


def test_several_values_where_one_belongs_are_refused_with_a_way_out() -> None:
    with pytest.raises(QueryRefused, match=r"one value of your attribute “site”.*IN \(\{user.site\}\)"):
        guard(
            "SELECT 1 FROM meter", known("duckdb", "site_id = {user.site}", (("site", (1, 2)),)), most_rows=1
        )


REFUSED = [
    "site_id IN (SELECT site_id FROM site)",
    "EXISTS (SELECT 1)",
    "1 = 1) OR (2 = 2",
    "1 = 1 UNION SELECT 1",
    "1 = 1 GROUP BY label",
    "1 = 1 ORDER BY 1",
    "1 = 1 LIMIT 1",
    "1 = 1; SELECT 1",
    "1 = 1 FOR UPDATE",
    "label = '{user.label}'",
    "label = :label",
    "label = ?",
    "salary > 1",
    "meter.label = 'x'",
    "payroll.salary = 1",
    "row_number() OVER () = 1",
    "random() > 0.5",
    "read_csv('x') = 1",
    "pg_sleep(1) IS NULL",
    "sleep(1) = 0",
    "label = {user.Label}",
    "label = {user.label",
    "label = {label}",
    "current_user = 'x'",
    "label = 'x' \u202e",
    "",
    "label =",
    "a" * 5_000,
]


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("text", REFUSED, ids=lambda text: text[:40])
def test_a_condition_is_one_plain_expression_over_its_table(dialect: str, text: str) -> None:
    meter = next(each for each in catalog(dialect).tables if each.name == "meter")

    with pytest.raises((QueryRefused, InvalidSql)):
        read_condition(text, meter, dialect)


@pytest.mark.parametrize("dialect", DIALECTS)
def test_a_condition_names_the_attributes_it_needs(dialect: str) -> None:
    meter = next(each for each in catalog(dialect).tables if each.name == "meter")

    text = "lower(label) LIKE 'm%' AND site_id IN ({user.sites}) OR meter_id = {user.meter} -- of theirs"

    assert read_condition(text, meter, dialect).attributes == ("sites", "meter")


@engines
def test_a_hidden_column_is_as_unknown_as_one_that_is_not_there(engine: Engine) -> None:
    def answer(column: str) -> str:
        sql = f"SELECT m.{column} FROM meter m WHERE m.{column} IS NULL"
        try:
            guarded = guard(sql, KNOWN[engine.dialect], most_rows=10)
            return repr(engine.rows(guarded.sql))
        except Exception as error:
            return f"{type(error).__name__}: {error}".replace(column, "?").split("LINE 1")[0]

    assert answer("is_smart") == answer("is_sharp")


@engines
def test_a_masked_column_is_there_and_empty(engine: Engine) -> None:
    guarded = guard("SELECT DISTINCT details FROM meter", KNOWN[engine.dialect], most_rows=10)

    assert engine.rows(guarded.sql) == [(None,)]


@engines
def test_an_error_cannot_tell_of_rows_that_may_not_be_seen(engine: Engine) -> None:
    """``PV`` is no number: a query that tries it on a hidden row would fail, and cite it."""
    sql = (
        "SELECT count(*) FROM meter WHERE CAST(CASE WHEN label = 'PV' THEN label ELSE '1' END AS {type}) = 1"
    )
    kind = "SIGNED" if engine.dialect == "mysql" else "INTEGER"

    guarded = guard(sql.format(type=kind), KNOWN[engine.dialect], most_rows=10)

    assert engine.rows(guarded.sql) == [(2,)]


@pytest.mark.parametrize("engine", [each for each in DIALECTS if HOME_SCHEMA[each]], indirect=True)
def test_a_table_is_found_by_its_schema_as_before(engine: Engine) -> None:
    schema = HOME_SCHEMA[engine.dialect]
    sql = f"SELECT {schema}.meter.meter_id FROM {schema}.meter ORDER BY {schema}.meter.meter_id"

    guarded = guard(sql, KNOWN[engine.dialect], most_rows=10)

    assert [row[0] for row in engine.rows(guarded.sql)] == [10, 20]


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize(
    "sql",
    [
        "SELECT label FROM meter",
        "SELECT 1 FROM site WHERE EXISTS (SELECT 1 FROM meter)",
        "WITH site AS (SELECT 1 AS x) SELECT * FROM site, meter",
        "SELECT * FROM (SELECT label FROM meter WHERE site_id IN (1, 2) AND label <> 'PV') AS m",
        "SELECT * FROM (SELECT rows_that_may_be_seen.label FROM meter AS rows_that_may_be_seen) AS meter",
    ],
)
def test_a_rewriting_that_left_a_table_bare_would_be_refused(dialect: str, sql: str) -> None:
    grammar, rules = grammar_of(dialect), KNOWN[dialect]
    [tree] = grammar.read(sql)
    check_tables(sql, tree, rules)

    with pytest.raises(QueryRefused, match=r"access rules on (meter|site)"):
        check_restricted(tree, rules, grammar)


@pytest.mark.parametrize("dialect", DIALECTS)
def test_a_rule_on_a_column_that_has_gone_refuses_the_table(dialect: str) -> None:
    rules = known(dialect, "region = 'north'")

    with pytest.raises(QueryRefused, match="no column region"):
        guard("SELECT label FROM meter", rules, most_rows=10)
    assert guard("SELECT name FROM site", rules, most_rows=10)


@pytest.mark.parametrize("dialect", DIALECTS)
def test_a_table_without_a_visible_column_is_refused(dialect: str) -> None:
    bare = [msgspec.structs.replace(each, columns=()) for each in everything(dialect)]

    with pytest.raises(QueryRefused, match="leave none of its columns"):
        guard("SELECT count(*) FROM meter", KnownTables.of(visible(dialect), dialect, bare), most_rows=1)
