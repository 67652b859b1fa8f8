"""Shares: of all groups, of what meets a condition, of one figure in another."""

from gridlens.analytics.ask.errors import PlanRefused
from gridlens.analytics.ask.plan import (
    Aggregate,
    AnyOf,
    Condition,
    Exists,
    Filter,
    IsNull,
    OneOf,
    Ratio,
    Share,
)
from gridlens.analytics.ask.sentences.wording import joined
from gridlens.analytics.ask.understanding.building import ENERGY_UNITS, SUMMED, Building
from gridlens.analytics.ask.understanding.lexicon import ColumnEntry, reference_to
from gridlens.analytics.ask.understanding.linking import FLOWS
from gridlens.analytics.ask.understanding.naming import figure_name, spoken, unique
from gridlens.analytics.ask.understanding.quantities import AS_SHARE
from gridlens.analytics.ask.understanding.terms import meant_by
from gridlens.analytics.ask.understanding.words import Word
from gridlens.analytics.ask.units import Quantity

_PART_OF = frozenset("in of from an am von der to".split())
_CLAUSES = frozenset(
    """with where when while whose that which who is are was were have has had mit bei wenn deren die ist
    sind haben""".split()
)
_SCOPES = frozenset(
    "in at by per for during on from since until before after each across im am pro je nach seit".split()
)
_MADE = frozenset(["generation"])
_SOURCES = frozenset(("solar", "wind", "hydro"))
_NAMED_WELL = 0.8
_UNSAID = 0.1


def _is_flow(word: Word) -> bool:
    return bool(meant_by(word.plain) & FLOWS)


