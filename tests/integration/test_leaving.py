"""Whoever closes the page or loses the connection takes their query along, at the database too."""

import asyncio
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any

import asyncpg
import httpx
import pytest
from sqlalchemy.engine import URL, make_url
from tests.integration.conftest import EMAIL, Demo, started
from tests.processes import sign_in, until

ROWS = "CREATE TABLE output (energy_kwh DOUBLE PRECISION); INSERT INTO output SELECT generate_series(1, 200)"
# 200 to the sixth power of pairs: nobody waits for that.
ENDLESS = "SELECT sum(a.energy_kwh * f.energy_kwh) AS kwh FROM " + ", ".join(
    f"output {each}" for each in "abcdef"
)
PATIENCE_SECONDS = 3
ENDED_WITHIN_SECONDS = 4


class Place:
    """A server, somebody who is signed in there, and a PostgreSQL source whose queries can be counted."""

    def __init__(self, client: httpx.Client, url: URL) -> None:
        self.client = client
        self._url = url.set(drivername="postgresql")
        self._on_database(ROWS)
        connection = {
            "kind": "postgresql",
            "host": url.host,
            "port": url.port,
            "database": url.database,
            "user": url.username,
            "tls": "off",
        }
        new = {"name": "plants", "connection": connection, "password": url.password or "", "zone": "UTC"}
        created = client.post("/api/v1/sources", json=new).raise_for_status().json()
        task = f"/api/v1/sources/tasks/{created['task']['taskId']}"
        until(lambda: client.get(task).json()["state"] == "done")
        self.source_id: str = created["source"]["sourceId"]
        asked = {"name": "All", "sourceId": self.source_id, "sql": ENDLESS}
        question = client.post("/api/v1/questions", json=asked).raise_for_status().json()
        self.question_id: str = question["questionId"]

    def running(self) -> int:
        """How many queries of ours the database runs now."""
        found: int = self._on_database(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
            "AND state = 'active' AND pid <> pg_backend_pid()"
        )
        return found

    def _on_database(self, statement: str) -> Any:
        async def run() -> Any:
            connection = await asyncpg.connect(self._url.render_as_string(hide_password=False))
            try:
                if statement.startswith("SELECT"):
                    return await connection.fetchval(statement)
                return await connection.execute(statement)
            finally:
                await connection.close()

        return asyncio.run(run())

    def leave(self, method: str, path: str, body: object) -> None:
        """Ask, and close the connection while the database is at it."""
        tab = httpx.Client(
            base_url=self.client.base_url, headers=self.client.headers, cookies=self.client.cookies
        )
        with closing(tab), ThreadPoolExecutor(1) as beside:
            asked = beside.submit(
                tab.request, method, path, json=body, timeout=httpx.Timeout(20, read=PATIENCE_SECONDS)
            )
            until(self.running, PATIENCE_SECONDS)
            assert isinstance(asked.exception(), httpx.ReadTimeout)


@pytest.fixture
def place(demo: Demo, tmp_path: Path, postgres_url: str) -> Iterator[Place]:
    settings = {"private_networks": "127.0.0.0/8", "background_after_seconds": 6}
    with (
        started(demo, tmp_path, **settings) as server,
        closing(sign_in(server, EMAIL, demo.password)) as client,
    ):
        yield Place(client, make_url(postgres_url))


def test_a_query_ends_at_the_database_when_its_asker_goes_away(place: Place) -> None:
    statement = {"sourceId": place.source_id, "sql": ENDLESS}
    doors: dict[str, Callable[[], tuple[str, str, object]]] = {
        "the editor": lambda: ("POST", "/api/v1/queries/start", statement),
        "a program": lambda: ("POST", "/api/v1/queries", statement),
        "a chart of SQL": lambda: ("POST", "/api/v1/charts/preview", statement),
        "a question's chart": lambda: ("GET", f"/api/v1/charts/preview/{place.question_id}", None),
        "a question's rows": lambda: ("GET", f"/api/v1/questions/{place.question_id}/rows", None),
        "a question's run": lambda: ("POST", f"/api/v1/questions/{place.question_id}/run", {}),
    }
    for door, asked in doors.items():
        place.leave(*asked())
        until(lambda: not place.running(), ENDED_WITHIN_SECONDS)
        newest = until(lambda: place.client.get("/api/v1/queries/history?limit=1").json())[0]
        assert (newest["status"], newest["sql"]) == ("stopped", ENDLESS), door


def test_two_queries_in_the_background_leave_their_places_to_short_ones(place: Place) -> None:
    for number in range(2):
        long = {"sourceId": place.source_id, "sql": f"{ENDLESS} WHERE a.energy_kwh > {number}"}
        assert place.client.post("/api/v1/queries/start", json=long).json()["state"] == "running"

    short = {"sourceId": place.source_id, "sql": "SELECT count(*) AS n FROM output"}
    answer = place.client.post("/api/v1/queries", json=short, timeout=5)

    assert answer.json()["rows"] == [[200]]
    assert place.running() == 2
