"""Installing the demo through the modules' own services, with the rights of its account."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any, cast
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec
from uuid_utils.compat import uuid7

from gridlens import data_sources
from gridlens.analytics.asking import AskedQuestion, AskService
from gridlens.analytics.parameters import Parameter
from gridlens.analytics.questions.schemas import NewQuestion
from gridlens.analytics.questions.service import QuestionService
from gridlens.app import MODULES
from gridlens.core.module import Core
from gridlens.core.principal import Principal
from gridlens.dashboards.layout import AnyWidget, Layout
from gridlens.dashboards.periods import Days
from gridlens.dashboards.schemas import NewDashboard
from gridlens.dashboards.services import DashboardService
from gridlens.data_sources.services.sources import SourceService
from gridlens.demo.content import CHARTS, DASHBOARDS, QUESTIONS, DemoChart, DemoDashboard, Placed
from gridlens.demo.sources import SOURCES
from gridlens.visualizations.schemas import NewChart
from gridlens.visualizations.services import ChartService
from gridlens.visualizations.spec import ChartSpec


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
            principal,
            source_ids,
        )
        for dashboard in DASHBOARDS:
            await _dashboard(cast(DashboardService, services["dashboards"]), principal, dashboard, chart_ids)


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
                sql=each.sql.strip(),
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
    asking: AskService, questions: QuestionService, principal: Principal, source_ids: dict[str, UUID]
) -> None:
    """The example questions, each kept as the plan that the embedded engine makes of its words."""
    for source, words in QUESTIONS:
        source_id = source_ids[source.name]
        answer = await asking.understand(principal, AskedQuestion(source_id=source_id, question=words))
        if answer.plan is None:
            raise RuntimeError(f"The example “{words}” is not understood: {answer.reason}")
        await questions.create(
            principal,
            NewQuestion(name=words, source_id=source_id, words=words, plan=answer.plan),
        )


def _range(chart: DemoChart) -> tuple[Parameter, ...]:
    """``from`` and ``to``, standing at the range of the dashboard that shows the chart."""
    if ":from" not in chart.sql:
        return ()
    home = next(each for each in DASHBOARDS if chart in [placed.content for placed in each.widgets])
    ends = (home.first_on, home.last_on + timedelta(days=1))
    return tuple(
        Parameter(name=name, type="timestamp", label=label, default=_midnight(day, home.zone).isoformat())
        for name, label, day in zip(("from", "to"), ("From", "To"), ends, strict=True)
    )


def _midnight(day: date, zone: str) -> datetime:
    return datetime.combine(day, time(), ZoneInfo(zone)).astimezone(UTC)


async def _dashboard(
    dashboards: DashboardService, principal: Principal, demo: DemoDashboard, chart_ids: dict[str, UUID]
) -> None:
    layout = Layout(
        zone=demo.zone,
        widgets=tuple(_widget(placed, chart_ids) for placed in demo.widgets),
        time_range=Days(first_on=demo.first_on, last_on=demo.last_on),
    )
    made = await dashboards.create(
        principal,
        NewDashboard(name=demo.name, description=demo.description, tags=demo.tags, layout=layout),
    )
    await dashboards.pin(principal, made.dashboard_id)


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
