"""Whether a plan makes sense over a catalog, before any SQL is written."""

from collections.abc import Iterator, Sequence

from gridlens.analytics.ask.errors import PlanRefused
from gridlens.analytics.ask.outputs import product_of
from gridlens.analytics.ask.plan import (
    Aggregate,
    AllOf,
    AnyOf,
    Between,
    ColumnRef,
    Compare,
    CompareAnswer,
    CompareColumns,
    Condition,
    Contains,
    Days,
    Difference,
    Dimension,
    Exists,
    Filter,
    Grain,
    InAnswer,
    IsNull,
    OneOf,
    QueryPlan,
    Running,
    Share,
    Value,
    aggregates,
    shown,
)
from gridlens.analytics.ask.relations import Relations
from gridlens.analytics.ask.units import Quantity, column_unit, factor, quantity_of
from gridlens.shared.catalog import CatalogColumn, CatalogTable
from gridlens.shared.results import Kind

NUMERIC = (Kind.INTEGER, Kind.NUMBER)
TIMES = (Kind.TIMESTAMP, Kind.DATE)
_NEVER_SUMMED = {
    Quantity.PRICE: "prices do not add up; ask for the mean",
    Quantity.TEMPERATURE: "temperatures do not add up; ask for the mean",
    Quantity.SHARE: "percentages do not add up; ask for the mean",
    Quantity.INTENSITY: "values per unit do not add up; ask for the mean",
    Quantity.STATE: "values of a state do not add up; ask for the mean",
}
_STEP_SECONDS: dict[Grain, int] = {"minute15": 900, "hour": 3600, "day": 86_400}
_WITHIN_DAY = ("minute15", "hour", "hour_of_day")
_NOT_IN_TURN = ("hour_of_day", "weekday", "day_kind", "month_of_year")


def conditions_of(filters: tuple[Filter, ...]) -> Iterator[Condition]:
    for each in filters:
        match each:
            case AnyOf():
                for part in each.filters:
                    yield from part.filters if isinstance(part, AllOf) else (part,)
            case Exists():
                yield from each.filters
            case _:
                yield each


def check(plan: QueryPlan, relations: Relations) -> None:
    """Raise :class:`PlanRefused` for a plan that has no right answer here."""
    _check_shape(plan)
    for measure in plan.measures:
        for aggregate in aggregates(measure):
            _check_aggregate(plan, aggregate, relations)
        if isinstance(measure, Difference):
            _check_difference(measure, relations)
    for dimension in plan.dimensions:
        _check_dimension(dimension, relations.column(dimension.column))
    for listed in plan.columns:
        column, table = relations.column(listed.column), relations.table(listed.column)
        _check_unit(column, table, listed.unit)
    for condition in conditions_of(plan.filters):
        _check_condition(condition, relations.column(condition.column))
        if isinstance(condition, CompareColumns):
            relations.column(condition.other)
        if isinstance(condition, InAnswer | CompareAnswer) and len(shown(condition.plan)) != 1:
            raise PlanRefused("A question inside another has to answer one column. Choose which.")
    if plan.combined is not None and len(shown(plan.combined.plan)) != len(shown(plan)):
        raise PlanRefused("Both parts have to show as many columns. Choose the same ones.")
    _check_moments(plan, relations)
    for order in plan.order:
        if isinstance(order.by, ColumnRef):
            relations.column(order.by)
    if plan.time is not None:
        column = relations.column(plan.time.column)
        if column.kind not in TIMES:
            raise PlanRefused(f"“{column.name}” holds no times. Choose a time column for the period.")
        if column.kind is Kind.DATE and plan.time.time_of_day is not None:
            raise PlanRefused(f"“{column.name}” holds days without hours, so no hours can be chosen from it.")
        span = plan.time.span
        if isinstance(span, Days) and (
            (span.start is None and span.end is None) or (span.start and span.end and span.end <= span.start)
        ):
            raise PlanRefused("The period ends before it begins. Choose a later end.")


def _check_moments(plan: QueryPlan, relations: Relations) -> None:
    """“The load where the wind was above 5” is that at the same moments, where a key tells which those are.

    Without one the condition would hold for a thing that met it at any time.
    """
    for each in plan.filters:
        if isinstance(each, Exists):
            continue  # said to be met at some time
        for condition in conditions_of((each,)):
            there = relations.key(condition.column)
            if relations.tables[there].interval_seconds is None:
                continue
            for figure in (each.column for measure in plan.measures for each in aggregates(measure)):
                here = relations.key(figure)
                is_series = relations.tables[here].interval_seconds is not None
                if is_series and here != there and there not in relations.ancestors(here):
                    raise PlanRefused(
                        f"“{condition.column.column}” and “{figure.column}” are read apart, and no key says "
                        "which of their readings belong to the same time. Ask for them apart."
                    )


