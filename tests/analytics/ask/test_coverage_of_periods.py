"""Two periods that the data does not cover alike are not compared, and the answer says so."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import msgspec
import polars as pl
import pytest
from tests.analytics.ask.company import ZONE, description_for
from tests.analytics.ask.plans import figure, when

from gridlens.analytics.ask import QueryPlan, covered_unlike, headline
from gridlens.analytics.ask.plan import Comparison, Earlier, Versus
from gridlens.shared.data_sources import SourceDescription
from gridlens.shared.results import ResultSet

TODAY = date(2018, 3, 1)
ENERGY = figure("sum", "reading.kwh", "energy")


def source(oldest: str, newest: str, *, is_archive: bool = True) -> SourceDescription:
    """The company with readings between two days."""
    found = description_for()

    def lasting(column: Any) -> Any:
        if column.name != "start_at":
            return column
        profile = msgspec.structs.replace(
            column.profile, minimum=f"{oldest}T12:00:00+00:00", maximum=f"{newest}T12:00:00+00:00"
        )
        return msgspec.structs.replace(column, profile=profile)

    tables = tuple(
        msgspec.structs.replace(table, columns=tuple(lasting(each) for each in table.columns))
        for table in found.catalog.tables
    )
    catalog = msgspec.structs.replace(found.catalog, tables=tables)
    return msgspec.structs.replace(found, catalog=catalog, anchors_to_newest=is_archive)


def plan(start: str, end: str, comparison: Comparison) -> QueryPlan:
    return QueryPlan(measures=(ENERGY,), time=when("reading.start_at", start, end), comparison=comparison)


YEARS = plan("2017-01-01", "2018-01-01", Earlier(by="year"))


@pytest.mark.parametrize(
    ("oldest", "newest", "told"),
    [
        ("2015-05-01", "2018-02-01", None),
        # A day or two of a year are no reason to say nothing.
        ("2016-01-03", "2018-02-01", None),
        ("2016-08-01", "2018-02-01", "only 1 Aug \u2013 31 Dec 2016 of 2016"),
        ("2017-01-01", "2018-02-01", "none of 2016"),
        (
            "2016-08-01",
            "2017-07-31",
            "only 1 Jan \u2013 31 Jul 2017 of 2017 and only 1 Aug \u2013 31 Dec 2016 of 2016",
        ),
    ],
)
def test_periods_are_held_against_the_days_that_have_data(oldest: str, newest: str, told: str | None) -> None:
    found = covered_unlike(YEARS, source(oldest, newest), TODAY)

    assert found == (None if told is None else f"The data covers {told}, so the two are not compared.")


def test_a_day_less_hardly_moves_a_mean_and_does_move_a_sum() -> None:
    summed = plan("2017-11-01", "2017-12-01", Earlier(by="month"))
    averaged = msgspec.structs.replace(summed, measures=(figure("mean", "reading.kwh", "average"),))
    second_of_october = source("2017-10-02", "2018-02-01")

    assert covered_unlike(averaged, second_of_october, TODAY) is None
    assert covered_unlike(summed, second_of_october, TODAY) is not None


def test_what_may_still_arrive_is_no_reason() -> None:
    live = source("2015-01-01", "2017-12-01", is_archive=False)

    assert covered_unlike(YEARS, live, TODAY) is None


def test_days_against_others_are_held_against_the_data_as_well() -> None:
    versus = plan("2017-05-01", "2017-06-01", Versus(start=date(2016, 7, 1), end=date(2016, 9, 1)))

    found = covered_unlike(versus, source("2016-08-01", "2018-02-01"), TODAY)

    assert found is not None
    assert "Aug 2016 of 1 Jul" in found


def test_nothing_is_concluded_from_periods_that_are_covered_unlike() -> None:
    result = ResultSet(
        columns=(),
        frame=pl.DataFrame([{"energy": 98_600.0, "energy_before": 17.2}]),
        is_cut=False,
        row_limit=10,
        sql="SELECT 1",
        source_id=UUID(int=1),
        source_name="metering",
        zone=ZONE,
        read_at=datetime.now(UTC),
        engine_ms=1,
    )
    reason = covered_unlike(YEARS, source("2016-12-31", "2018-02-01"), TODAY)

    told = headline(YEARS, result, reason)

    assert "more than" in headline(YEARS, result)
    assert "more than" not in told
    assert told.endswith("The data covers only 31 Dec 2016 of 2016, so the two are not compared.")
