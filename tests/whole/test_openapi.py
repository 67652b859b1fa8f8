"""The description of the interface holds for every route of every module."""

from typing import Any
from uuid import uuid4

import pytest
from tests.whole.conftest import House, asked, imported

from gridlens.core.http.openapi import REFUSALS

pytestmark = pytest.mark.anyio


async def test_every_operation_fails_with_a_problem_document(house: House) -> None:
    document: dict[str, Any] = (await house.admin.get("/api/v1/openapi.json")).json()

    operations = [each for path in document["paths"].values() for each in path.values()]
    assert len(operations) > 100
    for operation in operations:
        refused = {code: told for code, told in operation["responses"].items() if not code.startswith("2")}
        assert refused == {code: {"$ref": f"#/components/responses/Problem{code}"} for code in REFUSALS}
    for code in REFUSALS:
        content = document["components"]["responses"][f"Problem{code}"]["content"]
        assert content == {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}


async def test_what_a_refusal_says_is_what_its_description_promises(house: House) -> None:
    document: dict[str, Any] = (await house.admin.get("/api/v1/openapi.json")).json()
    promised = document["components"]["schemas"]["Problem"]

    for answer in (
        await house.viewer.get("/api/v1/sources"),
        await house.admin.get("/api/v1/nowhere"),
        await house.admin.post("/api/v1/questions", json={"name": 1}),
        await house.admin.post("/api/v1/questions", content=b"{"),
    ):
        assert answer.headers["content-type"] == "application/problem+json"
        problem = answer.json()
        assert set(promised["required"]) <= set(problem)
        assert problem["status"] == answer.status_code
        assert problem["type"].startswith("/problems/")


async def test_numbers_beyond_what_databases_hold_are_refused(house: House) -> None:
    source = await imported(house.analyst)
    question, chart = await asked(house.analyst, source, "SELECT 1 AS one")

    for answer in (
        await house.admin.get("/api/v1/audit", params={"before": 2**63}),
        await house.analyst.put(
            f"/api/v1/questions/{question}", json={"version": 2**70, "name": "x", "sql": "SELECT 1"}
        ),
        await house.analyst.patch(f"/api/v1/charts/{chart}", json={"version": 2**70, "name": "x"}),
    ):
        assert answer.status_code == 400, answer.text


async def test_one_id_for_two_runs_keeps_both_and_those_of_others(house: House) -> None:
    source = await imported(house.analyst)
    once, twice = str(uuid4()), str(uuid4())
    for number, query_id in enumerate((twice, twice, once)):
        body = {"sourceId": source["sourceId"], "sql": f"SELECT {number} AS n", "queryId": query_id}
        assert (await house.analyst.post("/api/v1/queries", json=body)).status_code == 200

    runs = (await house.analyst.get("/api/v1/queries/history")).json()

    assert [each["status"] for each in runs] == ["succeeded"] * 3


async def test_an_export_is_told_with_the_types_it_is_sent_as(house: House) -> None:
    document: dict[str, Any] = (await house.admin.get("/api/v1/openapi.json")).json()
    source = await imported(house.analyst)
    order = {"sourceId": source["sourceId"], "sql": "SELECT 1 AS one"}

    sent = set()
    for file_format in ("csv", "xlsx", "parquet"):
        answer = await house.analyst.post("/api/v1/queries/export", json=order | {"fileFormat": file_format})
        sent.add(answer.headers["content-type"].split(";")[0])

    for path in ("/api/v1/queries/export", "/api/v1/questions/{question_id}/export"):
        told = document["paths"][path]["post"]["responses"]["200"]["content"]
        assert set(told) == sent
