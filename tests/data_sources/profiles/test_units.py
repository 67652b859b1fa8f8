"""Units found in names and comments."""

import pytest

from gridlens.data_sources.profiles.units import parse_unit, stated_unit, unit_of


@pytest.mark.parametrize(
    ("name", "unit"),
    [
        ("load_mw", "MW"),
        ("import_kwh", "kWh"),
        ("Leistung_kW", "kW"),
        ("loadMW", "MW"),
        ("kwh_import", "kWh"),
        ("Load [MW]", "MW"),
        ("Price (EUR/MWh)", "€/MWh"),
        ("price_eur_mwh", "€/MWh"),
        ("price_eur_per_mwh", "€/MWh"),
        ("tariff_ct_kwh", "ct/kWh"),
        ("tariff_usd_kwh", "USD/kWh"),
        ("carbon_kg_kwh", "kg/kWh"),
        ("carbon_kg_per_kwh", "kg/kWh"),
        ("radiation_w_m2", "W/m²"),
        ("solar_w_per_kw", "W/kW"),
        ("wind_speed_m_s", "m/s"),
        ("wind_kmh", "km/h"),
        ("humidity_pct", "%"),
        ("temp_c", "°C"),
        ("outdoor_temperature_degc", "°C"),
        ("voltage_v", "V"),
        ("current_a", "A"),
        ("power_w", "W"),
        ("frequency_hz", "Hz"),
        ("pressure_hpa", "hPa"),
        ("temperature", None),
        ("load", None),
        ("vitamin_c", None),
        ("grade_a", None),
        ("version_v", None),
        ("meter_id", None),
        ("sum_m", None),
        ("gas_t", None),
        ("started_min", None),
        ("price", None),
        ("", None),
    ],
)
def test_a_name_gives_its_unit_away_or_none_is_guessed(name, unit):
    assert unit_of(name, None) == unit


@pytest.mark.parametrize(
    ("comment", "unit"),
    [
        ("Net load, MW", "MW"),
        ("Mean power over the interval, kW", "kW"),
        ("[kWh] Energy drawn from the grid", "kWh"),
        ("Energy (kWh) of the interval", "kWh"),
        ("Unit: EUR/MWh", "€/MWh"),
        ("Day-ahead price in EUR/MWh.", "€/MWh"),
        ("Outdoor temperature in degrees Celsius", "°C"),
        ("Carbon intensity; kg CO2/kWh", "kg/kWh"),
        ("Carbon intensity - gCO2eq/kWh", "g/kWh"),
        ("ct/kWh", "ct/kWh"),
        ("Irradiance, W per m2", "W/m²"),
        ("How the value came about", None),
        ("A meter in the cellar", None),
        ("", None),
    ],
)
def test_a_comment_is_believed_before_the_name(comment, unit):
    assert unit_of("value", comment) == unit
    if unit:
        assert unit_of("load_gw", comment) == unit


def test_only_a_text_that_is_a_unit_and_nothing_else_is_one():
    assert parse_unit("€ / MWh") == "€/MWh"
    assert parse_unit("mW") == "mW"
    assert parse_unit("mw") == "MW"
    assert parse_unit("MW of load") is None
    assert parse_unit("a/b/c") is None


def test_the_bracket_that_an_import_writes_is_taken_as_it_stands():
    assert stated_unit("[kwh] Drawn from the grid") == ("kWh", "Drawn from the grid")
    assert stated_unit("[widgets]") == ("widgets", None)
    assert stated_unit("Drawn [kWh] from the grid") == (None, "Drawn [kWh] from the grid")
    assert stated_unit(None) == (None, None)
