"""The allow-lists applied to a syntax tree: whatever they do not name is refused, with its place."""

import re
from collections.abc import Callable
from typing import Final

from sqlglot import exp

from gridlens.analytics.guard import allow_lists
from gridlens.analytics.guard.constants import number_in, seconds_in
from gridlens.analytics.guard.grammar import fail
from gridlens.analytics.guard.text import Place, refused

_Check = Callable[[str, exp.Expr, str], None]

_WORD: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_ ]*")
_NAME: Final = re.compile(r"[^\W\d][\w$]*")
_MYSQL_NAME: Final = re.compile(r"[\w$]+")
_COLLATION: Final = re.compile(r"[A-Za-z0-9_.\-]+")
_LONG_NUMBER: Final = re.compile(r"\d{4,}")
_SPLIT: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")
_DYNAMIC_WIDTH: Final = re.compile(r"\*|\{[^{}]*\{")

_SAMPLES: Final = {"BERNOULLI", "SYSTEM", "RESERVOIR"}
_IN_WORDS: Final = {
    "Command": "this statement",
    "Insert": "INSERT",
    "Update": "UPDATE",
    "Delete": "DELETE",
    "Merge": "MERGE",
    "Create": "CREATE",
    "Drop": "DROP",
    "Alter": "ALTER",
    "TruncateTable": "TRUNCATE",
    "Set": "SET",
    "Use": "USE",
    "Show": "SHOW",
    "Describe": "DESCRIBE",
    "Summarize": "SUMMARIZE",
    "Copy": "COPY",
    "Attach": "ATTACH",
    "Detach": "DETACH",
    "Pragma": "PRAGMA",
    "Transaction": "BEGIN",
    "Commit": "COMMIT",
    "Rollback": "ROLLBACK",
    "Grant": "GRANT",
    "Kill": "KILL",
    "Analyze": "ANALYZE",
    "Execute": "EXECUTE",
    "Install": "INSTALL",
    "LoadData": "LOAD DATA",
    "Cache": "CACHE",
    "Into": "SELECT … INTO",
    "Lock": "locking rows (FOR UPDATE, FOR SHARE)",
    "Hint": "a hint",
    "Parameter": "a variable",
    "SessionParameter": "a server variable",
    "Dot": "calling a function of a schema or as a method",
    "Operator": "OPERATOR(…)",
    "ObjectIdentifier": "a cast to an object name",
    "CurrentUser": "CURRENT_USER",
    "SessionUser": "SESSION_USER",
    "CurrentSchema": "CURRENT_SCHEMA",
    "CurrentCatalog": "CURRENT_CATALOG",
    "CurrentRole": "CURRENT_ROLE",
    "UnicodeString": "a U& text",
    "Partition": "PARTITION",
    "MatchRecognize": "MATCH_RECOGNIZE",
    "Version": "a table's earlier version",
}


def check_root(sql: str, tree: exp.Expr, dialect: str) -> None:
    """One statement that reads."""
    name = type(tree).__name__
    if name not in allow_lists.ROOTS | allow_lists.DIALECT_ROOTS.get(dialect, frozenset()):
        word = _IN_WORDS.get(name) or sql.split(maxsplit=1)[0].upper()[:40]
        if name == "Command":
            word = str(tree.this).upper()
        # Its nodes know where the names in it stand, and none knows its own first word.
        written = re.search(rf"\b{re.escape(word.split()[0])}\b", sql, re.IGNORECASE)
        offset = written.start() if written else len(sql) - len(sql.lstrip())
        reason = f"{word} is not a query; only reading with SELECT is possible"
        raise refused(reason, word, Place.of(sql, offset))


def check_nodes(sql: str, tree: exp.Expr, dialect: str) -> None:
    """Refuse every node, function, type and part of a clause that no list names."""
    allowed = allow_lists.NODES | allow_lists.DIALECT_NODES[dialect]
    for node in tree.walk():
        name = type(node).__name__
        if name not in allowed:
            _refuse_node(sql, node, name)
        check = _CHECKS.get(name)
        if check:
            check(sql, node, dialect)


def _refuse_node(sql: str, node: exp.Expr, name: str) -> None:
    if isinstance(node, exp.Placeholder):
        fail(sql, node, f"the parameter {node.sql()} has no value here", "parameter")
    if isinstance(node, exp.Func) and not isinstance(node, exp.Anonymous):
        name = _IN_WORDS.get(name) or f"the function {node.sql_name()}"
        fail(sql, node, f"{name} is not allowed", name)
    if isinstance(node, exp.Dot) and isinstance(node.expression, exp.Identifier):
        fail(sql, node, "a field of a row may not be taken so; write table.column without brackets", "Dot")
    word = _IN_WORDS.get(name) or _SPLIT.sub(" ", name).lower()
    fail(sql, node, f"{word} is not allowed", word)


