"""An answer names the agreed figures it shows."""

from tests.analytics.ask.company import catalog_for
from tests.analytics.ask.plans import compare, figure

from gridlens.analytics.ask import QueryPlan
from gridlens.analytics.semantic.model import Metric, SemanticModel
from gridlens.analytics.semantic.use import metrics_in

USE = Metric(name="gas use", formula="sum(reading.kwh)", filters=("meter.medium = 'gas'",), unit="MWh")
MODEL = SemanticModel(metrics=(USE, Metric(name="broken", formula="sum(")))
CATALOG = catalog_for("duckdb")
ENERGY = figure("sum", "reading.kwh", "energy", unit="kWh")


def test_a_metric_is_shown_by_its_figure_with_its_filters_whatever_its_name() -> None:
    plan = QueryPlan(measures=(ENERGY,), filters=(compare("meter.medium", "eq", "gas"),))
    assert metrics_in(plan, MODEL, CATALOG) == (USE,)


def test_without_its_default_filters_the_figure_is_another_one() -> None:
    assert metrics_in(QueryPlan(measures=(ENERGY,)), MODEL, CATALOG) == ()
    gas = (compare("meter.medium", "eq", "gas"),)
    assert metrics_in(QueryPlan(measures=(figure("mean", "reading.kwh"),), filters=gas), MODEL, CATALOG) == ()