def _check_shape(plan: QueryPlan) -> None:
    if plan.columns and (plan.measures or plan.dimensions):
        raise PlanRefused("Rows can be listed or counted up, not both. Remove one of the two.")
    if not shown(plan):
        raise PlanRefused("Nothing is asked for yet. Choose what to show.")
    names = [item.name for item in (*plan.dimensions, *plan.measures, *plan.columns)]
    if plan.comparison is not None:
        names += [f"{measure.name}_before" for measure in plan.measures]
        if plan.time is None or plan.time.span is None:
            raise PlanRefused("A comparison needs a period to compare. Choose a time first.")
        if not plan.measures:
            raise PlanRefused("Only figures can be compared with an earlier period. Choose what to measure.")
    folded = [name.casefold() for name in names]
    if len(set(folded)) < len(folded):
        raise PlanRefused("Two columns of the answer have the same name. Rename one of them.")
    measures = {measure.name for measure in plan.measures}
    for having in plan.having:
        if having.measure not in measures:
            figure = having.measure.replace("_", " ")
            raise PlanRefused(
                f"The condition is about the {figure}, which is not shown here. Ask for it too."
            )
    for order in plan.order:
        if isinstance(order.by, str) and order.by not in names:
            ranked = order.by.replace("_", " ")
            raise PlanRefused(f"The order goes by the {ranked}, which is not part of the answer.")
        if not isinstance(order.by, str) and not plan.columns:
            raise PlanRefused("Groups are ordered by what is shown of them. Choose a shown column.")
    if any(isinstance(measure, Share) for measure in plan.measures) and not plan.dimensions:
        raise PlanRefused("A share needs groups to be a share of. Choose what to split by.")
    if plan.limit_per is not None:
        _check_first_of_each(plan, plan.limit_per)
    for measure in plan.measures:
        if isinstance(measure, Running):
            _check_running(plan, measure)


def _check_first_of_each(plan: QueryPlan, per: str) -> None:
    if plan.limit is None or not plan.order:
        raise PlanRefused("The first of each need an order and a number. Choose by what they are ranked.")
    if all(dimension.name != per for dimension in plan.dimensions) or len(plan.dimensions) < 2:
        raise PlanRefused(f"“{per}” does not split the answer, so there is nothing to rank within it.")
    if plan.combined is not None:
        raise PlanRefused("The first of each cannot be combined with another question. Ask for them apart.")


def runs_over(grains: Sequence[Grain], measure: Running) -> bool:
    """Whether groups of these follow one another so that the figure can run through them."""
    if len(grains) != 1 or grains[0] in _NOT_IN_TURN:
        return False
    return measure.last is None or grains[0] not in _WITHIN_DAY


def _check_running(plan: QueryPlan, measure: Running) -> None:
    grains = [dimension.grain for dimension in plan.dimensions if dimension.grain is not None]
    if not runs_over(grains, measure):
        least = "days or longer" if measure.last is not None else "time, such as “by month”"
        raise PlanRefused(f"What runs on from group to group needs one split by {least}.")
    if measure.last is None and measure.of.function not in ("sum", "count"):
        raise PlanRefused(f"“{measure.of.name}” does not add up, so it has no running total.")
    if any(having.measure == measure.name for having in plan.having):
        raise PlanRefused("Groups are kept by their own figures, not by what runs through them.")


def _check_aggregate(plan: QueryPlan, aggregate: Aggregate, relations: Relations) -> None:
    for condition in aggregate.filters:
        _check_condition(condition, relations.column(condition.column))
    if (aggregate.function == "quantile") != (aggregate.level is not None):
        raise PlanRefused("A quantile needs a level between 0 and 1, and nothing else has one.")
    if aggregate.column.column == "*":
        table = relations.table(aggregate.column)
        if aggregate.unit not in (None, "h") or (aggregate.unit and not table.interval_seconds):
            raise PlanRefused(
                f"Rows of {table.name} cannot be counted in {aggregate.unit}. Count them as they are."
            )
        if aggregate.function != "count":
            raise PlanRefused("Rows can only be counted. Choose a column for other figures.")
        return
    column, table = relations.column(aggregate.column), relations.table(aggregate.column)
    if aggregate.weight is not None:
        _check_weight(aggregate, aggregate.weight, relations)
    if aggregate.at_once and (
        aggregate.function not in ("mean", "max", "min") or quantity_of(column_unit(column)) in _NEVER_SUMMED
    ):
        raise PlanRefused(f"“{column.name}” of several things does not add up at one moment.")
    if aggregate.grain is not None:
        if aggregate.function != "count_distinct":
            raise PlanRefused("Only different times are counted by their hour, day or month.")
        _check_grain(aggregate.grain, column)
    if aggregate.function in ("count", "count_distinct"):
        return
    if column.kind not in NUMERIC and not (
        aggregate.function in ("min", "max") and column.kind in (*TIMES, Kind.TEXT)
    ):
        raise PlanRefused(
            f"“{column.name}” holds no numbers, so it has no {aggregate.function}. Count it instead."
        )
    if aggregate.times is not None:
        _check_product(aggregate, aggregate.times, relations)
        return
    _check_unit(column, table, aggregate.unit)
    if aggregate.function == "sum":
        reason = refusal_to_sum(plan, column, table, aggregate.unit)
        if reason is not None:
            raise PlanRefused(f"“{column.name}” cannot be summed: {reason}.")