def _check_function(sql: str, node: exp.Expr, dialect: str) -> None:
    written = node.this
    if not isinstance(written, str):
        fail(sql, node, "a function's name may not be quoted", node.name)
    name = written.lower()
    parent = node.parent
    if isinstance(parent, exp.Table | exp.Lateral) and node.arg_key == "this":
        if name not in allow_lists.TABLE_FUNCTIONS[dialect]:
            fail(sql, node, f"the function {written} may not stand where a table stands", written)
    elif name not in allow_lists.FUNCTIONS[dialect]:
        fail(sql, node, f"the function {written} is not among those that may be called", written)
    _check_named_function(sql, node, dialect, name)
    _check_lengths(sql, node, dialect, name)


def _check_named_function(sql: str, node: exp.Expr, dialect: str, name: str) -> None:
    """A function that is called by a name in a text has to be one that may be called."""
    position = allow_lists.NAMES_A_FUNCTION.get(name)
    if position is None or position >= len(node.expressions):
        return
    called = node.expressions[position]
    if not called.is_string or called.name.lower() not in allow_lists.FUNCTIONS[dialect]:
        fail(sql, called, f"{name} needs the name of an allowed function, written out", name)


def _check_lengths(sql: str, node: exp.Expr, dialect: str, name: str) -> None:
    """No call may make a text of unbounded length out of nothing."""
    position = allow_lists.LENGTH_ARGUMENT.get(name)
    if position is not None and position < len(node.expressions):
        length = node.expressions[position]
        if not length.is_int or not 0 <= int(length.name) <= allow_lists.LONGEST_TEXT:
            reason = f"the length given to {name} has to be a number up to {allow_lists.LONGEST_TEXT:,}"
            fail(sql, length, reason, name)
        _check_repeated(sql, node, int(length.name))
    if name in allow_lists.SERIES:
        _check_series(sql, node, name)
    if name in allow_lists.FORMATTING[dialect] and node.expressions:
        template = node.expressions[0]
        if (
            not template.is_string
            or _LONG_NUMBER.search(template.name)
            or _DYNAMIC_WIDTH.search(template.name)
        ):
            fail(sql, template, f"the format given to {name} has to be a text with fixed widths", name)


def _check_repeated(sql: str, node: exp.Expr, length: int) -> None:
    """Repetitions of repetitions multiply."""
    outer = node.find_ancestor(exp.Anonymous)
    while outer is not None:
        if str(outer.this).lower() == "repeat" and len(outer.expressions) > 1 and outer.expressions[1].is_int:
            length *= int(outer.expressions[1].name)
        outer = outer.find_ancestor(exp.Anonymous)
    if length > allow_lists.LONGEST_REPEATED_TEXT:
        most = f"{allow_lists.LONGEST_REPEATED_TEXT:,}"
        fail(
            sql, node, f"a text repeated {length:,} times is too long; at most {most} are possible", "repeat"
        )


def _check_series(sql: str, node: exp.Expr, name: str) -> None:
    """What is written out may not count to billions; PostgreSQL would store every row on its disk."""
    bounds = [number_in(each) for each in node.expressions]
    if len(bounds) == 3 and None in bounds:
        bounds = [seconds_in(each) for each in node.expressions]
    known = [bound for bound in bounds if bound is not None]
    if not known or len(known) < len(bounds):
        return
    start, stop = (known[0], known[1]) if len(known) > 1 else (0.0, known[0])
    step = known[2] if len(known) > 2 else 1.0
    # Both ends count, but for range, which stops before its last.
    rows = abs(stop - start) / abs(step) + (name != "range") if step else 0.0
    if rows > allow_lists.MOST_SERIES_ROWS:
        most = f"{allow_lists.MOST_SERIES_ROWS:,}"
        fail(sql, node, f"{name} would count {rows:,.0f} rows; at most {most} are possible", name)


def _check_cast(sql: str, node: exp.Expr, dialect: str) -> None:
    for part in ("format", "action", "default"):
        if node.args.get(part):
            fail(sql, node, f"CAST with {part.upper()} is not allowed", "CAST")
    if not isinstance(node.args.get("to"), exp.DataType):
        fail(sql, node, f"a cast to {node.args['to'].sql()} is not allowed", "CAST")


def _check_type(sql: str, node: exp.Expr, dialect: str) -> None:
    kind = node.this
    name = kind.value if isinstance(kind, exp.DType) else str(kind)
    own = str(node.args.get("kind") or name).lower()
    if own in allow_lists.NAMED_TYPES.get(dialect, ()):
        return
    if not isinstance(kind, exp.DType) or kind.name not in allow_lists.TYPES:
        written = node.sql(dialect) if name != "USER-DEFINED" else str(node.args.get("kind") or name)
        fail(sql, node, f"the type {written} is not among those that may be used", written)
    if kind is exp.DType.ENUM and not all(each.is_string for each in node.expressions):
        fail(sql, node, "the values of an ENUM have to be texts", "ENUM")


