"""The same plan gives the same rows on DuckDB, SQLite, PostgreSQL and MariaDB."""

from datetime import date, time

import pytest
from tests.analytics.ask.company import TABLES, TODAY, ZONE, catalog_for
from tests.analytics.ask.conftest import Answer
from tests.analytics.ask.plans import by, column, compare, days, figure, listed, one_of, when

from gridlens.analytics.ask import PlanRefused, QueryPlan, render
from gridlens.analytics.ask.plan import (
    AllOf,
    AnyOf,
    Between,
    Contains,
    Earlier,
    Exists,
    Having,
    IsNull,
    Last,
    Order,
    Ratio,
    Share,
    This,
    TimeOfDay,
    TimeScope,
    ToDate,
    Versus,
)

IMPORT = one_of("meter.direction", "import")
COUNT = figure("count", "reading.*", "readings")


def test_days_around_the_spring_change_have_92_quarter_hours(answer: Answer) -> None:
    plan = QueryPlan(
        measures=(COUNT,),
        dimensions=(by("reading.start_at", "day"),),
        filters=(one_of("reading.meter_id", 101),),
        time=when("reading.start_at", "2021-03-27", "2021-03-30"),
    )

    assert answer(plan) == [("2021-03-27", 96), ("2021-03-28", 92), ("2021-03-29", 96)]


def test_days_around_the_autumn_change_have_100_quarter_hours(answer: Answer) -> None:
    plan = QueryPlan(
        measures=(COUNT, figure("sum", "reading.kwh", "energy", unit="MWh")),
        dimensions=(by("reading.start_at", "day"),),
        filters=(one_of("reading.meter_id", 301),),
        time=when("reading.start_at", "2021-10-30", "2021-11-02"),
    )

    # Meter 301 uses 4 kWh in each quarter-hour: 100 of them are 400 kWh.
    assert answer(plan) == [
        ("2021-10-30", 96, 0.384),
        ("2021-10-31", 100, 0.4),
        ("2021-11-01", 96, 0.384),
    ]


def test_the_repeated_hour_is_two_hours_of_their_own(answer: Answer) -> None:
    plan = QueryPlan(
        measures=(COUNT,),
        dimensions=(by("reading.start_at", "hour"),),
        filters=(one_of("reading.meter_id", 101),),
        time=when("reading.start_at", "2021-10-31", "2021-11-01"),
    )

    rows = answer(plan)

    assert len(rows) == 25
    assert rows[0] == ("2021-10-30 22:00:00+00:00", 4)
    assert rows[2:4] == [("2021-10-31 00:00:00+00:00", 4), ("2021-10-31 01:00:00+00:00", 4)]


def test_hours_of_the_day_follow_the_local_clock(answer: Answer) -> None:
    plan = QueryPlan(
        measures=(COUNT,),
        dimensions=(by("reading.start_at", "hour_of_day"),),
        filters=(one_of("reading.meter_id", 101),),
        time=when("reading.start_at"),
    )

    hours = dict(answer(plan))

    # Six days: on 28 March hour 2 is skipped, on 31 October it is there twice.
    assert hours[1] == 6 * 4
    assert hours[2] == 6 * 4
    assert hours[3] == 6 * 4
    assert sum(hours.values()) == 576
    in_october = QueryPlan(
        measures=plan.measures,
        dimensions=plan.dimensions,
        time=when("reading.start_at", "2021-10-31", "2021-11-01"),
    )
    assert dict(answer(in_october))[2] == 4 * 4 * 2


@pytest.mark.parametrize(
    ("grain", "expected"),
    [
        ("week", [("2021-03-22", 188), ("2021-03-29", 96), ("2021-10-25", 196), ("2021-11-01", 96)]),
        ("month", [("2021-03-01", 284), ("2021-10-01", 196), ("2021-11-01", 96)]),
        ("quarter", [("2021-01-01", 284), ("2021-10-01", 292)]),
        ("year", [("2021-01-01", 576)]),
        ("weekday", [(1, 192), (6, 192), (7, 192)]),
        ("month_of_year", [(3, 284), (10, 196), (11, 96)]),
    ],
)
def test_longer_periods_are_local_too(answer: Answer, grain: object, expected: object) -> None:
    plan = QueryPlan(
        measures=(COUNT,),
        dimensions=(by("reading.start_at", grain),),  # type: ignore[arg-type]
        filters=(one_of("reading.meter_id", 101),),
    )

    assert answer(plan) == expected


