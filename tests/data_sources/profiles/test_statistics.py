"""Figures over columns, on the engines themselves."""

import sqlite3
from datetime import UTC, datetime, timedelta

import duckdb
import pytest

from gridlens.data_sources.connectors.files import FileConnector
from gridlens.data_sources.connectors.mysql import MysqlConnector
from gridlens.data_sources.connectors.postgresql import PostgresqlConnector
from gridlens.data_sources.profiles import dialects
from gridlens.data_sources.profiles.statistics import Profiler, usual_step
from gridlens.shared.catalog import CatalogTable
from gridlens.shared.results import ColumnRole, Kind

pytestmark = pytest.mark.anyio


async def profiled(connector, kind: str, *, seconds: float = 60) -> dict[str, CatalogTable]:
    tables, left_out = await Profiler(connector, kind, seconds).profile_all(
        await connector.read_catalog(), lambda _done, _total: None
    )
    assert left_out == ()
    return {table.name: table for table in tables}


def check_meters(tables: dict[str, CatalogTable], load: str) -> None:
    """The same figures, whichever engine counted: 96 quarter-hours of two sites."""
    reading, site = tables["reading"], tables["site"]
    assert (reading.row_count, site.row_count, reading.interval_seconds) == (192, 2, 900)
    columns = {column.name: column for column in reading.columns}
    assert {name: column.role for name, column in columns.items()} == {
        "read_at": ColumnRole.TIME,
        "site_id": ColumnRole.KEY,
        load: ColumnRole.MEASURE,
        "note": ColumnRole.DIMENSION,
    }
    assert (columns[load].unit, columns["site_id"].unit) == ("kW", None)
    # step 0..95 plus site 1 or 2.
    assert (columns[load].profile.minimum, columns[load].profile.maximum) == (1, 97)
    assert columns[load].profile.distinct_count == 97
    assert columns["read_at"].profile.minimum == "2024-03-30T23:00:00+00:00"
    assert columns["read_at"].profile.maximum == "2024-03-31T22:45:00+00:00"
    assert columns["note"].profile.null_share == 0.5
    [top] = columns["note"].profile.top_values
    assert (top.value, top.count) == ("measured", 96)
    names = {column.name: column for column in site.columns}["name"].profile
    assert {value.value for value in names.top_values} == {"Harbour", "Mill"}


async def test_duckdb(pool, meters):
    connector = FileConnector("duckdb", str(meters), "Europe/Madrid", pool, is_ours=True)
    check_meters(await profiled(connector, "duckdb"), "load")


async def test_postgresql(postgres_reader, policy):
    connector = PostgresqlConnector(
        postgres_reader.postgresql(), postgres_reader.password, "Europe/Madrid", policy
    )
    check_meters(await profiled(connector, "postgresql"), "load_kw")
    await connector.close()


async def test_mysql(mariadb_reader, policy):
    connector = MysqlConnector(mariadb_reader.mysql(), mariadb_reader.password, "Europe/Madrid", policy)
    check_meters(await profiled(connector, "mysql"), "load_kw")
    await connector.close()


async def test_sqlite(pool, tmp_path):
    path = tmp_path / "meters.sqlite"
    connection = sqlite3.connect(path)
    connection.executescript(
        """
        CREATE TABLE site (site_id INTEGER PRIMARY KEY, name TEXT NOT NULL);
        INSERT INTO site VALUES (1, 'Harbour'), (2, 'Mill');
        CREATE TABLE reading (read_at TEXT, site_id INTEGER REFERENCES site, load_kw REAL, note TEXT,
            PRIMARY KEY (read_at, site_id));
        WITH RECURSIVE steps(step) AS (SELECT 0 UNION ALL SELECT step + 1 FROM steps WHERE step < 95)
        INSERT INTO reading
        SELECT datetime('2024-03-30 23:00', (step * 15) || ' minutes') || '+00:00', site_id, step + site_id,
            CASE WHEN step % 2 = 0 THEN 'measured' END FROM steps, site;
        """
    )
    connection.close()
    connector = FileConnector("sqlite", str(path), "Europe/Madrid", pool, is_ours=True)
    tables = await profiled(connector, "sqlite")
    check_meters(tables, "load_kw")
    assert tables["reading"].columns[0].kind is Kind.TIMESTAMP
    [key] = tables["reading"].foreign_keys
    assert (key.columns, key.table, key.referenced_columns) == (("site_id",), "site", ("site_id",))


