"""Dashboards over HTTP."""

import time
from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import Annotated
from uuid import UUID

import msgspec
from litestar import Controller, delete, get, patch, post, put
from litestar.di import NamedDependency
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter
from litestar.response import Stream

from gridlens.core.http.access import requires
from gridlens.core.principal import Principal
from gridlens.dashboards.editing import EditingService
from gridlens.dashboards.rendering import Renderer, Rendering
from gridlens.dashboards.schemas import (
    HIGHEST,
    DashboardChange,
    DashboardCopy,
    DashboardDetail,
    DashboardSummary,
    DraftSave,
    DraftSaved,
    NewDashboard,
    Publication,
    RenderFinished,
    RenderLine,
    RenderOptions,
    RenderStarted,
    Shares,
    VersionDetail,
    VersionSummary,
    WidgetDrawn,
)
from gridlens.dashboards.services import DashboardService, Which
from gridlens.dashboards.sharing import SharingService
from gridlens.shared.permissions import Permission

NDJSON = "application/x-ndjson"
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
    path = "/api/v1/dashboards/{dashboard_id:uuid}/render"
    tags = ("dashboards",)
    guards = (requires(Permission.READ_DASHBOARDS),)

    @post(
        operation_id="renderDashboard",
        status_code=200,
        responses={
            200: ResponseSpec(
                data_container=RenderLine,
                description="One JSON object a line: started, then each widget as soon as it is ready, "
                "then finished.",
                media_type=NDJSON,
                generate_examples=False,
            )
        },
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
        return Stream(
            _lines(dashboard_renderer, rendering),
            media_type=NDJSON,
            headers={"X-Accel-Buffering": "no"},
        )


async def _lines(renderer: Renderer, rendering: Rendering) -> AsyncGenerator[bytes, None]:
    started = time.perf_counter()
    failed = 0
    yield _line(
        RenderStarted(
            dashboard_id=rendering.dashboard_id,
            revision=rendering.revision,
            scope=rendering.scope,
            anchor_at=rendering.anchor_at,
            widget_count=len(rendering.widgets),
        )
    )
    async with aclosing(renderer.draw(rendering)) as widgets:
        async for widget in widgets:
            failed += widget.error is not None
            yield _line(WidgetDrawn(widget=widget))
    elapsed_ms = (time.perf_counter() - started) * 1000
    yield _line(RenderFinished(elapsed_ms=elapsed_ms, failed_count=failed))


def _line(content: RenderLine) -> bytes:
    return msgspec.json.encode(content) + b"\n"
