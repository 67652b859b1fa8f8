"""Who may see a part of a source sees that part, by whichever door they come; nobody is told of the rest."""

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import duckdb
import msgspec
import pytest
from tests.auth.conftest import browser
from tests.auth.people import Client, TestUser, make_user, sign_in

from gridlens.app import create_app
from gridlens.core.config import Settings
from gridlens.core.module import Core, make_core
from gridlens.data_sources.engines import engines_of
from gridlens.shared.auth import FindPrincipal
from gridlens.shared.dashboards import RenderDashboard
from gridlens.shared.permissions import Role

pytestmark = pytest.mark.anyio

SECRETS = ("Südwerk", "südwerk@", "7321.625", "175719", "payroll", "secret_note", "Geheim", "Anna South")
"""Nothing of these may reach somebody from the north."""


def build(path: Path) -> None:
    with duckdb.connect(str(path)) as connection:
        connection.execute(
            """
            CREATE TABLE plant (
                plant_id INTEGER PRIMARY KEY, name VARCHAR, region VARCHAR, owner VARCHAR, secret_note VARCHAR
            );
            INSERT INTO plant VALUES
                (1, 'Nordwerk', 'north', 'Nina North', 'Geheim 1'),
                (2, 'Südwerk', 'south', 'Anna South', 'Geheim 2');
            CREATE TABLE output (
                plant_id INTEGER REFERENCES plant (plant_id), made_at TIMESTAMPTZ, region VARCHAR,
                energy_kwh DOUBLE
            );
            INSERT INTO output
            SELECT plant_id, TIMESTAMPTZ '2025-03-01 00:00:00+00' + INTERVAL (hour) HOUR, region,
                CASE WHEN region = 'north' THEN 10 ELSE 7321.625 END
            FROM plant, range(24) AS hours (hour);
            CREATE TABLE payroll (payroll_id INTEGER, person VARCHAR);
            INSERT INTO payroll VALUES (1, 'somebody');
            """
        )


RULES = [
    {"kind": "rows", "table": "plant", "condition": "region = {user.region}", "bindsEverybody": True},
    {"kind": "rows", "table": "output", "condition": "region = {user.region}", "bindsEverybody": True},
    {"kind": "hide_table", "table": "payroll", "bindsEverybody": True},
    {"kind": "hide_column", "table": "plant", "column": "secret_note", "bindsEverybody": True},
    {"kind": "mask_column", "table": "plant", "column": "owner", "binds": {"roles": ["analyst", "viewer"]}},
]


@dataclass(frozen=True)
class House:
    """The whole application with a source of two regions, an administrator, and people of each region."""

    core: Core
    source_id: str
    boss: Client
    north: Client
    north_user: TestUser
    south: Client
    nowhere: Client

    async def set_rules(self, rules: list[dict[str, Any]]) -> None:
        path = f"/api/v1/sources/{self.source_id}/access"
        version = (await self.boss.get(path)).json()["version"]
        answer = await self.boss.put(path, json={"version": version, "rules": rules})
        assert answer.status_code == 200, answer.text
        await self.core.outbox.deliver_due()

    async def rows(self, client: Client, sql: str) -> list[list[Any]]:
        answer = await self.run(client, sql)
        assert "rows" in answer, answer
        found: list[list[Any]] = answer["rows"]
        return found

    async def run(self, client: Client, sql: str, **more: object) -> dict[str, Any]:
        order = {"sourceId": self.source_id, "sql": sql, **more}
        answer: dict[str, Any] = (await client.post("/api/v1/queries", json=order)).json()
        return answer


async def place(boss: Client, user: TestUser, **attributes: list[object]) -> None:
    path = f"/api/v1/users/{user.principal.user_id}/belonging"
    answer = await boss.put(path, json={"groupIds": [], "attributes": attributes})
    assert answer.status_code == 200, answer.text


@pytest.fixture
async def house(settings: Settings, tmp_path: Path) -> AsyncIterator[House]:
    build(tmp_path / "plants.duckdb")
    core = make_core(msgspec.structs.replace(settings, file_roots=(str(tmp_path),)))
    app = create_app(core=core)

    async def somebody(role: Role, name: str) -> tuple[Client, TestUser]:
        user = await make_user(core, role, name=name)
        client = browser(app)
        await sign_in(client, user)
        return client, user

    boss, _ = await somebody(Role.ADMIN, "Test Boss")
    north, north_user = await somebody(Role.ANALYST, "Test North")
    south, south_user = await somebody(Role.ANALYST, "Test South")
    nowhere, _ = await somebody(Role.ANALYST, "Test Nowhere")
    await place(boss, north_user, region=["north"])
    await place(boss, south_user, region=["south"])
    connection = {"kind": "duckdb", "path": str(tmp_path / "plants.duckdb")}
    new = {"name": "plants", "connection": connection, "zone": "UTC", "anchorsToNewest": True}
    created = (await boss.post("/api/v1/sources", json=new)).json()
    await core.jobs.run_due()
    house = House(core, created["source"]["sourceId"], boss, north, north_user, south, nowhere)
    await house.set_rules(RULES)
    yield house
    for client in (boss, north, south, nowhere):
        await client.aclose()
    await engines_of(core).close()
    await core.database.close()


