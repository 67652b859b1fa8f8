"""A source that goes away in the middle of an export: the export says so, leaves nothing, and works again."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager, closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import asyncmy
import asyncpg
import msgspec
import psutil
import pytest
from sqlalchemy.engine import URL, make_url
from tests.integration.test_exports import ENDLESS, House, build, connected, open_house
from tests.integration.test_exports import one_loop as one_loop

from gridlens.analytics.exporting import service
from gridlens.core.config import Settings

pytestmark = pytest.mark.anyio
ROWS = "INSERT INTO output VALUES " + ", ".join(
    f"({n}, '{'north' if n < 24 else 'south'}', {n * 0.5})" for n in range(48)
)
# Wide rows: those that a server had sent before its end are few.
WIDE = ENDLESS.replace("SELECT a.energy_kwh", f"SELECT a.energy_kwh, '{'x' * 200}' AS note")
TABLE = "CREATE TABLE output (plant_id INTEGER, region VARCHAR(10), energy_kwh DOUBLE PRECISION)"


@pytest.fixture(scope="module")
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
async def unplaced(settings: Settings, tmp_path: Path) -> AsyncIterator[House]:
    """The application without a source."""
    async with AsyncExitStack() as stack:
        rooted = msgspec.structs.replace(settings, file_roots=(str(tmp_path),))
        yield await open_house(stack, rooted)


async def end_workers(_url: URL) -> None:
    """Kill the processes that engines run in, as the kernel does when memory ends."""
    for process in psutil.Process().children(recursive=True):
        if process.cmdline()[-1:] == ["queries"]:
            process.kill()


async def end_backend(url: URL) -> None:
    connection = await asyncpg.connect(url.render_as_string(hide_password=False))
    others = "datname = current_database() AND pid <> pg_backend_pid()"
    assert await connection.fetch(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {others}")
    await connection.close()


async def end_thread(url: URL) -> None:
    async with on_mariadb(url) as cursor:
        await cursor.execute(
            "SELECT id FROM information_schema.processlist WHERE db = DATABASE() AND id <> CONNECTION_ID()"
        )
        for (thread,) in await cursor.fetchall():
            await cursor.execute(f"KILL {thread}")


@asynccontextmanager
async def on_mariadb(url: URL) -> AsyncIterator[Any]:
    connection = await asyncmy.connect(
        host=url.host,
        port=url.port,
        user=url.username,
        password=url.password or "",
        database=url.database,
        autocommit=True,
    )
    async with connection.cursor() as cursor:
        yield cursor
    await connection.ensure_closed()


def server_form(url: URL) -> dict[str, Any]:
    kind = "postgresql" if url.drivername == "postgresql" else "mysql"
    return {
        "kind": kind,
        "host": url.host,
        "port": url.port,
        "database": url.database,
        "user": url.username,
        "tls": "off",
    }


@dataclass(frozen=True)
class Plants:
    """The plants in a database of one kind: how to connect to it, and how its end is made."""

    form: dict[str, Any]
    url: URL
    end: Callable[[URL], Awaitable[None]]
    reason: str = "The database went away"


@pytest.fixture(params=["duckdb", "sqlite", "postgresql", "mariadb"])
async def plants(request: pytest.FixtureRequest, tmp_path: Path) -> Plants:
    path = tmp_path / "plants"
    file = Plants(
        {"kind": request.param, "path": str(path)}, make_url("file://"), end_workers, "needs more memory"
    )
    match request.param:
        case "duckdb":
            build(path)
            return file
        case "sqlite":
            with closing(sqlite3.connect(path)) as connection, connection:
                connection.execute(TABLE)
                connection.execute(ROWS)
            return file
        case "postgresql":
            url = make_url(request.getfixturevalue("postgres_url")).set(drivername="postgresql")
            writer = await asyncpg.connect(url.render_as_string(hide_password=False))
            await writer.execute(f"{TABLE}; {ROWS}")
            await writer.close()
            return Plants(server_form(url), url, end_backend)
        case _:
            url = make_url(request.getfixturevalue("mariadb_url"))
            async with on_mariadb(url) as cursor:
                await cursor.execute(TABLE)
                await cursor.execute(ROWS)
            return Plants(server_form(url), url, end_thread)


@pytest.mark.parametrize("file_format", ["csv", "parquet"])
async def test_an_export_whose_source_is_lost_fails_leaves_nothing_and_works_again(
    unplaced: House, plants: Plants, file_format: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    house = await connected(unplaced, plants.form, plants.url.password or "")
    monkeypatch.setattr(service, "SHORT_SECONDS", 0.1)
    lost = await house.start(house.north, WIDE, file_format)
    async with asyncio.timeout(20):
        while (await house.export(house.north, lost["exportId"]))["rows"] == 0:
            await asyncio.sleep(0.05)

    await plants.end(plants.url)

    failed = await house.until(house.north, lost["exportId"], state="failed")
    assert plants.reason in failed["error"]
    assert failed["sizeBytes"] == 0
    assert (await house.north.get(f"/api/v1/exports/{lost['exportId']}/file")).status_code == 409
    await house.empty()
    monkeypatch.setattr(service, "SHORT_SECONDS", 20)
    again = await house.start(house.north, "SELECT * FROM output", file_format)
    assert (again["state"], again["rows"]) == ("done", 48), again
    assert [file.stat().st_size for file in house.folder.iterdir()] == [again["sizeBytes"]]
