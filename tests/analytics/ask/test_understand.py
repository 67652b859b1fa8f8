"""Questions in plain words become the plan they mean, and say what each word became."""

from datetime import date

import msgspec
import pytest
from tests.analytics.ask.company import TODAY, ZONE, description_for
from tests.analytics.ask.plans import column, days

from gridlens.analytics.ask import Understanding, describe, understand
from gridlens.analytics.ask.plan import Aggregate, Earlier, Last, OneOf, TimeScope
from gridlens.analytics.ask.understanding.lexicon import lexicon_of
from gridlens.analytics.ask.understanding.words import Word, stem
from gridlens.shared.catalog import CatalogColumn, CatalogTable
from gridlens.shared.results import Kind

SOURCE = description_for()


def asked(question: str, today: date = TODAY) -> Understanding:
    return understand(question, SOURCE, today, ZONE)


def sentence(question: str) -> str:
    understanding = asked(question)
    assert understanding.plan is not None, understanding.reason
    return describe(understanding.plan, SOURCE).text.replace("\u202f", " ")


@pytest.mark.parametrize(
    ("question", "said"),
    [
        # Figures: energy is summed, power and prices are averaged.
        ("energy in October 2021", "Showing energy summed in kWh by direction for Oct 2021"),
        ("load in October 2021", "Showing load averaged in MW for Oct 2021"),
        ("total price last month", "Showing price averaged in €/MWh for last month"),
        ("energy of the load in October 2021", "Showing load summed in MWh for Oct 2021"),
        ("peak load", "Showing load at its highest in MW"),
        ("lowest price last week", "Showing price at its lowest in €/MWh for last week"),
        ("median price", "Showing price as the median in €/MWh"),
        ("90th percentile of the price", "Showing price as the 90 % quantile in €/MWh"),
        ("energy in MWh", "Showing energy summed in MWh by direction"),
        (
            "how many kWh did we buy yesterday",
            "Showing energy summed in kWh where direction is import for yesterday",
        ),
        # Directions that a column tells apart.
        ("feed-in yesterday", "Showing energy summed in kWh where direction is export for yesterday"),
        (
            "export versus import by month",
            "Showing energy summed in kWh by month and direction where direction is export or import",
        ),
        # Groups.
        (
            "consumption per site",
            "Showing energy summed in kWh by site where direction is import, largest first",
        ),
        ("load by city and month", "Showing load averaged in MW by month and city"),
        ("floor area by segment", "Showing floor area summed in m² by segment, largest first"),
        ("price by hour of the day", "Showing price averaged in €/MWh by hour of the day"),
        ("load over time last week", "Showing load averaged in MW by day for last week"),
        # A mean of what adds up is meant per day: the sum, divided by the days.
        (
            "average daily consumption per site",
            "Showing energy per day, on average by site where direction is import, largest first",
        ),
        ("average load per day last week", "Showing load averaged in MW by day for last week"),
        (
            "average price on weekends versus weekdays",
            "Showing price averaged in €/MWh by weekdays and weekends",
        ),
        ("load in the months December to February", "Showing load averaged in MW in Dec, Jan and Feb"),
        # Each month with the one before it.
        (
            "load per month in 2021 compared with the month before",
            "Showing load averaged in MW by month for 2021 compared with the month before",
        ),
        # Ranking.
        (
            "top 2 sites by load",
            "Showing load averaged in MW by site, largest first, only the first 2",
        ),
        (
            "Which site has the smallest floor area?",
            "Showing site, by floor area, smallest first, only the first 1",
        ),
        (
            "Which day had the highest average price?",
            "Showing day, by average price, largest first, only the first 1",
        ),
        # “Highest per month” is one for each month, and a day-ahead price is no day.
        ("highest day-ahead price per month", "Showing price at its highest in €/MWh by month"),
        ("lowest price for each week", "Showing price at its lowest in €/MWh by week"),
        ("highest load by site and month", "Showing load at its highest in MW by month and site"),
        (
            "month with the highest price",
            "Showing price averaged in €/MWh by month, largest first, only the first 1",
        ),
        (
            "when was the load of Harbour Hall highest",
            "Showing start at where site is Harbour Hall, by load, largest first, only the first 1",
        ),
        ("latest price", "Showing start at and price, newest first, only the first 1"),
        # Counting.
        ("how many meters are there", "Showing the number of meters"),
        ("number of different suppliers", "Showing the number of supplier"),
        ("how many meters does each site have", "Showing the number of meters by site, largest first"),
        ("visits by day", "Showing the number of visits by day"),
        (
            "how many hours had negative prices",
            "Showing the number of hours of day ahead readings where price is below 0 €/MWh",
        ),
        (
            "missing readings per meter",
            "Showing the number of readings by meter id where energy has no value, largest first",
        ),
        (
            "how many sites are supplied by Nordlicht",
            "Showing the number of sites where supplier is Nordlicht",
        ),
        # Rows.
        ("list all tariffs", "Showing tariff"),
        ("sites in Berlin", "Showing site where city is Berlin"),
        (
            "green tariffs cheaper than 30 cents",
            "Showing tariff where is green is yes and price is below 30 ct/kWh",
        ),
        ("sites without a contract", "Showing site where there is no contract"),
        (
            "sites with a floor area above 300 m²",
            "Showing site and floor area where floor area is above 300 m²",
        ),
        (
            "which sites used more than 500 kWh in October 2021",
            (
                "Showing site where direction is import for Oct 2021 "
                "where the energy is above 500 kWh, by energy, largest first"
            ),
        ),
        (
            "show the last 10 readings of meter 301",
            (
                "Showing meter id, start at, energy and quality where meter id is 301, newest first, "
                "only the first 10"
            ),
        ),
        (
            "sites with more than 1 meter",
            "Showing the number of meters by site where the meter count is above 1, largest first",
        ),
        # Conditions.
        ("load above 2 MW", "Showing load averaged in MW where load is above 2 MW"),
        ("load above 2000 kW", "Showing load averaged in MW where load is above 2 MW"),
        (
            "load between 17 and 21 h on weekends",
            "Showing load averaged in MW between 17:00 and 21:00 on Saturday and Sunday",
        ),
        ("energy of meter 301", "Showing energy summed in kWh where meter id is 301"),
        (
            "load of Harbour Hall or Mill Park",
            "Showing load averaged in MW where site is Harbour Hall or Mill Park",
        ),
        ("load of sites not in Berlin", "Showing load averaged in MW where city is not Berlin"),
        # Shares and ratios.
        ("share of energy by medium", "Showing the share of total energy summed by medium, largest first"),
        ("share of missing readings", "Showing share of readings where energy has no value"),
        ("sites with missing readings", "Showing site where energy has no value"),
        ("energy per square metre by site", "Showing energy per floor area by site, largest first"),
        # Comparisons.
        (
            "energy last week against the week before",
            "Showing energy summed in kWh for last week compared with the week before",
        ),
        ("load on weekends against weekdays", "Showing load averaged in MW by weekdays and weekends"),
        ("load curve of last week", "Showing load averaged in MW by day for last week"),
        # Two figures.
        ("load and price by day", "Showing load averaged in MW and price averaged in €/MWh by day"),
        # German.
        (
            "Stromverbrauch pro Standort im Oktober 2021",
            (
                "Showing energy summed in kWh by site where medium is electricity and direction is import "
                "for Oct 2021, largest first"
            ),
        ),
        ("Einspeisung pro Monat", "Showing energy summed in kWh by month where direction is export"),
        ("Wie viele Zähler gibt es?", "Showing the number of meters"),
        ("Durchschnittlicher Preis letzte Woche", "Showing price averaged in €/MWh for last week"),
        ("Wie hoch war der Preis gestern?", "Showing price averaged in €/MWh for yesterday"),
        (
            "Welcher Standort hatte die höchste Spitzenlast?",
            "Showing site, by highest load, largest first, only the first 1",
        ),
        ("Spitzenlast je Standort", "Showing load at its highest in MW by site, largest first"),
        (
            "Welcher Standort hatte gestern den höchsten Verbrauch?",
            (
                "Showing site where direction is import for yesterday, "
                "by energy, largest first, only the first 1"
            ),
        ),
    ],
)
def test_questions_are_read_back_as_meant(question: str, said: str) -> None:
    assert sentence(question) == said


