"""How the tables of a catalog belong together, and which way a join may go without counting rows twice."""

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from heapq import heappop, heappush

from gridlens.analytics.ask.errors import PlanRefused
from gridlens.analytics.ask.plan import ColumnRef
from gridlens.shared.catalog import Catalog, CatalogColumn, CatalogTable
from gridlens.shared.results import ColumnRole, Kind

# A name that many tables use for something of their own tells nothing about keys.
_UNTELLING = {
    "id",
    "name",
    "ts",
    "time",
    "date",
    "day",
    "value",
    "timestamp",
    "created_at",
    "updated_at",
    "type",
}
# Going from one row to many is possible for counting, but the last choice.
_DOWNWARD_COST = 4

_TIME_KINDS = (Kind.TIMESTAMP, Kind.DATE)


@dataclass(frozen=True, slots=True, order=True)
class TableKey:
    schema: str
    name: str


@dataclass(frozen=True, slots=True)
class Link:
    """A key: each row of ``child`` belongs to at most one row of ``parent``.

    ``is_total`` when every child row is known to have its parent, so that an inner join loses none.
    """

    child: TableKey
    parent: TableKey
    columns: tuple[tuple[str, str], ...]
    is_total: bool


@dataclass(frozen=True, slots=True)
class Step:
    """A link walked in one direction; ``upward`` is from child to parent."""

    link: Link
    upward: bool

    @property
    def source(self) -> TableKey:
        return self.link.child if self.upward else self.link.parent

    @property
    def target(self) -> TableKey:
        return self.link.parent if self.upward else self.link.child


