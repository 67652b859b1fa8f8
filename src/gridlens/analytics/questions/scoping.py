"""A dashboard's time range and filters, put into a plan or into the parameters of SQL."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import msgspec

from gridlens.analytics.ask.plan import (
    AnyOf,
    ColumnRef,
    Days,
    Dimension,
    IsNull,
    OneOf,
    QueryPlan,
    TimeScope,
    aggregates,
)
from gridlens.analytics.ask.plan import Filter as PlanFilter
from gridlens.analytics.ask.relations import Relations, TableKey, relations_of
from gridlens.analytics.parameters import Parameter, Value
from gridlens.shared.data_sources import SourceDescription
from gridlens.shared.results import Kind
from gridlens.shared.time import Filter, Grain, Scope, TimeRange

MOST_FILTERS = 30
LENGTHS = {
    "minute15": 900,
    "hour": 3600,
    "day": 86_400,
    "week": 7 * 86_400,
    "month": 28 * 86_400,
    "quarter": 90 * 86_400,
    "year": 365 * 86_400,
}
"""The shortest that each grain can be, in seconds."""
GRAIN_OF_SQL = "The grain is not applied: this chart is built from SQL, which groups its times itself."
START, END = "from", "to"
"""Parameters of SQL that a time range fills."""


def scope_plan(plan: QueryPlan, scope: Scope, source: SourceDescription) -> tuple[QueryPlan, tuple[str, ...]]:
    """The plan over that part of the data alone, and what of the scope could not be put into it."""
    relations = relations_of(source.catalog)
    notes: list[str] = []
    if scope.grain:
        plan = _grained(plan, scope.grain, relations, notes)
    if scope.time_range:
        plan = _at(plan, scope.time_range, relations, source.zone, notes)
    for each in scope.filters:
        column = _column_named(each.column, plan, relations)
        if column is None or len(plan.filters) >= MOST_FILTERS:
            notes.append(
                f"The filter on “{each.column}” is not applied: no table of this question has such a column."
            )
            continue
        plan = msgspec.structs.replace(plan, filters=(*plan.filters, *_conditions(column, each)))
    return plan, tuple(notes)


def _grained(plan: QueryPlan, grain: Grain, relations: Relations, notes: list[str]) -> QueryPlan:
    """Times grouped by another length; groups such as the hour of the day keep theirs."""
    changed = []
    for dimension in plan.dimensions:
        if dimension.grain in LENGTHS and dimension.grain != grain:
            least = max(relations.table(dimension.column).interval_seconds or 0, _least(dimension, relations))
            if LENGTHS[grain] < least:
                notes.append(f"The grain is not applied: the readings are no finer than {_length(least)}.")
            else:
                changed.append(msgspec.structs.replace(dimension, grain=grain))
                continue
        changed.append(dimension)
    return msgspec.structs.replace(plan, dimensions=tuple(changed))


def _least(dimension: Dimension, relations: Relations) -> int:
    return LENGTHS["day"] if relations.column(dimension.column).kind is Kind.DATE else 0


def _length(seconds: int) -> str:
    for size, name in ((86_400, "day"), (3600, "hour"), (60, "minute")):
        if seconds % size == 0:
            return f"{seconds // size} {name}{'s' if seconds != size else ''}"
    return f"{seconds} seconds"


def _at(plan: QueryPlan, span: TimeRange, relations: Relations, zone: str, notes: list[str]) -> QueryPlan:
    column = plan.time.column if plan.time else _time_column(plan, relations)
    if column is None:
        notes.append("The time range is not applied: the tables of this question have no time column.")
        return plan
    start, starts_at_midnight = _local_day(span.start, zone)
    end, ends_at_midnight = _local_day(span.end, zone)
    if not ends_at_midnight:
        end += timedelta(days=1)
    if not (starts_at_midnight and ends_at_midnight):
        notes.append(f"The time range is widened to whole days in {zone}.")
    days = Days(start=start, end=end)
    time = msgspec.structs.replace(plan.time, span=days) if plan.time else TimeScope(column=column, span=days)
    return msgspec.structs.replace(plan, time=time)


def _local_day(instant: datetime, zone: str) -> tuple[date, bool]:
    local = instant.astimezone(ZoneInfo(zone))
    return local.date(), (local.hour, local.minute, local.second, local.microsecond) == (0, 0, 0, 0)


def _time_column(plan: QueryPlan, relations: Relations) -> ColumnRef | None:
    for key in _tables(plan, relations):
        column = relations.time_column(key)
        if column is not None:
            return column
    return None


def _tables(plan: QueryPlan, relations: Relations) -> list[TableKey]:
    """The tables a plan names, those of its figures first."""
    named = [aggregate.column for measure in plan.measures for aggregate in aggregates(measure)]
    named += [listed.column for listed in plan.columns]
    named += [dimension.column for dimension in plan.dimensions]
    return list(dict.fromkeys(relations.key(reference) for reference in named))


def _column_named(name: str, plan: QueryPlan, relations: Relations) -> ColumnRef | None:
    """The column a filter means: what the plan calls so, else the nearest table's of that name."""
    wanted = name.casefold()
    for dimension in plan.dimensions:
        if dimension.grain is None and wanted in (
            dimension.name.casefold(),
            dimension.column.column.casefold(),
        ):
            return dimension.column
    for listed in plan.columns:
        if listed.name.casefold() == wanted:
            return listed.column
    for key in _tables(plan, relations):
        for table_key in relations.ancestors(key):
            for column in relations.tables[table_key].columns:
                if column.name.casefold() == wanted:
                    return ColumnRef(
                        table=table_key.name, schema=table_key.schema or None, column=column.name
                    )
    return None


def _conditions(column: ColumnRef, each: Filter) -> tuple[PlanFilter, ...]:
    values = tuple(value for value in each.values if value is not None)
    is_missing, has_value = IsNull(column=column), IsNull(column=column, negated=True)
    allows_missing = (None in each.values) == (each.operator == "in")
    if not values:
        if each.operator == "not_in":
            return () if allows_missing else (has_value,)
        # Among no values is nothing, and no row both has a value and has none.
        return (is_missing,) if allows_missing else (is_missing, has_value)
    found = OneOf(column=column, values=values, negated=each.operator == "not_in")
    return (AnyOf(filters=(found, is_missing)),) if allows_missing else (found,)


def scope_parameters(
    parameters: Sequence[Parameter], values: Mapping[str, Value], scope: Scope
) -> tuple[dict[str, Value], Scope]:
    """Values for the parameters a scope fills, over those given, and the rest of the scope."""
    filled = dict(values)
    by_name = {parameter.name.lower(): parameter for parameter in parameters}
    span = scope.time_range
    if span and START in by_name and END in by_name:
        for name, instant in ((START, span.start), (END, span.end)):
            parameter = by_name[name]
            filled[parameter.name] = _instant(instant, parameter, span.zone)
        span = None
    rest = []
    for each in scope.filters:
        filler = by_name.get(each.column.lower())
        chosen = tuple(value for value in each.values if value is not None)
        if filler is None or each.operator != "in" or len(chosen) < len(each.values):
            rest.append(each)
        elif filler.type == "list":
            filled[filler.name] = chosen
        elif len(chosen) == 1:
            filled[filler.name] = chosen[0]
        else:
            rest.append(each)
    return filled, Scope(time_range=span, filters=tuple(rest))


def _instant(instant: datetime, parameter: Parameter, zone: str) -> str:
    if parameter.type == "date":
        return instant.astimezone(ZoneInfo(zone)).date().isoformat()
    return instant.isoformat()
