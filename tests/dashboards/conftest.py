"""Dashboards on a real core; the other modules are stood in for at the border, on the real bus."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from uuid import UUID, uuid4

import msgspec
import pytest

from gridlens.core.errors import NotFound
from gridlens.core.module import Core
from gridlens.core.principal import Principal
from gridlens.dashboards import connect
from gridlens.dashboards.editing import EditingService
from gridlens.dashboards.layout import ChartWidget, Layout
from gridlens.dashboards.rendering import Renderer
from gridlens.dashboards.services import DashboardService
from gridlens.dashboards.sharing import SharingService
from gridlens.shared.analytics import DescribeQuestion, QuestionDescription
from gridlens.shared.auth import ListPeople, Person
from gridlens.shared.catalog import Catalog, CatalogColumn, CatalogTable, ColumnProfile
from gridlens.shared.data_sources import DescribeSource, SourceDescription
from gridlens.shared.permissions import ROLE_PERMISSIONS, Role
from gridlens.shared.results import ColumnRole, Kind
from gridlens.shared.visualizations import (
    ChartDescription,
    DescribeChart,
    DrawChart,
    DrawCourse,
    DrawnChart,
    Figure,
    Provenance,
    TimeCourse,
)


class Neighbours:
    """What auth, visualizations, analytics and data_sources would answer."""

    def __init__(self, people: tuple[Principal, ...]) -> None:
        self.people = people
        self.drawn: list[DrawChart] = []
        self.courses: list[DrawCourse] = []
        self.with_course: set[UUID] = set()
        self.newest = "2014-12-31T22:30:00+00:00"
        self.on_draw: Callable[[DrawChart], Awaitable[None]] = _at_once
        self.running = 0
        self.hidden: set[UUID] = set()
        self.old: set[UUID] = set()
        """Charts of which only an old answer is at hand."""
        self.rows = 24
        self.most_running = 0

    async def draw(self, question: DrawChart) -> DrawnChart:
        self.drawn.append(question)
        self.running += 1
        self.most_running = max(self.most_running, self.running)
        try:
            await self.on_draw(question)
        finally:
            self.running -= 1
        return DrawnChart(
            title="Load",
            kind="line",
            content=Figure(plotly=msgspec.Raw(b'{"data":[],"layout":{}}')),
            summary="Load peaks at noon.",
            provenance=Provenance(
                source_id=uuid4(),
                source_name="metering",
                zone="Europe/Berlin",
                read_at=datetime.now(UTC),
                is_cached=False,
                engine_ms=1.0,
                row_count=self.rows,
                is_cut=False,
                row_limit=10_000,
                is_stale=question.may_be_stale and question.chart_id in self.old,
            ),
        )

    def answer_on(self, core: Core) -> None:
        @core.bus.answers(ListPeople)
        async def people(question: ListPeople) -> tuple[Person, ...]:
            mine = [
                each for each in self.people if each.organisation_id == question.principal.organisation_id
            ]
            return tuple(Person(user_id=each.user_id, name=each.name, email=each.email) for each in mine)

        @core.bus.answers(DescribeChart)
        async def chart(question: DescribeChart) -> ChartDescription:
            if question.chart_id in self.hidden:
                raise no_such_chart()
            return ChartDescription(chart_id=question.chart_id, name="Load", kind="line", question_id=uuid4())

        @core.bus.answers(DescribeQuestion)
        async def described(question: DescribeQuestion) -> QuestionDescription:
            return QuestionDescription(
                question_id=question.question_id,
                name="Load",
                source_id=uuid4(),
                sql="SELECT at, kw FROM readings",
            )

        @core.bus.answers(DescribeSource)
        async def source(question: DescribeSource) -> SourceDescription:
            return SourceDescription(
                source_id=question.source_id,
                name="metering",
                dialect="duckdb",
                zone="Europe/Berlin",
                catalog=Catalog(
                    tables=(
                        _table("readings", self.newest),
                        _table("tariffs", "2015-06-30T00:00:00+00:00"),
                    ),
                    version=1,
                    read_at=datetime.now(UTC),
                ),
            )

        core.bus.answers(DrawChart)(self.draw)

        @core.bus.answers(DrawCourse)
        async def course(question: DrawCourse) -> TimeCourse | None:
            self.courses.append(question)
            if question.chart_id not in self.with_course:
                return None
            span = question.scope.time_range
            assert span is not None
            return TimeCourse(start=span.start, end=span.end, values=(1.0, None), label="Load", unit="MW")


async def _at_once(_question: DrawChart) -> None:
    return


def _table(name: str, newest: str) -> CatalogTable:
    profile = ColumnProfile(null_share=0.0, distinct_count=9, maximum=newest)
    column = CatalogColumn(
        name="at", kind=Kind.TIMESTAMP, native_type="TIMESTAMPTZ", role=ColumnRole.TIME, profile=profile
    )
    return CatalogTable(name=name, columns=(column,))


def no_such_chart() -> NotFound:
    return NotFound("There is no such chart.")


@pytest.fixture
def colleague(analyst: Principal) -> Principal:
    """A second analyst of the same organisation."""
    return msgspec.structs.replace(
        analyst, user_id=uuid4(), name="Second analyst", email="second@example.org"
    )


@pytest.fixture
def stranger() -> Principal:
    """An administrator of another organisation."""
    return Principal(
        user_id=uuid4(),
        organisation_id=uuid4(),
        name="Stranger",
        email="stranger@example.com",
        role=Role.ADMIN,
        permissions=ROLE_PERMISSIONS[Role.ADMIN],
    )


@pytest.fixture
def neighbours(admin: Principal, analyst: Principal, viewer: Principal, colleague: Principal) -> Neighbours:
    return Neighbours((admin, analyst, viewer, colleague))


class Room:
    """The services of dashboards on one core."""

    def __init__(self, core: Core, neighbours: Neighbours) -> None:
        self.core = core
        self.neighbours = neighbours
        neighbours.answer_on(core)
        services = connect(core)
        dashboards, editing = services["dashboards"], services["dashboard_editing"]
        sharing, renderer = services["dashboard_sharing"], services["dashboard_renderer"]
        assert isinstance(dashboards, DashboardService)
        assert isinstance(editing, EditingService)
        assert isinstance(sharing, SharingService)
        assert isinstance(renderer, Renderer)
        self.dashboards, self.editing, self.sharing, self.renderer = dashboards, editing, sharing, renderer


@pytest.fixture
def room(core: Core, neighbours: Neighbours) -> Room:
    return Room(core, neighbours)


@pytest.fixture
def every_room(every_core: Core, neighbours: Neighbours) -> Room:
    return Room(every_core, neighbours)


def chart_at(x: int, y: int, *, width: int = 6, height: int = 4, chart_id: UUID | None = None) -> ChartWidget:
    return ChartWidget(widget_id=uuid4(), x=x, y=y, width=width, height=height, chart_id=chart_id or uuid4())


@pytest.fixture
def two_charts() -> Layout:
    return Layout(zone="Europe/Berlin", widgets=(chart_at(0, 0), chart_at(6, 0)))


@pytest.fixture
def gate() -> asyncio.Event:
    return asyncio.Event()
