"""Names that SQLite would read as texts: in double quotes it takes for one what is no column."""

from collections.abc import Iterable
from typing import Final

from sqlglot import exp
from sqlglot.generator import Generator

_NEVER_TEXT: Final = "never text"
"""Key of a name that is written in backticks, where SQLite looks for a column and for nothing else."""


def note_names(tree: exp.Expr, sql: str, start: str) -> None:
    """Remember which names stood in brackets or backticks; ``start`` is the key of where they stand."""
    for name in tree.find_all(exp.Identifier):
        if name.quoted and sql[name.meta.get(start, 0)] in "[`":
            name.meta[_NEVER_TEXT] = True


def settle_names(tree: exp.Expr, columns: Iterable[str]) -> None:
    """Let a name in double quotes that some table has as a column be a column, and never a text."""
    waiting = [
        column.this
        for column in tree.find_all(exp.Column)
        if isinstance(column.this, exp.Identifier) and column.this.quoted and not column.args.get("table")
    ]
    known = {name.lower() for name in columns} if waiting else set[str]()
    for name in waiting:
        if name.name.lower() in known:
            name.meta[_NEVER_TEXT] = True


def write_name(self: Generator, node: exp.Identifier) -> str:
    if node.meta.get(_NEVER_TEXT):
        return "`" + node.name.replace("`", "``") + "`"
    return self.identifier_sql(node)
