"""An answer is complete when every reading behind it is there, whatever its rows look like.

The file has three meters with 48 hourly readings each from 2025-03-29 00:00 UTC; meter 20 has no value in
its sixth hour. Prices have all of their 48 hours.
"""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import msgspec
import polars as pl
import pytest
from tests.analytics.conftest import Clock, Sources

from gridlens.analytics.ask.clocks import Storage
from gridlens.analytics.ask.plan import (
    Aggregate,
    ColumnRef,
    Days,
    Dimension,
    Earlier,
    QueryPlan,
    TimeScope,
)
from gridlens.analytics.plans import Plans
from gridlens.analytics.running.completeness import Place, completeness_of, steps_between
from gridlens.analytics.running.query import Query
from gridlens.analytics.running.readings import Readings
from gridlens.analytics.running.service import QueryService
from gridlens.core.errors import Unavailable
from gridlens.core.principal import Principal
from gridlens.shared.data_sources import FetchedRows, FetchRows
from gridlens.shared.results import Completeness
from gridlens.shared.time import Filter, Scope, TimeRange

pytestmark = pytest.mark.anyio


@pytest.fixture
def covering(queries: QueryService, sources: Sources, analyst: Principal):  # type: ignore[no-untyped-def]
    """How complete the answer to a statement is said to be."""

    async def ask(sql: str, **changes: object) -> Completeness | None:
        given: dict[str, object] = {
            "source_id": sources.source_id,
            "sql": sql,
            "door": "sql",
            "row_limit": 500,
            "query_id": uuid4(),
        }
        result = await queries.run(analyst, Query(**(given | changes)))  # type: ignore[arg-type]
        return result.completeness

    return ask


@pytest.fixture
def complete(covering):  # type: ignore[no-untyped-def]
    """The counts alone."""

    async def ask(sql: str, **changes: object) -> Completeness | None:
        found = await covering(sql, **changes)
        return found and msgspec.structs.replace(found, since=None, until=None)

    return ask


def counted(expected: int, present: int) -> Completeness:
    return Completeness(expected=expected, present=present)


