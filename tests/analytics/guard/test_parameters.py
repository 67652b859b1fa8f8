"""Parameters are values: whatever they hold, they stay one literal."""

import pytest
from tests.analytics.engines import Engine

from gridlens.analytics.errors import InvalidParameters, InvalidSql, QueryRefused
from gridlens.analytics.guard import guard
from gridlens.analytics.parameters import Bound, Parameter, Value, bind_values

EVERY_ENGINE = pytest.mark.parametrize("engine", ["duckdb", "sqlite", "postgres", "mysql"], indirect=True)
NASTY = [
    "'",
    "''",
    "\\",
    "\\'",
    "' OR 1=1 -- ",
    "\\' OR 1=1 -- ",
    '"',
    "a\nb",
    "%s",
    ":name",
    "$1",
    "{x}",
    "/* x */",
    "\\n",
    "Köln ☃",
    "x'; DROP TABLE site; --",
]


def run(engine: Engine, sql: str, **values: tuple[str, Value]) -> list[tuple[object, ...]]:
    bound = [Bound(name=name, type=kind, value=value) for name, (kind, value) in values.items()]  # type: ignore[arg-type]
    return engine.rows(guard(sql, engine.known, most_rows=100, bound=bound, zone="Europe/Berlin").sql)


@EVERY_ENGINE
@pytest.mark.parametrize("text", NASTY)
def test_a_text_comes_out_as_it_went_in(engine: Engine, text: str) -> None:
    assert run(engine, "SELECT :value", value=("text", text)) == [(text,)]


@EVERY_ENGINE
def test_numbers_dates_and_booleans_are_compared_as_such(engine: Engine) -> None:
    assert run(engine, "SELECT count(*) FROM meter WHERE meter_id > :least", least=("number", -3.5)) == [(4,)]
    assert run(
        engine,
        "SELECT label FROM meter WHERE installed_on >= :since ORDER BY 1",
        since=("date", "2021-01-01"),
    ) == [("Cellar 'A'",), ("PV",)]
    assert run(engine, "SELECT count(*) FROM meter WHERE is_smart = :smart", smart=("boolean", True)) == [
        (2,)
    ]


@EVERY_ENGINE
def test_a_time_is_read_in_the_sources_zone_and_written_as_the_column_holds_it(engine: Engine) -> None:
    sql = "SELECT count(*) FROM price WHERE ts >= :since"
    # 48 hours follow 2025-03-29 00:00 UTC. Midnight of the 30th in Berlin is 23:00 UTC of the day before,
    # which leaves 25 of them. SQLite and MariaDB hold them without a zone here, so as Berlin's clock
    # shows them: 24 are left.
    holds_instants = engine.dialect in {"duckdb", "postgres"}

    assert run(engine, sql, since=("timestamp", "2025-03-30T00:00")) == [(25 if holds_instants else 24,)]
    assert run(engine, sql, since=("timestamp", "2025-03-29T23:00Z")) == [(25 if holds_instants else 24,)]


@EVERY_ENGINE
@pytest.mark.parametrize(
    "name", ["from", "to", "end", "date", "group", "limit", "order", "select", "where", "x"]
)
def test_any_word_may_name_a_parameter(engine: Engine, name: str) -> None:
    assert run(
        engine,
        f"SELECT 1 + :{name} AS n, meter_id FROM meter WHERE meter_id = :{name}",
        **{name: ("number", 10)},
    ) == [(11, 10)]


@EVERY_ENGINE
def test_a_list_fills_in_and_a_list_left_out_filters_nothing(engine: Engine) -> None:
    sql = "SELECT count(*) FROM meter WHERE label IN (:labels)"

    assert run(engine, sql, labels=("list", ("Main", "Cellar 'A'"))) == [(3,)]
    assert run(engine, sql, labels=("list", ())) == [(0,)]
    assert run(engine, sql, labels=("list", None)) == [(4,)]
    assert run(engine, sql.replace(" IN", " NOT IN"), labels=("list", None)) == [(4,)]


@EVERY_ENGINE
def test_an_optional_parameter_left_out_is_null(engine: Engine) -> None:
    sql = "SELECT count(*) FROM site WHERE :city IS NULL OR city = :city"

    assert run(engine, sql, city=("text", None)) == [(3,)]
    assert run(engine, sql, city=("text", "Köln")) == [(1,)]


@EVERY_ENGINE
def test_a_parameter_nobody_defined_is_refused_with_its_name(engine: Engine) -> None:
    with pytest.raises(QueryRefused, match=":city is not defined"):
        run(engine, "SELECT name FROM site WHERE city = :city")


@EVERY_ENGINE
def test_a_parameter_cannot_be_a_table(engine: Engine) -> None:
    with pytest.raises((InvalidSql, QueryRefused)):
        run(engine, "SELECT name FROM :table", table=("text", "payroll"))


def test_every_wrong_value_is_named_at_once() -> None:
    parameters = [
        Parameter(name="day", type="date"),
        Parameter(name="least", type="number"),
        Parameter(name="city"),
        Parameter(name="smart", type="boolean", default=True),
        Parameter(name="note", is_optional=True),
    ]

    with pytest.raises(InvalidParameters) as error:
        bind_values(parameters, {"day": "30.03.2025", "least": "1e999", "other": 1})

    assert set(error.value.fields) == {"day", "least", "city", "other"}


@pytest.mark.parametrize(
    "value", ["nan", "inf", float("nan"), "1e500", "9" * 100, "0x10", "1_000 OR 1=1", True]
)
def test_only_ordinary_numbers_are_numbers(value: Value) -> None:
    with pytest.raises(InvalidParameters):
        bind_values([Parameter(name="n", type="number")], {"n": value})


@pytest.mark.parametrize("text", ["a\x00b", "\ud800", "x" * 10_001])
def test_texts_that_no_database_stores_are_refused(text: str) -> None:
    with pytest.raises(InvalidParameters):
        bind_values([Parameter(name="t")], {"t": text})


def test_defaults_fill_what_is_left_out() -> None:
    bound = bind_values(
        [Parameter(name="city", default="Köln"), Parameter(name="n", type="number", is_optional=True)], {}
    )

    assert [(each.name, each.value) for each in bound] == [("city", "Köln"), ("n", None)]
