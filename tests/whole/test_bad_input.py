"""What goes wrong at the door of the whole application: a clear problem, and nothing half-written stays."""

import io
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import asyncpg
import httpx
import msgspec
import polars as pl
import pytest
from tests.whole.conftest import METERS, House, asked, finished, imported, made, placed, uploaded

from gridlens.core.config import Settings

pytestmark = pytest.mark.anyio

Attempt = Callable[[House], Awaitable[httpx.Response]]
CLOSED_PORT = 1
ENDLESS = "SELECT count(*) FROM range(10000000) AS a (i), range(10000000) AS b (j) WHERE i * j % 7 = 3"


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return msgspec.structs.replace(settings, query_seconds=1.0)


def check_problem(answer: httpx.Response, status: int, *words: str) -> dict[str, Any]:
    """Every member there, in words that say what happened and what to do next."""
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    problem: dict[str, Any] = answer.json()
    assert problem["type"].startswith("/problems/")
    assert problem["title"]
    assert (problem["status"], problem["request_id"]) == (status, answer.headers["x-request-id"])
    # One sentence says what happened, another what to do, unless the fields say so one by one.
    assert problem["detail"].rstrip(" .").count(". ") >= 1 or problem.get("fields"), problem["detail"]
    told = f"{problem['detail']} {problem.get('fields', {})}".lower()
    assert all(word.lower() in told for word in words), told
    assert "traceback" not in answer.text.lower()
    return problem


async def kept(house: House) -> dict[str, Any]:
    """Everything that a failed attempt might have left behind."""
    data_dir = house.core.settings.data_dir
    files = [
        str(path.relative_to(data_dir))
        for folder in ("sources", "uploads", "tmp")
        for path in sorted((data_dir / folder).rglob("*"))
        if path.is_file()
    ]
    paths = (
        "/api/v1/sources",
        "/api/v1/questions",
        "/api/v1/charts",
        "/api/v1/dashboards",
        "/api/v1/reports",
    )
    return {path: (await house.admin.get(path)).json() for path in paths} | {"files": files}


def body(content: bytes, path: str = "/api/v1/questions") -> Attempt:
    async def attempt(house: House) -> httpx.Response:
        return await house.analyst.post(path, content=content, headers={"Content-Type": "application/json"})

    return attempt


def json_body(content: object, path: str = "/api/v1/questions") -> Attempt:
    return body(msgspec.json.encode(content), path)


QUESTION = {"name": "Load", "sourceId": "0193d6a8-0000-7000-8000-000000000001", "sql": "SELECT 1"}


@pytest.mark.parametrize(
    ("attempt", "status", "words"),
    [
        pytest.param(json_body({**QUESTION, "name": 7}), 400, ("name",), id="wrong type"),
        pytest.param(json_body({**QUESTION, "sourceId": "here"}), 400, ("sourceId",), id="wrong id"),
        pytest.param(json_body({**QUESTION, "ownerId": "me"}), 400, ("ownerId",), id="unknown field"),
        pytest.param(json_body([QUESTION]), 400, (), id="a list for an object"),
        pytest.param(json_body({}), 400, (), id="nothing given"),
        pytest.param(body(b'{"name": "Load"'), 400, (), id="half a body"),
        pytest.param(body(b'{"name": "Lo\xff\xfead"}'), 400, ("utf-8",), id="broken UTF-8"),
        pytest.param(body(b'{"name": ' + b"[" * 100_000), 400, (), id="nested too deeply"),
        pytest.param(
            body(b'{"name": "' + b"x" * 10_000_000 + b'"}'), 413, ("larger",), id="ten megabytes of JSON"
        ),
        pytest.param(json_body(QUESTION), 404, ("source",), id="a source that there is not"),
        pytest.param(
            json_body({"name": "x", "questionId": QUESTION["sourceId"], "spec": {}}, "/api/v1/charts"),
            400,
            (),
            id="a chart of no kind",
        ),
        pytest.param(
            json_body({"name": "x", "layout": {"widgets": [{"kind": "clock"}]}}, "/api/v1/dashboards"),
            400,
            (),
            id="a widget of no kind",
        ),
    ],
)
async def test_bad_requests_are_explained_and_leave_nothing(
    house: House, attempt: Attempt, status: int, words: tuple[str, ...]
) -> None:
    before = await kept(house)

    check_problem(await attempt(house), status, *words)

    assert await kept(house) == before


