"""Numbers as the design writes them, each worked by hand."""

import pytest

from gridlens.notifications.mail.numbers import change, number, quantity, scale_of


@pytest.mark.parametrize(
    ("value", "unit", "written"),
    [
        (328_900.0, "kWh", "329\u202fMWh"),
        (3_310.0, "kW", "3.31\u202fMW"),
        (9_514.0, "EUR", "€9,514"),
        (-6.9, "€/MWh", "\u22126.9\u202f€/MWh"),
        (89.2, "%", "89.2\u202f%"),
        (0.0, "kWh", "0\u202fkWh"),
        (-2.3, "°C", "\u22122.3\u202f°C"),
        (-12.5, "EUR", "\u2212€12.50"),
        (None, "kWh", "–\u202fkWh"),
        (12.0, None, "12"),
    ],
)
def test_a_number_that_stands_alone(value: float | None, unit: str | None, written: str) -> None:
    assert quantity(value, unit) == written


def test_one_column_has_one_unit_and_fixed_decimals() -> None:
    values = [73_200.0, -1_500.0, 12.0, None, float("nan")]
    scale = scale_of(values[:4], "kWh")

    assert scale.unit == "MWh"
    assert [number(each, scale) for each in values] == ["73.2", "\u22121.5", "0.0", "–", "–"]


def test_whole_numbers_stay_whole() -> None:
    scale = scale_of([1_234_567, 3], None, is_whole=True)

    assert [number(each, scale) for each in (1_234_567, 3)] == ["1,234,567", "3"]


@pytest.mark.parametrize(
    ("value", "before", "unit", "written"),
    [
        (94.0, 100.0, "MWh", "\u22126.0\u202f%"),
        (102.1, 100.0, "MWh", "+2.1\u202f%"),
        (90.7, 86.0, "%", "+4.7\u202fpp"),
        (-50.0, -100.0, "EUR", "+50.0\u202f%"),
        (1.0, 0.0, "MWh", None),
        (None, 1.0, "MWh", None),
        (100.0, 100.0, "MWh", "0.0\u202f%"),
    ],
)
def test_changes_carry_their_sign(
    value: float | None, before: float | None, unit: str, written: str | None
) -> None:
    assert change(value, before, unit) == written
