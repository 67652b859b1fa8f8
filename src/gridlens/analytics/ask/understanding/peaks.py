"""The peak of many things: the highest of any one, or of their sum at one moment."""

from gridlens.analytics.ask.plan import Aggregate, Dimension, Grain, OneOf, Order, QueryPlan
from gridlens.analytics.ask.relations import Relations
from gridlens.analytics.ask.units import Quantity, column_unit, quantity_of
from gridlens.shared.results import ColumnRole

_GRAINS: dict[int | None, Grain] = {900: "minute15", 3600: "hour"}


def coincident_peak(plan: QueryPlan, relations: Relations) -> QueryPlan | None:
    """The moment at which the sum of all was highest, where a plan asks for the highest of any one.

    The load of a grid peaks with the sum of its substations, which is lower than the sum of their peaks and
    higher than each. Nothing where one thing is asked about, or where groups are.
    """
    if plan.dimensions or plan.comparison is not None or plan.having:
        return None
    match plan.measures, plan.columns:
        case (Aggregate(function="max") as highest,), ():
            reference, unit, name = highest.column, highest.unit, highest.name
        case (), (_, ranked) if plan.limit == 1 and plan.order and plan.order[0].by == ranked.column:
            reference, unit, name = ranked.column, ranked.unit, ranked.name
            if not plan.order[0].descending:
                return None
        case _:
            return None
    column, table = relations.column(reference), relations.table(reference)
    time, grain = relations.time_column(relations.key(reference)), _GRAINS.get(table.interval_seconds)
    is_power = quantity_of(unit or column_unit(column)) is Quantity.POWER
    keys = [each.name for each in table.columns if each.role is ColumnRole.KEY]
    is_one = any(
        isinstance(each, OneOf) and len(each.values) == 1 and not each.negated for each in plan.filters
    )
    if time is None or grain is None or not is_power or not keys or is_one:
        return None
    total = Aggregate(function="sum", column=reference, name=name.replace("highest", "total"), unit=unit)
    return QueryPlan(
        measures=(total,),
        dimensions=(Dimension(column=time, name=time.column, grain=grain),),
        filters=plan.filters,
        time=plan.time,
        order=(Order(by=total.name, descending=True),),
        limit=1,
        assumed=plan.assumed,
    )
