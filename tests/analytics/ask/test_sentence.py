"""A plan reads as a sentence, and every choice its slots offer makes a plan that can be asked."""

from datetime import date, time

import pytest
from msgspec.structs import replace
from tests.analytics.ask.company import TODAY, ZONE, catalog_for, description_for
from tests.analytics.ask.plans import by, column, compare, days, figure, listed, one_of

from gridlens.analytics.ask import (
    Patch,
    PlanRefused,
    QueryPlan,
    Slot,
    Words,
    apply,
    describe,
    render,
    understand,
)
from gridlens.analytics.ask.plan import (
    AnyOf,
    Days,
    Difference,
    Earlier,
    Exists,
    Having,
    IsNull,
    Last,
    OneOf,
    Order,
    Ratio,
    Running,
    Share,
    TimeOfDay,
    TimeScope,
)

SOURCE = description_for()

ENERGY = QueryPlan(
    measures=(figure("sum", "reading.kwh", "energy", unit="MWh"),),
    dimensions=(by("site.name", name="site"),),
    filters=(one_of("meter.direction", "import"),),
    time=TimeScope(
        column=column("reading.start_at"),
        span=Last(unit="week"),
        time_of_day=TimeOfDay(start=time(17), end=time(21)),
        weekdays=(1, 2, 3, 4, 5),
    ),
    comparison=Earlier(by="week"),
    order=(Order(by="energy", descending=True),),
    limit=5,
    assumed=("hours", "weekdays"),
)
PLANS = (
    ENERGY,
    QueryPlan(
        measures=(
            figure("mean", "site_load.load_mw", "load"),
            figure("mean", "day_ahead.price_eur_mwh", "price"),
        ),
        dimensions=(by("site_load.start_at", "day"),),
        time=TimeScope(
            column=column("site_load.start_at"), span=days("2021-10-01", "2021-11-01"), months=(10,)
        ),
    ),
    QueryPlan(
        measures=(Share(of=figure("sum", "reading.kwh", "energy"), name="share"),),
        dimensions=(by("meter.medium"),),
        having=(Having(measure="share", operator="gt", value=10),),
        order=(Order(by="share", descending=True),),
    ),
    QueryPlan(
        measures=(figure("count", "meter.*", "meter_count"),),
        dimensions=(by("site.city"),),
        filters=(one_of("meter.is_active", True), IsNull(column=column("site.name"), negated=True)),
    ),
    QueryPlan(
        measures=(
            Ratio(
                numerator=figure("sum", "reading.kwh", "energy"),
                denominator=figure("sum", "site.floor_area_m2", "area"),
                name="intensity",
                unit="kWh/m²",
            ),
        ),
        dimensions=(by("site.name", name="site"),),
    ),
    QueryPlan(
        columns=(listed("site.name"), listed("site.city")),
        filters=(
            Exists(table="contract", negated=True),
            AnyOf(filters=(one_of("site.city", "Berlin"), compare("site.floor_area_m2", "gt", 300))),
            compare("site.floor_area_m2", "lt", 900),
        ),
        order=(Order(by=column("site.floor_area_m2"), descending=True),),
        limit=3,
    ),
    QueryPlan(
        measures=(figure("quantile", "site_load.load_mw", "quantile_load", level=0.95),),
        time=TimeScope(column=column("site_load.start_at"), span=Last(unit="day"), anchor="newest"),
        assumed=("anchor",),
    ),
    QueryPlan(
        measures=(Running(of=figure("sum", "reading.kwh", "energy"), name="energy_so_far"),),
        dimensions=(by("reading.start_at", "month"), by("site.name", name="site")),
        filters=(one_of("meter.direction", "import"),),
    ),
    QueryPlan(
        measures=(Running(of=figure("mean", "site_load.load_mw", "load"), name="moving_load", last=7),),
        dimensions=(by("site_load.start_at", "day"),),
    ),
    QueryPlan(
        measures=(figure("sum", "reading.kwh", "energy"),),
        dimensions=(by("site.name", name="site"), by("site.city")),
        filters=(one_of("meter.direction", "import"),),
        order=(Order(by="energy", descending=True),),
        limit=2,
        limit_per="city",
    ),
    QueryPlan(
        measures=(
            Difference(
                minuend=figure("max", "day_ahead.price_eur_mwh", "highest_price"),
                subtrahend=figure("min", "day_ahead.price_eur_mwh", "lowest_price"),
                name="spread",
            ),
        ),
        dimensions=(by("day_ahead.start_at", "day"),),
    ),
)


def slots(plan: QueryPlan) -> dict[str, Slot]:
    sentence = describe(plan, SOURCE, TODAY)
    return {segment.id: segment for segment in sentence.segments if isinstance(segment, Slot)}