@pytest.mark.parametrize(
    ("sql", "expected", "present"),
    [
        # Every day has a sum and yet one lacks an hour; 48 UTC hours touch three days in Berlin.
        ("SELECT date_trunc('day', ts) AS day, sum(kwh) FROM reading GROUP BY 1", 144, 143),
        ("SELECT max(total) FROM (SELECT ts, sum(kwh) AS total FROM reading GROUP BY ts) AS hours", 144, 143),
        ("SELECT avg(kwh) AS mean FROM reading WHERE meter_id = 20", 48, 47),
        ("SELECT avg(kwh) AS mean FROM reading WHERE meter_id IN (10, 11)", 96, 96),
        # Four of its hours were asked for, and all three meters have one reading too few before the first.
        (
            "SELECT sum(kwh) FROM reading WHERE ts >= '2025-03-28 23:00+00' AND ts < '2025-03-29 03:00+00'",
            12,
            9,
        ),
        (
            "SELECT sum(kwh) FROM reading WHERE ts BETWEEN '2025-03-29 00:00+00' AND '2025-03-29 01:00+00'",
            6,
            6,
        ),
        # A local day when the clocks go forward has 23 hours.
        ("SELECT sum(kwh) FROM reading WHERE ts >= '2025-03-30' AND '2025-03-31' > ts", 69, 69),
        # Two of the meters are called so; one of them is meter 20.
        (
            "SELECT sum(r.kwh) FROM reading AS r JOIN meter AS m USING (meter_id) WHERE m.label = 'Main'",
            96,
            95,
        ),
        # A value and its price are two readings.
        ("SELECT sum(r.kwh * p.eur_per_mwh) FROM reading AS r JOIN price AS p ON p.ts = r.ts", 288, 287),
        ("SELECT ts, eur_per_mwh FROM price WHERE eur_per_mwh > 60", 48, 48),
        # The three hours that it shows are all there; three dear ones are hours apart, so all are counted.
        ("SELECT ts, eur_per_mwh FROM price ORDER BY ts LIMIT 3", 3, 3),
        ("SELECT ts, eur_per_mwh FROM price ORDER BY ts DESC LIMIT 3", 3, 3),
        ("SELECT ts, eur_per_mwh FROM price ORDER BY extract(hour FROM ts), ts LIMIT 3", 48, 48),
    ],
)
async def test_readings_are_counted_where_they_are_stored(
    complete,  # type: ignore[no-untyped-def]
    sql: str,
    expected: int,
    present: int,
) -> None:
    assert await complete(sql) == counted(expected, present)


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT avg(kwh) FROM reading WHERE kwh > 1",
        "SELECT avg(kwh) FROM reading WHERE extract(hour FROM ts) = 3",
        "SELECT meter_id, sum(kwh) AS kwh FROM reading GROUP BY 1 ORDER BY 2 DESC LIMIT 2",
        "SELECT meter_id, sum(kwh) FROM reading GROUP BY 1 HAVING sum(kwh) > 10",
        "SELECT sum(CASE WHEN meter_id = 10 THEN kwh END) FROM reading",
        "SELECT sum(kwh) FILTER (WHERE meter_id = 10) FROM reading",
        "SELECT kwh FROM reading UNION ALL SELECT kwh FROM reading",
        "SELECT sum(r.kwh) FROM reading AS r JOIN (SELECT 10 AS meter_id) AS m ON m.meter_id = r.meter_id",
    ],
)
async def test_what_cannot_be_counted_is_unknown_and_says_why(
    complete,  # type: ignore[no-untyped-def]
    sql: str,
) -> None:
    found = await complete(sql)

    assert found.expected == 0
    assert found.unknown


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT avg(eur_per_mwh) FROM price WHERE eur_per_mwh > 1e6",
        "SELECT ts, eur_per_mwh FROM price WHERE eur_per_mwh > 1e6",
    ],
)
async def test_an_answer_without_a_value_is_not_called_complete(
    complete,  # type: ignore[no-untyped-def]
    sql: str,
) -> None:
    found = await complete(sql)

    assert (found.expected, found.unknown) == (0, "none of the readings that are there fits the question")


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT avg(kwh) FROM reading WHERE ts >= '2030-01-01' AND ts < '2030-01-02'",
        "SELECT ts, kwh FROM reading WHERE ts >= '2020-01-01' AND ts < '2020-01-02'",
    ],
)
async def test_a_range_without_readings_is_not_complete(
    complete,  # type: ignore[no-untyped-def]
    sql: str,
) -> None:
    found = await complete(sql)

    assert found.present == 0
    assert found.expected > 0


@pytest.mark.parametrize("sql", ["SELECT name FROM site", "SELECT count(*) FROM reading", "SELECT 1"])
async def test_nothing_is_said_where_no_readings_are_shown(
    complete,  # type: ignore[no-untyped-def]
    sql: str,
) -> None:
    assert await complete(sql) is None


def hours(first: datetime, count: int) -> Scope:
    end = first + timedelta(hours=count)
    return Scope(time_range=TimeRange(start=first, end=end, zone="Europe/Berlin"))


async def test_a_range_put_upon_the_rows_bounds_the_readings(complete) -> None:  # type: ignore[no-untyped-def]
    sql = "SELECT date_trunc('hour', ts) AS hour, sum(kwh) AS kwh FROM reading GROUP BY 1"
    morning = hours(datetime(2025, 3, 29, 4, tzinfo=UTC), 4)

    assert await complete(sql, scope=morning) == counted(12, 11)


async def test_a_filter_put_upon_the_rows_makes_it_unknown(complete) -> None:  # type: ignore[no-untyped-def]
    sql = "SELECT meter_id, sum(kwh) AS kwh FROM reading GROUP BY 1"
    chosen = Scope(filters=(Filter(column="meter_id", values=(10,)),))

    assert (await complete(sql, scope=chosen)).unknown


async def test_what_is_not_over_yet_is_not_missing(complete, clock: Clock) -> None:  # type: ignore[no-untyped-def]
    clock.now = datetime(2025, 3, 31, 2, 30, tzinfo=UTC)
    sql = "SELECT sum(kwh) FROM reading WHERE ts >= '2025-03-30 00:00+00' AND ts < '2025-04-01 00:00+00'"

    # Readings end at 23:00 UTC; the hours of 00 and 01 are over without one, that of 02 is not over.
    assert await complete(sql) == counted(3 * 26, 3 * 24)


