"""The read-only query guard: a query is read, checked against allow-lists, and written anew.

What an engine runs is never the user's text but the text of the checked syntax tree.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from sqlglot import exp

from gridlens.analytics.guard.attributes import check_attributes
from gridlens.analytics.guard.binding import put_in
from gridlens.analytics.guard.bounded import OutOfTime, within
from gridlens.analytics.guard.grammar import grammar_of
from gridlens.analytics.guard.limits import with_limit
from gridlens.analytics.guard.lineage import Output, outputs_of
from gridlens.analytics.guard.narrowing import Narrowed, narrow
from gridlens.analytics.guard.restricting import check_restricted, restrict
from gridlens.analytics.guard.rules import check_nodes, check_root
from gridlens.analytics.guard.sqlite_names import settle_names
from gridlens.analytics.guard.tables import KnownTables, check_tables
from gridlens.analytics.guard.text import check_text, refused, unreadable
from gridlens.analytics.guard.totals import total_of
from gridlens.analytics.parameters import Bound
from gridlens.shared.catalog import CatalogTable
from gridlens.shared.time import Scope

LONGEST_SECONDS = 6.0
SHORT = 2_000

__all__ = ["Guarded", "KnownTables", "Output", "guard", "guard_total"]

_Shape = Callable[[exp.Expr, tuple[Output, ...] | None], exp.Expr]
"""What is run of a checked query and its columns."""


@dataclass(frozen=True, slots=True)
class Guarded:
    """A query that may run. ``outputs`` is nothing where even the number of columns is unknown."""

    sql: str
    tables: tuple[CatalogTable, ...]
    outputs: tuple[Output, ...] | None
    notes: tuple[str, ...] = ()


def guard(
    sql: str,
    known: KnownTables,
    *,
    most_rows: int,
    bound: Sequence[Bound] = (),
    zone: str = "UTC",
    scope: Scope | None = None,
) -> Guarded:
    """Check a query and write what may run in its place, giving at most ``most_rows`` rows.

    Raises:
        InvalidSql: the text is no SQL of this dialect.
        QueryRefused: it would do more than read the catalog's tables; names the construct and its place.
    """

    def first_rows(tree: exp.Expr, _: tuple[Output, ...] | None) -> exp.Expr:
        return with_limit(tree, most_rows, known.dialect)

    return _guarded(sql, known, bound, zone, scope, first_rows)


def guard_total(
    sql: str,
    known: KnownTables,
    *,
    bound: Sequence[Bound] = (),
    zone: str = "UTC",
    scope: Scope | None = None,
) -> str:
    """Check a query as ``guard`` does, and write what counts all of its rows.

    Raises:
        InvalidSql, QueryRefused: as ``guard`` does.
    """
    return _guarded(sql, known, bound, zone, scope, partial(total_of, dialect=known.dialect)).sql


def _guarded(
    sql: str, known: KnownTables, bound: Sequence[Bound], zone: str, scope: Scope | None, shape: _Shape
) -> Guarded:
    check_text(sql, known.dialect)

    def check() -> Guarded:
        return _checked(sql, known, bound, zone, scope, shape)

    try:
        # Short texts cannot take long, and need no watch.
        return check() if len(sql) <= SHORT else within(LONGEST_SECONDS, check)
    except (RecursionError, OutOfTime) as error:
        raise refused("it is nested too deeply or takes too long to read", "nesting") from error


def _checked(
    sql: str,
    known: KnownTables,
    bound: Sequence[Bound],
    zone: str,
    scope: Scope | None,
    shape: _Shape,
) -> Guarded:
    dialect = known.dialect
    grammar = grammar_of(dialect)
    trees = grammar.read(sql)
    if not trees:
        raise unreadable("there is no query, only comments")
    if len(trees) > 1:
        raise refused(
            "exactly one statement may run at a time", "several statements", grammar.second_statement(sql)
        )
    tree = trees[0]
    check_root(sql, tree, dialect)
    tree = put_in(sql, tree, bound, known, zone)
    check_nodes(sql, tree, dialect)
    tables = check_tables(sql, tree, known)
    if dialect == "postgres":
        check_attributes(sql, tree)
    if dialect == "sqlite":
        settle_names(tree, known.column_names())
    outputs = outputs_of(tree, dialect)
    tree = restrict(tree, known)
    notes: tuple[str, ...] = ()
    if scope is not None:
        narrowed: Narrowed = narrow(tree, outputs, scope, dialect, zone)
        tree, notes = narrowed.tree, narrowed.notes
    written = grammar.write(shape(tree, outputs), is_spent=True)
    _check_again(written, known)
    return Guarded(written, tables, outputs, notes)


def _check_again(written: str, known: KnownTables) -> None:
    """What will run must read, and be written, as what was checked: a slip of either side ends here."""
    grammar = grammar_of(known.dialect)
    again = grammar.read(written)
    if len(again) != 1:
        raise refused("it cannot be written back faithfully", "rendering")
    check_nodes(written, again[0], known.dialect)
    check_tables(written, again[0], known.with_all_columns())
    if known.dialect == "postgres":
        check_attributes(written, again[0])
    check_restricted(again[0], known, grammar)
    if grammar.write(again[0], is_spent=True) != written:
        raise refused("it cannot be written back faithfully", "rendering")
