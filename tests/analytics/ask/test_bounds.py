"""A number that a question compares a quantity with is not moved to another quantity."""

import pytest
from tests.analytics.ask.company import TODAY, ZONE, description_for
from tests.analytics.ask.plans import by, column, figure

from gridlens.analytics.ask import PlanRefused, QueryPlan, render, understand
from gridlens.analytics.ask.bounds import moves_a_bound
from gridlens.analytics.ask.plan import Compare, Having
from gridlens.analytics.ask.understanding.lexicon import lexicon_of

SOURCE = description_for()
LEXICON = lexicon_of(SOURCE.catalog)
ENERGY = figure("sum", "reading.kwh", "energy")
PRICE = figure("mean", "day_ahead.price_eur_mwh", "price")


def below_zero(of: str) -> Compare:
    return Compare(column=column(of), operator="lt", value=0)


@pytest.mark.parametrize(
    ("question", "plan", "is_moved"),
    [
        (
            "energy at temperature below 0",
            QueryPlan(measures=(ENERGY,), filters=(below_zero("reading.kwh"),)),
            True,
        ),
        ("energy below 0", QueryPlan(measures=(ENERGY,), filters=(below_zero("reading.kwh"),)), False),
        (
            "price is below 0",
            QueryPlan(measures=(PRICE,), filters=(below_zero("day_ahead.price_eur_mwh"),)),
            False,
        ),
        (
            "sites where the price is above 5",
            QueryPlan(
                measures=(ENERGY,),
                dimensions=(by("site.name"),),
                having=(Having(measure="energy", operator="gt", value=5),),
            ),
            True,
        ),
        # Which quantity the number is one of, nothing says.
        (
            "energy of sites above 5",
            QueryPlan(measures=(ENERGY,), filters=(below_zero("reading.kwh"),)),
            False,
        ),
        ("energy at temperature below 0", QueryPlan(measures=(ENERGY,)), False),
    ],
)
def test_a_number_belongs_to_the_quantity_before_it(question: str, plan: QueryPlan, is_moved: bool) -> None:
    assert moves_a_bound(question, plan, LEXICON) is is_moved


def test_no_reading_with_a_moved_number_is_offered() -> None:
    found = understand("energy at temperature below 0", SOURCE, TODAY, ZONE)

    assert found.plan is None
    assert found.readings == ()


def test_a_refusal_speaks_of_figures_and_not_of_their_names_inside() -> None:
    plan = QueryPlan(
        measures=(ENERGY,),
        dimensions=(by("site.name"),),
        having=(Having(measure="average_load", operator="gt", value=5),),
    )

    with pytest.raises(PlanRefused, match="about the average load, which is not shown here"):
        render(plan, SOURCE.catalog, "duckdb", ZONE, TODAY)
