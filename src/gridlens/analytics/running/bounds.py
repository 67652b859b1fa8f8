"""The span of time that a condition picks, read from the constants it compares a time column with."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlglot import exp

from gridlens.analytics.ask.clocks import Storage

_INSTANT = timedelta(microseconds=1)

Bounds = tuple[datetime | None, datetime | None]
"""The first label and the one after the last, where they are known."""


class Unknown(Exception):
    """The readings behind a query cannot be told from it; the message says why."""


@dataclass(frozen=True, slots=True)
class Labels:
    """How a time column writes its labels, and which nodes are that column."""

    is_time: Callable[[exp.Expr], bool]
    storage: Storage
    dialect: str
    zone: str

    def bounds(self, condition: exp.Expr) -> Bounds | None:
        """What a condition on the labels alone leaves of them; nothing for any other condition."""
        if isinstance(condition, exp.And):
            found: Bounds = (None, None)
            for each in condition.flatten():
                bounds = self.bounds(each.unnest())
                if bounds is None:
                    return None
                found = both(found, bounds)
            return found
        if isinstance(condition, exp.Between):
            low, high = self._instant(condition.args["low"]), self._instant(condition.args["high"])
            is_whole = self.is_time(condition.this) and low is not None and high is not None
            return (low, high + _INSTANT) if is_whole and high is not None else None
        if not isinstance(condition, exp.GTE | exp.GT | exp.LT | exp.LTE):
            return None
        column, constant, is_from = (
            condition.this,
            condition.expression,
            isinstance(condition, exp.GTE | exp.GT),
        )
        is_turned = self.is_time(constant)
        if is_turned:
            column, constant, is_from = constant, column, not is_from
        instant = self._instant(constant) if self.is_time(column) else None
        if instant is None:
            return None
        holds_equal = isinstance(condition, exp.GTE | exp.LTE)
        if is_from:
            return (instant if holds_equal else instant + _INSTANT, None)
        return (None, instant + _INSTANT if holds_equal else instant)

    def _instant(self, node: exp.Expr) -> datetime | None:
        """The instant that a constant means beside the time column."""
        while isinstance(node, exp.Cast | exp.Paren):
            node = node.this
        if not isinstance(node, exp.Literal):
            return None
        try:
            if not node.is_string:
                if self.storage not in (Storage.EPOCH_SECONDS, Storage.EPOCH_MILLISECONDS):
                    return None
                scale = 1000 if self.storage is Storage.EPOCH_MILLISECONDS else 1
                return datetime.fromtimestamp(float(node.name) / scale, UTC)
            moment = datetime.fromisoformat(node.name.strip())
            return located(moment, self.storage, self.dialect, self.zone)
        except (ValueError, OverflowError):
            return None


def both(one: Bounds, other: Bounds) -> Bounds:
    starts = [each[0] for each in (one, other) if each[0] is not None]
    ends = [each[1] for each in (one, other) if each[1] is not None]
    return max(starts, default=None), min(ends, default=None)


def located(moment: datetime, storage: Storage, dialect: str, zone: str) -> datetime:
    """The instant of a label as its column writes it."""
    if moment.tzinfo is None:
        is_utc = storage is Storage.UTC or (storage is Storage.AWARE and dialect == "mysql")
        moment = moment.replace(tzinfo=UTC if is_utc else ZoneInfo(zone))
    return moment.astimezone(UTC)
