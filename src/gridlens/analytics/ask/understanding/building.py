"""What the parts of an assembly share: the question, its focus, and the plan as far as it has come."""

from dataclasses import replace

from gridlens.analytics.ask.plan import Dimension, Filter, Grain, Having, Listed, Measure, Order
from gridlens.analytics.ask.understanding.draft import Draft
from gridlens.analytics.ask.understanding.focus import Focus
from gridlens.analytics.ask.understanding.lexicon import ColumnEntry, TableEntry, reference_to
from gridlens.analytics.ask.understanding.linking import Figure
from gridlens.analytics.ask.understanding.question import Note
from gridlens.analytics.ask.units import Quantity

_OF_EACH = frozenset("per by for each every and pro je fuer jede jeder jedes jeden nach und".split())
ENERGY_UNITS = {"W": "kWh", "kW": "kWh", "MW": "MWh", "GW": "GWh"}
"""What power adds up to over time."""
POWER_UNITS = {"Wh": "W", "kWh": "kW", "MWh": "MW", "GWh": "GW"}
SUMMED = (Quantity.ENERGY, Quantity.MONEY, Quantity.MASS, Quantity.AREA)


class Building:
    """The plan of one focus of one draft, under construction."""

    def __init__(self, draft: Draft, focus: Focus, anchor: str) -> None:
        self.draft = draft
        self.focus = focus
        self.lexicon = draft.lexicon
        self.relations = draft.lexicon.relations
        self.quantities = draft.quantities
        self.times = draft.times
        self.anchor = anchor
        self.names: set[str] = set()
        # Every focus tells its own story of the same words, so it has notes of its own.
        self.said = [replace(note) for note in draft.question.notes]
        self.notes: list[Note] = []
        self.used: list[ColumnEntry | TableEntry] = [focus.base]
        self.assumed: list[str] = []
        self.filters: list[Filter] = []
        self.dimensions: list[Dimension] = []
        self.measures: list[Measure] = []
        self.columns: list[Listed] = []
        self.having: list[Having] = []
        self.order: list[Order] = []
        self.limit: int | None = draft.quantities.limit
        self.takes_extremes = False
        self.is_time_told = False
        self.second: Figure | None = None
        self.split_by: ColumnEntry | None = None

    def _note(self, first: int, last: int, meaning: str, slot: str, score: float = 1.0) -> None:
        is_mended = any(index in self.draft.question.mended for index in range(first, last))
        state = "assumed" if is_mended or score < 0.7 else "matched"
        if state == "assumed":
            self.assumed.append(slot)
        self.notes.append(Note(first, last, meaning, state, slot))  # type: ignore[arg-type]

    def _mark(self, first: int, last: int, slot: str) -> None:
        """Say which slot words led to that were read before there were slots."""
        for note in self.said:
            if (note.first, note.last) == (first, last):
                note.slot = slot

    def _own(self, table: TableEntry) -> list[ColumnEntry]:
        return [self.lexicon.columns[reference_to(table.key, column.name)] for column in table.table.columns]

    def _time_column(self) -> ColumnEntry | None:
        """The column the question's times mean: one named in it, else the base's main one."""
        words = [word for _, word in self.draft.content()]
        named = []
        for key in self.relations.ancestors(self.focus.base.key):
            for column in self.lexicon.tables[key].table.columns:
                entry = self.lexicon.columns[reference_to(key, column.name)]
                if entry.is_time and any(word.stem in entry.name.stems for word in words):
                    named.append(entry)
        if named:
            self.used.append(named[0])
            return named[0]
        main = self.relations.time_column(self.focus.base.key)
        return self.lexicon.column(main) if main is not None else None

    def _rate(self) -> Grain | None:
        """The time that an average is meant per: kilowatt-hours per day, not the readings of each day."""
        figure = self.focus.figure.column if self.focus.figure and self.focus.kind == "figure" else None
        if figure is None or self.quantities.function != "mean" or self.times.wants_trend:
            return None
        adds_up = figure.quantity in SUMMED and figure.table.table.interval_seconds is not None
        return self.times.rate if adds_up and self.quantities.superlative is None else None

    def _asks_extreme_of_each(self) -> bool:
        """“The highest price per month” is one for each month, “the month with the highest price” is not."""
        q = self.quantities
        if q.superlative_at is None or q.limit is not None or q.grain is not None:
            return False
        words = self.draft.question.words
        splits = [note for note in (*self.said, *self.notes) if (note.slot or "").startswith("dimension.")]
        return bool(splits) and all(
            note.first > q.superlative_at
            and any(word.plain in _OF_EACH for word in words[note.first : note.last][:2])
            for note in splits
        )

    def _asks_extreme_of_periods(self) -> bool:
        """“The highest monthly consumption by site” is that of a month, and one for each site."""
        ends = {note.last for note in self.said if note.slot in ("function", "order")}
        periods = [i for i, dimension in enumerate(self.dimensions) if dimension.grain is not None]
        return any(
            first in ends and last == first + 1
            for place in periods
            for first, last in self._places(f"dimension.{place}")
        )

    def _main_figure(self, table: TableEntry) -> ColumnEntry | None:
        return next((column for column in self._own(table) if column.is_measure), None)

    def _places(self, slot: str) -> list[tuple[int, int]]:
        """The words ``[first, last)`` that led to a slot."""
        return [
            (note.first, note.last)
            for note in (*self.said, *self.notes)
            if note.slot == slot and note.first < note.last
        ]

    def _drop_filter(self, index: int) -> Filter:
        """Take a filter out of the plan; the slots of those behind it move up."""
        for note in (*self.said, *self.notes):
            note.slot = _moved_up(note.slot, index)
        self.assumed = [slot for each in self.assumed if (slot := _moved_up(each, index)) is not None]
        return self.filters.pop(index)


def _moved_up(slot: str | None, removed: int) -> str | None:
    name, _, number = (slot or "").partition(".")
    if name != "filter" or not number.isdigit() or int(number) < removed:
        return slot
    return "measure.0" if int(number) == removed else f"filter.{int(number) - 1}"


def rows_have(table: TableEntry) -> str:
    return f"Rows of {table.table.name} have"
