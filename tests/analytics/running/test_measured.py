"""Readings that a table marks as estimates are not counted as there."""

from datetime import UTC, datetime

import duckdb
import pytest

from gridlens.analytics.guard import KnownTables
from gridlens.analytics.running.readings import readings_of
from gridlens.shared.catalog import Catalog, CatalogColumn, CatalogTable
from gridlens.shared.results import ColumnRole, Kind

HOURS_OF_A_DAY = 24
ESTIMATED = 3


def tables(mark: str) -> KnownTables:
    def column(name: str, kind: Kind, role: ColumnRole) -> CatalogColumn:
        return CatalogColumn(name=name, kind=kind, native_type=str(kind), role=role)

    energy = CatalogTable(
        name="energy",
        columns=(
            column("circuit", Kind.TEXT, ColumnRole.KEY),
            column("at", Kind.TIMESTAMP, ColumnRole.TIME),
            column("kwh", Kind.NUMBER, ColumnRole.MEASURE),
            column(mark, Kind.BOOLEAN, ColumnRole.DIMENSION),
        ),
        primary_key=("circuit", "at"),
        interval_seconds=3600,
    )
    return KnownTables.of(Catalog(version=1, read_at=datetime.now(UTC), tables=(energy,)), "duckdb")


@pytest.mark.parametrize(
    ("mark", "measured"), [("is_measured", "is_measured"), ("is_estimated", "NOT is_estimated")]
)
@pytest.mark.parametrize("condition", ["", " WHERE {measured}"])
def test_an_estimate_is_a_value_and_no_reading(mark: str, measured: str, condition: str) -> None:
    sql = f"SELECT sum(kwh) AS kwh FROM energy{condition.format(measured=measured)}"

    found = readings_of(sql, tables(mark), zone="UTC", most_rows=100)

    assert found is not None
    assert found.left_out is None
    with duckdb.connect() as connection:
        connection.execute(
            f"""CREATE TABLE energy AS
                SELECT 'pv' AS circuit, TIMESTAMPTZ '2026-01-01' + INTERVAL 1 HOUR * hour AS at, 1.0 AS kwh,
                       (hour < {ESTIMATED}) = {mark == "is_estimated"} AS {mark}
                FROM range({HOURS_OF_A_DAY}) AS hours (hour)"""
        )
        connection.execute(f"CREATE TABLE counted AS {found.count_sql}")
        [(present,)] = connection.execute("SELECT readings_present_1 FROM counted").fetchall()
    assert present == HOURS_OF_A_DAY - ESTIMATED
