"""What a plan holds, the plans inside it included, for those who look for something in it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from gridlens.analytics.ask.check import conditions_of
from gridlens.analytics.ask.plan import (
    AnyOf,
    Between,
    ColumnRef,
    Compare,
    CompareAnswer,
    CompareColumns,
    Contains,
    Difference,
    Exists,
    InAnswer,
    IsNull,
    Measure,
    OneOf,
    QueryPlan,
    Ratio,
    Running,
    Share,
    aggregates,
)


@dataclass(slots=True)
class Anatomy:
    """What a plan holds, the plans inside it included."""

    functions: set[str] = field(default_factory=set)
    columns: set[ColumnRef] = field(default_factory=set)
    units: set[str] = field(default_factory=set)
    limits: set[int] = field(default_factory=set)
    negations: int = 0
    measures: int = 0
    is_share: bool = False
    is_ratio: bool = False
    is_difference: bool = False
    is_either: bool = False
    """Whether rows may meet one condition or another."""
    is_per_group: bool = False
    running: set[str] = field(default_factory=set)
    """The kinds of running figures: ``total``, ``mean``."""
    is_grouped: bool = False
    is_ordered: bool = False
    is_bounded: bool = False
    is_compared: bool = False
    is_mixed: bool = False
    """Whether several values that are asked for end up in one figure."""
    is_descending: bool | None = None
    """Of a plan that takes the first of an order."""

    @classmethod
    def of(cls, plan: QueryPlan) -> "Anatomy":
        found = cls()
        if plan.limit is not None and plan.order:
            found.is_descending = plan.order[0].descending
        found._add(plan)
        return found

    def _add(self, plan: QueryPlan) -> None:
        self.measures += len(plan.measures)
        for measure in plan.measures:
            self.is_share = self.is_share or isinstance(measure, Share) or _is_percentage(measure)
            self.is_ratio = self.is_ratio or isinstance(measure, Ratio)
            self.is_difference = self.is_difference or isinstance(measure, Difference)
            if isinstance(measure, Running):
                self.running.add("total" if measure.last is None else "mean")
            if isinstance(measure, Ratio) and measure.unit:
                self.units.add(measure.unit)
            for aggregate in aggregates(measure):
                self.functions.add(aggregate.function)
                self.columns.add(aggregate.column)
                if aggregate.unit:
                    self.units.add(aggregate.unit)
                self._add_conditions(aggregate.filters)
        for listed in plan.columns:
            self.columns.add(listed.column)
            if listed.unit:
                self.units.add(listed.unit)
        self.columns |= {dimension.column for dimension in plan.dimensions}
        self.is_grouped = self.is_grouped or bool(plan.dimensions)
        self.is_ordered = self.is_ordered or bool(plan.order)
        self.is_compared = self.is_compared or plan.comparison is not None
        if plan.measures and not any(dimension.grain is None for dimension in plan.dimensions):
            self.is_mixed = any(
                isinstance(each, OneOf) and len(each.values) > 1 and not each.negated for each in plan.filters
            )
        if plan.limit is not None:
            self.limits.add(plan.limit)
        for having in plan.having:
            self.is_bounded = True
            self.negations += having.operator in ("ne", "eq", "lt", "le")
        for each in plan.filters:
            if isinstance(each, Exists):
                self.negations += each.negated
                self.is_bounded = True
        self._add_conditions(conditions_of(plan.filters))
        self.is_either = self.is_either or any(isinstance(each, AnyOf) for each in plan.filters)
        self.is_per_group = self.is_per_group or plan.limit_per is not None
        if plan.combined is not None:
            self.negations += plan.combined.operator == "except"
            self._add(plan.combined.plan)

    def _add_conditions(self, conditions: "Sequence[object] | Iterator[object]") -> None:
        for each in conditions:
            match each:
                case OneOf():
                    is_no = len(each.values) == 1 and each.values[0] is False
                    self.negations += each.negated != is_no
                case Between():
                    self.negations += each.negated
                    self.is_bounded = True
                case Contains():
                    self.negations += each.negated
                case IsNull():
                    self.negations += 1
                case Compare() | CompareColumns():
                    self.negations += each.operator in ("ne", "eq", "lt", "le")
                    self.is_bounded = True
                case CompareAnswer():
                    self.is_bounded = True
                    self._add(each.plan)
                case InAnswer():
                    self.negations += each.negated
                    self._add(each.plan)
            if isinstance(each, OneOf | Between | Contains | IsNull | Compare | CompareColumns):
                self.columns.add(each.column)


def _is_percentage(measure: Measure) -> bool:
    return isinstance(measure, Ratio) and measure.unit == "%"