def test_the_question_of_the_ask_page_is_understood_in_full() -> None:
    found = asked(
        "How much did each site buy from the grid in the evening peak last week, against the week before?"
    )

    assert found.plan is not None
    assert [m.function for m in found.plan.measures if isinstance(m, Aggregate)] == ["sum"]
    assert found.plan.filters == (OneOf(column=column("meter.direction"), values=("import",)),)
    assert found.plan.time is not None
    assert found.plan.time.span == Last(unit="week")
    assert found.plan.comparison == Earlier(by="week")
    assert found.plan.assumed == ("hours", "weekdays")
    tokens = {token.text: token for token in found.tokens if token.text}
    assert tokens["each site"].meaning == "site.name"
    assert tokens["last week"].meaning == "last week, 25 – 31 Oct 2021"
    assert tokens["in the evening peak"].state == "assumed"
    assert tokens["against the week before"].slot == "comparison"


def test_every_character_of_a_token_is_where_it_says() -> None:
    question = "Average load of “Harbour Hall” last week by day"
    found = asked(question)

    assert all(question[token.start : token.end] == token.text for token in found.tokens)
    assert {token.state for token in found.tokens} == {"matched", "ignored"}


@pytest.mark.parametrize(
    ("question", "word"),
    [
        ("water consumption last week", "water"),
        ("how satisfied are the staff", "satisfied"),
        ("price forecast for tomorrow", "forecast"),
        ("energy by department", "department"),
        ("phone number of Nordlicht", "phone"),
    ],
)
def test_a_word_that_names_nothing_stops_the_answer(question: str, word: str) -> None:
    found = asked(question)

    assert found.plan is None
    assert word in [unknown.text for unknown in found.unknown_words]
    assert found.reason is not None
    assert word in found.reason
    assert found.confidence < 0.5


