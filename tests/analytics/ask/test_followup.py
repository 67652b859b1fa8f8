"""A question that goes on from the one before changes its plan."""

import pytest
from msgspec.structs import replace
from tests.analytics.ask.company import TODAY, ZONE, description_for

from gridlens.analytics.ask import PlanRefused, Understanding, describe
from gridlens.analytics.ask.plan import Share
from gridlens.analytics.ask.sentences.editing import ranked_before_split
from gridlens.analytics.ask.understanding.understand import understand

SOURCE = description_for()
FIRST = "energy per site in October 2021"


def then(*questions: str) -> Understanding:
    found = understand(FIRST, SOURCE, TODAY, ZONE)
    for question in questions:
        assert found.plan is not None
        found = understand(question, SOURCE, TODAY, ZONE, found.plan)
    return found


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("and by month?", "Showing energy summed in kWh by site and month for Oct 2021"),
        ("by city instead", "Showing energy summed in kWh by city for Oct 2021, largest first"),
        (
            "only Berlin",
            "Showing energy summed in kWh by site where city is Berlin for Oct 2021, largest first",
        ),
        ("nur Gas", "Showing energy summed in kWh by site where medium is gas for Oct 2021, largest first"),
        (
            "without Harbour Hall",
            "Showing energy summed in kWh by site where site is not Harbour Hall for Oct 2021, largest first",
        ),
        ("and last week?", "Showing energy summed in kWh by site for last week, largest first"),
        ("what about March 2021", "Showing energy summed in kWh by site for Mar 2021, largest first"),
        (
            "compared with the month before",
            "Showing energy summed in kWh by site for Oct 2021 compared with the month before, largest first",
        ),
        ("as a share", "Showing the share of total energy summed by site for Oct 2021, largest first"),
        ("average instead", "Showing energy averaged in kWh by site for Oct 2021, largest first"),
        ("in MWh", "Showing energy summed in MWh by site for Oct 2021, largest first"),
        ("top 2", "Showing energy summed in kWh by site for Oct 2021, largest first, only the first 2"),
        ("smallest first", "Showing energy summed in kWh by site for Oct 2021, smallest first"),
        (
            "on weekends",
            "Showing energy summed in kWh by site on Saturday and Sunday of Oct 2021, largest first",
        ),
        ("and the load?", "Showing load averaged in MW by site for Oct 2021, largest first"),
        ("and the month before?", "Showing energy summed in kWh by site for Sep 2021, largest first"),
        ("und der Monat davor?", "Showing energy summed in kWh by site for Sep 2021, largest first"),
        ("a year earlier", "Showing energy summed in kWh by site for Oct 2020, largest first"),
        ("the week before", "Showing energy summed in kWh by site for 24 – 30 Sep 2021, largest first"),
        (
            "only above 2 MWh",
            (
                "Showing energy summed in kWh by site for Oct 2021 where the energy is above 2000\u202fkWh, "
                "largest first"
            ),
        ),
        (
            "between 10 and 500 kWh",
            (
                "Showing energy summed in kWh by site for Oct 2021 where the energy is at least 10\u202fkWh "
                "and energy is at most 500\u202fkWh, largest first"
            ),
        ),
    ],
)
def test_fragments_change_the_plan_before(question: str, said: str) -> None:
    found = then(question)

    assert found.is_follow_up
    assert found.plan is not None
    assert describe(found.plan, SOURCE).text == said