def test_hours_of_a_zone_between_full_hours_begin_there(answer: Answer) -> None:
    plan = QueryPlan(
        measures=(COUNT,),
        dimensions=(by("reading.start_at", "hour"),),
        filters=(one_of("reading.meter_id", 101),),
        time=when("reading.start_at", "2021-10-31", "2021-11-01"),
    )

    rows = answer(plan, zone="Asia/Kolkata")

    # Half past six in the evening before, UTC, is midnight in Kolkata.
    assert len(rows) == 24
    assert rows[0] == ("2021-10-30 18:30:00+00:00", 4)


def test_quarter_hours_keep_every_interval(answer: Answer) -> None:
    plan = QueryPlan(
        measures=(figure("sum", "site_load.load_mw", "load"),),
        dimensions=(by("site_load.start_at", "minute15"),),
        time=when("site_load.start_at", "2021-10-31", "2021-11-01"),
    )

    rows = answer(plan)

    assert len(rows) == 100
    assert rows[0] == ("2021-10-30 22:00:00+00:00", 3.0)
    assert rows[1] == ("2021-10-30 22:15:00+00:00", 3.0)


def test_local_times_without_a_zone_are_read_as_they_stand(answer: Answer) -> None:
    plan = QueryPlan(
        measures=(figure("count", "visit.*", "visits"),),
        dimensions=(by("visit.came_at", "hour"),),
        time=when("visit.came_at", "2021-10-31", "2021-11-01"),
    )

    assert answer(plan) == [("2021-10-31 02:00:00", 1), ("2021-10-31 23:00:00", 1)]


def test_energy_is_power_times_the_step_of_its_table(answer: Answer) -> None:
    energy = figure("sum", "site_load.load_mw", "energy", unit="MWh")
    mean = figure("mean", "site_load.load_mw", "mean", unit="kW")
    plan = QueryPlan(
        measures=(energy, mean, figure("max", "site_load.load_mw", "peak")),
        dimensions=(by("site.name", name="site"),),
        time=when("site_load.start_at", "2021-10-31", "2021-11-01"),
    )

    # Site 1: 21 h at 1 MW and 4 h at 3 MW; site 2: 25 h at 2 MW.
    assert answer(plan) == [("Harbour Hall", 33.0, 1320.0, 3.0), ("Mill Park", 50.0, 2000.0, 2.0)]


def test_power_of_an_energy_column_is_energy_over_the_step(answer: Answer) -> None:
    plan = QueryPlan(measures=(figure("max", "reading.kwh", "peak", unit="kW"),))

    # 4 kWh in a quarter of an hour.
    assert answer(plan) == [(16.0,)]


def test_a_time_of_day_and_weekdays_are_local(answer: Answer) -> None:
    plan = QueryPlan(
        measures=(figure("sum", "site_load.load_mw", "energy", unit="MWh"),),
        filters=(one_of("site.name", "Harbour Hall"),),
        time=when(
            "site_load.start_at",
            "2021-10-30",
            "2021-11-02",
            time_of_day=TimeOfDay(start=time(17), end=time(21)),
            weekdays=(6, 7),
        ),
    )

    # Saturday and Sunday, four hours at 3 MW each.
    assert answer(plan) == [(24.0,)]


def test_a_night_runs_past_midnight(answer: Answer) -> None:
    plan = QueryPlan(
        measures=(COUNT,),
        filters=(one_of("reading.meter_id", 101),),
        time=when(
            "reading.start_at", "2021-10-30", "2021-10-31", time_of_day=TimeOfDay(start=time(22), end=time(6))
        ),
    )

    assert answer(plan) == [(8 * 4,)]


def test_an_end_at_midnight_is_the_end_of_the_day(answer: Answer) -> None:
    plan = QueryPlan(
        measures=(COUNT,),
        filters=(one_of("reading.meter_id", 101),),
        time=when(
            "reading.start_at", "2021-10-30", "2021-10-31", time_of_day=TimeOfDay(start=time(18), end=time(0))
        ),
    )

    assert answer(plan) == [(6 * 4,)]


