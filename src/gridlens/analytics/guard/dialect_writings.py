"""What sqlglot writes in one dialect that does not mean there what was read."""

from typing import Any, Final

from sqlglot import exp
from sqlglot.generator import Generator

from gridlens.analytics.guard.dialect_readings import BEFORE, BEHIND, SPELLED, Plus, SoundsLike
from gridlens.analytics.guard.sqlite_names import write_name

_VALUE: Final = "value"
_WHOLE: Final = (exp.Paren, exp.Any, exp.All)
_OF_ONE: Final = {exp.DType.CHAR, exp.DType.NCHAR, exp.DType.BIT}
"""Types that hold one character or bit unless they stand before a text."""
_TESTS: Final = (
    exp.In,
    exp.Between,
    exp.Is,
    exp.SimilarTo,
    exp.RegexpLike,
    exp.RegexpILike,
    exp.Glob,
    exp.Match,
)


def _binary(operator: str) -> Any:
    return lambda self, node: self.binary(node, operator)


def _call(name: str) -> Any:
    return lambda self, node: self.func(name, node.this, node.expression)


def _not(self: Generator, node: exp.Not) -> str:
    whole = node.this
    test = whole.this if isinstance(whole, exp.Escape) else whole
    if not node.meta.get(BEHIND) or not isinstance(test, _TESTS):
        return self.not_sql(node)
    value = test.this
    # Each part is written once: what is written twice at every depth takes for ever.
    test.set("this", exp.Var(this=_VALUE))
    words = self.sql(whole)
    test.set("this", value)
    if not words.startswith(f"{_VALUE} "):
        return self.not_sql(node)
    words = words.removeprefix(f"{_VALUE} ")
    if isinstance(test, exp.Is):
        return f"{self.sql(value)} IS NOT {words.removeprefix('IS ')}"
    return f"{self.sql(value)} {'!' if words.startswith('~') else 'NOT '}{words}"


def _array(self: Generator, node: exp.Array) -> str:
    # sqlglot takes ARRAY[(SELECT …), …] for ARRAY(SELECT …), which is a call here.
    return f"ARRAY[{self.expressions(node, flat=True)}]"


def _sign(sign: str) -> Any:
    """PostgreSQL and DuckDB take two signs in a row for another operator."""

    def write(self: Generator, node: exp.Expr) -> str:
        value = self.sql(node, "this")
        return f"{sign} {value}" if value[:1] in {"-", "+", "~", "@", "|"} else f"{sign}{value}"

    return write


def _like(self: Generator, node: exp.Binary) -> str:
    word = node.meta.get(SPELLED)
    if word:
        word = f"!{word}" if node.args.get("negate") else word
    else:
        word = f"{'NOT ' if node.args.get('negate') else ''}{node.key.upper()}"
    return f"{self.sql(node, 'this')} {word} {self.sql(node, 'expression')}"


def _postgres_cast(self: Generator, node: exp.Cast) -> str:
    """Behind what is no operation both ways of writing a cast mean one, and as written they bind alike."""
    value = node.this
    is_whole = isinstance(value, _WHOLE) or not isinstance(value, exp.Unary | exp.Binary | exp.Predicate)
    if node.meta.get(BEFORE) and node.to.this in _OF_ONE and not node.to.expressions:
        return f"{self.sql(node, 'to')} {self.sql(value)}"
    if node.meta.get(BEHIND) and is_whole:
        return f"{self.sql(value)}::{self.sql(node, 'to')}"
    return self.cast_sql(node)


def _all(self: Generator, node: exp.All) -> str:
    """As ANY: sqlglot would put brackets around what is behind those of ALL."""
    values = self.sql(node, "this")
    return f"ALL {self.wrap(values) if isinstance(node.this, exp.Query) else values}"


def _mysql_unquoted(self: Generator, node: exp.Expr) -> str:
    return f"JSON_UNQUOTE({self.func('JSON_EXTRACT', node.this, node.expression)})"


def _as_spelled(quote: str) -> Any:
    return lambda self, node: (
        f"{spelled}{node.name}" if (spelled := node.meta.get(SPELLED)) else f"{quote}'{node.name}'"
    )


def _sqlite_cast(self: Generator, node: exp.Cast) -> str:
    written = node.args["to"].meta.get(SPELLED)
    # One that is made and not read has no spelling, and sqlglot's date() is right for what is made.
    return f"CAST({self.sql(node, 'this')} AS {written})" if written else self.cast_sql(node)