class Relations:
    """The tables of one catalog with the keys between them, declared or shown by unique values."""

    def __init__(self, catalog: Catalog) -> None:
        self.tables: dict[TableKey, CatalogTable] = {
            TableKey(table.schema or "", table.name): table for table in catalog.tables
        }
        self._columns = {
            (key, column.name): column for key, table in self.tables.items() for column in table.columns
        }
        self._up: dict[TableKey, list[Step]] = {key: [] for key in self.tables}
        self._down: dict[TableKey, list[Step]] = {key: [] for key in self.tables}
        for link in [*self._declared(), *self._inferred()]:
            self._up[link.child].append(Step(link, upward=True))
            self._down[link.parent].append(Step(link, upward=False))
        self._ancestors: dict[TableKey, dict[TableKey, tuple[Step, ...]]] = {}

    @property
    def links(self) -> tuple[Link, ...]:
        """Every key, declared or inferred, in the order of the tables."""
        return tuple(step.link for steps in self._up.values() for step in steps)

    def key(self, reference: ColumnRef) -> TableKey:
        return self.find_table(reference.table, reference.schema)

    def find_table(self, name: str, schema: str | None) -> TableKey:
        if schema is not None:
            found = [TableKey(schema, name)] if TableKey(schema, name) in self.tables else []
        else:
            found = [key for key in self.tables if key.name == name]
        if len(found) > 1:
            raise PlanRefused(f"More than one schema has a table named “{name}”. Name the schema as well.")
        if not found:
            raise PlanRefused(f"This source has no table named “{name}” now. Choose another one.")
        return found[0]

    def table(self, reference: ColumnRef) -> CatalogTable:
        return self.tables[self.key(reference)]

    def column(self, reference: ColumnRef) -> CatalogColumn:
        column = self._columns.get((self.key(reference), reference.column))
        if column is None:
            raise PlanRefused(
                f"Table “{reference.table}” has no column named “{reference.column}” now. Choose another one."
            )
        return column

    def ancestors(self, key: TableKey) -> dict[TableKey, tuple[Step, ...]]:
        """Every table of which a row of ``key`` has at most one, with the shortest way there."""
        if key not in self._ancestors:
            ways: dict[TableKey, tuple[Step, ...]] = {key: ()}
            waiting = deque([key])
            while waiting:
                current = waiting.popleft()
                for step in self._up[current]:
                    if step.target not in ways:
                        ways[step.target] = (*ways[current], step)
                        waiting.append(step.target)
            self._ancestors[key] = ways
        return self._ancestors[key]

    def way(self, source: TableKey, target: TableKey) -> tuple[Step, ...] | None:
        """The cheapest way between two tables in any direction, or None when no keys connect them."""
        queue: list[tuple[int, TableKey]] = [(0, source)]
        costs = {source: 0}
        steps: dict[TableKey, Step] = {}
        while queue:
            cost, current = heappop(queue)
            if current == target:
                way: list[Step] = []
                while current != source:
                    way.append(steps[current])
                    current = steps[current].source
                return tuple(reversed(way))
            for step in [*self._up[current], *self._down[current]]:
                reached = cost + (1 if step.upward else _DOWNWARD_COST)
                if reached < costs.get(step.target, 10**6):
                    costs[step.target] = reached
                    steps[step.target] = step
                    heappush(queue, (reached, step.target))
        return None

    def root(self, keys: Iterable[TableKey]) -> TableKey | None:
        """The table from which all of ``keys`` are reached without multiplying its rows."""
        wanted = list(dict.fromkeys(keys))
        ranked = [key for key in [*wanted, *self.tables] if set(wanted) <= self.ancestors(key).keys()]
        return min(ranked, key=lambda key: self._reach(key, wanted), default=None)

    def _reach(self, key: TableKey, wanted: list[TableKey]) -> tuple[int, int]:
        return sum(len(self.ancestors(key)[other]) for other in wanted), 0 if key in wanted else 1

    def ups(self, key: TableKey) -> tuple[Step, ...]:
        """The keys by which a row of the table belongs to rows of others."""
        return tuple(self._up[key])

    def is_foreign(self, key: TableKey, column: str) -> bool:
        return any(column == child for step in self._up[key] for child, _ in step.link.columns)

    def has_events(self, key: TableKey) -> bool:
        """Whether a row is something that happened, rather than a thing that has dates among its facts."""
        table = self.tables[key]
        main = main_time_column(table)
        if main is None:
            return False
        return table.interval_seconds is not None or main.name in table.primary_key or not self._down[key]

    def time_column(self, key: TableKey) -> ColumnRef | None:
        """The column that says when a row of the table happened: its own, or that of a parent."""
        for other in self.ancestors(key):
            column = main_time_column(self.tables[other])
            if column is not None:
                return ColumnRef(table=other.name, schema=other.schema or None, column=column.name)
        return None

    def _declared(self) -> Iterable[Link]:
        for key, table in self.tables.items():
            for foreign in table.foreign_keys:
                parent = TableKey(foreign.schema if foreign.schema is not None else key.schema, foreign.table)
                pairs = tuple(zip(foreign.columns, foreign.referenced_columns, strict=False))
                known = parent in self.tables and all(
                    (key, child) in self._columns and (parent, other) in self._columns
                    for child, other in pairs
                )
                if known and pairs:
                    # Nothing holds rows that come later to a key that nobody declared.
                    total = not foreign.is_inferred and all(self._never_null(key, c) for c, _ in pairs)
                    yield Link(key, parent, pairs, is_total=total)

    def _inferred(self) -> Iterable[Link]:
        declared = {
            (key, pair)
            for key, table in self.tables.items()
            for f in table.foreign_keys
            for pair in f.columns
        }
        for parent, table in self.tables.items():
            for column in table.columns:
                if not self._identifies(table, column):
                    continue
                for child, other in self.tables.items():
                    same = next(
                        (c for c in other.columns if c.name.casefold() == column.name.casefold()), None
                    )
                    if child == parent or same is None or same.kind is not column.kind:
                        continue
                    if (child, same.name) in declared or self._identifies(other, same):
                        continue
                    yield Link(child, parent, ((same.name, column.name),), is_total=False)

    def _never_null(self, key: TableKey, name: str) -> bool:
        column = self._columns[key, name]
        return not column.is_nullable or (column.profile is not None and column.profile.null_share == 0)

    @staticmethod
    def _identifies(table: CatalogTable, column: CatalogColumn) -> bool:
        """Whether the column alone names a row, by declaration or because all its values differ."""
        if column.name.casefold() in _UNTELLING or column.kind not in (Kind.TEXT, Kind.INTEGER):
            return False
        if table.primary_key:
            return table.primary_key == (column.name,)
        profile, rows = column.profile, table.row_count
        looks_like_key = column.role is ColumnRole.KEY or column.name.casefold().endswith(
            ("_id", "id", "_code")
        )
        return bool(
            looks_like_key and profile and rows and profile.null_share == 0 and profile.distinct_count == rows
        )


@lru_cache(maxsize=16)
def relations_of(catalog: Catalog) -> Relations:
    return Relations(catalog)


def main_time_column(table: CatalogTable) -> CatalogColumn | None:
    """The time column rows are ordered by: the one people named, one in the key, one with the time role."""
    times = [column for column in table.columns if column.kind in _TIME_KINDS]
    if not times:
        return None
    named = next((column for column in times if column.name == table.time_column), None)
    if named is not None:
        return named

    def rank(column: CatalogColumn) -> tuple[bool, bool, bool]:
        ends = any(word in column.name.casefold() for word in ("end", "_to", "until", "updated"))
        return (column.name not in table.primary_key, column.role is not ColumnRole.TIME, ends)

    return min(times, key=rank)
