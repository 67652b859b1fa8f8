"""An answer that is empty because of its days says where the newest data is."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import msgspec
import polars as pl
from tests.analytics.ask.company import ZONE, description_for
from tests.analytics.ask.plans import by, figure, one_of, when

from gridlens.analytics.ask import QueryPlan, apply, days_without_data, newest_instead, number_nobody_has
from gridlens.analytics.ask.plan import TimeScope
from gridlens.analytics.ask.relations import relations_of
from gridlens.analytics.ask.rendering.timeline import newest_day
from gridlens.shared.catalog import ColumnProfile
from gridlens.shared.results import ResultSet

SOURCE = description_for()
TODAY = date(2040, 1, 1)
ENERGY = figure("sum", "reading.kwh", "energy")
LATER = when("reading.start_at", "2039-01-01", "2039-02-01")
EVER = when("reading.start_at", "2000-01-01", "2039-02-01")
NEWEST = newest_day(LATER.column, relations_of(SOURCE.catalog), "duckdb", ZONE)


def answer(rows: list[dict[str, Any]]) -> ResultSet:
    return ResultSet(
        columns=(),
        frame=pl.DataFrame(rows),
        is_cut=False,
        row_limit=10,
        sql="SELECT 1",
        source_id=UUID(int=1),
        source_name="metering",
        zone=ZONE,
        read_at=datetime.now(UTC),
        engine_ms=1,
    )


def instead(time: TimeScope | None, rows: list[dict[str, Any]], *, is_grouped: bool = False) -> date | None:
    dimensions = (by("site.name", name="site"),) if is_grouped else ()
    plan = QueryPlan(measures=(ENERGY,), dimensions=dimensions, time=time)
    return newest_instead(plan, answer(rows), SOURCE, TODAY)


def test_days_without_data_lead_to_the_newest_day() -> None:
    assert NEWEST is not None
    assert instead(LATER, [], is_grouped=True) == NEWEST
    assert instead(LATER, [{"energy": None}]) == NEWEST


def test_months_without_data_lead_to_the_newest_day_and_say_what_there_is() -> None:
    assert NEWEST is not None
    others = tuple(month for month in range(1, 13) if month != NEWEST.month)
    season = TimeScope(column=LATER.column, months=others)

    assert instead(season, [{"energy": None}]) == NEWEST
    assert instead(TimeScope(column=LATER.column, months=(NEWEST.month,)), [{"energy": None}]) is None
    said = days_without_data(QueryPlan(measures=(ENERGY,), time=season), SOURCE)
    assert said.startswith("There is no data for this time: it runs from ")
    assert said.endswith(f" to {NEWEST.day} {NEWEST:%b %Y}.")


def test_the_newest_days_leave_out_months_that_they_do_not_lie_in() -> None:
    plan = QueryPlan(measures=(ENERGY,), time=TimeScope(column=LATER.column, months=(6, 7, 8)))

    newest = apply(plan, "range", "days:2021-10-03:2021-11-01", SOURCE)
    summer = apply(plan, "range", "days:2021-05-20:2021-06-10", SOURCE)

    assert newest.time is not None
    assert summer.time is not None
    assert newest.time.months == ()
    assert summer.time.months == (6, 7, 8)


def test_an_answer_with_data_leads_nowhere() -> None:
    assert instead(LATER, [{"site": "Mill Park", "energy": 3.0}], is_grouped=True) is None
    assert instead(LATER, [{"energy": 3.0}]) is None


def test_an_answer_that_is_empty_for_another_reason_than_its_days_leads_nowhere() -> None:
    assert instead(EVER, [], is_grouped=True) is None
    assert instead(None, [], is_grouped=True) is None


def test_a_number_that_nothing_has_is_named() -> None:
    profile = ColumnProfile(null_share=0, distinct_count=9, minimum=101, maximum=201)
    tables = [
        msgspec.structs.replace(
            table,
            columns=tuple(
                msgspec.structs.replace(each, profile=profile) if each.name == "meter_id" else each
                for each in table.columns
            ),
        )
        for table in SOURCE.catalog.tables
    ]
    catalog = msgspec.structs.replace(SOURCE.catalog, tables=tuple(tables))
    source = msgspec.structs.replace(SOURCE, catalog=catalog)

    def said(meter: int, rows: list[dict[str, Any]]) -> str | None:
        plan = QueryPlan(measures=(ENERGY,), filters=(one_of("reading.meter_id", meter),))
        return number_nobody_has(plan, answer(rows), source)

    assert said(999, [{"energy": None}]) == "There is no meter id 999: the known ones run from 101 to 201."
    assert said(150, [{"energy": None}]) is None
    # Readings of a meter that came after the profile was taken.
    assert said(999, [{"energy": 2.0}]) is None
