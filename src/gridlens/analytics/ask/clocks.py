"""Local days, hours and months in each engine's own SQL.

PostgreSQL and DuckDB know time zones by name. SQLite has none, and MySQL and MariaDB only where an
administrator loaded the tables, so for these the offsets of the years asked about are written out.
"""

import re
from abc import ABC, abstractmethod
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from datetime import time as clock_time
from enum import Enum, auto
from zoneinfo import ZoneInfo

from sqlglot import exp

from gridlens.analytics.ask.calendar import day_start, offsets
from gridlens.analytics.ask.plan import Days, Grain, TimeOfDay
from gridlens.analytics.ask.relations import main_time_column
from gridlens.analytics.ask.trees import all_of, any_of, enclosed
from gridlens.shared.catalog import CatalogColumn, CatalogTable
from gridlens.shared.results import Kind

_INSTANT_STEPS: dict[Grain, int] = {"minute15": 900, "hour": 3600}
_EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
_LATEST = datetime(2040, 1, 1, tzinfo=UTC)
_UTC_WORDS = re.compile(r"\b(utc|gmt|zulu)\b")
_ENDING_WORDS = re.compile(
    r"\b(hour|period|interval)[ -]ending\b|\bend of (the |its )?(interval|period|hour)\b"
)


class Storage(Enum):
    """How a column holds time. ``LOCAL`` is the clock on the wall in the source's zone, without an offset."""

    AWARE = auto()
    UTC = auto()
    LOCAL = auto()
    DATE = auto()
    EPOCH_SECONDS = auto()
    EPOCH_MILLISECONDS = auto()


@dataclass(frozen=True, slots=True)
class TimeColumn:
    """A column of times. Labels at the end of their interval are moved back by ``shift`` to its start."""

    sql: exp.Expr
    storage: Storage
    shift: timedelta = timedelta()


def storage_of(column: CatalogColumn, dialect: str) -> Storage:
    """Times without a zone are local, as everywhere in Gridlens, unless the column says that they are UTC."""
    native = column.native_type.casefold()
    if column.kind is Kind.DATE:
        return Storage.DATE
    if "int" in native and "point" not in native:
        newest = column.profile.maximum if column.profile else None
        is_fine = isinstance(newest, int | float) and newest > 10**11
        return Storage.EPOCH_MILLISECONDS if is_fine else Storage.EPOCH_SECONDS
    if "with time zone" in native or "timestamptz" in native:
        return Storage.AWARE
    if dialect == "mysql" and native.startswith("timestamp"):
        return Storage.AWARE
    words = f"{column.name.replace('_', ' ')} {column.description or ''}".casefold()
    return Storage.UTC if _UTC_WORDS.search(words) else Storage.LOCAL


def label_shift(column: CatalogColumn, table: CatalogTable) -> timedelta:
    """How far a label lies after the start of its interval: by what people said, else by its name."""
    if not table.interval_seconds or column.kind is not Kind.TIMESTAMP:
        return timedelta()
    if table.interval_labels is not None:
        ends = table.interval_labels == "end" and main_time_column(table) == column
        return timedelta(seconds=table.interval_seconds) if ends else timedelta()
    words = f"{column.name.replace('_', ' ')} {column.description or ''}".casefold()
    if _ENDING_WORDS.search(words):
        return timedelta(seconds=table.interval_seconds)
    return timedelta()


