"""Filters: values, directions of flow, related rows, missing values, thresholds."""

from dataclasses import replace

from gridlens.analytics.ask.errors import PlanRefused
from gridlens.analytics.ask.plan import (
    Aggregate,
    AnyOf,
    ColumnRef,
    Compare,
    CompareAnswer,
    Contains,
    Dimension,
    Exists,
    Having,
    InAnswer,
    IsNull,
    OneOf,
    Operator,
    QueryPlan,
)
from gridlens.analytics.ask.understanding.amounts import Threshold, clause_before
from gridlens.analytics.ask.understanding.draft import WITHOUT
from gridlens.analytics.ask.understanding.grouping import Grouping
from gridlens.analytics.ask.understanding.lexicon import SAME_CONCEPT, ColumnEntry, TableEntry, reference_to
from gridlens.analytics.ask.understanding.linking import ValueChoice
from gridlens.analytics.ask.understanding.naming import figure_name, output_name, spoken, thing, unique
from gridlens.analytics.ask.understanding.question import Note
from gridlens.analytics.ask.understanding.words import Word, stem
from gridlens.analytics.ask.units import Quantity, factor, quantity_of
from gridlens.shared.results import Kind

_BESIDE = frozenset("versus vs compare compared against verglichen vergleich vergleiche gegenueber".split())
_OR, _AND = frozenset(("or", "oder")), frozenset(("and", "und", "but", "aber"))
_WITH = frozenset(["with", "having", "have", "has", "mit"])

_COMPARED_WITH_WHAT = "It is not clear what the number is compared with. Name the column, or its unit."


