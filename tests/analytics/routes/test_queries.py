"""Queries over HTTP: rows as JSON and Arrow, refusals with their place, stopping, history, completion."""

import asyncio
import io
import json
from urllib.parse import unquote
from uuid import uuid4

import httpx
import msgspec
import polars as pl
import pytest
from tests.analytics.conftest import Sources

from gridlens.core.config import Settings
from gridlens.core.principal import Principal

pytestmark = pytest.mark.anyio

Client = httpx.AsyncClient


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """Queries are handed over to the background soon, so that tests need not wait."""
    return msgspec.structs.replace(settings, background_after_seconds=1.0)


def order(sources: Sources, sql: str, **more: object) -> dict[str, object]:
    return {"sourceId": str(sources.source_id), "sql": sql, **more}


async def test_a_small_result_comes_as_json(client: Client, sources: Sources) -> None:
    sql = "SELECT ts, kwh, meter_id, NULL AS none FROM reading WHERE meter_id = 10 ORDER BY ts LIMIT 2"

    answer = await client.post("/api/v1/queries", json=order(sources, sql))

    assert answer.status_code == 200, answer.text
    told = answer.json()
    assert told["columns"][:2] == [
        {
            "name": "ts",
            "kind": "timestamp",
            "role": "time",
            "unit": None,
            "label": None,
            "description": None,
            "calendar": None,
        },
        {
            "name": "kwh",
            "kind": "number",
            "role": "measure",
            "unit": "kWh",
            "label": None,
            "description": None,
            "calendar": None,
        },
    ]
    assert told["rows"] == [["2025-03-29T00:00:00Z", 1.0, 10, None], ["2025-03-29T01:00:00Z", 1.5, 10, None]]
    assert (told["rowCount"], told["isCut"], told["isCached"]) == (2, False, False)
    assert (told["sourceName"], told["zone"], told["sql"]) == ("metering", "Europe/Berlin", sql)
    assert told["elapsedMs"] > 0


async def test_a_large_result_comes_as_an_arrow_stream_with_the_rest_in_a_header(
    client: Client, sources: Sources
) -> None:
    answer = await client.post(
        "/api/v1/queries",
        json=order(sources, "SELECT * FROM reading"),
        headers={"accept": "application/vnd.apache.arrow.stream"},
    )

    assert answer.headers["content-type"] == "application/vnd.apache.arrow.stream"
    frame = pl.read_ipc_stream(io.BytesIO(answer.content))
    assert frame.height == 144
    told = json.loads(unquote(answer.headers["gridlens-result"]))
    assert told["rows"] == []
    assert (told["rowCount"], told["columns"][3]["unit"]) == (144, "°C")


async def test_what_is_too_large_for_json_is_refused_and_comes_as_arrow(
    client: Client, sources: Sources
) -> None:
    asked = order(sources, "SELECT repeat('x', 10000) AS note FROM reading a, reading b LIMIT 4000")

    refused = await client.post("/api/v1/queries", json=asked)
    answer = await client.post(
        "/api/v1/queries", json=asked, headers={"accept": "application/vnd.apache.arrow.stream"}
    )

    assert refused.status_code == 413
    assert refused.json()["type"].endswith("result-too-large")
    assert "40 MB" in refused.json()["detail"]
    assert answer.status_code == 200
    assert pl.read_ipc_stream(io.BytesIO(answer.content)).height == 4_000


async def test_columns_that_fit_no_header_make_the_result_json(client: Client, sources: Sources) -> None:
    sql = "SELECT " + ", ".join(f"kwh AS column_number_{n}" for n in range(600)) + " FROM reading LIMIT 1"

    answer = await client.post(
        "/api/v1/queries",
        json=order(sources, sql),
        headers={"accept": "application/vnd.apache.arrow.stream"},
    )

    assert answer.headers["content-type"] == "application/json"
    assert len(answer.json()["rows"][0]) == 600


async def test_a_cut_result_says_so(client: Client, sources: Sources) -> None:
    answer = await client.post("/api/v1/queries", json=order(sources, "SELECT * FROM reading", rowLimit=5))

    assert (answer.json()["rowCount"], answer.json()["isCut"], answer.json()["rowLimit"]) == (5, True, 5)


