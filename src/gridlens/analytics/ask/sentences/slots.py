"""What each slot of a sentence can be changed to, and the plan that comes of it."""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta
from itertools import islice
from typing import Literal

import msgspec

from gridlens.analytics.ask.check import NUMERIC, refusal_to_sum
from gridlens.analytics.ask.plan import (
    Aggregate,
    CalendarUnit,
    ColumnRef,
    Compare,
    Days,
    Earlier,
    Function,
    Grain,
    IsNull,
    Last,
    Listed,
    Measure,
    OneOf,
    Order,
    QueryPlan,
    Ratio,
    Share,
    Span,
    This,
    TimeOfDay,
    ToDate,
    Value,
)
from gridlens.analytics.ask.relations import TableKey
from gridlens.analytics.ask.sentences.editing import (
    aggregate_of,
    as_share,
    base_of,
    moved_to,
    replaced,
    with_comparison,
    with_dimension,
    with_filter,
    with_function,
    with_measure,
    with_scope,
    with_span,
    without_dimension,
    without_filter,
)
from gridlens.analytics.ask.sentences.wording import (
    FUNCTIONS,
    GRAINS,
    Wording,
    hours_text,
    months_text,
    span_text,
    value_text,
    weekdays_text,
)
from gridlens.analytics.ask.understanding.lexicon import ColumnEntry, Lexicon, reference_to
from gridlens.analytics.ask.understanding.naming import figure_name, output_name, thing, things, unique
from gridlens.analytics.ask.units import column_unit, factor, ladder
from gridlens.shared.results import Kind

SlotKind = Literal[
    "figure", "function", "unit", "group", "filter", "hours", "weekdays", "months", "range", "anchor",
    "comparison", "condition", "order", "limit", "columns", "add",
]  # fmt: skip
Accepts = Literal["days", "hours", "weekdays", "months", "number", "values"]
Choice = tuple[str, str, QueryPlan]
"""An option's id, its label, and the plan it makes."""

_MOST_OPTIONS = 30
_LONGEST_TYPED = 2_000
_SPANS: tuple[Span, ...] = (
    This(unit="day"),
    Last(unit="day"),
    Last(unit="day", count=7),
    Last(unit="day", count=30),
    This(unit="week"),
    Last(unit="week"),
    This(unit="month"),
    Last(unit="month"),
    Last(unit="month", count=3),
    Last(unit="quarter"),
    This(unit="year"),
    ToDate(unit="year"),
    Last(unit="year"),
)
_HOURS = tuple(
    TimeOfDay(start=time(a), end=time(b)) for a, b in ((17, 21), (8, 20), (6, 22), (22, 6), (6, 12), (12, 18))
)
_WEEKDAYS: tuple[tuple[int, ...], ...] = ((1, 2, 3, 4, 5), (6, 7), *((day,) for day in range(1, 8)))
_SEASONS = ((12, 1, 2), (3, 4, 5), (6, 7, 8), (9, 10, 11))
_COMPARED: tuple[Literal["period", "day", "week", "month", "quarter", "year"], ...] = (
    "period", "day", "week", "month", "quarter", "year",
)  # fmt: skip
_LIMITS = (1, 3, 5, 10, 20, 50)
_ENERGY = ("kWh", "MWh", "GWh")
_POWER = ("kW", "MW", "GW")


@dataclass(frozen=True, slots=True)
class Offer:
    kind: SlotKind
    options: tuple[Choice, ...]
    accepts: Accepts | None = None


