"""Keys that nobody declared, from names and values, on the engines themselves."""

import sqlite3

import pytest

from gridlens.analytics.ask.relations import Relations, TableKey
from gridlens.core.models import utc_now
from gridlens.data_sources.connectors.files import FileConnector
from gridlens.data_sources.profiles.statistics import Profiler
from gridlens.shared.catalog import Catalog

pytestmark = pytest.mark.anyio

REGIONS = """
CREATE TABLE region (region_name TEXT, area INTEGER);
CREATE TABLE plant (id INTEGER, plant_name TEXT, lies_in TEXT, output INTEGER);
CREATE TABLE coast (region_name TEXT, length INTEGER);
CREATE TABLE outage (plant_id INTEGER, hours INTEGER, cause TEXT);
INSERT INTO region VALUES ('Nord', 3), ('Ost', 8), ('Sued', 5), ('West', 9), ('Mitte', 7), ('Harz', 6);
INSERT INTO coast VALUES ('Nord', 120), ('West', 60);
INSERT INTO plant VALUES (1, 'Alpha', 'Nord', 1), (2, 'Beta', 'Ost', 2), (3, 'Gamma', 'Sued', 3),
  (4, 'Delta', 'West', 4), (5, 'Zeta', 'Mitte', 5), (6, 'Eta', 'Nord', 6);
INSERT INTO outage VALUES (1, 2, 'storm'), (1, 5, 'ice'), (4, 1, 'storm');
"""


async def keys_of(path, pool, further: str = "") -> dict[tuple[str, tuple[str, ...]], tuple[str, bool]]:
    with sqlite3.connect(path) as connection:
        connection.executescript(REGIONS + further)
    connection.close()
    connector = FileConnector("sqlite", str(path), "UTC", pool, is_ours=True)
    tables, _ = await Profiler(connector, "sqlite").profile_all(
        await connector.read_catalog(), lambda _done, _total: None
    )
    return {
        (table.name, key.columns): (key.table, key.is_inferred)
        for table in tables
        for key in table.foreign_keys
    }


async def test_a_key_shows_by_its_name_or_by_its_values(tmp_path, pool):
    assert await keys_of(tmp_path / "regions.sqlite", pool) == {
        ("coast", ("region_name",)): ("region", True),
        ("plant", ("lies_in",)): ("region", True),
        ("outage", ("plant_id",)): ("plant", True),
    }


async def test_one_value_that_is_nowhere_else_makes_no_key(tmp_path, pool):
    keys = await keys_of(
        tmp_path / "regions.sqlite", pool, "INSERT INTO plant VALUES (7, 'Theta', 'Elsewhere', 7);"
    )

    assert ("plant", ("lies_in",)) not in keys


async def test_where_a_key_is_declared_none_is_guessed(tmp_path, pool):
    declared = "CREATE TABLE crew (id INTEGER PRIMARY KEY, head INTEGER REFERENCES crew (id));"

    keys = await keys_of(tmp_path / "regions.sqlite", pool, declared)

    assert keys == {("crew", ("head",)): ("crew", False)}


async def test_a_row_that_comes_later_is_not_lost(tmp_path, pool):
    path = tmp_path / "regions.sqlite"
    await keys_of(path, pool)
    connector = FileConnector("sqlite", str(path), "UTC", pool, is_ours=True)
    tables, _ = await Profiler(connector, "sqlite").profile_all(
        await connector.read_catalog(), lambda _done, _total: None
    )

    relations = Relations(Catalog(tables=tables, version=1, read_at=utc_now()))

    [step] = relations.ups(TableKey("", "outage"))
    assert not step.link.is_total