async def test_a_refusal_is_a_problem_with_the_line_and_column(client: Client, sources: Sources) -> None:
    answer = await client.post("/api/v1/queries", json=order(sources, "SELECT *\nFROM payroll"))

    assert answer.status_code == 403
    problem = answer.json()
    assert problem["type"].endswith("query-refused")
    assert (problem["line"], problem["column"], problem["construct"]) == (2, 6, "payroll")
    assert "payroll" in problem["detail"]


async def test_broken_sql_is_a_problem_of_the_asker(client: Client, sources: Sources) -> None:
    answer = await client.post("/api/v1/queries", json=order(sources, "SELECT FROM WHERE"))

    assert answer.status_code == 400
    assert answer.json()["type"].endswith("invalid-sql")


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"sql": "SELECT 1"},
        {"sourceId": "x", "sql": "SELECT 1"},
        {"sourceId": str(uuid4()), "sql": ""},
        {"sourceId": str(uuid4()), "sql": 5},
        {"sourceId": str(uuid4()), "sql": "SELECT 1", "rowLimit": 0},
        {"sourceId": str(uuid4()), "sql": "SELECT 1", "organisationId": str(uuid4())},
        {"sourceId": str(uuid4()), "sql": "SELECT 1", "parameters": [{"name": "a b"}]},
        {"sourceId": str(uuid4()), "sql": "x" * 70_000},
        [],
        None,
    ],
)
async def test_a_wrong_body_is_refused_as_such(client: Client, body: object) -> None:
    answer = await client.post("/api/v1/queries", json=body)

    assert answer.status_code == 400
    assert answer.headers["content-type"].startswith("application/problem+json")


async def test_an_unknown_source_is_not_found(client: Client) -> None:
    answer = await client.post("/api/v1/queries", json={"sourceId": str(uuid4()), "sql": "SELECT 1"})

    assert answer.status_code == 404


async def test_values_fill_parameters(client: Client, sources: Sources) -> None:
    body = order(
        sources,
        "SELECT name FROM site WHERE city IN (:cities) AND area_m2 > :least",
        parameters=[{"name": "cities", "type": "list"}, {"name": "least", "type": "number"}],
        values={"cities": ["Köln", "Hamburg"], "least": 1000},
    )

    assert (await client.post("/api/v1/queries", json=body)).json()["rows"] == [["Harbour Campus"]]


async def test_a_missing_value_is_named(client: Client, sources: Sources) -> None:
    body = order(sources, "SELECT :day", parameters=[{"name": "day", "type": "date"}])

    answer = await client.post("/api/v1/queries", json=body)

    assert answer.status_code == 400
    assert answer.json()["fields"] == {"day": "a value is needed"}


async def test_viewers_do_not_write_sql(client: Client, sources: Sources, viewer: Principal) -> None:
    client.headers["x-user"] = str(viewer.user_id)

    for path in ("", "/check", "/export"):
        answer = await client.post(f"/api/v1/queries{path}", json=order(sources, "SELECT 1"))
        assert answer.status_code == 403
    assert sources.fetched == []


async def test_who_is_not_signed_in_gets_nowhere(client: Client, sources: Sources) -> None:
    del client.headers["x-user"]

    assert (await client.post("/api/v1/queries", json=order(sources, "SELECT 1"))).status_code == 401


async def test_a_check_names_tables_and_parameters_and_runs_nothing(client: Client, sources: Sources) -> None:
    sql = (
        "SELECT s.name FROM site s JOIN meter m USING (site_id) WHERE m.label = :label AND m.meter_id > :from"
    )

    answer = await client.post("/api/v1/queries/check", json=order(sources, sql))

    assert answer.json() == {
        "isAllowed": True,
        "refusal": None,
        "tables": ["main.site", "main.meter"],
        "parameters": ["label", "from"],
    }
    assert sources.fetched == []


async def test_a_check_says_where_the_trouble_stands(client: Client, sources: Sources) -> None:
    answer = await client.post(
        "/api/v1/queries/check", json=order(sources, "SELECT name,\n  read_text('/etc/passwd') FROM site")
    )

    told = answer.json()
    assert not told["isAllowed"]
    assert (told["refusal"]["line"], told["refusal"]["column"]) == (2, 3)
    assert told["refusal"]["construct"] == "read_text"


