"""Changes to a plan that leave it whole: names, order and guesses follow along."""

from typing import TypeVar

import msgspec

from gridlens.analytics.ask.check import conditions_of, runs_over
from gridlens.analytics.ask.errors import PlanRefused
from gridlens.analytics.ask.plan import (
    Aggregate,
    ColumnRef,
    Comparison,
    Days,
    Difference,
    Dimension,
    Filter,
    Function,
    Grain,
    InAnswer,
    Measure,
    OneOf,
    Order,
    QueryPlan,
    Ratio,
    Running,
    Share,
    Span,
    TimeScope,
)
from gridlens.analytics.ask.relations import TableKey
from gridlens.analytics.ask.understanding.lexicon import Lexicon
from gridlens.analytics.ask.understanding.naming import (
    figure_name,
    output_name,
    running_name,
    spoken,
    thing,
    unique,
)
from gridlens.analytics.ask.units import Quantity, quantity_of

Item = TypeVar("Item")
replaced = msgspec.structs.replace


def confirmed(plan: QueryPlan, *slots: str) -> QueryPlan:
    """The plan with these slots no longer guessed."""
    return replaced(plan, assumed=tuple(slot for slot in plan.assumed if slot not in slots))


def base_of(plan: QueryPlan, lexicon: Lexicon) -> TableKey | None:
    """The table that the plan's first figure or row comes from."""
    references = [aggregate_of(measure).column for measure in plan.measures[:1]]
    references += [listed.column for listed in plan.columns] + [d.column for d in plan.dimensions]
    keys = [lexicon.relations.key(reference) for reference in references]
    if plan.measures:
        return keys[0]
    return lexicon.relations.root(keys) if keys else None


def aggregate_of(measure: Measure) -> Aggregate:
    match measure:
        case Aggregate():
            return measure
        case Share() | Running():
            return measure.of
        case Difference():
            return measure.minuend
        case Ratio():
            return measure.numerator


def without_filter(plan: QueryPlan, index: int) -> QueryPlan:
    return _shifted(replaced(plan, filters=_without(plan.filters, index)), "filter", index)


def with_filter(plan: QueryPlan, index: int, changed: Filter) -> QueryPlan:
    return confirmed(replaced(plan, filters=_with(plan.filters, index, changed)), f"filter.{index}")


def narrowed_to(plan: QueryPlan, condition: OneOf) -> QueryPlan:
    """The plan for these values; an earlier choice of the same column gives way."""
    for index, each in enumerate(plan.filters):
        if isinstance(each, OneOf) and each.column == condition.column:
            return with_filter(plan, index, condition)
    return replaced(plan, filters=(*plan.filters, condition))


def without_dimension(plan: QueryPlan, index: int) -> QueryPlan:
    gone = plan.dimensions[index].name
    plan = _shifted(replaced(plan, dimensions=_without(plan.dimensions, index)), "dimension", index)
    plan = in_turn(plan)
    plan = replaced(plan, order=tuple(order for order in plan.order if order.by != gone))
    if plan.dimensions:
        return plan
    # Without groups there is nothing to rank and nothing to be a share of.
    measures = tuple(measure.of if isinstance(measure, Share) else measure for measure in plan.measures)
    return replaced(plan, measures=measures, order=(), limit=None, having=())


def in_turn(plan: QueryPlan) -> QueryPlan:
    """The plan without what runs through time or ranks within groups where such groups are gone."""
    grains = [dimension.grain for dimension in plan.dimensions if dimension.grain is not None]
    measures = tuple(
        replaced(measure.of, name=measure.name)
        if isinstance(measure, Running) and not runs_over(grains, measure)
        else measure
        for measure in plan.measures
    )
    is_per = any(dimension.name == plan.limit_per for dimension in plan.dimensions)
    is_ranked = is_per and len(plan.dimensions) > 1 and bool(plan.order) and plan.limit is not None
    return replaced(plan, measures=measures, limit_per=plan.limit_per if is_ranked else None)


