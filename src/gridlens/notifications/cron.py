"""Schedules in plain words, with the next times they come due."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import msgspec
from cronsim import CronSim

from gridlens.core.jobs import InvalidCron, next_times
from gridlens.notifications.mail.dates import moment

DAYS = ("Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday")
LEAST_GAP = timedelta(minutes=15)
TIMES_CHECKED = 200


class DueTime(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    at: datetime
    local: str


class SchedulePreview(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """``description`` reads the schedule back; ``local`` names the zone's abbreviation of that day."""

    description: str
    next_times: tuple[DueTime, ...]


def preview(cron: str, zone: str, now: datetime, count: int = 5) -> SchedulePreview:
    times = check(cron, zone, now)[:count]
    return SchedulePreview(
        description=describe(cron, zone),
        next_times=tuple(DueTime(at=each, local=moment(each, zone)) for each in times),
    )


def check(cron: str, zone: str, now: datetime) -> list[datetime]:
    """The times to come; refuses what cannot be read, never comes due or would flood a mailbox."""
    if len(cron.split()) != 5:
        raise InvalidCron(
            "A schedule has five fields: minute, hour, day of month, month, day of week.",
            fields={"cron": "five fields are needed"},
        )
    times = next_times(cron, zone, now, TIMES_CHECKED)
    if not times:
        raise InvalidCron("This schedule never comes due. Choose another.", fields={"cron": "never due"})
    if any(later - earlier < LEAST_GAP for earlier, later in pairwise(times)):
        raise InvalidCron(
            "This schedule would send more often than every 15 minutes. Choose a calmer one.",
            fields={"cron": "more often than every 15 minutes"},
        )
    return times


def describe(cron: str, zone: str) -> str:
    """What the schedule does, said as people say it where it is a common one."""
    minute, hour, day, month, weekday = cron.upper().split()
    said = None
    if minute.isdigit() and hour.isdigit() and month == "*":
        said = _on_days(day, weekday, f"{int(hour):02d}:{int(minute):02d}")
    elif minute.isdigit() and (hour, day, month, weekday) == ("*", "*", "*", "*"):
        said = "Every hour, on the hour" if int(minute) == 0 else f"Every hour, {int(minute)} minutes past"
    if said is None:
        said = CronSim(cron, datetime.now(UTC)).explain()
    return f"{said} ({_place(zone)})"


def _on_days(day: str, weekday: str, time: str) -> str | None:
    if (day, weekday) == ("*", "*"):
        return f"Every day at {time}"
    if day == "*":
        days = _weekdays(weekday)
        if days == (1, 2, 3, 4, 5):
            return f"Every weekday, Monday to Friday, at {time}"
        return f"Every {_listed([DAYS[each] for each in days])} at {time}" if days else None
    if weekday == "*" and day == "L":
        return f"On the last day of every month at {time}"
    if weekday == "*" and day.isdigit():
        return f"On day {int(day)} of every month at {time}" + _where_there_is_one(int(day))
    return None


def _where_there_is_one(day: int) -> str:
    return ", in months that have one" if day > 28 else ""


def _weekdays(field: str) -> tuple[int, ...] | None:
    """The days that a plain list or range of weekdays names, Monday first; nothing for other notations."""
    days: set[int] = set()
    for part in field.split(","):
        first, _, last = part.partition("-")
        start, end = _weekday(first), _weekday(last or first)
        if start is None or end is None or end < start:
            return None
        days |= {each % 7 for each in range(start, end + 1)}
    return tuple(sorted(days, key=lambda each: (each - 1) % 7))


def _weekday(name: str) -> int | None:
    if name.isdigit() and int(name) <= 7:
        return int(name)
    short = [each[:3].upper() for each in DAYS]
    return short.index(name) if name in short else None


def _listed(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def _place(zone: str) -> str:
    return f"{ZoneInfo(zone).key} time"