async def test_a_running_query_is_stopped_by_its_id(client: Client, sources: Sources) -> None:
    sources.gate.clear()
    query_id = str(uuid4())
    running = asyncio.create_task(
        client.post("/api/v1/queries", json=order(sources, "SELECT 1", queryId=query_id))
    )
    while not sources.running:
        await asyncio.sleep(0.005)

    stopped = await client.delete(f"/api/v1/queries/{query_id}")
    answer = await running

    assert stopped.json() == {"wasRunning": True}
    assert answer.status_code == 409
    assert answer.json()["type"].endswith("query-cancelled")
    assert (await client.delete(f"/api/v1/queries/{query_id}")).json() == {"wasRunning": False}


async def test_the_history_shows_ones_own_runs_and_everybodys_to_administrators(
    client: Client, sources: Sources, analyst: Principal, admin: Principal
) -> None:
    await client.post("/api/v1/queries", json=order(sources, "SELECT 1"))
    await client.post("/api/v1/queries", json=order(sources, "DROP TABLE site"))
    client.headers["x-user"] = str(admin.user_id)
    await client.post("/api/v1/queries", json=order(sources, "SELECT 2"))

    mine = (await client.get("/api/v1/queries/history")).json()
    everybodys = (await client.get("/api/v1/queries/history", params={"everybody": True})).json()
    refused = (
        await client.get("/api/v1/queries/history", params={"everybody": True, "status": "refused"})
    ).json()

    assert [run["sql"] for run in mine] == ["SELECT 2"]
    assert [run["sql"] for run in everybodys] == ["SELECT 2", "DROP TABLE site", "SELECT 1"]
    assert [run["sql"] for run in refused] == ["DROP TABLE site"]
    assert everybodys[2]["person"]["name"] == analyst.name
    assert everybodys[2]["sourceName"] == "metering"
    assert (everybodys[2]["rowCount"], everybodys[2]["status"], everybodys[2]["door"]) == (
        1,
        "succeeded",
        "sql",
    )
    client.headers["x-user"] = str(analyst.user_id)
    assert (await client.get("/api/v1/queries/history", params={"everybody": True})).status_code == 403


async def test_completion_offers_what_the_guard_lets_through(client: Client, sources: Sources) -> None:
    answer = await client.get("/api/v1/queries/completion", params={"sourceId": str(sources.source_id)})

    told = answer.json()
    assert told["dialect"] == "duckdb"
    assert [table["name"] for table in told["tables"]] == ["site", "meter", "reading", "price", "Größe"]
    assert told["tables"][2]["columns"][2] == {"name": "kwh", "kind": "number", "unit": "kWh", "detail": None}
    assert {"time_bucket", "sum", "generate_series"} <= set(told["functions"])
    assert "read_csv" not in told["functions"]


async def test_a_person_starts_only_so_many_queries_in_a_minute(client: Client, sources: Sources) -> None:
    statements = [f"SELECT {number}" for number in range(61)]

    answers = [await client.post("/api/v1/queries", json=order(sources, sql)) for sql in statements]

    assert [answer.status_code for answer in answers[-2:]] == [200, 429]
    assert answers[-1].headers["retry-after"] == "60"


async def test_an_export_is_a_file_with_every_row(client: Client, sources: Sources) -> None:
    body = order(sources, "SELECT name, city FROM site ORDER BY name", fileFormat="csv", name="Sites / Köln")

    answer = await client.post("/api/v1/queries/export", json=body)

    assert answer.text == "name,city\r\nHarbour Campus,Hamburg\r\nOld Mill,\r\nWeir House,Köln\r\n"
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    disposition = "attachment; filename=\"Sites Kln.csv\"; filename*=UTF-8''Sites%20K%C3%B6ln.csv"
    assert answer.headers["content-disposition"] == disposition


async def test_an_export_of_parquet_keeps_the_types(client: Client, sources: Sources) -> None:
    body = order(sources, "SELECT ts, kwh FROM reading ORDER BY ts", fileFormat="parquet")

    answer = await client.post("/api/v1/queries/export", json=body)

    frame = pl.read_parquet(io.BytesIO(answer.content))
    assert frame.schema == {"ts": pl.Datetime("us", "UTC"), "kwh": pl.Float64}
    assert frame.height == 144


async def state_of(client: Client, query_id: str) -> tuple[str, int | None]:
    told = (await client.get(f"/api/v1/queries/{query_id}")).json()
    return told["state"], told["position"]


