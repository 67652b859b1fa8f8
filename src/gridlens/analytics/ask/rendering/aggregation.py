"""Figures over the rows of a group, in each dialect."""

from fractions import Fraction

from sqlglot import exp

from gridlens.analytics.ask.clocks import number
from gridlens.analytics.ask.plan import Aggregate
from gridlens.analytics.ask.trees import enclosed
from gridlens.shared.results import Kind

# These have no quantile of their own, so their rows are ranked first.
RANKING_DIALECTS = ("mysql", "sqlite")


def needs_ranks(aggregate: Aggregate, dialect: str) -> bool:
    return dialect in RANKING_DIALECTS and aggregate.function in ("median", "quantile")


def level_of(aggregate: Aggregate) -> float:
    return 0.5 if aggregate.level is None else aggregate.level


def figure(aggregate: Aggregate, value: exp.Expr | None, kind: Kind, dialect: str) -> exp.Expr:
    """The figure over ``value``, or over rows where there is none."""
    if value is None:
        return exp.Count(this=exp.Star())
    value = value.copy()
    match aggregate.function:
        case "sum":
            return exp.Sum(this=value)
        case "mean":
            # Means of whole numbers are cut or rounded by some engines.
            return exp.Avg(this=exp.cast(value, "double") if kind is Kind.INTEGER else value)
        case "min":
            return exp.Min(this=value)
        case "max":
            return exp.Max(this=value)
        case "count":
            return exp.Count(this=value)
        case "count_distinct":
            return exp.Count(this=exp.Distinct(expressions=[value]))
        case "median" | "quantile":
            return _quantile(value, level_of(aggregate), dialect)


def weighted_mean(value: exp.Expr, weight: exp.Expr) -> exp.Expr:
    """Each value as often as its weight says; rows without a value have no weight either."""
    has_value = exp.Not(this=exp.Is(this=value.copy(), expression=exp.Null()))
    top = exp.Sum(this=exp.Mul(this=enclosed(value.copy()), expression=weight.copy()))
    return divided(top, exp.Sum(this=exp.Case().when(has_value, weight.copy())), percent=False)


def _quantile(value: exp.Expr, level: float, dialect: str) -> exp.Expr:
    at = exp.Literal.number(repr(level))
    if dialect == "duckdb":
        return exp.Anonymous(this="QUANTILE_CONT", expressions=[value, at])
    order = exp.Order(expressions=[exp.Ordered(this=value, nulls_first=False)])
    return exp.WithinGroup(this=exp.PercentileCont(this=at), expression=order)


def rank_of(value: exp.Expr, groups: list[exp.Expr]) -> exp.Expr:
    """The place of a value among those of its group, from 1; missing values come last."""
    return exp.Window(
        this=exp.RowNumber(),
        partition_by=[group.copy() for group in groups],
        order=exp.Order(expressions=[exp.Ordered(this=value.copy(), nulls_first=False)]),
    )


def present(value: exp.Expr, groups: list[exp.Expr]) -> exp.Expr:
    """How many values of the group are not missing."""
    return exp.Window(this=exp.Count(this=value.copy()), partition_by=[group.copy() for group in groups])


def ranked_quantile(value: exp.Expr, rank: exp.Expr, count: exp.Expr, level: float) -> exp.Expr:
    """A quantile over ranked rows: each of the two neighbours counts by how near it lies."""
    place = exp.Mul(
        this=enclosed(exp.Sub(this=count, expression=number(1))), expression=exp.Literal.number(repr(level))
    )
    distance = exp.Abs(
        this=exp.Sub(this=place, expression=enclosed(exp.Sub(this=rank, expression=number(1))))
    )
    weight = enclosed(exp.Sub(this=number(1), expression=distance))
    near = exp.LT(this=distance.copy(), expression=number(1))
    weighted = exp.Mul(this=value, expression=weight)
    return exp.Sum(this=exp.Case().when(near, weighted))


def scaled(value: exp.Expr, by: Fraction, kind: Kind) -> exp.Expr:
    """The value times ``by``, written as a division where that reads better."""
    if by == 1:
        return value
    if kind is Kind.INTEGER:
        value = exp.cast(value, "double")
    if by.numerator != 1:
        value = exp.Mul(this=value, expression=number(by.numerator))
    if by.denominator != 1:
        value = exp.Div(this=value, expression=exp.Literal.number(f"{by.denominator}.0"), typed=True)
    return value


def divided(top: exp.Expr, bottom: exp.Expr, *, percent: bool) -> exp.Expr:
    """A ratio that is missing, not an error, where the bottom is zero."""
    whole: exp.Expr = exp.cast(top, "double")
    if percent:
        whole = exp.Mul(this=number(100), expression=whole)
    empty_when_zero = exp.Nullif(this=bottom, expression=number(0))
    return exp.Div(this=whole, expression=empty_when_zero, typed=True)


def added(first: exp.Expr, *further: exp.Expr) -> exp.Expr:
    """Figures added up; one that has no value counts as nothing beside others."""
    if not further:
        return first.copy()
    parts = [exp.Coalesce(this=part.copy(), expressions=[number(0)]) for part in (first, *further)]
    total: exp.Expr = parts[0]
    for part in parts[1:]:
        total = exp.Add(this=total, expression=part)
    return total


def subtracted(top: exp.Expr, bottom: exp.Expr, *, are_sums: bool) -> exp.Expr:
    """One figure less another; of sums, that of no rows at all is nothing where the other has some."""
    if not are_sums:
        return exp.Sub(this=enclosed(top), expression=enclosed(bottom))
    less = exp.Sub(
        this=exp.Coalesce(this=top.copy(), expressions=[number(0)]),
        expression=exp.Coalesce(this=bottom.copy(), expressions=[number(0)]),
    )
    is_known = exp.Not(this=exp.Is(this=exp.Coalesce(this=top, expressions=[bottom]), expression=exp.Null()))
    return exp.Case().when(is_known, less, copy=False)
