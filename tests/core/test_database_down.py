"""The metadata database goes away under a running application, and comes back."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from sqlalchemy.engine import make_url

from gridlens.app import create_app
from gridlens.core.config import Settings
from gridlens.core.jobs import Job
from gridlens.core.migrating import upgrade
from gridlens.core.module import make_core

pytestmark = pytest.mark.anyio

STRANGER = {"email": "ana@example.org", "password": "velvet-otter-41-harbour"}


class Ring(Job, frozen=True, kw_only=True, tag="test.ring"):
    """Something to do in the background."""


class Cable:
    """Stands between the application and its database, and can be cut."""

    def __init__(self, host: str, port: int) -> None:
        self._there = (host, port)
        self._server: asyncio.Server | None = None
        self._lines: set[asyncio.StreamWriter] = set()
        self.port = 0

    async def plug_in(self) -> None:
        self._server = await asyncio.start_server(self._carry, "127.0.0.1", self.port)
        self.port = self._server.sockets[0].getsockname()[1]

    async def cut(self) -> None:
        assert self._server is not None
        self._server.close()
        for line in self._lines:
            line.transport.abort()
        self._lines.clear()

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there_reader, there_writer = await asyncio.open_connection(*self._there)
        self._lines |= {writer, there_writer}
        await asyncio.gather(_pump(reader, there_writer), _pump(there_reader, writer))


async def _pump(source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
    try:
        while chunk := await source.read(65_536):
            target.write(chunk)
            await target.drain()
    except OSError:
        pass
    finally:
        target.close()


@pytest.fixture(params=["postgresql", "mariadb"])
async def cable(request: pytest.FixtureRequest) -> AsyncIterator[tuple[Cable, str]]:
    """A database of this test's own, and the address of the cable that leads to it."""
    url = make_url(
        request.getfixturevalue("postgres_url" if request.param == "postgresql" else "mariadb_url")
    )
    cable = Cable(url.host or "127.0.0.1", url.port or 0)
    await cable.plug_in()
    through = url.set(host="127.0.0.1", port=cable.port).render_as_string(hide_password=False)
    yield cable, through
    await cable.cut()


async def test_requests_fail_in_words_meanwhile_and_all_goes_on_afterwards(
    cable: tuple[Cable, str], tmp_path: Path
) -> None:
    line, url = cable
    core = make_core(Settings(data_dir=tmp_path, database_url=url, log_level="error"))
    await upgrade(core.database)
    rung = asyncio.Event()

    @core.jobs.handles(Ring)
    async def ring(_job: Ring) -> None:
        rung.set()

    app = create_app(core=core)
    transport = httpx.ASGITransport(app=app)
    origin = core.settings.address
    async with (
        app.lifespan(),
        httpx.AsyncClient(transport=transport, base_url=origin, headers={"Origin": origin}) as client,
    ):
        assert (await client.get("/health/ready")).status_code == 200
        await line.cut()
        down = await client.get("/health/ready")
        refused = await client.post("/api/v1/auth/login", json=STRANGER)
        alive = await client.get("/health/live")
        await line.plug_in()
        up = await client.get("/health/ready")
        answered = await client.post("/api/v1/auth/login", json=STRANGER)
        async with core.database.transaction() as session:
            await core.jobs.enqueue(session, Ring())
        async with asyncio.timeout(10):
            await rung.wait()

    assert (down.status_code, up.status_code, alive.status_code) == (503, 200, 200)
    assert "database" in down.text
    assert (refused.status_code, refused.json()["type"]) == (503, "/problems/unavailable"), refused.text
    assert answered.status_code in (200, 401), answered.text
