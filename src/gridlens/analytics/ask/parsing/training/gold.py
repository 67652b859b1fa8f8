"""What a gold statement asks for, in the parts that the reader of questions learns to find."""

from dataclasses import dataclass, field

import sqlglot
from sqlglot import exp

AGGREGATES = {exp.Count: "count", exp.Sum: "sum", exp.Avg: "avg", exp.Min: "min", exp.Max: "max"}
COMPARISONS = {exp.EQ: "=", exp.NEQ: "!=", exp.LT: "<", exp.LTE: "<=", exp.GT: ">", exp.GTE: ">="}

Column = tuple[str, str]
"""Table and column by their names in small letters; ``("", "*")`` stands for the rows."""


@dataclass(frozen=True)
class Item:
    aggregate: str
    column: Column
    is_distinct: bool = False


@dataclass(frozen=True)
class Condition:
    column: Column
    operator: str
    value: object
    """A literal, a column, or a statement of its own."""
    aggregate: str = ""


@dataclass
class Gold:
    select: list[Item] = field(default_factory=list)
    is_distinct: bool = False
    tables: list[str] = field(default_factory=list)
    where: list[Condition] = field(default_factory=list)
    is_any: bool = False
    group: list[Column] = field(default_factory=list)
    having: list[Condition] = field(default_factory=list)
    order: list[tuple[Item, bool]] = field(default_factory=list)
    limit: int | None = None
    combined: "tuple[str, Gold] | None" = None


class Unread(Exception):
    """A statement of a form that is not learned from."""


def read(sql: str, dialect: str, schema: dict[str, list[str]]) -> Gold:
    """``schema`` names the columns of each table, all in small letters."""
    tree = sqlglot.parse_one(sql, read=dialect)
    return _query(tree, schema)


def _query(tree: exp.Expr, schema: dict[str, list[str]]) -> Gold:
    if isinstance(tree, exp.Subquery):
        tree = tree.this
    if isinstance(tree, exp.SetOperation):
        left = _query(tree.left, schema)
        left.combined = (type(tree).__name__.lower(), _query(tree.right, schema))
        return left
    if not isinstance(tree, exp.Select):
        raise Unread(type(tree).__name__)
    return _Reader(tree, schema).read()


class _Reader:
    def __init__(self, tree: exp.Select, schema: dict[str, list[str]]) -> None:
        self.tree, self.schema = tree, schema
        self.aliases: dict[str, str] = {}
        gold_from = tree.args.get("from_") or tree.args.get("from")
        sources = [gold_from.this] if gold_from else []
        sources += [join.this for join in tree.args.get("joins") or []]
        self.tables: list[str] = []
        for source in sources:
            if not isinstance(source, exp.Table):
                raise Unread("derived table")
            name = source.name.lower()
            if name not in schema:
                raise Unread(f"unknown table {name}")
            self.aliases[(source.alias or source.name).lower()] = name
            self.tables.append(name)

    def read(self) -> Gold:
        tree = self.tree
        gold = Gold(tables=self.tables, is_distinct=tree.args.get("distinct") is not None)
        gold.select = [self.item(each) for each in tree.expressions]
        if where := tree.args.get("where"):
            gold.where, gold.is_any = self.conditions(where.this)
        for join in tree.args.get("joins") or []:
            on = join.args.get("on")
            for part in [] if on is None else on.flatten() if isinstance(on, exp.And) else [on]:
                if not (isinstance(part, exp.EQ) and isinstance(part.expression, exp.Column)):
                    gold.where.append(self.condition(part))
        if group := tree.args.get("group"):
            gold.group = [self.column(each) for each in group.expressions]
        if having := tree.args.get("having"):
            gold.having, _ = self.conditions(having.this)
        if order := tree.args.get("order"):
            gold.order = [(self.item(each.this), bool(each.args.get("desc"))) for each in order.expressions]
        if limit := tree.args.get("limit"):
            gold.limit = int(limit.expression.name)
        return gold

    def column(self, node: exp.Expr) -> Column:
        if isinstance(node, exp.Star):
            return ("", "*")
        if isinstance(node, exp.Alias):
            node = node.this
        if not isinstance(node, exp.Column):
            raise Unread(f"{type(node).__name__} for a column")
        if isinstance(node.this, exp.Star):
            return (self.aliases.get(node.table.lower(), ""), "*")
        name = node.name.lower()
        if node.table:
            table = self.aliases.get(node.table.lower())
            if table is None or name not in self.schema[table]:
                raise Unread(f"unknown column {node.sql()}")
            return (table, name)
        for table in self.tables:
            if name in self.schema[table]:
                return (table, name)
        raise Unread(f"unknown column {name}")

    def item(self, node: exp.Expr) -> Item:
        if isinstance(node, exp.Alias):
            node = node.this
        for kind, name in AGGREGATES.items():
            if isinstance(node, kind):
                inner = node.this
                is_distinct = isinstance(inner, exp.Distinct)
                if is_distinct:
                    inner = inner.expressions[0]
                return Item(name, self.column(inner), is_distinct)
        return Item("", self.column(node))

    def conditions(self, node: exp.Expr) -> tuple[list[Condition], bool]:
        node = node.unnest()
        if isinstance(node, exp.Or):
            parts = list(node.flatten())
            return [c for part in parts for c in self.conditions(part)[0]], True
        if isinstance(node, exp.And):
            found = [self.conditions(part) for part in node.flatten()]
            return [c for each, _ in found for c in each], any(is_any for _, is_any in found)
        return [self.condition(node)], False

    def condition(self, node: exp.Expr) -> Condition:
        node = node.unnest()
        negated = isinstance(node, exp.Not)
        if negated:
            node = node.this.unnest()
        for kind, operator in COMPARISONS.items():
            if isinstance(node, kind):
                item = self.item(node.this)
                return Condition(item.column, operator, self.value(node.expression), item.aggregate)
        if isinstance(node, exp.Like):
            return Condition(
                self.column(node.this), "not like" if negated else "like", self.value(node.expression)
            )
        if isinstance(node, exp.Between):
            low, high = self.value(node.args["low"]), self.value(node.args["high"])
            item = self.item(node.this)
            return Condition(item.column, "between", (low, high), item.aggregate)
        if isinstance(node, exp.In):
            query = node.args.get("query")
            value = (
                _query(query, self.schema)
                if query is not None
                else tuple(self.value(e) for e in node.expressions)
            )
            return Condition(self.column(node.this), "not in" if negated else "in", value)
        if isinstance(node, exp.Is):
            return Condition(self.column(node.this), "not null" if negated else "null", None)
        raise Unread(type(node).__name__)

    def value(self, node: exp.Expr) -> object:
        node = node.unnest() if not isinstance(node, exp.Subquery) else node
        if isinstance(node, exp.Subquery):
            return _query(node, self.schema)
        if isinstance(node, exp.Neg):
            return -float(node.this.name)
        if isinstance(node, exp.Literal):
            return node.name if node.is_string else float(node.name)
        if isinstance(node, exp.Boolean):
            return bool(node.this)
        if isinstance(node, exp.Column):
            try:
                return self.column(node)
            except Unread:
                return node.name
        if isinstance(node, exp.Cast):
            return self.value(node.this)
        raise Unread(type(node).__name__)
