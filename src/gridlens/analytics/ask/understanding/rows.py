"""Rows listed as they are, and the one row that holds a peak."""

from gridlens.analytics.ask.errors import PlanRefused
from gridlens.analytics.ask.plan import Dimension, Listed, Order
from gridlens.analytics.ask.understanding.figures import Figures
from gridlens.analytics.ask.understanding.lexicon import ColumnEntry, TableEntry
from gridlens.analytics.ask.understanding.naming import figure_name, output_name, unique
from gridlens.analytics.ask.units import Quantity, quantity_of
from gridlens.shared.results import ColumnRole, Kind

_MOST_LISTED = 12


class Rows(Figures):
    def _rows(self, time_column: ColumnEntry | None) -> None:
        target = self.focus.target
        table = self.focus.base
        if target is not None and isinstance(target.entry, ColumnEntry):
            self.used.append(target.entry)
            if not self.quantities.wants_newest:
                name = unique(output_name(target.entry.column.name), self.names)
                self.dimensions.append(Dimension(column=target.entry.reference, name=name))
                return
        label = self.lexicon.label_of(table.key)
        asked = self._named_columns(table)
        is_plain_label = label is not None and label.column.kind is Kind.TEXT
        words = {word.plain for word in self.draft.question.words}
        wants_all = bool(words & {"show", "display", "details", "zeige", "zeig"})
        if asked:
            shown = [*([label] if label and label not in asked else []), *asked]
        elif label is not None and is_plain_label and not wants_all:
            shown = [label]
        else:
            shown = [
                column for column in self._own(table) if column.column.kind not in (Kind.JSON, Kind.BINARY)
            ][:_MOST_LISTED]
        for column in shown:
            self._list(column)
        if self.quantities.wants_newest and time_column is not None:
            self.order.append(Order(by=time_column.reference, descending=True))
            self.limit = self.limit or 1

    def _named_columns(self, table: TableEntry) -> list[ColumnEntry]:
        words = [word for _, word in self.draft.content()]
        head = self.draft.head
        spent = self.draft.question.words[head.first : head.last] if head else []
        found = []
        for column in self._own(table):
            if column.is_time or column.column.role is ColumnRole.KEY:
                continue
            if any(column.match_own(word) >= 0.8 for word in words if word not in spent):
                found.append(column)
        return found

    def _list(self, column: ColumnEntry, unit: str | None = None) -> None:
        if any(listed.column == column.reference for listed in self.columns):
            return
        self.used.append(column)
        name = unique(
            figure_name("sum", column, unit) if unit else output_name(column.column.name), self.names
        )
        self.columns.append(Listed(column=column.reference, name=name, unit=unit))

    def _lists_moment(self) -> bool:
        q = self.quantities
        asks_for_rows = q.wants_newest or (q.wants_when and not self._is_condition())
        return (asks_for_rows or self._ranks_readings()) and not self.dimensions

    def _is_condition(self) -> bool:
        """“The average when it is below 0” narrows a figure, where “when was it below 0” asks for moments."""
        q = self.quantities
        notes = self.draft.question.notes
        asked = min((n.first for n in notes if n.meaning == "the moment"), default=0)
        is_after = any(threshold.first >= asked for threshold in q.thresholds)
        is_figure = any(n.slot == "function" and n.first < n.last <= asked for n in notes)
        return q.function is not None and is_figure and is_after

    def _ranks_readings(self) -> bool:
        """“The 5 lowest prices” are five readings."""
        q = self.quantities
        is_ranked = q.superlative is not None and q.limit is not None and q.limit > 1
        return is_ranked and q.function is None and self._time_column() is not None

    def _moment(self, time_column: ColumnEntry | None) -> None:
        """“When was the highest load”: the row that holds it."""
        assert self.focus.figure is not None  # noqa: S101 -- the focus is of this kind
        column = self.focus.figure.column
        if time_column is None:
            raise PlanRefused(f"{column.table.table.name} has no times, so there is no moment to name.")
        words = [word for _, word in self.draft.content()]
        _, unit, _ = self._function(column, words)
        self._list(time_column)
        self._list(column, unit if unit and quantity_of(unit) is not Quantity.ENERGY else None)
        if self.quantities.wants_newest:
            self.order.append(Order(by=time_column.reference, descending=True))
        elif self.quantities.superlative is None and self.quantities.function not in ("min", "max"):
            # “When was the price negative” asks for every such moment.
            self.order.append(Order(by=time_column.reference))
            return
        else:
            lowest = self.quantities.superlative == "asc" or self.quantities.function == "min"
            self.order.append(Order(by=column.reference, descending=not lowest))
        self.limit = self.limit or 1

    def _order_rows(self) -> None:
        q = self.quantities
        direction = q.superlative or q.order
        figure = self.focus.figure
        if self.order or direction is None:
            return
        column = figure.column if figure is not None else self._main_figure(self.focus.base)
        if column is not None:
            self.order.append(Order(by=column.reference, descending=direction == "desc"))
            if q.superlative is not None:
                self.limit = self.limit or 1
