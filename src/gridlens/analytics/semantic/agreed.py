"""Agreed figures and groups in questions: words stand in for them, then the plan gets the agreed parts.

A question about “load factor by site last month” is read as one about the mean load, whose column, time and
groups are the same; the formula and its default filters then take the place of the mean.
"""

import re
from collections.abc import Sequence

import msgspec

from gridlens.analytics.ask import PlanRefused
from gridlens.analytics.ask.plan import (
    Aggregate,
    Difference,
    Function,
    Having,
    Measure,
    Order,
    QueryPlan,
    Ratio,
    Running,
    Share,
)
from gridlens.analytics.semantic.model import Metric, Segment

_FUNCTION_WORDS: dict[Function, str] = {
    "sum": "total",
    "mean": "average",
    "min": "lowest",
    "max": "highest",
    "count": "number of",
    "count_distinct": "number of different",
    "median": "median",
    "quantile": "average",
}


def spaced(name: str) -> str:
    """A name of a table or column as words."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", name).replace("_", " ")


def stand_in(meaning: Metric | Segment) -> str:
    """Words for the column or table that a formula or a condition is about."""
    if isinstance(meaning, Segment):
        parts = [part for part in meaning.conditions if hasattr(part, "column")]
        return spaced(parts[0].column.table) if parts else meaning.name
    measure = meaning.measure
    figure = measure.numerator if isinstance(measure, Ratio) else measure
    if not isinstance(figure, Aggregate):
        return meaning.name
    words = _FUNCTION_WORDS[figure.function]
    column = figure.column
    return f"{words} {spaced(column.table if column.column == '*' else column.column)}"


def settled(plan: QueryPlan, meanings: Sequence[Metric | Segment]) -> QueryPlan:
    """The plan with the agreed formulas and conditions in place of what stood in for them.

    Raises:
        PlanRefused: the plan has no place for them.
    """
    metrics = [each for each in dict.fromkeys(meanings) if isinstance(each, Metric)]
    if metrics and len(metrics) != len(plan.measures):
        said = " and ".join(f"“{metric.name}”" for metric in metrics)
        raise PlanRefused(f"{said} cannot be shown this way. Ask for one agreed figure at a time.")
    measures = list(plan.measures)
    names: dict[str, str] = {}
    for place, metric in enumerate(metrics):
        names[plan.measures[place].name] = metric.name
        measures[place] = _as_asked(plan.measures[place], metric.measure)
    conditions = [part for each in dict.fromkeys(meanings) for part in each.conditions]
    return msgspec.structs.replace(
        plan,
        measures=tuple(measures),
        filters=(*plan.filters, *(part for part in conditions if part not in plan.filters)),
        order=tuple(_renamed_order(order, names) for order in plan.order),
        having=tuple(_renamed_having(having, names) for having in plan.having),
    )


def _as_asked(asked: Measure, agreed: Measure) -> Measure:
    """A share of the agreed figure where a share was asked for."""
    if isinstance(asked, Share):
        if not isinstance(agreed, Aggregate):
            raise PlanRefused(f"“{agreed.name}” is a ratio, and shares of ratios mean nothing.")
        return Share(of=agreed, name=agreed.name)
    if isinstance(asked, Running | Difference):
        if not isinstance(asked, Running) or not isinstance(agreed, Aggregate):
            raise PlanRefused(f"“{agreed.name}” was agreed on as a whole. Ask for it by itself.")
        return msgspec.structs.replace(asked, of=agreed, name=agreed.name)
    return agreed


def _renamed_order(order: Order, names: dict[str, str]) -> Order:
    if isinstance(order.by, str) and order.by in names:
        return msgspec.structs.replace(order, by=names[order.by])
    return order


def _renamed_having(having: Having, names: dict[str, str]) -> Having:
    return msgspec.structs.replace(having, measure=names.get(having.measure, having.measure))
