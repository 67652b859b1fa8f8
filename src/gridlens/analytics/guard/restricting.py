"""Access rules in the syntax tree: a restricted table becomes a subquery of what may be seen of it.

The rewritten text is read again before it runs, and every restricted table in it has to stand in exactly
the subquery that its rules ask for; else the query is refused.
"""

from typing import Final

from sqlglot import exp

from gridlens.analytics.guard.conditions import filled
from gridlens.analytics.guard.grammar import Grammar, grammar_of
from gridlens.analytics.guard.tables import KnownTables, folded, name_table, table_of
from gridlens.analytics.guard.text import refused
from gridlens.shared.access import SEEN_ROWS, Restriction, without_labels
from gridlens.shared.catalog import CatalogTable

LONGEST_NAME: Final = 200
"""What every engine takes as the name of a column."""
_INSIDE: Final = ("only", "sample")
"""DuckDB takes a sample of a subquery too, and so of the rows that may be seen."""
_ROW_NUMBERS: Final = frozenset({"rowid", "oid", "_rowid_"})
_DROPPED: Final = ("hints", "indexed", "ordinality")
_ALL_ROWS: Final = {"mysql": "18446744073709551615", "sqlite": "-1"}


def restrict(tree: exp.Expr, known: KnownTables) -> exp.Expr:
    """The same query, over what the asker may see of its tables alone."""
    if not known.restrictions:
        return tree
    if known.dialect == "sqlite":
        _check_row_numbers(tree, known)
    _name_by_what_was_written(tree, known)
    unnamed: set[tuple[str, str]] = set()
    for node in list(tree.find_all(exp.Table)):
        restriction = _restriction_of(node, known)
        if restriction is None:
            continue
        schema = node.args.get("db")
        if not node.args.get("alias") and schema is not None:
            unnamed.add((folded(schema, known.dialect), folded(node.this, known.dialect)))
        replacement = _in_place_of(node, restriction, known.dialect)
        if node is tree:
            raise _not_applicable(restriction.table)
        node.replace(replacement)
    _drop_schemas(tree, unnamed, known.dialect)
    return tree


def _name_by_what_was_written(tree: exp.Expr, known: KnownTables) -> None:
    """A column without a name gets its text as one from most engines, and the rules would stand in it."""
    if known.dialect == "postgres":
        return
    for select in tree.find_all(exp.Select):
        for column in select.expressions:
            if isinstance(column, exp.Alias | exp.Aliases) or _is_named_by_tables(column, select):
                continue
            if any(_restriction_of(table, known) for table in column.find_all(exp.Table)):
                written = grammar_of(known.dialect).write(column)[:LONGEST_NAME]
                column.replace(exp.alias_(column.copy(), written, quoted=True))


def _is_named_by_tables(column: exp.Expr, select: exp.Select) -> bool:
    """Whether it stands for many columns, each of which keeps its name."""
    star = column.this if isinstance(column, exp.Column) else column
    return isinstance(star, exp.Star) or any(
        str(call.this).upper() == "COLUMNS" and call.find_ancestor(exp.Select) is select
        for call in column.find_all(exp.Anonymous)
    )


def _check_row_numbers(tree: exp.Expr, known: KnownTables) -> None:
    """Refuse the number of a row that is read from a subquery, where SQLite knows none and gives nothing."""
    numbers = [column for column in tree.find_all(exp.Column) if column.name.lower() in _ROW_NUMBERS]
    given = _given_names(tree) if numbers else set[str]()
    for node in tree.find_all(exp.Table) if numbers else ():
        restriction = _restriction_of(node, known)
        if restriction is None:
            continue
        label = folded(node.args["alias"].this if node.args.get("alias") else node.this, known.dialect)
        own = {name.lower() for name in restriction.columns}
        for column in numbers:
            owner = column.args.get("table")
            names = own if owner else own | given
            is_owner = (
                folded(owner, known.dialect) == label
                if isinstance(owner, exp.Identifier)
                else column.find_ancestor(exp.Select) is node.find_ancestor(exp.Select)
            )
            if is_owner and column.name.lower() not in names:
                raise refused(
                    f"under access rules the rows of {restriction.table.name} have no {column.name}; name a "
                    "column of the table in its place",
                    column.name,
                )


def _given_names(tree: exp.Expr) -> set[str]:
    """Names that the query itself gives to columns."""
    names = {alias.alias.lower() for alias in tree.find_all(exp.Alias)}
    return names | {each.name.lower() for alias in tree.find_all(exp.TableAlias) for each in alias.columns}


def check_restricted(tree: exp.Expr, known: KnownTables, grammar: Grammar) -> None:
    """Refuse a rewritten query in which a restricted table stands anywhere but in its subquery."""
    for node in tree.find_all(exp.Table):
        restriction = _restriction_of(node, known)
        if restriction is None:
            continue
        select = node.find_ancestor(exp.Select)
        if select is None or not isinstance(node.parent, exp.From) or node.parent.parent is not select:
            raise _not_applicable(restriction.table)
        parts = {part for part, value in node.args.items() if value}
        if parts - {"this", "db", "alias", *_inside(known.dialect)}:
            raise _not_applicable(restriction.table)
        expected = _select(restriction, node.copy(), known.dialect)
        if grammar.write(select) != grammar.write(expected, is_spent=True):
            raise _not_applicable(restriction.table)