def assert_tells_nothing(text: str) -> None:
    assert not [secret for secret in SECRETS if secret in text], text


async def test_sql_gives_each_person_their_own_rows(house: House) -> None:
    sql = "SELECT p.name, p.owner, sum(o.energy_kwh) FROM plant p JOIN output o USING (plant_id) GROUP BY ALL"

    assert await house.rows(house.north, sql) == [["Nordwerk", None, 240.0]]
    assert await house.rows(house.south, sql) == [["Südwerk", None, 24 * 7321.625]]
    assert await house.rows(house.nowhere, sql) == []
    assert len(await house.rows(house.boss, sql)) == 2
    assert await house.rows(house.boss, "SELECT count(secret_note) FROM plant") == [[2]]


async def test_a_cached_answer_is_nobody_elses(house: House) -> None:
    sql = "SELECT max(energy_kwh) FROM output"

    for client in (house.boss, house.south, house.north):
        first, again = await house.run(client, sql), await house.run(client, sql)
        assert (first["isCached"], again["isCached"]) == (False, True)
        expected = [[10.0]] if client is house.north else [[7321.625]]
        assert first["rows"] == again["rows"] == expected


async def test_a_change_of_rules_or_of_attributes_counts_at_once(house: House) -> None:
    sql = "SELECT count(*) FROM output"
    assert await house.rows(house.north, sql) == [[24]]

    await place(house.boss, house.north_user, region=["south", "east"])
    refused = await house.run(house.north, sql)
    await house.set_rules([{**RULES[1], "condition": "region IN ({user.region})"}])
    after = await house.run(house.north, "SELECT DISTINCT region FROM output")
    await house.set_rules([])

    assert "needs one value of your attribute “region”" in refused["detail"]
    assert after["rows"] == [["south"]]
    assert await house.rows(house.north, sql) == [[48]]


async def test_a_hidden_table_and_column_are_as_unknown_as_any(house: House) -> None:
    async def told(sql: str, name: str) -> tuple[int, str]:
        order = {"sourceId": house.source_id, "sql": sql.format(name)}
        answer = await house.north.post("/api/v1/queries", json=order)
        return answer.status_code, answer.json()["detail"].replace(name, "?").split("LINE 1")[0]

    assert await told("SELECT * FROM {}", "payroll") == await told("SELECT * FROM {}", "payloot")
    assert await told("SELECT {} FROM plant", "secret_note") == await told(
        "SELECT {} FROM plant", "secret_nose"
    )


async def test_the_catalog_and_what_is_made_of_it_tell_nothing(house: House) -> None:
    path = f"/api/v1/sources/{house.source_id}"
    doors = [
        await house.north.get(f"{path}/catalog"),
        await house.north.get("/api/v1/queries/completion", params={"sourceId": house.source_id}),
        await house.north.get("/api/v1/ask/examples", params={"sourceId": house.source_id}),
        await house.north.get(f"{path}/sample", params={"table": "plant"}),
        await house.north.get(f"{path}/sample", params={"table": "output"}),
    ]
    refused = await house.north.get(f"{path}/sample", params={"table": "payroll"})

    for door in doors:
        assert door.status_code == 200, door.text
        assert_tells_nothing(door.text)
    tables = {table["name"]: table for table in doors[0].json()["tables"]}
    assert set(tables) == {"plant", "output"}
    assert all(column["profile"] is None for table in tables.values() for column in table["columns"])
    assert tables["plant"]["rowCount"] is None
    assert doors[3].json()["rows"] == [[1, "Nordwerk", "north", None]]
    assert refused.status_code == 404


async def test_what_cannot_be_seen_cannot_be_described_either(house: House) -> None:
    path = f"/api/v1/sources/{house.source_id}/catalog"
    table = await house.north.patch(f"{path}/table", json={"table": "payroll", "label": "x"})
    column = await house.north.patch(
        f"{path}/column", json={"table": "plant", "column": "secret_note", "label": "x"}
    )

    assert (table.status_code, column.status_code) == (404, 404)