def test_an_unknown_name_comes_with_the_nearest_ones() -> None:
    found = asked("load of Harbour House")

    assert found.plan is None
    assert "Harbour Hall" in [name for word in found.unknown_words for name in word.nearest]


def test_a_slip_of_the_keyboard_is_mended_and_told() -> None:
    found = asked("load of Harbor Hall by day")

    assert found.plan is not None
    assert (
        describe(found.plan, SOURCE).text == "Showing load averaged in MW by day where site is Harbour Hall"
    )
    assert found.confidence < asked("load of Harbour Hall by day").confidence
    token = next(token for token in found.tokens if token.text == "Harbor Hall")
    assert (token.state, token.meaning) == ("assumed", "site.name = Harbour Hall, read as “harbour”")


def test_what_cannot_be_combined_is_said() -> None:
    found = asked("day-ahead price by city")

    assert found.plan is None
    assert found.reason is not None
    assert "No key connects" in found.reason


def test_two_likely_meanings_are_offered() -> None:
    found = asked("average price")

    assert found.plan is not None
    assert describe(found.plan, SOURCE).text == "Showing price averaged in €/MWh"
    assert any("ct/kWh" in reading.label for reading in found.readings)
    assert found.confidence < asked("average load").confidence


def test_guesses_are_marked_in_the_plan() -> None:
    found = asked("consumption in May")

    assert found.plan is not None
    assert set(found.plan.assumed) == {"filter.0", "range"}


def test_archives_count_from_their_newest_data_and_say_so() -> None:
    source = description_for(anchors_to_newest=True)
    found = understand("load yesterday", source, date(2031, 5, 1), ZONE)

    assert found.plan is not None
    assert found.plan.time == TimeScope(
        column=column("site_load.start_at"), span=Last(unit="day"), anchor="newest"
    )
    assert "anchor" in found.plan.assumed
    assert "counted from the newest data, 1 Nov 2021" in [token.meaning for token in found.tokens]
    assert "yesterday, 31 Oct 2021" in [token.meaning for token in found.tokens]


def test_months_without_a_year_count_from_the_newest_data_too() -> None:
    source = description_for(anchors_to_newest=True)
    found = understand("load in March", source, date(2031, 5, 1), ZONE)

    assert found.plan is not None
    assert describe(found.plan, source).text == "Showing load averaged in MW for Mar 2021"


