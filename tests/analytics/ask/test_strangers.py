"""A question about a thing that is not there says so, and what is nearest, instead of an empty answer."""

import msgspec
import polars as pl
import pytest
from tests.analytics.ask.company import TODAY, ZONE, catalog_for, description_for
from tests.analytics.ask.conftest import Run
from tests.analytics.ask.plans import figure, one_of

from gridlens.analytics.ask import QueryPlan, render, understand
from gridlens.analytics.ask.strangers import nobody_has, without_strangers
from gridlens.analytics.ask.trials import Tries, trying
from gridlens.analytics.ask.understanding.outcome import Understanding
from gridlens.shared.catalog import CatalogColumn, ColumnProfile, TopValue
from gridlens.shared.results import Kind

SOURCE = description_for()


@pytest.fixture
def tries(on_duckdb: Run) -> Tries:
    def rows(plan: QueryPlan) -> pl.DataFrame:
        sql = render(plan, catalog_for("duckdb"), "duckdb", ZONE, TODAY).sql("duckdb")
        return pl.DataFrame(on_duckdb(sql), orient="row")

    return trying(rows)


def test_a_number_that_nothing_has_is_no_answer(tries: Tries) -> None:
    found = understand("energy of meter 999", SOURCE, TODAY, ZONE, tries=tries)

    assert found.plan is None
    assert found.readings == ()
    assert found.reason is not None
    assert found.reason.startswith("There is no meter id")
    assert "999" in found.reason
    assert [each.text for each in found.tokens if each.state == "unknown"] == ["999"]


def test_a_number_that_something_has_is_asked_for(tries: Tries) -> None:
    found = understand("energy of meter 101", SOURCE, TODAY, ZONE, tries=tries)

    assert found.plan is not None
    assert without_strangers(found, SOURCE, tries) == found


def test_a_source_that_does_not_answer_in_time_is_believed_to_have_it() -> None:
    found = understand("energy of meter 999", SOURCE, TODAY, ZONE, tries=lambda plan: None)

    assert found.plan is not None


def test_only_a_few_values_are_asked_for_whatever_the_plan_holds() -> None:
    asked: list[QueryPlan] = []

    def tries(plan: QueryPlan) -> None:
        asked.append(plan)

    many = one_of("site.site_id", *range(1_000, 1_200))
    plan = QueryPlan(measures=(figure("count", "site.*", "sites"),), filters=(many,))
    found = Understanding(plan=plan, confidence=0.9, tokens=())

    assert without_strangers(found, SOURCE, tries) == found
    assert len(asked) == 5


def test_what_is_nearest_is_told() -> None:
    profile = ColumnProfile(
        null_share=0,
        distinct_count=3,
        top_values=tuple(TopValue(value=each, count=1) for each in ("Mill Park", "Mill Road", "Weir House")),
    )
    site = CatalogColumn(name="site_name", native_type="VARCHAR", kind=Kind.TEXT, profile=profile)
    number = msgspec.structs.replace(
        site, profile=ColumnProfile(null_share=0, distinct_count=9, minimum=1, maximum=17)
    )

    assert nobody_has("site", site, ("Mil Park",)) == (
        "There is no site name “Mil Park”. Near it: “Mill Park” and “Mill Road”."
    )
    assert nobody_has("site", site, ("Zeche",)) == "There is no site name “Zeche”."
    assert nobody_has("site", number, (99,)) == "There is no site name 99: the known ones run from 1 to 17."
    named = msgspec.structs.replace(number, name="id")
    assert nobody_has("site", named, (99,)) == "There is no site id 99: the known ones run from 1 to 17."
