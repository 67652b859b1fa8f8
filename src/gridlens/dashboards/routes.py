"""Dashboards over HTTP."""

from dataclasses import replace
from typing import Annotated, Any
from uuid import UUID

from litestar import Controller, Request, Response, delete, get, patch, post, put
from litestar.di import NamedDependency
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter
from litestar.response import Stream

from gridlens.core.http.access import requires
from gridlens.core.http.compression import compressed
from gridlens.core.http.validators import Options, is_known, kept_headers, not_modified, options_of
from gridlens.core.principal import Principal
from gridlens.dashboards.editing import EditingService
from gridlens.dashboards.rendering import Renderer
from gridlens.dashboards.schemas import (
    HIGHEST,
    CourseOrder,
    DashboardChange,
    DashboardCopy,
    DashboardDetail,
    DashboardSummary,
    DraftSave,
    DraftSaved,
    NewDashboard,
    Publication,
    RenderLine,
    RenderOptions,
    ShowOptions,
    VersionDetail,
    VersionSummary,
)
from gridlens.dashboards.services import DashboardService, Which
from gridlens.dashboards.sharing import SharingService
from gridlens.dashboards.showing import begun, encoded, line, lines_of, whole_tag
from gridlens.dashboards.warming import Warming
from gridlens.shared.permissions import Permission
from gridlens.shared.sharing import Shares
from gridlens.shared.visualizations import TimeCourse

NDJSON = "application/x-ndjson"
AT_ONCE = {"X-Accel-Buffering": "no"}
RENDERED = {
    200: ResponseSpec(
        data_container=RenderLine,
        description="One JSON object a line: started, each widget as soon as it is ready, finished.",
        media_type=NDJSON,
        generate_examples=False,
    )
}
EDITS = [requires(Permission.EDIT_DASHBOARDS)]


