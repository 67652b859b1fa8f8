"""A column's name that ends in a unit says its unit; nothing else does."""

import pytest

from gridlens.analytics.running.named_units import named_unit


@pytest.mark.parametrize(
    ("name", "unit"),
    [
        ("energy_mwh", "MWh"),
        ("Load_kW", "kW"),
        ("price_eur_per_mwh", "€/MWh"),
        ("cost_usd", "$"),
        ("share_pct", "%"),
        ("energy", None),
        ("mwh", None),
        ("show", None),
        ("row", None),
    ],
)
def test_the_unit_is_read_from_the_end_of_the_name(name: str, unit: str | None) -> None:
    assert named_unit(name) == unit
