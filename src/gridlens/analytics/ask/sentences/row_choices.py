"""Other orders, numbers of rows, and columns."""

from collections.abc import Iterator

from gridlens.analytics.ask.plan import Listed, Order, QueryPlan
from gridlens.analytics.ask.sentences.choices import Choice, Choices, column_id
from gridlens.analytics.ask.sentences.editing import in_turn, replaced
from gridlens.analytics.ask.understanding.lexicon import ColumnEntry, reference_to
from gridlens.analytics.ask.understanding.naming import output_name, unique
from gridlens.shared.results import Kind

_LIMITS = (1, 3, 5, 10, 20, 50)


class RowChoices(Choices):
    def orders(self, _index: int) -> Iterator[Choice]:
        by = (
            self.plan.order[0].by
            if self.plan.order
            else self.plan.measures[0].name
            if self.plan.measures
            else None
        )
        if by is None:
            return
        for option, label, down in (("desc", "largest first", True), ("asc", "smallest first", False)):
            rest = self.plan.order[1:]
            yield option, label, replaced(self.plan, order=(Order(by=by, descending=down), *rest))
        if any(not measure.is_shown for measure in self.plan.measures):
            shown = tuple(replaced(measure, is_shown=True) for measure in self.plan.measures)
            yield "show", "show the figure too", replaced(self.plan, measures=shown)
        yield "none", "in their own order", in_turn(replaced(self.plan, order=()))

    def limits(self, _index: int) -> Iterator[Choice]:
        for limit in _LIMITS:
            yield str(limit), str(limit), replaced(self.plan, limit=limit)
        yield "none", "all", in_turn(replaced(self.plan, limit=None))

    def typed_limit(self, _index: int, text: str) -> QueryPlan | None:
        limit = int(text)
        return replaced(self.plan, limit=limit) if 1 <= limit <= 10_000 else None

    def columns(self, _index: int) -> Iterator[Choice]:
        if self.base is None:
            return
        entries = [
            self.lexicon.columns[reference_to(self.base, column.name)]
            for column in self.lexicon.tables[self.base].table.columns
            if column.kind not in (Kind.JSON, Kind.BINARY)
        ]
        yield "all", "all columns", self._with_columns(entries[:50])
        shown = {listed.column for listed in self.plan.columns}
        for entry in entries:
            if entry.reference not in shown:
                yield (
                    f"with {column_id(entry)}",
                    f"and {self.wording.column(entry.reference)}",
                    self._with_columns([entry], added=True),
                )
            elif len(shown) > 1:
                kept = tuple(listed for listed in self.plan.columns if listed.column != entry.reference)
                label = f"without {self.wording.column(entry.reference)}"
                yield f"without {column_id(entry)}", label, replaced(self.plan, columns=kept)

    def _with_columns(self, entries: list[ColumnEntry], *, added: bool = False) -> QueryPlan:
        kept = self.plan.columns if added else ()
        names = {listed.name for listed in kept}
        new = tuple(
            Listed(column=entry.reference, name=unique(output_name(entry.column.name), names))
            for entry in entries
        )
        named = {listed.name for listed in (*kept, *new)}
        order = tuple(o for o in self.plan.order if not isinstance(o.by, str) or o.by in named)
        return replaced(self.plan, columns=(*kept, *new), order=order)
