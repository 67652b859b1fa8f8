"""Exports of the whole application: each one's own, with the rights of the moment, and gone in time."""

import asyncio
import gc
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import duckdb
import msgspec
import polars as pl
import pytest
from sqlalchemy import select, update
from tests.auth.conftest import browser
from tests.auth.people import Client, TestUser, make_user, sign_in

from gridlens.analytics.exporting import service
from gridlens.analytics.models import QueryExportRow, QueryRun
from gridlens.app import create_app
from gridlens.core.config import Settings
from gridlens.core.jobs import JobRow
from gridlens.core.models import utc_now
from gridlens.core.module import Core, make_core
from gridlens.shared.permissions import Role

pytestmark = pytest.mark.anyio


@pytest.fixture(scope="module")
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="module", autouse=True)
async def one_loop(anyio_backend: str) -> AsyncIterator[None]:
    """One loop for all tests here, which ends after the pipes of every worker process are closed."""
    yield
    gc.collect()
    await asyncio.sleep(0.1)


NORTH_ONLY = {
    "kind": "rows",
    "table": "output",
    "condition": "region = {user.region}",
    "bindsEverybody": True,
}
ALL = "SELECT plant_id, region, energy_kwh FROM output ORDER BY plant_id"
# As many rows as nobody would wait for.
ENDLESS = "SELECT a.energy_kwh FROM " + ", ".join(f"output AS {name}" for name in "abcdefg")


def build(path: Path) -> None:
    with duckdb.connect(str(path)) as connection:
        connection.execute(
            """
            CREATE TABLE output (plant_id INTEGER, region VARCHAR, energy_kwh DOUBLE);
            INSERT INTO output
            SELECT n, CASE WHEN n < 24 THEN 'north' ELSE 'south' END, n * 0.5 FROM range(48) AS each (n);
            """
        )


@dataclass(frozen=True)
class House:
    """The whole application at work, with a source of two regions and people of both."""

    core: Core
    source_id: str
    boss: Client
    north: Client
    north_user: TestUser
    south: Client

    @property
    def folder(self) -> Path:
        return self.core.settings.data_dir / "exports"

    def order(self, sql: str = ALL, file_format: str = "csv", **more: object) -> dict[str, Any]:
        target = {"type": "query", "sourceId": self.source_id, "sql": sql}
        return {"target": target, "fileFormat": file_format, **more}

    async def start(self, client: Client, sql: str = ALL, file_format: str = "csv") -> dict[str, Any]:
        answer = await client.post("/api/v1/exports", json=self.order(sql, file_format))
        assert answer.status_code == 200, answer.text
        export: dict[str, Any] = answer.json()
        return export

    async def export(self, client: Client, export_id: str) -> dict[str, Any]:
        export: dict[str, Any] = (await client.get(f"/api/v1/exports/{export_id}")).json()
        return export

    async def until(self, client: Client, export_id: str, **expected: object) -> dict[str, Any]:
        async with asyncio.timeout(30):
            while True:
                export = await self.export(client, export_id)
                if expected.items() <= export.items():
                    return export
                await asyncio.sleep(0.05)

    async def empty(self) -> None:
        """Returns when the folder of exports holds nothing."""
        async with asyncio.timeout(30):
            while list(self.folder.iterdir()):
                await asyncio.sleep(0.05)

    async def set_rules(self, *rules: dict[str, Any]) -> None:
        path = f"/api/v1/sources/{self.source_id}/access"
        version = (await self.boss.get(path)).json()["version"]
        answer = await self.boss.put(path, json={"version": version, "rules": rules})
        assert answer.status_code == 200, answer.text


async def open_house(stack: AsyncExitStack, settings: Settings) -> House:
    """The application started, with people and no source yet."""
    core = make_core(settings)
    app = create_app(core=core)
    await stack.enter_async_context(app.lifespan())
    roles = {"Test Boss": Role.ADMIN, "Test North": Role.ANALYST, "Test South": Role.ANALYST}
    users = [await make_user(core, role, name=name) for name, role in roles.items()]
    clients = [await stack.enter_async_context(browser(app)) for _ in users]
    for client, user in zip(clients, users, strict=True):
        await sign_in(client, user)
    boss, north, south = clients
    return House(core, "", boss, north, users[1], south)


async def with_source(house: House, path: Path) -> House:
    place = f"/api/v1/users/{house.north_user.principal.user_id}/belonging"
    placed = await house.boss.put(place, json={"groupIds": [], "attributes": {"region": ["north"]}})
    assert placed.status_code == 200, placed.text
    return await connected(house, {"kind": "duckdb", "path": str(path)})


