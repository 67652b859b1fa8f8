"""What a catalog suggests before anybody has said anything."""

from datetime import UTC, datetime

from tests.analytics.ask.company import TODAY, catalog_for, description_for

from gridlens.analytics.semantic.checking import findings
from gridlens.analytics.semantic.files import read, write
from gridlens.analytics.semantic.model import ColumnMeaning
from gridlens.analytics.semantic.proposing import proposed
from gridlens.shared.catalog import Catalog, CatalogColumn, CatalogTable, ColumnProfile
from gridlens.shared.results import ColumnRole, Kind

COMPANY = proposed(catalog_for("duckdb"))


def column(name: str, kind: Kind = Kind.NUMBER, role: ColumnRole = ColumnRole.MEASURE) -> CatalogColumn:
    return CatalogColumn(name=name, kind=kind, native_type=kind.value, role=role)


def suggestion(*columns: CatalogColumn) -> dict[str, ColumnMeaning]:
    table = CatalogTable(name="t", columns=columns)
    found = proposed(Catalog(tables=(table,), version=1, read_at=datetime(2026, 1, 1, tzinfo=UTC)))
    return {each.column: each for table in found.tables for each in table.columns}


def test_energy_adds_up_power_does_not_over_time_and_prices_are_weighted() -> None:
    energy, load, price = (
        COMPANY.column(*place)
        for place in (("reading", "kwh"), ("site_load", "load_mw"), ("day_ahead", "price_eur_mwh"))
    )
    assert energy is not None
    assert load is not None
    assert price is not None
    assert (energy.unit, energy.adds_up) == ("kWh", "additive")
    assert (load.unit, load.adds_up) == ("MW", "not_over_time")
    assert (price.unit, price.adds_up, price.weighted_by) == ("€/MWh", "weighted_mean", None)


def test_a_price_beside_one_volume_is_weighted_by_it() -> None:
    found = suggestion(column("price_eur_mwh"), column("volume_mwh"))
    assert found["price_eur_mwh"].weighted_by == "volume_mwh"
    two = suggestion(column("price_eur_mwh"), column("bought_mwh"), column("sold_mwh"))
    assert two["price_eur_mwh"].weighted_by is None


def test_counters_and_stocks_do_not_add_up_over_time() -> None:
    found = suggestion(column("zaehlerstand_kwh"), column("cumulativeEnergyKwh"), column("soc_kwh"))
    assert {each.adds_up for each in found.values()} == {"not_over_time"}


def test_columns_of_personal_data_are_sensitive() -> None:
    names = ("email", "contact_email", "PhoneNumber", "iban", "geburtsdatum", "city", "emailed_by")
    found = suggestion(*(column(name, Kind.TEXT, ColumnRole.DIMENSION) for name in names))
    assert {name for name, each in found.items() if each.is_sensitive} == {
        "email",
        "contact_email",
        "PhoneNumber",
        "iban",
        "geburtsdatum",
    }


def test_tables_of_intervals_have_their_time_column() -> None:
    table = COMPANY.table("reading")
    assert table is not None
    assert table.time_column == "start_at"


def test_keys_that_nobody_declared_become_joins() -> None:
    def of(name: str, rows: int, distinct: int) -> CatalogTable:
        profile = ColumnProfile(null_share=0, distinct_count=distinct)
        key = CatalogColumn(
            name="zähl punkt_id", kind=Kind.TEXT, native_type="text", role=ColumnRole.KEY, profile=profile
        )
        return CatalogTable(name=name, columns=(key,), row_count=rows)

    catalog = Catalog(
        tables=(of("verbrauch", 100, 10), of("zaehlpunkt", 10, 10)),
        version=1,
        read_at=datetime(2026, 1, 1, tzinfo=UTC),
    )
    (join,) = proposed(catalog).joins
    assert join.on == 'verbrauch."zähl punkt_id" = zaehlpunkt."zähl punkt_id"'
    assert join.key.columns[0].column == "zähl punkt_id"


def test_what_is_suggested_fits_and_survives_a_file() -> None:
    assert findings(COMPANY, description_for("duckdb"), TODAY) == ()
    assert read(write(COMPANY)) == COMPANY
