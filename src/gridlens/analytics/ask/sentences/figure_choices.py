"""Other figures, other ways to sum them up, other units."""

from collections.abc import Iterator

from gridlens.analytics.ask.check import refusal_to_sum
from gridlens.analytics.ask.plan import (
    Aggregate,
    Difference,
    Function,
    Measure,
    QueryPlan,
    Ratio,
    Running,
    Share,
)
from gridlens.analytics.ask.relations import TableKey
from gridlens.analytics.ask.sentences.choices import Choice, Choices, column_id
from gridlens.analytics.ask.sentences.editing import (
    aggregate_of,
    as_share,
    moved_to,
    replaced,
    with_function,
    with_measure,
)
from gridlens.analytics.ask.sentences.wording import FUNCTIONS
from gridlens.analytics.ask.understanding.lexicon import reference_to
from gridlens.analytics.ask.understanding.naming import figure_name, output_name, thing, things, unique
from gridlens.analytics.ask.units import column_unit, factor, ladder

_ENERGY = ("kWh", "MWh", "GWh")
_POWER = ("kW", "MW", "GW")


class FigureChoices(Choices):
    def measures(self, index: int) -> Iterator[Choice]:
        measure = self.plan.measures[index]
        if isinstance(measure, Ratio | Difference):
            return
        if isinstance(measure, Running):
            plain = replaced(measure.of, name=measure.name)
            yield (
                "as figure",
                "as a figure of its own each time",
                with_measure(self.plan, index, plain, f"measure.{index}"),
            )
            return
        aggregate = aggregate_of(measure)
        if aggregate.column.column == "*":
            yield from self._counted(index)
            return
        for entry in [each for each in self.lexicon.columns.values() if each.is_measure]:
            function: Function = aggregate.function
            if function == "sum" and refusal_to_sum(None, entry.column, entry.table.table, None):
                function = "mean"
            names = {item.name for item in (*self.plan.dimensions, *self._other_measures(index))}
            changed = Aggregate(
                function=function,
                column=entry.reference,
                name=unique(figure_name(function, entry), names),
                level=aggregate.level if function == "quantile" else None,
                filters=aggregate.filters,
            )
            kept = replaced(measure, of=changed) if isinstance(measure, Share) else changed
            label = f"{self.wording.column(entry.reference)} ({thing(entry.table)})"
            plan = self._with_figure(index, kept, entry.table.key)
            if plan is not None:
                yield column_id(entry), label, plan
        if isinstance(measure, Share):
            yield "as figure", "as a figure", with_measure(self.plan, index, measure.of, f"measure.{index}")
        elif self.plan.dimensions and index == 0:
            yield "as share", "as a share of the total", as_share(self.plan)

    def _counted(self, index: int) -> Iterator[Choice]:
        for entry in self.lexicon.tables.values():
            names = {item.name for item in (*self.plan.dimensions, *self._other_measures(index))}
            changed = Aggregate(
                function="count",
                column=reference_to(entry.key, "*"),
                name=unique(output_name(f"{thing(entry)}_count"), names),
            )
            plan = self._with_figure(index, changed, entry.key)
            if plan is not None:
                yield f"{entry.key.schema}.{entry.key.name}", things(entry), plan

    def _other_measures(self, index: int) -> tuple[Measure, ...]:
        return self.plan.measures[:index] + self.plan.measures[index + 1 :]

    def _with_figure(self, index: int, measure: Measure, table: TableKey) -> QueryPlan | None:
        """The plan with another figure; None where the groups of the plan cannot split it."""
        aggregate = aggregate_of(self.plan.measures[index])
        if table == self.lexicon.relations.key(aggregate.column):
            return with_measure(self.plan, index, measure, f"measure.{index}")
        if len(self.plan.measures) > 1:
            # Figures of several tables meet in their groups, which few other tables could join.
            return None
        plan = moved_to(self.plan, table, self.lexicon)
        if isinstance(measure, Share) and not plan.dimensions:
            measure = measure.of
        return with_measure(plan, index, measure, f"measure.{index}")

    def functions(self, index: int) -> Iterator[Choice]:
        aggregate = aggregate_of(self.plan.measures[index])
        is_one = isinstance(self.plan.measures[index], Aggregate | Share)
        if aggregate.column.column == "*" or aggregate.times is not None or not is_one:
            return
        column = self.lexicon.relations.column(aggregate.column)
        table = self.lexicon.relations.table(aggregate.column)
        names: tuple[Function, ...] = ("sum", "mean", "median", "max", "min")
        for name in names:
            if name == "sum" and refusal_to_sum(self.plan, column, table, aggregate.unit):
                continue
            yield name, FUNCTIONS[name], with_function(self.plan, index, name, self.lexicon)

    def units(self, index: int) -> Iterator[Choice]:
        measure = self.plan.measures[index]
        aggregate = aggregate_of(measure)
        if (
            aggregate.column.column == "*"
            or aggregate.times is not None
            or not isinstance(measure, Aggregate)
        ):
            return
        column = self.lexicon.relations.column(aggregate.column)
        table = self.lexicon.relations.table(aggregate.column)
        own = column_unit(column)
        further = (*_ENERGY, *_POWER) if table.interval_seconds else ()
        for unit in dict.fromkeys((*([own] if own else []), *ladder(own), *further)):
            if factor(own, unit, table.interval_seconds) is None:
                continue
            if aggregate.function == "sum" and refusal_to_sum(self.plan, column, table, unit):
                continue
            changed = replaced(aggregate, unit=None if unit == own else unit)
            yield unit, unit, with_measure(self.plan, index, changed, f"unit.{index}")
