"""Somebody is erased: their work goes on under their heir, and no table names them any more."""

import asyncio
import json
from typing import Any

import pytest
from sqlalchemy import inspect, text
from tests.whole.conftest import METERS, House, asked, imported, made, placed, uploaded

from gridlens.core.module import Core

pytestmark = pytest.mark.anyio
SQL = "SELECT site, sum(load_kw) AS load FROM meters GROUP BY site ORDER BY site"
PSEUDONYM = {"auth_audit_entry", "job"}
"""Where their id may stand: in the log, whose chain has to hold, and a fortnight in jobs that are done."""


async def everywhere(core: Core, *words: str) -> dict[str, list[str]]:
    """The tables in which a word stands, in whatever column and however it is written there."""
    found: dict[str, list[str]] = {}
    async with core.database.transaction() as session:
        connection = await session.connection()
        names = await connection.run_sync(lambda each: inspect(each).get_table_names())
        for table in names:
            for row in (await session.execute(text(f'SELECT * FROM "{table}"'))).mappings():
                row_told = {name: _text(value) for name, value in row.items()}
                found.setdefault(table, []).extend(
                    f"{name}: {told[:200]}"
                    for name, told in row_told.items()
                    if any(word.lower() in told for word in words)
                )
    return {name: rows for name, rows in found.items() if rows}


def _text(value: object) -> str:
    if isinstance(value, bytes | memoryview):
        return f"{bytes(value).hex()} {bytes(value).decode(errors='replace')}".lower()
    return (json.dumps(value, default=str) if isinstance(value, dict | list) else str(value)).lower()


async def leave_traces(house: House) -> dict[str, Any]:
    """The analyst's own work, and what others made that names the analyst."""
    client, person = house.analyst, house.people["analyst"]
    someone = {"type": "user", "userId": str(person.principal.user_id), "access": "edit"}
    await uploaded(client, METERS, "never imported.csv")
    source = await imported(client)
    question, chart = await asked(client, source, SQL)
    dashboard = await placed(client, chart)
    await made(await client.post(f"/api/v1/questions/{question}/run", json={}), 200)
    shown = await client.post(f"/api/v1/dashboards/{dashboard}/render", json={})
    assert shown.status_code == 200
    assert (await client.put(f"/api/v1/dashboards/{dashboard}/pin")).status_code < 300
    draft = {"revision": 1, "layout": {"zone": "Europe/Berlin"}}
    await made(await client.put(f"/api/v1/dashboards/{dashboard}/draft", json=draft), 200)
    order = {"target": {"type": "question", "questionId": question}, "fileFormat": "csv"}
    export = await made(await client.post("/api/v1/exports", json=order), 200)
    await made(
        await client.post("/api/v1/ask", json={"sourceId": source["sourceId"], "question": "load by site"}),
        200,
    )
    token = await made(
        await client.post("/api/v1/tokens", json={"name": "T", "scopes": ["questions.read"], "days": 3})
    )
    other, _ = await asked(house.admin, source, SQL, "Shared")
    await made(await house.admin.put(f"/api/v1/questions/{other}/shares", json={"entries": [someone]}), 200)
    report = {
        "subject": "Weekly",
        "target": {"type": "dashboard", "dashboardId": dashboard},
        "recipients": [{"type": "person", "userId": str(person.principal.user_id)}],
        "cron": "0 7 * * 1",
        "zone": "Europe/Berlin",
    }
    weekly = await made(await client.post("/api/v1/reports", json=report))
    return {
        "source": source["sourceId"],
        "question": question,
        "chart": chart,
        "dashboard": dashboard,
        "export": export,
        "token": token,
        "report": weekly["reportId"],
    }


async def test_who_is_erased_is_named_nowhere_and_their_work_goes_on(house: House) -> None:
    traces = await leave_traces(house)
    person, heir = house.people["analyst"], house.people["colleague"]
    name = "Test analyst"
    named = (person.email, name, person.principal.user_id.hex, str(person.principal.user_id))
    assert len(await everywhere(house.core, *named)) > 12, "there is something to forget"
    secret = {"Authorization": f"Bearer {traces['token']['token']}"}
    assert (await house.viewer.get("/api/v1/questions", headers=secret)).status_code == 200

    erased = await house.admin.post(
        f"/api/v1/users/{person.principal.user_id}/erase", json={"heirId": str(heir.principal.user_id)}
    )

    assert erased.status_code == 204
    async with asyncio.timeout(20):
        while (await everywhere(house.core, *named)).keys() - PSEUDONYM:
            await asyncio.sleep(0.1)
    assert await everywhere(house.core, person.email, name) == {}
    assert list((house.core.settings.data_dir / "exports").iterdir()) == []
    assert (await house.analyst.get("/api/v1/sources")).status_code == 401
    assert (await house.viewer.get("/api/v1/questions", headers=secret)).status_code == 401
    login = {"email": person.email, "password": person.password}
    assert (await house.analyst.post("/api/v1/auth/login", json=login)).status_code == 401
    for path in ("sources/{source}", "questions/{question}", "charts/{chart}", "reports/{report}"):
        found = await made(await house.colleague.get(f"/api/v1/{path.format(**traces)}"), 200)
        assert found.get("isMine", True), path
    board = f"/api/v1/dashboards/{traces['dashboard']}"
    assert (await house.colleague.post(f"{board}/render", json={})).status_code == 200
    [version] = await made(await house.colleague.get(f"{board}/versions"), 200)
    assert version["publishedBy"] is None
    assert (await made(await house.colleague.get("/api/v1/exports"), 200)) == []
    assert (await made(await house.admin.get("/api/v1/audit/verification"), 200))["firstBad"] is None
