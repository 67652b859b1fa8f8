"""The numbers of the demo's sources: in the unit they say; energy over unread hours is kept and marked."""

import re
from pathlib import Path

import duckdb
import pytest

from gridlens.demo import sources
from gridlens.demo.sources import HOUSEHOLD, SOURCES, DemoSource

DAY = "start_at >= '2016-10-20 22:00+00' AND start_at < '2016-10-21 22:00+00'"
# Between which bounds a column of this unit lies, and what its largest value has to pass at least:
# a share of one is no percentage, and a kilowatt no watt.
PLAUSIBLE = {
    "%": (0, 100, 1.5),
    "°": (-180, 180, 4),
    "°C": (-40, 50, 15),
    "m/s": (0, 50, 10),
    "MW": (-100, 150, 10),
    "kWh": (0, 25, 1),
    "Wh/kW": (0, 1_100, 500),
    "W": (-100, 10_000, 2_000),
    "W/m²": (0, 1_400, 300),
    "€/MWh": (-500, 4_000, 50),
    "$/kWh": (0, 2, 0.1),
    "kg/kWh": (0, 1.5, 0.05),
}


@pytest.fixture(scope="module")
def household(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("demo") / "household.duckdb"
    HOUSEHOLD.build(path)
    return path


def rows(path: Path, sql: str) -> list[tuple[object, ...]]:
    with duckdb.connect(str(path), read_only=True) as connection:
        return connection.execute(sql).fetchall()


def test_a_day_with_unread_hours_keeps_the_rise_of_its_registers(household: Path) -> None:
    found = rows(
        household,
        f"""SELECT circuit_id, round(sum(energy) FILTER (NOT is_measured), 2),
                   count(*) FILTER (NOT is_measured), count(*)
            FROM circuit_energy
            WHERE {DAY} AND circuit_id IN ('grid_import', 'pv', 'heat_pump')
            GROUP BY 1 ORDER BY 1""",
    )

    # Registers at 11:00 and 24:00: 3609.930 and 3616.911, 2304.770 and 2311.435, 11182.881 and 11192.340.
    assert found == [("grid_import", 6.98, 13, 24), ("heat_pump", 6.66, 13, 24), ("pv", 9.46, 13, 24)]


def test_all_energy_of_a_circuit_is_the_rise_of_its_register(household: Path) -> None:
    data = Path(sources.__file__).parent / "data" / "household_de_cumulative_kwh_hourly.parquet"
    [(rise,)] = duckdb.sql(f"SELECT max(heat_pump) - min(heat_pump) FROM '{data}'").fetchall()

    [(total,)] = rows(household, "SELECT sum(energy) FROM circuit_energy WHERE circuit_id = 'heat_pump'")

    assert total == pytest.approx(rise, abs=0.01)
    assert rows(household, "SELECT count(*) FROM circuit_energy WHERE energy IS NULL") == [(0,)]


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.name)
def test_every_number_is_plausible_in_the_unit_it_says(source: DemoSource, tmp_path: Path) -> None:
    path = tmp_path / "demo.duckdb"
    source.build(path)
    implausible = {}
    for table in source.tables:
        for name, (_, comment) in table.columns.items():
            if (unit := re.match(r"\[(.+?)\]", comment)) is None:
                continue
            lowest, highest, reached = PLAUSIBLE[unit[1]]
            [(low, high)] = rows(path, f"SELECT min({name})::DOUBLE, max({name})::DOUBLE FROM {table.name}")
            assert isinstance(low, float)
            assert isinstance(high, float)
            if low < lowest or high > highest or high < reached:
                implausible[f"{table.name}.{name}"] = (unit[1], low, high)
    assert implausible == {}