async def test_both_periods_of_a_comparison_are_counted(
    complete,  # type: ignore[no-untyped-def]
    sources: Sources,
    clock: Clock,
) -> None:
    ts = ColumnRef(table="reading", column="ts", schema="main")
    plan = QueryPlan(
        measures=(
            Aggregate(
                function="sum", column=ColumnRef(table="reading", column="kwh", schema="main"), name="kwh"
            ),
        ),
        dimensions=(Dimension(column=ts, name="hour", grain="hour"),),
        time=TimeScope(column=ts, span=Days(start=date(2025, 3, 30), end=date(2025, 3, 31))),
        comparison=Earlier(),
    )
    rendered = await Plans(clock).render(plan, sources.description)

    found = await complete(rendered.sql, columns=rendered.columns)

    # 30 March has 23 hours in Berlin; of 29 March the first hour lies before the data, and one is empty.
    assert found == counted(3 * 23 + 3 * 24, 3 * 23 + 3 * 23 - 1)


async def test_an_answer_knows_from_when_until_when_it_has_readings(covering) -> None:  # type: ignore[no-untyped-def]
    bounds = "ts >= '2025-03-29 00:00+00' AND ts < '2025-04-15 00:00+00'"

    found = await covering(f"SELECT sum(kwh) FROM reading WHERE {bounds}")

    assert found.since == datetime(2025, 3, 29, tzinfo=UTC)
    assert found.until == datetime(2025, 3, 31, tzinfo=UTC), "the last reading is the one of 23:00"


async def test_equal_counts_run_once(complete, sources: Sources) -> None:  # type: ignore[no-untyped-def]
    await complete("SELECT avg(kwh) AS mean FROM reading WHERE meter_id = 20")
    await complete("SELECT max(kwh) AS most FROM reading WHERE meter_id = 20")

    assert len(sources.counted) == 1, "the series that is named has readings, so nothing counts the series"


@pytest.mark.parametrize(
    ("where", "scope"),
    [
        ("", None),
        ("WHERE meter_id = 20", None),
        ("WHERE meter_id IN (10, 20)", None),
        ("WHERE meter_id = 999", None),
        ("WHERE ts >= '2025-03-28 23:00+00' AND ts < '2025-03-29 06:00+00'", None),
        (
            "",
            Scope(
                time_range=TimeRange(
                    start=datetime(2025, 3, 29, 4, tzinfo=UTC),
                    end=datetime(2025, 3, 29, 9, tzinfo=UTC),
                    zone="UTC",
                )
            ),
        ),
    ],
)
async def test_an_answer_that_is_the_readings_is_counted_itself(
    covering,  # type: ignore[no-untyped-def]
    sources: Sources,
    where: str,
    scope: Scope | None,
) -> None:
    listed = await covering(f"SELECT kwh, ts AS at, meter_id FROM reading {where} ORDER BY ts", scope=scope)
    of_series = [ask for ask in sources.counted if "each_series" in ask.sql]
    assert of_series == sources.counted, "at most the series are counted where they are stored"

    # The same readings, counted in the database because the answer hides which they are.
    hidden = await covering(
        f"SELECT kwh + 1 AS kwh, ts, meter_id + 0 AS meter FROM reading {where}", scope=scope
    )
    assert len(sources.counted) > len(of_series)
    assert listed == hidden


async def test_the_first_readings_are_counted_as_shown_unless_some_seem_to_be_missing(
    complete,  # type: ignore[no-untyped-def]
    sources: Sources,
) -> None:
    sql = "SELECT kwh, ts, meter_id FROM reading WHERE meter_id = 10 ORDER BY ts LIMIT"

    assert await complete(f"{sql} 5") == counted(5, 5)
    assert sources.counted == []
    # Of two meters the fifth row leaves half an hour: whether its other half is there, the source tells.
    assert await complete(f"{sql} 5".replace("= 10", "IN (10, 11)")) == counted(96, 96)
    assert any("readings_present" in ask.sql for ask in sources.counted)


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT kwh, ts, meter_id FROM reading LIMIT 5",
        "SELECT kwh, ts, meter_id FROM reading WHERE kwh > 0.01",
        "SELECT DISTINCT kwh, ts, meter_id FROM reading",
        "SELECT kwh, ts FROM reading",
        "SELECT sum(kwh) AS kwh, ts, meter_id FROM reading GROUP BY ts, meter_id",
    ],
)
async def test_an_answer_that_may_lack_readings_is_not_counted_itself(
    complete,  # type: ignore[no-untyped-def]
    sources: Sources,
    sql: str,
) -> None:
    await complete(sql)

    assert any("readings_present" in ask.sql for ask in sources.counted)