def test_a_period_is_compared_with_the_one_before(answer: Answer) -> None:
    plan = QueryPlan(
        measures=(figure("sum", "reading.kwh", "energy"),),
        dimensions=(by("site.name", name="site"),),
        filters=(IMPORT,),
        time=when("reading.start_at", "2021-10-31", "2021-11-01"),
        comparison=Earlier(),
        order=(Order(by="energy", descending=True),),
    )

    # 100 quarter-hours against 96. Meter 201 misses its 404th and 504th reading of the six days:
    # the days before the change hold 284, so 404 (2 kWh) lies on 31 October; 300 lies on the 30th.
    assert answer(plan) == [
        ("Weir House", 400.0, 384.0),
        ("Mill Park", 198.0, 190.0),
        ("Harbour Hall", 100.0, 96.0),
    ]


def test_days_meet_their_counterparts_in_the_earlier_period(answer: Answer) -> None:
    plan = QueryPlan(
        measures=(COUNT,),
        dimensions=(by("reading.start_at", "day"),),
        filters=(one_of("reading.meter_id", 101),),
        time=when("reading.start_at", "2021-10-30", "2021-11-02"),
        comparison=Versus(start=date(2021, 3, 27), end=date(2021, 3, 30)),
    )

    assert answer(plan) == [("2021-10-30", 96, 96), ("2021-10-31", 100, 92), ("2021-11-01", 96, 96)]


def test_months_meet_their_counterparts(answer: Answer) -> None:
    plan = QueryPlan(
        measures=(COUNT,),
        dimensions=(by("reading.start_at", "month"),),
        filters=(one_of("reading.meter_id", 101),),
        time=TimeScope(column=column("reading.start_at"), span=Last(unit="month")),
        comparison=Earlier(by="month"),
    )

    assert answer(plan, today=date(2021, 12, 2)) == [("2021-11-01", 96, 196)]


def test_a_row_that_lies_in_both_periods_counts_in_both(answer: Answer) -> None:
    """Each day with the day before, over three days: 31 October is itself, and what 1 November had before."""
    plan = QueryPlan(
        measures=(COUNT,),
        dimensions=(by("reading.start_at", "day"),),
        filters=(one_of("reading.meter_id", 101),),
        time=when("reading.start_at", "2021-10-30", "2021-11-02"),
        comparison=Earlier(by="day"),
    )

    assert answer(plan) == [("2021-10-30", 96, 0), ("2021-10-31", 100, 96), ("2021-11-01", 96, 100)]


def test_hours_meet_their_counterparts(answer: Answer) -> None:
    plan = QueryPlan(
        measures=(figure("sum", "reading.kwh", "energy"),),
        dimensions=(by("reading.start_at", "hour"),),
        filters=(one_of("reading.meter_id", 101),),
        time=when("reading.start_at", "2021-11-01", "2021-11-02"),
        comparison=Earlier(by="day"),
    )

    rows = answer(plan)

    # The first hour meets the first; the day before has 25, so its last one meets none.
    assert rows[0] == ("2021-10-31 23:00:00+00:00", 4.0, 4.0)
    assert rows[24] == ("2021-11-01 23:00:00+00:00", None, 4.0)
    assert len(rows) == 25


@pytest.mark.parametrize(
    ("span", "expected"),
    [
        (Last(unit="day"), 96),
        (Last(unit="day", count=2), 196),
        (Last(unit="month"), 196),
        (This(unit="month"), 96),
        (ToDate(unit="year"), 576),
        (Last(unit="week"), 196),
        (days(None, "2021-03-28"), 96),
        (days("2021-11-01", None), 96),
    ],
)
def test_relative_periods_count_from_today(answer: Answer, span: object, expected: int) -> None:
    plan = QueryPlan(
        measures=(COUNT,),
        filters=(one_of("reading.meter_id", 101),),
        time=TimeScope(column=column("reading.start_at"), span=span),  # type: ignore[arg-type]
    )

    # 2 November 2021 is a Tuesday.
    assert answer(plan, today=date(2021, 11, 2)) == [(expected,)]


def test_archives_count_from_their_newest_data(answer: Answer) -> None:
    plan = QueryPlan(
        measures=(COUNT,),
        filters=(one_of("reading.meter_id", 101),),
        time=TimeScope(column=column("reading.start_at"), span=Last(unit="day"), anchor="newest"),
    )

    # The newest reading lies on 1 November, so the day before it is the long one.
    assert answer(plan, today=date(2031, 1, 1)) == [(100,)]


def test_joins_do_not_count_a_row_twice(answer: Answer) -> None:
    plan = QueryPlan(
        measures=(figure("sum", "site.floor_area_m2", "area"), figure("count", "site.*", "sites")),
        filters=(one_of("contract.tariff_id", 1, 2, 3),),
    )

    # Harbour Hall has two contracts, but only one floor.
    assert answer(plan) == [(1500.0, 2)]


