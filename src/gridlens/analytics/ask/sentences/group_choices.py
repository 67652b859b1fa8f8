"""Other groups, and further ones."""

from collections.abc import Iterator

from gridlens.analytics.ask.plan import Earlier, Last
from gridlens.analytics.ask.sentences.choices import Choice, Choices, column_id
from gridlens.analytics.ask.sentences.editing import (
    with_comparison,
    with_dimension,
    with_span,
    without_dimension,
)
from gridlens.analytics.ask.sentences.wording import GRAINS


class GroupChoices(Choices):
    def dimensions(self, index: int) -> Iterator[Choice]:
        current = self.plan.dimensions[index]
        others = [d for place, d in enumerate(self.plan.dimensions) if place != index]
        time_column = current.column if current.grain else self._time_column()
        if time_column is not None:
            for grain in self._grains(self.lexicon.column(time_column)):
                if not any(d.grain == grain for d in others):
                    yield (
                        f"grain:{grain}",
                        GRAINS[grain],
                        with_dimension(self.plan, index, time_column, grain, self.lexicon),
                    )
        taken = {d.column for d in others}
        for entry in self._groupable():
            if entry.reference not in taken:
                label = self.wording.column(entry.reference)
                yield (
                    column_id(entry),
                    label,
                    with_dimension(self.plan, index, entry.reference, None, self.lexicon),
                )
        if self.plan.measures:
            yield "remove", "not split", without_dimension(self.plan, index)

    def additions(self, _index: int) -> Iterator[Choice]:
        plan = self.plan
        time_column = self._time_column()
        if plan.measures and len(plan.dimensions) < 4:
            grained = {d.grain for d in plan.dimensions if d.grain}
            if time_column is not None and not grained:
                for grain in self._grains(self.lexicon.column(time_column)):
                    changed = with_dimension(plan, len(plan.dimensions), time_column, grain, self.lexicon)
                    yield f"grain:{grain}", f"by {GRAINS[grain]}", changed
            taken = {d.column for d in plan.dimensions}
            for entry in self._groupable():
                if entry.reference not in taken:
                    changed = with_dimension(plan, len(plan.dimensions), entry.reference, None, self.lexicon)
                    yield f"by {column_id(entry)}", f"by {self.wording.column(entry.reference)}", changed
        if plan.measures and plan.time is not None and plan.time.span is not None and plan.comparison is None:
            yield "compare", "compared with the period before", with_comparison(plan, Earlier())
        if time_column is not None and (plan.time is None or plan.time.span is None):
            yield "range", "only last month", with_span(plan, Last(unit="month"), self.lexicon)