class Slots:
    """The slots of one plan over one source."""

    def __init__(self, plan: QueryPlan, lexicon: Lexicon) -> None:
        self.plan = plan
        self.lexicon = lexicon
        self.wording = Wording(lexicon)
        self.base = base_of(plan, lexicon)

    def offer(self, slot_id: str, *, with_options: bool = True) -> Offer:
        name, index = _parsed(slot_id)
        kind, choices, accepts = _OFFERS[name]
        options = tuple(islice(choices(self, index), _MOST_OPTIONS)) if with_options else ()
        return Offer(kind, options, accepts)

    def apply(self, slot_id: str, option_id: str) -> QueryPlan | None:
        """The changed plan, or None where the slot or the option is not there."""
        name, index = _parsed(slot_id)
        if name not in _OFFERS or len(option_id) > _LONGEST_TYPED or not self._has(name, index):
            return None
        _, choices, _ = _OFFERS[name]
        chosen = next((changed for option, _, changed in choices(self, index) if option == option_id), None)
        if chosen is not None:
            return chosen
        typed = _TYPED.get(name)
        try:
            return typed(self, index, option_id) if typed is not None else None
        except (ValueError, msgspec.DecodeError):
            return None

    def _has(self, name: str, index: int) -> bool:
        plan = self.plan
        sizes = {
            "measure": len(plan.measures),
            "function": len(plan.measures),
            "unit": len(plan.measures),
            "dimension": len(plan.dimensions),
            "filter": len(plan.filters),
            "having": len(plan.having),
        }
        return index < sizes.get(name, 1)

    # Figures.

    def measures(self, index: int) -> Iterator[Choice]:
        measure = self.plan.measures[index]
        if isinstance(measure, Ratio):
            return
        aggregate = aggregate_of(measure)
        if aggregate.column.column == "*":
            yield from self._counted(index)
            return
        for entry in self._figures():
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
                yield _id(entry), label, plan
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

    def _other_measures(self, index: int) -> tuple[Aggregate | Ratio | Share, ...]:
        return self.plan.measures[:index] + self.plan.measures[index + 1 :]

    def _figures(self) -> list[ColumnEntry]:
        return [entry for entry in self.lexicon.columns.values() if entry.is_measure]

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
        if aggregate.column.column == "*" or isinstance(self.plan.measures[index], Ratio):
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
        if aggregate.column.column == "*" or not isinstance(measure, Aggregate):
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

    # Groups.

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
                yield _id(entry), label, with_dimension(self.plan, index, entry.reference, None, self.lexicon)
        if self.plan.measures:
            yield "remove", "not split", without_dimension(self.plan, index)

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

    # Filters.

    def filters(self, index: int) -> Iterator[Choice]:
        each = self.plan.filters[index]
        if isinstance(each, OneOf):
            entry = self.lexicon.column(each.column)
            yield (
                "negate",
                "is" if each.negated else "is not",
                with_filter(self.plan, index, replaced(each, negated=not each.negated)),
            )
            if entry.column.kind is Kind.BOOLEAN:
                for flag in (True, False):
                    changed = replaced(each, values=(flag,), negated=False)
                    yield f"value:{flag}", value_text(flag), with_filter(self.plan, index, changed)
            elif entry.column.profile is not None and entry.column.kind is Kind.TEXT:
                for top in entry.column.profile.top_values[: _MOST_OPTIONS - 3]:
                    changed = replaced(each, values=(top.value,))
                    yield f"value:{top.value}", top.value, with_filter(self.plan, index, changed)
        elif isinstance(each, IsNull):
            yield (
                "negate",
                "has no value" if each.negated else "has a value",
                with_filter(self.plan, index, replaced(each, negated=not each.negated)),
            )
        yield "remove", "leave out", without_filter(self.plan, index)

    def typed_filter(self, index: int, text: str) -> QueryPlan | None:
        each = self.plan.filters[index]
        if isinstance(each, Compare):
            return with_filter(self.plan, index, replaced(each, value=_number(text)))
        if not isinstance(each, OneOf) or not text.startswith("values:"):
            return None
        given = msgspec.json.decode(text.removeprefix("values:"), type=list[str | int | float | bool])
        kind = self.lexicon.relations.column(each.column).kind
        if not 1 <= len(given) <= 200:
            return None
        values: tuple[Value, ...] = tuple(value for value in given if _is_of(value, kind))
        return (
            with_filter(self.plan, index, replaced(each, values=values))
            if len(values) == len(given)
            else None
        )

    # Times.

    def ranges(self, _index: int) -> Iterator[Choice]:
        for span in _SPANS:
            yield _span_id(span), span_text(span), with_span(self.plan, span, self.lexicon)
        yield "all", "all time", with_span(self.plan, None, self.lexicon)

    def typed_range(self, _index: int, text: str) -> QueryPlan | None:
        kind, *parts = text.split(":")
        if kind == "days" and len(parts) == 2:
            first, last = date.fromisoformat(parts[0]), date.fromisoformat(parts[1])
            if last < first or last.year > 9000:
                return None
            return with_span(self.plan, Days(start=first, end=last + timedelta(days=1)), self.lexicon)
        if kind == "last" and len(parts) == 2 and 1 <= int(parts[0]) <= 3660 and parts[1] in _UNIT_WORDS:
            return with_span(self.plan, Last(count=int(parts[0]), unit=_UNIT_WORDS[parts[1]]), self.lexicon)
        return None

    def hours(self, _index: int) -> Iterator[Choice]:
        for hours in _HOURS:
            yield (
                f"{hours.start:%H:%M}-{hours.end:%H:%M}",
                hours_text(hours),
                with_scope(self.plan, "hours", time_of_day=hours),
            )
        yield "all", "all day", with_scope(self.plan, "hours", time_of_day=None)

    def typed_hours(self, _index: int, text: str) -> QueryPlan | None:
        first, _, last = text.partition("-")
        hours = TimeOfDay(start=time.fromisoformat(first), end=time.fromisoformat(last))
        return None if hours.start == hours.end else with_scope(self.plan, "hours", time_of_day=hours)

    def weekdays(self, _index: int) -> Iterator[Choice]:
        yield "all", "all days", with_scope(self.plan, "weekdays", weekdays=())
        for days in _WEEKDAYS:
            yield _numbers(days), weekdays_text(days), with_scope(self.plan, "weekdays", weekdays=days)

    def typed_weekdays(self, _index: int, text: str) -> QueryPlan | None:
        days = tuple(sorted({int(part) for part in text.split(",")}))
        is_right = all(1 <= day <= 7 for day in days)
        return with_scope(self.plan, "weekdays", weekdays=days) if is_right else None

    def months(self, _index: int) -> Iterator[Choice]:
        yield "all", "all months", with_scope(self.plan, "months", months=())
        for months in (*_SEASONS, *((month,) for month in range(1, 13))):
            yield _numbers(months), months_text(months), with_scope(self.plan, "months", months=months)

    def typed_months(self, _index: int, text: str) -> QueryPlan | None:
        months = tuple(dict.fromkeys(int(part) for part in text.split(",")))
        is_right = all(1 <= month <= 12 for month in months)
        return with_scope(self.plan, "months", months=months) if is_right else None

    def anchors(self, _index: int) -> Iterator[Choice]:
        yield "newest", "the newest data", with_scope(self.plan, "anchor", anchor="newest")
        yield "today", "today", with_scope(self.plan, "anchor", anchor="today")

    def comparisons(self, _index: int) -> Iterator[Choice]:
        for by in _COMPARED:
            label = f"the {by} before"
            yield by, label, with_comparison(self.plan, Earlier(by=by))
        yield "none", "nothing", with_comparison(self.plan, None)

    # Ranking.

    def havings(self, index: int) -> Iterator[Choice]:
        kept = self.plan.having[:index] + self.plan.having[index + 1 :]
        yield "remove", "leave out", replaced(self.plan, having=kept)

    def typed_having(self, index: int, text: str) -> QueryPlan | None:
        changed = replaced(self.plan.having[index], value=_number(text))
        return replaced(
            self.plan, having=(*self.plan.having[:index], changed, *self.plan.having[index + 1 :])
        )

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
        yield "none", "in their own order", replaced(self.plan, order=())

    def limits(self, _index: int) -> Iterator[Choice]:
        for limit in _LIMITS:
            yield str(limit), str(limit), replaced(self.plan, limit=limit)
        yield "none", "all", replaced(self.plan, limit=None)

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
                    f"with {_id(entry)}",
                    f"and {self.wording.column(entry.reference)}",
                    self._with_columns([entry], added=True),
                )
            elif len(shown) > 1:
                kept = tuple(listed for listed in self.plan.columns if listed.column != entry.reference)
                label = f"without {self.wording.column(entry.reference)}"
                yield f"without {_id(entry)}", label, replaced(self.plan, columns=kept)

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

    # Additions.

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
                    yield f"by {_id(entry)}", f"by {self.wording.column(entry.reference)}", changed
        if plan.measures and plan.time is not None and plan.time.span is not None and plan.comparison is None:
            yield "compare", "compared with the period before", with_comparison(plan, Earlier())
        if time_column is not None and (plan.time is None or plan.time.span is None):
            yield "range", "only last month", with_span(plan, Last(unit="month"), self.lexicon)

    def _time_column(self) -> ColumnRef | None:
        if self.plan.time is not None:
            return self.plan.time.column
        grained = next((d.column for d in self.plan.dimensions if d.grain), None)
        return grained or (self.lexicon.relations.time_column(self.base) if self.base is not None else None)


