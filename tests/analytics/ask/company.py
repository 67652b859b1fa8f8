"""A small energy company: its rows, and the catalog that each engine would give of them."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from gridlens.shared.catalog import (
    Catalog,
    CatalogColumn,
    CatalogTable,
    ColumnProfile,
    ForeignKey,
    TopValue,
)
from gridlens.shared.data_sources import SourceDescription
from gridlens.shared.results import ColumnRole, Kind

ZONE = "Europe/Berlin"
TODAY = date(2021, 11, 2)

SITES = [
    (1, "Harbour Hall", "Hamburg", "office", 1000.0),
    (2, "Mill Park", "Berlin", "retail", 500.0),
    (3, "Weir House", "Berlin", "office", 250.0),
]
METERS = [
    (101, 1, "electricity", "import", True),
    (102, 1, "electricity", "export", True),
    (201, 2, "electricity", "import", True),
    (301, 3, "gas", "import", False),
]
TARIFFS = [
    (1, "Basic", "Nordlicht", 30.0, False),
    (2, "Green", "Nordlicht", 32.0, True),
    (3, "Flex", "Talwind", 28.0, True),
]
CONTRACTS = [
    (1, 1, 1, date(2020, 1, 1), date(2021, 1, 1)),
    (2, 1, 2, date(2021, 1, 1), None),
    (3, 2, 3, date(2021, 1, 1), None),
]
# kWh per quarter-hour of each meter, the same at all times, so that sums are counts of intervals.
KWH = {101: 1.0, 102: 0.5, 201: 2.0, 301: 4.0}
# Local days with readings: around both clock changes of 2021.
FIRST_SPAN = (datetime(2021, 3, 26, 23, tzinfo=UTC), datetime(2021, 3, 29, 22, tzinfo=UTC))
SECOND_SPAN = (datetime(2021, 10, 29, 22, tzinfo=UTC), datetime(2021, 11, 1, 23, tzinfo=UTC))


def quarter_hours() -> Iterator[datetime]:
    for start, end in (FIRST_SPAN, SECOND_SPAN):
        for step in range(int((end - start) / timedelta(minutes=15))):
            yield start + timedelta(minutes=15) * step


def readings() -> Iterator[tuple[int, datetime, float | None, str]]:
    for meter, kwh in KWH.items():
        for number, instant in enumerate(quarter_hours()):
            # Meter 201 misses every hundredth reading.
            is_missing = meter == 201 and number % 100 == 99
            yield meter, instant, None if is_missing else kwh, "missing" if is_missing else "measured"


def loads() -> Iterator[tuple[int, datetime, float]]:
    """Site 1 draws 1 MW at night and 3 MW from 17 to 21 h local; site 2 always 2 MW."""
    for instant in quarter_hours():
        hour = instant.astimezone(ZoneInfo(ZONE)).hour
        yield 1, instant, 3.0 if 17 <= hour < 21 else 1.0
        yield 2, instant, 2.0


def prices() -> Iterator[tuple[datetime, float]]:
    """The price in €/MWh is the local hour of the day; on 31 October it is negative from 2 to 3 h."""
    for instant in quarter_hours():
        if instant.minute == 0:
            local = instant.astimezone(ZoneInfo(ZONE))
            is_negative = local.date() == date(2021, 10, 31) and local.hour == 2
            yield instant, -5.0 if is_negative else float(local.hour)


def visits() -> Iterator[tuple[int, int, datetime]]:
    """Times without a zone, as the clock on the wall showed them."""
    yield 1, 1, _clock(2021, 3, 28, 1, 30)
    yield 2, 1, _clock(2021, 3, 28, 3, 30)
    yield 3, 2, _clock(2021, 10, 31, 2, 30)
    yield 4, 2, _clock(2021, 10, 31, 23, 30)


def _clock(*parts: int) -> datetime:
    return datetime(*parts)  # noqa: DTZ001 -- a time without a zone is what is tested


TABLES: dict[str, tuple[str, list[tuple[Any, ...]]]] = {
    "site": (
        (
            "site_id INTEGER PRIMARY KEY, name VARCHAR(50) NOT NULL, city VARCHAR(50), segment VARCHAR(20), "
            "floor_area_m2 {double}"
        ),
        SITES,
    ),
    "meter": (
        (
            "meter_id INTEGER PRIMARY KEY, site_id INTEGER NOT NULL, medium VARCHAR(20), "
            "direction VARCHAR(10), is_active BOOLEAN"
        ),
        METERS,
    ),
    "reading": (
        (
            "meter_id INTEGER NOT NULL, start_at {instant}, kwh {double}, quality VARCHAR(10), "
            "PRIMARY KEY (meter_id, start_at)"
        ),
        list(readings()),
    ),
    "site_load": (
        "site_id INTEGER NOT NULL, start_at {instant}, load_mw {double}, PRIMARY KEY (site_id, start_at)",
        list(loads()),
    ),
    "day_ahead": ("start_at {instant}, price_eur_mwh {double}, PRIMARY KEY (start_at)", list(prices())),
    "tariff": (
        (
            "tariff_id INTEGER PRIMARY KEY, name VARCHAR(20), supplier VARCHAR(20), price_ct_kwh {double}, "
            "is_green BOOLEAN"
        ),
        TARIFFS,
    ),
    "contract": (
        (
            "contract_id INTEGER PRIMARY KEY, site_id INTEGER NOT NULL, tariff_id INTEGER NOT NULL, "
            "start_on DATE, end_on DATE"
        ),
        CONTRACTS,
    ),
    "visit": ("visit_id INTEGER PRIMARY KEY, site_id INTEGER NOT NULL, came_at {local}", list(visits())),
}
NATIVE = {
    "duckdb": ("TIMESTAMP WITH TIME ZONE", "TIMESTAMP"),
    "sqlite": ("TEXT", "TEXT"),
    "postgres": ("timestamp with time zone", "timestamp without time zone"),
    "mysql": ("timestamp", "datetime"),
}


def _column(name: str, kind: Kind, **more: Any) -> CatalogColumn:
    more.setdefault("is_nullable", False)
    more.setdefault("native_type", kind.value)
    return CatalogColumn(name=name, kind=kind, **more)


def _key(column: str, table: str) -> ForeignKey:
    return ForeignKey(columns=(column,), table=table, referenced_columns=(column,))


def _texts(*values: str) -> ColumnProfile:
    return ColumnProfile(
        null_share=0,
        distinct_count=len(values),
        top_values=tuple(TopValue(value=value, count=1) for value in values),
    )


def _times(rows: Sequence[tuple[Any, ...]], place: int) -> ColumnProfile:
    values = sorted(row[place] for row in rows)
    return ColumnProfile(
        null_share=0,
        distinct_count=len(values),
        minimum=values[0].isoformat(),
        maximum=values[-1].isoformat(),
    )


def catalog_for(dialect: str) -> Catalog:
    instant, local = NATIVE[dialect]
    key, measure, dimension, time = ColumnRole.KEY, ColumnRole.MEASURE, ColumnRole.DIMENSION, ColumnRole.TIME

    def start_at(table: str, place: int) -> CatalogColumn:
        return _column(
            "start_at",
            Kind.TIMESTAMP,
            native_type=instant,
            role=time,
            description="Start of the interval in UTC",
            profile=_times(TABLES[table][1], place),
        )

    tables = (
        CatalogTable(
            name="site",
            description="Places of customers",
            primary_key=("site_id",),
            row_count=3,
            columns=(
                _column("site_id", Kind.INTEGER, role=key),
                _column("name", Kind.TEXT, profile=_texts("Harbour Hall", "Mill Park", "Weir House")),
                _column("city", Kind.TEXT, profile=_texts("Berlin", "Hamburg")),
                _column("segment", Kind.TEXT, profile=_texts("office", "retail")),
                _column("floor_area_m2", Kind.NUMBER, role=measure, unit="m²", description="Heated area"),
            ),
        ),
        CatalogTable(
            name="meter",
            primary_key=("meter_id",),
            row_count=4,
            foreign_keys=(_key("site_id", "site"),),
            columns=(
                _column("meter_id", Kind.INTEGER, role=key),
                _column("site_id", Kind.INTEGER, role=key),
                _column("medium", Kind.TEXT, profile=_texts("electricity", "gas")),
                _column(
                    "direction",
                    Kind.TEXT,
                    profile=_texts("import", "export"),
                    description="import = drawn from the grid, export = fed into it",
                ),
                _column("is_active", Kind.BOOLEAN, role=dimension),
            ),
        ),
        CatalogTable(
            name="reading",
            description="Metered energy per quarter-hour",
            primary_key=("meter_id", "start_at"),
            interval_seconds=900,
            foreign_keys=(_key("meter_id", "meter"),),
            columns=(
                _column("meter_id", Kind.INTEGER, role=key),
                start_at("reading", 1),
                _column("kwh", Kind.NUMBER, role=measure, unit="kWh", is_nullable=True),
                _column("quality", Kind.TEXT, profile=_texts("measured", "missing")),
            ),
        ),
        CatalogTable(
            name="site_load",
            description="Mean load of each site",
            primary_key=("site_id", "start_at"),
            interval_seconds=900,
            foreign_keys=(_key("site_id", "site"),),
            columns=(
                _column("site_id", Kind.INTEGER, role=key),
                start_at("site_load", 1),
                _column("load_mw", Kind.NUMBER, role=measure, unit="MW"),
            ),
        ),
        CatalogTable(
            name="day_ahead",
            description="Day-ahead price of the market",
            primary_key=("start_at",),
            interval_seconds=3600,
            columns=(
                start_at("day_ahead", 0),
                _column("price_eur_mwh", Kind.NUMBER, role=measure, unit="€/MWh"),
            ),
        ),
        CatalogTable(
            name="tariff",
            primary_key=("tariff_id",),
            row_count=3,
            columns=(
                _column("tariff_id", Kind.INTEGER, role=key),
                _column("name", Kind.TEXT, profile=_texts("Basic", "Green", "Flex")),
                _column("supplier", Kind.TEXT, profile=_texts("Nordlicht", "Talwind")),
                _column("price_ct_kwh", Kind.NUMBER, role=measure, unit="ct/kWh"),
                _column("is_green", Kind.BOOLEAN),
            ),
        ),
        CatalogTable(
            name="contract",
            primary_key=("contract_id",),
            row_count=3,
            foreign_keys=(
                _key("site_id", "site"),
                _key("tariff_id", "tariff"),
            ),
            columns=(
                _column("contract_id", Kind.INTEGER, role=key),
                _column("site_id", Kind.INTEGER, role=key),
                _column("tariff_id", Kind.INTEGER, role=key),
                _column("start_on", Kind.DATE, role=time),
                _column("end_on", Kind.DATE, role=time, is_nullable=True),
            ),
        ),
        CatalogTable(
            name="visit",
            description="Visits of technicians",
            primary_key=("visit_id",),
            row_count=4,
            foreign_keys=(_key("site_id", "site"),),
            columns=(
                _column("visit_id", Kind.INTEGER, role=key),
                _column("site_id", Kind.INTEGER, role=key),
                _column("came_at", Kind.TIMESTAMP, native_type=local, role=time),
            ),
        ),
    )
    return Catalog(tables=tables, version=1, read_at=datetime(2021, 11, 2, tzinfo=UTC))


def description_for(dialect: str = "duckdb", *, anchors_to_newest: bool = False) -> SourceDescription:
    return SourceDescription(
        source_id=UUID(int=1),
        name="metering",
        dialect=dialect,
        zone=ZONE,
        catalog=catalog_for(dialect),
        anchors_to_newest=anchors_to_newest,
    )
