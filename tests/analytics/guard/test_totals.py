"""All rows of a query are counted: with its parameters and scope, and under access rules."""

from datetime import timedelta

import pytest
from tests.analytics.engines import FIRST_HOUR, Engine
from tests.analytics.guard.conftest import DIALECTS
from tests.analytics.guard.corpus import LEGITIMATE
from tests.analytics.guard.restricted import KNOWN

from gridlens.analytics.guard import KnownTables, guard, guard_total
from gridlens.analytics.parameters import Bound
from gridlens.core.errors import GridlensError
from gridlens.shared.time import Scope, TimeRange

on_every_engine = pytest.mark.parametrize("engine", DIALECTS, indirect=True)
PAIRS = "reading AS a JOIN reading AS b ON a.ts = b.ts"


def counted(engine: Engine, sql: str, known: KnownTables | None = None, **more: object) -> int:
    [(total,)] = engine.rows(guard_total(sql, known or engine.known, **more))  # type: ignore[arg-type]
    return int(total)


@pytest.mark.parametrize("is_restricted", [False, True], ids=["free", "restricted"])
@on_every_engine
def test_a_total_is_the_number_of_rows_that_there_are(engine: Engine, is_restricted: bool) -> None:
    known = KNOWN[engine.dialect] if is_restricted else engine.known
    compared = 0
    for dialect, sql in LEGITIMATE:
        # A list of values that ends with a limit cannot stand in brackets everywhere: it is not counted.
        if dialect != engine.dialect or (sql.startswith("VALUES") and "LIMIT" in sql):
            continue
        try:
            rows = engine.rows(guard(sql, known, most_rows=1_000_000).sql)
        except Exception:  # it asks for what the rules hide
            assert is_restricted
            continue
        assert counted(engine, sql, known) == len(rows), sql
        compared += 1
    assert compared > 200


@pytest.mark.parametrize(
    ("sql", "total"),
    [
        ("SELECT * FROM reading", 144),
        ("SELECT * FROM reading ORDER BY ts, kwh", 144),
        ("SELECT * FROM reading LIMIT 7", 7),
        ("SELECT * FROM reading ORDER BY ts LIMIT 500", 144),
        ("SELECT * FROM reading ORDER BY ts LIMIT 100 OFFSET 100", 44),
        # Three meters at each of 48 hours.
        (f"SELECT * FROM {PAIRS}", 432),
        (f"SELECT a.*, b.* FROM {PAIRS} WHERE a.meter_id = 10", 144),
        (f"SELECT a.kwh, b.kwh AS KWH FROM {PAIRS} ORDER BY a.ts LIMIT 400", 400),
        ("SELECT kwh + 1, kwh + 1 FROM reading", 144),
        ("SELECT * FROM reading JOIN meter USING (meter_id)", 144),
        (f"SELECT DISTINCT a.meter_id, b.meter_id FROM {PAIRS}", 9),
        ("SELECT a.meter_id, a.meter_id FROM reading AS a GROUP BY a.meter_id, a.ts", 144),
        ("SELECT meter_id, meter_id FROM reading UNION ALL SELECT meter_id, site_id FROM meter", 148),
        ("SELECT meter_id FROM reading UNION SELECT meter_id FROM meter ORDER BY 1", 4),
        ("WITH pv AS (SELECT * FROM reading WHERE meter_id = 11) SELECT * FROM pv", 48),
        (
            "WITH pv AS (SELECT * FROM reading WHERE meter_id = 11) SELECT a.*, b.* FROM pv AS a, pv AS b",
            2304,
        ),
    ],
)
@on_every_engine
def test_limits_of_its_own_and_names_that_repeat_are_parts_of_it(
    engine: Engine, sql: str, total: int
) -> None:
    assert counted(engine, sql) == total


# SQLite knows no query in brackets.
@pytest.mark.parametrize("engine", [each for each in DIALECTS if each != "sqlite"], indirect=True)
def test_a_limit_behind_brackets_is_a_part_of_it_too(engine: Engine) -> None:
    assert counted(engine, "(SELECT * FROM reading) LIMIT 5") == 5


@on_every_engine
def test_a_total_tells_nothing_of_rows_that_are_not_to_be_seen(engine: Engine) -> None:
    known = KNOWN[engine.dialect]

    # Of meters 10 and 20, without an hour that has no value; meter 11 may not be seen.
    assert counted(engine, "SELECT * FROM reading", known) == 95
    assert counted(engine, "SELECT a.*, b.* FROM reading AS a, reading AS b", known) == 95 * 95
    assert counted(engine, "SELECT * FROM reading WHERE meter_id = 11", known) == 0


@on_every_engine
def test_parameters_and_scope_narrow_what_is_counted(engine: Engine) -> None:
    sql = "SELECT ts, kwh FROM reading WHERE meter_id IN (:meters)"
    meters = (Bound(name="meters", type="list", value=(10, 11)),)
    first_six = TimeRange(start=FIRST_HOUR, end=FIRST_HOUR + timedelta(hours=6), zone="UTC")

    assert counted(engine, sql, bound=meters) == 96
    assert counted(engine, sql, bound=meters, scope=Scope(time_range=first_six)) == 12


@pytest.mark.parametrize("dialect", DIALECTS)
def test_what_may_not_run_is_not_counted_either(dialect: str) -> None:
    for sql in ("SELECT * FROM payroll", "DELETE FROM site", "SELECT 1; SELECT 2"):
        with pytest.raises(GridlensError):
            guard_total(sql, KNOWN[dialect])