async def test_a_question_in_words_knows_and_shows_only_what_may_be_seen(house: House) -> None:
    words = {"sourceId": house.source_id, "question": "total energy by plant"}
    asked = (await house.north.post("/api/v1/ask", json=words)).json()
    hidden = await house.north.post("/api/v1/ask", json={**words, "question": "how many payroll rows"})
    named = await house.north.post("/api/v1/ask", json={**words, "question": "energy of Südwerk"})

    change = {"sourceId": house.source_id, "plan": asked["plan"]}
    said = await house.north.post("/api/v1/ask/headline", json=change)
    told = json.dumps(await house.run(house.north, asked["sql"]), ensure_ascii=False)

    assert "240" in told
    for text in (json.dumps(asked, ensure_ascii=False), said.text, told):
        assert_tells_nothing(text)
    assert "payroll" not in (hidden.json()["sql"] or "")
    assert "Südwerk" not in (named.json()["sql"] or "")


async def test_agreed_terms_are_not_changed_by_who_sees_a_part_nor_tell_of_the_rest(house: House) -> None:
    path = f"/api/v1/semantic/{house.source_id}"
    model = {"tables": [{"table": "payroll", "synonyms": ["wages"]}]}
    agreed = await house.boss.put(path, json={"version": 0, "model": model})
    assert agreed.status_code == 200, agreed.text

    read = [
        await house.north.get(path),
        await house.north.get(f"{path}/file"),
        await house.north.get(f"{path}/versions"),
    ]
    changed = [
        await house.north.put(path, json={"version": 1, "model": {}}),
        await house.north.put(f"{path}/file", json={"version": 1, "text": "{}"}),
        await house.north.post(f"{path}/restore", json={"version": 1, "to": 0}),
    ]
    words = {"sourceId": house.source_id, "question": "how many wages"}
    asked = await house.north.post("/api/v1/ask", json=words)

    assert all(400 <= each.status_code < 500 for each in changed), [each.text for each in changed]
    for each in (*read, *changed, asked):
        assert_tells_nothing(each.text)


async def test_an_export_holds_only_what_may_be_seen(house: House) -> None:
    order = {"sourceId": house.source_id, "sql": "SELECT * FROM plant", "fileFormat": "csv"}

    text = (await house.north.post("/api/v1/queries/export", json=order)).text

    assert "Nordwerk" in text
    assert_tells_nothing(text)


async def chart_of_all(house: House) -> str:
    """A chart over everything, made by the administrator."""
    sql = "SELECT name, sum(energy_kwh) AS energy_kwh FROM plant JOIN output USING (plant_id) GROUP BY 1"
    question = (
        await house.boss.post(
            "/api/v1/questions", json={"name": "all", "sourceId": house.source_id, "sql": sql}
        )
    ).json()
    shares = {"entries": [{"type": "role", "role": "analyst", "access": "view"}]}
    shared = await house.boss.put(f"/api/v1/questions/{question['questionId']}/shares", json=shares)
    assert shared.status_code == 200, shared.text
    spec = {"kind": "bar", "x": "name", "y": ["energy_kwh"]}
    chart = {"name": "all", "questionId": question["questionId"], "spec": spec}
    found: str = (await house.boss.post("/api/v1/charts", json=chart)).json()["chartId"]
    return found


async def test_a_shared_dashboard_and_its_mail_show_each_reader_their_own_rows(house: House) -> None:
    chart_id = await chart_of_all(house)
    widget = {"kind": "chart", "widgetId": str(uuid4()), "x": 0, "y": 0, "width": 6, "height": 6}
    layout = {"widgets": [{**widget, "chartId": chart_id}], "zone": "UTC"}
    made = (await house.boss.post("/api/v1/dashboards", json={"name": "all", "layout": layout})).json()
    path = f"/api/v1/dashboards/{made['dashboardId']}"
    published = await house.boss.post(f"{path}/publish", json={"revision": made["revision"]})
    entries = [{"type": "role", "role": "analyst", "access": "view"}]
    shared = await house.boss.put(f"{path}/shares", json={"entries": entries})
    assert (published.status_code, shared.status_code) == (200, 200), shared.text + published.text

    whole = (await house.boss.post(f"{path}/render", json={})).text
    seen = (await house.north.post(f"{path}/render", json={})).text
    kept = await house.boss.get(f"{path}/render")
    with_their_tag = {"if-none-match": kept.headers["etag"]}
    assert (await house.boss.get(f"{path}/render", headers=with_their_tag)).status_code == 304
    own = await house.north.get(f"{path}/render", headers=with_their_tag)
    assert own.status_code == 200
    assert_tells_nothing(own.text)
    north = house.north_user.principal
    owner = await house.core.bus.request(FindPrincipal(user_id=north.user_id))
    assert owner is not None
    rendering = RenderDashboard(principal=owner, dashboard_id=UUID(made["dashboardId"]))
    mailed = msgspec.json.encode(await house.core.bus.request(rendering)).decode()

    assert "Südwerk" in whole
    for text in (seen, mailed):
        assert "Nordwerk" in text
        assert_tells_nothing(text)