class Shares(Building):
    def _share(self) -> None:
        measure = self.measures[0] if self.measures else None
        if not self.quantities.is_share or not isinstance(measure, Aggregate):
            return
        del self.measures[0]
        if self.quantities.is_missing:
            self._share_missing(measure)
            return
        parts = self._said_parts(is_count=measure.column.column == "*")
        times = self.times
        if not parts and (times.time_of_day or times.weekdays or times.months) and not self.dimensions:
            raise PlanRefused(
                "A share of some hours, days or months cannot be told by itself. Ask for the shares “by "
                "weekday”, “by hour of the day” or “by month”."
            )
        if not parts and self._share_of_other():
            return
        if not parts and self.dimensions:
            self.measures.insert(0, Share(of=measure, name=unique("share", self.names)))
            return
        if not parts:
            raise PlanRefused("A share needs parts to compare. Say by what to split, such as “by site”.")
        self._share_of_parts(measure, parts)

    def _share_of_parts(self, measure: Aggregate, places: list[int]) -> None:
        """How much of the figure belongs to what meets the conditions, for each group by itself."""
        kept: list[Condition] = []
        for place in sorted(places, reverse=True):
            part = self._drop_filter(place)
            if isinstance(part, AnyOf | Exists):
                raise PlanRefused(
                    "A share of rows that have related ones cannot be told. Name a value instead."
                )
            kept.insert(0, part)
        numerator = Aggregate(
            function=measure.function,
            column=measure.column,
            name=f"{measure.name}_part",
            unit=measure.unit,
            filters=tuple(kept),
        )
        self.measures.insert(
            0, Ratio(numerator=numerator, denominator=measure, name=unique("share", self.names), unit="%")
        )

    def _said_parts(self, *, is_count: bool) -> list[int]:
        """The filters that tell the part from the whole, by where their words stand.

        “The PV share of”, “the share of PV in”, “the share of hours with a negative price”. What else narrows
        the question narrows the whole.
        """
        start, end = next(
            ((note.first, note.last) for note in self.said if note.meaning == AS_SHARE), (None, None)
        )
        if start is None or end is None:
            return []
        where = {
            index: self._places(f"filter.{index}") or self._flow_places(each)
            for index, each in enumerate(self.filters)
        }
        found = [i for i, places in where.items() if any(last == start for _, last in places)]
        if not found:
            found = self._between(where, *self._before_whole(end))
        if not found:
            found = self._between(where, *self._clause(where, end))
        if not found:
            # “The share of generation from PV”.
            found = [i for i, places in where.items() if any(self._is_source(first) for first, _ in places)]
        if not found and is_count and self.draft.head is not None:
            # “The share of green tariffs”: the adjective before what is counted.
            found = self._between(where, end, self.draft.head.first)
        return found

    def _flow_places(self, each: Filter) -> list[tuple[int, int]]:
        """The words that a direction of flow was read from."""
        if not isinstance(each, OneOf) or len(each.values) > 1 or not isinstance(each.values[0], str):
            return []
        flows = meant_by(each.values[0].casefold()) & FLOWS
        return [(at, at + 1) for at, word in self.draft.content() if meant_by(word.plain) & flows]

    def _is_source(self, first: int) -> bool:
        return first > 0 and self.draft.question.words[first - 1].plain in ("from", "aus")

    @staticmethod
    def _between(where: dict[int, list[tuple[int, int]]], first: int, last: int) -> list[int]:
        return [i for i, places in where.items() if any(first <= a and b <= last for a, b in places)]

    def _before_whole(self, start: int) -> tuple[int, int]:
        """The words between “share of” and the “in” before the whole, where they are values alone."""
        words = self.draft.question.words
        split = next((at for at in range(start + 1, len(words)) if words[at].plain in _PART_OF), start)
        content = self.draft.content()
        measures = [entry for entry in self.lexicon.columns.values() if entry.is_measure]
        whole = [word for at, word in content if at > split]
        if not any(_is_flow(w) or any(e.match(w) >= _NAMED_WELL for e in measures) for w in whole):
            return start, start  # “the share of PV in Hamburg” does not say of what
        named = [word for index, word in content if start <= index < split and not _is_flow(word)]
        valued = [choice.column for mention, choice in self.focus.values if start <= mention.first < split]
        is_alone = all(
            any(max(column.match_own(word), column.table.match(word)) >= _NAMED_WELL for column in valued)
            for word in named
        )
        return (start, split) if is_alone else (start, start)

    def _clause(self, where: dict[int, list[tuple[int, int]]], start: int) -> tuple[int, int]:
        """The words from “with” on that belong to the condition, up to where or when it is asked about."""
        words = self.draft.question.words
        first = next((at for at in range(start, len(words)) if words[at].plain in _CLAUSES), len(words))
        last, covered = first + 1, {at for places in where.values() for a, b in places for at in range(a, b)}
        while last < len(words) and (last in covered or words[last].plain not in _SCOPES):
            last += 1
        return first, last

    def _share_of_other(self) -> bool:
        """“The share of wind in the net load”, “the solar share of generation”: a part of other figures."""
        note = next((note for note in self.said if note.meaning == AS_SHARE), None)
        if note is None:
            return False
        words, content = self.draft.question.words, self.draft.content()
        split = note.last - 1
        part = self._own_figure([word for index, word in content if index == note.first - 1])
        if part is None:
            split = next((i for i in range(note.last + 1, len(words)) if words[i].plain in _PART_OF), split)
            part = self._own_figure([word for index, word in content if note.last <= index < split])
        rest = [word for index, word in content if index > split]
        named = self._own_figure(rest)
        wholes = [named] if named is not None and named is not part else self._sources(rest)
        if part is None or not wholes or any(each.unit != part.unit for each in wholes):
            return False
        if len(wholes) > 1 and part not in wholes:
            return False
        self.used += [part, *wholes]
        unit = ENERGY_UNITS.get(part.unit or "")
        top, bottom, *further = (
            Aggregate(function="sum", column=each.reference, name=figure_name("sum", each), unit=unit)
            for each in (part, *wholes)
        )
        share = Ratio(
            numerator=top,
            denominator=bottom,
            further=tuple(further),
            name=unique("share", self.names),
            unit="%",
        )
        self.measures.insert(0, share)
        for index, word in content:
            if word in rest and meant_by(word.plain) & _MADE and len(wholes) > 1:
                self._note(index, index + 1, joined([spoken(each) for each in wholes]), "measure.0")
        return True

    def _sources(self, words: list[Word]) -> list[ColumnEntry]:
        """The columns that generation is made of, where no column of its own holds it: solar and wind."""
        if not any(meant_by(word.plain) & _MADE for word in words):
            return []
        found = [
            entry
            for entry in self._own(self.focus.base)
            if entry.is_measure
            and entry.quantity in (Quantity.ENERGY, Quantity.POWER)
            and entry.name.concepts & _SOURCES
        ]
        return found if len(found) > 1 else []

    def _own_figure(self, words: list[Word]) -> ColumnEntry | None:
        """The summable figure of the base that the words name best."""
        named = [
            (sum(entry.match_own(word) for word in words) - _UNSAID * len(entry.name.stems), entry)
            for entry in self._own(self.focus.base)
            if entry.is_measure and entry.quantity in (*SUMMED, Quantity.POWER)
            if any(entry.match_own(word) >= _NAMED_WELL for word in words)
        ]
        return max(named, key=lambda pair: pair[0], default=(0.0, None))[1]

    def _share_missing(self, measure: Aggregate) -> None:
        """How many of all rows have no value."""
        table = self.lexicon.tables[self.relations.key(measure.column)]
        column = self.focus.figure.column if self.focus.figure else self._main_figure(table)
        if column is None:
            raise PlanRefused(f"{table.table.name} has no figure that could be missing. Name the column.")
        rows = reference_to(table.key, "*")
        whole = Aggregate(function="count", column=rows, name=unique("row_count", self.names))
        empty = IsNull(column=column.reference)
        part = Aggregate(
            function="count", column=rows, name=unique("missing_count", self.names), filters=(empty,)
        )
        self.used.append(column)
        self.measures.append(
            Ratio(numerator=part, denominator=whole, name=unique("share", self.names), unit="%")
        )
