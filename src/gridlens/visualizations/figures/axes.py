"""The three axes a chart can run along, and the value axis beside it."""

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
import polars as pl

from gridlens.shared.time import TimeRange
from gridlens.visualizations.figures.clock import (
    DAILY,
    MONTHLY,
    Cadence,
    interval_ends,
    interval_words,
    milliseconds,
)
from gridlens.visualizations.figures.quantities import Scale
from gridlens.visualizations.figures.theme import NOTHING, Palette
from gridlens.visualizations.figures.ticks import ticks, weekends
from gridlens.visualizations.figures.wire import floats, in_template, label, trace

Layout = dict[str, Any]


class TimeAxis(msgspec.Struct, frozen=True):
    """Milliseconds of UTC under the wall time of ``zone``; calendar dates are of no zone.

    ``partial`` are the starts of intervals that are only partly covered by readings.
    """

    cadence: Cadence
    zone: str
    label: str
    is_dates: bool = False
    partial: tuple[int, ...] = ()

    def words(self, at: pl.Series) -> list[str]:
        """Each place in words: an interval, an instant, or a date."""
        cadence = self.cadence
        if self.is_dates and cadence.every is None:
            # Days picked from many never are all the first of their months; months are.
            cadence = MONTHLY if len(at) > 1 and bool((at.dt.day() == 1).all()) else DAILY
        words = interval_words(at, cadence, self.zone)
        if not self.partial:
            return words
        starts = at.cast(pl.Int64).to_list()
        return [
            f"{told}, partly covered" if start in self.partial else told
            for told, start in zip(words, starts, strict=True)
        ]

    def told_partial(self) -> list[str]:
        """The intervals that are only partly covered, in words."""
        at = pl.Series(self.partial, dtype=pl.Int64).cast(pl.Datetime("ms", "UTC"))
        return interval_words(at, self.cadence, self.zone) if self.partial else []

    def covered(self, at: pl.Series, since: datetime | None, until: datetime | None, zone: str) -> "TimeAxis":
        """With its first and last interval marked where readings cover only a part of them.

        ``zone`` is the one whose days calendar dates are.
        """
        if self.cadence.every is None or at.is_empty():
            return self
        ends = interval_ends(at, self.cadence, self.zone).cast(pl.Int64)
        starts = at.cast(pl.Int64)
        first, last = (starts[0], ends[0]), (starts[-1], ends[-1])
        found = {
            start
            for (start, end), edge in ((first, since), (last, until))
            if edge is not None and start < self._place(edge, zone) < end
        }
        return msgspec.structs.replace(self, partial=tuple(sorted(found)))

    def _place(self, instant: datetime, zone: str) -> int:
        if self.is_dates:
            instant = instant.astimezone(ZoneInfo(zone)).replace(tzinfo=UTC)
        return milliseconds(instant)

    @property
    def told_zone(self) -> list[str]:
        """The sentence that names the zone, where there is one."""
        return [] if self.is_dates else [f"Times in {self.zone}."]

    def span(self, at: pl.Series, asked: TimeRange | None = None) -> tuple[int, int]:
        """From the first start to the last end, or the range asked for where that holds both."""
        start = int(at.cast(pl.Int64)[0])
        end = int(interval_ends(at.tail(1), self.cadence, self.zone).cast(pl.Int64)[0])
        if asked is not None:
            first, last = milliseconds(asked.start), milliseconds(asked.end)
            if first <= start and end <= last:
                return first, last
        return (start, end) if end > start else (start - 1800_000, end + 1800_000)

    def layout(self, start: int, end: int) -> Layout:
        marks = ticks(start, end, self.zone, self.cadence)
        axis: Layout = {
            "type": "linear",
            "range": [start, end],
            "tickmode": "array",
            "tickvals": marks.at,
            "ticktext": marks.text,
            "unifiedhovertitle": {"text": in_template(self.label if self.is_dates else self.zone)},
        }
        if marks.marks:
            axis["minor"] = {"tickmode": "array", "tickvals": marks.marks, "ticks": "outside"}
        return axis

    def shades(self, start: int, end: int, palette: Palette) -> list[Layout]:
        """Weekends, and in the tint of a gap the intervals that are only partly covered."""
        partial = pl.Series(self.partial, dtype=pl.Int64).cast(pl.Datetime("ms", "UTC"))
        until = interval_ends(partial, self.cadence, self.zone).cast(pl.Int64)
        lacking = [
            band(max(left, start), min(right, end), palette.gap)
            for left, right in zip(self.partial, until, strict=True)
            if left < end and start < right
        ]
        return [*(band(*span, palette.weekend) for span in weekends(start, end, self.zone)), *lacking]


class NumberAxis(msgspec.Struct, frozen=True):
    label: str
    unit: str | None

    @property
    def title(self) -> str:
        return label(f"{self.label}, {self.unit}" if self.unit else self.label)

    def layout(self) -> Layout:
        unit = f" {in_template(self.unit)}" if self.unit else ""
        return {
            "type": "linear",
            "tickformat": ",~f",
            "title": {"text": self.title},
            "unifiedhovertitle": {"text": f"{in_template(self.label)} %{{x}}{unit}"},
        }


class CategoryAxis(msgspec.Struct, frozen=True):
    """Words at whole numbers: two long names that shorten to the same text stay two places."""

    labels: tuple[str, ...]
    label: str

    def layout(self) -> Layout:
        return {
            "type": "linear",
            "tickmode": "array",
            "tickvals": list(range(len(self.labels))),
            "ticktext": [label(text, 24) for text in self.labels],
            "range": [-0.5, max(len(self.labels), 1) - 0.5],
            "unifiedhovertitle": {"text": in_template(self.label)},
        }


Axis = TimeAxis | NumberAxis | CategoryAxis


def band(left: float, right: float, colour: str) -> Layout:
    """A stripe over the full height of the plot, behind the data."""
    return {
        "type": "rect",
        "xref": "x",
        "yref": "paper",
        "x0": left,
        "x1": right,
        "y0": 0,
        "y1": 1,
        "fillcolor": colour,
        "line": {"width": 0},
        "layer": "below",
    }


def value_axis(scale: Scale, low: float, high: float) -> Layout:
    """A range with room for the marks; a side that ends at zero ends there exactly."""
    room = (high - low) * 0.06 or abs(high) * 0.06 or 1.0
    return {
        "range": [low - room if low != 0 else 0, high + room if high != 0 else 0]
        if low != high
        else [low - room, high + room],
        "tickformat": ",~f",
        "hoverformat": f",.{scale.decimals}f",
    }


def unit_note(unit: str | None) -> list[Layout]:
    """The unit once, above the axis."""
    if not unit:
        return []
    is_short = len(unit) <= 4
    return [
        {
            "text": label(unit),
            "xref": "paper",
            "yref": "paper",
            "x": 0,
            "y": 1,
            "xanchor": "right" if is_short else "left",
            "yanchor": "bottom",
            "xshift": -6 if is_short else -34,
            "yshift": 3,
            "showarrow": False,
        }
    ]


def words_row(x: dict[str, str], y: pl.Series, words: list[str]) -> Layout:
    """An unseen trace whose only part is the first line of the hover box: the place in words.

    Plotly can format the place of a number or a zoneless date there, and nothing else.
    """
    return trace(
        "scatter",
        mode="lines",
        x=x,
        y=floats(y),
        text=words,
        hovertemplate="<b>%{text}</b><extra></extra>",
        line={"color": NOTHING, "width": 0},
        showlegend=False,
        name="",
    )


def hover(unit: str | None) -> str:
    return f"%{{y}}\u2009{in_template(unit)}" if unit else "%{y}"
