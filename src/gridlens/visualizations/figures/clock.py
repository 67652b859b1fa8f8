"""Intervals of a series, and the wall time in which a reader knows them.

Axes count milliseconds of UTC, so that no hour can collapse or overlap when clocks change;
everything a reader sees is written in the wall time of one zone.
"""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import msgspec
import polars as pl

HOUR = 3_600_000
DAY = 24 * HOUR
_CALENDAR = (
    ("1d", 23 * HOUR, 25 * HOUR),
    ("1w", 7 * DAY - HOUR, 7 * DAY + HOUR),
    ("1mo", 28 * DAY - HOUR, 31 * DAY + HOUR),
    ("3mo", 89 * DAY, 93 * DAY),
    ("1y", 365 * DAY - HOUR, 366 * DAY + HOUR),
)
_ADJECTIVES = {
    HOUR: "hourly",
    DAY: "daily",
    "1d": "daily",
    "1w": "weekly",
    "1mo": "monthly",
    "3mo": "quarterly",
    "1y": "yearly",
}
REGULAR_SHARE = 0.8
"""A series is regular when this share of its distances are whole steps: the rest may be gaps."""
PRESENT_SHARE = 0.25
"""What fills less than this share of its steps are events, not a series with gaps."""


class Cadence(msgspec.Struct, frozen=True):
    """How far apart the points of a series stand.

    ``every`` is a length in polars' words (``900000ms``, ``1d``, ``1mo``), nothing where there is
    no regularity; ``milliseconds`` is its usual length.
    """

    every: str | None
    milliseconds: int

    @property
    def is_calendar(self) -> bool:
        """Whether its intervals are days or longer, whose length the calendar decides."""
        return self.every is not None and not self.every.endswith("ms")

    @property
    def adjective(self) -> str | None:
        """The word for a series of this step: ``hourly``, ``15-minute``."""
        if self.every is None:
            return None
        if word := _ADJECTIVES.get(self.every) or _ADJECTIVES.get(self.milliseconds):
            return word
        for size, name in ((HOUR, "hour"), (60_000, "minute")):
            if self.milliseconds % size == 0:
                return f"{self.milliseconds // size}-{name}"
        return f"{self.milliseconds / 1000:g}-second"


IRREGULAR = Cadence(every=None, milliseconds=0)
DAILY = Cadence(every="1d", milliseconds=DAY)
MONTHLY = Cadence(every="1mo", milliseconds=30 * DAY)
BY_GRAIN = {
    "hour": Cadence(every=f"{HOUR}ms", milliseconds=HOUR),
    "day": DAILY,
    "week": Cadence(every="1w", milliseconds=7 * DAY),
    "month": MONTHLY,
    "quarter": Cadence(every="3mo", milliseconds=91 * DAY),
    "year": Cadence(every="1y", milliseconds=365 * DAY),
}


def cadence_of(at: pl.Series) -> Cadence:
    """The step of ascending, distinct instants."""
    if len(at) < 2:
        return IRREGULAR
    steps = at.cast(pl.Datetime("ms", "UTC")).cast(pl.Int64).diff().slice(1)
    distances: list[tuple[int, int]] = list(steps.value_counts().iter_rows())
    smallest = min(distance for distance, _ in distances)
    usual, _ = max(distances, key=lambda pair: (pair[1], -pair[0]))
    if len(at) < PRESENT_SHARE * (sum(distance * count for distance, count in distances) / usual):
        return IRREGULAR
    for every, shortest, longest in _CALENDAR:
        if shortest <= usual <= longest and _share(distances, usual, 0.13) >= REGULAR_SHARE:
            return Cadence(every=every, milliseconds=usual)
    if _share(distances, usual, 0.01) >= REGULAR_SHARE:
        return Cadence(every=f"{usual}ms", milliseconds=usual)
    # So full of gaps that the double step is the commonest: the single one explains them all.
    if usual == 2 * smallest and _share(distances, smallest, 0.01) >= REGULAR_SHARE:
        return Cadence(every=f"{smallest}ms", milliseconds=smallest)
    return IRREGULAR