def test_conditions_on_related_rows_hold_for_one_and_the_same_row(answer: Answer) -> None:
    plan = QueryPlan(
        columns=(listed("site.name"),),
        filters=(one_of("meter.medium", "electricity"), one_of("meter.direction", "export")),
    )
    never = QueryPlan(
        columns=(listed("site.name"),),
        filters=(one_of("meter.medium", "gas"), one_of("meter.direction", "export")),
    )

    assert answer(plan) == [("Harbour Hall",)]
    assert answer(never) == []


def test_not_having_a_related_row_is_asked_with_exists(answer: Answer) -> None:
    without = QueryPlan(columns=(listed("site.name"),), filters=(Exists(table="contract", negated=True),))
    both = QueryPlan(
        columns=(listed("site.name"),),
        filters=(
            Exists(table="contract", filters=(one_of("tariff.name", "Basic"),)),
            Exists(table="contract", filters=(one_of("tariff.name", "Green"),)),
        ),
    )
    not_supplied = QueryPlan(
        columns=(listed("site.name"),),
        filters=(one_of("tariff.supplier", "Nordlicht", negated=True),),
        order=(Order(by="name"),),
    )

    assert answer(without) == [("Weir House",)]
    assert answer(both) == [("Harbour Hall",)]
    assert answer(not_supplied) == [("Mill Park",), ("Weir House",)]


def test_sites_are_counted_once_in_each_group_they_belong_to(answer: Answer) -> None:
    plan = QueryPlan(measures=(figure("count", "site.*", "sites"),), dimensions=(by("tariff.supplier"),))

    # Harbour Hall has two contracts with Nordlicht.
    assert answer(plan) == [("Nordlicht", 1), ("Talwind", 1)]


def test_a_sum_that_would_count_rows_twice_is_refused() -> None:
    plan = QueryPlan(
        measures=(figure("sum", "site.floor_area_m2", "area"),), dimensions=(by("tariff.supplier"),)
    )

    with pytest.raises(PlanRefused, match="more than once"):
        render(plan, catalog_for("duckdb"), "duckdb", ZONE, TODAY)


def test_a_ratio_of_two_tables_sums_each_before_joining(answer: Answer) -> None:
    plan = QueryPlan(
        measures=(
            Ratio(
                numerator=figure("sum", "reading.kwh", "energy"),
                denominator=figure("sum", "site.floor_area_m2", "area"),
                name="energy_per_m2",
                unit="kWh/m²",
            ),
        ),
        dimensions=(by("site.name", name="site"),),
        filters=(IMPORT,),
        time=when("reading.start_at", "2021-10-31", "2021-11-01"),
        order=(Order(by="energy_per_m2", descending=True),),
    )

    assert answer(plan) == [("Weir House", 1.6), ("Mill Park", 0.396), ("Harbour Hall", 0.1)]


def test_a_ratio_by_day_keeps_the_bottom_whole(answer: Answer) -> None:
    plan = QueryPlan(
        measures=(
            Ratio(
                numerator=figure("sum", "reading.kwh", "energy"),
                denominator=figure("sum", "site.floor_area_m2", "area"),
                name="intensity",
            ),
        ),
        dimensions=(by("reading.start_at", "day"), by("site.name", name="site")),
        filters=(one_of("site.name", "Weir House"),),
        time=when("reading.start_at", "2021-10-31", "2021-11-02"),
    )

    assert answer(plan) == [("2021-10-31", "Weir House", 1.6), ("2021-11-01", "Weir House", 1.536)]


def test_figures_of_two_tables_meet_by_day(answer: Answer) -> None:
    plan = QueryPlan(
        measures=(
            figure("sum", "site_load.load_mw", "energy", unit="MWh"),
            figure("mean", "day_ahead.price_eur_mwh", "price"),
        ),
        dimensions=(by("site_load.start_at", "day"),),
        time=when("site_load.start_at", "2021-10-31", "2021-11-02"),
    )

    # 31 October: hours 0 to 23 add up to 276, hour 2 counts −5 twice instead of 2 once: 264 over 25 hours.
    assert answer(plan) == [("2021-10-31", 83.0, 10.56), ("2021-11-01", 80.0, 11.5)]


