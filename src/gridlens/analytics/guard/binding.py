"""Values for ``:name`` in a query, put into the syntax tree as literals, never as text."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Final
from zoneinfo import ZoneInfo

from sqlglot import exp

from gridlens.analytics.ask.clocks import Storage, TimeColumn, storage_of
from gridlens.analytics.ask.engines import clock_for
from gridlens.analytics.guard.grammar import fail, grammar_of
from gridlens.analytics.guard.tables import KnownTables, folded
from gridlens.analytics.parameters import Bound, ParameterType, Scalar, Value
from gridlens.core.errors import GridlensError


def put_in(sql: str, tree: exp.Expr, bound: Iterable[Bound], known: KnownTables, zone: str) -> exp.Expr:
    """Replace each ``:name`` by its value; times are written as the column beside them holds them."""
    values = {each.name: each for each in bound}
    for node in list(tree.find_all(exp.Placeholder)):
        each = values.get(node.name) if isinstance(node.this, str) else None
        if each is None:
            written = f":{node.name}" if node.name else "?"
            fail(sql, node, f"the parameter {written} is not defined", written)
        if each.type == "list":
            tree = _put_list(sql, tree, node, each)
        elif each.type == "timestamp" and each.value is not None:
            column = TimeColumn(exp.Null(), _storage_beside(node, tree, known))
            instant = _instant(str(each.value), zone)
            node.replace(clock_for(known.dialect, zone).instant_literal(column, instant))
        else:
            node.replace(literal(each.value, each.type, known.dialect))
    return tree


def blanks(sql: str, dialect: str) -> tuple[str, ...]:
    """The names of the parameters in a text, in order; none where it cannot be read."""
    try:
        trees = grammar_of(dialect).read(sql)
    except GridlensError:
        return ()
    names = (node.name for tree in trees for node in tree.find_all(exp.Placeholder, bfs=False))
    return tuple(dict.fromkeys(name for name in names if name))


def ordinary_storage(dialect: str) -> Storage:
    """How a dialect's times are compared where no column says more.

    PostgreSQL and DuckDB sessions run in the source's zone, so that an instant meets local times rightly.
    """
    return Storage.AWARE if dialect in {"duckdb", "postgres"} else Storage.LOCAL


def literal(value: Value, kind: ParameterType, dialect: str) -> exp.Expr:
    """A value as this dialect writes it."""
    if value is None:
        return exp.Null()
    match kind:
        case "number":
            number = Decimal(str(value))
            written = exp.Literal.number(format(abs(number), "f"))
            return exp.Paren(this=exp.Neg(this=written)) if number < 0 else written
        case "boolean":
            return exp.Boolean(this=bool(value))
        case "date":
            day = exp.Literal.string(date.fromisoformat(str(value)).isoformat())
            return day if dialect == "sqlite" else exp.cast(day, exp.DType.DATE)
        case _:
            return exp.Literal.string(str(value))


def scalar_literal(value: Scalar | None) -> exp.Expr:
    """A value that brings its own type, as filters do."""
    if value is None:
        return exp.Null()
    if isinstance(value, bool):
        return exp.Boolean(this=value)
    return literal(value, "text" if isinstance(value, str) else "number", "")


def _put_list(sql: str, tree: exp.Expr, node: exp.Placeholder, each: Bound) -> exp.Expr:
    parent = node.parent
    if not isinstance(parent, exp.In) or node.arg_key != "expressions":
        fail(sql, node, f"the list :{each.name} belongs into IN (:{each.name})", f":{each.name}")
    if each.value is None:
        whole = parent.parent if isinstance(parent.parent, exp.Not) else parent
        always = exp.Boolean(this=True)
        if whole is tree:
            return always
        whole.replace(always)
        return tree
    values = each.value if isinstance(each.value, tuple) else (each.value,)
    others = [other for other in parent.expressions if other is not node]
    literals: list[exp.Expr] = [scalar_literal(value) for value in values] or [exp.Null()]
    parent.set("expressions", [*others, *literals])
    return tree


_COMPARISONS: Final = (exp.GT, exp.GTE, exp.LT, exp.LTE, exp.EQ, exp.NEQ, exp.Between)


def _storage_beside(node: exp.Expr, tree: exp.Expr, known: KnownTables) -> Storage:
    """How the column that a value is compared with holds its times."""
    dialect = known.dialect
    beside = node.parent.this if isinstance(node.parent, _COMPARISONS) else None
    if beside is node and isinstance(node.parent, exp.Binary):
        beside = node.parent.expression
    if not isinstance(beside, exp.Column):
        return ordinary_storage(dialect)
    read = {folded(table.this, dialect) for table in tree.find_all(exp.Table) if _is_name(table.this)}
    name = beside.name.lower()
    found = {
        storage_of(column, dialect)
        for table_name in read
        for table in known.by_name.get(table_name, ())
        for column in table.columns
        if column.name.lower() == name
    }
    return found.pop() if len(found) == 1 else ordinary_storage(dialect)


def _is_name(node: object) -> bool:
    return isinstance(node, exp.Identifier)


def _instant(text: str, zone: str) -> datetime:
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(zone))