class DashboardController(Controller):
    path = "/api/v1/dashboards"
    tags = ("dashboards",)
    guards = (requires(Permission.READ_DASHBOARDS),)

    @get(operation_id="listDashboards")
    async def list_dashboards(
        self,
        principal: NamedDependency[Principal],
        dashboards: NamedDependency[DashboardService],
        which: FromQuery[Which] = "all",
        words: Annotated[str, QueryParameter(max_length=200)] = "",
        tag: Annotated[str, QueryParameter(max_length=40)] = "",
    ) -> list[DashboardSummary]:
        """Dashboards you may see, by name."""
        return await dashboards.list_visible(principal, which=which, words=words, tag=tag)

    @post(operation_id="createDashboard", guards=EDITS)
    async def create(
        self,
        data: JSONBody[NewDashboard],
        principal: NamedDependency[Principal],
        dashboards: NamedDependency[DashboardService],
    ) -> DashboardDetail:
        return await dashboards.create(principal, data)

    @get("/{dashboard_id:uuid}", operation_id="getDashboard")
    async def get_one(
        self,
        dashboard_id: FromPath[UUID],
        principal: NamedDependency[Principal],
        dashboards: NamedDependency[DashboardService],
    ) -> DashboardDetail:
        """What is published and, for editors, the draft."""
        return await dashboards.get(principal, dashboard_id)

    @patch("/{dashboard_id:uuid}", operation_id="updateDashboard", guards=EDITS)
    async def update(
        self,
        dashboard_id: FromPath[UUID],
        data: JSONBody[DashboardChange],
        principal: NamedDependency[Principal],
        dashboards: NamedDependency[DashboardService],
    ) -> DashboardDetail:
        """Name, description and tags; they need no publishing."""
        return await dashboards.change(principal, dashboard_id, data)

    @delete("/{dashboard_id:uuid}", operation_id="deleteDashboard", status_code=200, guards=EDITS)
    async def remove(
        self,
        dashboard_id: FromPath[UUID],
        principal: NamedDependency[Principal],
        dashboards: NamedDependency[DashboardService],
    ) -> DashboardSummary:
        """Delete it; the answer says until when that can be undone."""
        return await dashboards.delete(principal, dashboard_id)

    @post("/{dashboard_id:uuid}/restore", operation_id="restoreDashboard", status_code=200, guards=EDITS)
    async def restore(
        self,
        dashboard_id: FromPath[UUID],
        principal: NamedDependency[Principal],
        dashboards: NamedDependency[DashboardService],
    ) -> DashboardDetail:
        return await dashboards.restore(principal, dashboard_id)

    @post("/{dashboard_id:uuid}/duplicate", operation_id="duplicateDashboard", guards=EDITS)
    async def duplicate(
        self,
        dashboard_id: FromPath[UUID],
        data: JSONBody[DashboardCopy],
        principal: NamedDependency[Principal],
        dashboards: NamedDependency[DashboardService],
    ) -> DashboardDetail:
        return await dashboards.duplicate(principal, dashboard_id, data)

    @put("/{dashboard_id:uuid}/pin", operation_id="pinDashboard", status_code=204)
    async def pin(
        self,
        dashboard_id: FromPath[UUID],
        principal: NamedDependency[Principal],
        dashboards: NamedDependency[DashboardService],
    ) -> None:
        await dashboards.pin(principal, dashboard_id)

    @delete("/{dashboard_id:uuid}/pin", operation_id="unpinDashboard")
    async def unpin(
        self,
        dashboard_id: FromPath[UUID],
        principal: NamedDependency[Principal],
        dashboards: NamedDependency[DashboardService],
    ) -> None:
        await dashboards.unpin(principal, dashboard_id)

    @get("/{dashboard_id:uuid}/shares", operation_id="listDashboardShares", guards=EDITS)
    async def shares(
        self,
        dashboard_id: FromPath[UUID],
        principal: NamedDependency[Principal],
        dashboard_sharing: NamedDependency[SharingService],
    ) -> Shares:
        return await dashboard_sharing.shares(principal, dashboard_id)

    @put("/{dashboard_id:uuid}/shares", operation_id="shareDashboard", guards=EDITS)
    async def share(
        self,
        dashboard_id: FromPath[UUID],
        data: JSONBody[Shares],
        principal: NamedDependency[Principal],
        dashboard_sharing: NamedDependency[SharingService],
    ) -> Shares:
        """Replace the list of those who see or edit it."""
        return await dashboard_sharing.share(principal, dashboard_id, data)


class DashboardEditingController(Controller):
    path = "/api/v1/dashboards/{dashboard_id:uuid}"
    tags = ("dashboards",)
    guards = (requires(Permission.READ_DASHBOARDS, Permission.EDIT_DASHBOARDS),)

    @put("/draft", operation_id="saveDashboardDraft")
    async def save_draft(
        self,
        dashboard_id: FromPath[UUID],
        data: JSONBody[DraftSave],
        principal: NamedDependency[Principal],
        dashboard_editing: NamedDependency[EditingService],
    ) -> DraftSaved:
        """Keep what the editor shows. 409 when somebody else changed the dashboard meanwhile."""
        return await dashboard_editing.save_draft(principal, dashboard_id, data)

    @delete("/draft", operation_id="discardDashboardDraft", status_code=200)
    async def discard_draft(
        self,
        dashboard_id: FromPath[UUID],
        revision: Annotated[int, QueryParameter(ge=1, le=HIGHEST)],
        principal: NamedDependency[Principal],
        dashboard_editing: NamedDependency[EditingService],
        dashboards: NamedDependency[DashboardService],
    ) -> DashboardDetail:
        await dashboard_editing.discard_draft(principal, dashboard_id, revision)
        return await dashboards.get(principal, dashboard_id)

    @post("/publish", operation_id="publishDashboard", status_code=200)
    async def publish(
        self,
        dashboard_id: FromPath[UUID],
        data: JSONBody[Publication],
        principal: NamedDependency[Principal],
        dashboard_editing: NamedDependency[EditingService],
        dashboards: NamedDependency[DashboardService],
    ) -> DashboardDetail:
        await dashboard_editing.publish(principal, dashboard_id, data)
        return await dashboards.get(principal, dashboard_id)

    @get("/versions", operation_id="listDashboardVersions")
    async def versions(
        self,
        dashboard_id: FromPath[UUID],
        principal: NamedDependency[Principal],
        dashboard_editing: NamedDependency[EditingService],
    ) -> list[VersionSummary]:
        return await dashboard_editing.list_versions(principal, dashboard_id)

    @get("/versions/{number:int}", operation_id="getDashboardVersion")
    async def version(
        self,
        dashboard_id: FromPath[UUID],
        number: FromPath[int],
        principal: NamedDependency[Principal],
        dashboard_editing: NamedDependency[EditingService],
    ) -> VersionDetail:
        return await dashboard_editing.get_version(principal, dashboard_id, number)

    @post("/versions/{number:int}/restore", operation_id="restoreDashboardVersion", status_code=200)
    async def restore_version(
        self,
        dashboard_id: FromPath[UUID],
        number: FromPath[int],
        data: JSONBody[Publication],
        principal: NamedDependency[Principal],
        dashboard_editing: NamedDependency[EditingService],
        dashboards: NamedDependency[DashboardService],
    ) -> DashboardDetail:
        """Publish an old version again, as a new one."""
        await dashboard_editing.restore_version(principal, dashboard_id, number, data)
        return await dashboards.get(principal, dashboard_id)