def with_dimension(
    plan: QueryPlan, index: int, column: ColumnRef, grain: Grain | None, lexicon: Lexicon
) -> QueryPlan:
    """The dimension at ``index`` changed, or added where the index is past the last."""
    others = _without(plan.dimensions, index) if index < len(plan.dimensions) else plan.dimensions
    names = {item.name for item in (*others, *plan.measures)}
    changed = Dimension(
        column=column, grain=grain, name=unique(dimension_name(column, grain, lexicon), names)
    )
    if index >= len(plan.dimensions):
        plan = replaced(plan, dimensions=(*plan.dimensions, changed))
    else:
        old = plan.dimensions[index].name
        plan = _renamed(replaced(plan, dimensions=_with(plan.dimensions, index, changed)), old, changed.name)
    if grain is not None and plan.limit is None:
        # Time reads from left to right, whatever is largest.
        plan = replaced(plan, order=())
    elif not plan.order and plan.measures and not any(d.grain for d in plan.dimensions):
        plan = replaced(plan, order=(Order(by=plan.measures[0].name, descending=True),))
    return confirmed(in_turn(plan), f"dimension.{index}")


def dimension_name(column: ColumnRef, grain: Grain | None, lexicon: Lexicon) -> str:
    if grain is not None:
        return output_name(grain)
    entry = lexicon.column(column)
    is_label = entry.column.name.casefold() == "name"
    return output_name(thing(entry.table) if is_label else entry.column.name)


def with_measure(plan: QueryPlan, index: int, changed: Measure, slot: str) -> QueryPlan:
    old = plan.measures[index].name
    plan = replaced(plan, measures=_with(plan.measures, index, changed))
    return confirmed(_renamed(plan, old, changed.name), slot)


def with_function(plan: QueryPlan, index: int, function: Function, lexicon: Lexicon) -> QueryPlan:
    measure = plan.measures[index]
    aggregate = aggregate_of(measure)
    if aggregate.column.column == "*":
        if function in ("count", "sum"):
            return plan  # the total of rows is their number
        raise PlanRefused("Rows can only be counted. Name a column for other figures.")
    entry = lexicon.column(aggregate.column)
    names = {item.name for item in (*plan.dimensions, *_without(plan.measures, index))}
    unit = aggregate.unit
    if function != "sum" and quantity_of(unit) is Quantity.ENERGY and entry.quantity is Quantity.POWER:
        # Energy is what power adds up to; its mean or its peak is power again.
        unit = None
    is_counted = function in ("count", "count_distinct")
    name = f"{spoken(entry)} count" if is_counted else figure_name(function, entry, unit)
    changed = replaced(
        aggregate,
        function=function,
        name=unique(output_name(name), names),
        unit=None if is_counted else unit,
        level=0.5 if function == "quantile" else None,
        weight=None,
    )
    kept = replaced(measure, of=changed) if isinstance(measure, Share | Running) else changed
    return with_measure(plan, index, kept, f"function.{index}")


def moved_to(plan: QueryPlan, table: TableKey, lexicon: Lexicon) -> QueryPlan:
    """The plan for figures of another table; filters and groups which that knows nothing of stay behind."""
    relations = lexicon.relations
    ups = relations.ancestors(table)
    for index in reversed(range(len(plan.filters))):
        used = [relations.key(condition.column) for condition in conditions_of((plan.filters[index],))]
        if not used or any(key not in ups for key in used):
            plan = without_filter(plan, index)
    time = relations.time_column(table) if relations.has_events(table) else None
    for index in reversed(range(len(plan.dimensions))):
        dimension = plan.dimensions[index]
        is_lost = time is None if dimension.grain else relations.key(dimension.column) not in ups
        if is_lost:
            plan = without_dimension(plan, index)
        elif dimension.grain and time is not None:
            moved = _with(plan.dimensions, index, replaced(dimension, column=time))
            plan = replaced(plan, dimensions=moved)
    if plan.time is None:
        return plan
    if time is None:
        return confirmed(
            replaced(plan, time=None, comparison=None), "range", "hours", "weekdays", "months", "anchor"
        )
    return replaced(plan, time=replaced(plan.time, column=time))


def with_span(plan: QueryPlan, span: Span | None, lexicon: Lexicon) -> QueryPlan:
    plan = confirmed(plan, "range")
    if span is None:
        scope = replaced(plan.time, span=None, anchor="today") if plan.time is not None else None
        return replaced(plan, time=_kept(scope), comparison=None)
    if plan.time is not None:
        months = plan.time.months if _has_months(span, plan.time.months) else ()
        return replaced(plan, time=replaced(plan.time, span=span, months=months))
    base = base_of(plan, lexicon)
    column = lexicon.relations.time_column(base) if base is not None else None
    return plan if column is None else replaced(plan, time=TimeScope(column=column, span=span))