@pytest.mark.parametrize(
    ("questions", "said"),
    [
        (
            ("this month", "and the month before?", "and the month before?"),
            "Showing energy summed in kWh by site for Sep 2021, largest first",
        ),
        (
            ("and by month?", "as a running total"),
            "Showing the running total of energy in kWh by site and month for Oct 2021",
        ),
        (
            ("only above 100 kWh", "only above 200 kWh", "only below 900 kWh"),
            (
                "Showing energy summed in kWh by site for Oct 2021 where the energy is above 200\u202fkWh "
                "and energy is below 900\u202fkWh, largest first"
            ),
        ),
        (
            ("only above 100 kWh", "as a share"),
            "Showing the share of total energy summed by site for Oct 2021, largest first",
        ),
        (
            ("top 2", "by month"),
            (
                "Showing energy summed in kWh by site and month where site is among the first 2 by total "
                "energy, largest first for Oct 2021"
            ),
        ),
    ],
)
def test_a_step_goes_on_from_the_one_before(questions: tuple[str, ...], said: str) -> None:
    found = then(*questions)

    assert found.plan is not None
    assert describe(found.plan, SOURCE).text == said


@pytest.mark.parametrize(
    ("questions", "why"),
    [
        (("running total",), "needs one split by time, such as “by month”"),
        (("only below 3 °C",), "The figure is in kWh, which is not compared with °C."),
    ],
)
def test_what_cannot_be_held_is_refused_with_a_reason(questions: tuple[str, ...], why: str) -> None:
    found = then(*questions)

    assert found.plan is None
    assert why in (found.reason or "")


def test_the_first_few_times_cannot_be_split_further() -> None:
    plan = then("by month instead", "top 2").plan
    assert plan is not None

    with pytest.raises(PlanRefused, match="cannot be split further"):
        ranked_before_split(plan)


def test_all_time_has_nothing_before_it() -> None:
    total = understand("energy by site", SOURCE, TODAY, ZONE).plan
    assert total is not None

    found = understand("and the month before?", SOURCE, TODAY, ZONE, total)

    assert found.plan is None
    assert found.reason == "The question before is about all time, which has nothing before it."


def test_changes_add_up() -> None:
    found = then("only Berlin", "and by day?", "compared with the month before", "as a share")

    assert found.plan is not None
    assert isinstance(found.plan.measures[0], Share)
    assert describe(found.plan, SOURCE).text == (
        "Showing the share of total energy summed by site and day where city is Berlin for Oct 2021 "
        "compared with the month before"
    )


def test_a_second_choice_of_the_same_column_replaces_the_first() -> None:
    found = then("only Berlin", "only Hamburg")

    assert found.plan is not None
    assert "city is Hamburg" in describe(found.plan, SOURCE).text
    assert "Berlin" not in describe(found.plan, SOURCE).text


def test_a_figure_of_another_table_leaves_behind_what_it_does_not_know() -> None:
    found = then("only Berlin", "nur Gas", "and the load?")

    assert found.plan is not None
    assert describe(found.plan, SOURCE).text == (
        "Showing load averaged in MW by site where city is Berlin for Oct 2021, largest first"
    )


def test_a_full_question_begins_anew() -> None:
    found = then("how many meters are there")

    assert not found.is_follow_up
    assert found.plan is not None
    assert describe(found.plan, SOURCE).text == "Showing the number of meters"


def test_a_fragment_with_an_unknown_word_is_refused() -> None:
    found = then("and the water?")

    assert found.plan is None
    assert [word.text for word in found.unknown_words] == ["water"]


def test_one_group_alone_is_no_share_of_anything() -> None:
    found = then("only Harbour Hall", "as a share")

    assert found.plan is None
    assert found.reason == "A share needs parts to compare. Say by what to split, such as “by site”."


def test_a_share_asked_for_in_a_unit_is_the_figure_again() -> None:
    found = then("as a share", "in MWh")

    assert found.is_follow_up
    assert found.plan is not None
    assert describe(found.plan, SOURCE).text == (
        "Showing energy summed in MWh by site for Oct 2021, largest first"
    )


def test_one_figure_has_no_first_few() -> None:
    total = understand("energy in October 2021 in kWh", SOURCE, TODAY, ZONE).plan
    assert total is not None
    alone = replace(total, dimensions=(), order=())

    found = understand("top 2", SOURCE, TODAY, ZONE, alone)

    assert found.plan is None or found.plan.limit is None
