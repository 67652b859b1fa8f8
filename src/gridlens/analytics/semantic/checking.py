"""Whether what people said fits what the source holds."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from zoneinfo import ZoneInfo

import msgspec

from gridlens.analytics import ask
from gridlens.analytics.ask.check import conditions_of
from gridlens.analytics.ask.plan import Aggregate, ColumnRef
from gridlens.analytics.semantic.enriching import askable
from gridlens.analytics.semantic.errors import InvalidModel
from gridlens.analytics.semantic.model import (
    Join,
    Metric,
    Segment,
    SemanticModel,
    TableMeaning,
    normalised,
)
from gridlens.analytics.semantic.terms import Term, terms_of
from gridlens.shared.catalog import CatalogTable
from gridlens.shared.data_sources import SourceDescription
from gridlens.shared.results import Kind

_TIMES = (Kind.TIMESTAMP, Kind.DATE)
_NUMBERS = (Kind.INTEGER, Kind.NUMBER)


@dataclass(frozen=True, slots=True)
class Finding:
    """``path`` is the place in the model; ``place`` names it for people."""

    path: str
    place: str
    reason: str


def findings(model: SemanticModel, source: SourceDescription, today: date) -> tuple[Finding, ...]:
    """Everything that could not be used as it stands; nothing when the model fits."""
    return tuple(_Check(model, source, today).run())


class _Check:
    def __init__(self, model: SemanticModel, source: SourceDescription, today: date) -> None:
        self.model = model
        self.source = source
        self.today = today

    def run(self) -> Iterator[Finding]:
        yield from self._zone()
        broken = False
        for place, table in enumerate(self.model.tables):
            yield from self._table(table, f"$.tables[{place}]")
        for place, join in enumerate(self.model.joins):
            for finding in self._join(join, f"$.joins[{place}]"):
                broken = True
                yield finding
        yield from self._twice()
        # Plans are tried on the catalog that the joins make; without them every one would fail again.
        if not broken:
            yield from self._plans()

    def _zone(self) -> Iterator[Finding]:
        if self.model.zone is not None:
            try:
                ZoneInfo(self.model.zone)
            except (KeyError, ValueError, OSError):
                reason = "there is no such time zone; use a name such as Europe/Berlin"
                yield Finding("$.zone", self.model.zone, reason)

    def _find(self, table: str, schema: str | None) -> CatalogTable | str:
        found = [t for t in self.source.catalog.tables if t.name == table and schema in (None, t.schema)]
        if not found:
            return "the source has no such table"
        return found[0]

    def _table(self, said: TableMeaning, path: str) -> Iterator[Finding]:
        name = f"{said.schema}.{said.table}" if said.schema else said.table
        table = self._find(said.table, said.schema)
        if isinstance(table, str):
            yield Finding(path, name, table)
            return
        columns = {column.name: column for column in table.columns}
        if said.time_column is not None:
            time = columns.get(said.time_column)
            if time is None or time.kind not in _TIMES:
                yield Finding(
                    f"{path}.timeColumn", f"{name}.{said.time_column}", "this is no column of times"
                )
        if said.interval_labels is not None and table.interval_seconds is None:
            yield Finding(f"{path}.intervalLabels", name, "its times have no regular step that could end")
        for place, column in enumerate(said.columns):
            inside = f"{path}.columns[{place}]"
            known = columns.get(column.column)
            full = f"{name}.{column.column}"
            if known is None:
                yield Finding(inside, full, "the table has no such column")
                continue
            if column.adds_up is not None and known.kind not in _NUMBERS:
                yield Finding(f"{inside}.addsUp", full, f"it holds {known.kind.value}, which does not add up")
            if column.weighted_by is not None:
                weight = columns.get(column.weighted_by)
                if weight is None or weight.kind not in _NUMBERS:
                    reason = f"“{column.weighted_by}” is no column of numbers in the same table"
                    yield Finding(f"{inside}.weightedBy", full, reason)
                elif column.adds_up != "weighted_mean":
                    reason = "only a weighted_mean is weighted by another column"
                    yield Finding(f"{inside}.weightedBy", full, reason)

    def _join(self, join: Join, path: str) -> Iterator[Finding]:
        try:
            key = join.key
        except InvalidModel as error:
            yield Finding(path, join.on, error.reason)
            return
        for reference in (*key.columns, *key.referenced):
            reason = self._missing(reference)
            if reason is not None:
                yield Finding(path, join.on, reason)

    def _missing(self, reference: ColumnRef) -> str | None:
        table = self._find(reference.table, reference.schema)
        if isinstance(table, str):
            return f"the source has no table “{reference.table}”"
        if all(column.name != reference.column for column in table.columns):
            return f"table “{reference.table}” has no column “{reference.column}”"
        return None

    def _twice(self) -> Iterator[Finding]:
        """Names that stand twice, and words that are said to mean two things."""
        lists: list[tuple[str, list[str]]] = [
            ("tables", [f"{t.schema or ''}.{t.table}" for t in self.model.tables]),
            ("metrics", [metric.name.casefold() for metric in self.model.metrics]),
            ("segments", [segment.name.casefold() for segment in self.model.segments]),
            ("questions", [normalised(each.question) for each in self.model.questions]),
        ]
        lists += [
            (f"tables[{place}].columns", [column.column for column in table.columns])
            for place, table in enumerate(self.model.tables)
        ]
        for member, names in lists:
            for place, name in enumerate(names):
                if name in names[:place]:
                    yield Finding(f"$.{member}[{place}]", name.strip("."), "this stands here twice")
        seen: dict[str, Term] = {}
        for term in terms_of(self.model):
            # Labels may repeat, as the names of columns do.
            if not term.is_label and seen.setdefault(normalised(term.words), term).meaning != term.meaning:
                reason = "these words are said to mean something else already; say it once"
                yield Finding(term.path, term.words, reason)

    def _plans(self) -> Iterator[Finding]:
        for place, metric in enumerate(self.model.metrics):
            yield from self._tried(partial(_of_metric, metric), f"$.metrics[{place}].formula", metric.name)
        for place, segment in enumerate(self.model.segments):
            plan = partial(_of_segment, segment)
            yield from self._tried(plan, f"$.segments[{place}].filters", segment.name)
        for place, question in enumerate(self.model.questions):
            path, words = f"$.questions[{place}]", question.question
            if (question.plan is None) == (question.sql is None):
                yield Finding(path, words, "a verified question has either a plan or SQL")
            elif question.plan is not None:
                yield from self._tried(partial(_given, question.plan), f"{path}.plan", words)

    def _tried(self, plan: Callable[[], ask.QueryPlan], path: str, place: str) -> Iterator[Finding]:
        try:
            catalog = askable(self.source.catalog, self.model)
            ask.render(plan(), catalog, self.source.dialect, self.source.zone, self.today)
        except InvalidModel as error:
            yield Finding(path, place, error.reason)
        except ask.PlanRefused as error:
            yield Finding(path, place, error.detail)


def _of_metric(metric: Metric) -> ask.QueryPlan:
    return ask.QueryPlan(measures=(metric.measure,), filters=metric.conditions)


def _of_segment(segment: Segment) -> ask.QueryPlan:
    """A count of what the conditions leave of their first table."""
    conditions = segment.conditions
    first = next(conditions_of(conditions)).column
    rows = Aggregate(function="count", column=msgspec.structs.replace(first, column="*"), name="rows")
    return ask.QueryPlan(measures=(rows,), filters=conditions)


def _given(plan: ask.QueryPlan) -> ask.QueryPlan:
    return plan