async def connected(house: House, connection: dict[str, Any], password: str = "") -> House:
    new = {"name": "plants", "connection": connection, "password": password, "zone": "UTC"}
    created = (await house.boss.post("/api/v1/sources", json=new)).json()
    task = f"/api/v1/sources/tasks/{created['task']['taskId']}"
    async with asyncio.timeout(30):
        while (await house.boss.get(task)).json()["state"] != "done":
            await asyncio.sleep(0.05)
    return House(
        house.core, created["source"]["sourceId"], house.boss, house.north, house.north_user, house.south
    )


@pytest.fixture
async def own_settings(settings: Settings, tmp_path: Path) -> Settings:
    build(tmp_path / "plants.duckdb")
    return msgspec.structs.replace(settings, file_roots=(str(tmp_path),))


@pytest.fixture
async def house(own_settings: Settings, tmp_path: Path) -> AsyncIterator[House]:
    async with AsyncExitStack() as stack:
        house = await open_house(stack, own_settings)
        yield await with_source(house, tmp_path / "plants.duckdb")


@pytest.mark.parametrize("file_format", ["csv", "xlsx", "parquet"])
async def test_a_short_export_is_done_at_once_and_holds_what_a_direct_one_does(
    house: House, file_format: str
) -> None:
    export = await house.start(house.boss, file_format=file_format)
    file = await house.boss.get(f"/api/v1/exports/{export['exportId']}/file")
    direct = await house.boss.post(
        "/api/v1/queries/export", json={"sourceId": house.source_id, "sql": ALL, "fileFormat": file_format}
    )

    assert (export["state"], export["rows"], export["rowCount"]) == ("done", 48, 48)
    assert export["sizeBytes"] == len(file.content) == int(file.headers["content-length"])
    assert file.headers["content-type"] == direct.headers["content-type"]
    assert f'filename="plants.{file_format}"' in file.headers["content-disposition"]
    if file_format != "xlsx":  # which tells when it was made
        assert file.content == direct.content


async def test_an_export_holds_what_its_asker_may_see(house: House) -> None:
    await house.set_rules(NORTH_ONLY)

    export = await house.start(house.north)
    text = (await house.north.get(f"/api/v1/exports/{export['exportId']}/file")).text

    assert export["rows"] == 24
    assert "south" not in text


async def test_nobody_else_finds_it_not_even_an_administrator(house: House) -> None:
    export = await house.start(house.north)
    place = f"/api/v1/exports/{export['exportId']}"

    for other in (house.south, house.boss):
        answers = [
            await other.get(place),
            await other.get(f"{place}/file"),
            await other.post(f"{place}/cancel"),
            await other.delete(place),
        ]
        assert [answer.status_code for answer in answers] == [404] * 4
        assert (await other.get("/api/v1/exports")).json() == []
    assert [each["exportId"] for each in (await house.north.get("/api/v1/exports")).json()] == [
        export["exportId"]
    ]


async def test_a_file_is_refused_once_its_owner_sees_something_else(house: House) -> None:
    export = await house.start(house.north)
    place = f"/api/v1/exports/{export['exportId']}"
    assert (await house.north.get(f"{place}/file")).status_code == 200

    await house.set_rules(NORTH_ONLY)

    refused = await house.north.get(f"{place}/file")
    assert (refused.status_code, refused.json()["type"].rsplit("/", 1)[1]) == (403, "export-withdrawn")
    assert refused.json()["detail"] == (await house.north.get(place)).json()["refusal"]


async def test_a_file_is_refused_once_its_question_is_no_longer_shared(house: House) -> None:
    question = {"name": "All plants", "description": "", "sourceId": house.source_id, "sql": ALL}
    created = (await house.boss.post("/api/v1/questions", json=question)).json()
    shares = f"/api/v1/questions/{created['questionId']}/shares"
    order = {"target": {"type": "question", "questionId": created["questionId"]}, "fileFormat": "parquet"}
    assert (await house.north.post("/api/v1/exports", json=order)).status_code == 404
    entry = {"type": "role", "role": "analyst", "access": "view"}
    shared = await house.boss.put(shares, json={"entries": [entry]})
    assert shared.status_code == 200, shared.text

    export = (await house.north.post("/api/v1/exports", json=order)).json()
    place = f"/api/v1/exports/{export['exportId']}/file"
    assert (export["name"], export["rows"]) == ("All plants", 48)
    assert (await house.north.get(place)).status_code == 200
    await house.boss.put(shares, json={"entries": []})

    assert (await house.north.get(place)).status_code == 403


