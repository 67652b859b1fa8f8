"""How many rows a query has in all: one number in place of its first few rows."""

from collections.abc import Sequence
from typing import Final

from sqlglot import exp

from gridlens.analytics.guard.lineage import Output

COUNTED: Final = "rows_that_are_counted"


def total_of(tree: exp.Expr, outputs: Sequence[Output] | None, dialect: str) -> exp.Expr:
    """The query that counts the rows of another; a limit that stands in that one is a part of it."""
    if isinstance(tree, exp.Select | exp.SetOperation | exp.Values) and not tree.args.get("limit"):
        tree.set("order", None)
    total = exp.Select(expressions=[exp.Anonymous(this="count", expressions=[exp.Star()])])
    alias = exp.TableAlias(this=exp.to_identifier(COUNTED))
    if dialect == "mysql" and outputs and _repeats_a_name(outputs) and not _merges_columns(tree):
        # It takes no table with two columns of one name, unless it is told other names for them.
        alias.set("columns", [exp.to_identifier(f"c{place}") for place in range(len(outputs))])
        total.set("with_", exp.With(expressions=[exp.CTE(this=tree, alias=alias)]))
        read: exp.Expr = exp.Table(this=exp.to_identifier(COUNTED))
    else:
        read = exp.Subquery(this=tree, alias=alias)
    total.set("from_", exp.From(this=read))
    return total


def _repeats_a_name(outputs: Sequence[Output]) -> bool:
    """Whether two columns may get one name; those without one are called after their text."""
    return len({output.name.lower() for output in outputs}) < len(outputs)


def _merges_columns(tree: exp.Expr) -> bool:
    """Whether a join makes one column of two, so that there are fewer than its tables have."""
    return any(join.args.get("using") or join.args.get("method") for join in tree.find_all(exp.Join))
