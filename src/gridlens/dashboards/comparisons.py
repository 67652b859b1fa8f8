"""The earlier span that a time range is compared with, by the calendar of its zone."""

from datetime import datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from gridlens.dashboards.periods import back, midnight
from gridlens.shared.time import Comparison, TimeRange

Compare = Literal["previous", "week", "year"]
"""The period just before, the same weekdays a week earlier, or 52 weeks earlier."""

_DAYS_BACK = {"week": 7, "year": 364}


def compared(span: TimeRange, by: Compare, now: datetime) -> Comparison:
    """Whole months go back by months, whole days by days, so that clock changes move nothing.

    A span of whole days that still runs is compared as far as it has come, so that a part of a month does
    not stand beside a whole one.
    """
    earlier = _earlier(span, by)
    place = ZoneInfo(span.zone)
    start, end, today = (each.astimezone(place) for each in (span.start, span.end, now))
    tomorrow = today.date() + timedelta(days=1)
    if not (_is_midnight(start) and _is_midnight(end) and start <= today and tomorrow < end.date()):
        return earlier
    elapsed = tomorrow - start.date()
    first = earlier.time_range.start.astimezone(place).date()
    until = min(midnight(first + elapsed, place), earlier.time_range.end)
    return Comparison(
        time_range=TimeRange(start=earlier.time_range.start, end=until, zone=span.zone),
        label=f"{earlier.label}, until the same day",
    )


def _earlier(span: TimeRange, by: Compare) -> Comparison:
    place = ZoneInfo(span.zone)
    start, end = span.start.astimezone(place), span.end.astimezone(place)
    if by != "previous":
        days = _DAYS_BACK[by]
        label = "a week earlier" if by == "week" else "52 weeks earlier"
        return Comparison(time_range=_moved(span, place, days), label=label)
    if not (_is_midnight(start) and _is_midnight(end)):
        length = span.end - span.start
        earlier = TimeRange(start=span.start - length, end=span.start, zone=span.zone)
        return Comparison(time_range=earlier, label="previous period")
    months = (end.year - start.year) * 12 + end.month - start.month
    if start.day == 1 and end.day == 1 and months > 0:
        first = midnight(back(start.date(), "month", months), place)
        return Comparison(
            time_range=TimeRange(start=first, end=span.start, zone=span.zone),
            label=_label(months, "month") if months != 12 else "previous year",
        )
    days = (end.date() - start.date()).days
    return Comparison(
        time_range=_moved(span, place, days), label="previous week" if days == 7 else _label(days, "day")
    )


def _label(count: int, unit: str) -> str:
    return f"previous {unit}" if count == 1 else f"previous {count} {unit}s"


def _moved(span: TimeRange, place: ZoneInfo, days: int) -> TimeRange:
    def move(instant: datetime) -> datetime:
        local = instant.astimezone(place)
        if _is_midnight(local):
            return midnight(local.date() - timedelta(days=days), place)
        # Arithmetic on a zoned time is that of the clock on the wall.
        return (local - timedelta(days=days)).astimezone(span.start.tzinfo)

    return TimeRange(start=move(span.start), end=move(span.end), zone=span.zone)


def _is_midnight(local: datetime) -> bool:
    return (local.hour, local.minute, local.second, local.microsecond) == (0, 0, 0, 0)