async def test_a_file_is_refused_once_its_table_is_hidden(house: House) -> None:
    export = await house.start(house.north)
    hidden = await house.boss.patch(
        f"/api/v1/sources/{house.source_id}/catalog/table", json={"table": "output", "isHidden": True}
    )
    assert hidden.status_code < 300, hidden.text

    assert (await house.north.get(f"/api/v1/exports/{export['exportId']}/file")).status_code == 403


async def test_an_expired_file_is_refused_and_then_gone(house: House) -> None:
    export = await house.start(house.north)
    place = f"/api/v1/exports/{export['exportId']}"
    past = utc_now() - timedelta(seconds=1)
    async with house.core.database.transaction() as session:
        row = await session.get_one(QueryExportRow, UUID(export["exportId"]))
        assert row.finished_at is not None
        assert row.expires_at == row.finished_at + timedelta(hours=24)
        row.expires_at = past
    assert (await house.north.get(f"{place}/file")).status_code == 410
    assert len(list(house.folder.iterdir())) == 1

    async with house.core.database.transaction() as session:
        await session.execute(
            update(JobRow).where(JobRow.payload.contains("expire_export")).values(run_at=past)
        )
    await house.core.jobs.run_due()

    assert list(house.folder.iterdir()) == []
    after = await house.export(house.north, export["exportId"])
    assert (after["state"], after["sizeBytes"]) == ("expired", 0)
    assert (await house.north.get(f"{place}/file")).status_code == 410


async def test_a_long_export_goes_on_tells_how_far_it_is_and_is_cancelled(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "SHORT_SECONDS", 0.1)
    export = await house.start(house.north, ENDLESS)
    place = f"/api/v1/exports/{export['exportId']}"
    assert export["state"] in {"waiting", "running"}
    async with asyncio.timeout(30):
        while (running := await house.export(house.north, export["exportId"]))["rows"] == 0:
            await asyncio.sleep(0.05)
    assert (running["state"], running["rowCount"]) == ("running", None)
    assert running["sizeBytes"] > 0
    assert (await house.north.get(f"{place}/file")).status_code == 409

    cancelled = (await house.north.post(f"{place}/cancel")).json()

    assert cancelled["state"] == "cancelled"
    assert "Export again" in cancelled["error"]
    await house.empty()
    async with asyncio.timeout(30):  # the source has stopped too
        while True:
            history = (await house.north.get("/api/v1/queries/history")).json()
            if [run["status"] for run in history if run["door"] == "export"] == ["stopped"]:
                break
            await asyncio.sleep(0.05)
    assert (await house.export(house.north, export["exportId"]))["state"] == "cancelled"


