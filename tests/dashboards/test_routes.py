"""Dashboards over HTTP: streams, problem documents, and what bad input gets."""

import asyncio
import json
from collections.abc import AsyncIterator
from uuid import uuid4

import msgspec
import pytest
from litestar.middleware import ASGIMiddleware
from litestar.testing import AsyncTestClient
from litestar.types import ASGIApp, Receive, Scope, Send
from sqlalchemy import func, select

from gridlens.app import create_app
from gridlens.core.errors import Unavailable
from gridlens.core.module import Core, Module
from gridlens.core.principal import Principal
from gridlens.dashboards import module
from gridlens.dashboards.layout import Layout
from gridlens.dashboards.models import DashboardOpening

pytestmark = pytest.mark.anyio


class SignedInBy(ASGIMiddleware):
    """Stands in for auth: the header names which principal asks."""

    def __init__(self, *people: Principal) -> None:
        self.people = {str(each.user_id): each for each in people}

    async def handle(self, scope: Scope, receive: Receive, send: Send, next_app: ASGIApp) -> None:
        for name, value in scope["headers"]:
            if name == b"x-user":
                scope["user"] = self.people[value.decode()]
        await next_app(scope, receive, send)


@pytest.fixture
async def client(
    core: Core, neighbours, analyst: Principal, viewer: Principal, colleague: Principal
) -> AsyncIterator[AsyncTestClient]:
    neighbours.answer_on(core)
    signed_in = Module("signed_in", middleware=lambda _core: [SignedInBy(analyst, viewer, colleague)])
    app = create_app(core=core, modules=[module, signed_in])
    async with AsyncTestClient(app, raise_server_exceptions=False) as client:
        client.headers["x-user"] = str(analyst.user_id)
        yield client


def document(layout: Layout) -> dict:
    return msgspec.to_builtins(layout)


async def make(client: AsyncTestClient, layout: Layout) -> dict:
    answer = await client.post("/api/v1/dashboards", json={"name": "Load", "layout": document(layout)})
    assert answer.status_code == 201, answer.text
    return answer.json()


async def test_a_dashboard_is_streamed_line_by_line(client, neighbours, two_charts: Layout) -> None:
    made = await make(client, two_charts)
    failing = two_charts.widgets[0].chart_id

    async def fail(question) -> None:
        if question.chart_id == failing:
            raise Unavailable("The source is down.")

    neighbours.on_draw = fail
    answer = await client.post(f"/api/v1/dashboards/{made['dashboardId']}/render", json={})

    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("application/x-ndjson")
    lines = [json.loads(line) for line in answer.text.splitlines()]
    assert [line["type"] for line in lines] == ["started", "widget", "widget", "finished"]
    assert lines[0]["widgetCount"] == 2
    assert {line["widget"]["chartId"]: line["widget"]["error"] for line in lines[1:3]} == {
        str(two_charts.widgets[0].chart_id): "The source is down.",
        str(two_charts.widgets[1].chart_id): None,
    }
    assert lines[3]["failedCount"] == 1


async def test_an_opening_is_noted_and_the_look_at_a_draft_is_not(
    client, core: Core, two_charts: Layout
) -> None:
    made = await make(client, two_charts)
    path = f"/api/v1/dashboards/{made['dashboardId']}/render"

    for options, noted in (('{"isDraft": true}', 0), ("{}", 1), ("{}", 1)):
        answer = await client.get(path, params={"options": options})
        assert answer.status_code == 200, answer.text
        async with asyncio.timeout(5):
            while await openings(core) < noted:
                await asyncio.sleep(0.01)
        assert await openings(core) == noted


async def openings(core: Core) -> int:
    async with core.database.transaction() as session:
        return await session.scalar(select(func.count()).select_from(DashboardOpening)) or 0


async def test_an_unknown_dashboard_is_a_problem_document_not_a_stream(client) -> None:
    answer = await client.post(f"/api/v1/dashboards/{uuid4()}/render", json={})

    assert answer.status_code == 404
    assert answer.json()["type"] == "/problems/no-such-dashboard"


async def test_the_second_editor_gets_the_other_version(
    client, two_charts: Layout, colleague: Principal
) -> None:
    made = await make(client, two_charts)
    address = f"/api/v1/dashboards/{made['dashboardId']}"
    share = {"entries": [{"type": "user", "userId": str(colleague.user_id), "access": "edit"}]}
    assert (await client.put(f"{address}/shares", json=share)).status_code == 200
    theirs = {"layout": document(Layout(zone="Europe/Madrid")), "revision": 1}
    saved = await client.put(f"{address}/draft", json=theirs, headers={"x-user": str(colleague.user_id)})
    assert saved.json()["revision"] == 2

    answer = await client.put(f"{address}/draft", json={"layout": document(two_charts), "revision": 1})

    assert answer.status_code == 409
    problem = answer.json()
    assert problem["type"] == "/problems/edited-elsewhere"
    assert problem["editedBy"]["name"] == colleague.name
    assert problem["layout"]["zone"] == "Europe/Madrid"
    assert problem["revision"] == 2


