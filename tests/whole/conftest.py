"""The whole application, every module real, and people who have signed in to it."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import httpx
import pytest
from litestar import Litestar
from tests.auth.people import TestUser, make_user, sign_in

from gridlens.app import create_app
from gridlens.core.module import Core
from gridlens.shared.permissions import Role

METERS = (
    b"site,read_at,load_kw\nmill,2026-05-01 00:00,1.5\nmill,2026-05-01 00:15,2.5\npier,2026-05-01 00:00,9.0\n"
)
Client = httpx.AsyncClient


@dataclass
class House:
    """One administrator, one analyst and one viewer at the same application, each in their browser."""

    core: Core
    app: Litestar
    admin: Client
    analyst: Client
    colleague: Client
    viewer: Client
    people: dict[str, TestUser]


@pytest.fixture
async def house(core: Core) -> AsyncIterator[House]:
    app = create_app(core=core)
    address = core.settings.address
    transport = httpx.ASGITransport(app=app, client=("127.0.0.1", 50_000), raise_app_exceptions=False)
    roles = {"admin": Role.ADMIN, "analyst": Role.ANALYST, "colleague": Role.ANALYST, "viewer": Role.VIEWER}
    async with app.lifespan():
        clients, people = {}, {}
        for name, role in roles.items():
            people[name] = await make_user(core, role, email=f"{name}@example.org", name=f"Test {name}")
            clients[name] = Client(
                transport=transport, base_url=address, headers={"Origin": address}, timeout=60
            )
            await sign_in(clients[name], people[name])
        yield House(core=core, app=app, people=people, **clients)


async def made(answer: httpx.Response, status: int = 201) -> Any:
    assert answer.status_code == status, answer.text
    return answer.json()


async def finished(client: Client, task: dict[str, Any]) -> dict[str, Any]:
    """The task, once the background is done with it."""
    async with asyncio.timeout(30):
        while task["state"] in {"waiting", "running"}:
            await asyncio.sleep(0.05)
            task = (await client.get(f"/api/v1/sources/tasks/{task['taskId']}")).json()
    return task


async def uploaded(client: Client, content: bytes, name: str) -> dict[str, Any]:
    answer = await client.post("/api/v1/uploads", params={"fileName": name}, content=content)
    found: dict[str, Any] = await made(answer)
    return found


async def imported(client: Client, content: bytes = METERS, name: str = "meters.csv") -> dict[str, Any]:
    """A source of one table, from a file to a described table."""
    upload = await uploaded(client, content, name)
    place = f"/api/v1/uploads/{upload['uploadId']}"
    shown = await made(await client.get(f"{place}/preview"), 200)
    body = {
        "table": shown["tableName"],
        "options": shown["preview"]["options"],
        "newSource": {"name": name, "zone": "Europe/Berlin"},
    }
    begun = await made(await client.post(f"{place}/import", json=body), 202)
    task = await finished(client, begun["task"])
    assert task["state"] == "done", task
    source: dict[str, Any] = begun["source"]
    return source


async def asked(client: Client, source: dict[str, Any], sql: str, name: str = "Load") -> tuple[str, str]:
    """A question with a chart of it: their ids."""
    question = await made(
        await client.post(
            "/api/v1/questions", json={"name": name, "sourceId": source["sourceId"], "sql": sql}
        )
    )
    chart = await made(
        await client.post(
            "/api/v1/charts",
            json={"name": name, "questionId": question["questionId"], "spec": {"kind": "table"}},
        )
    )
    return question["questionId"], chart["chartId"]


async def placed(client: Client, chart_id: str) -> str:
    """A dashboard with one chart: its id."""
    widget = {
        "kind": "table",
        "widgetId": "0193d6a8-0000-7000-8000-000000000001",
        "chartId": chart_id,
        "x": 0,
        "y": 0,
        "width": 6,
        "height": 6,
    }
    body = {"name": "Site", "layout": {"widgets": [widget]}}
    dashboard: str = (await made(await client.post("/api/v1/dashboards", json=body)))["dashboardId"]
    return dashboard