def test_shares_are_of_the_total_over_all_groups(answer: Answer) -> None:
    plan = QueryPlan(
        measures=(Share(of=figure("sum", "reading.kwh", "energy"), name="share"),),
        dimensions=(by("meter.medium"),),
        filters=(one_of("reading.meter_id", 101, 301),),
        having=(Having(measure="share", operator="gt", value=50),),
    )

    # 1 kWh against 4 kWh in each quarter-hour.
    assert answer(plan) == [("gas", 80.0)]


def test_a_part_of_the_whole_is_a_ratio_with_a_condition(answer: Answer) -> None:
    is_missing = one_of("reading.quality", "missing")
    plan = QueryPlan(
        measures=(
            Ratio(
                numerator=figure("count", "reading.*", "missing", filters=(is_missing,)),
                denominator=figure("count", "reading.*", "all"),
                name="share",
                unit="%",
            ),
        ),
        filters=(one_of("reading.meter_id", 201),),
    )

    # 5 of 576 readings.
    assert answer(plan) == [(0.868056,)]


def test_medians_and_quantiles_are_the_same_everywhere(answer: Answer) -> None:
    plan = QueryPlan(
        measures=(
            figure("median", "day_ahead.price_eur_mwh", "middle"),
            figure("quantile", "day_ahead.price_eur_mwh", "high", level=0.9),
            figure("count", "day_ahead.*", "hours"),
        ),
        dimensions=(by("day_ahead.start_at", "day"),),
        time=when("day_ahead.start_at", "2021-10-31", "2021-11-02"),
    )

    # 1 November: 0 to 23, so 11.5 and 0.9 × 23 = 20.7. 31 October: −5 −5 0 1 3 4 … 23, 25 values,
    # the 13th is 11 and 0.9 × 24 = 21.6 places on lies 20.6 + 1 = 20.6 between the 22nd (20) and 23rd (21).
    assert answer(plan) == [("2021-10-31", 11.0, 20.6, 25), ("2021-11-01", 11.5, 20.7, 24)]


def test_a_median_is_compared_too(answer: Answer) -> None:
    plan = QueryPlan(
        measures=(figure("median", "day_ahead.price_eur_mwh", "middle"),),
        time=when("day_ahead.start_at", "2021-11-01", "2021-11-02"),
        comparison=Earlier(),
    )

    assert answer(plan) == [(11.5, 11.0)]


def test_missing_values_are_neither_summed_nor_ranked(answer: Answer) -> None:
    plan = QueryPlan(
        measures=(
            COUNT,
            figure("count", "reading.kwh", "present"),
            figure("median", "reading.kwh", "middle"),
            figure("mean", "reading.kwh", "mean"),
        ),
        filters=(one_of("reading.meter_id", 201),),
    )
    empty = QueryPlan(measures=(COUNT,), filters=(IsNull(column=column("reading.kwh")),))

    assert answer(plan) == [(576, 571, 2.0, 2.0)]
    assert answer(empty) == [(5,)]


def test_filters_are_grouped(answer: Answer) -> None:
    plan = QueryPlan(
        columns=(listed("site.name"),),
        filters=(
            AnyOf(
                filters=(
                    one_of("site.segment", "retail"),
                    AllOf(filters=(one_of("site.city", "Berlin"), compare("site.floor_area_m2", "lt", 300))),
                )
            ),
        ),
        order=(Order(by="name"),),
    )
    between = QueryPlan(
        columns=(listed("site.name"),),
        filters=(Between(column=column("site.floor_area_m2"), low=250, high=500),),
        order=(Order(by=column("site.floor_area_m2"), descending=True),),
    )

    assert answer(plan) == [("Mill Park",), ("Weir House",)]
    assert answer(between) == [("Mill Park",), ("Weir House",)]


@pytest.mark.parametrize("text", ["hall", "HALL", "r h"])
def test_text_is_found_whatever_its_case(answer: Answer, text: str) -> None:
    plan = QueryPlan(
        columns=(listed("site.name"),),
        filters=(Contains(column=column("site.name"), text=text),),
        order=(Order(by="name"),),
    )

    assert answer(plan)[0] == ("Harbour Hall",)


@pytest.mark.parametrize("text", ["%", "_", "!", "\\", "'", "\\' OR 1=1 -- ", "' OR ''='"])
def test_no_text_escapes_from_its_quotes(answer: Answer, text: str) -> None:
    contains = QueryPlan(
        columns=(listed("site.name"),), filters=(Contains(column=column("site.name"), text=text),)
    )
    equals = QueryPlan(columns=(listed("site.name"),), filters=(one_of("site.name", text),))

    assert answer(contains) == []
    assert answer(equals) == []


