"""Filters: values, directions of flow, related rows, missing values, thresholds."""

from dataclasses import replace

from gridlens.analytics.ask.errors import PlanRefused
from gridlens.analytics.ask.plan import (
    Aggregate,
    ColumnRef,
    Compare,
    Dimension,
    Exists,
    Having,
    IsNull,
    OneOf,
    Operator,
)
from gridlens.analytics.ask.understanding.amounts import Threshold
from gridlens.analytics.ask.understanding.building import Building
from gridlens.analytics.ask.understanding.lexicon import SAME_CONCEPT, ColumnEntry, TableEntry, reference_to
from gridlens.analytics.ask.understanding.linking import ValueChoice
from gridlens.analytics.ask.understanding.naming import output_name, spoken, thing, unique
from gridlens.analytics.ask.understanding.question import Note
from gridlens.analytics.ask.understanding.words import Word, stem
from gridlens.analytics.ask.units import Quantity, factor, quantity_of
from gridlens.shared.results import Kind

_WITHOUT = frozenset(["without", "no", "not", "ohne", "kein", "keine", "keinen"])
_BESIDE = frozenset("versus vs compare compared against verglichen vergleich vergleiche gegenueber".split())
_WITH = frozenset(["with", "having", "have", "has", "mit"])


class Narrowing(Building):
    def _filters(self) -> None:
        chosen: dict[tuple[ColumnRef, bool], list[ValueChoice]] = {}
        for mention, choice in self.focus.values:
            key = (choice.column.reference, mention.is_negated)
            chosen.setdefault(key, []).append(choice)
            self.used.append(choice.column)
            slot = f"filter.{list(chosen).index(key)}"
            self._note(mention.first, mention.last, _said(choice, negated=mention.is_negated), slot)
        for mention in self.focus.names:
            self._note(mention.first, mention.last, self.focus.base.table.name, "measure.0")
        for (reference, is_negated), choices in chosen.items():
            values = tuple(dict.fromkeys(choice.value for choice in choices))
            if len(values) > 1 and not is_negated and self._asks_for_both(choices[0].column):
                # Each value is met by a related row of its own.
                self.filters += [
                    Exists(
                        table=reference.table,
                        schema=reference.schema,
                        filters=(OneOf(column=reference, values=(v,)),),
                    )
                    for v in values
                ]
            else:
                self.filters.append(OneOf(column=reference, values=values, negated=is_negated))
                if len(values) > 1 and not is_negated and self._sets_beside():
                    self.split_by = choices[0].column
        if self.focus.figure is not None:
            self._flow_filters(chosen)

    def _asks_for_both(self, column: ColumnEntry) -> bool:
        is_said = any(word.plain in ("both", "sowohl") for word in self.draft.question.words)
        return is_said and column.table.key not in self.relations.ancestors(self.focus.base.key)

    def _sets_beside(self) -> bool:
        """“Site A versus site B” shows the two beside each other."""
        is_said = any(word.plain in _BESIDE for word in self.draft.question.words)
        return is_said and self.focus.kind == "figure" and not self.focus.groups

    def _flow_filters(self, chosen: dict[tuple[ColumnRef, bool], list[ValueChoice]]) -> None:
        """Consumption is what is imported, where a column tells import from export."""
        seen = {reference for reference, _ in chosen}
        flows = self.focus.figure.flows if self.focus.figure else []
        for flow, choice, is_guess in flows:
            self.used.append(choice.column)
            if choice.column.reference in seen:
                continue
            seen.add(choice.column.reference)
            twins = [c.value for _, c, _ in flows if c.column is choice.column]
            if len(set(twins)) > 1:
                # “Export versus import” shows the two beside each other.
                values = tuple(dict.fromkeys(twins))
                self.filters.append(OneOf(column=choice.column.reference, values=values))
                self.split_by = choice.column
                continue
            slot = f"filter.{len(self.filters)}"
            self.filters.append(OneOf(column=choice.column.reference, values=(choice.value,)))
            if is_guess:
                self.assumed.append(slot)
            self.notes.append(
                Note(0, 0, f"{flow}: {_said(choice)}", "assumed" if is_guess else "matched", slot)
            )

    def _related(self) -> None:
        """“Sites without a contract”, “sites with a battery”: rows that have, or have not, related ones."""
        words = self.draft.question.words
        for index, word in self.draft.content():
            before = [each.plain for each in words[max(index - 2, 0) : index]]
            is_negated = any(each in _WITHOUT for each in before)
            if not is_negated and not any(each in _WITH for each in before):
                continue
            table = self._related_table(word)
            if table is None or (self.quantities.is_missing and table.table.interval_seconds is not None):
                continue
            slot = f"filter.{len(self.filters)}"
            self.filters.append(
                Exists(table=table.key.name, schema=table.key.schema or None, negated=is_negated)
            )
            self.used.append(table)
            self._note(index, index + 1, f"{'no' if is_negated else 'a'} {thing(table)}", slot)

    def _related_table(self, word: Word) -> TableEntry | None:
        """A table named by the word of which the base has many rows, and that nothing else speaks of."""
        ups = self.relations.ancestors(self.focus.base.key)
        valued = {choice.column.table.key for _, choice in self.focus.values}
        named = [table for table in self.lexicon.tables.values() if table.match(word) >= SAME_CONCEPT]
        for table in sorted(named, key=lambda each: -each.match(word)):
            way = self.relations.way(self.focus.base.key, table.key)
            passed = {step.target for step in way or ()}
            if way and table.key not in ups and not passed & valued and not self._is_counted(table):
                return table
        return None

    def _is_counted(self, table: TableEntry) -> bool:
        counted = (self.draft.counted_after(threshold) for threshold in self.quantities.thresholds)
        return any(mention is not None and mention.targets[0].table is table for mention in counted)

    def _missing(self) -> None:
        if not self.quantities.is_missing or self.quantities.is_share:
            return
        counted = [m.column for m in self.measures if isinstance(m, Aggregate)]
        table = (
            self.lexicon.tables[self.relations.key(counted[0])]
            if counted
            else self._series_of(self.focus.base)
        )
        column = self.focus.figure.column if self.focus.figure else self._main_figure(table)
        if column is None:
            raise PlanRefused(f"{table.table.name} has no figure that could be missing. Name the column.")
        self.used.append(column)
        slot = f"filter.{len(self.filters)}"
        self.filters.append(IsNull(column=column.reference))
        for note in self.said:
            if note.meaning == "without a value":
                note.meaning, note.slot = f"{spoken(column)} without a value", slot

    def _series_of(self, table: TableEntry) -> TableEntry:
        """The series whose rows belong to rows of the table; the table itself where there is none."""
        if table.table.interval_seconds is not None:
            return table
        series = [
            other
            for other in self.lexicon.tables.values()
            if other.table.interval_seconds is not None and table.key in self.relations.ancestors(other.key)
        ]
        words = self.draft.question.words
        return max(series, key=lambda each: max(each.match(word) for word in words), default=table)

    def _thresholds(self) -> None:
        for threshold in self.quantities.thresholds:
            if not self._counts_related(threshold):
                self._compares(threshold)

    def _counts_related(self, threshold: Threshold) -> bool:
        """“Sites with more than 2 meters”: a condition on how many rows belong to each."""
        following = self.draft.counted_after(threshold)
        if following is None:
            return False
        counted = following.targets[0].table
        self.used.append(counted)
        rows = reference_to(counted.key, "*")
        existing = next(
            (
                m
                for m in self.measures
                if isinstance(m, Aggregate) and m.column == rows and m.function == "count"
            ),
            None,
        )
        if existing is None:
            name = unique(output_name(f"{thing(counted)}_count"), self.names)
            existing = Aggregate(function="count", column=rows, name=name)
            if self.focus.kind == "rows":
                self._group_rows()
            self.measures = [existing]
        self._add_having(existing.name, threshold)
        return True

    def _group_rows(self) -> None:
        """Turn a list of things into groups, so that a figure of each can be compared."""
        listed, self.columns = self.columns, []
        for each in listed[:1]:
            self.dimensions.append(Dimension(column=each.column, name=each.name))

    def _add_having(self, measure: str, threshold: Threshold) -> None:
        self._mark(threshold.first, threshold.last, f"having.{len(self.having)}")
        self.having.append(Having(measure=measure, operator=threshold.operator, value=threshold.value))
        if threshold.second is not None:
            self.having.append(Having(measure=measure, operator="le", value=threshold.second))

    def _compares(self, threshold: Threshold) -> None:
        column = self._compared_column(threshold)
        if column is None:
            raise PlanRefused(
                "It is not clear what the number is compared with. Name the column, or its unit."
            )
        self.used.append(column)
        own = next(
            (m for m in self.measures if isinstance(m, Aggregate) and m.column == column.reference), None
        )
        is_aggregated = own is not None and bool(self.dimensions) and own.function != "count"
        unit = own.unit if own is not None and own.unit else column.unit
        scale = _scale(threshold.unit, unit)
        if is_aggregated and own is not None:
            second = threshold.second * scale if threshold.second is not None else None
            scaled = replace(threshold, value=threshold.value * scale, second=second)
            self._add_having(own.name, scaled)
            return
        self._mark(threshold.first, threshold.last, f"filter.{len(self.filters)}")
        self.filters.append(_compare(column, threshold.operator, threshold.value * scale))
        if threshold.second is not None:
            self.filters.append(_compare(column, "le", threshold.second * scale))

    def _compared_column(self, threshold: Threshold) -> ColumnEntry | None:
        quantity = quantity_of(threshold.unit)
        words = [word for _, word in self.draft.content()]
        if threshold.hint:
            words = [Word(threshold.hint, threshold.hint, stem(threshold.hint), 0, 0)]
        named = [word for _, word in self.draft.compared_before(threshold)]
        words = named or words
        figure = self.focus.figure.column if self.focus.figure else None
        if figure is not None and not threshold.hint and not named and quantity in (None, figure.quantity):
            return figure
        ranked = []
        for entry in self.lexicon.columns.values():
            if not entry.is_measure or (
                threshold.unit
                and factor(threshold.unit, entry.unit) is None
                and not _is_money_part(quantity, entry)
            ):
                continue
            matches = [entry.match_own(word) for word in words]
            said = sum(matches) if named else max(matches, default=0.0)
            near = self.draft.linker.distance(self.focus.base.key, entry.table.key, for_group=False)
            ranked.append((said + near + (0.5 if threshold.unit else 0.0), entry))
        best = max(ranked, key=lambda pair: pair[0], default=None)
        return best[1] if best is not None and best[0] >= 0.4 else None


def _compare(column: ColumnEntry, operator: Operator, value: float) -> Compare:
    is_whole = column.column.kind is Kind.INTEGER and value.is_integer()
    return Compare(column=column.reference, operator=operator, value=int(value) if is_whole else value)


def _scale(said: str | None, unit: str | None) -> float:
    """What turns a number in the unit that was said into one in the unit of the column."""
    if said is None or unit is None:
        return 1.0
    # A price of “0.25 €” means per kilowatt-hour, as the column has it.
    by = factor(said, unit) or factor(said, unit.partition("/")[0])
    return float(by) if by is not None else 1.0


def _is_money_part(quantity: Quantity | None, entry: ColumnEntry) -> bool:
    """“Cheaper than 25 cents” means a price in cents per kilowatt-hour."""
    return quantity is Quantity.MONEY and entry.quantity is Quantity.PRICE


def _said(choice: ValueChoice, *, negated: bool = False) -> str:
    name = f"{choice.column.table.table.name}.{choice.column.column.name}"
    if isinstance(choice.value, bool):
        return f"{name} is {'yes' if choice.value != negated else 'no'}"
    return f"{name} {'≠' if negated else '='} {choice.value}"
