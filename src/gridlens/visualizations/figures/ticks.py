"""Where a time axis has its marks, what they say, and which spans of it are weekends."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

import msgspec

from gridlens.visualizations.figures.clock import DAY, HOUR, Cadence, instants, milliseconds

MOST_TICKS = 9
_MINUTE = 60_000

Unit = Literal["second", "minute", "hour", "day", "week", "month", "year"]
_LEVELS: tuple[tuple[Unit, int, int], ...] = (
    *(("second", n, n * 1000) for n in (1, 5, 15, 30)),
    *(("minute", n, n * _MINUTE) for n in (1, 5, 10, 15, 30)),
    *(("hour", n, n * HOUR) for n in (1, 2, 3, 6, 12)),
    *(("day", n, n * DAY) for n in (1, 2)),
    *(("week", n, n * 7 * DAY) for n in (1, 2)),
    *(("month", n, n * 30 * DAY) for n in (1, 2, 3, 6)),
    *(("year", n, n * 365 * DAY) for n in (1, 2, 5, 10, 20, 50, 100)),
)
_FINEST = {"1d": DAY, "1w": 7 * DAY, "1mo": 30 * DAY, "3mo": 90 * DAY, "1y": 365 * DAY}


class Ticks(msgspec.Struct, frozen=True):
    """``at`` carries the words of ``text``; ``marks`` are bare strokes where a labelled period begins."""

    at: tuple[int, ...]
    text: tuple[str, ...]
    marks: tuple[int, ...] = ()


def ticks(start: int, end: int, zone: str, cadence: Cadence) -> Ticks:
    """Marks of an axis from ``start`` to ``end``, in milliseconds, at round wall times of the zone."""
    span = max(end - start, 1)
    # Values of whole months have no days that an axis could name.
    finest = _FINEST.get(cadence.every or "", 0)
    levels = [level for level in _LEVELS if level[2] >= finest]
    unit, count, _ = next((level for level in levels if span / level[2] <= MOST_TICKS), levels[-1])
    place = ZoneInfo(zone)
    first = datetime.fromtimestamp(start / 1000, UTC).astimezone(place).replace(tzinfo=None)
    last = datetime.fromtimestamp(end / 1000, UTC).astimezone(place).replace(tzinfo=None)
    is_within_a_day = span <= 25 * HOUR
    named: list[tuple[int, str]] = []
    marks: list[int] = []
    for wall in _walls(unit, count, first, last):
        moments = instants(wall, place)
        if not moments and unit not in {"second", "minute", "hour"}:
            # Where midnight itself is skipped, the day begins when the clocks have jumped.
            moments = [wall.replace(tzinfo=place).astimezone(UTC)]
        for turn, moment in enumerate(moments):
            mark = milliseconds(moment)
            words = _words(unit, wall, turn if len(moments) == 2 else None, is_within_a_day=is_within_a_day)
            if is_within_a_day and mark == end and words == "00:00":
                words = "24:00"
            middle = mark + _lead(unit, count, cadence)
            if start <= mark <= end:
                marks.append(mark)
            if start <= middle <= end:
                named.append((middle, words))
    named.sort()
    at = tuple(place for place, _ in named)
    text = tuple(words for _, words in named)
    return Ticks(at, text, () if at == tuple(sorted(marks)) else tuple(marks))


def _lead(unit: Unit, count: int, cadence: Cadence) -> int:
    """How far behind the beginning of a period its name stands: in the middle of what it names."""
    if count == 1 and unit in {"day", "month", "year"}:
        return {"day": DAY, "month": 30 * DAY, "year": 365 * DAY}[unit] // 2
    if cadence.is_calendar and unit in {"day", "week", "month", "year"}:
        return cadence.milliseconds // 2
    return 0


def _walls(unit: Unit, count: int, first: datetime, last: datetime) -> Iterator[datetime]:
    """Round wall times around ``[first, last]``, one before it included, for a name may stand behind."""
    midnight = first.replace(hour=0, minute=0, second=0, microsecond=0)
    if unit in {"month", "year"}:
        months = count if unit == "month" else 12 * count
        index = (first.year * 12 + first.month - 1) // months * months
        while (wall := datetime(index // 12, index % 12 + 1, 1)) <= last:  # noqa: DTZ001 - wall time
            yield wall
            index += months
            if index // 12 > 9999:
                return
        return
    if unit == "week":
        step = timedelta(weeks=count)
        wall = midnight - timedelta(days=midnight.weekday())
    elif unit == "day":
        step = timedelta(days=count)
        wall = midnight - timedelta(days=midnight.toordinal() % count)
    else:
        seconds = count * {"second": 1, "minute": 60, "hour": 3600}[unit]
        step = timedelta(seconds=seconds)
        into = (first - midnight).total_seconds()
        wall = midnight + timedelta(seconds=into // seconds * seconds)
        # In autumn the last wall time can lie before the first one.
        last = max(last, first) + timedelta(hours=1)
    while wall <= last:
        yield wall
        wall += step


def _words(unit: Unit, wall: datetime, turn: int | None, *, is_within_a_day: bool) -> str:
    match unit:
        case "year":
            return f"{wall.year}"
        case "month":
            return f"{wall:%b %Y}" if wall.month == 1 else f"{wall:%b}"
        case "week":
            return f"{wall.day} {wall:%b}"
        case "day":
            return f"{wall:%a} {wall.day}"
        case _ if turn is not None:
            minutes = f":{wall:%M}" if wall.minute else ""
            return f"{wall.hour}{'AB'[turn]}{minutes}"
        case _ if not is_within_a_day and wall.hour == wall.minute == 0:
            return f"{wall:%a} {wall.day}"
        case "second":
            return f"{wall:%H:%M:%S}"
        case _:
            return f"{wall:%H:%M}"


def weekends(start: int, end: int, zone: str) -> list[tuple[int, int]]:
    """Saturdays with their Sundays, where the span is long enough for some and short enough to see."""
    if not 36 * HOUR <= end - start <= 75 * DAY:
        return []
    place = ZoneInfo(zone)
    day = datetime.fromtimestamp(start / 1000, UTC).astimezone(place).date()
    saturday = day - timedelta(days=(day.weekday() - 5) % 7)
    found = []
    while (begin := _midnight(saturday, place)) < end:
        finish = _midnight(saturday + timedelta(days=2), place)
        if finish > start:
            found.append((max(begin, start), min(finish, end)))
        saturday += timedelta(days=7)
    return found


def _midnight(day: date, place: ZoneInfo) -> int:
    return milliseconds(datetime.combine(day, time.min, place))
