"""Filters as SQL conditions."""

from datetime import UTC, date, datetime

from sqlglot import exp

from gridlens.analytics.ask.clocks import Clock, TimeColumn
from gridlens.analytics.ask.errors import PlanRefused
from gridlens.analytics.ask.plan import (
    Between,
    Compare,
    CompareAnswer,
    CompareColumns,
    Condition,
    Contains,
    InAnswer,
    IsNull,
    OneOf,
    Operator,
    Value,
)
from gridlens.analytics.ask.trees import none_of
from gridlens.shared.results import Kind

_OPERATORS: dict[Operator, type[exp.Binary]] = {
    "eq": exp.EQ,
    "ne": exp.NEQ,
    "lt": exp.LT,
    "le": exp.LTE,
    "gt": exp.GT,
    "ge": exp.GTE,
}
_ESCAPE = "!"
# Up to here a float that is whole reads better, and means the same, as an integer.
_EXACT_BELOW = 2**53


def compared(left: exp.Expr, operator: Operator, right: exp.Expr) -> exp.Expr:
    return _OPERATORS[operator](this=left, expression=right)


def condition_sql(condition: Condition, kind: Kind, column: TimeColumn, clock: Clock) -> exp.Expr:
    """The condition on one column; ``column`` says how it holds time, where it holds time."""
    is_time = kind in (Kind.TIMESTAMP, Kind.DATE)
    left = clock.comparable(column) if is_time else column.sql.copy()

    def literal(value: Value) -> exp.Expr:
        return _time_literal(value, kind, column, clock) if is_time else literal_sql(value)

    match condition:
        case OneOf():
            found = _one_of(left, [literal(value) for value in condition.values])
            return none_of(found) if condition.negated else found
        case Between():
            found = exp.Between(this=left, low=literal(condition.low), high=literal(condition.high))
            return none_of(found) if condition.negated else found
        case Compare():
            return compared(left, condition.operator, literal(condition.value))
        case Contains():
            return _contains(left, condition)
        case InAnswer() | CompareAnswer() | CompareColumns():
            raise TypeError("These need more than their own column and are rendered with their tables.")
        case IsNull():
            empty = exp.Is(this=left, expression=exp.null())
            return none_of(empty) if condition.negated else empty


def _one_of(left: exp.Expr, values: list[exp.Expr]) -> exp.Expr:
    if len(values) == 1:
        return exp.EQ(this=left, expression=values[0])
    return exp.In(this=left, expressions=values)


def _contains(left: exp.Expr, condition: Contains) -> exp.Expr:
    escaped = condition.text.casefold()
    for special in (_ESCAPE, "%", "_"):
        escaped = escaped.replace(special, _ESCAPE + special)
    pattern = {"start": f"{escaped}%", "end": f"%{escaped}", "anywhere": f"%{escaped}%"}[condition.at]
    like = exp.Escape(
        this=exp.Like(this=exp.Lower(this=left), expression=exp.Literal.string(pattern)),
        expression=exp.Literal.string(_ESCAPE),
    )
    return none_of(like) if condition.negated else like


def literal_sql(value: Value) -> exp.Expr:
    if isinstance(value, bool):
        return exp.true() if value else exp.false()
    if isinstance(value, str):
        return exp.Literal.string(value)
    if isinstance(value, float) and value.is_integer() and abs(value) < _EXACT_BELOW:
        value = int(value)
    positive = exp.Literal.number(repr(abs(value)))
    return exp.Neg(this=positive) if value < 0 else positive


def _time_literal(value: Value, kind: Kind, column: TimeColumn, clock: Clock) -> exp.Expr:
    try:
        if kind is Kind.DATE:
            return clock.date_literal(date.fromisoformat(str(value)[:10]))
        instant = datetime.fromisoformat(str(value))
    except ValueError:
        raise PlanRefused(f"“{value}” is not a date. Write it like 2026-06-14.") from None
    aware = instant if instant.tzinfo else instant.replace(tzinfo=UTC)
    return clock.instant_literal(column, aware)
