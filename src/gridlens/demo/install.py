"""Installing the demo through the modules' own services, with the rights of its account."""

import asyncio
import errno
import sys
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, cast
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec
from uuid_utils.compat import uuid7

from gridlens import auth, data_sources
from gridlens.analytics.ask.plan import QueryPlan
from gridlens.analytics.asking import AskedQuestion, AskService
from gridlens.analytics.parameters import Parameter
from gridlens.analytics.questions.schemas import NewQuestion
from gridlens.analytics.questions.service import QuestionService
from gridlens.analytics.questions.sharing import QuestionSharing
from gridlens.app import MODULES
from gridlens.core.config import Settings
from gridlens.core.disk import is_disk_full
from gridlens.core.logging import configure_logging
from gridlens.core.migrating import upgrade
from gridlens.core.module import Core, make_core
from gridlens.core.principal import Principal
from gridlens.dashboards.layout import AnyWidget, Layout
from gridlens.dashboards.periods import Days
from gridlens.dashboards.schemas import NewDashboard
from gridlens.dashboards.services import DashboardService
from gridlens.dashboards.sharing import SharingService
from gridlens.data_sources.services.sources import SourceService
from gridlens.demo.content import CHARTS, DASHBOARDS, QUESTIONS, DemoChart, DemoDashboard, Placed
from gridlens.demo.sources import SOURCES
from gridlens.shared.permissions import Role
from gridlens.shared.sharing import Shares, ShareWithRole
from gridlens.visualizations.schemas import NewChart
from gridlens.visualizations.services import ChartService
from gridlens.visualizations.spec import ChartSpec

FOR_EVERYBODY = Shares(
    entries=(
        ShareWithRole(role=Role.ANALYST, access="view"),
        ShareWithRole(role=Role.VIEWER, access="view"),
    )
)
"""Whoever is invited into the demo finds its dashboards, and the questions to begin with."""


NO_ROOM = errno.ENOSPC
"""The exit code of a process whose disk was too small for the demo."""


def install_demo(settings: Settings, email: str, password: str) -> None:
    """Make an account and all that it finds, in a data directory that is still empty."""
    try:
        asyncio.run(_install(settings, email, password))
    except Exception as error:
        if is_disk_full(error):
            sys.exit(NO_ROOM)
        raise


async def _install(settings: Settings, email: str, password: str) -> None:
    configure_logging(settings)
    core = make_core(settings)
    try:
        await upgrade(core.database)
        principal, _ = await auth.create_user(
            core,
            email=email,
            name="Demo Analyst",
            role=Role.ADMIN,
            password=password,
            organisation="Gridlens demo",
            zone="Europe/Amsterdam",
        )
        await install(core, principal)
    finally:
        await core.database.close()


async def install(core: Core, principal: Principal) -> None:
    """Make the sources, then the charts over them, then the dashboards of those."""
    services: dict[str, Any] = {}
    for module in MODULES:
        if module.connect:
            services.update(module.connect(core))
    async with data_sources.lifespan(core):
        source_ids = await _sources(cast(SourceService, services["sources"]), principal)
        chart_ids = await _charts(
            cast(QuestionService, services["question_service"]),
            cast(ChartService, services["charts"]),
            principal,
            source_ids,
        )
        await _examples(
            cast(AskService, services["asking"]),
            cast(QuestionService, services["question_service"]),
            cast(QuestionSharing, services["question_sharing"]),
            principal,
            source_ids,
        )
        for dashboard in DASHBOARDS:
            await _dashboard(
                cast(DashboardService, services["dashboards"]),
                cast(SharingService, services["dashboard_sharing"]),
                principal,
                dashboard,
                chart_ids,
            )


async def _sources(sources: SourceService, principal: Principal) -> dict[str, UUID]:
    made = {}
    for each in SOURCES:
        # The data ended years ago: "last week" means the last week that it has.
        source = await sources.create_file_source(
            principal, each.name, each.zone, each.build, anchors_to_newest=True
        )
        made[each.name] = source.id
    return made