async def test_a_waiting_query_knows_its_place(client: Client, sources: Sources) -> None:
    sources.gate.clear()
    ids = [str(uuid4()) for _ in range(4)]
    running = [
        asyncio.create_task(client.post("/api/v1/queries", json=order(sources, f"SELECT {n}", queryId=each)))
        for n, each in enumerate(ids)
    ]
    while sources.running < 2 or await state_of(client, ids[3]) == ("unknown", None):
        await asyncio.sleep(0.01)

    assert [await state_of(client, each) for each in ids] == [
        ("running", None),
        ("running", None),
        ("waiting", 1),
        ("waiting", 2),
    ]
    sources.gate.set()
    await asyncio.gather(*running)
    assert await state_of(client, ids[3]) == ("succeeded", None)


async def test_a_short_query_is_done_when_its_start_is_answered(client: Client, sources: Sources) -> None:
    names = order(sources, "SELECT name FROM site", rowLimit=10_000)
    answer = await client.post("/api/v1/queries/start", json=names)
    refused = await client.post("/api/v1/queries/start", json=order(sources, "DROP TABLE site"))

    assert answer.json()["state"] == "succeeded"
    assert refused.status_code == 403
    rows = await client.post("/api/v1/queries", json=names)
    assert rows.json()["isCached"]


async def test_a_long_query_goes_on_in_the_background_and_its_rows_wait(
    client: Client, sources: Sources, viewer: Principal
) -> None:
    sources.gate.clear()
    query_id = str(uuid4())
    counted = order(sources, "SELECT count(*) FROM reading", rowLimit=10_000)
    long = {**counted, "queryId": query_id}

    answer = await client.post("/api/v1/queries/start", json=long)

    assert answer.json() == {"queryId": query_id, "state": "running", "position": None, "error": None}
    by_another = await client.get(f"/api/v1/queries/{query_id}", headers={"x-user": str(viewer.user_id)})
    assert by_another.json()["state"] == "unknown"
    sources.gate.set()
    while (await state_of(client, query_id))[0] == "running":
        await asyncio.sleep(0.01)
    assert await state_of(client, query_id) == ("succeeded", None)
    rows = await client.post("/api/v1/queries", json=counted)
    assert rows.json()["isCached"]
    assert rows.json()["rows"] == [[144]]


async def test_a_query_in_the_background_can_be_stopped(client: Client, sources: Sources) -> None:
    sources.gate.clear()
    query_id = str(uuid4())
    await client.post("/api/v1/queries/start", json=order(sources, "SELECT 1", queryId=query_id))

    stopped = await client.delete(f"/api/v1/queries/{query_id}")

    assert stopped.json() == {"wasRunning": True}
    while (await state_of(client, query_id))[0] == "running":
        await asyncio.sleep(0.01)
    assert (await state_of(client, query_id))[0] == "stopped"


async def test_what_the_cache_answers_counts_against_nobody(client: Client, sources: Sources) -> None:
    asked = order(sources, "SELECT count(*) AS n FROM site")

    answers = [await client.post("/api/v1/queries", json=asked) for _ in range(70)]

    assert {answer.status_code for answer in answers} == {200}
    assert len(sources.fetched) == 1


async def test_what_runs_and_waits_is_listed_to_its_asker_alone(
    client: Client, sources: Sources, admin: Principal
) -> None:
    assert (await client.get("/api/v1/queries")).json() == []
    sources.gate.clear()
    ids = [str(uuid4()) for _ in range(3)]
    running = [
        asyncio.create_task(client.post("/api/v1/queries", json=order(sources, f"SELECT {n}", queryId=each)))
        for n, each in enumerate(ids)
    ]
    while await state_of(client, ids[2]) != ("waiting", 1):
        await asyncio.sleep(0.01)

    listed = (await client.get("/api/v1/queries")).json()

    assert [(each["queryId"], each["state"], each["position"]) for each in listed] == [
        (ids[0], "running", None),
        (ids[1], "running", None),
        (ids[2], "waiting", 1),
    ]
    assert (listed[2]["sql"], listed[2]["sourceName"], listed[2]["door"]) == ("SELECT 2", "metering", "sql")
    assert listed[0]["elapsedMs"] >= 0
    by_another = await client.get("/api/v1/queries", headers={"x-user": str(admin.user_id)})
    assert by_another.json() == []
    sources.gate.set()
    await asyncio.gather(*running)
    assert (await client.get("/api/v1/queries")).json() == []
