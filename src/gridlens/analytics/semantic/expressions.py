"""Formulas, conditions and joins as people write them, read into parts of a plan.

They are written as in SQL: ``sum(readings.kwh)``, ``meters.energy_type = 'gas' and meters.is_active``.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeVar

import msgspec
from sqlglot import exp, parse
from sqlglot.errors import ErrorLevel, SqlglotError

from gridlens.analytics.ask.plan import (
    Aggregate,
    AllOf,
    AnyOf,
    Between,
    ColumnRef,
    Compare,
    Condition,
    Contains,
    Filter,
    Function,
    IsNull,
    Measure,
    OneOf,
    Operator,
    Ratio,
    Value,
)
from gridlens.analytics.semantic.errors import InvalidModel

KEPT = 2_000
PartT = TypeVar("PartT")
_FUNCTIONS: dict[type[exp.Expr], Function] = {
    exp.Sum: "sum",
    exp.Avg: "mean",
    exp.Min: "min",
    exp.Max: "max",
    exp.Count: "count",
    exp.Median: "median",
    exp.Quantile: "quantile",
}
_NAMED: dict[str, Function] = {"mean": "mean", "count_distinct": "count_distinct"}
_OPERATORS: dict[type[exp.Expr], Operator] = {
    exp.EQ: "eq",
    exp.NEQ: "ne",
    exp.LT: "lt",
    exp.LTE: "le",
    exp.GT: "gt",
    exp.GTE: "ge",
}
_MIRRORED: dict[Operator, Operator] = {"lt": "gt", "le": "ge", "gt": "lt", "ge": "le", "eq": "eq", "ne": "ne"}
_OPPOSITE: dict[Operator, Operator] = {"lt": "ge", "le": "gt", "gt": "le", "ge": "lt", "eq": "ne", "ne": "eq"}


@dataclass(frozen=True, slots=True)
class Key:
    """Columns of one table that name a row of another, pair by pair."""

    columns: tuple[ColumnRef, ...]
    referenced: tuple[ColumnRef, ...]


@lru_cache(maxsize=KEPT)
def measure(text: str, name: str, unit: str | None) -> Measure:
    """A figure, or one figure divided by another.

    Raises:
        InvalidModel: the formula says more than a plan can.
    """
    tree = _tree(text)
    if not isinstance(tree, exp.Div):
        return _held(_aggregate(tree, name, unit), Aggregate, text)
    above, below = _bare(tree.this), _bare(tree.expression)
    ratio = Ratio(
        numerator=_aggregate(above, name, None),
        denominator=_aggregate(below, name, None),
        name=name,
        unit=unit,
    )
    return _held(ratio, Ratio, text)


@lru_cache(maxsize=KEPT)
def filters(text: str) -> tuple[Filter, ...]:
    """Conditions that all hold.

    Raises:
        InvalidModel: one of them is nothing a plan can say.
    """
    found = tuple(_filter(part) for part in _parts(_tree(text), exp.And))
    return _held(found, tuple[Filter, ...], text)


@lru_cache(maxsize=KEPT)
def key(text: str) -> Key:
    """The two sides of a join.

    Raises:
        InvalidModel: it is more than equal columns of two tables.
    """
    pairs: list[tuple[ColumnRef, ColumnRef]] = []
    for part in _parts(_tree(text), exp.And):
        if not isinstance(part, exp.EQ):
            raise InvalidModel(f"“{text}” is no join. Write readings.meter_id = meters.id.")
        pairs.append((_column(_bare(part.this)), _column(_bare(part.expression))))
    found = Key(tuple(left for left, _ in pairs), tuple(right for _, right in pairs))
    for side in (found.columns, found.referenced):
        if len({(column.schema, column.table) for column in side}) > 1:
            raise InvalidModel(f"“{text}” mixes tables. Keep those of one table on one side.")
    if found.columns[0].table == found.referenced[0].table and found.columns == found.referenced:
        raise InvalidModel(f"“{text}” joins a column with itself.")
    return found


def _held(part: PartT, kind: Any, text: str) -> PartT:
    """The part within the bounds that plans have: how long names are, how many values a list holds."""
    try:
        msgspec.convert(msgspec.to_builtins(part), kind)
    except msgspec.ValidationError as error:
        raise InvalidModel(f"“{text}” does not fit in a plan: {error}.") from error
    return part


def _tree(text: str) -> exp.Expr:
    """The one expression in a text; parsing a condition of a statement keeps statements out."""
    try:
        found = parse(f"SELECT {text}", read="duckdb", error_level=ErrorLevel.RAISE)
    except (SqlglotError, RecursionError, ValueError) as error:
        raise InvalidModel(f"“{text}” cannot be read. Write it as in sum(readings.kwh).") from error
    select = found[0] if len(found) == 1 else None
    if not isinstance(select, exp.Select) or len(select.expressions) != 1:
        raise InvalidModel(f"“{text}” is not one expression.")
    said = [name for name, value in select.args.items() if value and name not in ("expressions", "kind")]
    if said:
        raise InvalidModel(f"“{text}” is more than an expression; leave out {', '.join(said)}.")
    return _bare(select.expressions[0])


def _bare(tree: exp.Expr) -> exp.Expr:
    return tree.unnest()


def _parts(tree: exp.Expr, kind: type[exp.Connector]) -> list[exp.Expr]:
    tree = _bare(tree)
    return [_bare(part) for part in tree.flatten()] if isinstance(tree, kind) else [tree]


def _aggregate(tree: exp.Expr, name: str, unit: str | None) -> Aggregate:
    narrowed: tuple[Condition, ...] = ()
    if isinstance(tree, exp.Filter):
        where = _parts(tree.expression.this, exp.And)
        narrowed = tuple(_condition(part) for part in where)
        tree = _bare(tree.this)
    function = _FUNCTIONS.get(type(tree))
    inner = tree.this
    if isinstance(tree, exp.Anonymous) and len(tree.expressions) == 1:
        function, inner = _NAMED.get(str(tree.this).casefold()), tree.expressions[0]
    if isinstance(inner, exp.Distinct) and function == "count" and len(inner.expressions) == 1:
        function, inner = "count_distinct", inner.expressions[0]
    if function is None:
        raise InvalidModel(
            f"“{tree.sql(dialect='duckdb')}” is no figure. "
            "Use sum, mean, min, max, count, count_distinct, median or quantile of one column, "
            "or divide one of them by another."
        )
    level = None
    if function == "quantile":
        given = _value(tree.args["quantile"]) if tree.args.get("quantile") else None
        if not isinstance(given, int | float) or isinstance(given, bool) or not 0 <= given <= 1:
            raise InvalidModel("A quantile needs a level between 0 and 1: quantile(readings.kw, 0.95).")
        level = float(given)
    inner, times = _bare(inner), None
    if isinstance(inner, exp.Mul):
        inner, times = _bare(inner.this), _column(_bare(inner.expression))
    column = _column(inner)
    if column.column == "*" and function != "count":
        raise InvalidModel(f"Rows can only be counted: count({column.table}.*).")
    return Aggregate(
        function=function, column=column, name=name, unit=unit, level=level, times=times, filters=narrowed
    )


def _filter(tree: exp.Expr) -> Filter:
    tree = _bare(tree)
    if not isinstance(tree, exp.Or):
        return _condition(tree)
    branches: list[Condition | AllOf] = []
    for branch in _parts(tree, exp.Or):
        together = [_condition(part) for part in _parts(branch, exp.And)]
        branches.append(together[0] if len(together) == 1 else AllOf(filters=tuple(together)))
    return AnyOf(filters=tuple(branches))


def _condition(tree: exp.Expr, *, negated: bool = False) -> Condition:
    tree = _bare(tree)
    read = _CONDITIONS.get(type(tree))
    if read is not None:
        return read(tree, negated)
    operator = _OPERATORS.get(type(tree))
    if operator is not None:
        left, right = _bare(tree.this), _bare(tree.expression)
        if not isinstance(left, exp.Column):
            left, right, operator = right, left, _MIRRORED[operator]
        operator = _OPPOSITE[operator] if negated else operator
        return Compare(column=_column(left), operator=operator, value=_value(right))
    raise InvalidModel(
        f"“{tree.sql(dialect='duckdb')}” is no condition on one column. "
        "Compare a column with a value, or use in, between, like or is null."
    )


def _not(tree: exp.Expr, negated: bool) -> Condition:
    return _condition(tree.this, negated=not negated)


def _in(tree: exp.Expr, negated: bool) -> Condition:
    values = tuple(_value(each) for each in tree.expressions)
    if not values:
        raise InvalidModel("in needs a list of values: meters.energy_type in ('gas', 'heat').")
    return OneOf(column=_column(tree.this), values=values, negated=negated)


def _between(tree: exp.Expr, negated: bool) -> Condition:
    low, high = _value(tree.args["low"]), _value(tree.args["high"])
    return Between(column=_column(tree.this), low=low, high=high, negated=negated)


def _like(tree: exp.Expr, negated: bool) -> Condition:
    pattern = _value(tree.expression)
    inside = str(pattern).strip("%")
    if str(pattern) != f"%{inside}%" or not inside or "%" in inside or "_" in inside:
        raise InvalidModel("like finds a text anywhere: write sites.name like '%tower%'.")
    return Contains(column=_column(tree.this), text=inside, negated=negated)


def _is(tree: exp.Expr, negated: bool) -> Condition:
    if not isinstance(tree.expression, exp.Null):
        raise InvalidModel("is stands before null only; compare with = otherwise.")
    return IsNull(column=_column(tree.this), negated=negated)


def _flag(tree: exp.Expr, negated: bool) -> Condition:
    return Compare(column=_column(tree), operator="eq", value=not negated)


_CONDITIONS: dict[type[exp.Expr], Callable[[exp.Expr, bool], Condition]] = {
    exp.Not: _not,
    exp.In: _in,
    exp.Between: _between,
    exp.Like: _like,
    exp.ILike: _like,
    exp.Is: _is,
    exp.Column: _flag,
}


def _column(tree: exp.Expr) -> ColumnRef:
    if not isinstance(tree, exp.Column) or not tree.table or tree.catalog:
        written = tree.sql(dialect="duckdb")
        raise InvalidModel(f"“{written}” is no column of a table. Write table.column.")
    return ColumnRef(table=tree.table, column=tree.name, schema=tree.db or None)


def _value(tree: exp.Expr) -> Value:
    tree = _bare(tree)
    if isinstance(tree, exp.Neg):
        inner = _value(tree.this)
        if isinstance(inner, int | float) and not isinstance(inner, bool):
            return -inner
    if isinstance(tree, exp.Boolean):
        return bool(tree.this)
    if isinstance(tree, exp.Literal):
        if tree.is_string:
            return str(tree.this)
        text = str(tree.this)
        return int(text) if text.isdigit() else float(text)
    raise InvalidModel(f"“{tree.sql(dialect='duckdb')}” is no value. Write a number, true, false or 'text'.")
