"""Conditions of access rules: SQL over the columns of one table and the attributes of whoever asks.

They are read by the guard's own grammar, held to its allow-lists and to fewer constructs than a query
may use, and their ``{user.name}`` are filled with literals in the syntax tree, never with text.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from sqlglot import exp

from gridlens.analytics.guard.binding import scalar_literal
from gridlens.analytics.guard.grammar import fail, grammar_of
from gridlens.analytics.guard.rules import check_nodes
from gridlens.analytics.guard.tables import folded
from gridlens.analytics.guard.text import check_text, refused
from gridlens.shared.access import RowCondition
from gridlens.shared.catalog import CatalogTable

LONGEST_CONDITION: Final = 4_000
_ATTRIBUTE: Final = re.compile(r"\{\s*user\.([a-z][a-z0-9_]{0,59})\s*\}")
_BEFORE: Final = "SELECT 1 WHERE "
_NAMED: Final = "user_"
_CONSTRUCTS: Final = frozenset(
    """
    Select Where Literal Boolean Null Column Identifier Paren And Or Not EQ NEQ GT GTE LT LTE Is In Between
    Like ILike Escape Add Sub Mul Div IntDiv Mod Neg NullSafeEQ NullSafeNEQ DPipe Case If Cast TryCast
    DataType DataTypeParam Interval Var Anonymous Extract Trim Substring CurrentDate CurrentTimestamp
    Collate AtTimeZone Tuple Plus
    """.split()
)
_UNSTEADY: Final = frozenset({"random", "rand", "uuid", "gen_random_uuid", "clock_timestamp", "timeofday"})


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition that was read. ``tree`` is shared: it is copied before it is filled."""

    tree: exp.Expr
    attributes: tuple[str, ...]


@lru_cache(maxsize=500)
def read_condition(text: str, table: CatalogTable, dialect: str) -> Condition:
    """Read and check a condition over that table's columns.

    Raises:
        InvalidSql: the text is no SQL of this dialect.
        QueryRefused: it holds more than a condition over this table may; names the construct and its place.
    """
    if len(text) > LONGEST_CONDITION:
        raise refused(f"a condition has at most {LONGEST_CONDITION:,} characters", "condition")
    check_text(text, dialect)
    marks = _ATTRIBUTE.findall(text)
    # Padded to the same length, so that places in messages are those of the text as written.
    marked = _ATTRIBUTE.sub(lambda found: f":{_NAMED}{found[1]}".ljust(len(found[0])), text)
    sql = _BEFORE + marked
    trees = grammar_of(dialect).read(sql)
    if len(trees) != 1 or not _is_bare(trees[0]):
        raise refused("a condition is one expression, as it stands behind WHERE", "condition")
    condition = trees[0].args["where"].this
    found = [node.name for node in condition.find_all(exp.Placeholder)]
    if sorted(found) != sorted(_NAMED + mark for mark in marks):
        raise refused("{user.…} stands by itself: not within quotes, and no other parameters", "{user.…}")
    checked = trees[0].copy()
    for node in list(checked.find_all(exp.Placeholder)):
        node.replace(exp.Literal.string(""))
    check_nodes(sql, checked, dialect)
    _check_constructs(sql, checked, dialect)
    _check_columns(sql, condition, table, dialect)
    return Condition(condition, tuple(dict.fromkeys(marks)))


def filled(condition: RowCondition, table: CatalogTable, dialect: str, owner: str) -> exp.Expr:
    """The condition with the asker's values in it, each column under the name ``owner``.

    Who lacks a value that the condition needs sees no row at all.
    """
    read = read_condition(condition.text, table, dialect)
    values = dict(condition.values)
    tree = exp.Paren(this=read.tree.copy())
    for node in list(tree.find_all(exp.Placeholder)):
        name = node.name.removeprefix(_NAMED)
        own = values.get(name, ())
        if not own:
            return exp.Boolean(this=False)
        literals = [scalar_literal(value) for value in own]
        if isinstance(node.parent, exp.In) and node.arg_key == "expressions":
            others = [other for other in node.parent.expressions if other is not node]
            node.parent.set("expressions", [*others, *literals])
        elif len(literals) == 1:
            node.replace(literals[0])
        else:
            raise refused(
                f"the access rule on {table.name} needs one value of your attribute “{name}”, and you have "
                f"{len(literals)}; an administrator can write IN ({{user.{name}}}) instead",
                "access rule",
            )
    for column in tree.find_all(exp.Column):
        column.set("table", exp.to_identifier(owner, quoted=True))
    return tree


def _is_bare(tree: exp.Expr) -> bool:
    """Nothing but the one WHERE was read: no clause slipped in behind it."""
    return (
        isinstance(tree, exp.Select)
        and {part for part, value in tree.args.items() if value} == {"expressions", "where"}
        and len(tree.expressions) == 1
    )


def _check_constructs(sql: str, tree: exp.Expr, dialect: str) -> None:
    for node in tree.walk():
        name = type(node).__name__
        if name not in _CONSTRUCTS or (isinstance(node, exp.Select) and node is not tree):
            fail(sql, node, f"{name} may not stand in a condition", name)
        if isinstance(node, exp.Anonymous) and str(node.this).lower() in _UNSTEADY:
            fail(sql, node, f"{node.this} is another value each time", str(node.this))
        if isinstance(node, exp.Column) and isinstance(node.this, exp.Star):
            fail(sql, node, "* may not stand in a condition", "*")


def _check_columns(sql: str, condition: exp.Expr, table: CatalogTable, dialect: str) -> None:
    insensitive = dialect != "postgres"
    names = {column.name.lower() if insensitive else column.name for column in table.columns}
    for column in condition.find_all(exp.Column):
        if column.args.get("table"):
            fail(sql, column, "write the columns of a condition without their table", column.sql(dialect))
        name = folded(column.this, dialect)
        if (name.lower() if insensitive else name) not in names:
            fail(sql, column, f"the table {table.name} has no column {column.name}", column.name)
