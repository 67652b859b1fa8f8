"""How columns will be used."""

import pytest

from gridlens.data_sources.profiles.roles import role_of
from gridlens.shared.catalog import CatalogColumn, CatalogTable, ColumnProfile, ForeignKey
from gridlens.shared.results import ColumnRole, Kind


def role(name: str, kind: Kind, *, unit: str | None = None, distinct: int = 5000, native: str = "") -> str:
    column = CatalogColumn(
        name=name,
        kind=kind,
        native_type=native,
        unit=unit,
        profile=ColumnProfile(null_share=0, distinct_count=distinct),
    )
    table = CatalogTable(
        name="reading",
        columns=(column,),
        primary_key=("read_at", "serial"),
        foreign_keys=(ForeignKey(columns=("site",), table="site", referenced_columns=("site_id",)),),
        row_count=10_000,
    )
    return role_of(column, table)


@pytest.mark.parametrize(
    ("name", "kind", "expected"),
    [
        ("read_at", Kind.TIMESTAMP, ColumnRole.TIME),
        ("day", Kind.DATE, ColumnRole.TIME),
        ("clock", Kind.TIME, ColumnRole.DIMENSION),
        ("serial", Kind.INTEGER, ColumnRole.KEY),
        ("site", Kind.INTEGER, ColumnRole.KEY),
        ("meter_id", Kind.INTEGER, ColumnRole.KEY),
        ("meterId", Kind.TEXT, ColumnRole.KEY),
        ("zip_code", Kind.INTEGER, ColumnRole.KEY),
        ("load", Kind.NUMBER, ColumnRole.MEASURE),
        ("count", Kind.INTEGER, ColumnRole.MEASURE),
        ("year", Kind.INTEGER, ColumnRole.DIMENSION),
        ("day_type", Kind.INTEGER, ColumnRole.DIMENSION),
        ("is_estimated", Kind.INTEGER, ColumnRole.DIMENSION),
        ("latitude", Kind.NUMBER, ColumnRole.DIMENSION),
        ("quality", Kind.TEXT, ColumnRole.DIMENSION),
        ("is_good", Kind.BOOLEAN, ColumnRole.DIMENSION),
    ],
)
def test_kind_keys_and_name_decide(name, kind, expected):
    assert role(name, kind) == expected


def test_what_has_a_unit_is_measured_whatever_its_name_says():
    assert role("battery_level", Kind.NUMBER) == ColumnRole.DIMENSION
    assert role("battery_level", Kind.NUMBER, unit="%") == ColumnRole.MEASURE
    assert role("longitude", Kind.NUMBER, unit="°") == ColumnRole.DIMENSION


def test_a_handful_of_numbers_over_and_over_are_names_not_measurements():
    assert role("substation", Kind.INTEGER, distinct=4) == ColumnRole.DIMENSION
    assert role("substation", Kind.INTEGER, distinct=4000) == ColumnRole.MEASURE


def test_a_uuid_identifies():
    assert role("device", Kind.TEXT, native="uuid") == ColumnRole.KEY
