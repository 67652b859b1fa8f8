"""Parts of a SELECT: its outputs by name, its order, its end."""

from sqlglot import exp

from gridlens.analytics.ask.rendering.identifiers import identifier


def output(name: str) -> exp.Column:
    return exp.column(identifier(name))


def named(sql: exp.Expr, name: str) -> exp.Expr:
    if isinstance(sql, exp.Column) and sql.name == name:
        return sql
    return exp.alias_(sql, identifier(name), copy=False)


def given(column: exp.Expr) -> exp.Expr:
    return (
        exp.alias_(column, identifier(column.name), copy=False) if isinstance(column, exp.Column) else column
    )


def ordered(sql: exp.Expr, descending: bool = False) -> exp.Ordered:
    return exp.Ordered(this=sql, desc=descending, nulls_first=False)


def group_by_first(query: exp.Select, count: int) -> exp.Select:
    return query.group_by(*[exp.Literal.number(place + 1) for place in range(count)], copy=False)


def ended(query: exp.Query, order: list[exp.Ordered], limit: int | None) -> exp.Query:
    if order:
        query = query.order_by(*order, copy=False)
    return query if limit is None else query.limit(limit, copy=False)


def groups_of(tables: list[str], columns: list[str]) -> exp.Query:
    """Every group that at least one of the tables has."""
    sides = [
        exp.select(*[identifier(name) for name in columns]).from_(
            exp.Table(this=identifier(table)), copy=False
        )
        for table in tables
    ]
    return exp.union(*sides, distinct=True, copy=False)