def _restriction_of(node: exp.Table, known: KnownTables) -> Restriction | None:
    table = table_of(node)
    return known.restrictions.get((table.schema, table.name)) if table is not None else None


def _in_place_of(node: exp.Table, restriction: Restriction, dialect: str) -> exp.Expr:
    """A subquery under the table's name, or under the name it is given there."""
    if dialect == "postgres" and restriction.conditions and node.args.get("sample"):
        raise refused(
            f"a sample of {restriction.table.name} would be one of all its rows, and the access rules leave "
            "some of them alone; write WHERE random() < 0.1 for a tenth of those",
            "TABLESAMPLE",
        )
    table = exp.Table(this=node.this.copy(), db=node.args.get("db"))
    named = table_of(node)
    if named is not None:
        name_table(table, named)
    for part in _inside(dialect):
        table.set(part, node.args.get(part))
    outside = {
        part: value
        for part, value in node.args.items()
        if part not in {"this", "db", "catalog", "alias", *_inside(dialect), *_DROPPED}
    }
    alias = node.args.get("alias") or exp.TableAlias()
    if not alias.this:
        alias.set("this", node.this.copy())
    return exp.Subquery(this=_select(restriction, table, dialect), alias=alias, **outside)


def _inside(dialect: str) -> tuple[str, ...]:
    return _INSIDE[:1] if dialect == "duckdb" else _INSIDE


def _select(restriction: Restriction, table: exp.Table, dialect: str) -> exp.Select:
    table.set("alias", exp.TableAlias(this=exp.to_identifier(SEEN_ROWS, quoted=True)))
    conditions = [
        filled(condition, restriction.table, dialect, SEEN_ROWS) for condition in restriction.conditions
    ]
    shown = [_column(name, restriction, conditions, dialect) for name in restriction.columns]
    if not shown:
        raise refused(
            f"the access rules on {restriction.table.name} leave none of its columns, or name one "
            "that is gone; ask an administrator to look at them",
            "access rule",
        )
    select = exp.Select(expressions=shown, from_=exp.From(this=table))
    if conditions:
        select.set("where", exp.Where(this=_all(conditions)))
        _fence(select, dialect)
    return select


def _column(name: str, restriction: Restriction, conditions: list[exp.Expr], dialect: str) -> exp.Expr:
    column: exp.Expr = exp.Column(
        this=exp.to_identifier(name, quoted=True), table=exp.to_identifier(SEEN_ROWS, quoted=True)
    )
    if name in restriction.masked:
        # Keeps the column's type, which no engine would know of a bare NULL.
        column = _only_if(exp.Boolean(this=False), column)
    elif conditions and dialect == "duckdb":
        column = _only_if(_all(conditions), column)
    if dialect == "duckdb" and (conditions or name in {*restriction.masked, *restriction.unlabelled}):
        column = _without_labels(column, name, restriction)
    return exp.alias_(column, name, quoted=True)


def _without_labels(column: exp.Expr, name: str, restriction: Restriction) -> exp.Expr:
    """The type of an ENUM, which functions and errors cite, lists the values of all rows."""
    whole = next(each.native_type for each in restriction.table.columns if each.name == name)
    plain = without_labels(whole)
    return column if plain == whole else exp.cast(column, plain, dialect="duckdb")


def _fence(select: exp.Select, dialect: str) -> None:
    """Nothing that the query asks of a row is worked out before the row is known to be the asker's to see.

    An optimiser may else try the query's own conditions first, and an error in one of them, such as a cast
    that fails and cites its value, would tell of rows that are not in the answer. PostgreSQL, MySQL and
    SQLite keep conditions out of a subquery with a limit. DuckDB would pay for that with its parallelism;
    there each column is empty outside the rows that may be seen, in whatever order things are worked out.
    """
    if dialect == "duckdb":
        return
    if dialect in _ALL_ROWS:
        count: exp.Expr = exp.Literal.number(_ALL_ROWS[dialect].removeprefix("-"))
        select.set("limit", exp.Limit(expression=exp.Neg(this=count) if dialect == "sqlite" else count))
    if dialect in {"postgres", "sqlite"}:
        select.set("offset", exp.Offset(expression=exp.Literal.number(0)))


def _only_if(condition: exp.Expr, column: exp.Expr) -> exp.Expr:
    return exp.Case(ifs=[exp.If(this=condition, true=column)])


def _all(conditions: list[exp.Expr]) -> exp.Expr:
    return exp.and_(*conditions, copy=True)


def _drop_schemas(tree: exp.Expr, tables: set[tuple[str, str]], dialect: str) -> None:
    """``schema.table.column`` becomes ``table.column``: a subquery has a name and no schema."""
    if not tables:
        return
    for column in tree.find_all(exp.Column):
        parts = [column.args.get(part) for part in ("catalog", "db", "table")]
        names = [folded(part, dialect) if isinstance(part, exp.Identifier) else None for part in parts]
        if (names[1], names[2]) in tables and names[0] is None:
            column.set("db", None)
        elif (names[0], names[1]) in tables:
            column.set("catalog", None)


def _not_applicable(table: CatalogTable) -> Exception:
    return refused(f"the access rules on {table.name} cannot be applied to this query", "access rule")
