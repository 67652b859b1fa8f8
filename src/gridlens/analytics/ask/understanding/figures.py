"""Figures: what is counted, summed, averaged, shared or divided."""

from gridlens.analytics.ask.check import refusal_to_sum
from gridlens.analytics.ask.errors import PlanRefused
from gridlens.analytics.ask.plan import Aggregate, Function, IsNull, OneOf, Ratio, Share
from gridlens.analytics.ask.understanding.building import Building
from gridlens.analytics.ask.understanding.focus import TIME_NOUNS
from gridlens.analytics.ask.understanding.lexicon import ColumnEntry, reference_to
from gridlens.analytics.ask.understanding.linking import Figure, asks_for_energy, asks_for_power
from gridlens.analytics.ask.understanding.naming import figure_name, output_name, spoken, thing, unique
from gridlens.analytics.ask.understanding.question import Note
from gridlens.analytics.ask.understanding.words import Word
from gridlens.analytics.ask.units import Quantity, factor, quantity_of
from gridlens.shared.results import Kind

_SUMMED = (Quantity.ENERGY, Quantity.MONEY, Quantity.MASS, Quantity.AREA)
_TOO_FAR = -1.0
_ENERGY_UNITS = {"W": "kWh", "kW": "kWh", "MW": "MWh", "GW": "GWh"}
_POWER_UNITS = {"Wh": "W", "kWh": "kW", "MWh": "MW", "GWh": "GW"}
_GUESSES: dict[Function, str] = {
    "mean": "averaged",
    "sum": "summed",
    "max": "highest value",
    "min": "lowest value",
}


class Figures(Building):
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
            self.measures.append(Aggregate(function="count", column=rows, name=name, unit=unit))
        if self.quantities.is_share:
            self._share()

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
        if self.quantities.per_unit is not None and self._per_unit(column, function, unit):
            return
        measure = Aggregate(
            function=function,
            column=column.reference,
            name=unique(figure_name(function, column, unit), self.names),
            unit=unit if unit != column.unit else None,
            level=self.quantities.level if function == "quantile" else None,
        )
        if is_guess:
            self.assumed.append("function.0")
            self.notes.append(Note(0, 0, _GUESSES[function], "assumed", "function.0"))
        self.measures.append(measure)
        if self.quantities.is_share:
            self._share()
        if self.second is not None:
            self._second_figure(self.second)

    def _second_figure(self, figure: Figure) -> None:
        column = figure.column
        self.used.append(column)
        is_summed = column.quantity in _SUMMED and self.quantities.function != "mean"
        function: Function = "sum" if is_summed else "mean"
        name = unique(figure_name(function, column), self.names)
        if not is_summed:
            self.assumed.append(f"function.{len(self.measures)}")
        self.measures.append(Aggregate(function=function, column=column.reference, name=name))

    def _function(self, column: ColumnEntry, words: list[Word]) -> tuple[Function, str | None, bool]:
        """How the column is summed up, in which unit, and whether that was guessed."""
        table, asked = column.table.table, self.quantities.function
        is_series = table.interval_seconds is not None
        unit = self.quantities.unit
        if unit is None and is_series and column.quantity is Quantity.ENERGY and asks_for_power(words):
            unit = _POWER_UNITS.get(column.unit or "")
        if unit is None and is_series and column.quantity is Quantity.POWER and asked in (None, "sum"):
            wants_energy = asked == "sum" or (asks_for_energy(words) and self._says_amount())
            unit = _ENERGY_UNITS.get(column.unit or "") if wants_energy else None
        wanted = quantity_of(unit) or column.quantity
        function: Function = asked or (
            "sum" if wanted in _SUMMED else "mean" if is_series or wanted else "sum"
        )
        if asked is None and wanted in (Quantity.POWER,) and not is_series:
            function = "sum"
        if self.quantities.superlative and asked is None and not self._ranks_groups():
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

    def _would_repeat(self) -> bool:
        ups = self.relations.ancestors(self.focus.base.key)
        return any(target.table.key not in ups for _, target in self.focus.groups)

    def _says_amount(self) -> bool:
        plain = {word.plain for word in self.draft.question.words}
        return bool(plain & {"much", "viel", "wieviel"}) or not plain & {"average", "mean"}

    def _ranks_groups(self) -> bool:
        return bool(self.focus.groups) or self.quantities.grain is not None or self.times.grain is not None

    def _share(self) -> None:
        measure = self.measures.pop()
        if not isinstance(measure, Aggregate):
            self.measures.append(measure)
            return
        if self.quantities.is_missing:
            self._share_missing(measure)
            return
        if self.dimensions:
            self.measures.append(Share(of=measure, name=unique("share", self.names)))
            return
        parts = [each for each in self.filters if isinstance(each, OneOf)]
        said = [
            each
            for mention, choice in self.focus.values
            for each in parts
            if each.column == choice.column.reference
        ]
        if not said:
            raise PlanRefused("A share needs parts to compare. Say by what to split, such as “by site”.")
        part = said[0]
        self.filters.remove(part)
        numerator = Aggregate(
            function=measure.function,
            column=measure.column,
            name=f"{measure.name}_part",
            unit=measure.unit,
            filters=(part,),
        )
        self.measures.append(
            Ratio(numerator=numerator, denominator=measure, name=unique("share", self.names), unit="%")
        )

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
