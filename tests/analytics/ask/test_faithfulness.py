"""Words that change what is asked are either understood or named, and never passed over."""

from datetime import date

import msgspec
import pytest
from tests.analytics.ask.company import TODAY, ZONE, description_for
from tests.analytics.ask.plans import by, days, figure, one_of

from gridlens.analytics.ask import Understanding, describe, understand
from gridlens.analytics.ask.faithfulness import weighed
from gridlens.analytics.ask.plan import (
    Compare,
    Exists,
    Having,
    Order,
    QueryPlan,
    Ratio,
    TimeScope,
    Versus,
)
from gridlens.analytics.ask.understanding.lexicon import lexicon_of
from gridlens.shared.data_sources import SourceDescription

SOURCE = description_for()
LEXICON = lexicon_of(SOURCE.catalog)
LOAD = figure("mean", "site_load.load_mw", "load")
ENERGY = figure("sum", "reading.kwh", "energy")
PRICE = figure("mean", "day_ahead.price_eur_mwh", "price")


def asked(question: str, today: date = TODAY) -> Understanding:
    return understand(question, SOURCE, today, ZONE)


def sentence(question: str) -> str:
    understanding = asked(question)
    assert understanding.plan is not None, understanding.reason
    return describe(understanding.plan, SOURCE).text.replace("\u2009", " ")


def missed(question: str, plan: QueryPlan) -> list[str]:
    found = weighed(question, plan, (), LEXICON, holds_readings=True)
    return [word.text for word in found.missed]


@pytest.mark.parametrize(
    ("question", "word"),
    [
        ("sites without load", "without"),
        ("sites with no load", "no"),
        ("Standorte ohne Last", "ohne"),
        ("sites using less than Mill Park", "less"),
        ("sites with a higher load than Mill Park", "higher"),
        ("sites with more load than average", "than"),
        ("load above Mill Park", "above"),
        ("sites with above average load", "above"),
        ("average load where the load is high", "high"),
    ],
)
def test_a_word_that_the_plan_cannot_hold_is_named_and_nothing_is_run(question: str, word: str) -> None:
    found = asked(question)

    assert found.plan is None
    assert found.reason is not None
    assert word in found.reason
    assert word in [phrase.text for phrase in found.tokens if phrase.state == "unknown"]
    assert found.readings


@pytest.mark.parametrize(
    ("question", "plan", "words"),
    [
        ("load without Berlin", QueryPlan(measures=(LOAD,)), ["without"]),
        ("Last, wenn die Last hoch war", QueryPlan(measures=(LOAD,)), ["hoch", "war"]),
        ("sites that don't have load", QueryPlan(measures=(LOAD,)), ["don", "t"]),
        (
            "load except Berlin",
            QueryPlan(measures=(LOAD,), filters=(one_of("site.city", "Berlin"),)),
            ["except"],
        ),
        ("Last außer Berlin", QueryPlan(measures=(LOAD,)), ["außer"]),
        ("average load", QueryPlan(measures=(figure("max", "site_load.load_mw"),)), ["average"]),
        (
            "durchschnittliche Last",
            QueryPlan(measures=(figure("max", "site_load.load_mw"),)),
            ["durchschnittliche"],
        ),
        ("total energy", QueryPlan(measures=(figure("max", "reading.kwh"),)), ["total"]),
        ("share of import in energy", QueryPlan(measures=(ENERGY,)), ["share"]),
        ("Anteil der Einspeisung", QueryPlan(measures=(ENERGY,)), ["Anteil", "Einspeisung"]),
        ("load per site", QueryPlan(measures=(LOAD,)), ["per"]),
        ("Last pro Standort", QueryPlan(measures=(LOAD,)), ["pro"]),
        ("load by site", QueryPlan(measures=(LOAD,)), ["by"]),
        ("energy in MWh", QueryPlan(measures=(ENERGY,)), ["MWh"]),
        ("cost of the load", QueryPlan(measures=(LOAD,)), ["cost"]),
        ("Kosten der Last", QueryPlan(measures=(PRICE,)), []),
        ("total cost", QueryPlan(measures=(figure("sum", "day_ahead.price_eur_mwh"),)), ["cost"]),
        ("lowest 5 prices", QueryPlan(measures=(figure("min", "day_ahead.price_eur_mwh"),)), ["lowest", "5"]),
        ("when was the load highest", QueryPlan(measures=(figure("max", "site_load.load_mw"),)), ["when"]),
        ("the cheapest price", QueryPlan(measures=(PRICE,)), ["cheapest"]),
        (
            "site with the most load",
            QueryPlan(measures=(LOAD,), dimensions=(by("site.name"),)),
            ["most"],
        ),
        (
            "site with the least load",
            QueryPlan(
                measures=(LOAD,),
                dimensions=(by("site.name"),),
                order=(Order(by="load", descending=True),),
                limit=1,
            ),
            ["least"],
        ),
        ("teuerster Preis", QueryPlan(measures=(PRICE,)), ["teuerster"]),
        # The price on the coldest day is not the lowest price.
        (
            "price on the coldest day",
            QueryPlan(
                measures=(PRICE,), dimensions=(by("day_ahead.start_at", "day"),), order=(Order(by="price"),)
            ),
            ["coldest"],
        ),
    ],
)
def test_a_plan_is_measured_by_every_word_that_changes_what_is_asked(
    question: str, plan: QueryPlan, words: list[str]
) -> None:
    assert missed(question, plan) == words


