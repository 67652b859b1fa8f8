"""Units and roles are carried where they certainly hold, and nowhere else."""

from datetime import UTC, datetime

import pytest
from tests.analytics.engines import Engine, catalog

from gridlens.analytics.guard import Guarded, KnownTables, Output, guard
from gridlens.shared.results import ColumnRole
from gridlens.shared.time import Filter, Scope, TimeRange

KNOWN = {
    dialect: KnownTables.of(catalog(dialect, "main" if dialect == "duckdb" else None), dialect)
    for dialect in ("duckdb", "sqlite", "postgres", "mysql")
}
EVERY_ENGINE = pytest.mark.parametrize("engine", ["duckdb", "sqlite", "postgres", "mysql"], indirect=True)


def outputs(sql: str, dialect: str = "duckdb") -> tuple[Output, ...]:
    found = guard(sql, KNOWN[dialect], most_rows=10).outputs
    assert found is not None
    return found


def unit_of(expression: str, dialect: str = "duckdb") -> str | None:
    sql = f"SELECT {expression} AS x FROM reading r JOIN price p ON p.ts = r.ts"
    return outputs(sql, dialect)[0].unit


@pytest.mark.parametrize("dialect", list(KNOWN))
@pytest.mark.parametrize(
    "expression",
    [
        "r.kwh",
        "kwh",
        "(kwh)",
        "-kwh",
        "sum(kwh)",
        "avg(kwh)",
        "min(kwh)",
        "max(kwh)",
        "SUM(DISTINCT kwh)",
        "round(sum(kwh), 2)",
        "coalesce(sum(kwh), 0)",
        "sum(CASE WHEN temperature_c > 10 THEN kwh ELSE 0 END)",
        "sum(kwh) - min(kwh)",
        "sum(kwh) OVER (ORDER BY r.ts)",
        "kwh - lag(kwh) OVER (ORDER BY r.ts)",
        "CAST(kwh AS DECIMAL(10, 2))",
        "(SELECT max(kwh) FROM reading)",
    ],
)
def test_a_unit_is_kept_where_it_holds(dialect: str, expression: str) -> None:
    assert unit_of(expression, dialect) == "kWh"


@pytest.mark.parametrize(
    "expression",
    [
        "kwh * 2",
        "sum(kwh) / 1000",
        "kwh * eur_per_mwh",
        "kwh + temperature_c",
        "count(kwh)",
        "coalesce(kwh, temperature_c)",
        "CASE WHEN kwh > 1 THEN kwh ELSE temperature_c END",
        "kwh::VARCHAR",
        "sqrt(kwh)",
        "42",
        "some_unknown_column",
    ],
)
def test_no_unit_is_guessed(expression: str) -> None:
    assert unit_of(expression) is None


def test_units_pass_through_subqueries_and_common_table_expressions() -> None:
    sql = """
        WITH totals(meter, total) AS (SELECT meter_id, sum(kwh) FROM reading GROUP BY 1)
        SELECT t.meter, t.total AS energy, inner_part.warmest FROM totals t,
            (SELECT max(temperature_c) AS warmest FROM reading) AS inner_part
    """

    assert [(each.name, each.unit, each.role) for each in outputs(sql)] == [
        ("meter", None, ColumnRole.KEY),
        ("energy", "kWh", ColumnRole.MEASURE),
        ("warmest", "°C", ColumnRole.MEASURE),
    ]


def test_a_star_is_every_column_in_order() -> None:
    assert [each.name for each in outputs("SELECT * FROM reading")] == [
        "meter_id",
        "ts",
        "kwh",
        "temperature_c",
    ]
    assert [each.name for each in outputs("SELECT r.*, 1 AS one FROM reading r, site")] == [
        "meter_id",
        "ts",
        "kwh",
        "temperature_c",
        "one",
    ]
    assert [each.name for each in outputs("SELECT * EXCLUDE (ts) FROM reading")] == [
        "meter_id",
        "kwh",
        "temperature_c",
    ]


def test_a_star_over_something_unknown_is_unknown() -> None:
    assert guard("SELECT * FROM range(3)", KNOWN["duckdb"], most_rows=5).outputs is None


def test_both_sides_of_a_union_must_agree_on_the_unit() -> None:
    assert outputs("SELECT kwh FROM reading UNION ALL SELECT kwh FROM reading")[0].unit == "kWh"
    assert outputs("SELECT kwh FROM reading UNION ALL SELECT eur_per_mwh FROM price")[0].unit is None


def test_times_keep_their_role_and_their_step() -> None:
    [plain, hourly, daily, bucket, text] = outputs(
        "SELECT ts, date_trunc('hour', ts), date_trunc('day', ts), time_bucket(INTERVAL '15 minutes', ts), "
        "strftime(ts, '%H') FROM reading"
    )

    assert [each.role for each in (plain, hourly, daily, bucket)] == [ColumnRole.TIME] * 4
    assert [each.step_seconds for each in (plain, hourly, daily, bucket)] == [3600, 3600, 86_400, 900]
    assert text.role is None


# The scope of a dashboard over a query that has no parameters for it.

THE_30TH = TimeRange(
    start=datetime(2025, 3, 30, tzinfo=UTC), end=datetime(2025, 3, 30, 6, tzinfo=UTC), zone="Europe/Berlin"
)


def narrowed(engine: Engine, sql: str, **scope: object) -> Guarded:
    return guard(sql, engine.known, most_rows=1_000, zone="UTC", scope=Scope(**scope))  # type: ignore[arg-type]


@EVERY_ENGINE
def test_a_time_range_narrows_the_rows_of_a_query_with_one_time_column(engine: Engine) -> None:
    found = narrowed(
        engine, "SELECT ts, sum(kwh) AS kwh FROM reading GROUP BY ts ORDER BY ts", time_range=THE_30TH
    )

    rows = engine.rows(found.sql)
    assert len(rows) == 6
    assert [str(row[0])[:19] for row in rows] == [f"2025-03-30 0{hour}:00:00" for hour in range(6)]
    assert found.notes == ()


@EVERY_ENGINE
def test_filters_narrow_by_columns_of_the_result(engine: Engine) -> None:
    def rows(*filters: Filter) -> list[tuple[object, ...]]:
        sql = "SELECT name, city FROM site"
        return sorted(engine.rows(narrowed(engine, sql, filters=filters).sql), key=str)

    assert rows(Filter(column="city", values=("Köln",))) == [("Weir House", "Köln")]
    assert rows(Filter(column="CITY", values=("Köln", None))) == [("Old Mill", None), ("Weir House", "Köln")]
    assert rows(Filter(column="city", values=("Köln",), operator="not_in")) == [
        ("Harbour Campus", "Hamburg"),
        ("Old Mill", None),
    ]
    assert rows(Filter(column="city", values=(None,), operator="not_in")) == [
        ("Harbour Campus", "Hamburg"),
        ("Weir House", "Köln"),
    ]
    assert rows(Filter(column="city", values=("'; DROP TABLE site; --",))) == []


@EVERY_ENGINE
def test_what_cannot_be_applied_is_said(engine: Engine) -> None:
    found = narrowed(
        engine,
        "SELECT name FROM site ORDER BY name",
        time_range=THE_30TH,
        filters=(Filter(column="meter", values=("x",)),),
    )

    assert len(engine.rows(found.sql)) == 3
    assert len(found.notes) == 2
    assert "no time column" in found.notes[0]
    assert ":meter" in found.notes[1]
