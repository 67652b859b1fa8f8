"""A plan read back as a sentence whose parts can be changed."""

from datetime import date

from gridlens.analytics.ask.calendar import Compared, compared_days
from gridlens.analytics.ask.errors import PlanRefused
from gridlens.analytics.ask.outputs import measure_column, own_unit
from gridlens.analytics.ask.plan import (
    Aggregate,
    ColumnRef,
    Days,
    Difference,
    IsNull,
    Measure,
    OneOf,
    Order,
    QueryPlan,
    Ratio,
    Running,
    Share,
)
from gridlens.analytics.ask.rendering.timeline import anchor_day
from gridlens.analytics.ask.sentences.editing import aggregate_of
from gridlens.analytics.ask.sentences.parts import Option, Patch, Segment, Sentence, Slot, Words
from gridlens.analytics.ask.sentences.slots import Slots
from gridlens.analytics.ask.sentences.wording import (
    FUNCTIONS,
    GRAINS,
    OPERATORS,
    Wording,
    amount_text,
    comparison_text,
    day_text,
    hours_text,
    joined,
    months_text,
    span_text,
    value_text,
    weekdays_text,
)
from gridlens.analytics.ask.understanding.lexicon import lexicon_of
from gridlens.shared.data_sources import SourceDescription


def describe(plan: QueryPlan, description: SourceDescription, today: date | None = None) -> Sentence:
    """The plan as a sentence; with ``today`` relative times name the days they mean."""
    return _Speaker(plan, description, today).sentence()


def apply(plan: QueryPlan, slot_id: str, option_id: str, description: SourceDescription) -> QueryPlan:
    """The plan with an option chosen, or a value typed, for one slot of its sentence."""
    changed = Slots(plan, lexicon_of(description.catalog)).apply(slot_id, option_id)
    if changed is None:
        raise PlanRefused("This choice is not possible here any more. Choose another one.")
    return changed


def compared_with(plan: QueryPlan, description: SourceDescription, today: date) -> str:
    """The period that a comparison goes back to, with its days: “the week before, 12 – 18 Jan 2026”."""
    speaker = _Speaker(plan, description, today, with_options=False)
    if plan.comparison is None or plan.time is None or plan.time.span is None:
        return "before"
    return comparison_text(plan.comparison, speaker.days_then())


def say(plan: QueryPlan, description: SourceDescription, today: date | None = None) -> str:
    """The sentence alone, where nobody will change its parts."""
    return _Speaker(plan, description, today, with_options=False).sentence().text