class DashboardRenderingController(Controller):
    path = "/api/v1/dashboards/{dashboard_id:uuid}"
    tags = ("dashboards",)
    guards = (requires(Permission.READ_DASHBOARDS),)

    @post("/course", operation_id="drawDashboardCourse", status_code=200)
    async def course(
        self,
        dashboard_id: FromPath[UUID],
        data: JSONBody[CourseOrder],
        principal: NamedDependency[Principal],
        dashboard_renderer: NamedDependency[Renderer],
    ) -> TimeCourse | None:
        """The dashboard's data along a span, in few points, to choose a time range on."""
        return await dashboard_renderer.course(principal, dashboard_id, data)

    @get("/render", operation_id="showDashboard", responses=RENDERED, middleware=[compressed])
    async def show(
        self,
        request: Request[Any, Any, Any],
        dashboard_id: FromPath[UUID],
        principal: NamedDependency[Principal],
        dashboard_renderer: NamedDependency[Renderer],
        dashboard_warming: NamedDependency[Warming],
        options: Options = "{}",
    ) -> Response[Any]:
        """All widgets in one answer; with an ``ETag`` where the cache held them all."""
        wish = options_of(options, ShowOptions)
        rendering = await dashboard_renderer.prepare(principal, dashboard_id, wish)
        rendering = replace(rendering, may_be_stale=True)
        if not wish.is_draft:
            dashboard_warming.note(rendering)
        drawn = await begun(lines_of(dashboard_renderer, rendering))
        tag = whole_tag(drawn.ready) if drawn.rest is None else None
        if tag is None:
            return Stream(encoded(drawn.lines()), media_type=NDJSON, headers=AT_ONCE)
        if is_known(request, tag):
            return not_modified(tag)
        content = b"".join(line(each) for each in drawn.ready)
        return Response(content, media_type=NDJSON, headers=kept_headers(tag))

    @post(
        "/render",
        operation_id="renderDashboard",
        middleware=[compressed],
        status_code=200,
        responses=RENDERED,
    )
    async def render(
        self,
        dashboard_id: FromPath[UUID],
        data: JSONBody[RenderOptions],
        principal: NamedDependency[Principal],
        dashboard_renderer: NamedDependency[Renderer],
    ) -> Stream:
        """All widgets in one answer, as newline-delimited JSON."""
        rendering = await dashboard_renderer.prepare(principal, dashboard_id, data)
        rendering = replace(rendering, is_fresh=data.is_fresh, may_be_stale=not data.is_fresh)
        return Stream(encoded(lines_of(dashboard_renderer, rendering)), media_type=NDJSON, headers=AT_ONCE)
