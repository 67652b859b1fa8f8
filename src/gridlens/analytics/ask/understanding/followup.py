"""Questions that go on from the one before: “and by month?”, “only Berlin”, “as a share”."""

from datetime import date

from gridlens.analytics.ask.calendar import days_before
from gridlens.analytics.ask.errors import PlanRefused
from gridlens.analytics.ask.outputs import measure_column
from gridlens.analytics.ask.plan import (
    Aggregate,
    Days,
    Earlier,
    Having,
    OneOf,
    Operator,
    Order,
    QueryPlan,
    Share,
    TimeScope,
)
from gridlens.analytics.ask.relations import TableKey
from gridlens.analytics.ask.sentences.editing import (
    aggregate_of,
    as_running,
    as_share,
    base_of,
    moved_to,
    narrowed_to,
    ranked_before_split,
    replaced,
    with_comparison,
    with_dimension,
    with_function,
    with_measure,
    with_span,
    without_dimension,
)
from gridlens.analytics.ask.understanding.amounts import Threshold
from gridlens.analytics.ask.understanding.draft import Draft
from gridlens.analytics.ask.understanding.lexicon import ColumnEntry, TableEntry
from gridlens.analytics.ask.understanding.linking import Figure
from gridlens.analytics.ask.understanding.naming import figure_name, unique
from gridlens.analytics.ask.understanding.narrowing import measures_alike, scale_between
from gridlens.analytics.ask.understanding.question import Note
from gridlens.analytics.ask.units import Quantity

_OPENINGS = frozenset(
    "and und only nur just but aber now jetzt then instead stattdessen without ohne also auch as als".split()
)
_OPENING_PAIRS = frozenset(
    {("what", "about"), ("how", "about"), ("was", "ist"), ("same", "for"), ("wie", "sieht")}
)
_INSTEAD = frozenset("instead stattdessen statt".split())
_LONGEST_FRAGMENT = 6
_NEW_FIGURE = 0.7


def is_follow_up(draft: Draft) -> bool:
    """Whether the words make sense only after another question."""
    words = [word.plain for word in draft.question.words]
    if not words:
        return False
    opens = words[0] in _OPENINGS or tuple(words[:2]) in _OPENING_PAIRS
    if opens:
        return True
    is_fragment = len(words) <= _LONGEST_FRAGMENT and draft.head is None and not draft.quantities.is_count
    return is_fragment and not _figures(draft)


def altered(
    draft: Draft, previous: QueryPlan, anchor: str, today: date, newest: date
) -> tuple[QueryPlan, list[Note], list[ColumnEntry | TableEntry]]:
    """The plan before with what the words change of it, the notes on that, and what explains other words.

    Relative times of the plan before count from ``today`` or from ``newest``, as it says.
    """
    return _Alteration(draft, previous, anchor, today, newest).made()


def _figures(draft: Draft) -> list[Figure]:
    words = [word for _, word in draft.content()]
    return [figure for figure in draft.linker.figures(words) if words and figure.strength >= _NEW_FIGURE]