def _check_product(aggregate: Aggregate, times: ColumnRef, relations: Relations) -> None:
    table, other = relations.table(aggregate.column), relations.column(times)
    if aggregate.function not in ("sum", "mean", "min", "max") or aggregate.weight or aggregate.at_once:
        raise PlanRefused(
            "Products of two columns are summed or averaged, or their lowest or highest is taken."
        )
    if relations.key(times) not in relations.ancestors(relations.key(aggregate.column)):
        raise PlanRefused(
            f"A row of {table.name} does not belong to one row of {times.table}, so "
            f"“{aggregate.column.column}” cannot be multiplied by “{times.column}”."
        )
    if other.kind not in NUMERIC:
        raise PlanRefused(f"“{times.column}” holds no numbers to multiply by.")
    if aggregate.unit is None:
        return
    if factor(product_of(aggregate, relations)[0], aggregate.unit) is None:
        raise PlanRefused(
            f"“{aggregate.column.column}” times “{times.column}” is not known to be in {aggregate.unit}. "
            "Give both columns their units."
        )


def _check_difference(measure: Difference, relations: Relations) -> None:
    units = [
        None
        if each.function in ("count", "count_distinct")
        else each.unit or column_unit(relations.column(each.column))
        for each in aggregates(measure)
    ]
    if units[0] != units[1]:
        raise PlanRefused(
            f"“{measure.minuend.name}” is in {units[0] or 'no unit'} and “{measure.subtrahend.name}” in "
            f"{units[1] or 'no unit'}, so the one cannot be taken from the other."
        )


def _check_weight(aggregate: Aggregate, weight: ColumnRef, relations: Relations) -> None:
    if aggregate.function != "mean":
        raise PlanRefused("Only a mean can be weighted. Choose the mean, or remove the weight.")
    if relations.key(weight) != relations.key(aggregate.column):
        raise PlanRefused(f"“{weight.column}” stands in another table, so it cannot weight these values.")
    if relations.column(weight).kind not in NUMERIC:
        raise PlanRefused(f"“{weight.column}” holds no numbers to weight by.")


def refusal_to_sum(
    plan: QueryPlan | None, column: CatalogColumn, table: CatalogTable, unit: str | None
) -> str | None:
    """Why a sum of the column would mean nothing, or None when it means something."""
    own = quantity_of(column_unit(column))
    wanted = quantity_of(unit) or own
    if column.adds_up == "additive":
        return None
    if column.adds_up == "weighted_mean":
        return "it was defined as a mean; ask for the mean"
    if column.adds_up == "not_over_time" and wanted is own and not _is_instant(plan, table):
        return "it was defined not to add up over time; ask for the mean or the highest"
    if own in _NEVER_SUMMED:
        return _NEVER_SUMMED[own]
    if wanted is Quantity.POWER and table.interval_seconds is not None and not _is_instant(plan, table):
        return "power over time is averaged; ask for the mean, or for energy in kWh"
    return None


def _is_instant(plan: QueryPlan | None, table: CatalogTable) -> bool:
    """Whether groups are as fine as the readings: at one instant, what holds no time adds up."""
    grains = [_STEP_SECONDS.get(d.grain, 10**9) for d in plan.dimensions if d.grain] if plan else []
    return any(step <= (table.interval_seconds or 0) for step in grains)


def _check_unit(column: CatalogColumn, table: CatalogTable, unit: str | None) -> None:
    own = column_unit(column)
    if unit is None or unit == own:
        return
    if factor(own, unit, table.interval_seconds) is None:
        step = "" if table.interval_seconds else f", as the step of {table.name} is not known"
        raise PlanRefused(
            f"“{column.name}” is in {own or 'no known unit'} and cannot be shown in {unit}{step}."
        )


def _check_dimension(dimension: Dimension, column: CatalogColumn) -> None:
    if dimension.grain is not None:
        _check_grain(dimension.grain, column)


def _check_grain(grain: Grain, column: CatalogColumn) -> None:
    if column.kind not in TIMES:
        raise PlanRefused(f"“{column.name}” holds no times and cannot be split by {grain}.")
    if column.kind is Kind.DATE and grain in _WITHIN_DAY:
        raise PlanRefused(f"“{column.name}” holds days without hours. Choose days or longer.")


def _check_condition(condition: Condition, column: CatalogColumn) -> None:
    match condition:
        case OneOf():
            values: tuple[Value, ...] = condition.values
        case Between():
            values = (condition.low, condition.high)
        case Compare():
            values = (condition.value,)
        case Contains():
            if column.kind is not Kind.TEXT:
                raise PlanRefused(f"“{column.name}” holds no text to search in.")
            return
        case IsNull() | CompareColumns() | InAnswer() | CompareAnswer():
            return
    for value in values:
        if not _fits(value, column.kind):
            raise PlanRefused(
                f"“{value}” is not a {column.kind.value} and cannot be compared with “{column.name}”."
            )


def _fits(value: Value, kind: Kind) -> bool:
    if kind in NUMERIC:
        return isinstance(value, int | float) and not isinstance(value, bool)
    if kind is Kind.BOOLEAN:
        return isinstance(value, bool)
    return isinstance(value, str)
