import pytest

from gridlens.data_sources.uploads.units import read_unit, unit_of_heading


@pytest.mark.parametrize(
    ("heading", "name", "unit"),
    [
        ("Load [MW]", "Load", "MW"),
        ("Preis (€/MWh)", "Preis", "€/MWh"),
        ("Price [EUR/MWh]", "Price", "€/MWh"),
        ("Energy (kWh)", "Energy", "kWh"),
        ("temp [C]", "temp", "°C"),
        ("Netzlast [MWh] Berechnete Auflösungen", "Netzlast [MWh] Berechnete Auflösungen", "MWh"),
        ("[MW]", "[MW]", "MW"),
        ("active_energy_kwh", "active_energy_kwh", "kWh"),
        ("grid_import_kWh", "grid_import_kWh", "kWh"),
        ("price_eur_mwh", "price_eur_mwh", "€/MWh"),
        ("tariff_usd_per_kwh", "tariff_usd_per_kwh", "$/kWh"),
        ("solar_w_per_kw", "solar_w_per_kw", "W/kW"),
        ("demand_mwh_per_halfhour", "demand_mwh_per_halfhour", "MWh"),
        ("GHI W/m2", "GHI W/m2", "W/m²"),
        ("dni_w_m2", "dni_w_m2", "W/m²"),
        ("wind_speed_m_s", "wind_speed_m_s", "m/s"),
        ("Verbrauch in kWh", "Verbrauch in kWh", "kWh"),
        ("Load, MW", "Load, MW", "MW"),
        ("temp_c", "temp_c", "°C"),
        ("ac_power_w", "ac_power_w", "W"),
        ("TemperatureC", "TemperatureC", "°C"),
        ("Wind SpeedKm/h", "Wind SpeedKm/h", "km/h"),
        ("Sea Level PressurehPa", "Sea Level PressurehPa", "hPa"),
    ],
)
def test_a_unit_is_read_out_of_a_heading(heading: str, name: str, unit: str) -> None:
    assert unit_of_heading(heading) == (name, unit)


@pytest.mark.parametrize(
    "heading",
    [
        "load",
        "status",
        "Wert",
        "lat",
        "class_b",
        "windspeed_100m",
        "name (old)",
        "PV (l1)",
        "vitamin_c",
        "day",
    ],
)
def test_a_word_is_not_taken_for_a_unit(heading: str) -> None:
    assert unit_of_heading(heading) == (heading, None)


@pytest.mark.parametrize(
    ("text", "unit"), [("kwh", "kWh"), (" [MW] ", "MW"), ("g/kWh", "g/kWh"), ("Zeit", None)]
)
def test_a_unit_in_a_row_of_its_own_is_read(text: str, unit: str | None) -> None:
    assert read_unit(text) == unit
