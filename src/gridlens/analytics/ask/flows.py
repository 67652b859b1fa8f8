"""Energy that flows in several directions, which must not be added up without saying so.

A meter that draws and one that feeds in, a house's import beside its own generation: their sum counts the
same energy twice, or adds what should be subtracted. Such a sum is split by direction, and the split is
marked as assumed, so that it is seen and can be taken away.
"""

from collections.abc import Iterable

import msgspec

from gridlens.analytics.ask.check import conditions_of
from gridlens.analytics.ask.plan import (
    Aggregate,
    ColumnRef,
    Dimension,
    Measure,
    QueryPlan,
    Ratio,
    Running,
)
from gridlens.analytics.ask.relations import Relations, TableKey
from gridlens.analytics.ask.understanding.vocabulary import concepts_of
from gridlens.analytics.ask.understanding.words import pieces
from gridlens.analytics.ask.units import Quantity, column_unit, quantity_of
from gridlens.shared.results import Kind

_DRAWN = frozenset(("import", "consumption", "load"))
_GIVEN = frozenset(("export", "generation", "solar"))
_FLOWING = (Quantity.ENERGY, Quantity.POWER)


def split_by_flow(plan: QueryPlan, relations: Relations) -> QueryPlan:
    """The plan with its sums of energy or power split by the column that tells directions apart."""
    if plan.comparison is not None or plan.limit is not None or plan.having:
        return plan
    for measure in plan.measures:
        added = _added_up(measure)
        if added is None or added.column.column == "*" or added.filters:
            continue
        if quantity_of(column_unit(relations.column(added.column))) not in _FLOWING:
            continue
        flow = _flow_column(relations, relations.key(added.column))
        if flow is None or _is_settled(plan, flow, relations):
            continue
        taken = {output.name for output in (*plan.dimensions, *plan.measures)}
        name = flow.column if flow.column not in taken else f"{flow.column}_of_flow"
        slot = f"dimension.{len(plan.dimensions)}"
        return msgspec.structs.replace(
            plan,
            dimensions=(*plan.dimensions, Dimension(column=flow, name=name)),
            assumed=(*plan.assumed, slot),
        )
    return plan


def _added_up(measure: Measure) -> Aggregate | None:
    """The figure in which many rows are added up, over time or at one moment."""
    if isinstance(measure, Running):
        measure = measure.of
    if isinstance(measure, Ratio) and measure.numerator.at_once:
        return measure.numerator
    return measure if isinstance(measure, Aggregate) and measure.function == "sum" else None


def tells_directions(values: Iterable[str]) -> bool:
    """Whether some of the values name what is drawn and others what is given."""
    said = [{concept for piece in pieces(value) for concept in concepts_of(piece)} for value in values]
    return any(each & _DRAWN for each in said) and any(each & _GIVEN for each in said)


def _flow_column(relations: Relations, key: TableKey) -> ColumnRef | None:
    for other in relations.ancestors(key):
        for column in relations.tables[other].columns:
            if column.kind is not Kind.TEXT or column.profile is None:
                continue
            if tells_directions(top.value for top in column.profile.top_values):
                return ColumnRef(table=other.name, column=column.name, schema=other.schema or None)
    return None


def _is_settled(plan: QueryPlan, flow: ColumnRef, relations: Relations) -> bool:
    """Whether the plan narrows or splits by direction, or by the very thing that has one."""
    narrowed = {condition.column for condition in conditions_of(plan.filters)}
    if flow in narrowed or any(dimension.column == flow for dimension in plan.dimensions):
        return True
    used = [*narrowed, *(dimension.column for dimension in plan.dimensions)]
    return any(_tells_flow(reference, flow, relations) for reference in used)


def _tells_flow(reference: ColumnRef, flow: ColumnRef, relations: Relations) -> bool:
    """Whether the column is the key or name of what flows, or another that tells its direction."""
    key = relations.key(flow)
    referred = {
        step.target
        for step in relations.ups(key)
        if any(child == flow.column for child, _ in step.link.columns)
    }
    own = relations.key(reference)
    if own != key and own not in referred:
        return False
    if reference.column in relations.tables[own].primary_key:
        # The time is part of the key of readings, and tells nothing of a direction.
        return relations.column(reference).kind not in (Kind.TIMESTAMP, Kind.DATE)
    profile = relations.column(reference).profile
    is_told = profile is not None and tells_directions(top.value for top in profile.top_values)
    return reference.column == "name" or is_told
