import pytest

from gridlens.visualizations.figures.meaning import meaning_of
from gridlens.visualizations.figures.quantities import quantity_of
from gridlens.visualizations.figures.theme import DARK, LIGHT, blend, looks


@pytest.mark.parametrize(
    ("name", "unit", "subject"),
    [
        ("solar_mw", "MW", "solar"),
        ("PV generation", "kWh", "solar"),
        ("WindOnshore", "MW", "wind"),
        ("Gas CHP", "kW", "gas"),
        ("biogas", "kW", "biomass"),
        ("grid_import", "kWh", "grid"),
        ("solar export", "kWh", "solar"),
        ("battery discharging", "kW", "battery"),
        ("grid load", "MW", "load"),
        ("consumption", "kWh", "load"),
        ("day ahead", "€/MWh", "price"),
        ("wind_speed", "m/s", None),
        ("solar irradiance", "W/m²", None),
        ("gasoline", "kWh", None),
        ("site", None, None),
    ],
)
def test_a_name_tells_the_subject_unless_the_unit_contradicts(name, unit, subject):
    assert meaning_of(name, quantity_of(unit)).subject == subject


def test_a_forecast_is_dotted_in_its_carriers_colour():
    actual, forecast = (meaning_of(name, quantity_of("MW")) for name in ("load", "load forecast"))

    first, second = looks([actual, forecast, meaning_of("wind", quantity_of("MW"))], LIGHT)[:2]

    assert (first.dash, second.dash) == ("solid", "dot")
    assert first.colour.line == second.colour.line == "#14181B"


def test_sites_that_are_all_loads_are_told_apart_by_generic_colours():
    meanings = [meaning_of(f"load of {site}", quantity_of("kW")) for site in "ABC"]

    colours = [look.colour.fill for look in looks(meanings, LIGHT)]

    assert colours == list(LIGHT.series[:3])


def test_two_solar_parks_beside_wind_are_two_shades_of_solar():
    meanings = [meaning_of(name, quantity_of("kW")) for name in ("solar north", "solar south", "wind")]

    north, south, wind = looks(meanings, LIGHT)

    assert north.colour.fill == "#E3AF1F"
    assert south.colour.fill == blend("#E3AF1F", "#FFFFFF", 0.7)
    assert south.dash == "dash"
    assert wind.colour.fill == "#24A778"


def test_beyond_six_generic_series_the_colours_return_dashed():
    found = looks([meaning_of(f"meter {n}", quantity_of(None)) for n in range(8)], DARK)

    assert found[6].colour == found[0].colour
    assert (found[0].dash, found[6].dash) == ("solid", "dash")
