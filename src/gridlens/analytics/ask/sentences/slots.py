"""What each slot of a sentence can be changed to, and the plan that comes of it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice

import msgspec

from gridlens.analytics.ask.plan import QueryPlan
from gridlens.analytics.ask.sentences.choices import Choice
from gridlens.analytics.ask.sentences.figure_choices import FigureChoices
from gridlens.analytics.ask.sentences.filter_choices import FilterChoices
from gridlens.analytics.ask.sentences.group_choices import GroupChoices
from gridlens.analytics.ask.sentences.parts import SlotKind
from gridlens.analytics.ask.sentences.row_choices import RowChoices
from gridlens.analytics.ask.sentences.time_choices import TimeChoices
from gridlens.analytics.ask.sentences.written import Written, written

_MOST_OPTIONS = 30
_LONGEST_TYPED = 2_000


@dataclass(frozen=True, slots=True)
class Offer:
    kind: SlotKind
    options: tuple[Choice, ...]
    written: Written | None = None


class Slots(FigureChoices, GroupChoices, FilterChoices, TimeChoices, RowChoices):
    """The slots of one plan over one source."""

    def offer(self, slot_id: str, today: date | None, *, with_options: bool = True) -> Offer:
        name, index = _parsed(slot_id)
        kind, choices = _OFFERS[name]
        if not with_options:
            return Offer(kind, ())
        options = tuple(islice(choices(self, index), _MOST_OPTIONS))
        return Offer(kind, options, written(self.plan, name, index, today))

    def apply(self, slot_id: str, option_id: str) -> QueryPlan | None:
        """The changed plan, or None where the slot or the option is not there."""
        name, index = _parsed(slot_id)
        if name not in _OFFERS or len(option_id) > _LONGEST_TYPED or not self._has(name, index):
            return None
        _, choices = _OFFERS[name]
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


def _parsed(slot_id: str) -> tuple[str, int]:
    name, _, number = slot_id.partition(".")
    return name, int(number) if number.isdigit() and len(number) < 4 else 0


_Offered = Callable[[Slots, int], Iterator[Choice]]
_OFFERS: dict[str, tuple[SlotKind, _Offered]] = {
    "measure": ("figure", Slots.measures),
    "function": ("function", Slots.functions),
    "unit": ("unit", Slots.units),
    "dimension": ("group", Slots.dimensions),
    "filter": ("filter", Slots.filters),
    "hours": ("hours", Slots.hours),
    "weekdays": ("weekdays", Slots.weekdays),
    "months": ("months", Slots.months),
    "range": ("range", Slots.ranges),
    "anchor": ("anchor", Slots.anchors),
    "comparison": ("comparison", Slots.comparisons),
    "having": ("condition", Slots.havings),
    "order": ("order", Slots.orders),
    "limit": ("limit", Slots.limits),
    "columns": ("columns", Slots.columns),
    "add": ("add", Slots.additions),
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