class _Alteration:
    def __init__(self, draft: Draft, previous: QueryPlan, anchor: str, today: date, newest: date) -> None:
        self.draft = draft
        self.lexicon = draft.lexicon
        self.plan = previous
        self.anchor = anchor
        self.today = today
        self.newest = newest
        self.notes: list[Note] = []
        self.used: list[ColumnEntry | TableEntry] = []
        base = base_of(previous, self.lexicon)
        if base is None:
            raise PlanRefused("There is no question to go on from. Ask it in full.")
        self.base: TableKey = base

    def made(self) -> tuple[QueryPlan, list[Note], list[ColumnEntry | TableEntry]]:
        self._figure()
        self._filters()
        self._groups()
        self._times()
        self._quantities()
        return self.plan, self.notes, self.used

    def _figure(self) -> None:
        figures = _figures(self.draft)
        if not figures or not self.plan.measures:
            return
        best = max(figures, key=lambda figure: figure.score)
        column = best.column
        before = aggregate_of(self.plan.measures[0])
        is_summed = column.quantity in (Quantity.ENERGY, Quantity.MONEY, Quantity.MASS)
        function = self.draft.quantities.function or ("sum" if is_summed else "mean")
        names = {dimension.name for dimension in self.plan.dimensions}
        changed = Aggregate(
            function=function, column=column.reference, name=unique(figure_name(function, column), names)
        )
        self.used.append(column)
        if column.table.key != self.lexicon.relations.key(before.column):
            self.plan = moved_to(self.plan, column.table.key, self.lexicon)
            self.base = column.table.key
        self.plan = with_measure(self.plan, 0, changed, "measure.0")

    def _filters(self) -> None:
        for mention in self.draft.values:
            choice = max(
                mention.choices,
                key=lambda c: (
                    0.6 * c.score + self.draft.linker.distance(self.base, c.column.table.key, for_group=False)
                ),
            )
            condition = OneOf(
                column=choice.column.reference, values=(choice.value,), negated=mention.is_negated
            )
            self.plan = narrowed_to(self.plan, condition)
            self.used.append(choice.column)
            index = self.plan.filters.index(condition)
            name = f"{choice.column.table.table.name}.{choice.column.column.name}"
            sign = "≠" if mention.is_negated else "="
            self.notes.append(
                Note(
                    mention.first, mention.last, f"{name} {sign} {choice.value}", "matched", f"filter.{index}"
                )
            )

    def _groups(self) -> None:
        words = {word.plain for word in self.draft.question.words}
        if words & _INSTEAD:
            while self.plan.dimensions and (self.draft.groups or self.draft.times.grain):
                self.plan = without_dimension(self.plan, 0)
        grain = self.draft.times.grain or self.draft.quantities.grain
        if grain is not None:
            self._regroup_by_time(grain)
        for mention in self.draft.groups:
            target = max(
                mention.targets,
                key=lambda t: (
                    0.6 * t.score + self.draft.linker.distance(self.base, t.table.key, for_group=True)
                ),
            )
            label = self.lexicon.label_of(target.table.key)
            column = target.entry if isinstance(target.entry, ColumnEntry) else label
            if column is None:
                continue
            self.used += [target.entry, column]
            self.plan = ranked_before_split(self.plan)
            slot = f"dimension.{len(self.plan.dimensions)}"
            self.plan = with_dimension(
                self.plan, len(self.plan.dimensions), column.reference, None, self.lexicon
            )
            name = f"{column.table.table.name}.{column.column.name}"
            self.notes.append(Note(mention.first, mention.last, name, "matched", slot))

    def _regroup_by_time(self, grain: object) -> None:
        column = (
            self.plan.time.column
            if self.plan.time is not None
            else self.lexicon.relations.time_column(self.base)
        )
        if column is None:
            raise PlanRefused("The question before has no time, so it cannot be split by time.")
        places = [place for place, dimension in enumerate(self.plan.dimensions) if dimension.grain]
        if not places:
            self.plan = ranked_before_split(self.plan)
        place = places[0] if places else len(self.plan.dimensions)
        self.plan = with_dimension(self.plan, place, column, grain, self.lexicon)  # type: ignore[arg-type]

    def _times(self) -> None:
        t = self.draft.times
        span = t.span if t.before is None else self._before(t.before)
        if span is not None:
            self.plan = with_span(self.plan, span, self.lexicon)
            if self.plan.time is not None:
                is_newest = self.anchor == "newest" and t.is_relative
                self.plan = replaced(
                    self.plan, time=replaced(self.plan.time, anchor="newest" if is_newest else "today")
                )
        if t.time_of_day or t.weekdays or t.months:
            column = self.lexicon.relations.time_column(self.base)
            scope = self.plan.time or (TimeScope(column=column) if column is not None else None)
            if scope is None:
                raise PlanRefused("The question before has no time to choose hours or days from.")
            changes: dict[str, object] = {
                name: value
                for name, value in (
                    ("time_of_day", t.time_of_day),
                    ("weekdays", t.weekdays),
                    ("months", t.months),
                )
                if value
            }
            self.plan = replaced(self.plan, time=replaced(scope, **changes))
        if t.comparison is not None:
            self.plan = with_comparison(self.plan, t.comparison)
        elif self._drops_comparison():
            self.plan = with_comparison(self.plan, None)
        assumed = tuple(dict.fromkeys((*self.plan.assumed, *t.assumed)))
        self.plan = replaced(self.plan, assumed=assumed)

    def _before(self, by: Earlier) -> Days:
        scope = self.plan.time
        if scope is None or scope.span is None:
            raise PlanRefused("The question before is about all time, which has nothing before it.")
        return days_before(scope.span, by, self.newest if scope.anchor == "newest" else self.today)

    def _drops_comparison(self) -> bool:
        words = [word.plain for word in self.draft.question.words]
        return words[:1] == ["without"] and any(word.startswith("compar") for word in words)

    def _quantities(self) -> None:
        q = self.draft.quantities
        if q.function is not None and self.plan.measures and not _figures(self.draft):
            self.plan = with_function(self.plan, 0, q.function, self.lexicon)
        first = self.plan.measures[0] if self.plan.measures else None
        if q.unit is not None and isinstance(first, Aggregate | Share):
            # A share has no unit, so what is to be in one is the figure itself.
            changed = replaced(first.of if isinstance(first, Share) else first, unit=q.unit)
            self.plan = with_measure(self.plan, 0, changed, "unit.0")
        if q.is_share:
            if self._keeps_one_group():
                raise PlanRefused("A share needs parts to compare. Say by what to split, such as “by site”.")
            self.plan = as_share(self.plan)
        if q.run is not None and self.plan.measures:
            self.plan = as_running(self.plan, q.run.last)
        for threshold in q.thresholds:
            self._keep_groups(threshold)
        direction = q.superlative or q.order
        if direction is not None and self.plan.measures and self.plan.dimensions:
            order = (Order(by=self.plan.measures[0].name, descending=direction == "desc"),)
            self.plan = replaced(self.plan, order=order)
        if q.limit is not None and (self.plan.dimensions or self.plan.columns):
            self.plan = replaced(self.plan, limit=q.limit)

    def _keep_groups(self, threshold: Threshold) -> None:
        """“Only above 100 MWh”: the groups whose figure is, in place of an earlier limit on that side."""
        if not self.plan.measures or self.draft.counted_after(threshold) is not None:
            raise PlanRefused("This limit is not one on the figure shown. Ask for it in full.")
        if not self.plan.dimensions:
            raise PlanRefused("There is one figure only. Say by what to split it first, such as “by month”.")
        measure = self.plan.measures[0]
        unit = measure_column(measure, self.lexicon.relations).unit
        if not measures_alike(threshold.unit, unit):
            own = unit or "no unit"
            raise PlanRefused(f"The figure is in {own}, which is not compared with {threshold.unit}.")
        scale = scale_between(threshold.unit, unit)
        sides: list[tuple[Operator, float]] = [(threshold.operator, threshold.value * scale)]
        if threshold.second is not None:
            sides.append(("le", threshold.second * scale))
        for operator, value in sides:
            kept = [h for h in self.plan.having if h.measure != measure.name or h.operator[0] != operator[0]]
            limit = Having(measure=measure.name, operator=operator, value=value)
            self.plan = replaced(self.plan, having=(*kept, limit))

    def _keeps_one_group(self) -> bool:
        """Whether a value was chosen of all that the figure is split by, and would be all of the total."""
        chosen = [
            each.column for each in self.plan.filters if isinstance(each, OneOf) and len(each.values) == 1
        ]
        things = [each.column for each in self.plan.dimensions if each.grain is None]
        return bool(things) and all(column in chosen for column in things)