class _Speaker:
    def __init__(
        self,
        plan: QueryPlan,
        description: SourceDescription,
        today: date | None,
        *,
        with_options: bool = True,
    ) -> None:
        self.plan = plan
        self.with_options = with_options
        self.lexicon = lexicon_of(description.catalog)
        self.wording = Wording(self.lexicon)
        self.slots = Slots(plan, self.lexicon)
        self.segments: list[Segment] = []
        self.today = None
        if today is not None:
            self.today = anchor_day(
                plan, self.lexicon.relations, description.dialect, description.zone, today
            )

    def sentence(self) -> Sentence:
        self._say("Showing")
        if self.plan.columns:
            self._rows()
        elif self.plan.measures:
            self._measures()
        self._dimensions()
        self._filters()
        self._time()
        self._groups_kept()
        self._ranking()
        self._combined()
        self._slot("add", "add")
        texts = [
            segment.text if isinstance(segment, Words) else segment.label for segment in self.segments[:-1]
        ]
        return Sentence(segments=tuple(self.segments), text=" ".join(texts).replace(" ,", ","))

    def _say(self, text: str) -> None:
        if self.segments and isinstance(self.segments[-1], Words):
            self.segments[-1] = Words(text=f"{self.segments[-1].text} {text}")
        else:
            self.segments.append(Words(text=text))

    def _slot(self, slot_id: str, label: str) -> None:
        offer = self.slots.offer(slot_id, self.today, with_options=self.with_options)
        options = tuple(
            Option(label=text, patch=Patch(slot=slot_id, option=option), is_chosen=changed == self.plan)
            for option, text, changed in offer.options
        )
        self.segments.append(
            Slot(
                id=slot_id,
                label=label,
                kind=offer.kind,
                state="assumed" if slot_id in self.plan.assumed else "matched",
                options=options,
                accepts=offer.written.accepts if offer.written else None,
                typed=offer.written.now if offer.written else None,
            )
        )

    def _rows(self) -> None:
        names = [self.wording.column(listed.column) for listed in self.plan.columns]
        shown = names if len(names) <= 4 else [*names[:3], f"{len(names) - 3} more"]
        if self.plan.is_distinct:
            self._say("the different")
        self._slot("columns", joined(shown))

    def _measures(self) -> None:
        shown = [(index, measure) for index, measure in enumerate(self.plan.measures) if measure.is_shown]
        for place, (index, measure) in enumerate(shown):
            if place:
                self._say("and")
            is_count = isinstance(measure, Aggregate) and measure.function in ("count", "count_distinct")
            if is_count:
                self._say("the number of")
            elif isinstance(measure, Share):
                self._say("the share of total")
            elif isinstance(measure, Running):
                self._say(self._running(measure))
            self._slot(f"measure.{index}", self.wording.measure(measure))
            if isinstance(measure, Ratio) or is_count:
                continue
            aggregate = aggregate_of(measure)
            if aggregate.times is not None:
                self._say(f"times {self.wording.column(aggregate.times)}")
            if isinstance(measure, Aggregate | Share):
                self._slot(f"function.{index}", _function_text(aggregate))
            elif isinstance(measure, Running) and measure.last is not None:
                self._say(_function_text(aggregate))
            if aggregate.weight is not None:
                self._say(f"weighted by {self.wording.column(aggregate.weight)}")
            unit = aggregate.unit or own_unit(aggregate, self.lexicon.relations)
            if unit and not isinstance(measure, Share):
                self._say("in")
                self._slot(f"unit.{index}", unit)
            if not isinstance(measure, Difference) and aggregate.filters:
                self._say(self._narrowed(measure).strip())

    def _running(self, measure: Running) -> str:
        if measure.last is None:
            return "the running total of"
        grain = next((GRAINS[each.grain] for each in self.plan.dimensions if each.grain), "step")
        return f"the moving mean over {measure.last} {grain}s of"

    def _dimensions(self) -> None:
        shown = [(index, each) for index, each in enumerate(self.plan.dimensions) if each.is_shown]
        is_split = any(measure.is_shown for measure in self.plan.measures)
        for place, (index, dimension) in enumerate(shown):
            if place or is_split:
                self._say("and" if place else "by")
            self._slot(f"dimension.{index}", self.wording.dimension(dimension))

    def _filters(self) -> None:
        for index, each in enumerate(self.plan.filters):
            self._say("and" if index else "where")
            if isinstance(each, OneOf):
                self._say(f"{self.wording.column(each.column)} is{' not' if each.negated else ''}")
                self._slot(f"filter.{index}", joined([value_text(value) for value in each.values], "or"))
            elif isinstance(each, IsNull):
                self._say(self.wording.column(each.column))
                self._slot(f"filter.{index}", "has a value" if each.negated else "has no value")
            else:
                self._slot(f"filter.{index}", self.wording.filter(each))

    def _time(self) -> None:
        scope = self.plan.time
        if scope is None:
            return
        if scope.time_of_day is not None:
            self._say("between")
            self._slot("hours", hours_text(scope.time_of_day))
        if scope.weekdays or "weekdays" in self.plan.assumed or scope.time_of_day is not None:
            self._say("on")
            self._slot("weekdays", weekdays_text(scope.weekdays))
        if scope.months:
            self._say("in")
            self._slot("months", months_text(scope.months))
        compared = self._compared()
        if scope.span is not None:
            text = span_text(scope.span, self.today, compared.now if compared else None)
            if not text.startswith(("since", "before")):
                self._say("of" if scope.time_of_day or scope.weekdays else "for")
            self._slot("range", text)
        if scope.anchor == "newest":
            self._say("counted from")
            newest = f"the newest data, {day_text(self.today)}" if self.today else "the newest data"
            self._slot("anchor", newest)
        if self.plan.comparison is not None and scope.span is not None:
            self._say("compared with")
            self._slot("comparison", comparison_text(self.plan.comparison, self.days_then()))

    def days_then(self) -> Days | None:
        """The days that are compared with, where they are others than those asked for."""
        compared = self._compared()
        return compared.then if compared and not compared.overlaps else None

    def _compared(self) -> Compared | None:
        scope, comparison = self.plan.time, self.plan.comparison
        if scope is None or scope.span is None or comparison is None or self.today is None:
            return None
        return compared_days(scope.span, comparison, self.today)

    def _groups_kept(self) -> None:
        for index, having in enumerate(self.plan.having):
            self._say("and" if index else "where the")
            name = having.measure.replace("_", " ")
            unit = next(
                (
                    measure_column(measure, self.lexicon.relations).unit
                    for measure in self.plan.measures
                    if measure.name == having.measure
                ),
                None,
            )
            limit = amount_text(having.value, unit)
            self._slot(f"having.{index}", f"{name} {OPERATORS[having.operator]} {limit}")

    def _ranking(self) -> None:
        first = self.plan.order[0] if self.plan.order else None
        if first is not None:
            what = first.by.column if isinstance(first.by, ColumnRef) else first.by
            is_time = isinstance(first.by, ColumnRef) and self.lexicon.column(first.by).is_time
            words = ("newest first", "oldest first") if is_time else ("largest first", "smallest first")
            is_measured = isinstance(first.by, ColumnRef) or any(m.name == what for m in self.plan.measures)
            hidden = self._unseen(first)
            if is_measured:
                self._say(f", by {hidden}," if hidden else ",")
                self._slot("order", words[0] if first.descending else words[1])
        if self.plan.limit is not None:
            self._say(", only the first")
            self._slot("limit", str(self.plan.limit))
            per = next((each for each in self.plan.dimensions if each.name == self.plan.limit_per), None)
            if per is not None:
                self._say(f"for each {self.wording.dimension(per)}")

    def _unseen(self, order: Order) -> str | None:
        """What ranks the answer without being part of it."""
        if isinstance(order.by, ColumnRef):
            entry = self.lexicon.column(order.by)
            is_seen = entry.is_time or any(listed.column == order.by for listed in self.plan.columns)
            return None if is_seen else self.wording.column(order.by)
        hidden = next((m for m in self.plan.measures if m.name == order.by and not m.is_shown), None)
        return f"{hidden.name.replace('_', ' ')}{self._narrowed(hidden)}" if hidden is not None else None

    def _narrowed(self, measure: Measure) -> str:
        kept = [self.wording.condition(condition) for condition in aggregate_of(measure).filters]
        return f" where {joined(kept)}" if kept else ""

    def _combined(self) -> None:
        if self.plan.combined is not None:
            words = {"union": "and also", "intersect": "that are also among", "except": "but not"}
            self._say(words[self.plan.combined.operator])
            self._say(self.wording.answer(self.plan.combined.plan))


def _function_text(aggregate: Aggregate) -> str:
    if aggregate.function == "quantile" and aggregate.level is not None:
        return f"as the {aggregate.level * 100:g} % quantile"
    return FUNCTIONS[aggregate.function]
