"""From a settled focus to a plan."""

from dataclasses import dataclass, field

from gridlens.analytics.ask.check import refusal_to_sum
from gridlens.analytics.ask.errors import PlanRefused
from gridlens.analytics.ask.plan import (
    Aggregate,
    ColumnRef,
    Compare,
    Days,
    Dimension,
    Exists,
    Filter,
    Function,
    Grain,
    Having,
    IsNull,
    Last,
    Listed,
    Measure,
    OneOf,
    Operator,
    Order,
    QueryPlan,
    Ratio,
    Share,
    This,
    TimeScope,
    ToDate,
)
from gridlens.analytics.ask.understanding.draft import Draft
from gridlens.analytics.ask.understanding.focus import TIME_NOUNS, Focus
from gridlens.analytics.ask.understanding.lexicon import SAME_CONCEPT, ColumnEntry, TableEntry, reference_to
from gridlens.analytics.ask.understanding.linking import (
    Figure,
    Target,
    ValueChoice,
    asks_for_energy,
    asks_for_power,
)
from gridlens.analytics.ask.understanding.naming import figure_name, output_name, spoken, thing, unique
from gridlens.analytics.ask.understanding.quantities import Threshold
from gridlens.analytics.ask.understanding.question import Note
from gridlens.analytics.ask.understanding.words import Word, stem
from gridlens.analytics.ask.units import Quantity, factor, quantity_of
from gridlens.shared.results import ColumnRole, Kind

_MOST_LISTED = 12
_SUMMED = (Quantity.ENERGY, Quantity.MONEY, Quantity.MASS, Quantity.AREA)
_ENERGY_UNITS = {"W": "kWh", "kW": "kWh", "MW": "MWh", "GW": "GWh"}
_POWER_UNITS = {"Wh": "W", "kWh": "kW", "MWh": "MW", "GWh": "GW"}
_WITHOUT = frozenset(["without", "no", "not", "ohne", "kein", "keine", "keinen"])
_WITH = frozenset(["with", "having", "have", "has", "mit"])


@dataclass(slots=True)
class Assembled:
    """A plan with notes on how the words led to it, and the tables and columns that explain further words."""

    plan: QueryPlan
    notes: list[Note] = field(default_factory=list)
    used: list[ColumnEntry | TableEntry] = field(default_factory=list)
    reason: str | None = None


