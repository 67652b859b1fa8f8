"""Charts over HTTP."""

import re
from typing import Annotated, Any
from uuid import UUID

import msgspec
from litestar import Controller, MediaType, Request, Response, delete, get, patch, post
from litestar.di import NamedDependency
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import FromPath, JSONBody, QueryParameter

from gridlens.core.errors import Unavailable
from gridlens.core.http.access import requires, signed_in
from gridlens.core.http.compression import compressed
from gridlens.core.http.presence import WhileAsked
from gridlens.core.http.validators import Options, is_known, kept_headers, not_modified, options_of, tag_of
from gridlens.core.principal import Principal
from gridlens.shared.permissions import Permission
from gridlens.shared.visualizations import DrawnChart
from gridlens.visualizations.figures.pictured import pictured
from gridlens.visualizations.pictures import FileFormat, Pictures
from gridlens.visualizations.schemas import (
    ChartChange,
    ChartDetail,
    ChartPreview,
    DrawOptions,
    NewChart,
    PreviewOrder,
    QuestionPreview,
)
from gridlens.visualizations.services import ChartService

EDITS = [requires(Permission.EDIT_QUESTIONS)]
Pixels = Annotated[int, QueryParameter(ge=160, le=2_400)]


PREVIEW = {200: ResponseSpec(ChartPreview, description="The drawn chart.", generate_examples=False)}


class NoPicture(Unavailable):
    kind = "no-picture"
    title = "There is no picture of this chart"


class ChartController(Controller):
    path = "/api/v1/charts"
    tags = ("charts",)

    @get(operation_id="listCharts", guards=[requires(Permission.READ_QUESTIONS)])
    async def list_charts(
        self,
        principal: NamedDependency[Principal],
        charts: NamedDependency[ChartService],
        words: Annotated[str, QueryParameter(max_length=200)] = "",
        question_id: Annotated[UUID | None, QueryParameter(name="questionId")] = None,
    ) -> list[ChartDetail]:
        """Saved charts by name; with words, those whose name holds them all."""
        return await charts.list_charts(principal, words=words, question_id=question_id)

    @post(operation_id="createChart", guards=EDITS)
    async def create(
        self,
        data: JSONBody[NewChart],
        principal: NamedDependency[Principal],
        charts: NamedDependency[ChartService],
    ) -> ChartDetail:
        return await charts.create(principal, data)

    @get("/{chart_id:uuid}", operation_id="getChart", guards=[requires(Permission.READ_QUESTIONS)])
    async def get_one(
        self,
        chart_id: FromPath[UUID],
        principal: NamedDependency[Principal],
        charts: NamedDependency[ChartService],
    ) -> ChartDetail:
        return await charts.get(principal, chart_id)

    @patch("/{chart_id:uuid}", operation_id="updateChart", guards=EDITS)
    async def update(
        self,
        chart_id: FromPath[UUID],
        data: JSONBody[ChartChange],
        principal: NamedDependency[Principal],
        charts: NamedDependency[ChartService],
    ) -> ChartDetail:
        """Change what is named; refused with 409 when somebody saved the chart in between."""
        return await charts.change(principal, chart_id, data)

    @delete("/{chart_id:uuid}", operation_id="deleteChart", guards=EDITS)
    async def remove(
        self,
        chart_id: FromPath[UUID],
        principal: NamedDependency[Principal],
        charts: NamedDependency[ChartService],
    ) -> None:
        await charts.delete(principal, chart_id)

    @post(
        "/preview", operation_id="previewChart", status_code=200, guards=[signed_in], middleware=[compressed]
    )
    async def preview(
        self,
        request: Request[Any, Any, Any],
        data: JSONBody[PreviewOrder],
        principal: NamedDependency[Principal],
        charts: NamedDependency[ChartService],
    ) -> ChartPreview:
        """Draw what is not saved yet, and list the charts that would suit its rows."""
        async with WhileAsked(request):
            return await charts.preview(principal, data)

    @get(
        "/preview/{question_id:uuid}",
        operation_id="previewQuestion",
        guards=[signed_in],
        responses=PREVIEW,
        middleware=[compressed],
    )
    async def preview_question(
        self,
        request: Request[Any, Any, Any],
        question_id: FromPath[UUID],
        principal: NamedDependency[Principal],
        charts: NamedDependency[ChartService],
        options: Options = "{}",
    ) -> Response[Any]:
        """The same for a saved question, with an ``ETag``."""
        wish = options_of(options, QuestionPreview)
        order = PreviewOrder(
            question_id=question_id,
            title=wish.title,
            spec=wish.spec,
            scope=wish.scope,
            theme=wish.theme,
            width=wish.width,
            view=wish.view,
            page=wish.page,
        )
        async with WhileAsked(request):
            drawn = await charts.preview(principal, order)
        tag = tag_of(msgspec.json.encode(_lasting(drawn)))
        if is_known(request, tag):
            return not_modified(tag)
        return Response(msgspec.json.encode(drawn), media_type=MediaType.JSON, headers=kept_headers(tag))

    @post(
        "/{chart_id:uuid}/draw",
        operation_id="drawChart",
        status_code=200,
        guards=[signed_in],
        middleware=[compressed],
    )
    async def draw(
        self,
        request: Request[Any, Any, Any],
        chart_id: FromPath[UUID],
        data: JSONBody[DrawOptions],
        principal: NamedDependency[Principal],
        charts: NamedDependency[ChartService],
    ) -> DrawnChart:
        async with WhileAsked(request):
            return await charts.draw(principal, chart_id, data)

    @get(
        "/{chart_id:uuid}/picture",
        operation_id="downloadChartPicture",
        guards=[signed_in],
        responses={
            200: ResponseSpec(
                bytes, media_type="image/png", description="The picture, PNG or SVG.", generate_examples=False
            )
        },
    )
    async def picture(
        self,
        request: Request[Any, Any, Any],
        chart_id: FromPath[UUID],
        principal: NamedDependency[Principal],
        charts: NamedDependency[ChartService],
        pictures: NamedDependency[Pictures],
        file_format: Annotated[FileFormat, QueryParameter(name="format")] = "png",
        width: Pixels = 960,
        height: Pixels = 480,
        options: Options = "{}",
    ) -> Response[bytes]:
        """The chart as a file, over its own range or the one of the options, in their theme."""
        wish = msgspec.structs.replace(options_of(options, DrawOptions), width=width, page=None)
        async with WhileAsked(request):
            chart = await charts.draw(principal, chart_id, wish)
        drawn = await pictures.draw(
            pictured(chart, wish.theme), width=width, height=height, scale=2.0, file_format=file_format
        )
        if drawn.content is None:
            raise NoPicture(f"This chart has no picture: {drawn.unavailable}")
        return Response(
            drawn.content,
            media_type=drawn.media_type,
            headers={
                "content-disposition": f'attachment; filename="{_file_name(chart.title)}.{file_format}"'
            },
        )


def _lasting(drawn: ChartPreview) -> ChartPreview:
    """Without what differs from one telling to the next."""
    told = msgspec.structs.replace(drawn.chart.provenance, is_cached=True)
    return msgspec.structs.replace(drawn, chart=msgspec.structs.replace(drawn.chart, provenance=told))


def _file_name(title: str) -> str:
    """Letters and digits of the title, for every file system and header."""
    return (
        re.sub(r"[^a-z0-9]+", "-", title.lower().encode("ascii", "ignore").decode()).strip("-")[:80]
        or "chart"
    )