async def _charts(
    questions: QuestionService, charts: ChartService, principal: Principal, source_ids: dict[str, UUID]
) -> dict[str, UUID]:
    made = {}
    for each in CHARTS:
        question = await questions.create(
            principal,
            NewQuestion(
                name=each.name,
                source_id=source_ids[each.source.name],
                description=each.description,
                sql=each.sql.strip() or None,
                plan=_plan(each),
                parameters=_range(each),
            ),
        )
        chart = await charts.create(
            principal,
            NewChart(
                name=each.name,
                question_id=question.question_id,
                spec=msgspec.convert(each.spec, ChartSpec),
            ),
        )
        made[each.name] = chart.chart_id
    return made


async def _examples(
    asking: AskService,
    questions: QuestionService,
    sharing: QuestionSharing,
    principal: Principal,
    source_ids: dict[str, UUID],
) -> None:
    """The example questions, each kept as the plan that the embedded engine makes of its words."""
    for source, words in QUESTIONS:
        source_id = source_ids[source.name]
        answer = await asking.understand(principal, AskedQuestion(source_id=source_id, question=words))
        if answer.plan is None:
            raise RuntimeError(f"The example “{words}” is not understood: {answer.reason}")
        question = await questions.create(
            principal,
            NewQuestion(name=words, source_id=source_id, words=words, plan=answer.plan),
        )
        await sharing.share(principal, question.question_id, FOR_EVERYBODY)


def _range(chart: DemoChart) -> tuple[Parameter, ...]:
    """``from`` and ``to``, standing at the range of the dashboard that shows the chart."""
    if ":from" not in chart.sql:
        return ()
    home = _home(chart)
    ends = (home.first_on, home.last_on + timedelta(days=1))
    return tuple(
        Parameter(name=name, type="timestamp", label=label, default=_midnight(day, home.zone).isoformat())
        for name, label, day in zip(("from", "to"), ("From", "To"), ends, strict=True)
    )


def _home(chart: DemoChart) -> DemoDashboard:
    return next(each for each in DASHBOARDS if chart in [placed.content for placed in each.widgets])


def _plan(chart: DemoChart) -> QueryPlan | None:
    """The plan over the days of the dashboard that shows the chart."""
    if chart.plan is None:
        return None
    home = _home(chart)
    return msgspec.convert(chart.plan.document(home.first_on, home.last_on), QueryPlan)


def _midnight(day: date, zone: str) -> datetime:
    return datetime.combine(day, time(), ZoneInfo(zone)).astimezone(UTC)


async def _dashboard(
    dashboards: DashboardService,
    sharing: SharingService,
    principal: Principal,
    demo: DemoDashboard,
    chart_ids: dict[str, UUID],
) -> None:
    layout = Layout(
        zone=demo.zone,
        widgets=tuple(_widget(placed, chart_ids) for placed in demo.widgets),
        time_range=Days(first_on=demo.first_on, last_on=demo.last_on),
        compare="previous",
    )
    made = await dashboards.create(
        principal,
        NewDashboard(name=demo.name, description=demo.description, tags=demo.tags, layout=layout),
    )
    await dashboards.pin(principal, made.dashboard_id)
    await sharing.share(principal, made.dashboard_id, FOR_EVERYBODY)


def _widget(placed: Placed, chart_ids: dict[str, UUID]) -> AnyWidget:
    document: dict[str, object] = {
        "widgetId": uuid7(),
        "x": placed.x,
        "y": placed.y,
        "width": placed.width,
        "height": placed.height,
    }
    if isinstance(placed.content, str):
        document |= {"kind": "text", "markdown": placed.content}
    else:
        kind = str(placed.content.spec["kind"])
        document |= {
            "kind": kind if kind in {"value", "table"} else "chart",
            "chartId": chart_ids[placed.content.name],
        }
    widget: AnyWidget = msgspec.convert(document, AnyWidget)
    return widget