def test_a_plan_reads_as_a_sentence() -> None:
    sentence = describe(ENERGY, SOURCE, date(2021, 11, 2))

    assert sentence.text == (
        "Showing energy summed in MWh by site where direction is import between 17:00 and 21:00 on "
        "Monday to Friday of last week, 25 – 31 Oct 2021 compared with the week before, 18 – 24 Oct 2021, "
        "largest first, only the first 5"
    )
    assert isinstance(sentence.segments[0], Words)


@pytest.mark.parametrize(
    ("plan", "said"),
    [
        (PLANS[-4], "Showing the running total of energy in kWh by month and site where direction is import"),
        (PLANS[-3], "Showing the moving mean over 7 days of load averaged in MW by day"),
        (
            PLANS[-2],
            (
                "Showing energy summed in kWh by site and city where direction is import, largest first, "
                "only the first 2 for each city"
            ),
        ),
        (PLANS[-1], "Showing highest price less lowest price in €/MWh by day"),
    ],
)
def test_what_runs_and_what_is_ranked_is_said(plan: QueryPlan, said: str) -> None:
    assert describe(plan, SOURCE).text == said


def test_what_runs_stands_still_without_groups_of_time() -> None:
    plan = apply(PLANS[-4], "dimension.0", "remove", SOURCE)

    assert describe(plan, SOURCE).text == "Showing energy summed in kWh by site where direction is import"


def test_guesses_are_seen_in_their_slots() -> None:
    states = {slot.id: slot.state for slot in slots(ENERGY).values()}

    assert states["hours"] == "assumed"
    assert states["weekdays"] == "assumed"
    assert states["range"] == "matched"


@pytest.mark.parametrize("plan", PLANS, ids=lambda plan: describe(plan, SOURCE).text[:40])
def test_every_option_makes_a_plan_that_can_be_asked(plan: QueryPlan) -> None:
    tried = 0
    for slot in slots(plan).values():
        for option in slot.options:
            changed = apply(plan, option.patch.slot, option.patch.option, SOURCE)
            for dialect in ("duckdb", "mysql"):
                assert render(changed, catalog_for(dialect), dialect, ZONE, TODAY).sql(dialect)
            assert describe(changed, SOURCE).text
            assert slot.id not in changed.assumed
            tried += 1
    assert tried > 10


@pytest.mark.parametrize("plan", PLANS, ids=lambda plan: describe(plan, SOURCE).text[:40])
def test_the_chosen_option_changes_nothing_but_the_guess(plan: QueryPlan) -> None:
    for slot in slots(plan).values():
        for option in slot.options:
            if option.is_chosen:
                assert apply(plan, slot.id, option.patch.option, SOURCE) == plan


@pytest.mark.parametrize(
    ("slot", "option", "said"),
    [
        ("unit.0", "kWh", "energy summed in kWh by site"),
        ("unit.0", "kW", "energy summed in kW"),
        ("function.0", "max", "energy at its highest in MWh by site"),
        ("dimension.0", "grain:month", "by month where"),
        ("dimension.0", "site.city", "by city where"),
        ("filter.0", "value:export", "direction is export"),
        ("filter.0", "negate", "direction is not import"),
        ("hours", "all", "by site where direction is import on Monday to Friday of"),
        ("weekdays", "6,7", "on Saturday and Sunday of"),
        ("range", "last:1:month", "of last month compared"),
        ("comparison", "year", "compared with the year before"),
        ("limit", "10", "only the first 10"),
        ("order", "asc", "smallest first"),
        ("add", "grain:day", "by site and day where"),
    ],
)
def test_choosing_an_option_changes_that_part(slot: str, option: str, said: str) -> None:
    if option == "kW":
        with pytest.raises(PlanRefused):
            apply(ENERGY, slot, option, SOURCE)
        return

    assert said in describe(apply(ENERGY, slot, option, SOURCE), SOURCE).text


@pytest.mark.parametrize(
    ("slot", "typed", "said"),
    [
        ("range", "days:2021-10-01:2021-10-31", "of Oct 2021"),
        ("range", "last:3:month", "of the last 3 months"),
        ("hours", "08:30-12:00", "between 08:30 and 12:00"),
        ("weekdays", "1,3", "on Monday and Wednesday"),
        ("limit", "7", "only the first 7"),
        ("filter.0", 'values:["import", "export"]', "direction is import or export"),
    ],
)
def test_values_may_be_typed(slot: str, typed: str, said: str) -> None:
    assert said in describe(apply(ENERGY, slot, typed, SOURCE), SOURCE).text


