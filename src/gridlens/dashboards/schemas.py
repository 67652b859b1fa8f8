"""What the dashboard routes take and give."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

import msgspec
from msgspec import UNSET, Meta, UnsetType

from gridlens.dashboards.comparisons import Compare
from gridlens.dashboards.layout import WITHOUT_NUL, Layout, Name
from gridlens.dashboards.periods import Between, TimeChoice
from gridlens.shared.auth import Person
from gridlens.shared.dashboards import RenderedWidget
from gridlens.shared.sharing import Access
from gridlens.shared.time import Filter, Grain, Scope
from gridlens.shared.visualizations import USUAL_WIDTH, Pixels, Theme

Description = Annotated[str, Meta(max_length=2000, pattern=WITHOUT_NUL)]
Tag = Annotated[str, Meta(min_length=1, max_length=40, pattern=WITHOUT_NUL)]
Tags = Annotated[tuple[Tag, ...], Meta(max_length=20)]
Note = Annotated[str, Meta(max_length=200, pattern=WITHOUT_NUL)]
HIGHEST = 2**31 - 1
Revision = Annotated[int, Meta(ge=1, le=HIGHEST, description="The revision that the change is based on.")]


class _Input(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename="camel"):
    pass


class _Output(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    pass


class NewDashboard(_Input, frozen=True, kw_only=True):
    name: Name
    description: Description = ""
    tags: Tags = ()
    layout: Layout | None = None


class DashboardChange(_Input, frozen=True, kw_only=True):
    """What is left out stays as it is."""

    name: Name | UnsetType = UNSET
    description: Description | UnsetType = UNSET
    tags: Tags | UnsetType = UNSET


class DashboardCopy(_Input, frozen=True, kw_only=True):
    """``is_draft`` copies what is not yet published, which only editors may."""

    name: Name
    is_draft: bool = False


class DraftSave(_Input, frozen=True, kw_only=True):
    layout: Layout
    revision: Revision


class Publication(_Input, frozen=True, kw_only=True):
    revision: Revision
    note: Note = ""


class DashboardSummary(_Output, frozen=True, kw_only=True):
    """``opened_at`` is when the asker opened it last, in a list of several."""

    dashboard_id: UUID
    name: str
    description: str
    tags: tuple[str, ...]
    owner: Person | None
    access: Access
    is_pinned: bool
    has_draft: bool
    published_at: datetime
    edited_at: datetime
    restorable_until: datetime | None = None
    opened_at: datetime | None = None


class Draft(_Output, frozen=True, kw_only=True):
    layout: Layout
    saved_by: Person | None
    saved_at: datetime


class DashboardDetail(DashboardSummary, frozen=True, kw_only=True):
    """``draft`` is there for editors while something waits to be published."""

    revision: int
    version: int
    layout: Layout
    draft: Draft | None = None


class DraftSaved(_Output, frozen=True, kw_only=True):
    revision: int
    saved_at: datetime


class VersionSummary(_Output, frozen=True, kw_only=True):
    number: int
    note: str
    published_by: Person | None
    published_at: datetime
    restored_from: int | None = None


class VersionDetail(VersionSummary, frozen=True, kw_only=True):
    layout: Layout


class ScopeChoice(_Input, frozen=True, kw_only=True):
    """What a viewer narrows the dashboard to; a filter replaces the dashboard's own of that column.

    ``compare`` left out is the dashboard's own comparison; ``grain`` left out is that of each chart.
    """

    time_range: TimeChoice | None = None
    filters: Annotated[tuple[Filter, ...], Meta(max_length=20)] = ()
    compare: Compare | Literal["none"] | None = None
    grain: Grain | None = None


class CourseOrder(_Input, frozen=True, kw_only=True):
    """The span to choose a time range on; left out, the dashboard's own."""

    span: Between | None = None
    filters: Annotated[tuple[Filter, ...], Meta(max_length=20)] = ()


class ShowOptions(_Input, frozen=True, kw_only=True):
    """``widget_ids`` asks for some widgets only.

    ``width`` is that of the whole grid in CSS pixels: no chart has more points than its part of it can show.
    """

    scope: ScopeChoice = ScopeChoice()
    theme: Theme = "light"
    is_draft: bool = False
    widget_ids: Annotated[tuple[UUID, ...], Meta(max_length=100)] | None = None
    width: Pixels = USUAL_WIDTH


class RenderOptions(ShowOptions, frozen=True, kw_only=True):
    """``is_fresh`` asks the sources instead of the cache."""

    is_fresh: bool = False


class RenderStarted(_Output, frozen=True, kw_only=True, tag="started", tag_field="type"):
    """The first line: what the widgets that follow are narrowed to.

    ``anchor_at`` is the instant that a relative time range was counted from.
    """

    dashboard_id: UUID
    revision: int
    scope: Scope
    anchor_at: datetime
    widget_count: int


class WidgetDrawn(_Output, frozen=True, kw_only=True, tag="widget", tag_field="type"):
    """One line a widget, in the order in which they become ready."""

    widget: RenderedWidget


class RenderFinished(_Output, frozen=True, kw_only=True, tag="finished", tag_field="type"):
    """The last line: without it, the connection broke before every widget had come."""

    elapsed_ms: float
    failed_count: int


RenderLine = RenderStarted | WidgetDrawn | RenderFinished
