"""Time ranges as people choose them, and the instants they mean in a zone."""

from datetime import UTC, date, datetime, timedelta
from typing import Annotated, Literal, assert_never
from zoneinfo import ZoneInfo

import msgspec
from msgspec import Meta

from gridlens.core.errors import Invalid
from gridlens.shared.time import TimeRange

Unit = Literal["hour", "day", "week", "month", "quarter", "year"]
MONTHS = {"month": 1, "quarter": 3, "year": 12}
FIRST_YEAR, LAST_YEAR = 1900, 2200


class InvalidTimeRange(Invalid):
    kind = "invalid-time-range"
    title = "This time range cannot be used"


class _Choice(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename="camel", tag_field="type"
):
    pass


class Between(_Choice, frozen=True, kw_only=True, tag="between"):
    """Two instants: from ``start`` to just before ``end``."""

    start: Annotated[datetime, Meta(tz=True)]
    end: Annotated[datetime, Meta(tz=True)]


class Days(_Choice, frozen=True, kw_only=True, tag="days"):
    """Whole local days, the last one included."""

    first_on: date
    last_on: date


class Relative(_Choice, frozen=True, kw_only=True, tag="relative"):
    """A range that moves along with now, or with the newest data that the dashboard's charts have.

    ``last`` counts back from the end of the running day (for hours: of the running hour);
    ``this`` is the whole calendar unit that runs; ``previous`` the whole units before it.
    """

    span: Literal["last", "this", "previous"]
    unit: Unit
    count: Annotated[int, Meta(ge=1, le=1000)] = 1
    anchor: Literal["now", "newest"] = "now"


TimeChoice = Between | Days | Relative


def check(choice: TimeChoice) -> None:
    """Raise for a range that is empty, runs backwards or lies outside every calendar we serve."""
    match choice:
        case Between(start=start, end=end):
            if start >= end:
                raise InvalidTimeRange(
                    "The time range ends before it starts.", fields={"end": "not after start"}
                )
            years = (start.year, end.year)
        case Days(first_on=first, last_on=last):
            if first > last:
                raise InvalidTimeRange(
                    "The last day of the time range is before its first.", fields={"lastOn": "before firstOn"}
                )
            years = (first.year, last.year)
        case Relative():
            if choice.span == "this" and choice.count != 1:
                raise InvalidTimeRange("“This” takes one unit.", fields={"count": "must be 1"})
            return
        case _:
            assert_never(choice)
    if years[0] < FIRST_YEAR or years[1] >= LAST_YEAR:
        raise InvalidTimeRange(f"Choose a time range between the years {FIRST_YEAR} and {LAST_YEAR}.")


def resolve(choice: TimeChoice, zone: str, *, anchor: datetime) -> TimeRange:
    """The instants of a choice in ``zone``; relative ones are counted from ``anchor``."""
    place = ZoneInfo(zone)
    match choice:
        case Between(start=start, end=end):
            return TimeRange(start=start.astimezone(UTC), end=end.astimezone(UTC), zone=zone)
        case Days(first_on=first, last_on=last):
            return _days(first, last + timedelta(days=1), place)
        case Relative(unit="hour"):
            return _hours(choice, anchor, place)
        case Relative():
            return _days(*_relative_days(choice, anchor.astimezone(place).date()), place)
        case _:
            assert_never(choice)


def midnight(day: date, place: ZoneInfo) -> datetime:
    """The first instant of a local day, also where the clocks change at midnight."""
    return datetime(day.year, day.month, day.day, tzinfo=place).astimezone(UTC)


def _days(first: date, end: date, place: ZoneInfo) -> TimeRange:
    return TimeRange(start=midnight(first, place), end=midnight(end, place), zone=place.key)


def _hours(choice: Relative, anchor: datetime, place: ZoneInfo) -> TimeRange:
    # Subtracting in UTC keeps the repeated hour of autumn apart; local minutes respect zones
    # whose offset is not whole hours.
    local = anchor.astimezone(place)
    running = anchor.astimezone(UTC) - timedelta(
        minutes=local.minute, seconds=local.second, microseconds=local.microsecond
    )
    end = running if choice.span == "previous" else running + timedelta(hours=1)
    return TimeRange(start=end - timedelta(hours=choice.count), end=end, zone=place.key)


def _relative_days(choice: Relative, today: date) -> tuple[date, date]:
    if choice.span == "last":
        end = today + timedelta(days=1)
        return back(end, choice.unit, choice.count), end
    first = _first_day(today, choice.unit)
    if choice.span == "this":
        return first, back(first, choice.unit, -1)
    return back(first, choice.unit, choice.count), first


def _first_day(day: date, unit: Unit) -> date:
    if unit == "week":
        return day - timedelta(days=day.weekday())
    if unit in MONTHS:
        months = MONTHS[unit]
        return date(day.year, (day.month - 1) // months * months + 1, 1)
    return day


def back(day: date, unit: Unit, count: int) -> date:
    """The same day ``count`` units earlier; the last of a month where that month is shorter."""
    if unit not in MONTHS:
        return day - timedelta(days=count * (7 if unit == "week" else 1))
    year, month = divmod(day.year * 12 + day.month - 1 - count * MONTHS[unit], 12)
    first = date(year, month + 1, 1)
    following = date(year + (month == 11), (month + 1) % 12 + 1, 1)
    return min(first + timedelta(days=day.day - 1), following - timedelta(days=1))
