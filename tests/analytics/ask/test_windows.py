"""Differences, running figures and the first of each group are the same on all four engines."""

import pytest
from tests.analytics.ask.company import TODAY, ZONE, catalog_for
from tests.analytics.ask.conftest import Answer
from tests.analytics.ask.plans import by, column, figure, one_of, when

from gridlens.analytics.ask import PlanRefused, QueryPlan, render
from gridlens.analytics.ask.plan import Difference, Earlier, Having, Last, Order, Ratio, Running, TimeScope

METER = one_of("reading.meter_id", 101)
ENERGY = figure("sum", "reading.kwh", "energy")
LOAD = {"unit": "MW", "at_once": True}


def running(last: int | None = None) -> Running:
    return Running(of=ENERGY, name="so_far", last=last)


def test_a_running_total_adds_up_what_came_before(answer: Answer) -> None:
    plan = QueryPlan(
        measures=(running(), ENERGY), dimensions=(by("reading.start_at", "day"),), filters=(METER,)
    )

    assert answer(plan) == [
        ("2021-03-27", 96, 96),
        ("2021-03-28", 188, 92),
        ("2021-03-29", 284, 96),
        ("2021-10-30", 380, 96),
        ("2021-10-31", 480, 100),
        ("2021-11-01", 576, 96),
    ]


def test_each_group_runs_by_itself(answer: Answer) -> None:
    plan = QueryPlan(
        measures=(running(),),
        dimensions=(by("reading.start_at", "month"), by("meter.direction")),
        filters=(one_of("reading.meter_id", 101, 102),),
    )

    assert answer(plan) == [
        ("2021-03-01", "export", 142),
        ("2021-03-01", "import", 284),
        ("2021-10-01", "export", 240),
        ("2021-10-01", "import", 480),
        ("2021-11-01", "export", 288),
        ("2021-11-01", "import", 576),
    ]


@pytest.mark.parametrize(
    ("grain", "last", "expected"),
    [
        ("day", 3, [None, None, 94.666667, 96, 98, 97.333333]),
        ("week", 2, [None, 142, 196, 146]),
        ("month", 2, [None, 196, 146]),
        ("quarter", 3, [None, 292]),
        ("quarter", 4, [None, 288]),
    ],
)
def test_a_moving_mean_counts_the_groups_that_are_missing(
    answer: Answer, grain: object, last: int, expected: list[float]
) -> None:
    dimension = by("reading.start_at", grain)  # type: ignore[arg-type]
    plan = QueryPlan(measures=(running(last),), dimensions=(dimension,), filters=(METER,))

    # 30 October follows 29 March: a mean over three days does not reach back to it. The first days
    # have no three days behind them.
    assert [value for _, value in answer(plan)] == expected


def test_a_running_total_is_compared_with_that_of_the_earlier_period(answer: Answer) -> None:
    plan = QueryPlan(
        measures=(running(),),
        dimensions=(by("reading.start_at", "day"),),
        filters=(METER,),
        time=TimeScope(column=column("reading.start_at"), span=Last(unit="day", count=2)),
        comparison=Earlier(by="day"),
    )

    assert answer(plan) == [("2021-10-31", 100, 96), ("2021-11-01", 196, 196)]


def test_a_difference_counts_what_has_no_rows_as_nothing(answer: Answer) -> None:
    drawn, given = (
        figure("sum", "reading.kwh", flow, filters=(one_of("meter.direction", flow),))
        for flow in ("import", "export")
    )
    plan = QueryPlan(
        measures=(Difference(minuend=drawn, subtrahend=given, name="net"),),
        dimensions=(by("site.name", name="site"),),
    )

    assert answer(plan) == [("Harbour Hall", 288), ("Mill Park", 1142), ("Weir House", 2304)]


def test_a_difference_may_be_that_of_two_figures_of_one_column(answer: Answer) -> None:
    highest, lowest = (figure(name, "day_ahead.price_eur_mwh", name) for name in ("max", "min"))
    plan = QueryPlan(measures=(Difference(minuend=highest, subtrahend=lowest, name="spread"),))

    assert answer(plan) == [(28,)]


def test_a_ratio_may_be_one_to_several_added_up(answer: Answer) -> None:
    drawn, given = (
        figure("sum", "reading.kwh", flow, filters=(one_of("meter.direction", flow),))
        for flow in ("import", "export")
    )
    part = Ratio(numerator=drawn, denominator=drawn, further=(given,), name="part", unit="%")
    plan = QueryPlan(measures=(part,), dimensions=(by("site.name", name="site"),))

    assert answer(plan) == [("Harbour Hall", 66.666667), ("Mill Park", 100), ("Weir House", 100)]