def _has_months(span: Span, months: tuple[int, ...]) -> bool:
    """Whether some of the days lie in one of the months; where none does, nothing would be left to show."""
    if not isinstance(span, Days) or span.start is None or span.end is None:
        return True
    count = (span.end.year - span.start.year) * 12 + span.end.month - span.start.month
    last = 0 if span.end.day > 1 else -1
    return any((span.start.month - 1 + step) % 12 + 1 in months for step in range(count + 1 + last))


def with_scope(plan: QueryPlan, slot: str, **changes: object) -> QueryPlan:
    """Hours, weekdays, months or anchor of the plan's time changed."""
    if plan.time is None:
        return plan
    return confirmed(replaced(plan, time=_kept(replaced(plan.time, **changes))), slot)


def with_comparison(plan: QueryPlan, comparison: Comparison | None) -> QueryPlan:
    return confirmed(replaced(plan, comparison=comparison), "comparison")


def as_share(plan: QueryPlan) -> QueryPlan:
    """Each figure as its part of the total over all groups."""
    if not plan.dimensions or not plan.measures or not isinstance(plan.measures[0], Aggregate):
        return plan
    changed = Share(of=plan.measures[0], name=unique("share", {d.name for d in plan.dimensions}))
    # A limit on the figure is none on its part of the total.
    kept = tuple(each for each in plan.having if each.measure != plan.measures[0].name)
    plan = replaced(plan, having=kept)
    return with_measure(plan, 0, changed, "measure.0")


def as_running(plan: QueryPlan, last: int | None) -> QueryPlan:
    """The first figure as the total so far, or as the mean over the ``last`` groups of time."""
    aggregate = aggregate_of(plan.measures[0])
    names = {item.name for item in (*plan.dimensions, *plan.measures[1:])}
    grain = next((each.grain for each in plan.dimensions if each.grain), None)
    changed = Running(of=aggregate, name=unique(running_name(aggregate.name, last, grain), names), last=last)
    return with_measure(plan, 0, changed, "measure.0")


def among_first(plan: QueryPlan, thing: Dimension) -> InAnswer:
    """The condition that a thing is among those that the plan ranks first over all its time."""
    ranked = QueryPlan(
        measures=(replaced(plan.measures[0], is_shown=False),),
        dimensions=(thing,),
        filters=plan.filters,
        time=plan.time,
        having=plan.having,
        order=plan.order,
        limit=plan.limit,
    )
    return InAnswer(column=thing.column, plan=ranked)


def ranked_before_split(plan: QueryPlan) -> QueryPlan:
    """The plan with its first few groups chosen by a condition, so that splitting them leaves them the same.

    Raises:
        PlanRefused: where the groups are more than those of one column.
    """
    is_ranked = plan.limit is not None and plan.limit_per is None and bool(plan.order) and plan.measures
    if not is_ranked or not plan.dimensions:
        return plan
    things = plan.dimensions
    if len(things) > 1 or things[0].grain is not None:
        raise PlanRefused("The first few of these groups cannot be split further. Ask for all of them first.")
    kept = among_first(plan, things[0])
    return replaced(plan, filters=(*plan.filters, kept), having=(), order=(), limit=None)


def _kept(scope: TimeScope | None) -> TimeScope | None:
    if scope is None:
        return None
    is_empty = scope.span is None and scope.time_of_day is None and not scope.weekdays and not scope.months
    return None if is_empty else scope


def _renamed(plan: QueryPlan, old: str, new: str) -> QueryPlan:
    if old == new:
        return plan
    order = tuple(replaced(each, by=new) if each.by == old else each for each in plan.order)
    having = tuple(replaced(each, measure=new) if each.measure == old else each for each in plan.having)
    per = new if plan.limit_per == old else plan.limit_per
    return replaced(plan, order=order, having=having, limit_per=per)


def _shifted(plan: QueryPlan, kind: str, removed: int) -> QueryPlan:
    """Guesses about later items of a list move up when one is removed."""
    kept = []
    for slot in plan.assumed:
        name, _, number = slot.partition(".")
        if name != kind or not number.isdigit() or int(number) < removed:
            kept.append(slot)
        elif int(number) > removed:
            kept.append(f"{name}.{int(number) - 1}")
    return replaced(plan, assumed=tuple(kept))


def _without(items: tuple[Item, ...], index: int) -> tuple[Item, ...]:
    return items[:index] + items[index + 1 :]


def _with(items: tuple[Item, ...], index: int, item: Item) -> tuple[Item, ...]:
    return (*items[:index], item, *items[index + 1 :])
