"""Units convert exactly, and only where they measure the same."""

from fractions import Fraction

import pytest

from gridlens.analytics.ask.units import (
    Quantity,
    column_unit,
    factor,
    product,
    quantity_of,
    readable,
    spelled,
)
from gridlens.shared.catalog import CatalogColumn
from gridlens.shared.results import Kind


@pytest.mark.parametrize(
    ("source", "target", "step", "expected"),
    [
        ("kWh", "MWh", None, Fraction(1, 1000)),
        ("MWh", "GJ", None, Fraction(36, 10)),
        ("kW", "kWh", 900, Fraction(1, 4)),
        ("MW", "kWh", 1800, Fraction(500)),
        ("kWh", "kW", 900, Fraction(4)),
        ("ct/kWh", "€/MWh", None, Fraction(10)),
        ("EUR/MWh", "ct/kWh", None, Fraction(1, 10)),
        ("kWh", "kWh", None, Fraction(1)),
        ("kW", "kWh", None, None),
        ("kWh", "°C", 900, None),
        ("€/MWh", "$/MWh", None, None),
        ("€", "€/MWh", None, None),
        (None, "kWh", 900, None),
        ("mW", "MW", None, None),
        ("kg/kWh", "g/MWh", None, Fraction(10**6)),
        ("°C", "°F", None, None),
        ("9**9**9/kWh", "g/kWh", None, None),
        ("money/kWh", "g/kWh", None, None),
    ],
)
def test_units_convert(source: str | None, target: str, step: int | None, expected: Fraction | None) -> None:
    assert factor(source, target, step) == expected


@pytest.mark.parametrize(
    ("one", "other", "step", "expected"),
    [
        ("kWh", "€/kWh", None, ("€", Fraction(1))),
        ("ct/kWh", "MWh", None, ("ct", Fraction(1000))),
        ("kW", "€/MWh", 900, ("€", Fraction(1, 4000))),
        ("kW", "€/MWh", None, None),
        ("kWh", "kg/GJ", None, ("kg", Fraction(36, 10_000))),
        ("kWh", "m²", None, None),
        ("kWh", None, None, None),
    ],
)
def test_a_rate_times_an_amount_is_in_the_unit_above_it(
    one: str, other: str | None, step: int | None, expected: tuple[str, Fraction] | None
) -> None:
    assert product(one, other, step) == expected


@pytest.mark.parametrize(
    ("unit", "quantity"),
    [
        ("kWh", Quantity.ENERGY),
        ("MW", Quantity.POWER),
        ("€/MWh", Quantity.PRICE),
        ("USD/kWh", Quantity.PRICE),
        ("ct", Quantity.MONEY),
        ("W/m²", Quantity.INTENSITY),
        ("kg/kWh", Quantity.INTENSITY),
        ("m/s", Quantity.STATE),
        ("°C", Quantity.TEMPERATURE),
        ("parsec", None),
        (None, None),
    ],
)
def test_units_tell_what_they_measure(unit: str | None, quantity: Quantity | None) -> None:
    assert quantity_of(unit) is quantity


@pytest.mark.parametrize(
    ("name", "unit"),
    [
        ("load_mw", "MW"),
        ("kwh", "kWh"),
        ("price_eur_mwh", "€/MWh"),
        ("temp_c", "°C"),
        ("c", None),
        ("name", None),
    ],
)
def test_names_may_end_in_their_unit(name: str, unit: str | None) -> None:
    assert column_unit(CatalogColumn(name=name, kind=Kind.NUMBER, native_type="double")) == unit


def test_the_catalog_knows_units_better_than_names_do() -> None:
    column = CatalogColumn(name="load_kw", kind=Kind.NUMBER, native_type="double", unit="MW")

    assert column_unit(column) == "MW"


@pytest.mark.parametrize(
    ("word", "unit"), [("KWH", "kWh"), ("Euro", "€"), ("eur/mwh", "€/MWh"), ("sites", None)]
)
def test_units_are_spelled_one_way(word: str, unit: str | None) -> None:
    assert spelled(word) == unit


def test_large_figures_move_up_the_ladder() -> None:
    assert readable(21_400, "kWh") == (21.400000000000002, "MWh")
    assert readable(0.25, "MW") == (250.0, "kW")
    assert readable(12, "€/MWh") == (12, "€/MWh")
