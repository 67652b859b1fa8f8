"""What a browser keeps: the same answer is not sent again, and another one always is."""

import asyncio
import json
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from tests.whole.conftest import Client, House, asked, imported, made, placed

from gridlens.dashboards.rendering import Renderer
from gridlens.dashboards.schemas import ShowOptions
from gridlens.dashboards.warming import Warming

pytestmark = pytest.mark.anyio
SQL = "SELECT site, sum(load_kw) AS load FROM meters GROUP BY site ORDER BY site"
FOR_VIEWERS = {"entries": [{"type": "role", "role": "viewer", "access": "view"}]}


async def tag_of(client: Client, path: str, **more: str) -> str:
    answer = await client.get(path, headers=more)
    assert answer.status_code == 200, answer.text
    assert answer.headers["cache-control"] == "private, no-cache"
    return str(answer.headers["etag"])


async def again(client: Client, path: str, tag: str, **more: str) -> int:
    answer = await client.get(path, headers={"if-none-match": tag, **more})
    if answer.status_code == 304:
        assert answer.content == b""
        assert answer.headers["etag"] in tag
        assert answer.headers["cache-control"] == "private, no-cache"
    return answer.status_code


@pytest.fixture
async def paths(house: House) -> tuple[str, str, str]:
    """The rows of a question, its chart, and a dashboard that shows it; the viewer may see them."""
    source = await imported(house.analyst)
    question, chart = await asked(house.analyst, source, SQL)
    dashboard = await placed(house.analyst, chart)
    await made(await house.analyst.put(f"/api/v1/questions/{question}/shares", json=FOR_VIEWERS), 200)
    await made(await house.analyst.put(f"/api/v1/dashboards/{dashboard}/shares", json=FOR_VIEWERS), 200)
    rows, board = f"/api/v1/questions/{question}/rows", f"/api/v1/dashboards/{dashboard}/render"
    for path in (rows, board):
        await house.analyst.get(path)  # from now on out of the cache
    return rows, f"/api/v1/charts/preview/{question}", board


async def test_an_answer_is_sent_once_while_it_stays(house: House, paths: tuple[str, str, str]) -> None:
    for path in paths:
        tag = await tag_of(house.analyst, path)

        assert await again(house.analyst, path, tag) == 304
        assert await again(house.analyst, path, f'"other", {tag}') == 304
        assert await again(house.analyst, path, '"other"') == 200


async def test_a_new_reading_of_the_source_is_another_answer(
    house: House, paths: tuple[str, str, str]
) -> None:
    tags = [await tag_of(house.analyst, path) for path in paths]
    rows, chart, _ = paths

    # Charts are made of more rows than a page, so they have an answer of their own.
    await made(await house.analyst.post(rows.replace("/rows", "/run"), json={"isFresh": True}), 200)
    fresh = {"questionId": chart.rpartition("/")[2], "isFresh": True}
    await made(await house.analyst.post("/api/v1/charts/preview", json=fresh), 200)

    for path, tag in zip(paths, tags, strict=True):
        assert await again(house.analyst, path, tag) == 200, path


async def test_who_may_not_see_it_is_told_nothing_by_its_tag(
    house: House, paths: tuple[str, str, str]
) -> None:
    for path in paths:
        tag = await tag_of(house.analyst, path)

        assert await again(house.colleague, path, tag) == 404
        # Rights are part of what an answer is found by.
        assert await again(house.viewer, path, tag) in {200, 304}
        own = await tag_of(house.viewer, path)
        assert await again(house.viewer, path, own) == 304


async def test_json_and_arrow_are_two_answers(house: House, paths: tuple[str, str, str]) -> None:
    arrow = "application/vnd.apache.arrow.stream"
    tag = await tag_of(house.analyst, paths[0])

    assert await again(house.analyst, paths[0], tag, accept=arrow) == 200
    assert await again(house.analyst, paths[0], await tag_of(house.analyst, paths[0], accept=arrow)) == 200


async def test_the_options_of_the_address_are_part_of_the_answer(
    house: House, paths: tuple[str, str, str]
) -> None:
    rows, chart, board = paths
    dark = {"options": json.dumps({"theme": "dark", "spec": {"kind": "bar"}})}
    light = {"options": json.dumps({"theme": "light", "spec": {"kind": "bar"}})}

    seen = [await house.analyst.get(chart, params=each) for each in (dark, light)]
    assert seen[0].headers["etag"] != seen[1].headers["etag"]
    assert seen[0].json()["spec"]["kind"] == "bar"

    for path in (rows, chart, board):
        refused = await house.analyst.get(path, params={"options": '{"isFresh": true}'})
        assert (refused.status_code, "isFresh" in refused.json()["fields"]["options"]) == (400, True)


