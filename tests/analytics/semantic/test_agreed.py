"""Agreed figures are asked for by their names, with their formula and default filters."""

import pytest
from tests.analytics.ask.company import TODAY, ZONE, description_for
from tests.analytics.ask.plans import by, compare, figure

from gridlens.analytics.ask import PlanRefused, QueryPlan, render, understand
from gridlens.analytics.ask.plan import Having, Order, Ratio, Share
from gridlens.analytics.semantic.agreed import settled, stand_in
from gridlens.analytics.semantic.model import Metric, Segment, SemanticModel
from gridlens.analytics.semantic.rewording import reworded

FACTOR = Metric(name="site load factor", formula="mean(site_load.load_mw) / max(site_load.load_mw)", unit="%")
USE = Metric(
    name="gas use", formula="sum(reading.kwh)", filters=("meter.medium = 'gas'",), synonyms=("Gasbezug",)
)
BIG = Segment(name="big sites", filters=("site.floor_area_m2 > 400",))
MODEL = SemanticModel(metrics=(FACTOR, USE), segments=(BIG,))
SOURCE = description_for("duckdb", anchors_to_newest=True)


def plan_of(question: str) -> QueryPlan:
    said = reworded(question, MODEL)
    found = understand(said.question, SOURCE, TODAY, ZONE)
    assert found.plan is not None, found.reason
    return settled(found.plan, said.agreed)


def test_words_stand_in_for_a_formula_and_for_a_condition() -> None:
    assert stand_in(FACTOR) == "average load mw"
    assert stand_in(Metric(name="n", formula="count(reading.*)")) == "number of reading"
    assert stand_in(BIG) == "site"


def test_a_ratio_is_asked_for_by_its_name_for_each_group() -> None:
    plan = plan_of("site load factor by site")
    (measure,) = plan.measures
    assert isinstance(measure, Ratio)
    assert (measure.name, measure.unit) == ("site load factor", "%")
    assert [dimension.column.table for dimension in plan.dimensions] == ["site"]
    render(plan, SOURCE.catalog, "duckdb", ZONE, TODAY)


def test_default_filters_come_with_the_figure_under_any_of_its_names() -> None:
    plan = plan_of("Gasbezug by month")
    assert plan.filters == (compare("meter.medium", "eq", "gas"),)
    assert plan.measures == (USE.measure,)


def test_a_segment_narrows_whatever_is_asked() -> None:
    plan = plan_of("number of big sites by city")
    assert compare("site.floor_area_m2", "gt", 400) in plan.filters


def test_order_and_limits_follow_the_figure_and_shares_are_of_it() -> None:
    stood = QueryPlan(
        measures=(figure("sum", "reading.kwh", "total"),),
        dimensions=(by("site.name"),),
        order=(Order(by="total", descending=True), Order(by="name")),
        having=(Having(measure="total", operator="gt", value=1),),
    )
    plan = settled(stood, (USE, USE))
    assert [order.by for order in plan.order] == ["gas use", "name"]
    assert plan.having[0].measure == "gas use"

    shares = QueryPlan(
        measures=(Share(of=figure("sum", "reading.kwh"), name="s"),), dimensions=(by("site.name"),)
    )
    assert settled(shares, (USE,)).measures == (Share(of=USE.measure, name="gas use"),)  # type: ignore[arg-type]
    with pytest.raises(PlanRefused, match="shares of ratios"):
        settled(shares, (FACTOR,))


def test_what_has_no_place_in_the_plan_is_refused_rather_than_left_out() -> None:
    with pytest.raises(PlanRefused, match="one agreed figure at a time"):
        settled(QueryPlan(measures=(figure("sum", "reading.kwh"),)), (USE, FACTOR))
    plan = QueryPlan(measures=(figure("sum", "reading.kwh"),))
    assert settled(plan, ()) == plan
