"""A dashboard's time range and filters, applied to a query by what its result has to offer."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlglot import exp

from gridlens.analytics.guard.lineage import Output
from gridlens.analytics.guard.parameters import date_literal, scalar_literal, timestamp_literal
from gridlens.shared.results import ColumnRole, Kind
from gridlens.shared.time import Filter, Scope, TimeRange

_INNER = "answer"


@dataclass(frozen=True, slots=True)
class Narrowed:
    """The narrowed query, and what could not be applied, in words."""

    tree: exp.Expr
    notes: tuple[str, ...]


def narrow(tree: exp.Expr, outputs: Sequence[Output] | None, scope: Scope, dialect: str) -> Narrowed:
    """Keep the rows of a result that lie in the scope; what its columns cannot tell is noted."""
    conditions: list[exp.Expr] = []
    notes: list[str] = []
    by_name = {output.name.lower(): output for output in outputs or () if output.name}
    if scope.time_range:
        times = [output for output in outputs or () if output.name and output.role is ColumnRole.TIME]
        if len(times) == 1:
            conditions.append(_within(times[0], scope.time_range, dialect))
        else:
            notes.append(
                "The time range is not applied: this SQL has no :from and :to, and its result has "
                + ("no time column." if not times else "several time columns.")
            )
    for each in scope.filters:
        output = by_name.get(each.column.lower())
        if output is None:
            notes.append(
                f"The filter on “{each.column}” is not applied: this SQL has no parameter "
                f":{each.column}, and its result has no column of that name."
            )
        else:
            conditions.append(_matches(output.name, each))
    if not conditions:
        return Narrowed(tree, tuple(notes))
    if tree.args.get("limit"):
        notes.append("The time range and filters are applied after the LIMIT of this SQL.")
    inner = tree if isinstance(tree, exp.Subquery) and not tree.args.get("alias") else exp.Subquery(this=tree)
    order = tree.args.get("order") if isinstance(tree, exp.Select | exp.SetOperation) else None
    inner.set("alias", exp.TableAlias(this=exp.to_identifier(_INNER)))
    outer = exp.Select(expressions=[exp.Star()], from_=exp.From(this=inner))
    outer.set("where", exp.Where(this=exp.and_(*conditions)))
    names = {output.name for output in outputs or ()}
    if order is not None and all(_is_output(each, names) for each in order.expressions):
        outer.set("order", order.copy())
    return Narrowed(outer, tuple(notes))


def _is_output(ordered: exp.Expr, names: set[str]) -> bool:
    column = ordered.this
    if isinstance(column, exp.Literal):
        return bool(column.is_int)
    return isinstance(column, exp.Column) and not column.args.get("table") and column.name in names


def _column(name: str) -> exp.Expr:
    return exp.Column(this=exp.to_identifier(name, quoted=True), table=exp.to_identifier(_INNER))


def _within(output: Output, span: TimeRange, dialect: str) -> exp.Expr:
    from zoneinfo import ZoneInfo

    column = _column(output.name)
    if output.kind is Kind.DATE:
        zone = ZoneInfo(span.zone)
        start: exp.Expr = date_literal(span.start.astimezone(zone).date(), dialect)
        end: exp.Expr = date_literal(span.end.astimezone(zone).date(), dialect)
    else:
        start, end = timestamp_literal(span.start, dialect), timestamp_literal(span.end, dialect)
    return exp.and_(exp.GTE(this=column, expression=start), exp.LT(this=column.copy(), expression=end))


def _matches(name: str, each: Filter) -> exp.Expr:
    values = [scalar_literal(value) for value in each.values if value is not None]
    column = _column(name)
    found: exp.Expr = exp.In(this=column, expressions=values) if values else exp.Boolean(this=False)
    is_missing = exp.Is(this=column.copy(), expression=exp.Null())
    if None in each.values:
        found = exp.Paren(this=exp.or_(found, is_missing))
        return found if each.operator == "in" else exp.Not(this=found)
    if each.operator == "in":
        return found
    return exp.Paren(this=exp.or_(exp.Not(this=found), is_missing))
