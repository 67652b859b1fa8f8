"""Times as readers of a mail know them: local, and with their zone named."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from gridlens.shared.time import TimeRange

Covers = Literal["own", "previous_day", "previous_week", "previous_month"]


def day(on: date) -> str:
    return f"{on.day} {on:%b %Y}"


def moment(at: datetime, zone: str) -> str:
    """``Mon 15 Jun 2026, 07:00 CEST``"""
    local = at.astimezone(ZoneInfo(zone))
    return f"{local:%a} {day(local.date())}, {local:%H:%M} {local.tzname()}"


def span(covered: TimeRange) -> str:
    """``8 – 14 Jun 2026`` for whole days, else from and to with times."""
    zone = ZoneInfo(covered.zone)
    start, end = covered.start.astimezone(zone), covered.end.astimezone(zone)
    if start.time() != time.min or end.time() != time.min:
        return f"{moment(covered.start, covered.zone)} – {moment(covered.end, covered.zone)}"
    first, last = start.date(), end.date() - timedelta(days=1)
    if first == last:
        return day(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day} – {day(last)}"
    opening = f"{first.day} {first:%b}" if first.year == last.year else day(first)
    return f"{opening} – {day(last)}"


def covered_by(covers: Covers, zone: str, due_at: datetime) -> TimeRange | None:
    """The calendar unit before the one in which a report is due; nothing for the target's own range."""
    today = due_at.astimezone(ZoneInfo(zone)).date()
    match covers:
        case "own":
            return None
        case "previous_day":
            first, end = today - timedelta(days=1), today
        case "previous_week":
            end = today - timedelta(days=today.weekday())
            first = end - timedelta(days=7)
        case "previous_month":
            end = today.replace(day=1)
            first = (end - timedelta(days=1)).replace(day=1)
    return TimeRange(start=_midnight(first, zone), end=_midnight(end, zone), zone=zone)


def _midnight(on: date, zone: str) -> datetime:
    return datetime(on.year, on.month, on.day, tzinfo=ZoneInfo(zone)).astimezone(UTC)
