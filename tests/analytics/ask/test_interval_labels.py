"""Where times stand: at the start or at the end of what was measured."""

from collections.abc import Callable
from typing import Any

import msgspec
from tests.analytics.ask.company import TODAY, ZONE, catalog_for
from tests.analytics.ask.plans import figure, when

from gridlens.analytics.ask import QueryPlan, render

Run = Callable[[str], list[tuple[Any, ...]]]
CATALOG = catalog_for("duckdb")


def test_times_said_to_be_ends_belong_to_the_interval_before(on_duckdb: Run) -> None:
    # The readings begin at the local midnight of 30 October: as an end, that label belongs to the 29th.
    plan = QueryPlan(
        measures=(figure("count", "reading.*", "rows"),),
        time=when("reading.start_at", "2021-10-29", "2021-10-30"),
    )
    tables = tuple(msgspec.structs.replace(table, interval_labels="end") for table in CATALOG.tables)
    as_ends = msgspec.structs.replace(CATALOG, tables=tables)

    starts = render(plan, CATALOG, "duckdb", ZONE, TODAY).sql("duckdb")
    ends = render(plan, as_ends, "duckdb", ZONE, TODAY).sql("duckdb")

    assert on_duckdb(starts) == [(0,)]
    assert on_duckdb(ends) == [(4,)]