async def test_the_whole_life_of_a_dashboard(client, two_charts: Layout) -> None:
    made = await make(client, Layout())
    address = f"/api/v1/dashboards/{made['dashboardId']}"
    await client.put(f"{address}/draft", json={"layout": document(two_charts), "revision": 1})
    published = await client.post(f"{address}/publish", json={"revision": 2, "note": "First"})
    assert len(published.json()["layout"]["widgets"]) == 2
    restored = await client.post(f"{address}/versions/1/restore", json={"revision": 3})
    assert restored.json()["layout"]["widgets"] == []
    renamed = await client.patch(address, json={"name": "Renamed"})
    assert renamed.json()["name"] == "Renamed"
    assert (await client.put(f"{address}/pin")).status_code == 204
    assert [each["name"] for each in (await client.get("/api/v1/dashboards?which=pinned")).json()] == [
        "Renamed"
    ]
    assert (await client.delete(f"{address}/pin")).status_code == 204
    assert (await client.delete(address)).json()["restorableUntil"]
    assert (await client.get(address)).status_code == 404
    assert (await client.post(f"{address}/restore")).status_code == 200
    copy = await client.post(f"{address}/duplicate", json={"name": "Copy"})
    assert (copy.status_code, copy.json()["name"]) == (201, "Copy")
    numbers = [each["number"] for each in (await client.get(f"{address}/versions")).json()]
    assert numbers == [3, 2, 1]


@pytest.mark.parametrize(
    ("body", "status", "field"),
    [
        (b'{"name":"Load","owner":"me"}', 400, "unknown field"),
        (b'{"name":""}', 400, "length >= 1"),
        (b'{"name":7}', 400, "Expected `str`"),
        (b'{"name":"a\\u0000b"}', 400, "name"),
        (b'{"name":"a","tags":["\\u0000"]}', 400, "tags"),
        (b'{"name":"\\ud800"}', 400, ""),
        (b'{"name":"\xff\xfe"}', 400, ""),
        (b"[" * 100_000, 400, ""),
        (b'{"name":"' + b"a" * 10_000_000 + b'"}', 413, ""),
        (b"", 400, ""),
    ],
)
async def test_bad_input_is_a_problem_document(client, body: bytes, status: int, field: str) -> None:
    answer = await client.post(
        "/api/v1/dashboards", content=body, headers={"content-type": "application/json"}
    )

    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert field in answer.text
    assert (await client.get("/api/v1/dashboards")).json() == []


async def test_numbers_too_large_for_a_database_are_refused(client, two_charts: Layout) -> None:
    made = await make(client, two_charts)
    address, huge = f"/api/v1/dashboards/{made['dashboardId']}", 10**30

    assert (await client.get(f"{address}/versions/{huge}")).status_code == 404
    assert (await client.delete(f"{address}/draft?revision={huge}")).status_code == 400
    assert (await client.post(f"{address}/publish", json={"revision": huge})).status_code == 400


async def test_an_overlap_is_named_by_widget(client) -> None:
    widget = {"kind": "text", "x": 0, "y": 0, "width": 2, "height": 2, "markdown": ""}
    widgets = [{**widget, "widgetId": str(uuid4())} for _ in range(2)]

    answer = await client.post("/api/v1/dashboards", json={"name": "Load", "layout": {"widgets": widgets}})

    assert answer.status_code == 400
    assert answer.json()["fields"] == {"widgets[1]": "overlaps widgets[0]"}


async def test_without_signing_in_nothing_is_told(client) -> None:
    client.headers.pop("x-user")

    assert (await client.get("/api/v1/dashboards")).status_code == 401


async def test_a_viewer_may_not_create(client, viewer: Principal) -> None:
    answer = await client.post(
        "/api/v1/dashboards", json={"name": "Load"}, headers={"x-user": str(viewer.user_id)}
    )

    assert answer.status_code == 403


async def test_the_stream_is_described_in_the_api_document(client) -> None:
    api = (await client.get("/api/v1/openapi.json")).json()

    render = api["paths"]["/api/v1/dashboards/{dashboard_id}/render"]["post"]
    assert render["operationId"] == "renderDashboard"
    assert "application/x-ndjson" in render["responses"]["200"]["content"]
    assert "WidgetDrawn" in json.dumps(render["responses"]["200"]) + json.dumps(api["components"])