async def test_a_dashboard_with_a_failed_widget_is_not_kept(
    house: House, paths: tuple[str, str, str]
) -> None:
    question = paths[0].removesuffix("/rows")
    current = (await house.analyst.get(question)).json()
    broken = {"version": current["version"], "name": "Load", "sql": "SELECT missing FROM meters"}
    await made(await house.analyst.put(question, json=broken), 200)

    answer = await house.analyst.get(paths[2])

    assert '"failedCount":1' in answer.text
    assert "etag" not in answer.headers
    assert answer.headers["cache-control"] == "no-store"


async def test_a_dashboard_that_takes_long_is_streamed_as_it_becomes_ready(
    house: House, paths: tuple[str, str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gridlens.dashboards.showing.begun.__defaults__", (0.0,))

    answer = await house.analyst.get(paths[2])

    lines = [json.loads(line) for line in answer.text.splitlines()]
    assert [line["type"] for line in lines] == ["started", "widget", "finished"]
    assert "etag" not in answer.headers
    assert not [task for task in asyncio.all_tasks() if "follow" in repr(task.get_coro())]


async def test_what_was_drawn_ahead_is_there_for_its_reader(house: House) -> None:
    _, chart = await asked(house.analyst, await imported(house.analyst), SQL)
    dashboard = UUID(await placed(house.analyst, chart))
    who = house.people["analyst"].principal
    now = datetime(2026, 1, 5, 8, 20, tzinfo=UTC)
    warming = Warming(house.core, lambda: now)
    renderer = Renderer(house.core.database, house.core.bus)
    for _ in range(2):
        warming.note(await renderer.prepare(who, dashboard, ShowOptions()))
        await warming.settle()
        now += timedelta(weeks=1)

    now -= timedelta(minutes=25)
    assert await warming.warm() == 1

    answer = await house.analyst.get(f"/api/v1/dashboards/{dashboard}/render")
    [widget] = [line["widget"] for line in map(json.loads, answer.text.splitlines()) if "widget" in line]
    assert widget["chart"]["provenance"]["isCached"]


async def test_signing_out_empties_what_the_browser_kept(house: House) -> None:
    answer = await house.analyst.post("/api/v1/auth/logout", json={})

    assert answer.headers["clear-site-data"] == '"cache"'


async def test_how_long_answers_are_kept_is_set_for_a_source_and_for_a_question(house: House) -> None:
    source = await imported(house.analyst)
    place = f"/api/v1/sources/{source['sourceId']}"
    question, _ = await asked(house.analyst, source, SQL)
    own = f"/api/v1/questions/{question}"

    async def is_cached(expected_seconds: float) -> bool:
        told = await made(await house.analyst.get(f"/api/v1/charts/preview/{question}"), 200)
        assert told["chart"]["provenance"]["keptSeconds"] == expected_seconds
        return bool(told["chart"]["provenance"]["isCached"])

    async def keep(seconds: int | None) -> None:
        current = await made(await house.analyst.get(own), 200)
        body = {"version": current["version"], "name": "Load", "sql": SQL, "keptSeconds": seconds}
        assert (await made(await house.analyst.put(own, json=body), 200))["keptSeconds"] == seconds

    usual = house.core.settings.cache_seconds
    assert [await is_cached(usual), await is_cached(usual)] == [False, True]
    changed = await made(await house.admin.patch(place, json={"keptSeconds": 0}), 200)
    assert changed["keptSeconds"] == 0
    assert [await is_cached(0), await is_cached(0)] == [False, False]
    await keep(3_600)
    assert await is_cached(3_600)
    await keep(None)
    assert not await is_cached(0)
    await made(await house.admin.patch(place, json={"name": "meters"}), 200)
    assert not await is_cached(0)  # what is not named stays
    await made(await house.admin.patch(place, json={"keptSeconds": None}), 200)
    assert await is_cached(usual)

    for wrong in (-1, 2_592_001, "long"):
        assert (await house.admin.patch(place, json={"keptSeconds": wrong})).status_code == 400
    assert (await house.viewer.patch(place, json={"keptSeconds": 1})).status_code == 403
