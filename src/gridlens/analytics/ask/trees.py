"""SQL trees put together in place: sqlglot's own helpers copy whole trees at every step."""

from sqlglot import exp


def all_of(*conditions: exp.Expr) -> exp.Expr:
    return exp.and_(*conditions, copy=False)


def any_of(*conditions: exp.Expr) -> exp.Expr:
    return exp.paren(exp.or_(*conditions, copy=False), copy=False)


def none_of(condition: exp.Expr) -> exp.Expr:
    return exp.not_(condition, copy=False)


def enclosed(expression: exp.Expr) -> exp.Expr:
    return exp.paren(expression, copy=False)
