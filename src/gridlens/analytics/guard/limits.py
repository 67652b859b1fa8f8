"""The outer limit: no query hands over more rows than its reader can take, plus one to know of more."""

from sqlglot import exp


def with_limit(tree: exp.Expr, most: int, dialect: str) -> exp.Expr:
    """The same query, giving at most ``most`` rows, in the order it asked for."""
    takes_limit: tuple[type[exp.Expr], ...] = (exp.Select, exp.SetOperation)
    if dialect in {"duckdb", "postgres"}:
        takes_limit += (exp.Values,)
    if not isinstance(tree, takes_limit):
        return _around(tree, most)
    limit = tree.args.get("limit")
    if limit is None:
        tree.set("limit", exp.Limit(expression=exp.Literal.number(most)))
        return tree
    count = limit.args.get("expression") if isinstance(limit, exp.Limit) else limit.args.get("count")
    options = limit.args.get("limit_options")
    if isinstance(count, exp.Literal) and count.is_int and not _changes_count(options):
        if int(count.name) > most:
            count.replace(exp.Literal.number(most))
        return tree
    return _around(tree, most)


def _changes_count(options: exp.Expr | None) -> bool:
    return options is not None and bool(options.args.get("percent") or options.args.get("with_ties"))


def _around(tree: exp.Expr, most: int) -> exp.Expr:
    inner = tree if isinstance(tree, exp.Subquery) and not tree.args.get("alias") else exp.Subquery(this=tree)
    inner.set("alias", exp.TableAlias(this=exp.to_identifier("answer")))
    return exp.Select(
        expressions=[exp.Star()],
        from_=exp.From(this=inner),
        limit=exp.Limit(expression=exp.Literal.number(most)),
    )
