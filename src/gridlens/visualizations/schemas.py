"""What the chart routes take and give."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

import msgspec
from msgspec import UNSET, Meta, UnsetType

from gridlens.core.principal import Principal
from gridlens.shared.permissions import Permission, Role
from gridlens.shared.time import Scope
from gridlens.shared.visualizations import USUAL_WIDTH, DrawnChart, Pixels, Theme, View
from gridlens.visualizations.figures.pages import Page
from gridlens.visualizations.models import Chart
from gridlens.visualizations.recommend import Suggestion
from gridlens.visualizations.spec import ChartSpec

Name = Annotated[str, Meta(min_length=1, max_length=200, pattern=r"\S")]


class _Input(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename="camel"):
    pass


class NewChart(_Input, frozen=True, kw_only=True):
    name: Name
    question_id: UUID
    spec: ChartSpec


class ChartChange(_Input, frozen=True, kw_only=True):
    """What is left out stays; ``version`` is the one that the change is based on."""

    version: Annotated[int, Meta(ge=1, le=2**31 - 1)]
    name: Name | UnsetType = UNSET
    question_id: UUID | UnsetType = UNSET
    spec: ChartSpec | UnsetType = UNSET


class DrawOptions(_Input, frozen=True, kw_only=True):
    """``is_fresh`` asks the source again even when an answer is cached.

    ``width`` is the room in CSS pixels, ``view`` the part of a time axis to be drawn in full,
    ``page`` that of a table.
    """

    scope: Scope = Scope()
    theme: Theme = "light"
    is_fresh: bool = False
    width: Pixels = USUAL_WIDTH
    view: View | None = None
    page: Page | None = None


class QuestionPreview(_Input, frozen=True, kw_only=True):
    """How a saved question is drawn; without a spec the best chart is."""

    title: Annotated[str, Meta(max_length=200)] = ""
    spec: ChartSpec | None = None
    scope: Scope = Scope()
    theme: Theme = "light"
    width: Pixels = USUAL_WIDTH
    view: View | None = None
    page: Page | None = None


class PreviewOrder(_Input, frozen=True, kw_only=True):
    """Rows of a saved question, or of a statement on a source; without a spec the best chart is drawn.

    ``row_limit`` left out is the most that a chart is made of.
    """

    question_id: UUID | None = None
    source_id: UUID | None = None
    sql: Annotated[str, Meta(min_length=1, max_length=65_536)] | None = None
    row_limit: Annotated[int, Meta(ge=1, le=100_000)] | None = None
    title: Annotated[str, Meta(max_length=200)] = ""
    spec: ChartSpec | None = None
    scope: Scope = Scope()
    theme: Theme = "light"
    is_fresh: bool = False
    width: Pixels = USUAL_WIDTH
    view: View | None = None
    page: Page | None = None


class ChartPreview(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """The drawn chart, its spec with every part filled in, and what else would suit the rows."""

    chart: DrawnChart
    spec: ChartSpec
    suggestions: tuple[Suggestion, ...]


class ChartDetail(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    chart_id: UUID
    name: str
    question_id: UUID
    spec: ChartSpec
    version: int
    owner_id: UUID
    can_edit: bool
    created_at: datetime
    updated_at: datetime

    @classmethod
    def of(cls, chart: Chart, principal: Principal) -> "ChartDetail":
        return cls(
            chart_id=chart.id,
            name=chart.name,
            question_id=chart.question_id,
            spec=msgspec.convert(chart.spec, ChartSpec),
            version=chart.version,
            owner_id=chart.owner_id,
            can_edit=principal.may(Permission.EDIT_QUESTIONS)
            and (chart.owner_id == principal.user_id or principal.role == Role.ADMIN),
            created_at=chart.created_at,
            updated_at=chart.updated_at,
        )
