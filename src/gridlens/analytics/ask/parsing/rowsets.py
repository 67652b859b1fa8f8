"""Sets of rows that the words of a chain stand for, and how one narrows, ranks or belongs to another."""

from dataclasses import dataclass, replace

from gridlens.analytics.ask.parsing.draft import ROWS, Draft, Item, Narrowing
from gridlens.analytics.ask.parsing.elements import Element, pairs_of
from gridlens.analytics.ask.parsing.evidence import Evidence
from gridlens.analytics.ask.parsing.mentions import MEASURED_BY
from gridlens.analytics.ask.parsing.schema import Column, Link, Schema

MOST_NESTED = 5
NEAR = 1
_NAMES = ("name", "title")


class NoChain(Exception):
    """The words do not make a chain here."""


@dataclass(frozen=True)
class RowSet:
    """Rows of a table."""

    table: int
    where: tuple[Narrowing, ...] = ()
    order: tuple[tuple[Item, bool], ...] = ()
    limit: int | None = None

    @property
    def is_whole(self) -> bool:
        return not self.where and not self.order


@dataclass(frozen=True)
class Rank:
    """By what the next thing to the left is ranked: a column, or how many rows of a set belong to it."""

    is_low: bool
    column: int | None = None
    about: str = ""
    counted: RowSet | None = None
    related: int | None = None


