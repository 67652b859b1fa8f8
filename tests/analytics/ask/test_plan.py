"""Plans cross the border as JSON, and hostile ones do not come in."""

import msgspec
import pytest
from tests.analytics.ask.company import TODAY, ZONE, catalog_for
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
    TimeScope,
)


def refused(plan: QueryPlan) -> str:
    with pytest.raises(PlanRefused) as caught:
        render(plan, catalog_for("duckdb"), "duckdb", ZONE, TODAY)
    return caught.value.detail


def test_every_part_survives_json() -> None:
    energy = figure(
        "sum", "reading.kwh", "energy", unit="MWh", filters=(one_of("reading.quality", "measured"),)
    )
    plan = QueryPlan(
        measures=(
            energy,
            Share(of=energy, name="share"),
            Ratio(numerator=energy, denominator=figure("sum", "site.floor_area_m2", "area"), name="r"),
        ),
        dimensions=(by("reading.start_at", "day"), by("site.name")),
        filters=(
            AnyOf(
                filters=(AllOf(filters=(one_of("site.city", "Berlin"),)), compare("reading.kwh", "gt", 1.5))
            ),
            Between(column=column("reading.kwh"), low=0, high=10),
            Contains(column=column("site.name"), text="Hall", negated=True),
            IsNull(column=column("reading.kwh"), negated=True),
            Exists(table="contract", filters=(one_of("tariff.is_green", True),)),
        ),
        time=TimeScope(
            column=column("reading.start_at"), span=Last(unit="week"), anchor="newest", weekdays=(1, 2)
        ),
        comparison=Earlier(by="year"),
        having=(Having(measure="energy", operator="gt", value=10),),
        order=(Order(by="energy", descending=True),),
        limit=5,
        assumed=("hours",),
    )

    assert msgspec.json.decode(msgspec.json.encode(plan), type=QueryPlan) == plan


MEASURE = (
    '{"measures": [{"type": "aggregate", "function": "sum", '
    '"column": {"table": "a", "column": "b"}, "name": "x"}]}'
)


COLUMN = {"table": "a", "column": "b"}
SUM = {"type": "aggregate", "function": "sum", "column": COLUMN, "name": "x"}


@pytest.mark.parametrize(
    "plan",
    [
        {"measure": []},
        {"measures": [{**SUM, "function": "exec"}]},
        {"measures": [{**SUM, "column": {"table": "", "column": "b"}}]},
        {"measures": [{**SUM, "sql": "1"}]},
        {"measures": [SUM] * 9},
        {"filters": [{"type": "sql", "text": "1=1"}]},
        {"filters": [{"type": "in", "column": COLUMN, "values": []}]},
        {"filters": [{"type": "in", "column": COLUMN, "values": [1] * 201}]},
        {"filters": [{"type": "in", "column": COLUMN, "values": ["x" * 501]}]},
        {"filters": [{"type": "any_of", "filters": [{"type": "any_of", "filters": []}]}]},
        {"limit": 0},
        {"limit": 1_000_000},
        {"time": {"column": COLUMN, "weekdays": [9]}},
        {"time": {"column": COLUMN, "span": {"type": "last", "unit": "day", "count": 99_999}}},
        {"order": [{"by": 'a"; DROP TABLE x'}]},
    ],
)
def test_plans_out_of_bounds_are_not_read(plan: object) -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.json.decode(msgspec.json.encode(plan), type=QueryPlan)


def test_prices_are_not_summed() -> None:
    assert "ask for the mean" in refused(QueryPlan(measures=(figure("sum", "day_ahead.price_eur_mwh"),)))


def test_power_is_not_summed_over_time() -> None:
    plan = QueryPlan(
        measures=(figure("sum", "site_load.load_mw"),), dimensions=(by("site_load.start_at", "day"),)
    )

    assert "energy in kWh" in refused(plan)


