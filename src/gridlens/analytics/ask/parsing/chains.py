"""Questions as chains: the largest city in states that border Texas; the area of the state with most rivers.

Read from right to left, each thing is a set of rows that the words beside it narrow, and that narrows the
thing before it. What comes of it is a draft like any other, and the models say how likely it is.
"""

from dataclasses import dataclass, replace

from gridlens.analytics.ask.parsing.draft import ROWS, Draft, Item, Narrowing
from gridlens.analytics.ask.parsing.elements import Element, Row, rows_of
from gridlens.analytics.ask.parsing.evidence import Evidence
from gridlens.analytics.ask.parsing.rowsets import NoChain, Rank, RowSet, RowSets, draft_of

NEAR = 1


@dataclass(frozen=True)
class Chain:
    """A draft, with the number of words that it leaves unexplained and of guesses that it takes."""

    draft: Draft
    unexplained: int
    guesses: int


def chains(evidence: Evidence) -> list[Chain]:
    found: dict[Draft, Chain] = {}
    for row in rows_of(evidence):
        for may_join in (False, True):
            reading = _Reading(evidence, row, may_join=may_join)
            try:
                draft = reading.draft()
            except NoChain:
                continue
            chain = Chain(draft, row.unexplained, reading.guesses + may_join)
            if draft not in found or found[draft].guesses > chain.guesses:
                found[draft] = chain
    return sorted(found.values(), key=lambda each: (each.unexplained, each.guesses))


