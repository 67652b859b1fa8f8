"""Two figures made one: a ratio, a difference, or a figure at the time when another was highest."""

from dataclasses import dataclass, field

from msgspec.structs import replace as replaced

from gridlens.analytics.ask.errors import PlanRefused
from gridlens.analytics.ask.plan import Aggregate, Condition, Difference, Function, OneOf, Ratio
from gridlens.analytics.ask.understanding.building import ENERGY_UNITS, POWER_UNITS, SUMMED, Building
from gridlens.analytics.ask.understanding.lexicon import ColumnEntry
from gridlens.analytics.ask.understanding.linking import FLOWS, Figure, asks_for_power
from gridlens.analytics.ask.understanding.naming import figure_name, output_name, spoken, unique
from gridlens.analytics.ask.understanding.question import Note
from gridlens.analytics.ask.understanding.terms import meant_by
from gridlens.analytics.ask.understanding.words import Word, stem
from gridlens.analytics.ask.units import Quantity

_NAMED = 0.6
_NEARER = 0.3
_NEARBY = 0.35


@dataclass(slots=True)
class _Side:
    column: ColumnEntry
    function: Function
    filters: list[Condition] = field(default_factory=list)
    unit: str | None = None


def _nearness(figure: Figure, words: list[Word]) -> float:
    """“Bought and sold volume”: a direction alone is one of the figure that the other words name."""
    is_direction = bool(figure.flows) and all(meant_by(word.plain) & FLOWS for word in words)
    is_named = bool(figure.flows) or any(figure.column.match(word) >= _NAMED for word in words)
    return 1.0 if is_direction else _NEARER if is_named else 0.0