def test_what_may_be_typed_is_what_stands_there_written_the_same_way() -> None:
    accepted = {
        slot.id: (slot.accepts, slot.typed)
        for slot in describe(ENERGY, SOURCE, TODAY).segments
        if isinstance(slot, Slot) and slot.accepts
    }

    assert accepted == {
        "filter.0": ("values", 'values:["import"]'),
        "hours": ("hours", "17:00-21:00"),
        "weekdays": ("weekdays", "1,2,3,4,5"),
        "range": ("days", "days:2021-10-25:2021-10-31"),
        "limit": ("number", "5"),
    }
    for slot, (_, typed) in accepted.items():
        assert typed is not None
        assert apply(ENERGY, slot, typed, SOURCE).measures == ENERGY.measures


def test_what_only_its_options_change_accepts_no_typing() -> None:
    plan = replace(ENERGY, filters=(one_of("meter.is_active", True), IsNull(column=column("site.name"))))

    assert [slots(plan)[f"filter.{index}"].accepts for index in (0, 1)] == [None, None]


@pytest.mark.parametrize(
    ("slot", "option"),
    [
        ("range", "days:2021-10-31:2021-10-01"),
        ("range", "days:yesterday:today"),
        ("range", "days:9999-12-30:9999-12-31"),
        ("range", "last:0:day"),
        ("hours", "25:00-26:00"),
        ("hours", "17:00-17:00"),
        ("weekdays", "0,9"),
        ("weekdays", "one"),
        ("limit", "0"),
        ("limit", "9" * 400),
        ("limit", "nan"),
        ("filter.0", "values:" + "[" * 1000),
        ("filter.0", "values:[1]"),
        ("filter.0", "values:[]"),
        ("filter.0", "x" * 5000),
        ("filter.7", "remove"),
        ("measure.99999", "remove"),
        ("function.0", "exec"),
        ("dimension.0", "site.password"),
        ("nothing", "at all"),
        ("", ""),
    ],
)
def test_impossible_choices_are_refused(slot: str, option: str) -> None:
    with pytest.raises(PlanRefused):
        apply(ENERGY, slot, option, SOURCE)


def test_confirming_a_guess_makes_it_certain() -> None:
    changed = apply(ENERGY, "hours", "17:00-21:00", SOURCE)

    assert changed.assumed == ("weekdays",)
    assert changed.time == ENERGY.time


def test_removing_the_last_group_leaves_a_single_figure() -> None:
    changed = apply(ENERGY, "dimension.0", "remove", SOURCE)

    assert changed.dimensions == ()
    assert changed.order == ()
    assert changed.limit is None


def test_guesses_move_up_with_their_filters() -> None:
    plan = QueryPlan(
        measures=(figure("sum", "reading.kwh", "energy"),),
        filters=(one_of("meter.medium", "gas"), one_of("meter.direction", "import")),
        assumed=("filter.1",),
    )

    assert apply(plan, "filter.0", "remove", SOURCE).assumed == ("filter.0",)


def test_order_follows_a_figure_that_changes_its_name() -> None:
    changed = apply(ENERGY, "function.0", "mean", SOURCE)

    assert changed.measures[0].name == "average_energy"
    assert changed.order == (Order(by="average_energy", descending=True),)


def test_a_sum_is_not_offered_for_prices_nor_for_power_over_time() -> None:
    plan = QueryPlan(measures=(figure("mean", "day_ahead.price_eur_mwh", "price"),))
    load = QueryPlan(measures=(figure("mean", "site_load.load_mw", "load"),))

    assert "sum" not in [option.patch.option for option in slots(plan)["function.0"].options]
    assert "sum" not in [option.patch.option for option in slots(load)["function.0"].options]


def test_the_sentence_of_a_question_can_be_changed_and_asked_again() -> None:
    found = understand("energy per site last week", SOURCE, TODAY, ZONE)
    assert found.plan is not None

    changed = apply(found.plan, "range", "days:2021-10-31:2021-10-31", SOURCE)

    assert changed.time is not None
    assert changed.time.span == Days(start=date(2021, 10, 31), end=date(2021, 11, 1))
    assert (
        describe(changed, SOURCE).text
        == "Showing energy summed in kWh by site and direction for 31 Oct 2021, largest first"
    )


def test_a_patch_names_what_was_chosen() -> None:
    option = next(option for option in slots(ENERGY)["filter.0"].options if option.label == "export")

    assert option.patch == Patch(slot="filter.0", option="value:export")
    changed = apply(ENERGY, option.patch.slot, option.patch.option, SOURCE)
    assert changed.filters == (OneOf(column=column("meter.direction"), values=("export",)),)