async def test_a_short_query_does_not_wait_long_for_its_count(
    complete,  # type: ignore[no-untyped-def]
    sources: Sources,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("gridlens.analytics.running.counting.LEAST_WAIT_SECONDS", 0.2)
    sources.count_gate.clear()

    found = await complete("SELECT avg(kwh) AS kwh FROM reading")

    assert len(sources.counted) == 1
    assert (found.present, found.unknown) == (0, "its readings could not be counted in time")


async def test_a_count_that_fails_leaves_the_answer_alone(
    complete,  # type: ignore[no-untyped-def]
    sources: Sources,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rows = sources._rows

    def failing(ask: FetchRows) -> FetchedRows:
        if "readings_present" in ask.sql:
            raise Unavailable("The data source is too slow.")
        return rows(ask)

    monkeypatch.setattr(sources, "_rows", failing)

    assert (await complete("SELECT avg(kwh) FROM reading")).unknown


def readings(**changes: object) -> Readings:
    given: dict[str, object] = {
        "count_sql": "",
        "series_sql": None,
        "series": None,
        "measures": 1,
        "step_seconds": 3600,
        "storage": Storage.AWARE,
        "spans": ((datetime(2025, 1, 1, tzinfo=UTC), datetime(2025, 1, 2, tzinfo=UTC)),),
        "left_out": None,
    }
    return Readings(**(given | changes))  # type: ignore[arg-type]


def rows_of(*present: int) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "readings_present_1": present,
            "first_reading": [datetime(2025, 1, 1, tzinfo=UTC)] * len(present),
            "last_reading": [datetime(2025, 1, 1, 23, tzinfo=UTC)] * len(present),
        }
    )


PLACE = Place(dialect="duckdb", zone="Europe/Berlin")
NOW = datetime(2025, 6, 1, tzinfo=UTC)


def test_a_series_that_is_silent_altogether_is_missed() -> None:
    found = completeness_of(readings(), rows_of(24, 24), 3, PLACE, NOW)

    assert (found.expected, found.present) == (72, 48)


def test_labels_at_the_ends_of_intervals_cover_what_lies_before_them() -> None:
    found = completeness_of(readings(shift_seconds=3600), rows_of(24), 1, PLACE, NOW)

    assert found.since == datetime(2024, 12, 31, 23, tzinfo=UTC)
    assert found.until == datetime(2025, 1, 1, 23, tzinfo=UTC)


def test_more_readings_than_the_step_allows_are_not_called_complete() -> None:
    assert completeness_of(readings(), rows_of(24, 25), 2, PLACE, NOW).unknown


@pytest.mark.parametrize(
    ("first", "last", "is_local", "steps"),
    [
        ("2025-10-26", "2025-10-27", False, 100),  # 25 hours of four quarters
        ("2025-10-26", "2025-10-27", True, 96),  # written without an offset, the hour stands there once
        ("2025-03-30", "2025-03-31", False, 92),
        ("2025-03-30", "2025-03-31", True, 92),
    ],
)
def test_quarters_of_a_day_on_which_clocks_change(first: str, last: str, is_local: bool, steps: int) -> None:
    start, end = (
        datetime.fromisoformat(day).replace(tzinfo=ZoneInfo("Europe/Berlin")) for day in (first, last)
    )

    assert steps_between(start, end, start, 900, "Europe/Berlin", is_local=is_local) == steps


def test_days_are_counted_by_the_calendar() -> None:
    start = datetime(2025, 3, 28, 23, tzinfo=UTC)  # midnight in Berlin; three days later it is at 22:00 UTC
    end = datetime(2025, 3, 31, 22, tzinfo=UTC)

    assert steps_between(start, end, start, 86_400, "Europe/Berlin", is_local=False) == 3
