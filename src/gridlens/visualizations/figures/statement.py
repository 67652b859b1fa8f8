"""What the SQL behind an answer says about its rows: if they are a first few, by what, and what adds up.

It brings the SQL parser along, so whoever asks it loads it where it asks.
"""

import re
from functools import lru_cache
from typing import Literal

from sqlglot import exp, parse_one
from sqlglot.errors import SqlglotError

from gridlens.shared.results import ResultSet

Summary = Literal["mean", "maximum", "minimum"]

_SUMMARIES: dict[type[exp.Expr], Summary] = {exp.Avg: "mean", exp.Max: "maximum", exp.Min: "minimum"}
_DIALECTS = ("duckdb", "tsql", "mysql", None)
_DEEPEST = 8
# A question's own, such as :from, which no dialect reads; a cast has two colons.
_PARAMETER = re.compile(r"(?<![:\w]):(?=[A-Za-z_])\w+")


def is_cut(result: ResultSet) -> bool:
    """Whether the rows may be the first few of more: a limit was reached."""
    if result.is_cut:
        return True
    query = _parsed(result.sql)
    return query is not None and any(
        most is None or result.frame.height >= most for most in (_most(limit) for limit in _limits(query))
    )


def adds_up(result: ResultSet, column: str) -> bool:
    """Whether the values of a column may be summed; means, extremes, quantiles and running totals may not."""
    query = _parsed(result.sql)
    return query is None or _column_adds_up(query, column, _DEEPEST)


def summary_in(result: ResultSet, column: str) -> Summary | None:
    """What each value of a column is of the readings behind it, where the statement says so plainly."""
    query = _parsed(result.sql)
    chosen = next((each for each in query.selects if each.alias_or_name == column), None) if query else None
    return _SUMMARIES.get(type(chosen.unalias())) if chosen is not None else None


def grain_in(result: ResultSet, column: str) -> str | None:
    """The unit that the statement cuts a column's times to, where it says so plainly."""
    query = _parsed(result.sql)
    chosen = next((each for each in query.selects if each.alias_or_name == column), None) if query else None
    if chosen is None:
        return None
    cut = chosen.find(exp.DateTrunc, exp.TimestampTrunc)
    if cut is not None:
        return str(cut.args["unit"].name).lower()
    cast = chosen.unalias()
    return "day" if isinstance(cast, exp.Cast) and cast.to.this is exp.DataType.Type.DATE else None


def ranked_by(result: ResultSet) -> str | None:
    """The column by which the statement takes a first few, largest or smallest first; else nothing."""
    query = _parsed(result.sql)
    if not isinstance(query, exp.Select) or not query.args.get("limit") or not query.args.get("order"):
        return None
    [first, *_] = query.args["order"].expressions
    wanted = first.this if isinstance(first, exp.Ordered) else first
    for each in query.selects:
        if each.unalias() == wanted or (
            isinstance(wanted, exp.Column) and each.alias_or_name.lower() == wanted.name.lower()
        ):
            return each.alias_or_name
    return None


@lru_cache(maxsize=256)
def _parsed(sql: str) -> exp.Query | None:
    sql = _PARAMETER.sub("NULL", sql)
    for dialect in _DIALECTS:
        try:
            tree = parse_one(sql, dialect=dialect)
        except SqlglotError:
            continue
        if isinstance(tree, exp.Query):
            return tree
    return None


def _limits(query: exp.Query) -> list[exp.Expr]:
    """Limits of the statement and of what it reads from, not of the subqueries in its conditions."""
    return [
        limit
        for limit in query.find_all(exp.Limit, exp.Fetch)
        if limit.find_ancestor(exp.Where, exp.Having, exp.Join) is None
    ]


def _most(limit: exp.Expr) -> int | None:
    count = limit.args.get("count") if isinstance(limit, exp.Fetch) else limit.args.get("expression")
    return int(count.name) if isinstance(count, exp.Literal) and count.name.isdigit() else None


def _column_adds_up(query: exp.Expr, name: str, depth: int) -> bool:
    if isinstance(query, exp.SetOperation):
        return all(_column_adds_up(side, name, depth) for side in (query.left, query.right))
    if isinstance(query, exp.Subquery):
        return _column_adds_up(query.this, name, depth)
    if not isinstance(query, exp.Select) or depth == 0:
        return True
    wanted = name.lower()
    chosen = next((each for each in query.selects if each.alias_or_name.lower() == wanted), None)
    if chosen is None or isinstance(chosen, exp.Star):
        # All columns of what it reads from, or one whose name only the database knows.
        return all(_column_adds_up(source, name, depth - 1) for source in _sources(query).values())
    return _sums(chosen.unalias(), query, depth)


def _sums(value: exp.Expr, query: exp.Select, depth: int) -> bool:
    if isinstance(value, exp.Window):
        return False
    if isinstance(value, exp.Sub) and _is_rise(value.left, value.right):
        return True
    if isinstance(value, exp.Div) and value.right.find(exp.Column, exp.AggFunc) is not None:
        return False
    if isinstance(value, exp.Sum | exp.Count | exp.CountIf):
        return True
    if isinstance(value, exp.AggFunc | exp.WithinGroup) or _is_unknown_quantile(value):
        return False
    if isinstance(value, exp.Query):
        return True
    if isinstance(value, exp.Column):
        sources = _sources(query)
        at = value.table.lower()
        read = [sources[at]] if at in sources else [] if at else list(sources.values())
        return all(_column_adds_up(source, value.name, depth - 1) for source in read)
    return all(_sums(part, query, depth) for part in value.iter_expressions())


def _is_rise(high: exp.Expr, low: exp.Expr) -> bool:
    """The rise of a register: its largest reading less its smallest."""
    return isinstance(high, exp.Max) and isinstance(low, exp.Min) and high.this == low.this


def _is_unknown_quantile(value: exp.Expr) -> bool:
    return isinstance(value, exp.Anonymous) and value.name.lower().startswith(("quantile", "percentile"))


def _sources(query: exp.Select) -> dict[str, exp.Expr]:
    """What a query reads from that is a query itself, by the name it has there."""
    named: dict[str, exp.Expr] = {}
    at: exp.Expr | None = query
    while at is not None:
        for cte in getattr(at, "ctes", []):
            named.setdefault(cte.alias.lower(), cte.this)
        at = at.parent
    start = query.args.get("from_") or query.args.get("from")
    joins = query.args.get("joins") or []
    found: dict[str, exp.Expr] = {}
    for source in [*([start.this] if start else []), *(join.this for join in joins)]:
        if isinstance(source, exp.Subquery):
            found[source.alias_or_name.lower()] = source.this
        elif isinstance(source, exp.Table) and source.name.lower() in named:
            body = named[source.name.lower()]
            if body is not query:
                found[source.alias_or_name.lower()] = body
    return found
