"""Charts over HTTP, with what hostile input gets."""

import json
import re
from collections.abc import AsyncIterator
from uuid import uuid4

import pytest
from litestar.middleware import ASGIMiddleware
from litestar.testing import AsyncTestClient
from litestar.types import ASGIApp, Receive, Scope, Send

from gridlens.app import create_app
from gridlens.core.module import Core, Module
from gridlens.core.principal import Principal
from gridlens.visualizations import module

pytestmark = pytest.mark.anyio
CHARTS = "/api/v1/charts"


class SignedInBy(ASGIMiddleware):
    """Stands in for auth: the header names which principal asks."""

    def __init__(self, *people: Principal) -> None:
        self.people = {str(each.user_id): each for each in people}

    async def handle(self, scope: Scope, receive: Receive, send: Send, next_app: ASGIApp) -> None:
        for name, value in scope["headers"]:
            if name == b"x-user" and (person := self.people.get(value.decode())):
                scope["user"] = person
        await next_app(scope, receive, send)


@pytest.fixture
async def client(
    core: Core, analytics, analyst: Principal, viewer: Principal
) -> AsyncIterator[AsyncTestClient]:
    analytics.answer_on(core)
    signed_in = Module("signed_in", middleware=lambda _core: [SignedInBy(analyst, viewer)])
    app = create_app(core=core, modules=[module, signed_in])
    async with AsyncTestClient(app, raise_server_exceptions=False) as client:
        client.headers["x-user"] = str(analyst.user_id)
        yield client


@pytest.fixture
async def made(client: AsyncTestClient, analytics) -> dict:
    spec = {"kind": "step", "x": "at", "y": ["load"]}
    answer = await client.post(
        CHARTS, json={"name": "Load of the day", "questionId": str(analytics.question_id), "spec": spec}
    )
    assert answer.status_code == 201, answer.text
    return answer.json()


async def test_a_chart_is_made_read_changed_and_deleted(client, made):
    address = f"{CHARTS}/{made['chartId']}"

    assert (await client.get(address)).json() == made
    assert [chart["name"] for chart in (await client.get(CHARTS, params={"words": "day"})).json()] == [
        "Load of the day"
    ]
    changed = await client.patch(address, json={"version": 1, "name": "Load"})
    assert (changed.json()["name"], changed.json()["version"]) == ("Load", 2)
    late = await client.patch(address, json={"version": 1, "name": "Late"})
    assert late.status_code == 409
    assert (late.json()["type"], late.json()["version"]) == ("/problems/chart-changed-meanwhile", 2)
    assert (await client.delete(address)).status_code == 204
    assert (await client.get(address)).status_code == 404


async def test_a_drawn_chart_carries_its_figure_as_an_object(client, made):
    answer = await client.post(f"{CHARTS}/{made['chartId']}/draw", json={"theme": "dark"})

    assert answer.status_code == 200, answer.text
    chart = answer.json()
    assert chart["content"]["type"] == "figure"
    assert chart["content"]["plotly"]["layout"]["meta"]["theme"] == "dark"
    assert chart["provenance"]["rowCount"] == 24
    assert chart["summary"].startswith("Load of the day. Highest 24.0")


async def test_a_preview_offers_charts_with_reasons(client, analytics):
    answer = await client.post(f"{CHARTS}/preview", json={"questionId": str(analytics.question_id)})

    assert answer.status_code == 200, answer.text
    assert answer.json()["spec"]["kind"] == "step"
    assert all(offer["reason"] and offer["spec"]["kind"] for offer in answer.json()["suggestions"])


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ({"spec": {"kind": "pie"}}, "pie"),
        ({"spec": {"kind": "bar", "y": ["x" * 256]}}, "255"),
        ({"spec": {"kind": "bar", "y": ["y"] * 21}}, "20"),
        ({"spec": {"kind": "bar", "limit": 0}}, ">= 1"),
        ({"spec": {"kind": "bar", "bins": 10_000}}, "<= 200"),
        ({"spec": {"kind": "bar", "onclick": "alert(1)"}}, "onclick"),
        ({"theme": "neon"}, "neon"),
        ({"sql": "x" * 70_000}, "65536"),
        ({"owner": "me"}, "owner"),
    ],
)
async def test_a_spec_that_is_none_is_refused_with_the_reason(client, analytics, body, told):
    answer = await client.post(f"{CHARTS}/preview", json={"questionId": str(analytics.question_id)} | body)

    assert answer.status_code == 400
    assert told in json.dumps(answer.json())


