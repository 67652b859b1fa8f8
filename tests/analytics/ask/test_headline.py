"""An answer is told in one sentence: figure, unit, comparison, largest group."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import polars as pl
import pytest
from tests.analytics.ask.company import ZONE, catalog_for
from tests.analytics.ask.plans import by, column, figure, listed, one_of, when

from gridlens.analytics.ask import QueryPlan, columns, headline
from gridlens.analytics.ask.headline import number_text
from gridlens.analytics.ask.plan import Earlier, Having, Last, Order, Share, TimeScope
from gridlens.shared.results import ResultSet

ENERGY = figure("sum", "reading.kwh", "energy")
BY_SITE = (by("site.name", name="site"),)
LAST_WEEK = TimeScope(column=column("reading.start_at"), span=Last(unit="week"))


def told(
    plan: QueryPlan, rows: list[dict[str, Any]], *, is_cut: bool = False, total_rows: int | None = None
) -> str:
    known = columns(plan, catalog_for("duckdb"))
    frame = pl.DataFrame(rows, schema=[column.name for column in known], infer_schema_length=None)
    result = ResultSet(
        columns=known,
        frame=frame,
        is_cut=is_cut,
        total_rows=total_rows,
        row_limit=10_000,
        sql="SELECT 1",
        source_id=UUID(int=1),
        source_name="metering",
        zone=ZONE,
        read_at=datetime.now(UTC),
        engine_ms=1,
    )
    return headline(plan, result).replace("\u202f", " ")


def test_a_figure_has_its_unit_and_three_digits() -> None:
    plan = QueryPlan(measures=(ENERGY,), time=LAST_WEEK)

    assert told(plan, [{"energy": 21_412.7}]) == "Total energy was 21.4 MWh last week."


def test_a_comparison_says_how_much_less() -> None:
    plan = QueryPlan(measures=(ENERGY,), time=LAST_WEEK, comparison=Earlier(by="week"))

    assert told(plan, [{"energy": 940.0, "energy_before": 1000.0}]) == (
        "Total energy was 940 kWh last week, 6 % less than the week before."
    )
    assert told(plan, [{"energy": 5.0, "energy_before": 0.0}]).endswith(", after none in the week before.")
    assert told(plan, [{"energy": 5.0, "energy_before": None}]) == "Total energy was 5 kWh last week."
    assert told(plan, [{"energy": 1000.0, "energy_before": 1001.0}]).endswith(
        ", as much as in the week before."
    )


def test_the_largest_group_has_its_share() -> None:
    plan = QueryPlan(measures=(ENERGY,), dimensions=BY_SITE, time=LAST_WEEK, comparison=Earlier(by="week"))
    rows = [
        {"site": "Harbour Hall", "energy": 270.0, "energy_before": 400.0},
        {"site": "Mill Park", "energy": 730.0, "energy_before": 600.0},
    ]

    assert told(plan, rows) == (
        "Total energy was 1 MWh last week, as much as in the week before. Mill Park made up 73 %."
    )


def test_means_are_not_added_up() -> None:
    plan = QueryPlan(
        measures=(figure("mean", "day_ahead.price_eur_mwh", "average_price"),), dimensions=BY_SITE
    )
    rows = [{"site": "A", "average_price": 40.0}, {"site": "B", "average_price": -2.5}]

    assert told(plan, rows) == "The average price was highest for A, 40 €/MWh, and lowest for B, −2.5 €/MWh."
    rows[1]["average_price"] = 40.0
    assert told(plan, rows) == "The average price is the same throughout, 40 €/MWh."


def test_days_and_hours_are_said_by_the_local_clock() -> None:
    daily = QueryPlan(measures=(ENERGY,), dimensions=(by("reading.start_at", "day"),))
    hourly = QueryPlan(
        measures=(figure("max", "site_load.load_mw", "highest_load"),),
        dimensions=(by("site_load.start_at", "hour"),),
    )

    assert told(
        daily, [{"day": date(2021, 10, 30), "energy": 1.0}, {"day": date(2021, 10, 31), "energy": 3.0}]
    ) == ("Total energy is 4 kWh. It was highest on 31 Oct 2021, 3 kWh.")
    rows = [
        {"hour": datetime(2021, 10, 31, 16, tzinfo=UTC), "highest_load": 3.0},
        {"hour": datetime(2021, 10, 31, 17, tzinfo=UTC), "highest_load": 2.0},
    ]
    assert told(hourly, rows) == "The highest load is 3 MW, at 31 Oct 2021, 17:00."


def test_a_ranking_names_its_first_two() -> None:
    plan = QueryPlan(
        measures=(ENERGY,), dimensions=BY_SITE, order=(Order(by="energy", descending=True),), limit=3
    )
    rows = [{"site": "A", "energy": 3000.0}, {"site": "B", "energy": 2000.0}, {"site": "C", "energy": 1.0}]

    assert told(plan, rows) == "A comes first with 3 MWh, then B with 2 MWh."


def test_the_only_group_is_named() -> None:
    plan = QueryPlan(
        measures=(ENERGY,), dimensions=BY_SITE, order=(Order(by="energy", descending=True),), limit=1
    )

    assert told(plan, [{"site": "Harbour Hall", "energy": 12.0}]) == "Harbour Hall: total energy is 12 kWh."


def test_counts_are_whole_and_have_a_name() -> None:
    plan = QueryPlan(measures=(figure("count", "site.*", "site_count"),))

    assert told(plan, [{"site_count": 5376}]) == "There are 5 376 sites."
    assert told(plan, [{"site_count": 1}]) == "There is 1 site."
    assert told(plan, [{"site_count": 0}]) == "There are no sites."

    plan = QueryPlan(measures=(figure("count", "site.*", "number_of_substations"),))
    assert told(plan, [{"number_of_substations": 14}]) == "There are 14 substations."
    assert told(plan, [{"number_of_substations": 1}]) == "There is 1 substation."


def test_shares_are_percentages() -> None:
    plan = QueryPlan(measures=(Share(of=ENERGY, name="share"),), dimensions=(by("meter.medium"),))
    rows = [{"medium": "gas", "share": 57.28}, {"medium": "electricity", "share": 42.72}]

    assert told(plan, rows) == (
        "The share of energy was highest for gas, 57.3 %, and lowest for electricity, 42.7 %."
    )


def test_rows_are_counted_or_named() -> None:
    plan = QueryPlan(columns=(listed("site.name"),), filters=(one_of("site.city", "Berlin"),))

    assert told(plan, [{"name": "Mill Park"}, {"name": "Weir House"}]) == "Mill Park and Weir House."
    assert told(plan, [{"name": f"Site {n}"} for n in range(12)]) == "There are 12 sites."
    assert (
        told(plan, [{"name": f"Site {n}"} for n in range(12)], is_cut=True) == "There are more than 12 sites."
    )
    assert (
        told(plan, [{"name": f"Site {n}"} for n in range(12)], is_cut=True, total_rows=1_204_332)
        == "There are 1 204 332 sites."
    )


def test_what_is_said_of_the_first_groups_says_that_there_are_more() -> None:
    plan = QueryPlan(measures=(ENERGY,), dimensions=BY_SITE)
    rows = [{"site": "Mill Park", "energy": 3_000.0}, {"site": "Weir House", "energy": 1_000.0}]

    assert told(plan, rows, is_cut=True, total_rows=2_500) == (
        "Total energy was highest for Mill Park, 3 MWh, and lowest for Weir House, 1 MWh. "
        "Showing 2 of 2 500 rows."
    )
    assert told(plan, rows, is_cut=True).endswith(" These are the first 2 rows of more, not counted in time.")


def test_the_moment_of_a_peak_is_one_row() -> None:
    plan = QueryPlan(
        columns=(listed("site_load.start_at"), listed("site_load.load_mw", "load")),
        order=(Order(by="load", descending=True),),
        limit=1,
    )

    assert told(plan, [{"start_at": datetime(2021, 3, 27, 16, tzinfo=UTC), "load": 3.0}]) == (
        "27 Mar 2021, 17:00, 3 MW."
    )


@pytest.mark.parametrize("rows", [[], [{"energy": None}]])
def test_no_data_is_said_plainly(rows: list[dict[str, Any]]) -> None:
    plan = QueryPlan(measures=(ENERGY,), time=when("reading.start_at", "2031-01-01", "2031-02-01"))

    assert told(plan, rows) == "There is no data for this question."


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (21_412.7, "kWh", "21.4 MWh"),
        (-0.0421, "MW", "−42.1 kW"),
        (0, "kWh", "0 kWh"),
        (1234.5, "°C", "1 230 °C"),
        (12_345.6, "€", "12.3 k€"),
        (-12.5, "€", "−€12.5"),
        (87.654, "€/MWh", "87.7 €/MWh"),
        (0.00012, None, "1.20e−04"),
    ],
)
def test_numbers_are_short(value: float, unit: str | None, text: str) -> None:
    assert number_text(value, unit).replace("\u202f", " ") == text


def test_a_unit_never_begins_a_line_of_its_own() -> None:
    assert number_text(0.936, "%") == "0.936\u202f%"  # narrow, and not to be broken


def test_groups_that_a_condition_left_have_no_total_and_no_share() -> None:
    plan = QueryPlan(
        measures=(ENERGY,),
        dimensions=BY_SITE,
        time=LAST_WEEK,
        having=(Having(measure="energy", operator="gt", value=100),),
        order=(Order(by="energy", descending=True),),
    )

    assert told(plan, [{"site": "Mill Park", "energy": 300.0}, {"site": "Weir House", "energy": 150.0}]) == (
        "There are 2 sites. Total energy last week was highest for Mill Park, 300 kWh, "
        "and lowest for Weir House, 150 kWh."
    )


def test_months_that_are_compared_with_one_another_tell_of_the_newest() -> None:
    plan = QueryPlan(
        measures=(ENERGY,),
        dimensions=(by("reading.start_at", "month"),),
        time=when("reading.start_at", "2021-01-01", "2021-04-01"),
        comparison=Earlier(by="month"),
    )
    rows = [
        {"month": date(2021, 2, 1), "energy": 100.0, "energy_before": 80.0},
        {"month": date(2021, 3, 1), "energy": 90.0, "energy_before": 100.0},
    ]

    assert told(plan, rows) == "Mar 2021: total energy was 90 kWh, 10 % less than the month before."


def test_the_first_of_each_group_are_told_by_the_first_of_all() -> None:
    plan = QueryPlan(
        measures=(ENERGY,),
        dimensions=(by("reading.start_at", "day"), *BY_SITE),
        order=(Order(by="energy", descending=True),),
        limit=1,
        limit_per="site",
    )
    rows = [
        {"day": date(2021, 3, 1), "site": "Harbour Hall", "energy": 61.0},
        {"day": date(2021, 5, 2), "site": "Mill Park", "energy": 96.0},
    ]

    assert told(plan, rows) == "Total energy was highest on 2 May 2021, Mill Park, 96 kWh."