def _check_word(sql: str, node: exp.Expr, dialect: str) -> None:
    """A bare word is written back without quotes, so it must be nothing but a word."""
    pattern = _COLLATION if isinstance(node.parent, exp.Collate) else _WORD
    if not pattern.fullmatch(node.name):
        fail(sql, node, f"“{node.name[:40]}” is not a word that is known here", node.name[:40])


def _check_name(sql: str, node: exp.Expr, dialect: str) -> None:
    pattern = _MYSQL_NAME if dialect == "mysql" else _NAME
    if not node.args.get("quoted") and not pattern.fullmatch(node.name):
        fail(sql, node, f"“{node.name[:40]}” is not a name", node.name[:40])


def _check_column(sql: str, node: exp.Expr, dialect: str) -> None:
    name = node.this
    if (
        isinstance(name, exp.Identifier)
        and not name.args.get("quoted")
        and not node.args.get("table")
        and name.name.lower() in allow_lists.CALLS_WITHOUT_BRACKETS[dialect]
    ):
        fail(sql, node, f"{name.name.upper()} is not allowed; quote it if it is a column", name.name)


def _check_in(sql: str, node: exp.Expr, dialect: str) -> None:
    # SQLite reads a bare name behind IN as a table.
    if node.args.get("field") is not None and dialect != "duckdb":
        fail(sql, node, "IN needs a list or a subquery in brackets", "IN")


def _check_read(sql: str, node: exp.Expr, dialect: str) -> None:
    if isinstance(node.this, exp.Select | exp.SetOperation):
        fail(sql, node.this, "a subquery needs brackets", "subquery")


def _check_parts(allowed: frozenset[str]) -> _Check:
    def check(sql: str, node: exp.Expr, dialect: str) -> None:
        for part, value in node.args.items():
            if value and part not in allowed:
                found = value[0] if isinstance(value, list) else value
                word = _IN_WORDS.get(type(found).__name__) or part.strip("_").upper().replace("_", " ")
                if isinstance(found, exp.Var):
                    word = found.name.upper()
                fail(sql, found if isinstance(found, exp.Expr) else node, f"{word} is not allowed", word)

    return check


def _check_lateral(sql: str, node: exp.Expr, dialect: str) -> None:
    # MariaDB takes it for a table that is called LATERAL.
    if isinstance(node.this, exp.Identifier):
        fail(sql, node, "LATERAL needs a subquery in brackets", "LATERAL")


def _check_field(sql: str, node: exp.Expr, dialect: str) -> None:
    if not isinstance(node.expression, exp.Identifier):
        fail(sql, node, f"{_IN_WORDS['Dot']} is not allowed", _IN_WORDS["Dot"])


def _check_column_definition(sql: str, node: exp.Expr, dialect: str) -> None:
    if node.args.get("constraints") or not isinstance(node.args.get("kind"), exp.DataType):
        fail(sql, node, "a column here has a name and a type, nothing more", "column definition")


def _check_sample(sql: str, node: exp.Expr, dialect: str) -> None:
    method = node.args.get("method")
    if method is not None and method.name.upper() not in _SAMPLES:
        fail(sql, node, f"{method.name} is no way of taking a sample that is known here", method.name)


def _check_index_hint(sql: str, node: exp.Expr, dialect: str) -> None:
    if not _WORD.fullmatch(str(node.this)):
        fail(sql, node, "this index hint is not known", "index hint")


def _check_variadic(sql: str, node: exp.Expr, dialect: str) -> None:
    call = node.parent
    if not isinstance(call, exp.Anonymous) or str(call.this).lower() not in allow_lists.VARIADIC:
        fail(sql, node, "VARIADIC may not stand here", "VARIADIC")


_CHECKS: Final[dict[str, _Check]] = {
    "Anonymous": _check_function,
    "Cast": _check_cast,
    "TryCast": _check_cast,
    "DataType": _check_type,
    "Var": _check_word,
    "Identifier": _check_name,
    "Column": _check_column,
    "In": _check_in,
    "From": _check_read,
    "Join": _check_read,
    "Select": _check_parts(allow_lists.SELECT_PARTS),
    "Union": _check_parts(allow_lists.COMBINATION_PARTS),
    "Intersect": _check_parts(allow_lists.COMBINATION_PARTS),
    "Except": _check_parts(allow_lists.COMBINATION_PARTS),
    "Table": _check_parts(allow_lists.TABLE_PARTS),
    "Dot": _check_field,
    "ColumnDef": _check_column_definition,
    "IndexTableHint": _check_index_hint,
    "TableSample": _check_sample,
    "Variadic": _check_variadic,
    "Lateral": _check_lateral,
}