class Pairs(Building):
    def _pair(self) -> None:
        """“The ratio of export to import”, “the highest price minus the lowest”."""
        pair, words = self.quantities.pair, self.draft.question.words
        assert pair is not None  # noqa: S101 -- asked only where there is one
        regions = (range(pair.first, pair.split), range(pair.split + 1, len(words)))
        named = [[w for at, w in self.draft.content() if at in region] for region in regions]
        found = [self._best_figure(each) for each in named]
        if found[0] is None and found[1] is None:
            raise PlanRefused(f"Name both figures of the {pair.kind}.")
        apart = self._values_apart(regions)
        is_told = all(found) or all(apart) or None not in pair.functions
        if not is_told:
            # “Consumption minus average” does not say the average of what, over what.
            raise PlanRefused(f"Name both figures of the {pair.kind}.")
        sides = []
        for mine, other, said, values in zip(found, reversed(found), pair.functions, apart, strict=True):
            # “Consumption of one site minus another” names the figure and its direction once for both.
            figure = mine or other
            assert figure is not None  # noqa: S101 -- one of the two is there
            function = said or (next(filter(None, pair.functions), None) if mine is None else None)
            is_sum = figure.column.quantity in SUMMED and not self._is_rate(figure.column)
            side = _Side(figure.column, function or ("sum" if is_sum else "mean"), [*values])
            is_series = figure.column.table.table.interval_seconds is not None
            if is_series and side.function != "sum" and asks_for_power([*named[0], *named[1]]):
                side.unit = POWER_UNITS.get(figure.column.unit or "")
            seen = {each.column for each in (*self.filters, *values) if isinstance(each, OneOf)}
            for _, choice, _ in figure.flows:
                if choice.column.reference not in seen:
                    seen.add(choice.column.reference)
                    side.filters.append(OneOf(column=choice.column.reference, values=(choice.value,)))
                    self.used.append(choice.column)
            self.used.append(figure.column)
            sides.append(side)
        self._level(sides, [said for said in pair.functions if said is not None])
        is_alike = sides[0].column is sides[1].column and sides[0].function == sides[1].function
        if is_alike and (not sides[0].filters or not sides[1].filters):
            # The one would be part of the other, or the very same.
            raise PlanRefused(
                f"Both figures of the {pair.kind} would be {spoken(sides[0].column)}. Name two."
            )
        self._join(pair.kind, *[self._aggregate(side) for side in sides])

    @staticmethod
    def _level(sides: list[_Side], said: list[Function]) -> None:
        """A total beside a mean would change with the number of readings; nobody asked for such a pair."""
        if said or {side.function for side in sides} != {"sum", "mean"}:
            return
        mean, total = sorted(sides, key=lambda side: side.function)
        energy = ENERGY_UNITS.get(mean.column.unit or "")
        if energy is not None and mean.column.table.table.interval_seconds is not None:
            is_energy = total.column.quantity is Quantity.ENERGY
            mean.function, mean.unit = "sum", total.column.unit if is_energy else energy
            return
        for side in sides:
            side.function = "mean"

    def _join(self, kind: str, one: Aggregate, other: Aggregate) -> None:
        units = [each.unit or self.lexicon.column(each.column).unit for each in (one, other)]
        if kind == "difference":
            name = unique(output_name(f"{one.name}_less_{other.name}"), self.names)
            self.measures.append(Difference(minuend=one, subtrahend=other, name=name))
            return
        shown = f"{units[0] or ''}/{units[1]}" if units[1] and units[0] != units[1] else None
        name = unique("ratio", self.names)
        self.measures.append(Ratio(numerator=one, denominator=other, name=name, unit=shown))

    def _aggregate(self, side: _Side) -> Aggregate:
        flow = "_".join(
            str(value) for each in side.filters if isinstance(each, OneOf) for value in each.values
        )
        name = figure_name(side.function, side.column, side.unit)
        return Aggregate(
            function=side.function,
            column=side.column.reference,
            name=unique(output_name(f"{flow}_{name}" if flow else name), self.names),
            unit=side.unit if side.unit != side.column.unit else None,
            filters=tuple(side.filters),
        )

    def _is_rate(self, column: ColumnEntry) -> bool:
        return column.unit is not None and "/" in column.unit

    def _best_figure(self, words: list[Word]) -> Figure | None:
        """The figure that the words of one side name, that of the question's own table first."""
        if not words:
            return None
        own = self.focus.base.key
        told = self.focus.figure.column if self.focus.figure is not None else None
        named = [
            (figure.score + (_nearness(figure, words) if figure.column is told else 0.0), figure)
            for figure in self.draft.linker.figures(words)
            if self._is_named(figure, words, is_told=figure.column is told)
            and self.draft.linker.distance(own, figure.column.table.key, for_group=False) > -1
        ]
        return max(named, key=lambda pair: pair[0], default=(0.0, None))[1]

    @staticmethod
    def _is_named(figure: Figure, words: list[Word], *, is_told: bool) -> bool:
        is_flow = bool(figure.flows) and figure.strength >= _NAMED
        is_near = is_told and figure.strength >= _NEARBY
        return is_flow or is_near or any(figure.column.match(word) >= _NAMED for word in words)

    def _values_apart(self, regions: tuple[range, range]) -> tuple[list[Condition], list[Condition]]:
        """Values of one column of which each side names its own; they narrow that side alone."""
        sides: tuple[list[Condition], list[Condition]] = ([], [])
        for index in reversed(range(len(self.filters))):
            each = self.filters[index]
            if not isinstance(each, OneOf) or each.negated:
                continue
            values = [
                [
                    choice.value
                    for mention, choice in self.focus.values
                    if choice.column.reference == each.column and mention.first in region
                ]
                for region in regions
            ]
            if values[0] and values[1]:
                self._drop_filter(index)
                for side, own in zip(sides, values, strict=True):
                    side.append(OneOf(column=each.column, values=tuple(dict.fromkeys(own))))
        return sides

    def _at_extreme(self, measure: Aggregate) -> None:
        """“The load on the windiest day”: ranked by the wind, of which the load is told."""
        if len(self.dimensions) > 1 or self.quantities.is_ranked_twice:
            raise PlanRefused(
                "What was highest at the time of another extreme cannot be told for several things. Ask "
                "when that was first, and then for that day."
            )
        hint = self.quantities.hint or ""
        word = Word(hint, hint, stem(hint), 0, 0)
        column = self._ranking_column(word)
        if column is None:
            raise PlanRefused(f"Nothing here tells the {hint}, so no time can be ranked by it.")
        if column.reference == measure.column:
            return
        self.used.append(column)
        self._keep_with(measure, column)
        ranked = Aggregate(
            function="mean",
            column=column.reference,
            name=unique(figure_name("mean", column), self.names),
            filters=tuple(self._values_of(column)),
            is_shown=False,
        )
        self.measures.append(ranked)
        self.notes.append(Note(0, 0, f"ranked by the average {spoken(column)}", "matched", "order"))

    def _ranking_column(self, word: Word) -> ColumnEntry | None:
        own = self.focus.base.key
        named = [
            (entry.match_own(word) + (_NEARER if entry.table.key == own else 0.0), entry)
            for entry in self.lexicon.columns.values()
            if entry.is_measure
            and entry.match_own(word) >= _NAMED
            and self.relations.time_column(entry.table.key) is not None
            # The windiest day is one of the weather, whatever turbines make of it.
            and entry.quantity not in (*SUMMED, Quantity.POWER)
        ]
        return max(named, key=lambda pair: pair[0], default=(0.0, None))[1]

    def _keep_with(self, measure: Aggregate, other: ColumnEntry) -> None:
        """Conditions that the other figure's table knows nothing of narrow the first figure alone."""
        ups = self.relations.ancestors(other.table.key)
        own: list[Condition] = []
        for index in reversed(range(len(self.filters))):
            each = self.filters[index]
            if not isinstance(each, OneOf):
                continue
            key = self.relations.key(each.column)
            is_theirs = key == other.table.key and key not in self.relations.ancestors(self.focus.base.key)
            if key in ups and not is_theirs:
                continue
            self._drop_filter(index)
            if not is_theirs:
                own.insert(0, each)
        place = self.measures.index(measure)
        self.measures[place] = replaced(measure, filters=(*measure.filters, *own))

    def _values_of(self, column: ColumnEntry) -> list[Condition]:
        """Values of the question that the table of the figure has too: the coldest day in that city."""
        found: list[Condition] = []
        for mention, _ in self.focus.values:
            choice = next((c for c in mention.choices if c.column.table is column.table), None)
            if choice is not None:
                condition = OneOf(
                    column=choice.column.reference, values=(choice.value,), negated=mention.is_negated
                )
                found.append(condition)
        return found