def truncated_parquet() -> bytes:
    buffer = io.BytesIO()
    pl.DataFrame({"load_kw": [1.5] * 10_000}).write_parquet(buffer)
    return buffer.getvalue()[:-20]


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("empty.csv", b"", ("empty",)),
        ("blank.csv", b"\n\n  \n", ()),
        (
            "wide.csv",
            b",".join(b"c%d" % n for n in range(3_000)) + b"\n" + b",".join([b"1"] * 3_000),
            ("3,000",),
        ),
        ("load.parquet", truncated_parquet(), ()),
        ("load.xlsx", b"PK\x03\x04 not a workbook at all", ()),
    ],
)
async def test_files_that_are_no_tables_are_refused_with_the_reason(
    house: House, name: str, content: bytes, words: tuple[str, ...]
) -> None:
    before = await kept(house)
    answer = await house.analyst.post("/api/v1/uploads", params={"fileName": name}, content=content)
    if answer.status_code == 201:
        place = f"/api/v1/uploads/{answer.json()['uploadId']}"
        answer = await house.analyst.get(f"{place}/preview")
        assert (await house.analyst.delete(place)).status_code == 204

    check_problem(answer, 400, *words)

    assert await kept(house) == before


RAGGED = METERS + b"pier,2026-05-01 00:15\npier,2026-05-01 00:30,1,2,3\n"


@pytest.mark.parametrize("policy", ["reject", "set_aside"])
async def test_a_ragged_file_is_told_line_by_line_and_taken_only_as_chosen(house: House, policy: str) -> None:
    upload = await uploaded(house.analyst, RAGGED, "ragged.csv")
    place = f"/api/v1/uploads/{upload['uploadId']}"
    shown = await made(await house.analyst.get(f"{place}/preview"), 200)
    assert [row["line"] for row in shown["preview"]["badRows"]] == [5, 6]
    body = {
        "table": "ragged",
        "options": shown["preview"]["options"],
        "newSource": {"name": "Ragged", "zone": "UTC"},
        "onBadRow": policy,
    }

    begun = await made(await house.analyst.post(f"{place}/import", json=body), 202)
    task = await finished(house.analyst, begun["task"])

    assert [row["line"] for row in task["outcome"]["badRows"]] == [5, 6]
    if policy == "reject":
        assert task["state"] == "failed"
        assert task["error"].rstrip(".").count(". ") >= 1
    else:
        assert (task["state"], task["outcome"]["rowsImported"]) == ("done", 3)
        assert task["outcome"]["setAsideTable"]


def server_form(kind: str, server: str, **changed: object) -> dict[str, Any]:
    account, address = server.rsplit("@", 1)
    user, _, password = account.partition(":")
    host, _, port = address.partition(":")
    connection = {
        "kind": kind,
        "host": host,
        "port": int(port),
        "user": user,
        "database": "postgres" if kind == "postgresql" else "mysql",
        "tls": "off",
    }
    given = {"name": "Metering", "zone": "UTC", "password": password}
    extra = {key: changed.pop(key) for key in list(changed) if key in given}
    return {**given, **extra, "connection": {**connection, **changed}}


@pytest.mark.parametrize(
    ("kind", "changed", "words"),
    [
        ("postgresql", {"port": CLOSED_PORT}, ("port",)),
        ("mysql", {"port": CLOSED_PORT}, ("port",)),
        ("postgresql", {"host": "nowhere.invalid"}, ("nowhere.invalid",)),
        ("postgresql", {"database": "no_such_database"}, ("no_such_database",)),
        ("mysql", {"user": "root", "password": "wrong"}, ("password",)),
        ("mysql", {"user": "nobody_at_all", "password": "x"}, ("password",)),
    ],
)
async def test_a_database_that_does_not_let_us_in_says_why_and_is_not_kept(
    house: House,
    postgres_server: str,
    mariadb_server: str,
    kind: str,
    changed: dict[str, object],
    words: tuple[str, ...],
) -> None:
    server = postgres_server if kind == "postgresql" else mariadb_server
    form = server_form(kind, server, **changed)
    before = await kept(house)

    answer = await house.analyst.post("/api/v1/sources", json=form)

    assert answer.status_code in {400, 403, 502, 503}, answer.text
    problem = check_problem(answer, answer.status_code, *words)
    assert "wrong" not in problem["detail"].split("password")[0].lower() or form["password"] != "wrong"
    assert await kept(house) == before


