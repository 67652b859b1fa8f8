"""Values for ``:name`` in a query: typed, and put into the syntax tree as literals, never as text."""

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Annotated, Final, Literal
from zoneinfo import ZoneInfo

import msgspec
from msgspec import Meta
from sqlglot import exp

from gridlens.analytics.ask.clocks import Storage, TimeColumn, storage_of
from gridlens.analytics.ask.engines import clock_for
from gridlens.analytics.errors import InvalidParameters
from gridlens.analytics.guard.grammar import fail
from gridlens.analytics.guard.tables import KnownTables, folded

Scalar = str | int | float | bool
Value = Scalar | tuple[Scalar, ...] | None
ParameterType = Literal["text", "number", "date", "timestamp", "boolean", "list"]
LONGEST_TEXT = 10_000
LONGEST_LIST = 1_000
MOST_DIGITS = 60
_BROKEN = re.compile("[\x00\ud800-\udfff]")


class Parameter(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename="camel"):
    """A blank in a query. One that is optional and left out is NULL; a list left out filters nothing."""

    name: Annotated[str, Meta(pattern="^[A-Za-z_][A-Za-z0-9_]{0,62}$")]
    type: ParameterType = "text"
    label: Annotated[str, Meta(max_length=200)] | None = None
    default: Value = None
    is_optional: bool = False


class Bound(msgspec.Struct, frozen=True, kw_only=True):
    """A parameter with the value it has in one run."""

    name: str
    type: ParameterType
    value: Value


def bind_values(parameters: Sequence[Parameter], values: Mapping[str, Value]) -> tuple[Bound, ...]:
    """Every parameter with its value or its default; each wrong one is named with its reason."""
    wrong: dict[str, str] = {}
    known = {parameter.name for parameter in parameters}
    wrong |= {name: "there is no such parameter" for name in values if name not in known}
    bound = []
    for parameter in parameters:
        value = values.get(parameter.name)
        value = parameter.default if value is None else value
        if value is None and not parameter.is_optional:
            wrong[parameter.name] = "a value is needed"
        elif value is not None and (reason := _why_wrong(value, parameter.type)):
            wrong[parameter.name] = reason
        bound.append(Bound(name=parameter.name, type=parameter.type, value=value))
    if wrong:
        named = "; ".join(f"{name}: {reason}" for name, reason in wrong.items())
        raise InvalidParameters(f"Correct these parameters and run again. {named}", fields=wrong)
    return tuple(bound)


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


def _why_wrong(value: Value, kind: ParameterType) -> str | None:
    if kind == "list":
        values = value if isinstance(value, tuple) else (value,)
        if len(values) > LONGEST_LIST:
            return f"at most {LONGEST_LIST:,} values are possible"
        reasons = (_why_wrong_scalar(each, "number" if _is_number(each) else "text") for each in values)
        return next((reason for reason in reasons if reason), None)
    if isinstance(value, tuple):
        return "one value is needed, not a list"
    return _why_wrong_scalar(value, kind)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _why_wrong_scalar(value: Value, kind: ParameterType) -> str | None:
    if kind == "boolean":
        return None if isinstance(value, bool) else "true or false is needed"
    if kind == "number":
        return _why_no_number(value)
    text = value if isinstance(value, str) else str(value)
    if len(text) > LONGEST_TEXT:
        return f"at most {LONGEST_TEXT:,} characters are possible"
    if _BROKEN.search(text):
        return "it holds a character that no database stores"
    try:
        if kind == "date":
            date.fromisoformat(text)
        if kind == "timestamp":
            datetime.fromisoformat(text)
    except ValueError:
        return (
            "a date like 2025-03-30 is needed" if kind == "date" else "a time like 2025-03-30T14:00 is needed"
        )
    return None


def _why_no_number(value: Value) -> str | None:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return "a number is needed"
    if isinstance(value, float) and not math.isfinite(value):
        return "a finite number is needed"
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return "a number is needed"
    if (
        not number.is_finite()
        or abs(number.adjusted()) > MOST_DIGITS
        or len(number.as_tuple().digits) > MOST_DIGITS
    ):
        return "a number of ordinary size is needed"
    return None
