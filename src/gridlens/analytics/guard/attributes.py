"""Columns that are named with their table, on PostgreSQL: it calls f(t) for t.f where t has no column f.

Any function that takes a row could be called so, past the list of those that may be. Therefore such a
column must be one that its table is known to have: a table of the catalog, or what a query, a list of
values or a function in the query gives.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NoReturn, TypeAlias

from sqlglot import exp

from gridlens.analytics.guard.grammar import fail
from gridlens.analytics.guard.tables import folded, table_of

Names: TypeAlias = tuple[str, ...] | None
"""What the columns of something are called, in order; nothing where that is not known."""
Scope: TypeAlias = dict[str, list[Names]]
"""What a SELECT reads, by the name it has there."""

_QUERIES: Final = (exp.Select, exp.SetOperation, exp.Subquery, exp.Values)
_SAME_NAME: Final = (exp.Paren, exp.Window, exp.Filter, exp.WithinGroup, exp.IgnoreNulls, exp.RespectNulls)
_UNNAMED: Final = "?column?"
_NAMES_OF_NODES: Final[Mapping[type[exp.Expr], str]] = {
    exp.Case: "case",
    exp.Exists: "exists",
    exp.Array: "array",
    exp.Extract: "extract",
    exp.AtTimeZone: "timezone",
    exp.Substring: "substring",
    exp.Trim: "btrim",
    exp.StrPosition: "position",
    exp.Interval: "interval",
    exp.CurrentDate: "current_date",
    exp.CurrentTimestamp: "current_timestamp",
}
_TYPE_NAMES: Final = {
    exp.DType.SMALLINT: "int2",
    exp.DType.INT: "int4",
    exp.DType.BIGINT: "int8",
    exp.DType.FLOAT: "float4",
    exp.DType.DOUBLE: "float8",
    exp.DType.DECIMAL: "numeric",
    exp.DType.BOOLEAN: "bool",
    exp.DType.TEXT: "text",
    exp.DType.VARCHAR: "varchar",
    exp.DType.CHAR: "bpchar",
    exp.DType.DATE: "date",
    exp.DType.TIME: "time",
    exp.DType.TIMESTAMP: "timestamp",
    exp.DType.TIMESTAMPTZ: "timestamptz",
    exp.DType.INTERVAL: "interval",
    exp.DType.JSON: "json",
    exp.DType.JSONB: "jsonb",
    exp.DType.UUID: "uuid",
}
_PAIR: Final = ("key", "value")
_COLUMNS_OF_FUNCTIONS: Final[Mapping[str, tuple[str, ...]]] = {
    "json_each": _PAIR,
    "jsonb_each": _PAIR,
    "json_each_text": _PAIR,
    "jsonb_each_text": _PAIR,
    "json_array_elements": ("value",),
    "jsonb_array_elements": ("value",),
    "json_array_elements_text": ("value",),
    "jsonb_array_elements_text": ("value",),
}
"""Of those whose columns have names of their own; the column of any other is called as it is."""


def check_attributes(sql: str, tree: exp.Expr) -> None:
    """Refuse a column that its table is not known to have.

    Raises:
        QueryRefused: with the column and where it stands.
    """
    if not _is_plain(tree):
        _Attributes(sql).query(tree, {}, ())


def _is_plain(tree: exp.Expr) -> bool:
    """Whether every such column is one of the only table of that name; most queries are so."""
    tables: dict[str, list[set[str]]] = {}
    for node in tree.find_all(exp.Table, exp.Subquery, exp.Lateral, exp.Unnest, exp.Values):
        alias, label = node.args.get("alias"), _label(node)
        table = table_of(node)
        is_known = table is not None and not (alias and alias.args.get("columns"))
        names = {column.name for column in table.columns} if table is not None and is_known else set[str]()
        tables.setdefault(label, []).append(names)
    for column in tree.find_all(exp.Column):
        owner = column.args.get("table")
        if isinstance(owner, exp.Identifier) and isinstance(column.this, exp.Identifier):
            named = tables.get(_name(owner), [])
            if len(named) != 1 or _name(column.this) not in named[0]:
                return False
    return True


class _Attributes:
    def __init__(self, sql: str) -> None:
        self._sql = sql

    def query(
        self, node: exp.Expr, ctes: Mapping[str, Names], outer: Sequence[Scope], *, is_joined: bool = False
    ) -> Names:
        """The columns of a query, each column in it looked at. ``outer`` are the scopes around it.

        Of one that stands behind FROM, ``is_joined``, what is joined to it is looked at beside it.
        """
        ctes = self._with(node, ctes, outer)
        scope: Scope = {}
        match node:
            case exp.Subquery():
                names = self.query(node.this, ctes, outer)
                looked_at = {"this", "joins"} if is_joined else {"this"}
            case exp.SetOperation():
                names = self.query(node.this, ctes, outer)
                self.query(node.expression, ctes, outer)
                looked_at = {"this", "expression"}
            case exp.Select():
                row = self._read(node, ctes, outer, scope)
                names = self._named(node.expressions, row, scope)
                looked_at = {"from_", "joins", "laterals"}
            case exp.Values():
                width = len(node.expressions[0].expressions) if node.expressions else 0
                names = tuple(f"column{place}" for place in range(1, width + 1))
                looked_at = set()
            case _:
                names, looked_at = None, set()
        for part, value in node.args.items():
            if part not in looked_at | {"with_", "alias"}:
                self._look_at(value, ctes, scope, outer, is_settled=True)
        return names

    def _with(self, node: exp.Expr, ctes: Mapping[str, Names], outer: Sequence[Scope]) -> Mapping[str, Names]:
        clause = node.args.get("with_")
        if not isinstance(clause, exp.With):
            return ctes
        known = dict(ctes)
        for cte in clause.expressions:
            alias, body = cte.args["alias"], cte.this
            name = _name(alias.this)
            if clause.args.get("recursive") and isinstance(body, exp.Union):
                # The part after UNION reads what the part before it has given.
                inner = dict(self._with(body, known, outer))
                inner[name] = known[name] = _renamed(self.query(body.this, inner, outer), alias)
                self.query(body.expression, inner, outer)
                for part, value in body.args.items():
                    if part not in {"this", "expression", "with_"}:
                        self._look_at(value, inner, {}, outer, is_settled=True)
            else:
                known[name] = _renamed(self.query(body, known, outer), alias)
        for part in ("search", "cycle"):
            made = clause.args.get(part)
            names = known[name]
            if made is not None and names is not None:
                columns = (made.args.get("expression"), made.args.get("using"))
                known[name] = (*names, *(_name(each) for each in columns if isinstance(each, exp.Identifier)))
        return known

    def _read(self, node: exp.Expr, ctes: Mapping[str, Names], outer: Sequence[Scope], scope: Scope) -> Names:
        """Put what stands after FROM into the scope; the columns of it all in a row."""
        origin = node.args.get("from_")
        row = self._add(origin.this, ctes, outer, scope) if origin is not None else ()
        for lateral in node.args.get("laterals") or []:
            row = _beside(row, self._add(lateral, ctes, outer, scope))
        return self._joined(row, node, ctes, outer, scope)

    def _joined(
        self, row: Names, node: exp.Expr, ctes: Mapping[str, Names], outer: Sequence[Scope], scope: Scope
    ) -> Names:
        for join in node.args.get("joins") or []:
            right = self._add(join.this, ctes, outer, scope)
            self._look_at(join.args.get("on"), ctes, scope, outer, is_settled=False)
            shared = tuple(_name(each) for each in join.args.get("using") or ())
            if row is not None and right is not None and join.args.get("method"):
                shared = tuple(name for name in row if name in right)
            row = _beside(row, right, shared)
        return row

    def _add(self, node: exp.Expr, ctes: Mapping[str, Names], outer: Sequence[Scope], scope: Scope) -> Names:
        label, alias = _label(node), node.args.get("alias")
        if isinstance(node, exp.Subquery) and _is_join(node.this):
            # A join in brackets: under a name of its own, its tables are not to be seen.
            within: Scope = {} if label else scope
            row = self._joined(self._add(node.this, ctes, outer, within), node, ctes, outer, within)
            if label:
                scope.setdefault(label, []).append(_renamed(row, alias))
            return _renamed(row, alias)
        names = self._columns(node, label, ctes, outer, scope)
        row = _renamed(names, alias)
        scope.setdefault(label, []).append(row)
        return self._joined(row, node, ctes, outer, scope)

    def _columns(
        self, node: exp.Expr, label: str, ctes: Mapping[str, Names], outer: Sequence[Scope], scope: Scope
    ) -> Names:
        inner = node.this
        if isinstance(node, exp.Subquery | exp.Values):
            return self.query(node, ctes, outer, is_joined=True)
        if isinstance(node, exp.Lateral) and isinstance(inner, _QUERIES):
            return self.query(inner, ctes, (scope, *outer))
        for part, value in node.args.items():
            if part not in {"alias", "joins"}:
                self._look_at(value, ctes, scope, outer, is_settled=False)
        table = table_of(node)
        if table is not None:
            return tuple(column.name for column in table.columns)
        if isinstance(node, exp.Table) and isinstance(inner, exp.Identifier):
            return ctes.get(_name(inner))
        last = ("ordinality",) if node.args.get("ordinality") else ()
        if isinstance(node, exp.Unnest):
            offset = node.args.get("offset")
            last = (_name(offset) if isinstance(offset, exp.Identifier) else "ordinality",) if offset else ()
            # Of a list of rows the columns are those of the rows.
            if len(node.expressions) != 1 or not _holds_no_rows(node.expressions[0]):
                return None
            inner = exp.Anonymous(this="unnest")
        if not isinstance(inner, exp.Anonymous):
            return None
        called = str(inner.this).lower()
        return (*_COLUMNS_OF_FUNCTIONS.get(called, (label or called,)), *last)

    def _named(self, projections: Iterable[exp.Expr], row: Names, scope: Scope) -> Names:
        names: list[str] = []
        for projection in projections:
            owner = projection.args.get("table") if isinstance(projection, exp.Column) else None
            if not projection.is_star:
                names.append(_output_name(projection))
                continue
            read = scope.get(_name(owner), [None])[0] if isinstance(owner, exp.Identifier) else row
            if read is None:
                return None
            names += read
        return tuple(names)

    def _look_at(
        self,
        part: object,
        ctes: Mapping[str, Names],
        scope: Scope,
        outer: Sequence[Scope],
        *,
        is_settled: bool,
    ) -> None:
        """Every column in a part of a query. In a scope that is not settled, a name may yet mean another."""
        waiting = [*part] if isinstance(part, list) else [part]
        while waiting:
            node = waiting.pop()
            if not isinstance(node, exp.Expr):
                continue
            if isinstance(node, _QUERIES):
                self.query(node, ctes, (scope, *outer))
                continue
            if isinstance(node, exp.Column):
                self._check(node, scope, outer, is_settled=is_settled)
            waiting += node.iter_expressions()

    def _check(self, node: exp.Column, scope: Scope, outer: Sequence[Scope], *, is_settled: bool) -> None:
        owner = node.args.get("table")
        if not isinstance(owner, exp.Identifier) or not isinstance(node.this, exp.Identifier):
            return
        label, name = _name(owner), _name(node.this)
        scopes = [scope] if is_settled and label in scope else [scope, *outer]
        candidates = [each for scope in scopes for each in scope.get(label, [])]
        if not candidates:
            self._fail(node, f"there is no table {owner.name} here")
        for names in candidates:
            if names is None:
                self._fail(
                    node,
                    f"it is not known whether {owner.name} has a column {node.name}; name its columns, as in "
                    f"{owner.name} (a, b)",
                )
            if name not in names:
                self._fail(node, f"the table {owner.name} has no column {node.name}")

    def _fail(self, node: exp.Column, reason: str) -> NoReturn:
        fail(self._sql, node, reason, node.name)


def _name(identifier: exp.Expr) -> str:
    return folded(identifier, "postgres") if isinstance(identifier, exp.Identifier) else str(identifier.name)


def _label(node: exp.Expr) -> str:
    alias = node.args.get("alias")
    if alias and isinstance(alias.this, exp.Identifier):
        return _name(alias.this)
    inner = node.this
    if isinstance(inner, exp.Identifier):
        return _name(inner)
    if isinstance(node, exp.Unnest):
        return "unnest"
    return str(inner.this).lower() if isinstance(inner, exp.Anonymous) else ""


def _renamed(names: Names, alias: exp.Expr | None) -> Names:
    """The columns under the names that they are given; those that are given none keep theirs."""
    given = tuple(_name(each.this if isinstance(each, exp.ColumnDef) else each) for each in _given(alias))
    if not given:
        return names
    return (*given, *(names or ())[len(given) :])


def _given(alias: exp.Expr | None) -> Sequence[exp.Expr]:
    return (alias.args.get("columns") if alias else None) or ()


def _beside(left: Names, right: Names, shared: Sequence[str] = ()) -> Names:
    if left is None or right is None:
        return None
    rest = (name for name in (*left, *right) if name not in shared)
    return (*shared, *rest)


def _is_join(node: exp.Expr) -> bool:
    """Whether brackets hold tables side by side, and not a query."""
    return isinstance(node, exp.Table) or (
        isinstance(node, exp.Subquery) and bool(node.args.get("alias") or node.args.get("joins"))
    )


def _holds_no_rows(array: exp.Expr) -> bool:
    match array:
        case exp.Array():
            return all(isinstance(each, exp.Literal | exp.Cast | exp.Neg) for each in array.expressions)
        case exp.Anonymous():
            return str(array.this).lower() in {"string_to_array", "regexp_split_to_array"}
    return isinstance(array, exp.Cast)  # the guard lets nothing be cast to a row


def _output_name(node: exp.Expr) -> str:
    """What PostgreSQL calls a column of an answer."""
    return _figured(node)[0]


def _figured(node: exp.Expr) -> tuple[str, bool]:
    """A name, and whether it goes before that of a cast or a CASE around it."""
    match node:
        case exp.Alias():
            return _name(node.args["alias"]), True
        case exp.Column():
            return _name(node.this), True
        case exp.Anonymous():
            return str(node.this).lower(), True
        case exp.Bracket() | exp.Collate():
            return _figured(node.this)
        case exp.Cast():
            name, is_strong = _figured(node.this)
            return (name, True) if is_strong else (_TYPE_NAMES.get(node.to.this, _UNNAMED), False)
        case exp.Subquery() if isinstance(node.this, exp.Select) and node.this.expressions:
            return _output_name(node.this.expressions[0]), True
        case exp.Case():
            last = node.args.get("default")
            name, is_strong = _figured(last) if last is not None else (_UNNAMED, False)
            return (name, True) if is_strong else ("case", False)
    if isinstance(node, _SAME_NAME):
        return _figured(node.this)
    name = _NAMES_OF_NODES.get(type(node), _UNNAMED)
    return name, name != _UNNAMED