@pytest.mark.parametrize(
    ("question", "plan"),
    [
        (
            "load not in Berlin",
            QueryPlan(measures=(LOAD,), filters=(one_of("site.city", "Berlin", negated=True),)),
        ),
        (
            "sites without a contract",
            QueryPlan(dimensions=(by("site.name"),), filters=(Exists(table="contract", negated=True),)),
        ),
        ("average load per site", QueryPlan(measures=(LOAD,), dimensions=(by("site.name"),))),
        ("total energy by meter", QueryPlan(measures=(ENERGY,), dimensions=(by("meter.meter_id"),))),
        (
            "share of energy",
            QueryPlan(measures=(Ratio(numerator=ENERGY, denominator=ENERGY, name="share", unit="%"),)),
        ),
        (
            "energy in MWh",
            QueryPlan(measures=(figure("sum", "reading.kwh", "energy", unit="MWh"),)),
        ),
        ("average price per MWh", QueryPlan(measures=(PRICE,))),
        ("energy in kWh", QueryPlan(measures=(ENERGY,))),
        (
            "top 3 sites by load",
            QueryPlan(
                measures=(LOAD,),
                dimensions=(by("site.name"),),
                order=(Order(by="load", descending=True),),
                limit=3,
            ),
        ),
        (
            "sites with less than 5 MW",
            QueryPlan(
                measures=(LOAD,),
                dimensions=(by("site.name"),),
                having=(Having(measure="load", operator="lt", value=5),),
            ),
        ),
        (
            "average load above 2",
            QueryPlan(
                measures=(LOAD,),
                filters=(Compare(column=LOAD.column, operator="gt", value=2.0),),
            ),
        ),
    ],
)
def test_a_plan_that_holds_every_word_misses_none(question: str, plan: QueryPlan) -> None:
    assert missed(question, plan) == []


@pytest.mark.parametrize(
    ("question", "said"),
    [
        # A number beside a superlative is a number of rows.
        ("lowest 5 prices", "Showing start at and price, smallest first, only the first 5"),
        ("the 5 lowest prices", "Showing start at and price, smallest first, only the first 5"),
        ("die niedrigsten 5 Preise", "Showing start at and price, smallest first, only the first 5"),
        ("highest three loads", "Showing start at and load, largest first, only the first 3"),
        # “How much” asks for a figure of all, and not for a list.
        (
            "how much energy did all meters use in October 2021",
            "Showing energy summed in kWh where direction is import for Oct 2021",
        ),
        (
            "wie viel Energie haben alle Zähler im Oktober 2021 verbraucht",
            "Showing energy summed in kWh where direction is import for Oct 2021",
        ),
        # A condition after “when” narrows the figure before it.
        (
            "average price when it is below zero",
            "Showing price averaged in €/MWh where price is below 0\u202f€/MWh",
        ),
        (
            "average load when the load is above 2 MW",
            "Showing load averaged in MW where load is above 2\u202fMW",
        ),
        ("average load when the load is zero", "Showing load averaged in MW where load is 0\u202fMW"),
        ("mittlere Last wenn die Last null ist", "Showing load averaged in MW where load is 0\u202fMW"),
        # What is left out, and things set beside each other.
        ("load except Mill Park", "Showing load averaged in MW where site is not Mill Park"),
        ("load of all sites but Mill Park", "Showing load averaged in MW where site is not Mill Park"),
        ("Last außer Mill Park", "Showing load averaged in MW where site is not Mill Park"),
        (
            "load of Harbour Hall vs Mill Park",
            "Showing load averaged in MW by site where site is Harbour Hall or Mill Park, largest first",
        ),
        (
            "compare the load of Harbour Hall and Mill Park by month",
            "Showing load averaged in MW by month and site where site is Harbour Hall or Mill Park",
        ),
        # A ranking of things that are shown over time ranks the things.
        (
            "load of the top 2 sites by month",
            (
                "Showing load averaged in MW by month and site "
                "where site is among the first 2 by average load, largest first"
            ),
        ),
    ],
)
def test_what_can_be_said_is_understood(question: str, said: str) -> None:
    assert sentence(question) == said


