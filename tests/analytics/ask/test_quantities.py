"""Figures, rankings, thresholds and units that a question names."""

import pytest

from gridlens.analytics.ask.understanding.quantities import Quantities, read_quantities
from gridlens.analytics.ask.understanding.question import Question


def quantities(text: str) -> Quantities:
    return read_quantities(Question.of(text))


@pytest.mark.parametrize(
    ("text", "function"),
    [
        ("average load", "mean"),
        ("durchschnittliche Last", "mean"),
        ("total energy", "sum"),
        ("Gesamtverbrauch", "sum"),
        ("median price", "median"),
        ("peak load", "max"),
        ("minimum temperature", "min"),
        ("95th percentile of the price", "quantile"),
        ("how many kWh", "sum"),
        ("load", None),
    ],
)
def test_figures_are_named(text: str, function: str | None) -> None:
    assert quantities(text).function == function


@pytest.mark.parametrize(
    ("text", "operator", "value", "unit"),
    [
        ("load above 5 MW", "gt", 5, "MW"),
        ("load over 1,250.5 kW", "gt", 1250.5, "kW"),
        ("Last über 1.250,5 kW", "gt", 1250.5, "kW"),
        ("price below -5 €", "lt", -5, "€"),
        ("price below minus 5 euros", "lt", -5, "€"),
        ("at least 10 %", "ge", 10, "%"),
        ("höchstens 3", "le", 3, None),
        ("price >= 20", "ge", 20, None),
        ("cheaper than 25 cents", "lt", 25, "ct"),
        ("more expensive than 80 €/MWh", "gt", 80, "€/MWh"),
        ("negative prices", "lt", 0, None),
        ("below zero degrees", "lt", 0, None),
    ],
)
def test_thresholds_have_a_side_a_value_and_a_unit(
    text: str, operator: str, value: float, unit: str | None
) -> None:
    (found,) = quantities(text).thresholds

    assert (found.operator, found.value, found.unit) == (operator, value, unit)


def test_a_span_of_numbers_has_two_ends() -> None:
    (found,) = quantities("load between 10 and 20 kW").thresholds

    assert (found.operator, found.value, found.second, found.unit) == ("ge", 10, 20, "kW")


@pytest.mark.parametrize(
    ("text", "side", "limit"),
    [
        ("top 5 sites", "desc", 5),
        ("bottom three sites", "asc", 3),
        ("the 3 largest sites", "desc", 3),
        ("which site has the highest load", "desc", None),
        ("which 2 sites have the lowest load", "asc", 2),
        ("Welcher Standort hat den höchsten Verbrauch", "desc", None),
        ("the coldest day", "asc", None),
        ("load by site", None, None),
    ],
)
def test_rankings_have_a_side_and_a_number(text: str, side: str | None, limit: int | None) -> None:
    found = quantities(text)

    assert (found.superlative, found.limit) == (side, limit)


def test_superlatives_may_say_what_is_measured() -> None:
    assert quantities("the coldest day").hint == "temperature"
    assert quantities("the cheapest tariff").hint == "price"


@pytest.mark.parametrize(
    ("text", "grain"),
    [
        ("which day had the highest load", "day"),
        ("in welchem Monat war die Last am höchsten", "month"),
        ("top 10 hours by price", "hour"),
        ("the coldest week", "week"),
        ("which site", None),
    ],
)
def test_times_may_be_what_is_ranked(text: str, grain: str | None) -> None:
    assert quantities(text).grain == grain


def test_units_are_asked_for_or_divided_by() -> None:
    assert quantities("energy in MWh").unit == "MWh"
    assert quantities("energy per square metre").per_unit == "m²"
    assert quantities("cost per kWh").per_unit == "kWh"