def _mysql_cast(self: Generator, node: exp.Cast) -> str:
    is_real = node.args["to"].meta.get(SPELLED) == "REAL"
    return f"CAST({self.sql(node, 'this')} AS REAL)" if is_real else self.cast_sql(node)


def _mysql_group_concat(self: Generator, node: exp.Expr) -> str:
    """MariaDB's limit stands behind the separator."""
    inner, limit = node.this, ""
    if isinstance(inner, exp.Limit):
        counts = (self.sql(inner, part) for part in ("offset", "expression") if inner.args.get(part))
        inner, limit = inner.this, f" LIMIT {', '.join(counts)}"
    order = ""
    if isinstance(inner, exp.Order):
        order = f" ORDER BY {self.expressions(inner, flat=True)}"
        inner = inner.this
    distinct, values = "", [inner]
    if isinstance(inner, exp.Distinct):
        distinct, values = "DISTINCT ", inner.expressions
    if len(values) == 1 and isinstance(values[0], exp.Concat):
        # sqlglot joins several values to one, and pairs that differ may look alike when they are joined.
        values = values[0].expressions
    shown = ", ".join(self.sql(value) for value in values)
    separator = self.sql(node, "separator") or "','"
    return f"GROUP_CONCAT({distinct}{shown}{order} SEPARATOR {separator}{limit})"


def _mysql_offset(self: Generator, node: exp.Offset) -> str:
    rows = " ROWS" if node.parent and isinstance(node.parent.args.get("limit"), exp.Fetch) else ""
    return f"{self.offset_sql(node)}{rows}"


def _prefixed(operator: str) -> Any:
    return lambda self, node: f"{operator} {self.sql(node, 'this')}"


def _nulls(kept: str) -> Any:
    return lambda self, node: f"{self.sql(node, 'this')} {kept} NULLS"


def _current_time(self: Generator, node: exp.Expr) -> str:
    digits = self.sql(node, "this")
    return f"CURRENT_TIME({digits})" if digits else "CURRENT_TIME"


WRITTEN: Final[dict[str, dict[type[exp.Expr], Any]]] = {
    "duckdb": {
        exp.Not: _not,
        exp.JSONExtract: _binary("->"),
        exp.JSONExtractScalar: _binary("->>"),
        exp.WithinGroup: Generator.withingroup_sql,
        # sqlglot would take the tables' names off every column of a pivoted subquery.
        exp.Pivot: Generator.pivot_sql,
        exp.IgnoreNulls: _nulls("IGNORE"),
        exp.RespectNulls: _nulls("RESPECT"),
        exp.Neg: _sign("-"),
        exp.BitwiseNot: _sign("~"),
        Plus: _sign("+"),
        exp.HexString: lambda self, node: f"x'{node.name}'",
        # sqlglot's own is for what other dialects call the parts of a time.
        exp.Extract: Generator.extract_sql,
    },
    "sqlite": {
        exp.Not: _not,
        exp.JSONExtract: _binary("->"),
        exp.JSONExtractScalar: _binary("->>"),
        exp.Cast: _sqlite_cast,
        exp.Identifier: write_name,
        Plus: _sign("+"),
    },
    "postgres": {
        exp.Not: _not,
        exp.JSONExtract: _binary("->"),
        exp.JSONExtractScalar: _binary("->>"),
        exp.CurrentTime: _current_time,
        exp.Array: _array,
        exp.Neg: _sign("-"),
        Plus: _sign("+"),
        exp.Like: _like,
        exp.ILike: _like,
        exp.Cast: _postgres_cast,
        exp.All: _all,
        exp.BitwiseNot: _sign("~"),
        exp.Pow: _binary("^"),
        exp.StartsWith: _binary("^@"),
        exp.Sqrt: _prefixed("|/"),
        exp.Cbrt: _prefixed("||/"),
        exp.Abs: _prefixed("@"),
        exp.HexString: _as_spelled("x"),
        exp.BitString: _as_spelled("b"),
    },
    # MariaDB knows neither the arrows nor REGEXP_LIKE; MySQL knows these as well.
    "mysql": {
        exp.Not: _not,
        exp.JSONExtract: _call("JSON_EXTRACT"),
        exp.JSONExtractScalar: _mysql_unquoted,
        exp.RegexpLike: _binary("REGEXP"),
        exp.Cast: _mysql_cast,
        SoundsLike: _binary("SOUNDS LIKE"),
        exp.All: _all,
        Plus: _sign("+"),
        exp.GroupConcat: _mysql_group_concat,
        exp.Offset: _mysql_offset,
        exp.HexString: _as_spelled("x"),
        exp.BitString: _as_spelled("b"),
    },
}