class _Reading(RowSets):
    """One way through a row of elements. ``may_join`` allows a value or property of another table."""

    def __init__(self, evidence: Evidence, row: Row, *, may_join: bool) -> None:
        super().__init__(evidence, may_join=may_join)
        self.row = row
        self.inner: RowSet | None = None
        self.values: list[Element] = []
        self.related: list[Narrowing] = []
        self.rank: Rank | None = None
        self.shown: list[Element] = []
        self.figure = ""
        self.counts = False

    def draft(self) -> Draft:
        elements = list(self.row.elements)
        if not elements:
            raise NoChain
        place = len(elements) - 1
        while place >= 0:
            before = elements[place - 1] if place else None
            place -= self._take(elements[place], before, elements[:place])
        return self._ended()

    def _take(self, element: Element, before: Element | None, left: list[Element]) -> int:
        """Use an element; how many were used, with those before it."""
        match element.kind:
            case "value":
                self.values.insert(0, element)
            case "thing":
                return self._thing(element, before)
            case "relation":
                self._relation(element)
            case "property":
                return self._property(element, before, left)
            case "superlative":
                self._ranked(Rank(element.is_low, about=element.about))
            case "most":
                if self.inner is None and self.rank is None:
                    raise NoChain
                self._ranked(Rank(element.is_low, counted=self.inner))
                self.inner = None
            case "count":
                if left or self.counts:
                    raise NoChain
                self.counts = True
            case "aggregate":
                self.figure = element.word
            case "not":
                self.negated = True
        return 1

    def _ranked(self, rank: Rank) -> None:
        if self.rank is not None:
            raise NoChain
        self.rank = rank

    # Things.

    def _thing(self, element: Element, before: Element | None) -> int:
        table = element.tables[0]
        if len(element.tables) > 1 and self.inner is not None:
            table = min(element.tables, key=lambda t: len(self.schema.way(t, self.inner.table) or [0] * 9))  # type: ignore[union-attr]
        own = RowSet(table)
        if self.related:
            own = self.narrowed(own, self.related)
            self.related = []
        if self.inner is not None:
            own = self.belonging(own, self.inner)
        for value in self.values:
            own = self.with_value(own, value, element)
        self.values = []
        used = 1
        if before is not None and self._is_name_of(before, element, table):
            # “The Colorado river”.
            own = self.with_value(own, before, element)
            used = 2
            before = None
        if self.rank is not None:
            own = self.first(own, self.rank)
            self.rank = None
        elif before is not None and before.kind == "superlative":
            own = self.first(own, Rank(before.is_low, about=before.about))
            used = 2
        self.inner = own
        return used

    def _is_name_of(self, value: Element, thing: Element, table: int) -> bool:
        columns = {column for column, _ in value.values}
        return value.kind == "value" and value.last == thing.first and self.display(table) in columns

    # Values.

    # Relations.

    def _relation(self, element: Element) -> None:
        table = element.tables[0]
        one, other, parent = self.pairs[table]
        owner = self.schema.columns[parent].table.index
        if element.columns and element.columns[0] == one:
            one, other = other, one
        if self.rank is not None and self.rank.counted is not None and self.rank.counted.table == owner:
            if not self.rank.counted.is_whole:
                raise NoChain
            self.rank = replace(self.rank, counted=None, related=table)
            return
        if self.inner is None and not self.values:
            raise NoChain
        target = self.inner or RowSet(owner)
        for value in self.values:
            target = self.with_value(target, value, None)
        self.values = []
        negated, self.negated = self.negated, False
        target = self.belonging(RowSet(owner), target) if target.table != owner else target
        if target.is_whole:
            inner = Draft(select=(Item("", other),), tables=(table,))
        else:
            edge = self._belonging_by(RowSet(table), target, one, parent)
            inner = draft_of(edge, other)
        self.related.append(Narrowing(parent, "not in" if negated else "in", inner))
        self.inner = None

    def _belonging_by(self, own: RowSet, other: RowSet, mine: int, their: int) -> RowSet:
        inner = self.unwrapped(other, their)
        if isinstance(inner, Narrowing):
            return replace(own, where=(replace(inner, column=mine),))
        return replace(own, where=(Narrowing(mine, "=" if other.limit == 1 else "in", inner),))

    # Properties.

    def _property(self, element: Element, before: Element | None, left: list[Element]) -> int:
        if self._is_told(element):
            return 1
        if self._is_way(element):
            return 1
        after = self.shown[0] if self.shown else None
        if after is not None and element.last == after.first and self.rank is None:
            # Of “population density” the last word says what is asked for.
            self.guesses += 1
            return 1
        has_owner = any(each.kind in {"thing", "property"} for each in left)
        if before is not None and before.kind == "superlative" and has_owner and self.rank is None:
            column = self._nearest(element.columns, next((e.tables for e in left[::-1] if e.tables), ()))
            self._ranked(Rank(before.is_low, column=column))
            return 2
        if before is not None and before.kind == "superlative" and not has_owner:
            self.figure = "min" if before.is_low else "max"
            self.shown.insert(0, element)
            return 2
        if (
            self.rank is not None
            and self.rank.counted is None
            and self.inner is None
            and self.rank.column is None
        ):
            # “The area that is the largest”: of what, is not said.
            raise NoChain
        self.shown.insert(0, element)
        return 1

    def _is_told(self, element: Element) -> bool:
        """“With the capital Albany”: the value that follows is one of the property."""
        if not self.values or self.values[0].first - element.last > NEAR:
            return False
        if self.values[0].first > element.last:
            between = self.evidence.tokens[element.last].plain
            if between not in ("is", "named", "called", "are", "was"):
                return False
        for column, kept in self.values[0].values:
            if column in element.columns:
                self.related.append(Narrowing(column, "!=" if self.is_denied() else "=", kept))
                self.values = self.values[1:]
                return True
        return False

    def _is_way(self, element: Element) -> bool:
        """“Lines that cross regions”, where a line has a column “crosses”: how the two belong together."""
        other = self.inner or (self.rank.counted if self.rank is not None else None)
        if other is None:
            return False
        parents = {
            self.schema.columns[parent].table.index
            for link in self.schema.links
            for child, parent in link.columns
            if child in element.columns
        }
        return parents == {other.table}

    def _nearest(self, columns: tuple[int, ...], tables: tuple[int, ...]) -> int:
        def steps(column: int) -> int:
            ways = [self.schema.way(t, self.schema.columns[column].table.index) for t in tables]
            return min((len(way) for way in ways if way is not None), default=9)

        return min(columns, key=lambda column: (steps(column), column))

    # The end.

    def _ended(self) -> Draft:
        lead = self.row.lead
        if self.inner is None and not self.values and not self.related:
            raise NoChain
        if self.inner is None:
            self.inner = self._owner(lead)
        own = self.inner
        if self.rank is not None:
            own = self.first(own, self.rank)
        if self.related:
            own = self.narrowed(own, self.related)
        if self.negated:
            raise NoChain
        columns = [self._shown(element, own.table) for element in self.shown]
        if lead and lead != "where":
            columns = [self.led(own.table, lead, columns)]
        elif lead == "where":
            columns = [self.place(own.table)]
        elif not columns and not self.counts:
            columns = [self.display(own.table)]
        return self._select(own, columns)

    def _select(self, own: RowSet, columns: list[int]) -> Draft:
        tables = {self.schema.columns[column].table.index for column in columns}
        if len(tables) > 1:
            raise NoChain
        if tables and tables != {own.table}:
            own = self.belonging(RowSet(tables.pop()), own)
        if self.counts and not (self.row.lead and columns):
            if columns:
                return Draft(select=(Item("count", columns[0]),), where=own.where)
            if own.order:
                raise NoChain
            return Draft(select=(Item("count", ROWS),), tables=(own.table,), where=own.where)
        if len(columns) == 1 and not self.figure:
            inner = self.unwrapped(own, columns[0])
            if isinstance(inner, Narrowing) and isinstance(inner.value, Draft):
                return inner.value
        items = tuple(Item(self.figure, column) for column in dict.fromkeys(columns))
        if self.figure and own.order:
            raise NoChain
        return Draft(select=items, where=own.where, order=own.order, limit=own.limit, tables=())

    def _owner(self, lead: str) -> RowSet:
        """The rows of a property whose thing is not named: the population of Texas."""
        options: list[tuple[int, float, RowSet]] = []
        guesses = self.guesses
        if self.shown:
            tables = {self.schema.columns[c].table.index for c in self.shown[0].columns}
        elif lead and lead != "where":
            tables = {t.index for t in self.schema.tables if self.measure(t.index, lead) is not None}
        else:
            tables = {self.schema.columns[c].table.index for value in self.values for c, _ in value.values}
        for table in sorted(tables):
            own, cost = RowSet(table), 0
            try:
                for value in self.values:
                    own = self.with_value(own, value, None)
                if self.related:
                    own = self.narrowed(own, self.related)
            except NoChain:
                continue
            named = any(
                self.names_rows(self.schema.columns[n.column])
                for n in own.where
                if not isinstance(n.value, Draft)
            )
            cost = 0 if named else 1
            options.append((cost, -self.evidence.table_strength(self.schema.tables[table]), own))
        if not options:
            raise NoChain
        options.sort(key=lambda each: each[:2])
        self.guesses = guesses + options[0][0] + (len(options) > 1 and options[0][:2] == options[1][:2])
        self.values, self.related = [], []
        return options[0][2]

    def _shown(self, element: Element, table: int) -> int:
        own = [c for c in element.columns if self.schema.columns[c].table.index == table]
        if own:
            return own[0]
        if not self.may_join and len(self.shown) > 1:
            raise NoChain
        column = self._nearest(element.columns, (table,))
        self.guesses += 1
        return column