async def test_a_chart_that_does_not_fit_the_rows_says_what_would(client, analytics):
    answer = await client.post(
        f"{CHARTS}/preview", json={"questionId": str(analytics.question_id), "spec": {"kind": "scatter"}}
    )

    assert answer.status_code == 400
    assert answer.json()["type"] == "/problems/cannot-draw"
    assert "needs two measures. The answer has: at (timestamp), load (number)" in answer.json()["detail"]


async def test_names_of_nothing_are_refused(client, analytics):
    for name in ("", "   ", "x" * 201):
        answer = await client.post(
            CHARTS, json={"name": name, "questionId": str(analytics.question_id), "spec": {"kind": "line"}}
        )
        assert answer.status_code == 400, name


async def test_a_viewer_cannot_make_a_chart(client, analytics, viewer):
    answer = await client.post(
        CHARTS,
        headers={"x-user": str(viewer.user_id)},
        json={"name": "Mine", "questionId": str(analytics.question_id), "spec": {"kind": "line"}},
    )

    assert answer.status_code == 403


async def test_nobody_sees_a_chart_without_signing_in(client, made):
    for address in (CHARTS, f"{CHARTS}/{made['chartId']}", f"{CHARTS}/{made['chartId']}/picture"):
        answer = await client.get(address, headers={"x-user": ""})
        assert answer.status_code == 401, address


async def test_a_picture_is_a_file_named_after_the_chart(client, made, chromium):
    answer = await client.get(
        f"{CHARTS}/{made['chartId']}/picture", params={"format": "svg", "width": 400, "height": 200}
    )

    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"].startswith("image/svg+xml")
    assert answer.headers["content-disposition"] == 'attachment; filename="load-of-the-day.svg"'
    assert answer.content.startswith(b"<svg")


async def test_a_single_value_has_a_picture_with_its_unit_and_source(client, made, chromium):
    spec = {"kind": "value", "y": ["load"]}
    await client.patch(f"{CHARTS}/{made['chartId']}", json={"version": 1, "spec": spec})

    answer = await client.get(
        f"{CHARTS}/{made['chartId']}/picture", params={"format": "svg", "options": '{"theme": "dark"}'}
    )

    assert answer.status_code == 200, answer.text
    text = re.sub(r"<[^>]*>", " ", answer.text)
    assert "12.50\u2009MW" in text
    assert "Load of the day" in text
    assert "times in Europe/Berlin" in text


async def test_a_table_has_no_picture(client, made):
    await client.patch(f"{CHARTS}/{made['chartId']}", json={"version": 1, "spec": {"kind": "table"}})

    answer = await client.get(f"{CHARTS}/{made['chartId']}/picture")

    assert answer.status_code == 400
    assert "A table has no picture" in answer.json()["detail"]


@pytest.mark.parametrize(
    "params",
    [
        {"width": "20000"},
        {"height": "1"},
        {"format": "exe"},
        {"options": '{"theme": "neon"}'},
        {"options": '{"scope": {"timeRange": {"start": "2026-06-15T00:00:00Z"}}}'},
        {"options": "not JSON"},
    ],
)
async def test_a_picture_of_impossible_measures_is_refused(client, made, params):
    assert (await client.get(f"{CHARTS}/{made['chartId']}/picture", params=params)).status_code == 400


async def test_an_unknown_chart_is_not_found(client):
    for method, path in (("GET", ""), ("PATCH", ""), ("DELETE", ""), ("POST", "/draw"), ("GET", "/picture")):
        answer = await client.request(
            method, f"{CHARTS}/{uuid4()}{path}", json={"version": 1} if method == "PATCH" else {}
        )
        assert answer.status_code == 404, (method, path)


async def test_the_description_of_the_routes_names_every_operation(client):
    document = (await client.get("/api/v1/openapi.json")).json()

    named = {
        operation["operationId"]
        for path, methods in document["paths"].items()
        if path.startswith(CHARTS)
        for operation in methods.values()
    }
    assert named == {
        "listCharts",
        "createChart",
        "getChart",
        "updateChart",
        "deleteChart",
        "previewChart",
        "previewQuestion",
        "drawChart",
        "downloadChartPicture",
    }