@pytest.mark.parametrize(
    ("question", "span", "then"),
    [
        ("price in September 2021 vs October 2021", ("2021-10-01", "2021-11-01"), None),
        ("price in October 2021 compared with September 2021", ("2021-10-01", "2021-11-01"), None),
        (
            "price in July 2021 versus October 2021",
            ("2021-10-01", "2021-11-01"),
            ("2021-07-01", "2021-08-01"),
        ),
        ("Preis im September 2021 verglichen mit Oktober 2021", ("2021-10-01", "2021-11-01"), None),
    ],
)
def test_the_later_of_two_times_is_told_against_the_earlier(
    question: str, span: tuple[str, str], then: tuple[str, str] | None
) -> None:
    found = asked(question)

    assert found.plan is not None
    assert isinstance(found.plan.time, TimeScope)
    assert found.plan.time.span == days(*span)
    if then is None:
        assert found.plan.comparison is not None
        assert not isinstance(found.plan.comparison, Versus)
    else:
        assert found.plan.comparison == Versus(
            start=date.fromisoformat(then[0]), end=date.fromisoformat(then[1])
        )
    told = [phrase for phrase in found.tokens if phrase.slot in ("range", "comparison")]
    assert len(told) == 2
    assert all(phrase.meaning for phrase in told)


def test_small_words_that_the_plan_holds_do_not_look_passed_over() -> None:
    found = asked("load except Mill Park by month")

    assert {phrase.text: phrase.state for phrase in found.tokens if phrase.text == "except"} == {
        "except": "matched"
    }


@pytest.mark.parametrize(
    "question", ["top 2 sites by load each month", "load of the top 2 sites for every month"]
)
def test_a_ranking_within_each_month_is_one_of_its_own(question: str) -> None:
    plan = asked(question).plan

    assert plan is not None
    assert (plan.limit, plan.limit_per) == (2, "month")


@pytest.mark.parametrize("question", ["largest visit of each site", "the highest site of every city"])
def test_the_first_of_all_is_no_answer_to_the_first_of_each(question: str) -> None:
    plan = asked(question).plan

    assert plan is None or plan.limit is None or plan.limit_per is not None


def test_a_moving_mean_without_a_length_is_refused_with_what_to_say() -> None:
    found = asked("moving average of the load by day")

    assert found.plan is None
    assert found.reason is not None
    assert "over how long" in found.reason


def test_a_share_of_hours_alone_is_refused_with_what_to_ask_instead() -> None:
    found = asked("what share of the energy falls on weekends")

    assert found.plan is None
    assert found.reason is not None
    assert "by weekday" in found.reason


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("how much more did Harbour Hall use than Mill Park", "How much more"),
        ("average of the daily peak load", "average of the daily peak"),
        ("consumption by site minus average", "both figures"),
        ("import minus energy by site", "both figures"),
    ],
)
def test_a_figure_of_figures_that_no_plan_holds_is_refused(question: str, words: str) -> None:
    found = asked(question)

    assert found.plan is None
    assert words.casefold() in (found.reason or "").casefold()


def test_a_time_or_a_condition_is_not_read_as_both() -> None:
    assert asked("load before May 2021 or of Mill Park").plan is None


def described(text: str) -> SourceDescription:
    """The company where the load is described so, and nothing else tells of directions."""
    tables = tuple(
        msgspec.structs.replace(
            table,
            columns=tuple(
                msgspec.structs.replace(each, description=text) if each.name == "load_mw" else each
                for each in table.columns
            ),
        )
        for table in SOURCE.catalog.tables
        if table.name in ("site", "site_load")
    )
    return msgspec.structs.replace(SOURCE, catalog=msgspec.structs.replace(SOURCE.catalog, tables=tables))


@pytest.mark.parametrize(
    ("question", "word"),
    [
        ("how much was exported in October 2021", "exported"),
        ("load that was exported by site", "exported"),
        ("Einspeisung je Standort", "Einspeisung"),
    ],
)
def test_a_direction_that_only_a_description_tells_of_is_named(question: str, word: str) -> None:
    found = understand(question, described("negative when the site feeds in or exported"), TODAY, ZONE)

    assert found.plan is None
    assert found.reason is not None
    assert f"“{word}”" in found.reason


def test_a_direction_is_held_by_a_value_a_group_or_a_sign() -> None:
    below = Compare(column=LOAD.column, operator="lt", value=0)
    exported = QueryPlan(measures=(ENERGY,), filters=(one_of("meter.direction", "export"),))
    imported = QueryPlan(measures=(ENERGY,), filters=(one_of("meter.direction", "import"),))

    assert missed("exported energy", exported) == []
    assert missed("exported energy", imported) == ["exported"]
    assert missed("exported energy", QueryPlan(measures=(ENERGY,), dimensions=(by("meter.direction"),))) == []
    assert missed("exported load", QueryPlan(measures=(LOAD,), filters=(below,))) == []
    # What is drawn from the grid is consumption where nothing finer is metered.
    assert missed("imported load", QueryPlan(measures=(LOAD,))) == []
