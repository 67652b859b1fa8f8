"""What people said reaches the catalog, and with it questions and charts."""

import pytest
from tests.analytics.ask.company import TODAY, ZONE, catalog_for
from tests.analytics.ask.plans import by, figure

from gridlens.analytics.ask import PlanRefused, QueryPlan, render
from gridlens.analytics.semantic.enriching import askable, enriched
from gridlens.analytics.semantic.model import ColumnMeaning, Join, SemanticModel, TableMeaning
from gridlens.shared.catalog import Catalog, CatalogColumn, CatalogTable
from gridlens.shared.results import ColumnRole

CATALOG = catalog_for("duckdb")


def model_of(table: str, *columns: ColumnMeaning, **said: object) -> SemanticModel:
    return SemanticModel(tables=(TableMeaning(table=table, columns=columns, **said),))  # type: ignore[arg-type]


def table_of(catalog: Catalog, name: str) -> CatalogTable:
    return next(table for table in catalog.tables if table.name == name)


def column_of(catalog: Catalog, table: str, name: str) -> CatalogColumn:
    return next(column for column in table_of(catalog, table).columns if column.name == name)


def test_a_model_that_says_nothing_leaves_the_catalog_as_it_is() -> None:
    assert enriched(CATALOG, SemanticModel()) is CATALOG


def test_labels_descriptions_units_and_roles_take_the_place_of_what_was_read() -> None:
    said = ColumnMeaning(
        column="kwh", label="Energy", description="Net", unit="MWh", role=ColumnRole.DIMENSION
    )
    known = enriched(CATALOG, model_of("reading", said, label="Readings"))
    column = column_of(known, "reading", "kwh")
    assert (column.label, column.description, column.unit) == ("Energy", "Net", "MWh")
    assert column.role is ColumnRole.DIMENSION
    assert table_of(known, "reading").label == "Readings"
    assert column_of(known, "site", "city") == column_of(CATALOG, "site", "city")


def test_tables_and_columns_that_are_gone_are_passed_over() -> None:
    known = enriched(
        CATALOG, model_of("reading", ColumnMeaning(column="gone", unit="kW"), time_column="gone")
    )
    assert known == CATALOG
    assert enriched(CATALOG, model_of("gone", ColumnMeaning(column="x"))) == CATALOG


def test_values_of_a_sensitive_column_are_forgotten() -> None:
    profile = column_of(
        enriched(CATALOG, model_of("site", ColumnMeaning(column="city", is_sensitive=True))), "site", "city"
    ).profile
    assert profile is not None
    assert (profile.top_values, profile.minimum) == ((), None)


def test_hidden_columns_cannot_be_asked_for_but_still_join() -> None:
    model = model_of("site", ColumnMeaning(column="city", is_hidden=True))
    assert "city" not in {column.name for column in table_of(askable(CATALOG, model), "site").columns}
    keys = SemanticModel(
        tables=(TableMeaning(table="meter", columns=(ColumnMeaning(column="site_id", is_hidden=True),)),)
    )
    assert "site_id" in {column.name for column in table_of(askable(CATALOG, keys), "meter").columns}


def test_a_written_join_connects_tables_that_declare_none() -> None:
    alone = Catalog(
        tables=(
            CatalogTable(name="a", columns=(column_of(CATALOG, "site", "name"),)),
            CatalogTable(name="b", columns=(column_of(CATALOG, "site", "city"),)),
        ),
        version=1,
        read_at=CATALOG.read_at,
    )
    known = enriched(alone, SemanticModel(joins=(Join(on="a.name = b.city"),)))
    (key,) = table_of(known, "a").foreign_keys
    assert (key.columns, key.table, key.referenced_columns) == (("name",), "b", ("city",))
    assert table_of(known, "b").foreign_keys == ()


def sums(column: str, model: SemanticModel, *, by_hour: bool = False) -> str:
    table = column.partition(".")[0]
    plan = QueryPlan(
        measures=(figure("sum", column, "x"),),
        dimensions=(by(f"{table}.start_at", "minute15"),) if by_hour else (),
    )
    return render(plan, enriched(CATALOG, model), "duckdb", ZONE, TODAY).sql("duckdb")


def test_how_a_column_adds_up_decides_whether_it_is_summed() -> None:
    counter = model_of("reading", ColumnMeaning(column="kwh", adds_up="not_over_time"))
    with pytest.raises(PlanRefused, match="not to add up over time"):
        sums("reading.kwh", counter)
    assert sums("reading.kwh", counter, by_hour=True)
    with pytest.raises(PlanRefused, match="ask for the mean"):
        sums("reading.kwh", model_of("reading", ColumnMeaning(column="kwh", adds_up="weighted_mean")))
    assert sums("reading.kwh", model_of("reading", ColumnMeaning(column="kwh", adds_up="additive")))