class Narrowing(Grouping):
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
        if self.focus.figure is not None and self.quantities.pair is None:
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
            is_negated = any(each in WITHOUT for each in before)
            if not is_negated and not any(each in _WITH for each in before):
                continue
            table = self._related_table(word)
            missing = self._own_column(index) if table is None and is_negated else None
            if missing is not None and IsNull(column=missing.reference) not in self.filters:
                self.used.append(missing)
                is_day = missing.is_time and [word.plain for word in words[index + 1 : index + 2]] == ["date"]
                slot = f"filter.{len(self.filters)}"
                self._note(index, index + 1 + is_day, f"no {spoken(missing)}", slot)
                self.filters.append(IsNull(column=missing.reference))
            if table is None or (self.quantities.is_missing and table.table.interval_seconds is not None):
                continue
            slot = f"filter.{len(self.filters)}"
            related = self._related_in_time(table, is_negated=is_negated)
            plain = Exists(table=table.key.name, schema=table.key.schema or None, negated=is_negated)
            self.filters.append(related or plain)
            self.used.append(table)
            self._note(index, index + 1, f"{'no' if is_negated else 'a'} {thing(table)}", slot)

    def _own_column(self, index: int) -> ColumnEntry | None:
        """A column of the base, named by the word and those beside it, that may have no value."""
        words = self.draft.question.words
        beside = [words[at] for at in (index - 1, index, index + 1) if self.draft.question.free(at)]
        named = [
            (sum(entry.match_own(word) for word in beside), entry)
            for entry in self._own(self.focus.base)
            if entry.column.is_nullable and entry.match_own(words[index]) >= SAME_CONCEPT
        ]
        return max(named, key=lambda pair: pair[0], default=(0.0, None))[1]

    def _related_in_time(self, table: TableEntry, *, is_negated: bool) -> InAnswer | None:
        """“Meters without readings in 2025”: the time is that of the readings, not of the meters."""
        base, times = self.focus.base, self.relations.time_column(table.key)
        keys = base.table.primary_key
        has_time = self.relations.has_events(base.key) or not self.relations.has_events(table.key)
        if has_time or times is None or len(keys) != 1 or self.times.span is None:
            return None
        key = reference_to(base.key, keys[0])
        rows = Aggregate(
            function="count", column=reference_to(table.key, "*"), name="row_count", is_shown=False
        )
        inner = QueryPlan(
            measures=(rows,),
            dimensions=(Dimension(column=key, name=key.column),),
            time=self._time(self.lexicon.column(times)),
        )
        self.is_time_told = True
        return InAnswer(column=key, plan=inner, negated=is_negated)

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

    def _either(self) -> None:
        """“In Hamburg or with a floor area above 400 m²”: rows that meet the one or the other."""
        words = self.draft.question.words
        for index in reversed(range(len(self.filters) - 1)):
            one, other = self.filters[index : index + 2]
            if isinstance(one, Exists) or isinstance(other, Exists | AnyOf):
                continue
            places = self._places(f"filter.{index}"), self._places(f"filter.{index + 1}")
            if not all(places):
                continue
            start, end = max(last for _, last in places[0]), min(first for first, _ in places[1])
            between = {word.plain for word in words[start:end]}
            if not between & _OR or between & _AND:
                continue
            self._drop_filter(index + 1)
            earlier = one.filters if isinstance(one, AnyOf) else (one,)
            self.filters[index] = AnyOf(filters=(*earlier, other))

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

    def _against(self) -> None:
        """“Sites with a floor area above the average”: values compared with the mean of all."""
        against = self.quantities.against
        if against is None:
            return
        operator, function = against
        words = [word for _, word in self.draft.content()]
        named = [
            (max((entry.match_own(word) for word in words), default=0.0), entry)
            for entry in self._own(self.focus.base)
            if entry.is_measure
        ]
        best, own = max(named, key=lambda pair: pair[0], default=(0.0, None))
        column = own if best >= SAME_CONCEPT and self.focus.kind != "figure" else None
        said = next(note for note in self.said if note.meaning.endswith("of all"))
        if column is None:
            # Only values of rows are compared so; the words stay open, so that nothing is run without them.
            said.state, said.slot, said.meaning = "unknown", None, "was not understood"
            said.last = said.first + 1
            return
        self.used.append(column)
        said.slot = f"filter.{len(self.filters)}"
        mean = Aggregate(function=function, column=column.reference, name=figure_name(function, column))
        self.filters.append(
            CompareAnswer(column=column.reference, operator=operator, plan=QueryPlan(measures=(mean,)))
        )

    def _containing(self) -> None:
        """“Whose serial number starts with EM”."""
        said = self.quantities.containing
        if said is None:
            return
        start = clause_before(self.draft.question, said.first) or 0
        words = [word for index, word in self.draft.content() if start <= index < said.first]
        texts = [entry for entry in self._own(self.focus.base) if entry.column.kind is Kind.TEXT]
        named = [(sum(entry.match_own(word) for word in words), entry) for entry in texts]
        best, own = max(named, key=lambda pair: pair[0], default=(0.0, None))
        label = self.lexicon.label_of(self.focus.base.key)
        column = own if best >= SAME_CONCEPT else label if label in texts else None
        if column is None:
            raise PlanRefused(f"Say in which column to look for “{said.text}”.")
        self.used.append(column)
        self._mark(said.first, said.last, f"filter.{len(self.filters)}")
        self.filters.append(Contains(column=column.reference, text=said.text, at=said.at))

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
            raise PlanRefused(_COMPARED_WITH_WHAT)
        self.used.append(column)
        own = next(
            (m for m in self.measures if isinstance(m, Aggregate) and m.column == column.reference), None
        )
        is_aggregated = own is not None and bool(self.dimensions) and own.function != "count"
        unit = own.unit if own is not None and own.unit else column.unit
        # “The energy of each site above 10 MW” sums those readings, as no sum is in MW.
        is_of_group = is_aggregated and measures_alike(threshold.unit, unit)
        if not is_of_group and not measures_alike(threshold.unit, column.unit):
            raise PlanRefused(_COMPARED_WITH_WHAT)
        scale = scale_between(threshold.unit, unit if is_of_group else column.unit)
        if is_of_group and own is not None:
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
        if figure is not None and not threshold.hint:
            shown = [quantity_of(m.unit) for m in self.measures if isinstance(m, Aggregate) and m.unit]
            if quantity is not None and quantity in shown and self._fits_best(figure, named):
                return figure
            if not named and quantity in (None, figure.quantity):
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

    def _fits_best(self, figure: ColumnEntry, named: list[Word]) -> bool:
        """Whether no other figure is more surely meant by the words."""
        measures = [entry for entry in self.lexicon.columns.values() if entry.is_measure]
        return all(figure.match_own(w) >= max(entry.match_own(w) for entry in measures) for w in named)


def _compare(column: ColumnEntry, operator: Operator, value: float) -> Compare:
    is_whole = column.column.kind is Kind.INTEGER and value.is_integer()
    return Compare(column=column.reference, operator=operator, value=int(value) if is_whole else value)


def measures_alike(said: str | None, unit: str | None) -> bool:
    """Whether a number said in one unit can be compared with values in another."""
    if said is None or unit is None:
        return True
    # A price of “25 ct” is one in ct/kWh.
    return quantity_of(said) in (None, quantity_of(unit), quantity_of(unit.partition("/")[0]))


def scale_between(said: str | None, unit: str | None) -> float:
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
