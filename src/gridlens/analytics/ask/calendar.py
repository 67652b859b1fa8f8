"""Relative spans as calendar days, and local days as instants."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from datetime import time as clock_time
from functools import lru_cache
from itertools import pairwise
from typing import assert_never
from zoneinfo import ZoneInfo

from gridlens.analytics.ask.errors import PlanRefused
from gridlens.analytics.ask.plan import (
    CalendarUnit,
    Comparison,
    Days,
    Earlier,
    Last,
    Span,
    This,
    ToDate,
    Versus,
)

_MONTHS = {"month": 1, "quarter": 3, "year": 12}


def unit_start(day: date, unit: CalendarUnit) -> date:
    """The first day of the unit that holds ``day``; weeks start on Monday."""
    match unit:
        case "day":
            return day
        case "week":
            return day - timedelta(days=day.weekday())
        case "month":
            return day.replace(day=1)
        case "quarter":
            return day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1)
        case "year":
            return day.replace(month=1, day=1)
        case _:
            assert_never(unit)


def moved(day: date, unit: CalendarUnit, count: int) -> date:
    """The day ``count`` units away; the 31st becomes the last day of a shorter month."""
    try:
        if unit == "day":
            return day + timedelta(days=count)
        if unit == "week":
            return day + timedelta(weeks=count)
        months = day.year * 12 + day.month - 1 + count * _MONTHS[unit]
        first = date(months // 12, months % 12 + 1, 1)
        return min(first + timedelta(days=day.day - 1), _last_of_month(first))
    except (ValueError, OverflowError):
        raise PlanRefused("This time lies outside the calendar. Choose a nearer one.") from None


def days_of(span: Span, today: date) -> Days:
    """The calendar days of a span, seen from ``today``."""
    match span:
        case Days():
            return span
        case Last():
            current = unit_start(today, span.unit)
            return Days(start=moved(current, span.unit, -span.count), end=current)
        case This():
            current = unit_start(today, span.unit)
            return Days(start=current, end=moved(current, span.unit, 1))
        case ToDate():
            return Days(start=unit_start(today, span.unit), end=moved(today, "day", 1))
        case _:
            assert_never(span)


@dataclass(frozen=True, slots=True)
class Compared:
    """Local days ``[start, end)`` and the earlier ones they are compared with."""

    start: date
    end: date
    earlier_start: date
    earlier_end: date

    @property
    def now(self) -> Days:
        return Days(start=self.start, end=self.end)

    @property
    def then(self) -> Days:
        return Days(start=self.earlier_start, end=self.earlier_end)

    @property
    def overlaps(self) -> bool:
        """Whether there are days in both, as when each month of a year is compared with the one before."""
        return self.earlier_start < self.end and self.start < self.earlier_end


def compared_days(span: Span, comparison: Comparison, today: date) -> Compared:
    """The days of a span with those it is compared with.

    A period that still runs is compared as far as it has come: this year until today with last year until
    the same day, since a part of a year beside a whole one says nothing.
    """
    days = days_of(span, today)
    if days.start is None:
        raise PlanRefused("A comparison needs a time with a beginning. Choose from when.")
    tomorrow = moved(today, "day", 1)
    is_running = days.start < tomorrow and (days.end is None or days.end > tomorrow)
    end = tomorrow if is_running or days.end is None else days.end
    if isinstance(comparison, Versus):
        elapsed = comparison.start + (end - days.start) if is_running else comparison.end
        return Compared(days.start, end, comparison.start, min(comparison.end, elapsed))
    unit, count = _step_back(span, days.start, days.end or end, comparison)
    return Compared(
        days.start, end, moved(days.start, unit, -count), _moved_end(days.start, end, unit, count)
    )


def days_before(span: Span, by: Earlier, today: date) -> Days:
    """The days that come before those of a span: as many of them, or one unit where the span is longer."""
    days = days_of(span, today)
    if days.start is None or days.end is None:
        raise PlanRefused("Only a time with a beginning and an end has one before it. Name the time.")
    unit, count = _step_back(span, days.start, days.end, by)
    start = moved(days.start, unit, -count)
    is_longer = by.by != "period" and days.end > moved(days.start, unit, count)
    end = days.start if is_longer else _moved_end(days.start, days.end, unit, count)
    return Days(start=start, end=end)


def _moved_end(start: date, end: date, unit: CalendarUnit, count: int) -> date:
    # Whole months and years keep their own lengths: March 1 to April 1 goes back to February 1 to March 1.
    return max(moved(end, unit, -count), moved(start, unit, -count) + timedelta(days=1))


def _step_back(span: Span, start: date, end: date, comparison: Earlier) -> tuple[CalendarUnit, int]:
    if comparison.by == "period":
        if isinstance(span, Last):
            return span.unit, span.count
        if isinstance(span, This | ToDate):
            return span.unit, 1
        return _own_length(start, end)
    # A week has no counterpart a calendar year earlier; 52 weeks keep its weekdays.
    if comparison.by == "year" and isinstance(span, Last | This | ToDate) and span.unit == "week":
        return "week", 52
    return comparison.by, 1


def _own_length(start: date, end: date) -> tuple[CalendarUnit, int]:
    """The largest calendar unit that an absolute span is a whole number of."""
    months = (end.year - start.year) * 12 + end.month - start.month
    if start.day == 1 and end.day == 1 and months > 0:
        return "month", months
    return "day", (end - start).days


def _last_of_month(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def day_start(day: date, zone: ZoneInfo) -> datetime:
    """The UTC instant at which a local day begins, also where the clock skips or repeats midnight."""
    return datetime.combine(day, clock_time(), zone).astimezone(UTC)


@lru_cache(maxsize=512)
def _changes_in_year(zone: ZoneInfo, year: int) -> tuple[tuple[datetime, timedelta], ...]:
    """The instants in a UTC year at which the zone's offset changes, with the offset from then on."""
    step = timedelta(days=7)
    instants = [datetime(year, 1, 1, tzinfo=UTC) + step * week for week in range(53)]
    instants.append(datetime(year + 1, 1, 1, tzinfo=UTC))
    changes = []
    for before, after in pairwise(instants):
        if _offset(before, zone) != _offset(after, zone):
            low, high = before, after
            while high - low > timedelta(seconds=1):
                middle = low + (high - low) // 2
                middle = middle.replace(microsecond=0)
                low, high = (middle, high) if _offset(middle, zone) == _offset(low, zone) else (low, middle)
            changes.append((high, _offset(high, zone)))
    return tuple(changes)


def offsets(
    zone: ZoneInfo, start: datetime, end: datetime
) -> tuple[timedelta, tuple[tuple[datetime, timedelta], ...]]:
    """The zone's offset at ``start``, and each later change before ``end``."""
    changes = [
        change
        for year in range(start.year, min(end.year, 9998) + 1)
        for change in _changes_in_year(zone, year)
        if start < change[0] < end
    ]
    return _offset(start, zone), tuple(changes)


def _offset(instant: datetime, zone: ZoneInfo) -> timedelta:
    return instant.astimezone(zone).utcoffset() or timedelta()
