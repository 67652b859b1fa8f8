"""Figures of two columns multiplied row by row: the same on all four engines, and in the right unit."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from tests.analytics.ask.company import TODAY, ZONE, catalog_for
from tests.analytics.ask.conftest import Answer
from tests.analytics.ask.plans import by, column, figure

from gridlens.analytics.ask import PlanRefused, QueryPlan, columns, describe, render
from gridlens.shared.catalog import Catalog, CatalogColumn, CatalogTable, ForeignKey
from gridlens.shared.data_sources import SourceDescription
from gridlens.shared.results import Kind

AREA = column("site.floor_area_m2")


def _number(name: str, unit: str) -> CatalogColumn:
    return CatalogColumn(name=name, kind=Kind.NUMBER, native_type="double", unit=unit)


ID = CatalogColumn(name="tariff_id", kind=Kind.INTEGER, native_type="integer")
BOUGHT = Catalog(
    version=1,
    read_at=datetime(2021, 11, 2, tzinfo=UTC),
    tables=(
        CatalogTable(name="tariff", columns=(ID, _number("price", "ct/kWh")), primary_key=("tariff_id",)),
        CatalogTable(
            name="purchase",
            columns=(ID, _number("energy", "MWh")),
            foreign_keys=(
                ForeignKey(columns=("tariff_id",), table="tariff", referenced_columns=("tariff_id",)),
            ),
        ),
    ),
)
COST = figure("sum", "purchase.energy", "cost", times=column("tariff.price"))


def test_a_value_is_multiplied_by_that_of_the_row_it_belongs_to(answer: Answer) -> None:
    plan = QueryPlan(
        measures=(figure("sum", "reading.kwh", "product", times=AREA),),
        dimensions=(by("site.name", name="site"),),
    )

    assert answer(plan) == [
        ("Harbour Hall", 864 * 1000),
        ("Mill Park", 1142 * 500),
        ("Weir House", 2304 * 250),
    ]


def test_energy_times_a_price_is_money() -> None:
    def written(unit: str | None) -> str:
        [cost] = [figure("sum", "purchase.energy", "cost", times=column("tariff.price"), unit=unit)]
        plan = QueryPlan(measures=(cost,))
        [shown] = columns(plan, BOUGHT)
        return f"{shown.unit}: {render(plan, BOUGHT, 'duckdb', ZONE, TODAY).sql(dialect='duckdb')}"

    joined = "FROM purchase LEFT JOIN tariff ON purchase.tariff_id = tariff.tariff_id"
    assert written(None) == f"ct: SELECT SUM(purchase.energy * tariff.price) * 1000 AS cost {joined}"
    assert written("€") == f"€: SELECT SUM(purchase.energy * tariff.price) * 10 AS cost {joined}"


def test_the_sentence_names_both_columns_and_the_unit() -> None:
    source = SourceDescription(
        source_id=uuid4(), name="Purchases", dialect="duckdb", zone=ZONE, catalog=BOUGHT
    )

    assert describe(QueryPlan(measures=(COST,)), source).text == "Showing energy times price summed in ct"


@pytest.mark.parametrize(
    ("measure", "reason"),
    [
        (
            figure("sum", "reading.kwh", "x", times=column("tariff.price_ct_kwh")),
            "does not belong to one row",
        ),
        (figure("median", "reading.kwh", "x", times=AREA), "summed or averaged"),
        (figure("sum", "reading.kwh", "x", times=column("site.name")), "holds no numbers"),
        (figure("sum", "reading.kwh", "x", times=AREA, unit="€"), "not known to be in €"),
    ],
)
def test_what_cannot_be_multiplied_is_refused(measure: object, reason: str) -> None:
    plan = QueryPlan(measures=(measure,))  # type: ignore[arg-type]

    with pytest.raises(PlanRefused, match=reason):
        render(plan, catalog_for("duckdb"), "duckdb", ZONE, TODAY)
