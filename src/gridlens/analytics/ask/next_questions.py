"""What can be asked next of an answer: short words that go on from its plan and surely have an answer."""

from collections.abc import Iterator
from datetime import date

from gridlens.analytics.ask.calendar import days_of
from gridlens.analytics.ask.errors import PlanRefused
from gridlens.analytics.ask.plan import CalendarUnit, QueryPlan
from gridlens.analytics.ask.understanding.understand import understand
from gridlens.shared.data_sources import SourceDescription

_MOST = 4
_LONG_FIRST = 5
_DAYS: dict[CalendarUnit, int] = {"month": 31, "week": 7, "day": 1}
_FEWEST_STEPS, _MOST_STEPS = 2, 62


def next_questions(plan: QueryPlan, source: SourceDescription, today: date) -> tuple[str, ...]:
    """Up to four follow-ups, each tried: the plan that it makes is another one and can be rendered."""
    kept: list[str] = []
    for words in _candidates(plan, today):
        found = understand(words, source, today, source.zone, plan)
        if found.is_follow_up and found.plan is not None:
            kept.append(words)
            if len(kept) == _MOST:
                break
    return tuple(kept)


def _candidates(plan: QueryPlan, today: date) -> Iterator[str]:
    if not plan.measures:
        return
    is_split = any(each.grain is None for each in plan.dimensions)
    has_grain = any(each.grain is not None for each in plan.dimensions)
    if not has_grain:
        yield from (f"by {unit}" for unit in _units(plan, today))
    if plan.time is not None and plan.time.span is not None and plan.comparison is None:
        yield "compared with the period before"
    if is_split:
        yield "as a share of the total"
        if plan.limit is None and not has_grain:
            yield f"top {_LONG_FIRST}"
    if has_grain:
        yield "as a running total"


def _units(plan: QueryPlan, today: date) -> Iterator[CalendarUnit]:
    """Units of which a few, and not too many, make up the time that is shown."""
    length = None
    if plan.time is not None and plan.time.span is not None:
        try:
            days = days_of(plan.time.span, today)
        except PlanRefused:
            return
        length = (days.end - days.start).days if days.start is not None and days.end is not None else None
    if length is None:
        yield "month"
        return
    yield from (unit for unit, size in _DAYS.items() if _FEWEST_STEPS <= length // size <= _MOST_STEPS)