def test_the_first_of_each_group_are_ranked_within_it(answer: Answer) -> None:
    plan = QueryPlan(
        measures=(figure("sum", "site.floor_area_m2", "area"),),
        dimensions=(by("site.name", name="site"), by("site.city")),
        order=(Order(by="area", descending=True),),
        limit=1,
        limit_per="city",
    )

    assert answer(plan) == [("Mill Park", "Berlin", 500), ("Harbour Hall", "Hamburg", 1000)]


def test_the_first_of_each_group_may_be_told_without_what_ranks_them(answer: Answer) -> None:
    plan = QueryPlan(
        measures=(figure("max", "day_ahead.price_eur_mwh", "price", is_shown=False),),
        dimensions=(by("day_ahead.start_at", "day"), by("day_ahead.start_at", "hour_of_day")),
        time=when("day_ahead.start_at", "2021-10-30", "2021-11-01"),
        order=(Order(by="price", descending=True),),
        limit=1,
        limit_per="day",
    )

    assert answer(plan) == [("2021-10-30", 23), ("2021-10-31", 23)]


def test_the_peak_at_once_is_that_of_the_sum(answer: Answer) -> None:
    mean, peak = (figure(name, "site_load.load_mw", name, **LOAD) for name in ("mean", "max"))
    plan = QueryPlan(
        measures=(peak, Ratio(numerator=mean, denominator=peak, name="load_factor")),
        time=when("site_load.start_at", "2021-10-30", "2021-10-31"),
    )

    # Site 1 draws 3 MW for four hours and 1 MW else, site 2 always 2 MW.
    assert answer(plan) == [(5, 0.666667)]


def test_the_peak_at_once_of_each_group_is_its_own(answer: Answer) -> None:
    peak = figure("max", "reading.kwh", "peak", unit="kW", at_once=True)
    plan = QueryPlan(
        measures=(peak,), dimensions=(by("site.city"),), filters=(one_of("meter.direction", "import"),)
    )

    assert answer(plan) == [("Berlin", 24), ("Hamburg", 4)]


@pytest.mark.parametrize(
    ("plan", "reason"),
    [
        (QueryPlan(measures=(running(),), dimensions=(by("meter.medium"),)), "split by time"),
        (QueryPlan(measures=(running(),), dimensions=(by("reading.start_at", "weekday"),)), "split by time"),
        (QueryPlan(measures=(running(7),), dimensions=(by("reading.start_at", "hour"),)), "days or longer"),
        (
            QueryPlan(
                measures=(Running(of=figure("mean", "reading.kwh", "x"), name="so_far"),),
                dimensions=(by("reading.start_at", "day"),),
            ),
            "does not add up",
        ),
        (
            QueryPlan(
                measures=(running(),),
                dimensions=(by("reading.start_at", "day"),),
                having=(Having(measure="so_far", operator="gt", value=1),),
            ),
            "kept by their own figures",
        ),
        (
            QueryPlan(
                measures=(
                    Difference(
                        minuend=ENERGY, subtrahend=figure("mean", "day_ahead.price_eur_mwh"), name="net"
                    ),
                )
            ),
            "cannot be taken from",
        ),
        (
            QueryPlan(
                measures=(ENERGY,),
                dimensions=(by("meter.medium"),),
                order=(Order(by="energy"),),
                limit=1,
                limit_per="medium",
            ),
            "nothing to rank",
        ),
        (
            QueryPlan(measures=(figure("max", "day_ahead.price_eur_mwh", at_once=True),)),
            "does not add up at one moment",
        ),
    ],
)
def test_what_would_mean_nothing_is_refused(plan: QueryPlan, reason: str) -> None:
    with pytest.raises(PlanRefused, match=reason):
        render(plan, catalog_for("duckdb"), "duckdb", ZONE, TODAY)


def test_groups_that_only_one_of_two_tables_has_are_groups_of_the_answer(answer: Answer) -> None:
    plan = QueryPlan(
        measures=(figure("count", "contract.*", "contracts"), ENERGY),
        dimensions=(by("site.name", name="site"),),
    )

    assert answer(plan) == [("Harbour Hall", 2, 864), ("Mill Park", 1, 1142), ("Weir House", 0, 2304)]
