"""Short ways to write the parts of a plan."""

from datetime import date
from typing import Any

from gridlens.analytics.ask.plan import (
    Aggregate,
    ColumnRef,
    Compare,
    Days,
    Dimension,
    Function,
    Grain,
    Listed,
    OneOf,
    TimeScope,
    Value,
)


def column(path: str) -> ColumnRef:
    table, _, name = path.partition(".")
    return ColumnRef(table=table, column=name)


def figure(function: Function, path: str, name: str = "x", **more: Any) -> Aggregate:
    return Aggregate(function=function, column=column(path), name=name, **more)


def by(path: str, grain: Grain | None = None, name: str | None = None) -> Dimension:
    return Dimension(column=column(path), grain=grain, name=name or (grain or path.partition(".")[2]))


def one_of(path: str, *values: Value, negated: bool = False) -> OneOf:
    return OneOf(column=column(path), values=values, negated=negated)


def compare(path: str, operator: Any, value: Value) -> Compare:
    return Compare(column=column(path), operator=operator, value=value)


def listed(path: str, name: str | None = None, unit: str | None = None) -> Listed:
    return Listed(column=column(path), name=name or path.partition(".")[2], unit=unit)


def days(start: str | None, end: str | None) -> Days:
    return Days(
        start=date.fromisoformat(start) if start else None, end=date.fromisoformat(end) if end else None
    )


def when(path: str, start: str | None = None, end: str | None = None, **more: Any) -> TimeScope:
    if start or end:
        more["span"] = days(start, end)
    return TimeScope(column=column(path), **more)