@pytest.mark.parametrize(
    ("plan", "words"),
    [
        (QueryPlan(), "Nothing is asked"),
        (QueryPlan(measures=(figure("sum", "nowhere.kwh"),)), "no table named “nowhere”"),
        (QueryPlan(measures=(figure("sum", "reading.watts"),)), "no column named “watts”"),
        (QueryPlan(measures=(figure("sum", "site.name"),)), "holds no numbers"),
        (QueryPlan(measures=(figure("sum", "reading.*"),)), "only be counted"),
        (QueryPlan(measures=(figure("mean", "reading.kwh", unit="°C"),)), "cannot be shown in °C"),
        (QueryPlan(measures=(figure("quantile", "reading.kwh"),)), "level"),
        (
            QueryPlan(measures=(figure("mean", "reading.kwh", "a"), figure("max", "reading.kwh", "A"))),
            "same name",
        ),
        (QueryPlan(measures=(figure("sum", "reading.kwh"),), columns=(listed("site.name"),)), "not both"),
        (QueryPlan(measures=(Share(of=figure("sum", "reading.kwh"), name="s"),)), "split by"),
        (QueryPlan(measures=(figure("sum", "reading.kwh"),), comparison=Earlier()), "period to compare"),
        (
            QueryPlan(measures=(figure("count", "site.*"),), dimensions=(by("site.name", "day"),)),
            "holds no times",
        ),
        (
            QueryPlan(
                measures=(figure("count", "contract.*"),), dimensions=(by("contract.start_on", "hour"),)
            ),
            "hours",
        ),
        (
            QueryPlan(columns=(listed("site.name"),), filters=(one_of("site.floor_area_m2", "big"),)),
            "not a number",
        ),
        (QueryPlan(columns=(listed("site.name"),), filters=(one_of("meter.is_active", 1),)), "not a boolean"),
        (
            QueryPlan(
                columns=(listed("contract.end_on"),), filters=(compare("contract.end_on", "gt", "soon"),)
            ),
            "date",
        ),
        (QueryPlan(columns=(listed("site.name"),), order=(Order(by="size"),)), "not part of the answer"),
        (
            QueryPlan(
                measures=(figure("sum", "reading.kwh"),),
                time=TimeScope(column=column("reading.start_at"), span=days("2021-02-01", "2021-01-01")),
            ),
            "ends before",
        ),
        (
            QueryPlan(
                measures=(figure("sum", "site.floor_area_m2"),), time=when("day_ahead.start_at", "2021-01-01")
            ),
            "no key connects",
        ),
        (
            QueryPlan(measures=(figure("mean", "day_ahead.price_eur_mwh"),), dimensions=(by("site.name"),)),
            "No key connects",
        ),
        (
            QueryPlan(
                measures=(figure("sum", "site.floor_area_m2"),),
                time=when("reading.start_at", "2021-10-31", "2021-11-01"),
                comparison=Earlier(),
            ),
            "no time of its own",
        ),
    ],
)
def test_plans_without_a_right_answer_are_refused_with_a_reason(plan: QueryPlan, words: str) -> None:
    assert words.casefold() in refused(plan).casefold()


def test_an_unknown_dialect_is_refused() -> None:
    plan = QueryPlan(
        columns=(listed("site.name"),), filters=(compare("contract.end_on", "gt", "2020-01-01"),)
    )

    with pytest.raises(PlanRefused, match="oracle"):
        render(plan, catalog_for("duckdb"), "oracle", ZONE, TODAY)


def test_only_a_mean_is_weighted_and_by_numbers_of_its_own_table() -> None:
    area = "site.floor_area_m2"
    total = figure("sum", area, weight=column("site.site_id"))
    strange = figure("mean", area, weight=column("reading.kwh"))
    worded = figure("mean", area, weight=column("site.name"))

    assert "Only a mean" in refused(QueryPlan(measures=(total,)))
    assert "another table" in refused(QueryPlan(measures=(strange,)))
    assert "no numbers" in refused(QueryPlan(measures=(worded,)))


def test_readings_that_no_key_ties_in_time_do_not_narrow_one_another() -> None:
    load, energy = figure("mean", "site_load.load_mw", "load"), figure("sum", "reading.kwh", "energy")
    reason = refused(QueryPlan(measures=(load,), filters=(compare("reading.kwh", "gt", 3),)))

    assert reason == (
        "“kwh” and “load_mw” are read apart, and no key says which of their readings belong to the same "
        "time. Ask for them apart."
    )
    # Its own readings, and things that met a condition at some time, are not in doubt.
    for each in (
        QueryPlan(measures=(energy,), filters=(compare("reading.kwh", "gt", 3),)),
        QueryPlan(
            measures=(load,), filters=(Exists(table="reading", filters=(compare("reading.kwh", "gt", 3),)),)
        ),
    ):
        assert render(each, catalog_for("duckdb"), "duckdb", ZONE, TODAY)
