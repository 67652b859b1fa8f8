"""From the clock on the wall to the instant, with the hours that a clock change repeats or skips."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import polars as pl

_DAY_US = 86_400 * 1_000_000
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
# Outside these years, 1901 to 2100, the rules of the nearest one are applied.
_FIRST_US, _LAST_US = -69 * 365 * _DAY_US, 131 * 365 * _DAY_US


@dataclass(frozen=True, slots=True)
class Turn:
    """A change of a zone's offset, in microseconds: ``at`` in UTC, offsets before and after it."""

    at: int
    before: int
    after: int

    @property
    def repeats(self) -> tuple[int, int]:
        """The local times that the clock shows twice, half-open; empty when it springs forward."""
        return self.at + self.after, self.at + self.before

    @property
    def skips(self) -> tuple[int, int]:
        """The local times that the clock never shows, half-open; empty when it falls back."""
        return self.at + self.before, self.at + self.after

    @property
    def switches_at(self) -> int:
        """The local time from which the offset after the change is meant when nothing else is known."""
        return self.at + max(self.before, self.after)


@lru_cache(maxsize=4_096)
def turns_of_year(zone: str, year: int) -> tuple[Turn, ...]:
    place = ZoneInfo(zone)
    turns = []
    # Offsets change for a month at least (Ramadan in Morocco), so a week's step misses none.
    here = datetime(year, 1, 1, tzinfo=UTC)
    end = datetime(year + 1, 1, 1, tzinfo=UTC)
    while here < end:
        there = min(here + timedelta(days=7), end)
        before, after = _offset(place, here), _offset(place, there)
        if before != after:
            low, high = here, there
            while high - low > timedelta(seconds=1):
                middle = low + timedelta(seconds=(high - low) // timedelta(seconds=2))
                low, high = (middle, high) if _offset(place, middle) == before else (low, middle)
            turns.append(Turn(_microseconds(high), before, after))
        here = there
    return tuple(turns)


def _offset(place: ZoneInfo, at: datetime) -> int:
    offset = at.astimezone(place).utcoffset() or timedelta(0)
    return offset // timedelta(microseconds=1)


def _microseconds(at: datetime) -> int:
    return (at - _EPOCH) // timedelta(microseconds=1)


@dataclass(slots=True)
class Localiser:
    """Turns local times of one column, in file order, into instants; remembers across batches.

    A repeated hour is told apart by the order of the file: when the clock passes it again, seen in quarter
    hours by a step back and in hours by a time that comes once more, it is meant after the change.
    A skipped time is read with the offset before the change, so 02:30 becomes 03:30.
    """

    zone: str
    repeated: int = 0
    skipped: int = 0
    first_repeated: int | None = None
    first_skipped: int | None = None
    _previous: int | None = None
    _times: int = 0
    _pass: "_Pass | None" = None

    def to_utc(self, local: pl.Series) -> pl.Series:
        """Microseconds since 1970 in UTC for microseconds on the local clock."""
        first, last = local.min(), local.max()
        if not isinstance(first, int) or not isinstance(last, int):
            return local
        turns = self._turns(first, last)
        if not turns:
            self._remember(local)
            return local - _offset(ZoneInfo(self.zone), _instant(first))
        offsets = pl.Series([turns[0].before, *(turn.after for turn in turns)], dtype=pl.Int64)
        switches = pl.Series([turn.switches_at for turn in turns], dtype=pl.Int64)
        utc = local - offsets.gather(switches.search_sorted(local, side="right"))
        for turn in turns:
            if turn.after < turn.before:
                utc = self._tell_passes_apart(local, utc, turn)
            else:
                self._count_skipped(local, turn)
        self._remember(local)
        return utc

    def _turns(self, first: int, last: int) -> list[Turn]:
        years = range(_year(first) - 1, _year(last) + 2)
        turns = [turn for year in years for turn in turns_of_year(self.zone, year)]
        return [turn for turn in turns if first - _DAY_US <= turn.at <= last + _DAY_US]

    def _count_skipped(self, local: pl.Series, turn: Turn) -> None:
        start, end = turn.skips
        skipped = local.filter(local.is_between(start, end, closed="left"))
        if not skipped.is_empty():
            self.skipped += skipped.len()
            if self.first_skipped is None:
                self.first_skipped = skipped[0]

    def _tell_passes_apart(self, local: pl.Series, utc: pl.Series, turn: Turn) -> pl.Series:
        start, end = turn.repeats
        rows = local.is_between(start, end, closed="left").fill_null(value=False).arg_true()
        if rows.is_empty():
            return utc
        values = local.gather(rows).to_list()
        self.repeated += len(values)
        if self.first_repeated is None:
            self.first_repeated = values[0]
        second = []
        # The hour may have begun in the batch before.
        ongoing, following = self._pass, 0
        for row, value in zip(rows, values, strict=True):
            if ongoing is None or row != following:
                ongoing = _Pass.entered_by(value, *self._before(local, row))
            else:
                ongoing.go_on(value)
            following = row + 1
            if ongoing.is_second:
                second.append(row)
        self._pass = ongoing if following == local.len() else None
        if not second:
            return utc
        places = pl.Series(second, dtype=pl.UInt32)
        return utc.scatter(places, local.gather(places) - turn.after)

    def _before(self, local: pl.Series, row: int) -> tuple[int | None, int]:
        """The time in the row before, and how many rows in a row have it."""
        if row == 0:
            return self._previous, self._times
        return local[row - 1], _times_at_end(local.head(row))

    def _remember(self, local: pl.Series) -> None:
        last = local[-1]
        times = _times_at_end(local)
        self._times = times + (self._times if times == local.len() and last == self._previous else 0)
        self._previous = last
        if self._pass is not None and last != self._pass.value:
            self._pass = None


@dataclass(slots=True)
class _Pass:
    """The way of a file through an hour that the clock shows twice."""

    value: int
    is_second: bool
    runs_backwards: bool
    expected: int
    """How many rows share a time, as with several meters in one file."""
    times: int = 1

    @classmethod
    def entered_by(cls, value: int, previous: int | None, times: int) -> "_Pass":
        runs_backwards = previous is not None and previous > value
        is_near = previous is not None and abs(previous - value) <= _DAY_US
        return cls(value, runs_backwards, runs_backwards, times if is_near else 1)

    def go_on(self, value: int) -> None:
        if value == self.value:
            self.times += 1
            comes_again = self.times > self.expected
        else:
            comes_again = (value > self.value) == self.runs_backwards
            self.times = 1
        if comes_again:
            self.is_second = not self.runs_backwards
        self.value = value


def _times_at_end(local: pl.Series) -> int:
    last = local[-1]
    if last is None:
        return 0
    other = (local != last).fill_null(value=True).arg_true()
    return local.len() - (other[-1] + 1 if other.len() else 0)


def _instant(microseconds: int) -> datetime:
    return _EPOCH + timedelta(microseconds=min(max(microseconds, _FIRST_US), _LAST_US))


def _year(microseconds: int) -> int:
    return _instant(microseconds).year
