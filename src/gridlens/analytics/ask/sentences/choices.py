"""What all slots of a sentence stand on: the plan, the source, and what could split or time it."""

import math
from collections.abc import Iterator

from gridlens.analytics.ask.plan import ColumnRef, Grain, QueryPlan
from gridlens.analytics.ask.sentences.editing import aggregate_of, base_of
from gridlens.analytics.ask.sentences.wording import GRAINS, Wording
from gridlens.analytics.ask.understanding.lexicon import ColumnEntry, Lexicon, reference_to
from gridlens.shared.results import Kind

Choice = tuple[str, str, QueryPlan]
"""An option's id, its label, and the plan it makes."""


class Choices:
    """The choices of one plan over one source."""

    def __init__(self, plan: QueryPlan, lexicon: Lexicon) -> None:
        self.plan = plan
        self.lexicon = lexicon
        self.wording = Wording(lexicon)
        self.base = base_of(plan, lexicon)

    def _time_column(self) -> ColumnRef | None:
        if self.plan.time is not None:
            return self.plan.time.column
        grained = next((d.column for d in self.plan.dimensions if d.grain), None)
        return grained or (self.lexicon.relations.time_column(self.base) if self.base is not None else None)

    def _grains(self, entry: ColumnEntry) -> Iterator[Grain]:
        step = entry.table.table.interval_seconds or 0
        for grain in GRAINS:
            is_fine = grain in ("minute15", "hour", "hour_of_day")
            if is_fine and (
                entry.column.kind is Kind.DATE or step > 3600 or (grain == "minute15" and step > 900)
            ):
                continue
            yield grain

    def _groupable(self) -> Iterator[ColumnEntry]:
        """Columns that split the plan's figures without repeating rows, nearest first."""
        if self.base is None:
            return
        relations = self.lexicon.relations
        measured = {relations.key(aggregate_of(measure).column) for measure in self.plan.measures}
        for key, way in relations.ancestors(self.base).items():
            if any(key not in relations.ancestors(table) for table in measured):
                continue
            label = self.lexicon.label_of(key)
            if label is not None and (label.column.kind is Kind.TEXT or not way):
                yield label
            for column in self.lexicon.tables[key].table.columns:
                entry = self.lexicon.columns[reference_to(key, column.name)]
                is_key = self.lexicon.relations.is_foreign(key, column.name) or column.name in (
                    self.lexicon.tables[key].table.primary_key
                )
                if entry.is_groupable and entry is not label and not is_key:
                    yield entry


def column_id(entry: ColumnEntry) -> str:
    return ".".join(
        part for part in (entry.table.key.schema, entry.table.key.name, entry.column.name) if part
    )


def number_typed(text: str) -> float:
    value = float(text)
    if not math.isfinite(value):
        raise ValueError(text)
    return value