_UNIT_WORDS: dict[str, CalendarUnit] = {
    "day": "day",
    "week": "week",
    "month": "month",
    "quarter": "quarter",
    "year": "year",
}


def _parsed(slot_id: str) -> tuple[str, int]:
    name, _, number = slot_id.partition(".")
    return name, int(number) if number.isdigit() and len(number) < 4 else 0


def _id(entry: ColumnEntry) -> str:
    return ".".join(
        part for part in (entry.table.key.schema, entry.table.key.name, entry.column.name) if part
    )


def _number(text: str) -> float:
    value = float(text)
    if not math.isfinite(value):
        raise ValueError(text)
    return value


def _span_id(span: Span) -> str:
    match span:
        case Last():
            return f"last:{span.count}:{span.unit}"
        case This():
            return f"this:{span.unit}"
        case ToDate():
            return f"to_date:{span.unit}"
        case Days():
            return f"days:{span.start}:{span.end}"


def _numbers(numbers: tuple[int, ...]) -> str:
    return ",".join(map(str, numbers))


def _is_of(value: object, kind: Kind) -> bool:
    if kind in NUMERIC:
        return isinstance(value, int | float) and not isinstance(value, bool)
    return isinstance(value, bool) if kind is Kind.BOOLEAN else isinstance(value, str) and len(value) <= 500


