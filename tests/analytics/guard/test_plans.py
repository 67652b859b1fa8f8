"""What plans are rendered to passes the guard, which then knows the columns and writes the same query."""

import pytest
from tests.analytics.ask.company import TODAY, ZONE, catalog_for
from tests.analytics.ask.plans import by, compare, figure, one_of, when

from gridlens.analytics.ask import QueryPlan, render
from gridlens.analytics.ask.plan import Earlier, Order, Share
from gridlens.analytics.guard import KnownTables, guard
from gridlens.analytics.guard.allow_lists import DIALECTS

ENERGY = figure("sum", "reading.kwh", "energy")


def plans() -> dict[str, QueryPlan]:
    times = {
        grain: QueryPlan(measures=(ENERGY,), dimensions=(by("reading.start_at", grain),))  # type: ignore[arg-type]
        for grain in ("minute15", "hour", "day", "week", "month", "quarter", "year", "hour_of_day", "weekday")
    }
    return times | {
        "joined": QueryPlan(
            measures=(ENERGY,),
            dimensions=(by("site.name"),),
            order=(Order(by="energy", descending=True),),
            limit=5,
        ),
        "compared": QueryPlan(
            measures=(ENERGY,),
            dimensions=(by("site.name"),),
            time=when("reading.start_at", "2025-03-30", "2025-03-31"),
            comparison=Earlier(),
        ),
        "shares": QueryPlan(measures=(Share(of=ENERGY, name="share"),), dimensions=(by("site.name"),)),
        "filtered": QueryPlan(
            measures=(ENERGY, figure("quantile", "reading.kwh", "high", level=0.95)),
            filters=(one_of("site.city", "Köln", "it's; --"), compare("reading.kwh", "gt", 0.5)),
        ),
    }


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("name", list(plans()))
def test_a_rendered_plan_passes_the_guard(dialect: str, name: str) -> None:
    catalog = catalog_for(dialect)
    sql = render(plans()[name], catalog, dialect, ZONE, TODAY).sql(dialect, pretty=True)

    guarded = guard(sql, KnownTables.of(catalog, dialect), most_rows=1_001, zone=ZONE)

    assert guarded.tables
    assert guarded.outputs is not None
