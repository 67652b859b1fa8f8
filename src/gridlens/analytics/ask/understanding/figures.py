"""Figures: what is counted, summed, averaged, shared or divided."""

from gridlens.analytics.ask.check import refusal_to_sum
from gridlens.analytics.ask.errors import PlanRefused
from gridlens.analytics.ask.plan import Aggregate, ColumnRef, Function, Grain, Ratio, Running
from gridlens.analytics.ask.understanding.building import ENERGY_UNITS, POWER_UNITS, SUMMED
from gridlens.analytics.ask.understanding.focus import TIME_NOUNS
from gridlens.analytics.ask.understanding.lexicon import ColumnEntry, reference_to
from gridlens.analytics.ask.understanding.linking import Figure, asks_for_energy, asks_for_power
from gridlens.analytics.ask.understanding.naming import (
    figure_name,
    output_name,
    running_name,
    spoken,
    thing,
    unique,
)
from gridlens.analytics.ask.understanding.pairs import Pairs
from gridlens.analytics.ask.understanding.question import Note
from gridlens.analytics.ask.understanding.shares import Shares
from gridlens.analytics.ask.understanding.words import Word
from gridlens.analytics.ask.units import Quantity, factor, quantity_of
from gridlens.shared.results import Kind

_TOO_FAR = -1.0
_RATES: dict[Grain, str] = {"minute15": "quarter_hour"}
_AMOUNTS = frozenset(
    """cost costs spend spent spending bill bills expense expenses kosten ausgaben emission emissions
    emissionen footprint""".split()
)
_GUESSES: dict[Function, str] = {
    "mean": "averaged",
    "sum": "summed",
    "max": "highest value",
    "min": "lowest value",
}


