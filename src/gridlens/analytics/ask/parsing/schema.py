"""A catalog as the reader looks at it: flat, with names in words and keys as a graph."""

from collections import defaultdict, deque
from collections.abc import Iterable
from dataclasses import dataclass, field

from gridlens.analytics.ask.parsing.abbreviations import written_out
from gridlens.analytics.ask.relations import TableKey, relations_of
from gridlens.analytics.ask.understanding.vocabulary import concepts_of
from gridlens.analytics.ask.understanding.words import split_name, stem
from gridlens.shared.catalog import Catalog, CatalogColumn, CatalogTable
from gridlens.shared.results import Kind

NUMBERS = (Kind.INTEGER, Kind.NUMBER)
TIMES = (Kind.DATE, Kind.TIMESTAMP)


@dataclass(frozen=True, eq=False)
class Words:
    """The words of a name."""

    plain: tuple[str, ...]
    stems: tuple[str, ...]
    concepts: frozenset[str]

    @classmethod
    def of(cls, name: str) -> "Words":
        plain = written_out(split_name(name))
        return cls(
            plain,
            tuple(stem(word) for word in plain),
            frozenset(c for word in plain for c in concepts_of(word)),
        )


@dataclass(eq=False)
class Column:
    index: int
    table: "Table"
    column: CatalogColumn
    words: Words
    described: frozenset[str]
    is_key: bool = False
    is_reference: bool = False

    @property
    def name(self) -> str:
        return self.column.name

    @property
    def is_number(self) -> bool:
        return self.column.kind in NUMBERS

    @property
    def is_text(self) -> bool:
        return self.column.kind is Kind.TEXT

    @property
    def is_time(self) -> bool:
        return self.column.kind in TIMES


@dataclass(eq=False)
class Table:
    index: int
    key: TableKey
    table: CatalogTable
    words: Words
    columns: list[Column] = field(default_factory=list)

    @property
    def name(self) -> str:
        return self.table.name


@dataclass(frozen=True)
class Link:
    """A key from ``child`` to ``parent``, by pairs of column indices."""

    child: int
    parent: int
    columns: tuple[tuple[int, int], ...]


class Schema:
    """Tables and columns of a catalog by number."""

    def __init__(self, catalog: Catalog) -> None:
        self.relations = relations_of(catalog)
        self.tables: list[Table] = []
        self.columns: list[Column] = []
        by_key: dict[TableKey, Table] = {}
        for key, table in self.relations.tables.items():
            entry = Table(len(self.tables), key, table, Words.of(table.name))
            by_key[key] = entry
            self.tables.append(entry)
            for column in table.columns:
                described = frozenset(map(stem, split_name(column.description) if column.description else ()))
                own = Column(len(self.columns), entry, column, Words.of(column.name), described)
                own.is_key = table.primary_key == (column.name,)
                entry.columns.append(own)
                self.columns.append(own)
        self._places = {(c.table.key, c.name): c for c in self.columns}
        self.links: list[Link] = []
        self._around: dict[int, list[Link]] = defaultdict(list)
        for entry in self.tables:
            for step in self.relations.ups(entry.key):
                link = step.link
                pairs = tuple(
                    (self._places[link.child, child].index, self._places[link.parent, parent].index)
                    for child, parent in link.columns
                )
                found = Link(by_key[link.child].index, by_key[link.parent].index, pairs)
                self.links.append(found)
                self._around[found.child].append(found)
                self._around[found.parent].append(found)
                for child, _ in pairs:
                    self.columns[child].is_reference = True

    def around(self, table: int) -> list[Link]:
        return self._around[table]

    def way(self, start: int, end: int) -> list[Link] | None:
        """The shortest way over keys."""
        if start == end:
            return []
        came: dict[int, Link] = {}
        queue = deque([start])
        while queue:
            here = queue.popleft()
            for link in self._around[here]:
                there = link.parent if link.child == here else link.child
                if there == start or there in came:
                    continue
                came[there] = link
                if there == end:
                    way: list[Link] = []
                    while end != start:
                        step = came[end]
                        way.append(step)
                        end = step.parent if step.child == end else step.child
                    return way[::-1]
                queue.append(there)
        return None

    def joined(self, tables: Iterable[int]) -> list[Link] | None:
        """Links that connect the tables, each by the shortest way to those before; None where none do."""
        wanted = list(dict.fromkeys(tables))
        if not wanted:
            return []
        held, links = {wanted[0]}, []
        rest = wanted[1:]
        while rest:
            ways = [
                (len(way), place, way)
                for place, table in enumerate(rest)
                for start in held
                if (way := self.way(start, table)) is not None
            ]
            if not ways:
                return None
            way = min(ways, key=lambda each: each[:2])[2]
            for link in way:
                if link not in links:
                    links.append(link)
                held |= {link.child, link.parent}
            rest = [table for table in rest if table not in held]
        return links