async def test_a_report_is_mailed_with_the_rights_its_owner_has_then(house: House) -> None:
    chart_id = await chart_of_all(house)
    question_id = (await house.boss.get(f"/api/v1/charts/{chart_id}")).json()["questionId"]
    content = {
        "target": {"type": "question", "questionId": question_id},
        "subject": "all",
        "zone": "UTC",
        "attach": "csv",
    }

    before = await house.north.post("/api/v1/reports/previews", json=content)
    page = await house.north.get(before.json()["pageUrl"])

    assert before.status_code == 201, before.text
    assert page.status_code == 200
    assert "240" in before.json()["text"] + page.text
    assert_tells_nothing(before.json()["text"] + page.text)


async def test_saved_questions_and_chart_previews_run_as_who_looks(house: House) -> None:
    chart_id = await chart_of_all(house)

    drawn = await house.north.post(f"/api/v1/charts/{chart_id}/draw", json={})

    assert "Nordwerk" in drawn.text
    assert_tells_nothing(drawn.text)


async def test_the_history_shows_others_runs_to_administrators_alone(house: House) -> None:
    await house.run(house.boss, "SELECT 'Geheim' FROM payroll")

    own = await house.north.get("/api/v1/queries/history")
    everybodys = await house.north.get("/api/v1/queries/history", params={"everybody": True})

    assert_tells_nothing(own.text)
    assert everybodys.status_code == 403


async def test_an_engines_own_message_tells_neither_rows_nor_rules(house: House) -> None:
    casts = await house.run(house.north, "SELECT * FROM output WHERE CAST(region AS INTEGER) = 1")
    names = await house.run(house.north, "SELECT nothing FROM output")
    pivot = "PIVOT (SELECT 1 AS one) ON (SELECT max(region) FROM output) USING count(*)"
    subquery = await house.run(house.north, pivot)

    for answer in (casts, names, subquery):
        assert answer["status"] == 400
        assert_tells_nothing(json.dumps(answer, ensure_ascii=False))
        assert "south" not in answer["detail"]
        assert "rows_that_may_be_seen" not in answer["detail"]
    assert subquery["detail"].startswith("Parser Error: Cannot pivot on subquery\n")


async def test_rules_are_for_administrators_who_prove_it_again(house: House) -> None:
    path = f"/api/v1/sources/{house.source_id}/access"
    user_id = str(house.north_user.principal.user_id)
    preview = {"userId": user_id, "table": "plant"}

    answers = [
        await house.north.get(path),
        await house.north.put(path, json={"version": 1, "rules": []}),
        await house.north.get(f"{path}/file"),
        await house.north.put(f"{path}/file", json={"text": "access: []"}),
        await house.north.post(f"{path}/condition", json={"table": "plant", "condition": "1 = 1"}),
        await house.north.post(f"{path}/preview", json=preview),
        await house.north.put(f"/api/v1/users/{user_id}/belonging", json={"groupIds": [], "attributes": {}}),
    ]

    assert {each.status_code for each in answers} == {403}


async def test_a_preview_shows_a_table_as_somebody_else_sees_it(house: House) -> None:
    path = f"/api/v1/sources/{house.source_id}/access/preview"
    ask = {"userId": str(house.north_user.principal.user_id), "table": "plant"}

    seen = (await house.boss.post(path, json=ask)).json()
    hidden = (await house.boss.post(path, json={**ask, "table": "payroll"})).json()
    tried = (await house.boss.post(path, json={**ask, "rules": []})).json()

    assert seen["rows"] == [[1, "Nordwerk", "north", None]]
    assert (seen["visibleRows"], seen["allRows"]) == (1, 2)
    assert (seen["hiddenColumns"], seen["maskedColumns"]) == (["secret_note"], ["owner"])
    assert hidden["isHidden"] is True
    assert (tried["visibleRows"], tried["hiddenColumns"]) == (2, [])
