"""Plans inside plans, and figures that order without being shown: the same rows on all four engines."""

import pytest
from tests.analytics.ask.company import TODAY, ZONE, catalog_for
from tests.analytics.ask.conftest import Answer
from tests.analytics.ask.plans import by, column, compare, figure, listed, one_of

from gridlens.analytics.ask import PlanRefused, QueryPlan, render
from gridlens.analytics.ask.plan import (
    Combined,
    CompareAnswer,
    CompareColumns,
    Contains,
    Having,
    InAnswer,
    Order,
)


def test_what_is_above_the_average_of_all(answer: Answer) -> None:
    average = QueryPlan(measures=(figure("mean", "site.floor_area_m2"),))
    plan = QueryPlan(
        columns=(listed("site.name"),),
        filters=(CompareAnswer(column=column("site.floor_area_m2"), operator="gt", plan=average),),
    )

    # (1,000 + 500 + 250) / 3 is 583.
    assert answer(plan) == [("Harbour Hall",)]


def test_what_another_table_does_not_name(answer: Answer) -> None:
    supplied = QueryPlan(columns=(listed("contract.site_id"),))
    plan = QueryPlan(
        columns=(listed("site.name"),),
        filters=(InAnswer(column=column("site.site_id"), plan=supplied, negated=True),),
    )

    assert answer(plan) == [("Weir House",)]


def test_the_first_of_a_ranking_shown_over_time(answer: Answer) -> None:
    load = figure("sum", "site_load.load_mw", "energy", unit="MWh", is_shown=False)
    highest = QueryPlan(
        measures=(load,),
        dimensions=(by("site.name"),),
        order=(Order(by="energy", descending=True),),
        limit=1,
    )
    plan = QueryPlan(
        measures=(figure("max", "site_load.load_mw", "highest"),),
        dimensions=(by("site_load.start_at", "month"), by("site.name", name="site")),
        filters=(InAnswer(column=column("site.name"), plan=highest),),
        order=(Order(by="month"),),
    )

    # Site 2 draws 2 MW at all times, which is more in sum than the evenings of site 1.
    rows = answer(plan)
    assert {(site, value) for _, site, value in rows} == {("Mill Park", 2.0)}
    assert len(rows) > 1


@pytest.mark.parametrize(
    ("operator", "expected"),
    [
        ("intersect", [("Harbour Hall",)]),
        ("except", [("Weir House",)]),
        ("union", [("Harbour Hall",), ("Mill Park",), ("Weir House",)]),
    ],
)
def test_two_answers_put_together(answer: Answer, operator: str, expected: list[tuple[str]]) -> None:
    in_berlin_or_large = QueryPlan(
        columns=(listed("site.name"),), filters=(compare("site.floor_area_m2", "ge", 500.0),)
    )
    plan = QueryPlan(
        columns=(listed("site.name"),),
        filters=(one_of("site.segment", "office"),),
        combined=Combined(operator=operator, plan=in_berlin_or_large),  # type: ignore[arg-type]
        order=(Order(by="name"),),
    )

    assert answer(plan) == expected


def test_groups_are_ranked_and_kept_by_a_figure_that_is_not_shown(answer: Answer) -> None:
    meters = figure("count", "meter.*", "meters", is_shown=False)
    plan = QueryPlan(
        measures=(meters,),
        dimensions=(by("site.name"),),
        having=(Having(measure="meters", operator="ge", value=1),),
        order=(Order(by="meters", descending=True),),
        limit=1,
    )

    assert answer(plan) == [("Harbour Hall",)]


def test_things_of_one_name_stay_apart_by_a_key_that_is_not_shown(answer: Answer) -> None:
    key = by("meter.meter_id")
    plan = QueryPlan(
        measures=(figure("count", "meter.*", "meters"),),
        dimensions=(by("meter.medium"), key.__class__(column=key.column, name="key", is_shown=False)),
    )

    assert sorted(answer(plan)) == [("electricity", 1), ("electricity", 1), ("electricity", 1), ("gas", 1)]


def test_each_value_once(answer: Answer) -> None:
    plan = QueryPlan(columns=(listed("site.city"),), is_distinct=True, order=(Order(by=column("site.city")),))

    assert answer(plan) == [("Berlin",), ("Hamburg",)]


def test_how_text_begins_and_ends(answer: Answer) -> None:
    begins = Contains(column=column("site.name"), text="h", at="start")
    ends = Contains(column=column("site.name"), text="park", at="end")

    assert answer(QueryPlan(columns=(listed("site.name"),), filters=(begins,))) == [("Harbour Hall",)]
    assert answer(QueryPlan(columns=(listed("site.name"),), filters=(ends,))) == [("Mill Park",)]


def test_two_columns_of_a_row_compared(answer: Answer) -> None:
    same = CompareColumns(
        column=column("contract.tariff_id"), operator="eq", other=column("contract.site_id")
    )

    assert answer(QueryPlan(columns=(listed("contract.contract_id"),), filters=(same,))) == [(1,)]


def test_a_question_inside_another_answers_one_column() -> None:
    two = QueryPlan(columns=(listed("contract.site_id"), listed("contract.tariff_id")))
    plan = QueryPlan(
        columns=(listed("site.name"),), filters=(InAnswer(column=column("site.site_id"), plan=two),)
    )

    with pytest.raises(PlanRefused, match="one column"):
        render(plan, catalog_for("duckdb"), "duckdb", ZONE, TODAY)