class Assembly:
    """Builds the plan of one focus of one draft."""

    def __init__(self, draft: Draft, focus: Focus, anchor: str) -> None:
        self.draft = draft
        self.focus = focus
        self.lexicon = draft.lexicon
        self.relations = draft.lexicon.relations
        self.quantities = draft.quantities
        self.times = draft.times
        self.anchor = anchor
        self.names: set[str] = set()
        self.notes: list[Note] = []
        self.used: list[ColumnEntry | TableEntry] = [focus.base]
        self.assumed: list[str] = []
        self.filters: list[Filter] = []
        self.dimensions: list[Dimension] = []
        self.measures: list[Measure] = []
        self.columns: list[Listed] = []
        self.having: list[Having] = []
        self.order: list[Order] = []
        self.limit: int | None = draft.quantities.limit
        self.second: Figure | None = None
        self.split_flows: ColumnEntry | None = None

    def plan(self) -> Assembled:
        self._filters()
        if self.focus.kind != "figure":
            self._related()
        time_column = self._time_column()
        self._groups(time_column)
        match self.focus.kind:
            case "count":
                self._count()
            case "rows":
                self._rows(time_column)
            case "figure" if self._lists_moment():
                self._moment(time_column)
            case "figure":
                self._figure()
        self._thresholds()
        self._missing()
        time = self._time(time_column)
        self._order(time)
        plan = QueryPlan(
            measures=tuple(self.measures),
            dimensions=tuple(self.dimensions),
            columns=tuple(self.columns),
            filters=tuple(self.filters),
            time=time,
            comparison=self.times.comparison if time is not None and self.measures else None,
            having=tuple(self.having),
            order=tuple(self.order),
            limit=self.limit,
            assumed=tuple(dict.fromkeys(self.assumed)),
        )
        return Assembled(plan, self.notes, self.used)

    # Filters.

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
        if self.focus.figure is not None:
            self._flow_filters(chosen)

    def _asks_for_both(self, column: ColumnEntry) -> bool:
        is_said = any(word.plain in ("both", "sowohl") for word in self.draft.question.words)
        return is_said and column.table.key not in self.relations.ancestors(self.focus.base.key)

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
                self.split_flows = choice.column
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
        for note in self.draft.question.notes:
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

    def _main_figure(self, table: TableEntry) -> ColumnEntry | None:
        own = (self.lexicon.columns[reference_to(table.key, c.name)] for c in table.table.columns)
        return next((column for column in own if column.is_measure), None)

    # Groups.

    def _groups(self, time_column: ColumnEntry | None) -> None:
        targets = [(mention.first, mention.last, target) for mention, target in self.focus.groups]
        grain = self.times.grain or self.quantities.grain
        if grain is not None or self.times.wants_trend:
            if time_column is None:
                raise PlanRefused(
                    f"{things_have(self.focus.base)} no time, so they cannot be split by time. Ask without it."
                )
            chosen = grain or self._grain_for_range()
            if grain is None:
                self.assumed.append(f"dimension.{len(self.dimensions)}")
            self._add_grain(time_column, chosen)
        if self.split_flows is not None:
            name = unique(output_name(self.split_flows.column.name), self.names)
            self.dimensions.append(Dimension(column=self.split_flows.reference, name=name))
        for first, last, target in targets:
            if self.focus.kind == "rows":
                continue
            self._add_group(first, last, target)

    def _add_grain(self, column: ColumnEntry, grain: Grain) -> None:
        slot = f"dimension.{len(self.dimensions)}"
        for note in self.draft.question.notes:
            if note.slot == "grain":
                note.slot = slot
        if column.column.kind is Kind.DATE and grain in ("hour", "minute15", "hour_of_day"):
            raise PlanRefused(f"“{column.column.name}” holds days without hours. Ask by day or longer.")
        name = unique(output_name(grain), self.names)
        self.dimensions.append(Dimension(column=column.reference, name=name, grain=grain))

    def _add_group(self, first: int, last: int, target: Target) -> None:
        column = (
            target.entry if isinstance(target.entry, ColumnEntry) else self.lexicon.label_of(target.table.key)
        )
        self.used.append(target.entry)
        if column is None:
            raise PlanRefused(
                f"Rows of {target.table.table.name} have no name or key to split by. Name a column."
            )
        if any(d.column == column.reference for d in self.dimensions):
            return
        self.used.append(column)
        is_label = isinstance(target.entry, TableEntry) or column.column.name.casefold() == "name"
        name = thing(target.table) if is_label else column.column.name
        slot = f"dimension.{len(self.dimensions)}"
        self._note(first, last, f"{target.table.table.name}.{column.column.name}", slot, target.score)
        self.dimensions.append(Dimension(column=column.reference, name=unique(output_name(name), self.names)))

    def _grain_for_range(self) -> Grain:
        """A grain that gives a curve some ten to hundred points."""
        match self.times.span:
            case Last(unit="day", count=count) if count <= 2:
                return "hour"
            case Last(unit="week" | "day") | This(unit="week" | "month") | Last(unit="month", count=1):
                return "day"
            case This(unit="day"):
                return "hour"
            case ToDate(unit="week" | "month"):
                return "day"
            case Days(start=start, end=end) if start and end:
                length = (end - start).days
                return "hour" if length <= 2 else "day" if length <= 92 else "month"
            case _:
                return "month"

    # Figures.

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
        if not {"hour", "hours", "stunden", "stunde"} & words:
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
        """A ratio to the column that holds the unit after “per”, unless the column is per that unit itself."""
        per = self.quantities.per_unit
        if column.unit and column.unit.endswith(f"/{per}"):
            return False
        wanted = quantity_of(per) if per != "kWp" else Quantity.POWER
        candidates = [
            entry
            for entry in self.lexicon.columns.values()
            if entry.is_measure
            and entry is not column
            and entry.quantity is wanted
            and factor(entry.unit, per) is not None
        ]
        ranked = sorted(
            candidates,
            key=lambda e: self.draft.linker.distance(self.focus.base.key, e.table.key, for_group=False),
            reverse=True,
        )
        near = [
            e
            for e in ranked
            if self.draft.linker.distance(self.focus.base.key, e.table.key, for_group=False) > -1
        ]
        if not near:
            raise PlanRefused(f"Nothing here is measured in {per}, so nothing can be divided by it.")
        bottom = near[0]
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
        self.measures.append(
            Ratio(
                numerator=top,
                denominator=lower,
                name=name,
                unit=f"{unit or column.unit or ''}/{per}".lstrip("/"),
            )
        )
        return True

    # Rows.

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
            own = [self.lexicon.columns[reference_to(table.key, c.name)] for c in table.table.columns]
            shown = [column for column in own if column.column.kind not in (Kind.JSON, Kind.BINARY)][
                :_MOST_LISTED
            ]
        for column in shown:
            self._list(column)
        if self.quantities.wants_newest and time_column is not None:
            self.order.append(Order(by=time_column.reference, descending=True))
            self.limit = self.limit or 1

    def _named_columns(self, table: TableEntry) -> list[ColumnEntry]:
        own = [self.lexicon.columns[reference_to(table.key, c.name)] for c in table.table.columns]
        words = [word for _, word in self.draft.content()]
        head = self.draft.head
        spent = self.draft.question.words[head.first : head.last] if head else []
        found = []
        for column in own:
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
        return (q.wants_when or q.wants_newest) and not self.dimensions

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
        else:
            lowest = self.quantities.superlative == "asc" or self.quantities.function == "min"
            self.order.append(Order(by=column.reference, descending=not lowest))
        self.limit = self.limit or 1

    # Thresholds.

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

    def _add_having(self, measure: str, threshold: Threshold, value: float | None = None) -> None:
        low = threshold.value if value is None else value
        self.having.append(Having(measure=measure, operator=threshold.operator, value=low))
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
        by = factor(threshold.unit, unit) if threshold.unit and unit else None
        scale = float(by) if by is not None else 1.0
        if is_aggregated and own is not None:
            scaled = Threshold(
                threshold.first,
                threshold.last,
                threshold.operator,
                threshold.value * scale,
                threshold.unit,
                threshold.second * scale if threshold.second is not None else None,
            )
            self._add_having(own.name, scaled)
            return
        self.filters.append(_compare(column, threshold.operator, threshold.value * scale))
        if threshold.second is not None:
            self.filters.append(_compare(column, "le", threshold.second * scale))

    def _compared_column(self, threshold: Threshold) -> ColumnEntry | None:
        quantity = quantity_of(threshold.unit)
        words = [word for _, word in self.draft.content()]
        if threshold.hint:
            words = [Word(threshold.hint, threshold.hint, stem(threshold.hint), 0, 0)]
        figure = self.focus.figure.column if self.focus.figure else None
        if figure is not None and not threshold.hint and quantity in (None, figure.quantity):
            return figure
        ranked = []
        for entry in self.lexicon.columns.values():
            if not entry.is_measure or (
                threshold.unit
                and factor(threshold.unit, entry.unit) is None
                and not _is_money_part(quantity, entry)
            ):
                continue
            said = max((entry.match_own(word) for word in words), default=0.0)
            near = self.draft.linker.distance(self.focus.base.key, entry.table.key, for_group=False)
            ranked.append((said + near + (0.5 if threshold.unit else 0.0), entry))
        best = max(ranked, key=lambda pair: pair[0], default=None)
        return best[1] if best is not None and best[0] >= 0.4 else None

    # Time and order.

    def _time_column(self) -> ColumnEntry | None:
        """The column the question's times mean: one named in it, else the base's main one."""
        words = [word for _, word in self.draft.content()]
        named = []
        for key in self.relations.ancestors(self.focus.base.key):
            for column in self.lexicon.tables[key].table.columns:
                entry = self.lexicon.columns[reference_to(key, column.name)]
                if entry.is_time and any(word.stem in entry.name.stems for word in words):
                    named.append(entry)
        if named:
            self.used.append(named[0])
            return named[0]
        main = self.relations.time_column(self.focus.base.key)
        return self.lexicon.column(main) if main is not None else None

    def _time(self, column: ColumnEntry | None) -> TimeScope | None:
        t = self.times
        if not (t.span or t.time_of_day or t.weekdays or t.months):
            return None
        if column is None:
            raise PlanRefused(f"{things_have(self.focus.base)} no time. Ask without a period.")
        is_relative = t.is_relative and t.span is not None
        anchor = "newest" if self.anchor == "newest" and is_relative else "today"
        self.assumed += [slot for slot in t.assumed if slot in ("range", "hours", "weekdays", "months")]
        if anchor == "newest":
            self.assumed.append("anchor")
        return TimeScope(
            column=column.reference,
            span=t.span,
            anchor=anchor,  # type: ignore[arg-type]
            time_of_day=t.time_of_day,
            weekdays=t.weekdays,
            months=t.months,
        )

    def _order(self, time: TimeScope | None) -> None:
        if self.columns:
            self._order_rows()
            return
        if not self.measures or not self.dimensions:
            self.limit = self.limit if self.dimensions else None
            return
        first = self.measures[0]
        q = self.quantities
        if q.superlative is not None and not (q.limit is None and q.order is not None):
            self.order.append(Order(by=first.name, descending=q.superlative == "desc"))
            self.limit = self.limit or 1
        elif q.order is not None:
            self.order.append(Order(by=first.name, descending=q.order == "desc"))
        elif not any(dimension.grain for dimension in self.dimensions):
            self.order.append(Order(by=first.name, descending=True))

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

    def _note(self, first: int, last: int, meaning: str, slot: str, score: float = 1.0) -> None:
        is_mended = any(index in self.draft.question.mended for index in range(first, last))
        state = "assumed" if is_mended or score < 0.7 else "matched"
        if state == "assumed":
            self.assumed.append(slot)
        self.notes.append(Note(first, last, meaning, state, slot))  # type: ignore[arg-type]


_GUESSES: dict[Function, str] = {
    "mean": "averaged",
    "sum": "summed",
    "max": "highest value",
    "min": "lowest value",
}


def things_have(table: TableEntry) -> str:
    return f"Rows of {table.table.name} have"


def _compare(column: ColumnEntry, operator: Operator, value: float) -> Compare:
    is_whole = column.column.kind is Kind.INTEGER and value.is_integer()
    return Compare(column=column.reference, operator=operator, value=int(value) if is_whole else value)


def _is_money_part(quantity: Quantity | None, entry: ColumnEntry) -> bool:
    """“Cheaper than 25 cents” means a price in cents per kilowatt-hour."""
    return quantity is Quantity.MONEY and entry.quantity is Quantity.PRICE


def _said(choice: ValueChoice, *, negated: bool = False) -> str:
    name = f"{choice.column.table.table.name}.{choice.column.column.name}"
    if isinstance(choice.value, bool):
        return f"{name} is {'yes' if choice.value != negated else 'no'}"
    return f"{name} {'≠' if negated else '='} {choice.value}"