async def test_an_export_is_deleted_with_its_file_and_one_under_way_is_stopped(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = await house.start(house.north)
    monkeypatch.setattr(service, "SHORT_SECONDS", 0.1)
    endless = await house.start(house.north, ENDLESS)

    for export in (done, endless):
        assert (await house.north.delete(f"/api/v1/exports/{export['exportId']}")).status_code == 204

    await house.empty()
    assert (await house.north.get("/api/v1/exports")).json() == []


async def test_nobody_has_more_than_a_few_under_way(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service, "SHORT_SECONDS", 0.01)
    started = [await house.start(house.north, ENDLESS) for _ in range(service.MOST_UNDER_WAY)]

    refused = await house.north.post("/api/v1/exports", json=house.order())
    assert refused.status_code == 429
    assert (await house.start(house.south))["state"] in {"waiting", "running", "done"}

    for export in started:
        await house.north.post(f"/api/v1/exports/{export['exportId']}/cancel")


async def test_what_can_never_be_read_is_refused_at_once(house: House) -> None:
    answers = [
        await house.north.post("/api/v1/exports", json=house.order(sql))
        for sql in ("DROP TABLE output", "SELECT", "SELECT * FROM payroll")
    ]

    assert [answer.status_code for answer in answers] == [403, 400, 403]
    assert (await house.north.get("/api/v1/exports")).json() == []


async def test_a_spreadsheet_is_refused_at_once_where_its_rows_are_known_to_be_too_many(house: House) -> None:
    # 48 times itself three times over: 5,308,416 rows.
    sql = "SELECT a.plant_id FROM output AS a, output AS b, output AS c, output AS d"
    asked = {"sourceId": house.source_id, "sql": sql, "rowLimit": 10}
    shown = await house.boss.post("/api/v1/queries", json=asked)
    assert shown.json()["totalRows"] == 48**4

    refused = await house.boss.post("/api/v1/exports", json=house.order(sql, "xlsx"))

    assert refused.status_code == 413
    assert refused.json()["detail"] == (
        "A spreadsheet holds 1,048,575 rows, and this result has 5,308,416. Choose CSV or Parquet."
    )
    assert sql not in [each["sql"] for each in (await house.boss.get("/api/v1/exports")).json()]


async def test_exports_are_audited(house: House) -> None:
    export = await house.start(house.north)
    await house.north.get(f"/api/v1/exports/{export['exportId']}/file")
    await house.north.delete(f"/api/v1/exports/{export['exportId']}")

    # The server itself hands over what is to be audited, shortly after.
    async with asyncio.timeout(30):
        found: dict[str, Any] = {}
        while len(found) < 3:
            await asyncio.sleep(0.05)
            entries = (await house.boss.get("/api/v1/audit")).json()["entries"]
            ours = [each for each in entries if each["subject"] == f"export:{export['exportId']}"]
            found = {each["action"]: each["detail"] for each in ours}
    assert found.keys() == {"export.deleted", "export.downloaded", "export.started"}
    assert found["export.downloaded"]["rows"] == 48


async def test_exports_go_with_their_source(house: House) -> None:
    export = await house.start(house.north)

    gone = await house.boss.delete(f"/api/v1/sources/{house.source_id}")
    assert gone.status_code < 300, gone.text

    await house.empty()
    assert (await house.north.get(f"/api/v1/exports/{export['exportId']}")).status_code == 404


async def test_there_is_room_for_so_much_of_one_person(
    own_settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small = msgspec.structs.replace(own_settings, export_bytes_per_user=100_000, export_bytes=200_000)
    async with AsyncExitStack() as stack:
        house = await with_source(await open_house(stack, small), tmp_path / "plants.duckdb")
        monkeypatch.setattr(service, "SHORT_SECONDS", 0.1)
        export = await house.start(house.north, ENDLESS)
        failed = await house.until(house.north, export["exportId"], state="failed")
        assert "Delete exports that nobody needs" in failed["error"]
        await house.empty()

        monkeypatch.setattr(service, "SHORT_SECONDS", 30)
        wide = "SELECT a.*, b.* FROM output a, output b, output c LIMIT 3000"
        kept = await house.start(house.north, wide)
        assert 67_000 < kept["sizeBytes"] <= 100_000
        mine, theirs = [await house.start(each, wide) for each in (house.north, house.south)]
        assert (mine["state"], theirs["state"]) == ("failed", "done")
        over = await house.start(house.boss, wide)  # the organisation's room is full
        assert over["state"] == "failed"

        await house.north.delete(f"/api/v1/exports/{kept['exportId']}")
        assert (await house.start(house.boss, wide))["state"] == "done"


async def test_an_export_under_way_begins_again_after_a_restart(
    own_settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "SHORT_SECONDS", 0.1)
    # As many as are still being read when the server goes, however long the processors were elsewhere.
    millions = "SELECT a.plant_id, d.energy_kwh FROM output a, output b, output c, output d LIMIT 4000000"
    async with AsyncExitStack() as stack:
        house = await with_source(await open_house(stack, own_settings), tmp_path / "plants.duckdb")
        export = await house.start(house.north, millions, "parquet")
        assert export["state"] in {"waiting", "running"}
    assert not [path for path in house.folder.glob("*") if path.is_dir()]
    core = make_core(own_settings)
    async with core.database.transaction() as session:
        row = await session.get_one(QueryExportRow, UUID(export["exportId"]))
        assert (row.state, row.rows_done) == ("waiting", 0)
        runs = list(await session.scalars(select(QueryRun.status)))
    await core.database.close()

    core = make_core(own_settings)
    async with create_app(core=core).lifespan(), asyncio.timeout(60):
        while row.state in {"waiting", "running"}:
            await asyncio.sleep(0.1)
            async with core.database.transaction() as session:
                row = await session.get_one(QueryExportRow, row.id)
    assert (row.state, row.rows_done) == ("done", 4_000_000)
    assert runs == ["stopped"]
    [file] = house.folder.iterdir()
    assert pl.read_parquet(file).height == 4_000_000