def _share(distances: list[tuple[int, int]], step: int, slack: float) -> float:
    """The share of distances that are whole steps, each step being as exact as ``slack``."""
    whole = sum(
        count
        for distance, count in distances
        if abs(distance / max(round(distance / step), 1) - step) <= slack * step
    )
    return whole / sum(count for _, count in distances)


def reading_zone(at: pl.Series, cadence: Cadence, zone: str) -> str:
    """The zone in which the instants read as whole days: UTC for days that were cut there."""
    if cadence.is_calendar and not _are_midnights(at.dt.convert_time_zone(zone)) and _are_midnights(at):
        return "UTC"
    return zone


def _are_midnights(at: pl.Series) -> bool:
    return bool(((at.dt.hour() == 0) & (at.dt.minute() == 0)).all())


def interval_ends(at: pl.Series, cadence: Cadence, zone: str) -> pl.Series:
    """When each interval ends; an irregular point has no length."""
    if cadence.every is None:
        return at
    if cadence.is_calendar:
        return at.dt.convert_time_zone(zone).dt.offset_by(cadence.every).dt.convert_time_zone("UTC")
    return at + timedelta(milliseconds=cadence.milliseconds)


def interval_words(at: pl.Series, cadence: Cadence, zone: str) -> list[str]:
    """Each interval in words: ``Mon 15 Jun 2026, 11:00 – 12:00``, a day, a month, a year."""
    local = pl.col("at").dt.convert_time_zone(zone)
    match cadence.every:
        case "1d":
            words = local.dt.strftime("%a %-d %b %Y")
        case "1w":
            words = local.dt.strftime("Week %V, from %a %-d %b %Y")
        case "1mo":
            words = local.dt.strftime("%B %Y")
        case "3mo":
            words = pl.concat_str(pl.lit("Q"), local.dt.quarter(), local.dt.strftime(" %Y"))
        case "1y":
            words = local.dt.strftime("%Y")
        case None:
            is_exact = bool((at.dt.second() != 0).any())
            words = pl.concat_str(local.dt.strftime("%a %-d %b %Y, "), _clock(local, zone, is_exact=is_exact))
        case _:
            is_exact = cadence.milliseconds % 60_000 != 0
            end = (pl.col("at") + timedelta(milliseconds=cadence.milliseconds)).dt.convert_time_zone(zone)
            words = pl.concat_str(
                local.dt.strftime("%a %-d %b %Y, "),
                _clock(local, zone, is_exact=is_exact),
                pl.lit(" – "),
                _clock(end, zone, is_exact=is_exact),
            )
    return at.alias("at").to_frame().select(words.alias("words"))["words"].to_list()


def _clock(local: pl.Expr, zone: str, *, is_exact: bool) -> pl.Expr:
    """``02:15`` in wall time; ``2A:15`` and ``2B:15`` where autumn shows an hour twice."""
    wall = local.dt.replace_time_zone(None)
    rest = "%M:%S" if is_exact else "%M"
    return (
        pl.when(wall.dt.replace_time_zone(zone, ambiguous="latest") != local)
        .then(local.dt.strftime(f"%-HA:{rest}"))
        .when(wall.dt.replace_time_zone(zone, ambiguous="earliest") != local)
        .then(local.dt.strftime(f"%-HB:{rest}"))
        .otherwise(local.dt.strftime(f"%H:{rest}"))
    )


def instants(wall: datetime, zone: ZoneInfo) -> list[datetime]:
    """When a zone's clocks show this: never in spring's missing hour, twice in autumn's repeated one."""
    found: list[datetime] = []
    for fold in (0, 1):
        instant = wall.replace(tzinfo=zone, fold=fold).astimezone(UTC)
        if instant not in found and instant.astimezone(zone).replace(tzinfo=None) == wall:
            found.append(instant)
    return found


def milliseconds(instant: datetime) -> int:
    return round(instant.timestamp() * 1000)
