"""A dashboard's time range and filters, applied to a query by what its result has to offer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlglot import exp

from gridlens.analytics.ask.clocks import Clock, Storage, TimeColumn, storage_of
from gridlens.analytics.ask.engines import clock_for
from gridlens.analytics.guard.binding import ordinary_storage, scalar_literal
from gridlens.analytics.guard.lineage import Output
from gridlens.shared.results import ColumnRole
from gridlens.shared.time import Filter, Scope, TimeRange

_INNER = "answer"


@dataclass(frozen=True, slots=True)
class Narrowed:
    """The narrowed query, and what could not be applied, in words."""

    tree: exp.Expr
    notes: tuple[str, ...]


def narrow(
    tree: exp.Expr, outputs: Sequence[Output] | None, scope: Scope, dialect: str, zone: str
) -> Narrowed:
    """Keep the rows of a result that lie in the scope; what its columns cannot tell is noted."""
    conditions: list[exp.Expr] = []
    notes: list[str] = []
    by_name = {output.name.lower(): output for output in outputs or () if output.name}
    if scope.time_range:
        times = [output for output in outputs or () if output.name and output.role is ColumnRole.TIME]
        if len(times) == 1:
            conditions.append(_within(times[0], scope.time_range, clock_for(dialect, zone), dialect))
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


def _within(output: Output, span: TimeRange, clock: Clock, dialect: str) -> exp.Expr:
    column = TimeColumn(_column(output.name), _storage(output, dialect), output.shift)
    start, end = (_bound(column, instant, span, clock) for instant in (span.start, span.end))
    return exp.and_(
        exp.GTE(this=clock.comparable(column), expression=start),
        exp.LT(this=clock.comparable(column), expression=end),
    )


def _storage(output: Output, dialect: str) -> Storage:
    if output.column is not None:
        return storage_of(output.column, dialect)
    return ordinary_storage(dialect)


def _bound(column: TimeColumn, instant: datetime, span: TimeRange, clock: Clock) -> exp.Expr:
    if column.storage is Storage.DATE:
        return clock.date_literal(instant.astimezone(ZoneInfo(span.zone)).date())
    return clock.instant_literal(column, instant + column.shift)


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
