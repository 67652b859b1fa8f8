"""Which agreed figures an answer shows."""

from typing import Any

import msgspec

from gridlens.analytics.ask import PlanRefused
from gridlens.analytics.ask.plan import Measure, QueryPlan, Running, Share
from gridlens.analytics.ask.relations import Relations, relations_of
from gridlens.analytics.semantic.errors import InvalidModel
from gridlens.analytics.semantic.model import Metric, SemanticModel
from gridlens.shared.catalog import Catalog


def metrics_in(plan: QueryPlan, model: SemanticModel, catalog: Catalog) -> tuple[Metric, ...]:
    """Metrics whose formula and default filters the plan holds, whatever it calls them."""
    if not model.metrics:
        return ()
    relations = relations_of(catalog)
    shown = [_figure(m.of if isinstance(m, Share | Running) else m, relations) for m in plan.measures]
    kept = [_placed(msgspec.to_builtins(each), relations) for each in plan.filters]
    return tuple(metric for metric in model.metrics if _is_shown(metric, shown, kept, relations))


def _is_shown(metric: Metric, shown: list[Any], kept: list[Any], relations: Relations) -> bool:
    try:
        wanted = [_placed(msgspec.to_builtins(each), relations) for each in metric.conditions]
        return _figure(metric.measure, relations) in shown and all(each in kept for each in wanted)
    except (InvalidModel, PlanRefused):
        return False


def _figure(measure: Measure, relations: Relations) -> Any:
    """The figure apart from its name and the unit it is shown in."""
    return _placed(_nameless(msgspec.to_builtins(measure)), relations)


def _nameless(part: Any) -> Any:
    if isinstance(part, dict):
        return {name: _nameless(value) for name, value in part.items() if name not in ("name", "unit")}
    return part


def _placed(part: Any, relations: Relations) -> Any:
    """Columns with the schema of their table, which people may leave out."""
    if isinstance(part, list | tuple):
        return [_placed(each, relations) for each in part]
    if not isinstance(part, dict):
        return part
    if isinstance(part.get("table"), str) and isinstance(part.get("column"), str):
        return {**part, "schema": relations.find_table(part["table"], part.get("schema")).schema}
    return {name: _placed(value, relations) for name, value in part.items()}