@pytest.fixture
def sampling(monkeypatch):
    """Every table with more than 50 rows counts as large."""
    for kind, dialect in dialects.DIALECTS.items():
        small = dialects.Dialect(dialect.engine, dialect.quote_mark, dialect.text_type, 50, 60)
        monkeypatch.setitem(dialects.DIALECTS, kind, small)


async def check_sampled(connector, kind: str) -> None:
    """Of a sample the figures are near; counts and the first and last instant are exact."""
    reading = (await profiled(connector, kind))["reading"]
    assert reading.row_count == 192
    read_at, _, load, _ = reading.columns
    assert read_at.profile.minimum == "2024-03-30T23:00:00+00:00"
    assert read_at.profile.maximum == "2024-03-31T22:45:00+00:00"
    assert load.profile.null_share == 0
    assert reading.interval_seconds == 900


async def test_a_large_table_of_duckdb_is_sampled(pool, meters, sampling):
    await check_sampled(FileConnector("duckdb", str(meters), "UTC", pool, is_ours=True), "duckdb")


async def test_a_large_table_of_postgresql_is_sampled(postgres_reader, policy, sampling):
    connector = PostgresqlConnector(postgres_reader.postgresql(), postgres_reader.password, "UTC", policy)
    await check_sampled(connector, "postgresql")
    await connector.close()


async def test_a_large_table_of_mysql_is_sampled(mariadb_reader, policy, sampling):
    connector = MysqlConnector(mariadb_reader.mysql(), mariadb_reader.password, "UTC", policy)
    await check_sampled(connector, "mysql")
    await connector.close()


async def test_odd_names_and_odd_types_do_not_stop_a_profile(pool, tmp_path):
    path = tmp_path / "odd.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute(
            '''
            CREATE TABLE "we ""quote"" it" (
                "a ""b""" INTEGER, list INTEGER[], record STRUCT(x INTEGER), raw BLOB, span INTERVAL, id UUID,
                "select" VARCHAR, nothing DOUBLE
            );
            INSERT INTO "we ""quote"" it" VALUES (
                7, [1], {'x': 1}, 'x', INTERVAL 1 HOUR, '00000000-0000-0000-0000-000000000001', 'word', NULL
            );
            '''
        )
        connection.execute('CREATE VIEW seen AS SELECT "select" AS word FROM "we ""quote"" it"')
        connection.execute("CREATE TABLE empty (a INTEGER, b VARCHAR)")
    connector = FileConnector("duckdb", str(path), "UTC", pool, is_ours=True)
    tables = await profiled(connector, "duckdb")
    odd = {column.name: column for column in tables['we "quote" it'].columns}
    assert odd['a "b"'].profile.maximum == 7
    assert odd["list"].kind is Kind.JSON
    assert odd["nothing"].profile.null_share == 1
    assert odd["id"].role is ColumnRole.KEY
    assert tables["seen"].is_view
    assert [value.value for value in tables["seen"].columns[0].profile.top_values] == ["word"]
    assert (tables["empty"].row_count, tables["empty"].columns[0].profile.null_share) == (0, 0)


async def test_tables_there_is_no_time_for_are_named_and_keep_units_and_roles(pool, meters):
    connector = FileConnector("duckdb", str(meters), "UTC", pool, is_ours=True)
    tables, left_out = await Profiler(connector, "duckdb", seconds=0).profile_all(
        await connector.read_catalog(), lambda _done, _total: None
    )
    assert left_out == ("reading", "site")
    assert tables[0].columns[2].profile is None
    assert (tables[0].columns[2].unit, tables[0].columns[2].role) == ("kW", ColumnRole.MEASURE)


def test_the_usual_step_is_that_of_most_neighbours():
    start = datetime(2024, 1, 1, tzinfo=UTC)
    steady = [start + timedelta(minutes=15 * step) for step in range(20)]
    assert usual_step(steady) == 900
    assert usual_step([*steady[:8], *steady[12:]]) == 900
    assert usual_step([start + timedelta(minutes=step * step) for step in range(20)]) is None
    assert usual_step([start]) is None
    assert usual_step([]) is None
