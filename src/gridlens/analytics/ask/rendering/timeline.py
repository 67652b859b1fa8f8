"""The times of a plan over a source: its periods as days, its columns as clocks."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlglot import exp

from gridlens.analytics.ask.calendar import Compared, compared_days, day_start, days_of
from gridlens.analytics.ask.clocks import Clock, Move, Storage, TimeColumn, label_shift, storage_of
from gridlens.analytics.ask.engines import clock_for
from gridlens.analytics.ask.plan import ColumnRef, Days, Dimension, Grain, QueryPlan
from gridlens.analytics.ask.relations import Relations
from gridlens.analytics.ask.rendering.identifiers import column as column_sql
from gridlens.analytics.ask.rendering.identifiers import identifier
from gridlens.analytics.ask.trees import any_of, enclosed
from gridlens.shared.results import Kind

_PERIOD, _IS_BEFORE = "period", "is_before"
_READ_AS_NOW = exp.EQ(this=column_sql(_PERIOD, _IS_BEFORE), expression=exp.Literal.number(0))
_READ_AS_BEFORE = exp.EQ(this=column_sql(_PERIOD, _IS_BEFORE), expression=exp.Literal.number(1))
TWICE = exp.Join(
    this=exp.union(
        *(exp.select(exp.alias_(exp.Literal.number(which), identifier(_IS_BEFORE))) for which in (0, 1)),
        distinct=False,
    ).subquery(identifier(_PERIOD)),
    kind="cross",
)
"""Joined to rows, it gives each of them once for the period and once for the earlier one."""

_BROAD_WINDOW = (datetime(1990, 1, 1, tzinfo=UTC), datetime(2040, 1, 1, tzinfo=UTC))
_WINDOW_MARGIN = timedelta(days=2)
# Readings go on arriving after a profile was taken.
_PROFILE_AGE = timedelta(days=800)


def anchor_day(plan: QueryPlan, relations: Relations, dialect: str, zone: str, today: date) -> date:
    """The day that relative spans of the plan count from."""
    if plan.time is None or plan.time.anchor == "today":
        return today
    return newest_day(plan.time.column, relations, dialect, zone) or today


def newest_day(reference: ColumnRef, relations: Relations, dialect: str, zone: str) -> date | None:
    """The local day of the newest value in a time column, as far as the catalog knows it."""
    return _known_day(reference, relations, dialect, zone, newest=True)


def oldest_day(reference: ColumnRef, relations: Relations, dialect: str, zone: str) -> date | None:
    """The local day of the oldest value in a time column, as far as the catalog knows it."""
    return _known_day(reference, relations, dialect, zone, newest=False)


def _known_day(
    reference: ColumnRef, relations: Relations, dialect: str, zone: str, *, newest: bool
) -> date | None:
    instant = _profiled(reference, relations, dialect, zone, newest=newest)
    if instant is None:
        return None
    shift = label_shift(relations.column(reference), relations.table(reference))
    return (instant - shift).astimezone(ZoneInfo(zone)).date()


def _profiled(
    reference: ColumnRef, relations: Relations, dialect: str, zone: str, *, newest: bool
) -> datetime | None:
    column = relations.column(reference)
    value = None if column.profile is None else (column.profile.maximum if newest else column.profile.minimum)
    storage = storage_of(column, dialect)
    if isinstance(value, int | float):
        scale = 1000 if storage is Storage.EPOCH_MILLISECONDS else 1
        return datetime.fromtimestamp(value / scale, UTC)
    try:
        found = datetime.fromisoformat(value) if value else None
    except ValueError:
        return None
    if found is None or found.tzinfo is not None:
        return found
    return found.replace(tzinfo=ZoneInfo(zone) if storage in (Storage.LOCAL, Storage.DATE) else UTC)


class Timeline:
    """``days`` is the plan's period, ``compared`` the period with its earlier counterpart."""

    def __init__(self, plan: QueryPlan, relations: Relations, dialect: str, zone: str, today: date) -> None:
        self.relations = relations
        self.scope = plan.time
        self.days: Days | None = None
        self.compared: Compared | None = None
        self._dialect = dialect
        self._zone = zone
        if plan.time is not None and plan.time.span is not None:
            anchor = anchor_day(plan, relations, dialect, zone, today)
            self.days = days_of(plan.time.span, anchor)
            if plan.comparison is not None:
                self.compared = compared_days(plan.time.span, plan.comparison, anchor)
                self.days = self.compared.now

    def column(self, reference: ColumnRef) -> TimeColumn:
        column, table = self.relations.column(reference), self.relations.table(reference)
        sql = column_sql(reference.table, column.name)
        return TimeColumn(sql, storage_of(column, self._dialect), label_shift(column, table))

    def clock(self, reference: ColumnRef) -> Clock:
        return clock_for(self._dialect, self._zone, self._window(reference))

    def within(self, reference: ColumnRef) -> exp.Expr | None:
        """The condition that a row lies in the period, or in the earlier one."""
        clock, time = self.clock(reference), self.column(reference)
        if self.days is None:
            return None
        now = clock.within(time, self.days)
        if self.compared is None or now is None:
            return now
        then = clock.within(time, self.compared.then)
        if self.overlaps and then is not None:
            return any_of(
                enclosed(exp.and_(_READ_AS_NOW.copy(), now)), enclosed(exp.and_(_READ_AS_BEFORE.copy(), then))
            )
        return now if then is None else any_of(enclosed(now), enclosed(then))

    @property
    def overlaps(self) -> bool:
        """Whether rows lie in both periods, so that each has to be read once for either: :data:`TWICE`."""
        return self.compared is not None and self.compared.overlaps

    def periods(self, reference: ColumnRef) -> tuple[exp.Expr, exp.Expr] | None:
        """The conditions that tell rows of the period from rows of the earlier one."""
        if self.compared is None:
            return None
        if self.overlaps:
            return _READ_AS_NOW.copy(), _READ_AS_BEFORE.copy()
        clock, time = self.clock(reference), self.column(reference)
        if self.compared.earlier_end <= self.compared.start:
            # One boundary tells the two apart, as no other rows are read.
            start = clock.bound(time, self.compared.start)
            left = clock.comparable(time)
            return exp.GTE(this=left, expression=start), exp.LT(this=left.copy(), expression=start.copy())
        now, then = clock.within(time, self.compared.now), clock.within(time, self.compared.then)
        return None if now is None or then is None else (now, then)

    def recurring(self, reference: ColumnRef) -> list[exp.Expr]:
        """Conditions on the clock, the weekday and the month."""
        found: list[exp.Expr] = []
        if self.scope is None:
            return found
        clock, time = self.clock(reference), self.column(reference)
        if self.scope.time_of_day is not None and time.storage is not Storage.DATE:
            found.append(clock.during(time, self.scope.time_of_day))
        recurring: list[tuple[Grain, tuple[int, ...]]] = [
            ("weekday", self.scope.weekdays),
            ("month_of_year", self.scope.months),
        ]
        for grain, chosen in recurring:
            if chosen:
                part = enclosed(clock.part(clock.local(time), grain))
                found.append(exp.In(this=part, expressions=[exp.Literal.number(n) for n in chosen]))
        return found

    def grouped(
        self, dimension: Dimension, reference: ColumnRef, periods: tuple[exp.Expr, exp.Expr] | None
    ) -> exp.Expr:
        """The group a row falls in by time; rows of an earlier period fall where their counterparts do."""
        if dimension.grain is None:
            return self.column(reference).sql
        clock, time = self.clock(reference), self.column(reference)
        group = clock.grained(time, dimension.grain)
        move = (
            None if periods is None or self.compared is None else self._move(self.compared, dimension.grain)
        )
        if periods is None or move is None:
            return group
        return (
            exp.Case()
            .when(periods[0].copy(), group, copy=False)
            .else_(clock.grained(time, dimension.grain, move), copy=False)
        )

    def listed(self, reference: ColumnRef) -> exp.Expr:
        return self.clock(reference).listed(self.column(reference))

    def _move(self, compared: Compared, grain: Grain) -> Move | None:
        now, then = compared.start, compared.earlier_start
        match grain:
            case "minute15" | "hour":
                zone = ZoneInfo(self._zone)
                elapsed = day_start(now, zone) - day_start(then, zone)
                local = now - then
                return Move(seconds=int(elapsed.total_seconds()), local_seconds=int(local.total_seconds()))
            case "day" | "week":
                return Move(days=(now - then).days)
            case "month" | "quarter" | "year":
                return Move(months=(now.year - then.year) * 12 + now.month - then.month)
            case _:
                return None

    def _window(self, reference: ColumnRef) -> tuple[datetime, datetime]:
        """The instants whose offsets matter, as narrow as the plan or the profile allows."""
        if self.relations.column(reference).kind not in (Kind.TIMESTAMP, Kind.DATE):
            return _BROAD_WINDOW
        ends = [
            _profiled(reference, self.relations, self._dialect, self._zone, newest=newest)
            for newest in (False, True)
        ]
        start, end = ends[0] or _BROAD_WINDOW[0], (ends[1] or _BROAD_WINDOW[1]) + _PROFILE_AGE
        if self.scope is not None and self.scope.column == reference:
            zone = ZoneInfo(self._zone)
            spans = [self.days, self.compared.then] if self.compared else [self.days]
            starts = [days.start for days in spans if days is not None and days.start is not None]
            stops = [days.end for days in spans if days is not None and days.end is not None]
            if len(starts) == len(spans):
                start = day_start(min(starts), zone)
            if len(stops) == len(spans):
                end = day_start(max(stops), zone)
        return start - _WINDOW_MARGIN, max(end, start) + _WINDOW_MARGIN