class Figures(Shares, Pairs):
    def _count(self) -> None:
        target, figure = self.focus.target, self.focus.figure
        if target is not None and isinstance(target.entry, ColumnEntry):
            column = target.entry
            self.used.append(column)
            name = unique(output_name(f"{spoken(column)}_count"), self.names)
            self.measures.append(Aggregate(function="count_distinct", column=column.reference, name=name))
        else:
            rows = reference_to(self.focus.base.key, "*")
            unit = None
            if figure is not None:
                self.used.append(figure.column)
                unit = self._counted_time()
            name = unique(
                "hours" if unit == "h" else output_name(f"{thing(self.focus.base)}_count"), self.names
            )
            self.measures.append(
                self._running(Aggregate(function="count", column=rows, name=name, unit=unit))
            )

    def _running(self, measure: Aggregate) -> Aggregate | Running:
        run = self.quantities.run
        if run is None:
            return measure
        name = unique(running_name(measure.name, run.last, run.grain), self.names)
        return Running(of=measure, name=name, last=run.last)

    def _load_factor(self, column: ColumnEntry) -> None:
        """How much of its peak a load is on average, that of many things together."""
        unit = POWER_UNITS.get(column.unit or "", column.unit)
        mean, peak = (
            Aggregate(
                function=function,
                column=column.reference,
                name=unique(figure_name(function, column, unit), self.names),
                unit=unit if unit != column.unit else None,
                at_once=True,
            )
            for function in ("mean", "max")
        )
        self.measures.append(Ratio(numerator=mean, denominator=peak, name=unique("load_factor", self.names)))

    def _counted_time(self) -> str | None:
        words = {word.plain for word in self.draft.question.words}
        for index, word in enumerate(self.draft.question.words):
            if word.plain in TIME_NOUNS and self.draft.question.free(index):
                self._note(index, index + 1, f"rows of {self.focus.base.table.name}", "measure.0")
        if {"day", "days", "tage"} & words:
            time = self._time_column()
            if time is None or time.column.kind is not Kind.DATE:
                raise PlanRefused(
                    f"{self.focus.base.table.name} has several rows a day, so days cannot be counted."
                )
        is_quarter = {"quarter", "viertelstunden", "viertelstunde"} & words
        if not {"hour", "hours", "stunden", "stunde"} & words or is_quarter:
            return None
        if self.focus.base.table.interval_seconds is None:
            raise PlanRefused(
                f"The step of {self.focus.base.table.name} is not known, so hours cannot be counted."
            )
        return "h"

    def _figure(self) -> None:
        assert self.focus.figure is not None  # noqa: S101 -- the focus is of this kind
        column = self.focus.figure.column
        self.used.append(column)
        words = [word for _, word in self.draft.content()]
        function, unit, is_guess = self._function(column, words)
        if self.quantities.is_load_factor:
            self._load_factor(column)
            return
        if self.quantities.per_unit is not None and self._per_unit(column, function, unit):
            return
        if (rate := self._rate()) is not None and (time := self._time_column()) is not None:
            self._per_time(column, time, rate, unit)
            return
        measure = Aggregate(
            function=function,
            column=column.reference,
            name=unique(figure_name(function, column, unit), self.names),
            unit=unit if unit != column.unit else None,
            level=self.quantities.level if function == "quantile" else None,
            weight=self._weight(column) if function == "mean" else None,
        )
        if is_guess:
            self.assumed.append("function.0")
            self.notes.append(Note(0, 0, _GUESSES[function], "assumed", "function.0"))
        self.measures.append(self._running(measure))
        if self.quantities.at_extreme:
            self._at_extreme(measure)
        if self.second is not None:
            self._second_figure(self.second)

    def _weight(self, column: ColumnEntry) -> ColumnRef | None:
        """What a mean is weighted by: what was agreed on, or for a weighted price the volume beside it."""
        beside = [entry for entry in self._own(column.table) if entry is not column]
        agreed = next((entry for entry in beside if entry.column.name == column.column.weighted_by), None)
        if agreed is None and self.quantities.is_weighted:
            agreed = next(
                (entry for entry in beside if entry.is_measure and entry.quantity is Quantity.ENERGY), None
            )
            if agreed is None:
                raise PlanRefused(
                    f"Beside {spoken(column)} there is no volume to weight it by. Say under the terms of "
                    "this source what it is weighted by, or ask for the plain average."
                )
        if agreed is None:
            return None
        if not self.quantities.is_weighted:
            self.notes.append(
                Note(0, 0, f"weighted by {spoken(agreed)}, as defined here", "matched", "function.0")
            )
        return agreed.reference

    def _second_figure(self, figure: Figure) -> None:
        column = figure.column
        self.used.append(column)
        is_summed = column.quantity in SUMMED and self.quantities.function != "mean"
        first = self.measures[0] if self.measures else None
        unit = None
        if column.quantity is Quantity.POWER and isinstance(first, Aggregate) and first.function == "sum":
            # Energy stands beside energy.
            unit = ENERGY_UNITS.get(column.unit or "")
            is_summed = unit is not None and column.table.table.interval_seconds is not None
            unit = unit if is_summed else None
        function: Function = "sum" if is_summed else "mean"
        name = unique(figure_name(function, column, unit), self.names)
        if not is_summed:
            self.assumed.append(f"function.{len(self.measures)}")
        self.measures.append(Aggregate(function=function, column=column.reference, name=name, unit=unit))

    def _function(self, column: ColumnEntry, words: list[Word]) -> tuple[Function, str | None, bool]:
        """How the column is summed up, in which unit, and whether that was guessed."""
        table, asked = column.table.table, self.quantities.function
        self._refuse_amount_of_rate(column, words)
        is_series = table.interval_seconds is not None
        unit = self.quantities.unit
        if unit is None and is_series and column.quantity is Quantity.ENERGY and asks_for_power(words):
            unit = POWER_UNITS.get(column.unit or "")
        adds_up = (quantity_of(unit) or column.quantity) in SUMMED or asks_for_energy(words)
        if adds_up and asked in ("max", "min") and self._asks_extreme_of_periods():
            # “The maximum daily consumption” is that of a day, not of one of its readings.
            self.quantities.superlative, asked = ("desc" if asked == "max" else "asc"), None
        if unit is None and is_series and column.quantity is Quantity.POWER and asked in (None, "sum"):
            run = self.quantities.run
            is_total = asked == "sum" or (run is not None and run.last is None) or self.quantities.is_share
            wants_energy = is_total or (asks_for_energy(words) and self._says_amount())
            unit = ENERGY_UNITS.get(column.unit or "") if wants_energy else None
        wanted = quantity_of(unit) or column.quantity
        function: Function = asked or (
            "sum" if wanted in SUMMED else "mean" if is_series or wanted else "sum"
        )
        if asked is None and wanted in (Quantity.POWER,) and not is_series:
            function = "sum"
        self.takes_extremes = asked is None and wanted not in SUMMED and self._asks_extreme_of_each()
        if self.takes_extremes or (
            self.quantities.superlative and asked is None and not self._ranks_groups()
        ):
            function = "max" if self.quantities.superlative == "desc" else "min"
            return function, unit, False
        if asked is None and self.quantities.superlative and self._would_repeat():
            # Each group keeps its own extreme, which no repeated row can change.
            return ("max" if self.quantities.superlative == "desc" else "min"), unit, False
        refused = refusal_to_sum(None, column.column, table, unit) if function == "sum" else None
        if refused is not None:
            self.notes.append(Note(0, 0, f"average, as {refused.partition(';')[0]}", "assumed", "function.0"))
            self.assumed.append("function.0")
            return "mean", unit, False
        return function, unit, asked is None and function != "sum"

    def _refuse_amount_of_rate(self, column: ColumnEntry, words: list[Word]) -> None:
        """A price is no cost: what energy costs is their product, which no single column holds."""
        q = self.quantities
        if q.function not in (None, "sum") or q.superlative or q.per_unit:
            return
        said = next((word for word in words if word.plain in _AMOUNTS), None)
        if said is not None and column.quantity in (Quantity.PRICE, Quantity.INTENSITY):
            raise PlanRefused(
                f"“{said.text}” is an amount, and {spoken(column)} is in {column.unit}. Write its SQL "
                f"once and verify it for these words, or ask for the average {spoken(column)}."
            )

    def _would_repeat(self) -> bool:
        ups = self.relations.ancestors(self.focus.base.key)
        return any(target.table.key not in ups for _, target in self.focus.groups)

    def _says_amount(self) -> bool:
        plain = {word.plain for word in self.draft.question.words}
        return bool(plain & {"much", "viel", "wieviel"}) or not plain & {"average", "mean"}

    def _ranks_groups(self) -> bool:
        return bool(self.focus.groups) or self.quantities.grain is not None or self.times.grain is not None

    def _per_unit(self, column: ColumnEntry, function: Function, unit: str | None) -> bool:
        """A ratio to a column in the unit after “per”; false where the column is per that unit itself."""
        per = self.quantities.per_unit
        if column.unit and column.unit.endswith(f"/{per}"):
            return False
        bottom = self._nearest_in(per, column)
        if bottom is None:
            raise PlanRefused(f"Nothing here is measured in {per}, so nothing can be divided by it.")
        self.used.append(bottom)
        top = Aggregate(
            function="sum" if function == "mean" else function,
            column=column.reference,
            name=unique(figure_name("sum", column), self.names),
            unit=unit if unit != column.unit else None,
        )
        lower = Aggregate(
            function="sum",
            column=bottom.reference,
            name=unique(figure_name("sum", bottom), self.names),
            unit=per if per != bottom.unit else None,
        )
        name = unique(output_name(f"{top.name}_per_{per}".replace("²", "2")), self.names)
        shown = f"{unit or column.unit or ''}/{per}".lstrip("/")
        self.measures.append(Ratio(numerator=top, denominator=lower, name=name, unit=shown))
        return True

    def _per_time(self, column: ColumnEntry, time: ColumnEntry, rate: Grain, unit: str | None) -> None:
        """The sum divided by the days, or months, that have readings: the mean of the daily sums."""
        top = Aggregate(
            function="sum",
            column=column.reference,
            name=unique(figure_name("sum", column, unit), self.names),
            unit=unit if unit != column.unit else None,
        )
        spoken_rate = _RATES.get(rate, rate)
        times = Aggregate(
            function="count_distinct",
            column=time.reference,
            name=unique(output_name(f"{spoken_rate}s"), self.names),
            grain=rate,
        )
        name = unique(output_name(f"{top.name}_per_{spoken_rate}"), self.names)
        shown = f"{unit or column.unit or ''}/{'h' if rate == 'hour' else spoken_rate.replace('_', ' ')}"
        self.measures.append(Ratio(numerator=top, denominator=times, name=name, unit=shown.lstrip("/")))
        for note in self.said:
            if note.slot == "grain" and rate == self.times.rate:
                note.meaning = f"per {spoken_rate.replace('_', ' ')}"

    def _nearest_in(self, unit: str | None, other: ColumnEntry) -> ColumnEntry | None:
        """The figure measured in a unit that is nearest to the base, other than the one divided."""

        def distance(entry: ColumnEntry) -> float:
            return self.draft.linker.distance(self.focus.base.key, entry.table.key, for_group=False)

        fitting = [
            entry
            for entry in self.lexicon.columns.values()
            if entry.is_measure and entry is not other and unit and factor(entry.unit, unit) is not None
        ]
        near = [entry for entry in fitting if distance(entry) > _TOO_FAR]
        return max(near, key=distance, default=None)
