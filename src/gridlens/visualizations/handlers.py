"""What visualizations answers, and what it listens to."""

from uuid import UUID

from gridlens.core.events import Bus
from gridlens.shared.analytics import QuestionDeleted
from gridlens.shared.auth import UserErased
from gridlens.shared.visualizations import (
    ChartDescription,
    DescribeChart,
    DrawChart,
    DrawCourse,
    DrawnChart,
    DrawPicture,
    DrawResult,
    Picture,
    QuestionsShown,
    TimeCourse,
)
from gridlens.visualizations.pictures import Pictures
from gridlens.visualizations.schemas import DrawOptions
from gridlens.visualizations.services import ChartService


def connect(bus: Bus, charts: ChartService, pictures: Pictures) -> None:
    @bus.answers(DescribeChart)
    async def describe_chart(request: DescribeChart) -> ChartDescription:
        return await charts.describe(request.principal, request.chart_id)

    @bus.answers(QuestionsShown)
    async def questions_shown(request: QuestionsShown) -> frozenset[UUID]:
        return await charts.shown(request.principal, request.question_ids)

    @bus.answers(DrawChart)
    async def draw_chart(request: DrawChart) -> DrawnChart:
        options = DrawOptions(
            scope=request.scope, theme=request.theme, is_fresh=request.is_fresh, width=request.width
        )
        return await charts.draw(
            request.principal, request.chart_id, options, may_be_stale=request.may_be_stale
        )

    @bus.answers(DrawCourse)
    async def draw_course(request: DrawCourse) -> TimeCourse | None:
        return await charts.course(request.principal, request.chart_id, request.scope)

    @bus.answers(DrawResult)
    async def draw_result(request: DrawResult) -> DrawnChart:
        return await charts.draw_result(request.title, request.result, request.theme)

    @bus.answers(DrawPicture)
    async def draw_picture(request: DrawPicture) -> Picture:
        return await pictures.draw(
            request.figure,
            width=request.width,
            height=request.height,
            scale=request.scale,
            file_format=request.file_format,
        )

    bus.on(QuestionDeleted)(charts.drop_charts_of)
    bus.on(UserErased)(charts.hand_over)
