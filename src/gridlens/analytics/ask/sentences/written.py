"""What may be typed for a slot in place of its options, and what stands there now, written alike."""

from dataclasses import dataclass
from datetime import date, timedelta

import msgspec

from gridlens.analytics.ask.calendar import days_of
from gridlens.analytics.ask.plan import Compare, Days, OneOf, QueryPlan, Span, TimeScope
from gridlens.analytics.ask.sentences.parts import Accepts


@dataclass(frozen=True, slots=True)
class Written:
    """``now`` is None where what stands there cannot be written: a time without an end."""

    accepts: Accepts
    now: str | None = None


def written(plan: QueryPlan, name: str, index: int, today: date | None) -> Written | None:
    """What the slot accepts, None where it is changed by its options alone.

    Days that count from ``today`` are written only where that is known.
    """
    scope = plan.time
    match name:
        case "filter":
            return _of_filter(plan, index)
        case "having":
            return Written("number", f"{plan.having[index].value:g}")
        case "limit":
            return Written("number", str(plan.limit))
        case "range" if scope is not None and scope.span is not None:
            return Written("days", _days(scope.span, today))
        case "hours" | "weekdays" | "months" if scope is not None:
            return _of_clock(scope, name)
    return None


def _of_filter(plan: QueryPlan, index: int) -> Written | None:
    each = plan.filters[index]
    if isinstance(each, OneOf) and not any(isinstance(value, bool) for value in each.values):
        return Written("values", f"values:{msgspec.json.encode(each.values).decode()}")
    is_number = isinstance(each, Compare) and isinstance(each.value, int | float)
    return Written("number", str(each.value)) if isinstance(each, Compare) and is_number else None


def _of_clock(scope: TimeScope, name: str) -> Written:
    if name == "hours":
        hours = scope.time_of_day
        return Written("hours", f"{hours.start:%H:%M}-{hours.end:%H:%M}" if hours is not None else None)
    if name == "weekdays":
        return Written("weekdays", ",".join(map(str, scope.weekdays or range(1, 8))))
    return Written("months", ",".join(map(str, scope.months or range(1, 13))))


def _days(span: Span, today: date | None) -> str | None:
    if today is None and not isinstance(span, Days):
        return None
    days = days_of(span, today or date.max)
    if days.start is None or days.end is None:
        return None
    return f"days:{days.start}:{days.end - timedelta(days=1)}"