@pytest.mark.parametrize(
    "question",
    [
        "",
        "?",
        "the",
        "x" * 5000,
        "energy " * 200,
        "'; DROP TABLE site; --",
        "\x00\x01",
        "🔥 load 🔥",
        "((((",
        "1 2 3 4",
    ],
)
def test_odd_questions_do_no_harm(question: str) -> None:
    found = asked(question)

    assert 0 <= found.confidence <= 1


def test_the_same_question_has_the_same_answer() -> None:
    assert asked("load and price by day") == asked("load and price by day")


def test_the_peak_of_many_may_be_that_of_their_sum() -> None:
    of_any, of_one = asked("peak load in October 2021"), asked("peak load of Mill Park in October 2021")

    assert of_any.plan is not None
    (measure,) = of_any.plan.measures
    assert isinstance(measure, Aggregate)
    assert measure.function == "max"
    at_once = of_any.readings[0].plan
    (total,) = at_once.measures
    assert isinstance(total, Aggregate)
    assert (total.function, at_once.dimensions[0].grain, at_once.limit) == ("sum", "minute15", 1)
    assert all(reading.plan.dimensions == () for reading in of_one.readings)


@pytest.mark.parametrize("question", ["total cost in October 2021", "how much did we spend last month"])
def test_a_price_is_not_told_as_a_cost(question: str) -> None:
    found = asked(question)

    if found.plan is not None:
        columns = [measure.column.column for measure in found.plan.measures if isinstance(measure, Aggregate)]
        assert not any("price" in name for name in columns)


def test_the_lowest_month_is_one_that_the_data_covers_whole() -> None:
    plan = asked("lowest monthly consumption").plan

    # The readings begin on 27 March and end on 1 November.
    assert plan is not None
    assert plan.time is not None
    assert plan.time.span == days("2021-04-01", "2021-11-01")
    assert "range" in plan.assumed


def test_a_limit_is_understood_with_the_unit_that_was_said() -> None:
    [phrase] = [
        each
        for each in asked("which sites used more than 1 MWh in October 2021").tokens
        if "1" in each.text and "more" in each.text
    ]

    assert phrase.meaning == "more than 1\u202fMWh"


def test_a_column_whose_name_has_no_letters_ends_no_question_in_an_error() -> None:
    def with_number_sign(table: CatalogTable) -> CatalogTable:
        sign = CatalogColumn(name="#", kind=Kind.TEXT, native_type="VARCHAR")
        return msgspec.structs.replace(table, columns=(sign, *table.columns))

    catalog = SOURCE.catalog
    tables = tuple(map(with_number_sign, catalog.tables))
    source = msgspec.structs.replace(SOURCE, catalog=msgspec.structs.replace(catalog, tables=tables))

    assert understand("energy by city in October 2021", source, TODAY, ZONE).plan is not None


def test_a_word_that_has_a_place_elsewhere_is_not_said_to_name_nothing() -> None:
    found = asked("energy by site where price was below 0")

    assert found.plan is None
    assert found.reason == (
        "“price”, which day_ahead and tariff hold, does not go together with the rest of the question."
    )
    assert [(word.text, word.is_known, word.nearest) for word in found.unknown_words] == [("price", True, ())]


def test_a_figure_that_is_called_so_itself_is_not_explained_by_another() -> None:
    found = asked("load where kwh was above 3")

    assert found.plan is None
    assert [word.text for word in found.unknown_words] == ["load"]


def strength(word: str, unit: str) -> float:
    """How surely a word means a column that has nothing but its unit to go by."""
    yields = CatalogColumn(name="x", kind=Kind.NUMBER, native_type="double", unit=unit)
    table = CatalogTable(name="y", columns=(yields,))
    (entry,) = lexicon_of(msgspec.structs.replace(SOURCE.catalog, tables=(table,))).columns.values()
    return entry.match_own(Word(word, word, stem(word), 0, 0))


def test_energy_per_power_is_no_carbon() -> None:
    assert strength("carbon", unit="Wh/kW") == 0
    assert strength("carbon", unit="g/kWh") > 0
    assert strength("radiation", unit="W/m²") > 0
