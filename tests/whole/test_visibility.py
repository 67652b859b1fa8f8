"""Who sees what of an organisation: private until shared, by every door of every module."""

import json

import pytest
from tests.whole.conftest import Client, House, asked, imported, made, placed

pytestmark = pytest.mark.anyio
SQL = "SELECT site, sum(load_kw) AS load FROM meters GROUP BY site ORDER BY site"
FOR_VIEWERS = {"entries": [{"type": "role", "role": "viewer", "access": "view"}]}


async def doors(client: Client, question: str, chart: str) -> set[int]:
    """What each way to a question and its chart answers."""
    q, c = f"/api/v1/questions/{question}", f"/api/v1/charts/{chart}"
    answers = [
        await client.get(q),
        await client.post(f"{q}/run", json={}),
        await client.post(f"{q}/export", json={"fileFormat": "csv"}),
        await client.get(c),
        await client.post(f"{c}/draw", json={}),
        await client.post("/api/v1/charts/preview", json={"questionId": question}),
    ]
    listed = (await client.get("/api/v1/charts", params={"questionId": question})).json()
    codes = {answer.status_code for answer in answers if answer.status_code != 201}
    return codes | {200 if listed else 404}


async def widgets(client: Client, dashboard: str) -> list[dict]:
    answer = await client.post(f"/api/v1/dashboards/{dashboard}/render", json={})
    assert answer.status_code == 200, answer.text
    lines = [json.loads(line) for line in answer.text.splitlines()]
    return [line["widget"] for line in lines if line["type"] == "widget"]


async def test_a_question_and_its_chart_are_private_until_the_question_is_shared(house: House) -> None:
    source = await imported(house.analyst)
    question, chart = await asked(house.analyst, source, SQL)

    assert await doors(house.analyst, question, chart) == {200}
    assert await doors(house.admin, question, chart) == {200}
    assert await doors(house.colleague, question, chart) == {404}
    assert await doors(house.viewer, question, chart) == {404}

    await made(await house.analyst.put(f"/api/v1/questions/{question}/shares", json=FOR_VIEWERS), 200)

    assert await doors(house.viewer, question, chart) == {200}
    assert await doors(house.colleague, question, chart) == {404}
    assert [each["name"] for each in (await house.viewer.get("/api/v1/questions")).json()] == ["Load"]


async def test_a_dashboard_shows_its_charts_to_whom_it_is_shared_with(house: House) -> None:
    source = await imported(house.analyst)
    question, chart = await asked(house.analyst, source, SQL)
    dashboard = await placed(house.analyst, chart)
    place = f"/api/v1/dashboards/{dashboard}"
    assert (await house.viewer.get(place)).status_code == 404

    await made(await house.analyst.put(f"{place}/shares", json=FOR_VIEWERS), 200)

    [widget] = await widgets(house.viewer, dashboard)
    assert (widget["error"], widget["chart"]["provenance"]["sourceName"]) == (None, "meters.csv")
    # What it shows can be opened; the list holds what was shared by itself.
    assert await doors(house.viewer, question, chart) == {200}
    assert (await house.viewer.get("/api/v1/questions")).json() == []
    assert await doors(house.colleague, question, chart) == {404}

    await made(await house.analyst.put(f"{place}/shares", json={"entries": []}), 200)
    assert await doors(house.viewer, question, chart) == {404}


async def test_who_puts_a_foreign_chart_on_a_dashboard_opens_it_to_nobody(house: House) -> None:
    source = await imported(house.analyst)
    question, chart = await asked(house.analyst, source, SQL)

    dashboard = await placed(house.colleague, chart)
    await made(await house.colleague.put(f"/api/v1/dashboards/{dashboard}/shares", json=FOR_VIEWERS), 200)

    assert [bool(each["error"]) for each in await widgets(house.colleague, dashboard)] == [True]
    assert await doors(house.colleague, question, chart) == {404}
    assert await doors(house.viewer, question, chart) == {404}


async def test_analysts_look_into_sources_and_viewers_do_not(house: House) -> None:
    source = await imported(house.analyst)
    place = f"/api/v1/sources/{source['sourceId']}"
    paths = ("/api/v1/sources", place, f"{place}/catalog", f"{place}/sample?table=meters")

    assert {(await house.colleague.get(path)).status_code for path in paths} == {200}
    assert {(await house.admin.get(path)).status_code for path in paths} == {200}
    assert {(await house.viewer.get(path)).status_code for path in paths} == {403}
    body = {"sourceId": source["sourceId"], "sql": SQL}
    assert (await house.viewer.post("/api/v1/queries", json=body)).status_code == 403
    assert (await house.viewer.post("/api/v1/charts/preview", json=body)).status_code == 403


async def test_nobody_changes_what_is_only_shown_to_them(house: House) -> None:
    source = await imported(house.analyst)
    question, chart = await asked(house.analyst, source, SQL)
    shares = {"entries": [{"type": "role", "role": "analyst", "access": "view"}]}
    await made(await house.analyst.put(f"/api/v1/questions/{question}/shares", json=shares), 200)
    mine = {"version": 1, "name": "Mine", "sql": SQL}

    for answer in (
        await house.colleague.put(f"/api/v1/questions/{question}", json=mine),
        await house.colleague.delete(f"/api/v1/questions/{question}"),
        await house.colleague.put(f"/api/v1/questions/{question}/shares", json=FOR_VIEWERS),
        await house.colleague.patch(f"/api/v1/charts/{chart}", json={"version": 1, "name": "Mine"}),
        await house.colleague.delete(f"/api/v1/charts/{chart}"),
    ):
        assert answer.status_code == 403, answer.text
    # An administrator keeps what others made usable.
    assert (await house.admin.put(f"/api/v1/questions/{question}", json=mine)).status_code == 200