class Clock(ABC):
    """Time in one dialect. ``window`` bounds the instants for which offsets are written out."""

    def __init__(self, zone: ZoneInfo, window: tuple[datetime, datetime] = (_EARLIEST, _LATEST)) -> None:
        self.zone = zone
        self.window = window

    # What each engine says in its own way.

    @abstractmethod
    def date_literal(self, day: date) -> exp.Expr: ...

    @abstractmethod
    def instant_literal(self, column: TimeColumn, instant: datetime) -> exp.Expr:
        """An aware instant as the column would say it, to stand beside ``comparable(column)``."""

    @abstractmethod
    def naive(self, column: TimeColumn) -> exp.Expr:
        """The label as a naive time: local where the column is local, else UTC."""

    @abstractmethod
    def aware(self, utc: exp.Expr) -> exp.Expr:
        """A naive UTC time as an answer that cannot be mistaken for local time."""

    @abstractmethod
    def plus(self, value: exp.Expr, seconds: exp.Expr) -> exp.Expr: ...

    @abstractmethod
    def to_local(self, column: TimeColumn) -> exp.Expr: ...

    @abstractmethod
    def floor(self, value: exp.Expr, seconds: int) -> exp.Expr: ...

    @abstractmethod
    def period_start(self, local: exp.Expr, grain: Grain) -> exp.Expr: ...

    @abstractmethod
    def part(self, local: exp.Expr, grain: Grain) -> exp.Expr: ...

    @abstractmethod
    def time_of_day(self, local: exp.Expr) -> exp.Expr: ...

    @abstractmethod
    def plus_days(self, day: exp.Expr, days: int) -> exp.Expr: ...

    @abstractmethod
    def plus_months(self, day: exp.Expr, months: int) -> exp.Expr: ...

    def comparable(self, column: TimeColumn) -> exp.Expr:
        return column.sql.copy()

    def label(self, column: TimeColumn, instant: datetime) -> str:
        """An aware instant in the column's own naive writing."""
        return _written(instant.astimezone(self.zone if column.storage is Storage.LOCAL else UTC))

    def time_literal(self, value: clock_time) -> exp.Expr:
        return exp.Literal.string(value.strftime("%H:%M:%S"))

    # What is the same everywhere.

    def bound(self, column: TimeColumn, day: date) -> exp.Expr:
        """The beginning of a local day as the column would say it."""
        if column.storage is Storage.DATE:
            return self.date_literal(day)
        if column.storage is Storage.LOCAL:
            return self.naive_literal(_written(datetime.combine(day, clock_time()) + column.shift))
        return self.instant_literal(column, day_start(day, self.zone) + column.shift)

    def within(self, column: TimeColumn, days: Days) -> exp.Expr | None:
        """The condition that a row's time falls on one of the days."""
        conditions: list[exp.Expr] = []
        if days.start is not None:
            conditions.append(
                exp.GTE(this=self.comparable(column), expression=self.bound(column, days.start))
            )
        if days.end is not None:
            conditions.append(exp.LT(this=self.comparable(column), expression=self.bound(column, days.end)))
        return all_of(*conditions) if conditions else None

    def local(self, column: TimeColumn) -> exp.Expr:
        """The clock on the wall at the start of the interval."""
        if column.storage is Storage.DATE:
            return self.comparable(column)
        if column.storage is Storage.LOCAL:
            return self.started(column)
        return self.to_local(column)

    def grained(self, column: TimeColumn, grain: Grain, moved_by: "Move | None" = None) -> exp.Expr:
        """The group a row falls in: an instant up to hours, a date from days on, else a number."""
        if grain in _INSTANT_STEPS:
            return self._instant_group(column, grain, moved_by)
        local = self.local(column)
        if grain in ("hour_of_day", "weekday", "month_of_year"):
            return self.part(local, grain)
        if grain == "day_kind":
            is_end = exp.In(this=self.part(local, "weekday"), expressions=[number(6), number(7)])
            return exp.Case().when(is_end, text("Weekend")).else_(text("Weekday"))
        if moved_by is not None and moved_by.days:
            local = self.plus_days(local, moved_by.days)
        start = self.period_start(local, grain)
        if moved_by is not None and moved_by.months:
            return self.plus_months(start, moved_by.months)
        return start

    def listed(self, column: TimeColumn) -> exp.Expr:
        """The start of the interval as it is shown in a row."""
        started = self.started(column)
        if column.storage in (Storage.LOCAL, Storage.DATE):
            return started
        return self.aware(started)

    def during(self, column: TimeColumn, hours: TimeOfDay) -> exp.Expr:
        """The condition that the local clock shows a time of the window."""
        now = self.time_of_day(self.local(column))
        after = exp.GTE(this=now, expression=self.time_literal(hours.start))
        before = exp.LT(this=now.copy(), expression=self.time_literal(hours.end))
        if hours.end == clock_time():
            return after
        if hours.start == clock_time():
            return before
        return any_of(after, before) if hours.end <= hours.start else all_of(after, before)

    def started(self, column: TimeColumn) -> exp.Expr:
        """The start of the interval as a naive time."""
        naive = self.naive(column)
        return self.plus(naive, number(-int(column.shift.total_seconds()))) if column.shift else naive

    def _instant_group(self, column: TimeColumn, grain: Grain, moved_by: "Move | None") -> exp.Expr:
        step = _INSTANT_STEPS[grain]
        value = self.started(column)
        if column.storage is Storage.LOCAL:
            value = self.floor(value, step)
            return self.plus(value, number(moved_by.local_seconds)) if moved_by else value
        # Zones half an hour off full hours begin their hours in between those of UTC.
        rest = None
        if any(seconds % step for seconds in self._all_offsets()):
            rest = self.offset_sql(value, step)
            value = self.plus(value, rest)
        value = self.floor(value, step)
        if rest is not None:
            value = self.plus(value, exp.Neg(this=enclosed(rest.copy())))
        if moved_by is not None and moved_by.seconds:
            value = self.plus(value, number(moved_by.seconds))
        return self.aware(value)

    def _all_offsets(self) -> list[int]:
        first, changes = offsets(self.zone, *self.window)
        return [int(value.total_seconds()) for value in (first, *(offset for _, offset in changes))]

    def offset_sql(self, utc: exp.Expr, modulo: int | None = None) -> exp.Expr:
        """The seconds that the zone is ahead of a naive UTC time, or their rest modulo a step."""
        before, changes = offsets(self.zone, *self.window)

        def seconds(offset: timedelta) -> exp.Expr:
            whole = int(offset.total_seconds())
            return number(whole % modulo if modulo else whole)

        case = exp.Case()
        for instant, offset in changes:
            limit = self.naive_literal(_written(instant))
            case = case.when(exp.LT(this=utc.copy(), expression=limit), seconds(before))
            before = offset
        return case.else_(seconds(before)) if changes else seconds(before)

    def naive_literal(self, text: str) -> exp.Expr:
        return exp.cast(exp.Literal.string(text), "timestamp")


@dataclass(frozen=True, slots=True)
class Move:
    """How far the rows of an earlier period are moved to meet their counterparts."""

    days: int = 0
    months: int = 0
    seconds: int = 0
    local_seconds: int = 0


def _written(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%d %H:%M:%S")


def number(value: int) -> exp.Expr:
    literal = exp.Literal.number(abs(value))
    return exp.Neg(this=literal) if value < 0 else literal


def call(name: str, *arguments: exp.Expr) -> exp.Expr:
    """A function exactly as the engine calls it."""
    return exp.Anonymous(this=name, expressions=[argument.copy() for argument in arguments])


def text(value: str) -> exp.Expr:
    return exp.Literal.string(value)
