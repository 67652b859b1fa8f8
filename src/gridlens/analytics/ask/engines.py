"""The time functions of PostgreSQL, DuckDB, MySQL with MariaDB, and SQLite."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from sqlglot import exp

from gridlens.analytics.ask.clocks import Clock, Storage, TimeColumn, call, number, text
from gridlens.analytics.ask.errors import PlanRefused
from gridlens.analytics.ask.plan import Grain
from gridlens.analytics.ask.trees import enclosed

_FIELDS: dict[Grain, str] = {"hour_of_day": "HOUR", "weekday": "ISODOW", "month_of_year": "MONTH"}


def _utc(instant: datetime) -> str:
    return instant.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S")


class ZonedClock(Clock):
    """An engine that knows time zones by name."""

    def date_literal(self, day: date) -> exp.Expr:
        return exp.cast(text(day.isoformat()), "date")

    def instant_literal(self, column: TimeColumn, instant: datetime) -> exp.Expr:
        if column.storage is Storage.AWARE:
            return exp.cast(text(f"{_utc(instant)}+00:00"), "timestamptz")
        return self.naive_literal(self.label(column, instant))

    def naive(self, column: TimeColumn) -> exp.Expr:
        if column.storage is Storage.AWARE:
            return self._at_zone(column.sql.copy(), "UTC")
        return column.sql.copy()

    def aware(self, utc: exp.Expr) -> exp.Expr:
        return self._at_zone(utc, "UTC")

    def listed(self, column: TimeColumn) -> exp.Expr:
        if column.storage is Storage.AWARE and not column.shift:
            return column.sql.copy()
        return super().listed(column)

    def to_local(self, column: TimeColumn) -> exp.Expr:
        zone = self.zone.key
        if zone in ("UTC", "Etc/UTC"):
            return self.started(column)
        if column.storage is Storage.AWARE and not column.shift:
            return self._at_zone(column.sql.copy(), zone)
        return self._at_zone(self._at_zone(self.started(column), "UTC"), zone)

    def period_start(self, local: exp.Expr, grain: Grain) -> exp.Expr:
        if grain == "day":
            return exp.cast(local, "date")
        return exp.cast(call("DATE_TRUNC", text(grain), local), "date")

    def part(self, local: exp.Expr, grain: Grain) -> exp.Expr:
        field = exp.var(_FIELDS[grain])
        return exp.cast(exp.Extract(this=field, expression=local), "int")

    def time_of_day(self, local: exp.Expr) -> exp.Expr:
        return exp.cast(local, "time")

    def plus_days(self, day: exp.Expr, days: int) -> exp.Expr:
        return exp.Add(this=day, expression=self._interval(days, "days"))

    def plus_months(self, day: exp.Expr, months: int) -> exp.Expr:
        return exp.cast(exp.Add(this=day, expression=self._interval(months, "months")), "date")

    @staticmethod
    def _interval(count: int, unit: str) -> exp.Expr:
        return exp.cast(text(f"{count} {unit}"), "interval")

    @staticmethod
    def _at_zone(value: exp.Expr, zone: str) -> exp.Expr:
        if isinstance(value, exp.AtTimeZone | exp.Add):
            value = enclosed(value)
        return exp.AtTimeZone(this=value, zone=text(zone))


class PostgresClock(ZonedClock):
    def plus(self, value: exp.Expr, seconds: exp.Expr) -> exp.Expr:
        second = exp.cast(text("1 second"), "interval")
        return exp.Add(this=value, expression=exp.Mul(this=second, expression=enclosed(seconds)))

    def floor(self, value: exp.Expr, seconds: int) -> exp.Expr:
        if seconds == 3600:
            return call("DATE_TRUNC", text("hour"), value)
        origin = self.naive_literal("2000-01-01 00:00:00")
        return call("DATE_BIN", exp.cast(text(f"{seconds} seconds"), "interval"), value, origin)


class DuckClock(ZonedClock):
    def plus(self, value: exp.Expr, seconds: exp.Expr) -> exp.Expr:
        return exp.Add(this=value, expression=call("TO_SECONDS", seconds))

    def floor(self, value: exp.Expr, seconds: int) -> exp.Expr:
        if seconds == 3600:
            return call("DATE_TRUNC", text("hour"), value)
        return call("TIME_BUCKET", exp.cast(text(f"{seconds} seconds"), "interval"), value)


class OffsetClock(Clock):
    """An engine without time zones: offsets are added to UTC."""

    def to_local(self, column: TimeColumn) -> exp.Expr:
        utc = self.started(column)
        offset = self.offset_sql(utc)
        return utc if offset == number(0) else self.plus(utc, offset)


class MySqlClock(OffsetClock):
    def naive_literal(self, text_value: str) -> exp.Expr:
        return exp.cast(text(text_value), "datetime")

    def date_literal(self, day: date) -> exp.Expr:
        return exp.cast(text(day.isoformat()), "date")

    def instant_literal(self, column: TimeColumn, instant: datetime) -> exp.Expr:
        return self.naive_literal(self.label(column, instant))

    def naive(self, column: TimeColumn) -> exp.Expr:
        return column.sql.copy()

    def aware(self, utc: exp.Expr) -> exp.Expr:
        return call("CONCAT", utc, text("+00:00"))

    def listed(self, column: TimeColumn) -> exp.Expr:
        if column.storage is Storage.AWARE and not column.shift:
            return column.sql.copy()
        return super().listed(column)

    def plus(self, value: exp.Expr, seconds: exp.Expr) -> exp.Expr:
        return exp.DateAdd(this=value, expression=enclosed(seconds), unit=exp.var("SECOND"))

    def floor(self, value: exp.Expr, seconds: int) -> exp.Expr:
        elapsed = call("TIME_TO_SEC", call("TIME", value))
        steps = call("FLOOR", exp.Div(this=elapsed, expression=number(seconds), typed=False))
        midnight = exp.cast(call("DATE", value), "datetime")
        return self.plus(midnight, exp.Mul(this=steps, expression=number(seconds)))

    def period_start(self, local: exp.Expr, grain: Grain) -> exp.Expr:
        day = call("DATE", local)
        match grain:
            case "day":
                return day
            case "week":
                return exp.DateSub(this=day, expression=call("WEEKDAY", local), unit=exp.var("DAY"))
            case "month":
                return exp.DateSub(
                    this=day,
                    expression=enclosed(exp.Sub(this=call("DAYOFMONTH", local), expression=number(1))),
                    unit=exp.var("DAY"),
                )
            case "quarter":
                quarters = enclosed(exp.Sub(this=call("QUARTER", local), expression=number(1)))
                return exp.DateAdd(
                    this=call("MAKEDATE", call("YEAR", local), number(1)),
                    expression=quarters,
                    unit=exp.var("QUARTER"),
                )
            case _:
                return call("MAKEDATE", call("YEAR", local), number(1))

    def part(self, local: exp.Expr, grain: Grain) -> exp.Expr:
        if grain == "weekday":
            return exp.Add(this=call("WEEKDAY", local), expression=number(1))
        return call("HOUR" if grain == "hour_of_day" else "MONTH", local)

    def time_of_day(self, local: exp.Expr) -> exp.Expr:
        return call("TIME", local)

    def plus_days(self, day: exp.Expr, days: int) -> exp.Expr:
        return exp.DateAdd(this=day, expression=number(days), unit=exp.var("DAY"))

    def plus_months(self, day: exp.Expr, months: int) -> exp.Expr:
        return exp.DateAdd(this=day, expression=number(months), unit=exp.var("MONTH"))


class SqliteClock(OffsetClock):
    """SQLite keeps times as text or as numbers; ``datetime`` reads both alike."""

    def naive_literal(self, text_value: str) -> exp.Expr:
        return text(text_value)

    def date_literal(self, day: date) -> exp.Expr:
        return text(day.isoformat())

    def instant_literal(self, column: TimeColumn, instant: datetime) -> exp.Expr:
        if column.storage in (Storage.EPOCH_SECONDS, Storage.EPOCH_MILLISECONDS):
            scale = 1000 if column.storage is Storage.EPOCH_MILLISECONDS else 1
            return number(int(instant.timestamp()) * scale)
        return text(self.label(column, instant))

    def comparable(self, column: TimeColumn) -> exp.Expr:
        match column.storage:
            case Storage.EPOCH_SECONDS | Storage.EPOCH_MILLISECONDS:
                return column.sql.copy()
            case Storage.DATE:
                return call("DATE", column.sql)
            case _:
                return call("DATETIME", column.sql)

    def aware(self, utc: exp.Expr) -> exp.Expr:
        return exp.DPipe(this=utc, expression=text("+00:00"))

    def naive(self, column: TimeColumn) -> exp.Expr:
        if column.storage is Storage.EPOCH_SECONDS:
            return call("DATETIME", column.sql, text("unixepoch"))
        if column.storage is Storage.EPOCH_MILLISECONDS:
            seconds = exp.IntDiv(this=column.sql.copy(), expression=number(1000))
            return call("DATETIME", seconds, text("unixepoch"))
        return call("DATETIME", column.sql)

    def plus(self, value: exp.Expr, seconds: exp.Expr) -> exp.Expr:
        modifier = exp.DPipe(this=enclosed(seconds), expression=text(" seconds"))
        return call("DATETIME", value, modifier)

    def floor(self, value: exp.Expr, seconds: int) -> exp.Expr:
        if seconds == 3600:
            return call("STRFTIME", text("%Y-%m-%d %H:00:00"), value)
        epoch = exp.cast(call("STRFTIME", text("%s"), value), "bigint")
        rest = exp.Mod(this=epoch, expression=number(seconds))
        return self.plus(value, exp.Neg(this=rest))

    def period_start(self, local: exp.Expr, grain: Grain) -> exp.Expr:
        match grain:
            case "day":
                return call("DATE", local)
            case "week":
                return call("DATE", local, text("-6 days"), text("weekday 1"))
            case "quarter":
                month = exp.Sub(this=self.part(local, "month_of_year"), expression=number(1))
                rest = exp.Mod(this=enclosed(month), expression=number(3))
                back = exp.DPipe(this=enclosed(exp.Neg(this=enclosed(rest))), expression=text(" months"))
                return call("DATE", local, text("start of month"), back)
            case _:
                return call("DATE", local, text(f"start of {grain}"))

    def part(self, local: exp.Expr, grain: Grain) -> exp.Expr:
        if grain == "weekday":
            sunday_first = exp.cast(call("STRFTIME", text("%w"), local), "int")
            shifted = enclosed(exp.Add(this=sunday_first, expression=number(6)))
            return exp.Add(this=exp.Mod(this=shifted, expression=number(7)), expression=number(1))
        code = "%H" if grain == "hour_of_day" else "%m"
        return exp.cast(call("STRFTIME", text(code), local), "int")

    def time_of_day(self, local: exp.Expr) -> exp.Expr:
        return call("TIME", local)

    def plus_days(self, day: exp.Expr, days: int) -> exp.Expr:
        return call("DATETIME", day, text(f"{days} days"))

    def plus_months(self, day: exp.Expr, months: int) -> exp.Expr:
        return call("DATE", day, text(f"{months} months"))


_CLOCKS: dict[str, type[Clock]] = {
    "postgres": PostgresClock,
    "duckdb": DuckClock,
    "mysql": MySqlClock,
    "sqlite": SqliteClock,
}


def clock_for(dialect: str, zone: str, window: tuple[datetime, datetime] | None = None) -> Clock:
    """The clock of a dialect, by sqlglot's name for it."""
    kind = _CLOCKS.get(dialect)
    if kind is None:
        raise PlanRefused(f"Questions are not rendered for “{dialect}” yet. Write the SQL by hand.")
    return kind(ZoneInfo(zone), window) if window else kind(ZoneInfo(zone))
