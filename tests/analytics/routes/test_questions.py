"""Saved questions over HTTP."""

import asyncio
from uuid import uuid4

import httpx
import pytest
from tests.analytics.conftest import Sources

from gridlens.core.principal import Principal

pytestmark = pytest.mark.anyio

Client = httpx.AsyncClient


def body(sources: Sources, **more: object) -> dict[str, object]:
    return {"name": "Sites", "sourceId": str(sources.source_id), "sql": "SELECT name FROM site", **more}


async def make(client: Client, sources: Sources, **more: object) -> dict[str, object]:
    answer = await client.post("/api/v1/questions", json=body(sources, **more))
    assert answer.status_code == 201, answer.text
    found: dict[str, object] = answer.json()
    return found


async def share(client: Client, made: dict[str, object], access: str = "view") -> None:
    body = {"entries": [{"type": "role", "role": "viewer", "access": access}]}
    answer = await client.put(f"/api/v1/questions/{made['questionId']}/shares", json=body)
    assert (answer.status_code, answer.json()) == (200, body)


async def test_a_question_lives_its_whole_life(client: Client, sources: Sources) -> None:
    made = await make(client, sources)
    path = f"/api/v1/questions/{made['questionId']}"

    changed = await client.put(path, json={"version": 1, "name": "Places", "sql": "SELECT city FROM site"})
    again = await client.put(path, json={"version": 1, "name": "Late", "sql": "SELECT 1"})
    listed = (await client.get("/api/v1/questions", params={"words": "place"})).json()
    deleted = (await client.delete(path)).json()
    gone = await client.get(path)
    restored = (await client.post(f"{path}/restore")).json()

    assert (changed.status_code, changed.json()["version"]) == (200, 2)
    assert (again.status_code, again.json()["version"]) == (409, 2)
    assert [each["name"] for each in listed] == ["Places"]
    assert deleted["deletedAt"] is not None
    assert gone.status_code == 404
    assert (restored["name"], restored["deletedAt"]) == ("Places", None)


async def test_a_plan_goes_in_and_comes_out_the_same(client: Client, sources: Sources) -> None:
    import msgspec

    from gridlens.analytics.ask.plan import Aggregate, ColumnRef, QueryPlan

    measure = Aggregate(function="sum", column=ColumnRef(table="reading", column="kwh"), name="energy")
    plan = msgspec.json.decode(msgspec.json.encode(QueryPlan(measures=(measure,))))

    made = await make(client, sources, sql=None, plan=plan)

    assert (made["kind"], made["plan"]) == ("plan", plan)


@pytest.mark.parametrize(
    "more",
    [
        {"name": ""},
        {"name": "   "},
        {"name": "x" * 201},
        {"ownerId": str(uuid4())},
        {"sql": None},
        {"plan": {"measures": "none"}},
        {"plan": {"evil": 1}, "sql": None},
        {"parameters": [{"name": "x", "type": "table"}]},
        {"parameters": [{"name": f"x{n}"} for n in range(31)]},
    ],
)
async def test_bad_input_is_refused_and_leaves_nothing(
    client: Client, sources: Sources, more: dict[str, object]
) -> None:
    answer = await client.post("/api/v1/questions", json=body(sources, **more))

    assert answer.status_code == 400
    assert (await client.get("/api/v1/questions")).json() == []


async def test_a_run_says_what_of_the_scope_was_not_applied(client: Client, sources: Sources) -> None:
    made = await make(client, sources)
    scope = {"filters": [{"column": "name", "values": ["Old Mill"]}, {"column": "tariff", "values": [1]}]}

    answer = await client.post(f"/api/v1/questions/{made['questionId']}/run", json={"scope": scope})

    assert answer.json()["rows"] == [["Old Mill"]]
    assert len(answer.json()["notes"]) == 1


async def test_viewers_run_and_export_questions(client: Client, sources: Sources, viewer: Principal) -> None:
    made = await make(client, sources, name="Sites", sql="SELECT name FROM site ORDER BY name LIMIT 1")
    path = f"/api/v1/questions/{made['questionId']}"
    await share(client, made)
    client.headers["x-user"] = str(viewer.user_id)

    assert (await client.post(f"{path}/run", json={})).json()["rowCount"] == 1
    exported = await client.post(f"{path}/export", json={"fileFormat": "csv"})
    assert exported.text == "name\r\nHarbour Campus\r\n"
    assert 'filename="Sites.csv"' in exported.headers["content-disposition"]
    assert (await client.delete(path)).status_code == 403


async def test_viewers_stop_what_they_run(client: Client, sources: Sources, viewer: Principal) -> None:
    made = await make(client, sources)
    await share(client, made)
    client.headers["x-user"] = str(viewer.user_id)
    sources.gate.clear()
    query_id = str(uuid4())
    path = f"/api/v1/questions/{made['questionId']}/run"
    running = asyncio.create_task(client.post(path, json={"queryId": query_id}))
    while not sources.running:
        await asyncio.sleep(0.005)

    stopped = await client.delete(f"/api/v1/queries/{query_id}")

    assert stopped.json() == {"wasRunning": True}
    assert (await running).status_code == 409


async def test_plans_of_the_wrong_shape_name_the_field(client: Client, sources: Sources) -> None:
    answer = await client.post("/api/v1/questions", json=body(sources, sql=None, plan={"limit": -1}))

    assert answer.status_code == 400
    assert "limit" in answer.text