_Offered = Callable[[Slots, int], Iterator[Choice]]
_OFFERS: dict[str, tuple[SlotKind, _Offered, Accepts | None]] = {
    "measure": ("figure", Slots.measures, None),
    "function": ("function", Slots.functions, None),
    "unit": ("unit", Slots.units, None),
    "dimension": ("group", Slots.dimensions, None),
    "filter": ("filter", Slots.filters, "values"),
    "hours": ("hours", Slots.hours, "hours"),
    "weekdays": ("weekdays", Slots.weekdays, "weekdays"),
    "months": ("months", Slots.months, "months"),
    "range": ("range", Slots.ranges, "days"),
    "anchor": ("anchor", Slots.anchors, None),
    "comparison": ("comparison", Slots.comparisons, None),
    "having": ("condition", Slots.havings, "number"),
    "order": ("order", Slots.orders, None),
    "limit": ("limit", Slots.limits, "number"),
    "columns": ("columns", Slots.columns, None),
    "add": ("add", Slots.additions, None),
}
_TYPED: dict[str, Callable[[Slots, int, str], QueryPlan | None]] = {
    "filter": Slots.typed_filter,
    "range": Slots.typed_range,
    "hours": Slots.typed_hours,
    "weekdays": Slots.typed_weekdays,
    "months": Slots.typed_months,
    "having": Slots.typed_having,
    "limit": Slots.typed_limit,
}
