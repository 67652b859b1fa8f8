"""What visualizations answers and tells."""

from datetime import datetime
from typing import Literal
from uuid import UUID

import msgspec

from gridlens.core.events import Event, Request
from gridlens.core.principal import Principal
from gridlens.shared.results import Column, Completeness, ResultSet
from gridlens.shared.time import Scope

Cell = str | int | float | bool | None
Theme = Literal["light", "dark"]


class Figure(msgspec.Struct, frozen=True, kw_only=True, tag="figure", tag_field="type", rename="camel"):
    """A Plotly figure: ``data`` and ``layout``, ready for Plotly in a browser or for a picture."""

    plotly: msgspec.Raw


class Grid(msgspec.Struct, frozen=True, kw_only=True, tag="table", tag_field="type", rename="camel"):
    """A table or pivot: formatted nowhere, so that each reader can format by unit and locale."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    total_rows: int


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


class DrawnChart(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """A chart ready to be shown; ``summary`` states the finding, for those who cannot see it."""

    title: str
    kind: str
    content: Figure | Grid | Headline
    summary: str
    provenance: Provenance
    subtitle: str | None = None


class ChartDescription(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    chart_id: UUID
    name: str
    kind: str
    question_id: UUID


class DescribeChart(Request[ChartDescription], frozen=True, kw_only=True):
    principal: Principal
    chart_id: UUID


class DrawChart(Request[DrawnChart], frozen=True, kw_only=True):
    """Draw a saved chart over its question's rows."""

    principal: Principal
    chart_id: UUID
    scope: Scope = Scope()
    theme: Theme = "light"
    is_fresh: bool = False


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
