"""Tables are joined by declared keys, or by names whose values are shown to be unique."""

from datetime import UTC, datetime

import msgspec
import pytest
from tests.analytics.ask.company import TODAY, ZONE, catalog_for
from tests.analytics.ask.plans import by, figure

from gridlens.analytics.ask import PlanRefused, QueryPlan, render
from gridlens.analytics.ask.relations import TableKey, main_time_column, relations_of
from gridlens.shared.catalog import Catalog, CatalogColumn, CatalogTable, ColumnProfile, ForeignKey
from gridlens.shared.results import ColumnRole, Kind

SITE, METER, READING, TARIFF, PRICE = (
    TableKey("", name) for name in ("site", "meter", "reading", "tariff", "day_ahead")
)


def text(name: str, *, distinct: int = 3, role: ColumnRole = ColumnRole.KEY) -> CatalogColumn:
    profile = ColumnProfile(null_share=0, distinct_count=distinct)
    return CatalogColumn(name=name, kind=Kind.TEXT, native_type="text", role=role, profile=profile)


def catalog(*tables: CatalogTable) -> Catalog:
    return Catalog(tables=tables, version=1, read_at=datetime(2026, 1, 1, tzinfo=UTC))


def test_ways_go_up_before_they_go_down() -> None:
    relations = relations_of(catalog_for("duckdb"))

    assert [step.upward for step in relations.way(READING, SITE) or ()] == [True, True]
    assert [step.upward for step in relations.way(SITE, TARIFF) or ()] == [False, True]
    assert relations.way(READING, PRICE) is None
    assert set(relations.ancestors(READING)) == {READING, METER, SITE}


def test_a_key_without_nulls_joins_without_losing_rows() -> None:
    plan = QueryPlan(measures=(figure("sum", "reading.kwh"),), dimensions=(by("site.name"),))

    sql = render(plan, catalog_for("postgres"), "postgres", ZONE, TODAY).sql("postgres")

    assert "LEFT JOIN" not in sql
    assert "JOIN meter ON reading.meter_id = meter.meter_id" in sql


def test_uploaded_tables_join_by_a_column_that_identifies_one_of_them() -> None:
    sites = CatalogTable(
        name="sites", columns=(text("site_code"), text("city", role=ColumnRole.DIMENSION)), row_count=3
    )
    energy = CatalogColumn(name="kwh", kind=Kind.NUMBER, native_type="double", role=ColumnRole.MEASURE)
    readings = CatalogTable(name="readings", columns=(text("site_code"), energy), row_count=300)
    plan = QueryPlan(measures=(figure("sum", "readings.kwh"),), dimensions=(by("sites.city"),))

    sql = render(plan, catalog(sites, readings), "duckdb", ZONE, TODAY).sql("duckdb")

    assert "LEFT JOIN sites ON readings.site_code = sites.site_code" in sql


def test_a_column_with_repeated_values_identifies_nothing() -> None:
    sites = CatalogTable(name="sites", columns=(text("site_code", distinct=2),), row_count=3)
    readings = CatalogTable(name="readings", columns=(text("site_code"),), row_count=300)

    relations = relations_of(catalog(sites, readings))

    assert relations.way(TableKey("", "readings"), TableKey("", "sites")) is None


def test_keys_of_two_columns_join_by_both() -> None:
    price = CatalogColumn(
        name="price", kind=Kind.NUMBER, native_type="double", unit="€", role=ColumnRole.MEASURE
    )
    hours = CatalogTable(
        name="hours", columns=(text("zone"), text("hour"), price), primary_key=("zone", "hour")
    )
    key = ForeignKey(columns=("zone", "hour"), table="hours", referenced_columns=("zone", "hour"))
    trades = CatalogTable(
        name="trades", columns=(text("zone"), text("hour"), text("book")), foreign_keys=(key,)
    )
    plan = QueryPlan(measures=(figure("count", "trades.*", "n"),), dimensions=(by("hours.price"),))

    sql = render(plan, catalog(hours, trades), "duckdb", ZONE, TODAY).sql("duckdb")

    assert "ON trades.zone = hours.zone AND trades.hour = hours.hour" in sql


def test_names_in_two_schemas_need_their_schema() -> None:
    column = CatalogColumn(name="v", kind=Kind.NUMBER, native_type="double")
    both = catalog(*(CatalogTable(name="t", schema=schema, columns=(column,)) for schema in ("a", "b")))

    with pytest.raises(PlanRefused, match="schema"):
        render(QueryPlan(measures=(figure("mean", "t.v"),)), both, "postgres", ZONE, TODAY)


def test_names_that_need_it_are_quoted() -> None:
    column = CatalogColumn(name='Last "MW"', kind=Kind.NUMBER, native_type="double")
    odd = catalog(CatalogTable(name="order", schema="Main", columns=(column,)))
    measure = figure("mean", "order.x", "user")
    measure = msgspec.structs.replace(
        measure, column=msgspec.structs.replace(measure.column, column='Last "MW"')
    )

    sql = render(QueryPlan(measures=(measure,)), odd, "postgres", ZONE, TODAY).sql("postgres")

    assert sql == 'SELECT AVG("order"."Last ""MW""") AS "user" FROM "Main"."order" AS "order"'


def test_the_time_of_an_event_is_in_its_key_or_has_the_role() -> None:
    contract = next(table for table in catalog_for("duckdb").tables if table.name == "contract")
    reading = next(table for table in catalog_for("duckdb").tables if table.name == "reading")

    assert getattr(main_time_column(contract), "name", None) == "start_on"
    assert getattr(main_time_column(reading), "name", None) == "start_at"
    assert relations_of(catalog_for("duckdb")).has_events(READING)
    assert not relations_of(catalog_for("duckdb")).has_events(SITE)
