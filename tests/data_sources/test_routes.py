"""Sources and uploads over HTTP: what bad input gets, and the whole way from a file to an answer."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from uuid import uuid4

import msgspec
import psutil
import pytest
from litestar.middleware import ASGIMiddleware
from litestar.testing import AsyncTestClient
from litestar.types import ASGIApp, Receive, Scope, Send

from gridlens.app import create_app
from gridlens.core.config import Settings
from gridlens.core.module import Core, Module
from gridlens.core.principal import Principal
from gridlens.data_sources import module
from gridlens.data_sources.engines import engines_of
from gridlens.data_sources.schemas import NewSource, SourceOut
from gridlens.shared.auth import ActionAudited, Authentication

pytestmark = pytest.mark.anyio

CSV = b"read_at,load_kw\n2026-05-01 00:00,1.5\n2026-05-01 00:15,2.5\n2026-05-01 00:30,2.0\n"


class SignedInBy(ASGIMiddleware):
    """Stands in for auth: headers say who asks, and whether they have just proved it again."""

    def __init__(self, *people: Principal) -> None:
        self.people = {str(each.user_id): each for each in people}

    async def handle(self, scope: Scope, receive: Receive, send: Send, next_app: ASGIApp) -> None:
        headers = dict(scope["headers"])
        scope["user"] = self.people.get(headers.get(b"x-user", b"").decode())
        scope["auth"] = Authentication(method="session", aal=2, is_stepped_up=b"x-stepped-up" in headers)
        await next_app(scope, receive, send)


@pytest.fixture
def settings(settings: Settings, tmp_path: Path) -> Settings:
    return msgspec.structs.replace(settings, max_upload_bytes=100_000, file_roots=(str(tmp_path / "shared"),))


@pytest.fixture
async def client(core: Core, analyst: Principal, viewer: Principal) -> AsyncIterator[AsyncTestClient]:
    signed_in = Module("signed_in", middleware=lambda _core: [SignedInBy(analyst, viewer)])
    app = create_app(core=core, modules=[module, signed_in])
    async with AsyncTestClient(app, raise_server_exceptions=False) as client:
        client.headers["x-user"] = str(analyst.user_id)
        yield client


async def finished(client: AsyncTestClient, task: dict) -> dict:
    """The task, once the background is done with it."""
    async with asyncio.timeout(30):
        while task["state"] in {"waiting", "running"}:
            await asyncio.sleep(0.1)
            task = (await client.get(f"/api/v1/sources/tasks/{task['taskId']}")).json()
    return task


async def send(client: AsyncTestClient, content: bytes, name: str = "harbour.csv") -> dict:
    answer = await client.post("/api/v1/uploads", params={"fileName": name}, content=content)
    assert answer.status_code == 201, answer.text
    return answer.json()


async def imported(client: AsyncTestClient) -> dict:
    upload = await send(client, CSV)
    shown = (await client.get(f"/api/v1/uploads/{upload['uploadId']}/preview")).json()
    answer = await client.post(
        f"/api/v1/uploads/{upload['uploadId']}/import",
        json={
            "table": shown["tableName"],
            "options": shown["preview"]["options"],
            "newSource": {"name": "Harbour", "zone": "Europe/Berlin"},
        },
    )
    assert answer.status_code == 202, answer.text
    task = await finished(client, answer.json()["task"])
    assert (task["state"], task["outcome"]["rowsImported"]) == ("done", 3)
    return answer.json()["source"]


async def test_the_whole_way_from_a_file_to_a_described_table(client):
    source = await imported(client)
    place = f"/api/v1/sources/{source['sourceId']}"
    shown = (await client.get(place)).json()
    assert (shown["name"], shown["kind"], shown["state"]) == ("Harbour", "files", "ready")
    [table] = (await client.get(f"{place}/catalog")).json()["tables"]
    assert (table["name"], table["rowCount"], table["intervalSeconds"]) == ("harbour", 3, 900)
    sample = (await client.get(f"{place}/sample", params={"table": "harbour", "rows": 2})).json()
    assert sample["rows"] == [["2026-05-01T00:00:00+00:00", 1.5], ["2026-05-01T00:15:00+00:00", 2.5]]
    answer = await client.patch(
        f"{place}/catalog/column",
        json={"table": "harbour", "column": table["columns"][1]["name"], "unit": "MW"},
    )
    assert answer.json()["tables"][0]["columns"][1]["unit"] == "MW"
    assert (await client.delete(place)).status_code == 204
    assert (await client.get("/api/v1/sources")).json() == []


async def test_a_source_made_of_a_file_is_audited(client, core: Core, analyst: Principal):
    told: asyncio.Queue[ActionAudited] = asyncio.Queue()
    core.bus.on(ActionAudited)(told.put)

    source = await imported(client)

    async with asyncio.timeout(10):
        event = await told.get()
    assert (event.action, event.user_id, event.subject, event.detail["name"]) == (
        "source.connected",
        analyst.user_id,
        f"source:{source['sourceId']}",
        "Harbour",
    )


async def test_an_import_into_a_source_and_a_removal_are_audited(client, core: Core, analyst: Principal):
    source = await imported(client)
    told: asyncio.Queue[ActionAudited] = asyncio.Queue()
    core.bus.on(ActionAudited)(told.put)
    upload = await send(client, CSV, "more.csv")
    shown = (await client.get(f"/api/v1/uploads/{upload['uploadId']}/preview")).json()

    answer = await client.post(
        f"/api/v1/uploads/{upload['uploadId']}/import",
        json={"sourceId": source["sourceId"], "table": "more", "options": shown["preview"]["options"]},
    )
    await finished(client, answer.json()["task"])
    await client.delete(f"/api/v1/sources/{source['sourceId']}/tables/more")

    async with asyncio.timeout(10):
        events = [await told.get() for _ in range(2)]
        while events[0].action == "source.connected":
            events = [events[1], await told.get()]
    assert [(event.action, event.user_id, event.detail["table"]) for event in events] == [
        ("source.table_imported", analyst.user_id, "more"),
        ("source.table_removed", analyst.user_id, "more"),
    ]
    assert events[0].detail["name"] == "Harbour"


async def test_a_database_is_tested_connected_and_refreshed(client, postgres_reader):
    connection = {**msgspec.to_builtins(postgres_reader.postgresql()), "kind": "postgresql"}
    tested = await client.post(
        "/api/v1/sources/test", json={"connection": connection, "password": postgres_reader.password}
    )
    assert tested.status_code == 200
    assert tested.json()["serverVersion"].startswith("PostgreSQL")
    made = await client.post(
        "/api/v1/sources",
        json={"name": "Metering", "connection": connection, "password": postgres_reader.password},
    )
    assert made.status_code == 201
    assert "read only, please" not in made.text
    assert (await finished(client, made.json()["task"]))["outcome"]["tables"] == 2
    place = f"/api/v1/sources/{made.json()['source']['sourceId']}"
    again = await client.post(f"{place}/refresh")
    assert again.status_code == 202
    assert (await finished(client, again.json()))["state"] == "done"
    schedule = {"cron": "0 6 * * *", "zone": "Europe/Madrid"}
    scheduled = await client.put(f"{place}/refresh-schedule", json=schedule)
    assert scheduled.json()["refreshSchedule"] == schedule
    assert (await client.delete(f"{place}/refresh-schedule")).status_code == 204

    moved = {"connection": {**connection, "host": "localhost"}, "password": postgres_reader.password}
    refused = await client.patch(place, json=moved)
    assert (refused.status_code, refused.json()["type"]) == (403, "/problems/step-up-required")
    assert (await client.patch(place, json=moved, headers={"x-stepped-up": "1"})).status_code == 200


async def test_why_a_connection_fails_is_a_problem_document_that_names_its_field(client, postgres):
    connection = {**msgspec.to_builtins(postgres.postgresql(port=1)), "kind": "postgresql"}
    answer = await client.post("/api/v1/sources/test", json={"connection": connection})
    assert answer.status_code == 503
    assert answer.headers["content-type"].startswith("application/problem+json")
    problem = answer.json()
    assert problem["type"] == "/problems/source-unreachable"
    assert "Check the port" in problem["detail"]
    assert problem["fields"] == {"port": "nothing listens there"}
    assert problem["request_id"]


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"name": "x"},
        {"name": "", "connection": {"kind": "files"}},
        {"name": "  ", "connection": {"kind": "files"}},
        {"name": "x", "connection": {"kind": "oracle"}},
        {"name": "x", "connection": {"kind": "files"}, "ownerId": "me"},
        {"name": "x", "connection": {"kind": "files", "path": "/etc/passwd"}},
        {"name": "x", "connection": {"kind": "postgresql", "host": "db", "database": "d"}},
        {"name": "x", "connection": {"kind": "postgresql", "host": "/run/pg", "database": "d", "user": "u"}},
        {
            "name": "x",
            "connection": {"kind": "postgresql", "host": "db", "database": "d", "user": "u", "port": 70000},
        },
        {
            "name": "x",
            "connection": {"kind": "mysql", "host": "db", "database": "d", "user": "u", "localInfile": True},
        },
        {"name": "x", "connection": {"kind": "files"}, "zone": "Mars/Olympus"},
        {"name": "x", "connection": {"kind": "sqlite"}},
        {"name": "x", "connection": {"kind": "sqlite", "path": "/a", "uploadId": str(uuid4())}},
        {"name": "x" * 201, "connection": {"kind": "files"}},
        [],
        "files",
    ],
)
async def test_a_form_that_is_wrong_is_refused_and_nothing_is_kept(client, body):
    answer = await client.post("/api/v1/sources", json=body)
    assert answer.status_code == 400, answer.text
    assert answer.headers["content-type"].startswith("application/problem+json")
    assert (await client.get("/api/v1/sources")).json() == []


async def test_what_cannot_be_read_at_all_is_refused(client):
    place = "/api/v1/sources"
    json = {"content-type": "application/json"}
    assert (await client.post(place, content=b'{"name": "\xff\xfe"}', headers=json)).status_code == 400
    assert (await client.post(place, content=b'{"name":', headers=json)).status_code == 400
    huge = b'{"name": "' + b"x" * 10_000_000 + b'"}'
    assert (await client.post(place, content=huge, headers=json)).status_code == 413
    assert (await client.get(f"{place}/not-a-uuid")).status_code == 404


async def test_an_upload_over_the_limit_is_refused_in_words(client, core):
    answer = await client.post("/api/v1/uploads", params={"fileName": "big.csv"}, content=b"x" * 100_001)
    assert answer.status_code == 413
    assert "can be uploaded at once" in answer.json()["detail"]

    assert list(engines_of(core).storage.uploads.glob("*")) == []


async def test_a_file_that_is_no_table_gets_the_reason(client):
    upload = await send(client, b"", "empty.csv")
    answer = await client.get(f"/api/v1/uploads/{upload['uploadId']}/preview")
    assert (answer.status_code, answer.json()["type"]) == (400, "/problems/upload-refused")
    assert "empty" in answer.json()["detail"]
    assert (await client.delete(f"/api/v1/uploads/{upload['uploadId']}")).status_code == 204
    assert (await client.get(f"/api/v1/uploads/{upload['uploadId']}")).status_code == 404


async def test_bad_rows_come_with_line_and_reason_and_the_source_is_withdrawn(client):
    upload = await send(client, b"read_at,load_kw\n2026-05-01 00:00,1.5\n2026-05-01 00:15,2.5,more\n")
    place = f"/api/v1/uploads/{upload['uploadId']}"
    options = (await client.get(f"{place}/preview")).json()["preview"]["options"]
    corrected = await client.post(f"{place}/preview", json={"options": options, "rows": 5})
    assert corrected.json()["preview"]["badRowCount"] == 1
    started = await client.post(
        f"{place}/import", json={"table": "harbour", "options": options, "newSource": {"name": "Harbour"}}
    )
    task = await finished(client, started.json()["task"])
    assert (task["state"], task["outcome"]["badRows"][0]["line"]) == ("failed", 3)
    assert (await client.get("/api/v1/sources")).json() == []


@pytest.mark.parametrize(
    "changed",
    [
        {"table": ""},
        {"table": "../../etc"},
        {"table": 'x"; DROP TABLE y'},
        {"newSource": None},
        {"newSource": {"name": "x"}, "sourceId": str(uuid4())},
        {"newSource": {"name": "x", "zone": "Mars/Olympus"}},
        {"onBadRow": "ignore"},
        {"options": {"format": "csv", "shell": True}},
    ],
)
async def test_an_import_that_is_wrong_is_refused(client, changed):
    upload = await send(client, CSV)
    place = f"/api/v1/uploads/{upload['uploadId']}"
    body = {"table": "harbour", "options": {"format": "csv"}, "newSource": {"name": "Harbour"}, **changed}
    answer = await client.post(f"{place}/import", json=body)
    assert answer.status_code == 400, answer.text
    assert (await client.get("/api/v1/sources")).json() == []


async def test_folders_whose_files_may_be_connected_are_told_to_who_may_connect_them(
    client, viewer, tmp_path
):
    told = await client.get("/api/v1/sources/file-folders")
    assert told.json() == {"folders": [str((tmp_path / "shared").resolve())]}
    for user in (str(viewer.user_id), ""):
        refused = await client.get("/api/v1/sources/file-folders", headers={"x-user": user})
        assert refused.status_code in {401, 403}
        assert "shared" not in refused.text


async def test_who_is_not_signed_in_gets_nothing_and_a_viewer_sees_no_source(client, viewer):
    source = await imported(client)
    place = f"/api/v1/sources/{source['sourceId']}"
    client.headers["x-user"] = "nobody"
    for path in ("/api/v1/sources", place, f"{place}/catalog"):
        assert (await client.get(path)).status_code == 401
    client.headers["x-user"] = str(viewer.user_id)
    for answer in (
        await client.get("/api/v1/sources"),
        await client.get(place),
        await client.get(f"{place}/catalog"),
        await client.get(f"{place}/sample", params={"table": "harbour"}),
        await client.patch(place, json={"name": "Mine"}),
        await client.delete(place),
        await client.post(f"{place}/refresh"),
        await client.post("/api/v1/uploads", params={"fileName": "x.csv"}, content=CSV),
        await client.post("/api/v1/sources/test", json={"connection": {"kind": "files"}}),
    ):
        assert answer.status_code == 403


async def test_workers_end_with_the_application(core, analyst):
    others = set(psutil.Process().children())
    signed_in = Module("signed_in", middleware=lambda _core: [SignedInBy(analyst)])
    app = create_app(core=core, modules=[module, signed_in])
    async with AsyncTestClient(app) as client:
        client.headers["x-user"] = str(analyst.user_id)
        await imported(client)
        assert set(psutil.Process().children()) - others
    assert not set(psutil.Process().children()) - others


def test_nothing_that_goes_out_has_a_place_for_a_secret():
    named = {field.name for field in msgspec.structs.fields(SourceOut)}
    assert "password" in {field.name for field in msgspec.structs.fields(NewSource)}
    assert not named & {"password", "secret"}
