"""What the kinds of figures share: the picture in the making, its key, labels and findings."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import polars as pl

from gridlens.shared.results import ResultSet
from gridlens.shared.time import TimeRange
from gridlens.shared.visualizations import USUAL_WIDTH, PointsShown, Theme
from gridlens.visualizations.figures.axes import Axis, Layout, TimeAxis, band, unit_note
from gridlens.visualizations.figures.quantities import Scale
from gridlens.visualizations.figures.theme import PALETTES, TEMPLATES, Look, Palette
from gridlens.visualizations.figures.wire import label

if TYPE_CHECKING:
    from gridlens.visualizations.figures.earlier import Earlier

MOST_DIRECT_LABELS = 6
_LABEL_LENGTH = 20
_PIXELS_A_LETTER = 6.2
# Fourteen pixels of a line of text in the 240 of a usual plot.
_LABEL_DISTANCE = 14 / 240


@dataclass(slots=True, kw_only=True)
class Plot:
    """Traces and layout of one figure, with what is to be said about it in words."""

    traces: list[Layout]
    layout: Layout
    findings: list[str]
    subtitle: list[str] = field(default_factory=list)
    points: PointsShown | None = None
    has_views: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """Everything a kind of figure needs to know beside its rows."""

    theme: Theme
    asked: TimeRange | None = None
    earlier: "Earlier | None" = None
    width: int = USUAL_WIDTH
    view: tuple[int, int] | None = None
    """The part of a time axis that is looked at, in milliseconds of UTC."""

    @property
    def palette(self) -> Palette:
        return PALETTES[self.theme]


def looking_at(style: Style, axis: Axis, at: pl.Series) -> Style:
    """The style with its view kept to what there is; without one where the view shows nothing of it."""
    if style.view is None or not isinstance(axis, TimeAxis):
        return replace(style, view=None)
    first, last = axis.span(at, style.asked)
    start, end = max(first, style.view[0]), min(last, style.view[1])
    return replace(style, view=(start, end) if start < end else None)


def covered(axis: Axis, at: pl.Series, result: ResultSet, asked: TimeRange | None) -> Axis:
    """The axis with its first and last interval marked where the range, or the data, end within them."""
    known = result.completeness
    if not isinstance(axis, TimeAxis):
        return axis
    if known is not None and (known.since or known.until):
        return axis.covered(at, known.since, known.until, result.zone)
    return axis.covered(at, asked.start, asked.end, result.zone) if asked is not None else axis


def partly(axis: Axis) -> list[str]:
    """What a subtitle says of intervals that lack a part."""
    told = axis.told_partial() if isinstance(axis, TimeAxis) else []
    return [f"only a part of {' and '.join(told)}"] if told else []


def finished(plot: Plot, style: Style, zone: str) -> Layout:
    """The figure as Plotly takes it, in the house template."""
    layout = {
        **plot.layout,
        "template": TEMPLATES[style.theme],
        "meta": {
            "zone": zone,
            "surface": style.palette.surface,
            "theme": style.theme,
            # A part of it can be asked for by itself, in more points.
            "hasViews": plot.has_views,
        },
    }
    return {"data": plot.traces, "layout": layout}


def empty(reason: str, style: Style) -> Layout:
    """A plot with nothing on it but the reason."""
    note = {
        "text": label(reason, 120),
        "xref": "paper",
        "yref": "paper",
        "x": 0.5,
        "y": 0.5,
        "showarrow": False,
        "font": {"size": 13, "color": style.palette.ink_2},
    }
    return {"annotations": [note], "xaxis": {"visible": False}, "yaxis": {"visible": False}}


def direct_labels(
    ends: Sequence[tuple[str, float, Look]], low: float, high: float
) -> tuple[list[Layout], int]:
    """Names at the right ends of lines, pushed apart where lines end together, and their width."""
    distance = (high - low) * _LABEL_DISTANCE
    order = sorted(range(len(ends)), key=lambda number: ends[number][1])
    places: list[float] = []
    for number in order:
        wanted = ends[number][1]
        places.append(max(wanted, places[-1] + distance) if places else wanted)
    # The topmost label stays inside, and pushes those below it down in turn.
    ceiling = high
    for turn in range(len(places) - 1, -1, -1):
        places[turn] = min(places[turn], ceiling)
        ceiling = places[turn] - distance
    notes = [
        {
            "text": label(ends[number][0], _LABEL_LENGTH),
            "xref": "paper",
            "x": 1,
            "xanchor": "left",
            "xshift": 6,
            "yref": "y",
            "y": place,
            "showarrow": False,
            "font": {"color": ends[number][2].colour.text},
        }
        for number, place in zip(order, places, strict=True)
    ]
    longest = max((min(len(name), _LABEL_LENGTH) for name, _, _ in ends), default=0)
    return notes, round(longest * _PIXELS_A_LETTER) + 12


def notes_and_shapes(scale: Scale, shapes: Sequence[Layout], labels: Sequence[Layout] = ()) -> Layout:
    return {"annotations": [*unit_note(scale.unit), *labels], "shapes": list(shapes)}


def gap_bands(
    found: Sequence[tuple[int, int]], start: int, end: int, palette: Palette, most: int
) -> list[Layout]:
    """The longest gaps tinted, where they are wide enough to be seen."""
    visible = [gap for gap in found[:most] if gap[1] - gap[0] >= (end - start) * 0.003]
    return [band(left, right, palette.gap) for left, right in visible]
