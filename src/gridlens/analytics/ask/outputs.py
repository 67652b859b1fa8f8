"""What the columns of a plan's answer are."""

from fractions import Fraction

import polars as pl

from gridlens.analytics.ask.plan import (
    Aggregate,
    ColumnRef,
    Difference,
    Dimension,
    Grain,
    Measure,
    QueryPlan,
    Ratio,
    Running,
    Share,
)
from gridlens.analytics.ask.relations import Relations, relations_of
from gridlens.analytics.ask.units import column_unit, product
from gridlens.shared.catalog import Catalog
from gridlens.shared.results import Calendar, Column, ColumnRole, Kind

_CALENDARS: dict[Grain | None, Calendar] = {"weekday": "weekday", "month_of_year": "month"}


def before(name: str) -> str:
    """The output that holds a measure's value in the earlier period."""
    return f"{name}_before"


def columns(plan: QueryPlan, catalog: Catalog, then: str = "before") -> tuple[Column, ...]:
    """The answer's columns in order: dimensions, measures with their earlier values, listed columns.

    ``then`` is what a reader calls the period that a comparison goes back to.
    """
    relations = relations_of(catalog)
    found = [_dimension(dimension, relations) for dimension in plan.dimensions if dimension.is_shown]
    for measure in plan.measures:
        if not measure.is_shown:
            continue
        column = measure_column(measure, relations)
        found.append(column)
        if plan.comparison is not None:
            found.append(
                Column(
                    name=before(column.name),
                    kind=column.kind,
                    role=ColumnRole.MEASURE,
                    unit=column.unit,
                    label=f"{column.label or column.name}, {then}",
                )
            )
    for listed in plan.columns:
        source = relations.column(listed.column)
        found.append(
            Column(
                name=listed.name,
                kind=source.kind,
                role=source.role,
                unit=listed.unit or column_unit(source),
                label=_label(listed.name),
                description=source.description,
            )
        )
    return tuple(found)


def _dimension(dimension: Dimension, relations: Relations) -> Column:
    source = relations.column(dimension.column)
    match dimension.grain:
        case None:
            kind, role = source.kind, ColumnRole.DIMENSION
        case "hour_of_day" | "weekday" | "month_of_year":
            kind, role = Kind.INTEGER, ColumnRole.DIMENSION
        case "day_kind":
            kind, role = Kind.TEXT, ColumnRole.DIMENSION
        case "minute15" | "hour":
            kind, role = Kind.TIMESTAMP, ColumnRole.TIME
        case _:
            kind, role = Kind.DATE, ColumnRole.TIME
    return Column(
        name=dimension.name,
        kind=kind,
        role=role,
        label=_label(dimension.name),
        description=source.description,
        calendar=_CALENDARS.get(dimension.grain),
    )


def measure_column(measure: Measure, relations: Relations) -> Column:
    kind, unit = Kind.NUMBER, None
    match measure:
        case Aggregate():
            kind, unit = _aggregate(measure, relations)
        case Ratio():
            unit = measure.unit
        case Share():
            unit = "%"
        case Difference():
            kind, unit = _aggregate(measure.minuend, relations)
        case Running():
            kind, unit = _aggregate(measure.of, relations)
            kind = kind if measure.last is None else Kind.NUMBER
    label = _label(measure.name)
    return Column(name=measure.name, kind=kind, role=ColumnRole.MEASURE, unit=unit, label=label)


def _aggregate(aggregate: Aggregate, relations: Relations) -> tuple[Kind, str | None]:
    if aggregate.function in ("count", "count_distinct"):
        return (Kind.NUMBER, aggregate.unit) if aggregate.unit else (Kind.INTEGER, None)
    source = relations.column(aggregate.column)
    unit = aggregate.unit or own_unit(aggregate, relations)
    if aggregate.times is not None:
        return Kind.NUMBER, unit
    return (source.kind if aggregate.function in ("min", "max") else Kind.NUMBER), unit


def _label(name: str) -> str:
    return name.replace("_", " ")


def own_unit(aggregate: Aggregate, relations: Relations) -> str | None:
    """The unit of what is aggregated, as it stands in the rows."""
    if aggregate.times is not None:
        return product_of(aggregate, relations)[0]
    return unit_of(aggregate.column, relations)


def product_of(aggregate: Aggregate, relations: Relations) -> tuple[str | None, Fraction]:
    """The unit of the two columns' product, if that is known, and what brings the product into it."""
    one, other = (
        unit_of(each, relations) for each in (aggregate.column, aggregate.times) if each is not None
    )
    interval = relations.table(aggregate.column).interval_seconds
    return product(one, other, interval) or (None, Fraction(1))


def unit_of(reference: ColumnRef, relations: Relations) -> str | None:
    return None if reference.column == "*" else column_unit(relations.column(reference))


def typed(frame: pl.DataFrame, columns: tuple[Column, ...]) -> pl.DataFrame:
    """The frame with days and instants as such, where the engine had only text for them."""
    found = []
    for series, column in zip(frame.get_columns(), columns, strict=True):
        named = series.alias(column.name)
        if column.kind is Kind.DATE and named.dtype == pl.String:
            named = named.str.slice(0, 10).str.to_date("%Y-%m-%d", strict=False)
        elif column.kind is Kind.DATE and isinstance(named.dtype, pl.Datetime):
            named = named.cast(pl.Date)
        elif column.kind is Kind.TIMESTAMP and named.dtype == pl.String:
            instants = named.str.slice(0, 19).str.to_datetime("%Y-%m-%d %H:%M:%S", strict=False)
            named = instants.dt.replace_time_zone("UTC") if named.str.ends_with("+00:00").all() else instants
        elif column.kind is Kind.INTEGER and named.dtype.is_float():
            named = named.cast(pl.Int64, strict=False)
        found.append(named)
    return pl.DataFrame(found)
