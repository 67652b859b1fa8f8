import pytest

from gridlens.visualizations.figures.quantities import (
    change,
    common_scale,
    number,
    quantity_of,
    with_unit,
)


@pytest.mark.parametrize(
    ("unit", "largest", "shown", "factor"),
    [
        ("kWh", 322_700, "MWh", 0.001),
        ("kWh", 0.45, "Wh", 1000.0),
        ("Wh", 999, "Wh", 1.0),
        ("Wh", 1_000, "kWh", 0.001),
        ("MW", 3.26, "MW", 1.0),
        ("MW", 1_250, "GW", 0.001),
        ("kg CO₂", 138_000, "t CO₂", 0.001),
        ("€", 8_914, "€", 1.0),
        ("€", 250_000, "k€", 0.001),
        ("€/MWh", 4_000, "€/MWh", 1.0),
        ("°C", 4_000, "°C", 1.0),
        (None, 4_000_000, None, 1.0),
    ],
)
def test_the_largest_magnitude_decides_the_unit(unit, largest, shown, factor):
    scale = common_scale(quantity_of(unit), largest)

    assert scale.unit == shown
    assert scale.factor == pytest.approx(factor)


def test_zero_and_infinity_leave_the_unit_as_it_is():
    assert common_scale(quantity_of("kWh"), 0.0).unit == "kWh"
    assert common_scale(quantity_of("kWh"), float("inf")).unit == "kWh"


@pytest.mark.parametrize(
    ("unit", "over_time", "across"),
    [
        ("kWh", True, True),
        ("MW", False, True),
        ("€", True, True),
        ("€/MWh", False, False),
        ("ct/kWh", False, False),
        ("%", False, False),
        ("°C", False, False),
        ("g CO₂/kWh", False, False),
        ("W/m²", False, False),
        ("kg", True, True),
    ],
)
def test_what_adds_up_over_time_and_across_sites_follows_from_the_unit(unit, over_time, across):
    quantity = quantity_of(unit)

    assert (quantity.sums_over_time, quantity.sums_across) == (over_time, across)


def test_numbers_have_a_true_minus_and_groups_and_no_negative_zero():
    assert number(-1234.5, 1) == "−1,234.5"
    assert number(-0.004, 2) == "0.00"
    assert number(0.5, 0) == "0"


def test_a_currency_stands_first_and_other_units_behind_a_thin_space():
    assert with_unit("8,914", "€") == "€8,914"
    assert with_unit("−8,914", "€") == "−€8,914"
    assert with_unit("3.26", "MW") == "3.26\u2009MW"
    assert with_unit("3", None) == "3"


def test_decimals_follow_the_trade_and_show_at_least_three_digits():
    assert common_scale(quantity_of("€/MWh"), 119).text(119) == "119.00\u2009€/MWh"
    assert common_scale(quantity_of("MWh"), 177.9).text(177.9) == "177.9\u2009MWh"
    assert common_scale(quantity_of("MWh"), 5.84).text(5.84) == "5.84\u2009MWh"
    assert common_scale(quantity_of("kW"), 640).text(640) == "640\u2009kW"
    assert common_scale(quantity_of("%"), 47).text(47) == "47.0\u2009%"
    assert common_scale(quantity_of("MW"), 3.0).text(None) == "–"


def test_change_is_relative_except_between_percentages():
    assert change(5.84, 6.70, quantity_of("MWh")) == "−13\u2009%"
    assert change(4.92, 4.88, quantity_of("MWh")) == "+0.8\u2009%"
    assert change(-5.0, -10.0, quantity_of("MWh")) == "+50\u2009%"
    assert change(95.4, 90.7, quantity_of("%")) == "+4.7\u2009pp"
    assert change(1.0, 0.0, quantity_of("MWh")) is None
    assert change(-2.0, -4.0, quantity_of("°C")) == "+2.0\u2009°C"
    assert change(2.0, 2.0, quantity_of("MWh")) == "0.0\u2009%"
