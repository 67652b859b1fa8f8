"""What a plan knows of its answer's columns, and text that was meant as time."""

from datetime import UTC, date, datetime

import polars as pl
from tests.analytics.ask.company import catalog_for, description_for
from tests.analytics.ask.plans import by, column, figure, listed

from gridlens.analytics.ask import QueryPlan, columns, compared_with, typed
from gridlens.analytics.ask.plan import Earlier, Last, Ratio, TimeScope
from gridlens.shared.results import ColumnRole, Kind


def test_columns_know_kind_role_and_unit() -> None:
    plan = QueryPlan(
        measures=(
            figure("sum", "reading.kwh", "energy", unit="MWh"),
            figure("count", "reading.*", "readings"),
            Ratio(
                numerator=figure("count", "reading.*", "a"),
                denominator=figure("count", "reading.*", "b"),
                name="share",
                unit="%",
            ),
        ),
        dimensions=(
            by("reading.start_at", "day"),
            by("reading.start_at", "hour_of_day", "hour"),
            by("site.name"),
        ),
        time=TimeScope(column=column("reading.start_at"), span=Last(unit="week")),
        comparison=Earlier(),
    )

    found = [(each.name, each.kind, each.role, each.unit) for each in columns(plan, catalog_for("duckdb"))]

    assert found == [
        ("day", Kind.DATE, ColumnRole.TIME, None),
        ("hour", Kind.INTEGER, ColumnRole.DIMENSION, None),
        ("name", Kind.TEXT, ColumnRole.DIMENSION, None),
        ("energy", Kind.NUMBER, ColumnRole.MEASURE, "MWh"),
        ("energy_before", Kind.NUMBER, ColumnRole.MEASURE, "MWh"),
        ("readings", Kind.INTEGER, ColumnRole.MEASURE, None),
        ("readings_before", Kind.INTEGER, ColumnRole.MEASURE, None),
        ("share", Kind.NUMBER, ColumnRole.MEASURE, "%"),
        ("share_before", Kind.NUMBER, ColumnRole.MEASURE, "%"),
    ]


def test_a_comparison_is_named_by_the_days_it_goes_back_to() -> None:
    plan = QueryPlan(
        measures=(figure("sum", "reading.kwh", "energy"),),
        dimensions=(by("reading.start_at", "weekday"), by("reading.start_at", "month_of_year", "month")),
        time=TimeScope(column=column("reading.start_at"), span=Last(unit="week")),
        comparison=Earlier(by="week"),
    )
    source = description_for("duckdb")

    # A Wednesday; last week are 19 to 25 January.
    then = compared_with(plan, source, date(2026, 1, 28))
    weekday, month, _, before = columns(plan, source.catalog, then)

    assert before.label == "energy, the week before, 12 – 18 Jan 2026"
    assert (weekday.calendar, month.calendar) == ("weekday", "month")


def test_listed_columns_keep_what_the_catalog_says() -> None:
    plan = QueryPlan(columns=(listed("site.name", "site"), listed("site_load.load_mw", "load", "kW")))

    name, load = columns(plan, catalog_for("duckdb"))

    assert (name.name, name.kind) == ("site", Kind.TEXT)
    assert (load.unit, load.role) == ("kW", ColumnRole.MEASURE)


def test_text_becomes_the_times_it_was_meant_as() -> None:
    plan = QueryPlan(
        measures=(figure("count", "reading.*", "readings"),),
        dimensions=(by("reading.start_at", "hour"), by("reading.start_at", "day")),
    )
    frame = pl.DataFrame(
        {"hour": ["2021-10-31 00:00:00+00:00", None], "day": ["2021-10-31", "2021-11-01"], "readings": [4, 4]}
    )

    found = typed(frame, columns(plan, catalog_for("mysql")))

    assert found.rows() == [
        (datetime(2021, 10, 31, tzinfo=UTC), date(2021, 10, 31), 4),
        (None, date(2021, 11, 1), 4),
    ]


def test_local_text_stays_local() -> None:
    plan = QueryPlan(measures=(figure("count", "visit.*", "n"),), dimensions=(by("visit.came_at", "hour"),))
    frame = pl.DataFrame({"hour": ["2021-10-31 02:00:00"], "n": [1]})

    assert typed(frame, columns(plan, catalog_for("mysql")))["hour"].dtype == pl.Datetime("us", None)