async def test_another_kind_of_server_at_the_port_is_told(
    house: House, postgres_server: str, mariadb_server: str
) -> None:
    port = int(mariadb_server.rsplit(":", 1)[1])

    answer = await house.analyst.post(
        "/api/v1/sources", json=server_form("postgresql", postgres_server, port=port)
    )

    assert answer.status_code in {400, 502, 503}, answer.text
    check_problem(answer, answer.status_code)
    assert (await house.analyst.get("/api/v1/sources")).json() == []


@pytest.fixture
async def plant(postgres_url: str) -> AsyncIterator[asyncpg.Connection]:
    """A customer's database with one table."""
    connection = await asyncpg.connect(postgres_url.replace("postgresql+asyncpg", "postgresql"))
    await connection.execute("CREATE TABLE output (kw double precision); INSERT INTO output VALUES (1.5)")
    yield connection
    await connection.close()


async def test_a_table_dropped_since_it_was_read_is_told_and_so_is_a_database_that_went_away(
    house: House, plant: asyncpg.Connection, postgres_server: str, postgres_url: str
) -> None:
    name = postgres_url.rsplit("/", 1)[1]
    form = server_form("postgresql", postgres_server, database=name)
    begun = await made(await house.analyst.post("/api/v1/sources", json=form))
    assert (await finished(house.analyst, begun["task"]))["state"] == "done"
    order = {"sourceId": begun["source"]["sourceId"], "sql": "SELECT kw FROM output"}
    assert (await house.analyst.post("/api/v1/queries", json=order)).json()["rows"] == [[1.5]]

    await plant.execute("DROP TABLE output")
    answer = await house.analyst.post("/api/v1/queries", json={**order, "isFresh": True})

    check_problem(answer, answer.status_code, "output")
    assert 400 <= answer.status_code < 500

    administration = await asyncpg.connect(f"postgresql://{postgres_server}/postgres")
    await administration.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
    await administration.close()
    answer = await house.analyst.post("/api/v1/queries", json={**order, "isFresh": True})

    check_problem(answer, answer.status_code)
    assert answer.status_code in {400, 502, 503}


async def test_a_query_that_never_ends_is_ended_and_told(house: House) -> None:
    source = await imported(house.analyst)

    answer = await house.analyst.post(
        "/api/v1/queries", json={"sourceId": source["sourceId"], "sql": ENDLESS}
    )

    check_problem(answer, answer.status_code)
    assert answer.status_code in {408, 413, 422, 504}, answer.text
    again = {"sourceId": source["sourceId"], "sql": "SELECT count(*) AS n FROM meters"}
    assert (await house.analyst.post("/api/v1/queries", json=again)).json()["rows"] == [[3]]


async def test_of_two_editors_of_a_dashboard_the_second_is_told_whose_version_there_is(house: House) -> None:
    source = await imported(house.analyst)
    _, chart = await asked(house.analyst, source, "SELECT site FROM meters")
    dashboard = await placed(house.analyst, chart)
    place = f"/api/v1/dashboards/{dashboard}"
    both = {"entries": [{"type": "role", "role": "analyst", "access": "edit"}]}
    await made(await house.analyst.put(f"{place}/shares", json=both), 200)
    draft = {"layout": {"widgets": []}, "revision": 1}
    await made(await house.analyst.put(f"{place}/draft", json=draft), 200)

    answer = await house.colleague.put(f"{place}/draft", json={**draft, "layout": {"zone": "Europe/Berlin"}})

    problem = check_problem(answer, 409)
    assert (problem["revision"], problem["editedBy"]["name"]) == (2, "Test analyst")
    found = (await house.admin.get(place)).json()
    assert (found["revision"], found["draft"]["layout"]["zone"]) == (2, "UTC")
