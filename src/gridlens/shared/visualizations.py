"""What visualizations answers and tells."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

import msgspec
from msgspec import Meta

from gridlens.core.events import Event, Request
from gridlens.core.principal import Principal
from gridlens.shared.results import Column, Completeness, ResultSet
from gridlens.shared.time import Scope

Cell = str | int | float | bool | None
Theme = Literal["light", "dark"]
Pixels = Annotated[int, Meta(ge=100, le=4_000)]
USUAL_WIDTH = 1_200
"""Of a chart whose place is not known, in CSS pixels."""
WIDTH_STEP = 400


def rounded_up(width: int) -> int:
    """A width that charts in places of about one size share."""
    return -(-width // WIDTH_STEP) * WIDTH_STEP


class Figure(msgspec.Struct, frozen=True, kw_only=True, tag="figure", tag_field="type", rename="camel"):
    """A Plotly figure: ``data`` and ``layout``, ready for Plotly in a browser or for a picture."""

    plotly: msgspec.Raw


class Grid(msgspec.Struct, frozen=True, kw_only=True, tag="table", tag_field="type", rename="camel"):
    """A table or pivot: formatted nowhere, so that each reader can format by unit and locale.

    ``total_rows`` are those that ``rows`` are a part of, from ``offset`` on; a filter makes them fewer
    than ``all_rows``. ``largest`` is the largest size of each column's numbers over all rows, by which a
    column keeps one unit on every page.
    """

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    total_rows: int
    offset: int = 0
    all_rows: int | None = None
    largest: tuple[float | None, ...] = ()


class Headline(msgspec.Struct, frozen=True, kw_only=True, tag="value", tag_field="type", rename="camel"):
    """One number, what it is compared with, and the series behind it."""

    value: float | None
    unit: str | None
    label: str
    compared_with: float | None = None
    comparison_label: str | None = None
    spark: tuple[float | None, ...] = ()


class Provenance(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """Where a figure's numbers come from and how far they can be trusted."""

    source_id: UUID
    source_name: str
    zone: str
    read_at: datetime
    is_cached: bool
    engine_ms: float
    row_count: int
    is_cut: bool
    row_limit: int
    completeness: Completeness | None = None
    notes: tuple[str, ...] = ()
    is_stale: bool = False
    """Older than answers are usually shown; newer numbers are on their way."""
    total_rows: int | None = None
    """How many rows there are where those of the answer are cut, if they could be counted."""
    kept_seconds: float | None = None
    """How old the numbers may become before the source is asked again."""


class PointsShown(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """A picture needs fewer points than there are: how many of them it shows."""

    shown: int
    of: int


class View(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename="camel"):
    """The part of a chart's time axis that its reader looks at: half-open, aware UTC instants."""

    start: datetime
    end: datetime


class DrawnChart(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """A chart ready to be shown; ``summary`` states the finding, for those who cannot see it."""

    title: str
    kind: str
    content: Figure | Grid | Headline
    summary: str
    provenance: Provenance
    subtitle: str | None = None
    points: PointsShown | None = None


class ChartDescription(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    chart_id: UUID
    name: str
    kind: str
    question_id: UUID


class DescribeChart(Request[ChartDescription], frozen=True, kw_only=True):
    principal: Principal
    chart_id: UUID


class DrawChart(Request[DrawnChart], frozen=True, kw_only=True):
    """Draw a saved chart over its question's rows; over old ones where it ``may_be_stale``.

    ``width`` is the room it has, in CSS pixels: no more points are drawn than can be told apart.
    """

    principal: Principal
    chart_id: UUID
    scope: Scope = Scope()
    theme: Theme = "light"
    is_fresh: bool = False
    may_be_stale: bool = False
    width: Pixels = USUAL_WIDTH


class TimeCourse(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """How a chart's measure goes along a span: means of equal stretches, empty where there are no rows."""

    start: datetime
    end: datetime
    values: tuple[float | None, ...]
    label: str
    unit: str | None


class DrawCourse(Request[TimeCourse | None], frozen=True, kw_only=True):
    """The course of a saved chart over the scope's time range; nothing where it has no time."""

    principal: Principal
    chart_id: UUID
    scope: Scope


class QuestionsShown(Request[frozenset[UUID]], frozen=True, kw_only=True):
    """Those of the questions that are drawn on a dashboard which the asker may see."""

    principal: Principal
    question_ids: tuple[UUID, ...]


class DrawResult(Request[DrawnChart], frozen=True, kw_only=True):
    """Draw rows that are at hand with the recommended chart."""

    title: str
    result: ResultSet
    theme: Theme = "light"


class Picture(msgspec.Struct, frozen=True, kw_only=True):
    """A chart as an image, or the reason why there is none."""

    content: bytes | None
    media_type: str
    unavailable: str | None = None


class DrawPicture(Request[Picture], frozen=True, kw_only=True):
    """Turn a drawn figure into PNG or SVG, sized in CSS pixels and multiplied by ``scale``."""

    figure: Figure
    width: int
    height: int
    scale: float = 2.0
    file_format: Literal["png", "svg"] = "png"


class ChartDeleted(Event, frozen=True, kw_only=True, tag="visualizations.chart_deleted"):
    organisation_id: UUID
    chart_id: UUID
