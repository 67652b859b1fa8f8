"""Sums over directions of flow are split; what is settled stays as it is."""

from tests.analytics.ask.company import catalog_for
from tests.analytics.ask.plans import by, figure, one_of

from gridlens.analytics.ask.flows import split_by_flow, tells_directions
from gridlens.analytics.ask.plan import QueryPlan
from gridlens.analytics.ask.relations import relations_of
from gridlens.core.models import utc_now
from gridlens.shared.catalog import (
    Catalog,
    CatalogColumn,
    CatalogTable,
    ColumnProfile,
    ForeignKey,
    TopValue,
)
from gridlens.shared.results import ColumnRole, Kind

ENERGY = figure("sum", "reading.kwh", "energy")
RELATIONS = relations_of(catalog_for("duckdb"))


def text(name: str, role: ColumnRole = ColumnRole.DIMENSION) -> CatalogColumn:
    top = tuple(TopValue(value=value, count=1) for value in ("grid import", "grid export"))
    profile = ColumnProfile(null_share=0.0, distinct_count=2, top_values=top)
    return CatalogColumn(name=name, native_type="VARCHAR", kind=Kind.TEXT, role=role, profile=profile)


def test_a_sum_of_what_is_drawn_and_given_is_split_and_says_so() -> None:
    plan = split_by_flow(QueryPlan(measures=(ENERGY,)), RELATIONS)

    assert [dimension.column.column for dimension in plan.dimensions] == ["direction"]
    assert plan.assumed == ("dimension.0",)


def test_a_sum_of_one_direction_or_one_meter_stays_as_it_is() -> None:
    imported = QueryPlan(measures=(ENERGY,), filters=(one_of("meter.direction", "import"),))
    one_meter = QueryPlan(measures=(ENERGY,), filters=(one_of("meter.meter_id", 101),))
    split = QueryPlan(measures=(ENERGY,), dimensions=(by("meter.direction"),))

    for plan in (imported, one_meter, split):
        assert split_by_flow(plan, RELATIONS) == plan


def test_a_sum_of_one_named_thing_stays_as_it_is_and_one_over_time_does_not() -> None:
    """Where the key of the readings itself says what flows, a filter by the thing's name settles it."""
    catalog = Catalog(
        tables=(
            CatalogTable(
                name="circuit",
                primary_key=("circuit_id",),
                columns=(text("circuit_id", ColumnRole.KEY), text("name"), text("direction")),
            ),
            CatalogTable(
                name="circuit_energy",
                primary_key=("circuit_id", "start_at"),
                interval_seconds=3600,
                foreign_keys=(
                    ForeignKey(columns=("circuit_id",), table="circuit", referenced_columns=("circuit_id",)),
                ),
                columns=(
                    text("circuit_id", ColumnRole.KEY),
                    CatalogColumn(
                        name="start_at", native_type="TIMESTAMP", kind=Kind.TIMESTAMP, role=ColumnRole.TIME
                    ),
                    CatalogColumn(
                        name="energy",
                        native_type="DOUBLE",
                        kind=Kind.NUMBER,
                        role=ColumnRole.MEASURE,
                        unit="kWh",
                    ),
                ),
            ),
        ),
        version=1,
        read_at=utc_now(),
    )
    relations = relations_of(catalog)
    energy = figure("sum", "circuit_energy.energy", "energy")
    one = QueryPlan(measures=(energy,), filters=(one_of("circuit.name", "grid import"),))
    monthly = QueryPlan(measures=(energy,), dimensions=(by("circuit_energy.start_at", "month"),))

    assert split_by_flow(one, relations) == one
    assert len(split_by_flow(monthly, relations).dimensions) == 2


def test_means_and_counts_stay_as_they_are() -> None:
    for plan in (
        QueryPlan(measures=(figure("mean", "reading.kwh"),)),
        QueryPlan(measures=(figure("count", "reading.*"),)),
    ):
        assert split_by_flow(plan, RELATIONS) == plan


def test_directions_are_told_by_what_values_say() -> None:
    assert tells_directions(["Grid import", "Grid export"])
    assert tells_directions(["Verbrauch", "Einspeisung"])
    assert not tells_directions(["Hall", "Office"])
    assert not tells_directions(["import"])
