"""What sqlglot writes in one dialect that does not mean there what was read."""

from typing import Any, Final

from sqlglot import exp
from sqlglot.generator import Generator

from gridlens.analytics.guard.dialect_readings import BEHIND, SPELLED, Plus
from gridlens.analytics.guard.sqlite_names import write_name

_VALUE: Final = "value"
_TESTS: Final = (exp.In, exp.Between, exp.SimilarTo, exp.RegexpLike, exp.RegexpILike, exp.Glob, exp.Match)


def _binary(operator: str) -> Any:
    return lambda self, node: self.binary(node, operator)


def _call(name: str) -> Any:
    return lambda self, node: self.func(name, node.this, node.expression)


def _not(self: Generator, node: exp.Not) -> str:
    test = node.this
    if not node.meta.get(BEHIND) or not isinstance(test, _TESTS):
        return self.not_sql(node)
    value = test.this
    # Each part is written once: what is written twice at every depth takes for ever.
    test.set("this", exp.Var(this=_VALUE))
    words = self.sql(test)
    test.set("this", value)
    if not words.startswith(f"{_VALUE} "):
        return self.not_sql(node)
    words = words.removeprefix(f"{_VALUE} ")
    return f"{self.sql(value)} {'!' if words.startswith('~') else 'NOT '}{words}"


def _array(self: Generator, node: exp.Array) -> str:
    # sqlglot takes ARRAY[(SELECT …), …] for ARRAY(SELECT …), which is a call here.
    return f"ARRAY[{self.expressions(node, flat=True)}]"


def _sign(sign: str) -> Any:
    """PostgreSQL takes two signs in a row for another operator."""

    def write(self: Generator, node: exp.Expr) -> str:
        value = self.sql(node, "this")
        return f"{sign} {value}" if value[:1] in {"-", "~", "@", "|"} else f"{sign}{value}"

    return write


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
    separator = self.sql(node, "separator") or "','"
    return f"GROUP_CONCAT({self.sql(inner)} SEPARATOR {separator}{limit})"


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
    },
    "sqlite": {
        exp.Not: _not,
        exp.JSONExtract: _binary("->"),
        exp.JSONExtractScalar: _binary("->>"),
        exp.Cast: _sqlite_cast,
        exp.Identifier: write_name,
        Plus: lambda self, node: f"+{self.sql(node, 'this')}",
    },
    "postgres": {
        exp.Not: _not,
        exp.JSONExtract: _binary("->"),
        exp.JSONExtractScalar: _binary("->>"),
        exp.CurrentTime: _current_time,
        exp.Array: _array,
        exp.Neg: _sign("-"),
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
        exp.GroupConcat: _mysql_group_concat,
        exp.Offset: _mysql_offset,
        exp.HexString: _as_spelled("x"),
        exp.BitString: _as_spelled("b"),
    },
}