class RowSets:
    """``guesses`` counts what was taken without being said; ``may_join`` allows values of far tables."""

    def __init__(self, evidence: Evidence, *, may_join: bool) -> None:
        self.evidence, self.may_join = evidence, may_join
        self.schema: Schema = evidence.schema
        self.pairs = pairs_of(evidence.schema)
        self.guesses = 0
        self.negated = False

    def narrowed(self, own: RowSet, narrowings: list[Narrowing]) -> RowSet:
        """With conditions on columns of other tables said as conditions on a key."""
        for each in narrowings:
            table = self.schema.columns[each.column].table.index
            if table == own.table:
                own = replace(own, where=(*own.where, each))
            else:
                own = self.belonging(own, RowSet(table, (each,)))
        return own

    def belonging(self, own: RowSet, other: RowSet, *, depth: int = 0) -> RowSet:
        """Those rows of ``own`` that belong to rows of ``other``."""
        if own.table == other.table:
            if own.order:
                raise NoChain
            self.guesses += 1
            return replace(other, where=(*own.where, *other.where))
        way = self.schema.way(own.table, other.table)
        if not way or depth > MOST_NESTED or any(len(link.columns) != 1 for link in way):
            raise NoChain
        if len(way) > 1:
            middle = way[0].parent if way[0].child == own.table else way[0].child
            other = self.belonging(RowSet(middle), other, depth=depth + 1)
            self.guesses += 1
        mine, their = ends_of(way[0], own.table)
        operator = "not in" if self.negated else "=" if other.limit == 1 else "in"
        self.negated = False
        inner = self.unwrapped(other, their)
        if operator == "in" and isinstance(inner, Narrowing):
            return replace(own, where=(*own.where, replace(inner, column=mine)))
        draft = inner if isinstance(inner, Draft) else draft_of(other, their)
        return replace(own, where=(*own.where, Narrowing(mine, operator, draft)))

    @staticmethod
    def unwrapped(other: RowSet, key: int) -> Narrowing | Draft:
        """A set that is told by its key alone is the condition on that key."""
        if not other.order and len(other.where) == 1 and other.where[0].column == key:
            only = other.where[0]
            if only.operator in ("=", "in"):
                return only
        return draft_of(other, key)

    def first(self, own: RowSet, rank: Rank) -> RowSet:
        if own.order:
            raise NoChain
        if rank.counted is not None or rank.related is not None:
            return self.first_by_count(own, rank)
        column = rank.column if rank.column is not None else self.measure(own.table, rank.about)
        if column is None:
            raise NoChain
        measured = self.schema.columns[column]
        if measured.table.index != own.table:
            best = self.first(RowSet(measured.table.index), replace(rank, column=column))
            return self.belonging(own, best)
        down = not rank.is_low
        if measured.is_time and rank.about in ("oldest", "youngest"):
            down = not down
        if self.is_one_a_row(own.table):
            return replace(own, order=((Item("", column), down),), limit=1)
        # A thing that stands in several rows is first with all of them.
        top = Draft(select=(Item("max" if down else "min", column),), where=own.where)
        return replace(own, where=(*own.where, Narrowing(column, "=", top)))

    def first_by_count(self, own: RowSet, rank: Rank) -> RowSet:
        if rank.related is not None:
            one, _, parent = self.pairs[rank.related]
            table, key = rank.related, one
            where: tuple[Narrowing, ...] = ()
            if self.schema.columns[parent].table.index != own.table:
                raise NoChain
            mine = parent
        else:
            counted = rank.counted
            way = self.schema.way(own.table, counted.table) if counted is not None else None
            if counted is None or counted.order or not way or len(way) > 2:
                raise NoChain
            if any(len(link.columns) != 1 for link in way):
                raise NoChain
            if len(way) == 2:
                middle = way[0].parent if way[0].child == own.table else way[0].child
                counted = RowSet(middle) if counted.is_whole else self.belonging(RowSet(middle), counted)
            if way[0].parent != own.table:
                return self.first_by_repeats(own, rank, way)
            mine, key = ends_of(way[0], own.table)
            table, where = counted.table, counted.where
        top = Draft(
            select=(Item("", key),),
            tables=(table,),
            where=where,
            group=(key,),
            order=((Item("count", ROWS), not rank.is_low),),
            limit=1,
        )
        return replace(own, where=(*own.where, Narrowing(mine, "=", top)))

    def first_by_repeats(self, own: RowSet, rank: Rank, way: list[Link]) -> RowSet:
        """The river in most states, where a river stands in a row for each of its states."""
        counted = rank.counted
        if len(way) > 1 or self.is_one_a_row(own.table) or counted is None or not counted.is_whole:
            raise NoChain
        name = self.display(own.table)
        top = Draft(
            select=(Item("", name),),
            tables=(own.table,),
            where=own.where,
            group=(name,),
            order=((Item("count", ROWS), not rank.is_low),),
            limit=1,
        )
        return replace(own, where=(*own.where, Narrowing(name, "=", top)))

    def measure(self, table: int, about: str) -> int | None:
        """What a superlative compares: a column that its word is said of, else the only figure there is."""
        columns = self.schema.tables[table].columns
        figures = [c for c in columns if (c.is_number or c.is_time) and not c.is_key and not c.is_reference]
        for name in MEASURED_BY.get(about, ()):
            for column in figures:
                if name in column.words.plain or column.words.plain[-1].startswith(name):
                    return column.index
        for name in MEASURED_BY.get(about, ()):
            for column in columns:
                if name in column.words.plain and about in column.words.plain:
                    return column.index
        numbers = [c for c in figures if c.is_number]
        if len(numbers) == 1:
            self.guesses += 1
            return numbers[0].index
        return None

    def with_value(self, own: RowSet, value: Element, thing: Element | None) -> RowSet:
        column, kept = self.holding(own.table, value, thing)
        narrowing = Narrowing(column, "!=" if self.is_denied() else "=", kept)
        table = self.schema.columns[column].table.index
        if table == own.table:
            return replace(own, where=(*own.where, narrowing))
        return self.belonging(own, RowSet(table, (narrowing,)))

    def is_denied(self) -> bool:
        denied, self.negated = self.negated, False
        return denied

    def holding(self, table: int, value: Element, thing: Element | None) -> tuple[int, object]:
        """The column of the value that is nearest to the table."""
        is_beside = thing is not None and (
            abs(value.first - thing.last) <= NEAR - 1 or abs(thing.first - value.last) <= NEAR - 1
        )
        between = ""
        if thing is not None and value.first > thing.last:
            between = self.evidence.tokens[value.first - 1].plain
        is_named = is_beside or between in ("named", "called", "of")
        options = []
        for column, kept in value.values:
            entry = self.schema.columns[column]
            is_own = entry.table.index == table
            way = [] if is_own else self.schema.way(table, entry.table.index)
            if way is None or (len(way) > 1 and not self.may_join):
                continue
            if not is_own and entry.table.index in self.pairs:
                continue
            names = is_own and self.names_rows(entry)
            # “In Colorado” says where; “the Colorado river” says which.
            fits = names == is_named if thing is not None else names
            options.append((not fits, len(way), not self.names_rows(entry), column, kept))
        if not options:
            raise NoChain
        *_, column, kept = min(options, key=lambda each: each[:4])
        return column, kept

    def names_rows(self, column: Column) -> bool:
        return not column.is_reference and column.index == self.display(column.table.index)

    def display(self, table: int) -> int:
        """The column that people know rows by."""
        entry = self.schema.tables[table]

        def rank(column: Column) -> tuple[int, int]:
            words = column.words.plain
            about_itself = set(entry.words.plain) & set(words)
            if words[-1] in _NAMES:
                return (0 if len(words) == 1 or about_itself else 2, column.index)
            if about_itself and column.is_text:
                return (1, column.index)
            return (
                3 if column.is_text and not column.is_reference else 4 if column.is_key else 5,
                column.index,
            )

        return min(entry.columns, key=rank).index

    def is_one_a_row(self, table: int) -> bool:
        """Whether each row is another thing, rather than one thing in several rows."""
        entry = self.schema.tables[table]
        if entry.table.primary_key:
            return True
        profile = self.schema.columns[self.display(table)].column.profile
        rows = entry.table.row_count
        return profile is None or not rows or profile.distinct_count > 0.9 * rows

    def place(self, table: int) -> int:
        """Where rows are: the nearest place that they belong to."""
        names = MEASURED_BY["where"]
        own = self.display(table)
        fitting = [
            (not column.is_reference, place, column.index)
            for place, name in enumerate(names)
            for column in self.schema.tables[table].columns
            if name in column.words.plain and column.index != own
        ]
        # What has no such column still lies in what its key names.
        fitting = fitting or [
            (False, 0, column.index)
            for column in self.schema.tables[table].columns
            if column.is_reference and column.is_text
        ]
        if not fitting:
            raise NoChain
        return min(fitting)[2]

    def led(self, table: int, lead: str, columns: list[int]) -> int:
        """The figure that “how high” asks for."""
        said = {token.plain for token in self.evidence.tokens}
        fitting = [
            (-len(said & set(column.words.plain)), place, column.index)
            for place, name in enumerate(MEASURED_BY[lead])
            for column in self.schema.tables[table].columns
            if name in column.words.plain
        ]
        if not fitting:
            raise NoChain
        return min(fitting)[2]


def ends_of(link: Link, table: int) -> tuple[int, int]:
    """The key columns of a link: that of the table, and that of the other side."""
    child, parent = link.columns[0]
    return (child, parent) if link.child == table else (parent, child)


def draft_of(own: RowSet, key: int) -> Draft:
    return Draft(select=(Item("", key),), where=own.where, order=own.order, limit=own.limit)