def test_the_largest_come_first_and_ties_fall_the_same_way(answer: Answer) -> None:
    plan = QueryPlan(
        measures=(figure("sum", "reading.kwh", "energy"),),
        dimensions=(by("meter.meter_id", name="meter"),),
        order=(Order(by="energy", descending=True),),
        limit=2,
    )

    assert answer(plan) == [(301, 2304.0), (201, 1142.0)]


def test_groups_are_kept_by_their_figures(answer: Answer) -> None:
    plan = QueryPlan(
        measures=(figure("count", "site.*", "sites"),),
        dimensions=(by("site.city"),),
        having=(Having(measure="sites", operator="ge", value=2),),
    )

    assert answer(plan) == [("Berlin", 2)]


def test_rows_are_listed_with_values_of_their_parents(answer: Answer) -> None:
    plan = QueryPlan(
        columns=(listed("meter.meter_id"), listed("site.name", "site"), listed("meter.is_active")),
        filters=(one_of("meter.is_active", True),),
        order=(Order(by="meter_id", descending=True),),
        limit=2,
    )

    assert answer(plan) == [(201, "Mill Park", 1), (102, "Harbour Hall", 1)]


def test_the_moment_of_a_peak_is_a_listed_row(answer: Answer) -> None:
    plan = QueryPlan(
        columns=(listed("day_ahead.start_at"), listed("day_ahead.price_eur_mwh", "price", "ct/kWh")),
        order=(Order(by="price", descending=True),),
        limit=1,
    )

    rows = answer(plan)

    # 23 h local on 27 March is 22 h UTC; 23 €/MWh are 2.3 ct/kWh.
    assert rows[0][0][:19] == "2021-03-27 22:00:00"
    assert rows[0][1] == 2.3


def test_days_without_hours_are_filtered_and_grouped(answer: Answer) -> None:
    plan = QueryPlan(
        measures=(figure("count", "contract.*", "contracts"),),
        dimensions=(by("contract.start_on", "year"),),
        time=when("contract.start_on", "2020-01-01", "2021-06-01"),
    )
    ended = QueryPlan(
        columns=(listed("contract.contract_id"), listed("contract.end_on")),
        filters=(compare("contract.end_on", "le", "2021-01-01"),),
    )

    assert answer(plan) == [("2020-01-01", 1), ("2021-01-01", 2)]
    assert answer(ended) == [(1, "2021-01-01")]


def test_entities_are_asked_about_by_the_time_of_their_readings(answer: Answer) -> None:
    plan = QueryPlan(
        measures=(figure("count", "meter.*", "meters"),),
        time=when("reading.start_at", "2021-10-31", "2021-11-01"),
        filters=(compare("reading.kwh", "ge", 2),),
    )

    assert answer(plan) == [(2,)]


def test_different_days_are_counted_by_the_local_calendar(answer: Answer) -> None:
    plan = QueryPlan(
        measures=(
            Ratio(
                numerator=figure("sum", "reading.kwh", "energy"),
                denominator=figure("count_distinct", "reading.start_at", "days", grain="day"),
                name="energy_per_day",
                unit="kWh/day",
            ),
        ),
        filters=(one_of("reading.meter_id", 101),),
        time=when("reading.start_at", "2021-10-30", "2021-11-02"),
    )

    # 96, 100 and 96 quarter-hours of 1 kWh on three days.
    assert answer(plan) == [(pytest.approx(292 / 3),)]


def test_weekends_stand_beside_the_other_days(answer: Answer) -> None:
    plan = QueryPlan(
        measures=(COUNT,),
        dimensions=(by("reading.start_at", "day_kind"),),
        filters=(one_of("reading.meter_id", 101),),
        time=when("reading.start_at", "2021-10-30", "2021-11-02"),
    )

    # Saturday, Sunday with 25 hours, and Monday.
    assert answer(plan) == [("Weekday", 96), ("Weekend", 196)]


def test_a_weighted_mean_counts_each_value_as_often_as_its_weight(answer: Answer) -> None:
    """The area of the sites, weighted by their numbers; a site without an area has no weight either."""
    mean = figure("mean", "site.floor_area_m2", "mean", weight=column("site.site_id"))
    rows = [(number, area) for number, _, _, _, area in TABLES["site"][1] if area is not None]

    expected = sum(number * area for number, area in rows) / sum(number for number, _ in rows)
    assert answer(QueryPlan(measures=(mean,))) == [(pytest.approx(expected),)]
