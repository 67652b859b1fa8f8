"""A disk without room: what was asked for is refused in words, nothing half-done stays, and life goes on."""

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx
import pytest
from tests.integration.conftest import EMAIL, Demo, started
from tests.processes import Server, sign_in, until

ROOM_BYTES = 128 * 2**20
HOURS = 400_000


@pytest.fixture(scope="module")
def small_disk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A file system of its own, mounted where the data directory is to be."""
    yield from _mounted(tmp_path_factory.mktemp("small"), ROOM_BYTES)


@pytest.fixture
def tiny_disk(tmp_path: Path) -> Iterator[Path]:
    yield from _mounted(tmp_path, 2 * 2**20)


def _mounted(folder: Path, size: int) -> Iterator[Path]:
    data = folder / "data"
    data.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(data)]
    try:
        is_mounted = subprocess.run(mount, capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        is_mounted = False
    if not is_mounted:
        pytest.skip("the right to mount a small file system")
    yield folder
    # Lazily: a process that is just ending may still have a file open.
    subprocess.run(["umount", "--lazy", str(data)], check=True)


@pytest.fixture(scope="module")
def server(small_disk: Path, demo: Demo) -> Iterator[Server]:
    with started(demo, small_disk) as server:
        yield server


@pytest.fixture(scope="module")
def client(server: Server, demo: Demo) -> Iterator[httpx.Client]:
    with closing(sign_in(server, EMAIL, demo.password)) as client:
        yield client


@pytest.fixture
def full_disk(small_disk: Path) -> Iterator[Path]:
    """The ballast that leaves next to nothing; a test removes it to make room."""
    ballast = small_disk / "data" / "ballast"
    fill(ballast)
    yield ballast
    ballast.unlink(missing_ok=True)


def fill(ballast: Path, left: int = 0) -> None:
    """Take all room there is, but for so many bytes."""
    with ballast.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(bytes(2**16))
        except OSError:
            file.truncate(max(0, ballast.stat().st_size - left))


def files_below(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def readings() -> bytes:
    """About 15 MB that do not compress to nothing."""
    lines = (f"{hour},{hour * 7919 % 1_000_003 / 1000:.3f},M{hour * 31 % 9973:05}" for hour in range(HOURS))
    return ("hour,load_kw,meter\n" + "\n".join(lines) + "\n").encode()


def test_an_upload_is_refused_whole_and_taken_once_there_is_room(
    client: httpx.Client, small_disk: Path, full_disk: Path
) -> None:
    before = files_below(small_disk / "data" / "uploads")
    refused = client.post("/api/v1/uploads", params={"fileName": "load.csv"}, content=bytes(2**21))

    assert (refused.status_code, refused.json()["type"]) == (507, "/problems/disk-full")
    assert refused.headers["content-type"].startswith("application/problem+json")
    assert files_below(small_disk / "data" / "uploads") == before
    full_disk.unlink()
    taken = client.post("/api/v1/uploads", params={"fileName": "load.csv"}, content=b"at,kw\n1,2\n")
    assert taken.status_code == 201


def test_an_import_leaves_no_half_table_and_can_be_done_again(
    client: httpx.Client, small_disk: Path, tmp_path: Path
) -> None:
    upload = _sent(client, readings())
    path = f"/api/v1/uploads/{upload['uploadId']}"
    options = client.get(f"{path}/preview").json()["preview"]["options"]
    order = {"table": "load", "options": options, "newSource": {"name": "Load", "zone": "Europe/Berlin"}}
    sources = small_disk / "data" / "sources"
    before = files_below(sources)
    ballast = small_disk / "data" / "ballast"
    fill(ballast, left=2 * 2**20)
    failed = _finished(client, client.post(f"{path}/import", json=order).json()["task"])

    assert failed["state"] == "failed"
    assert "no room left on the server's disk" in failed["error"]
    assert files_below(sources) == before
    assert "Load" not in [each["name"] for each in client.get("/api/v1/sources").json()]
    ballast.unlink()
    done = _finished(client, client.post(f"{path}/import", json=order).json()["task"])
    assert (done["state"], done["outcome"]["rowsImported"]) == ("done", HOURS)


@pytest.mark.parametrize("file_format", ["csv", "parquet"])
def test_an_export_leaves_no_half_file_and_can_be_done_again(
    client: httpx.Client, small_disk: Path, file_format: str
) -> None:
    sql = "SELECT sqrt(row_number() OVER ()) AS root FROM substation_load a, substation b LIMIT 1000000"
    target = {"type": "query", "sourceId": _source(client), "sql": sql}
    order = {"target": target, "fileFormat": file_format}
    ballast = small_disk / "data" / "ballast"
    fill(ballast, left=4 * 2**20)
    failed = _ended(client, client.post("/api/v1/exports", json=order).json())

    assert (failed["state"], failed["sizeBytes"]) == ("failed", 0)
    assert "Free some space and try again" in failed["error"]
    assert files_below(small_disk / "data" / "exports") == set()
    ballast.unlink()
    order["target"] = target | {"sql": sql.replace("1000000", "1000")}
    done = _ended(client, client.post("/api/v1/exports", json=order).json())
    assert (done["state"], done["rows"]) == ("done", 1_000)
    client.delete(f"/api/v1/exports/{done['exportId']}").raise_for_status()


def test_a_question_is_answered_though_the_answer_cannot_be_kept(
    client: httpx.Client, small_disk: Path, full_disk: Path
) -> None:
    answer = _asked(client, "SELECT count(*) AS n, 1 AS full FROM substation")

    assert answer.status_code == 200, answer.text
    # The answer is kept beside the response, so the attempt may still be under way.
    until(lambda: not [name for name in files_below(small_disk / "data") if name.endswith(".new")])
    full_disk.unlink()
    assert _asked(client, "SELECT count(*) AS n, 2 AS roomy FROM substation").status_code == 200


@pytest.mark.parametrize("kind", ["dashboards", "questions"])
def test_what_people_make_is_saved_whole_or_not_at_all(
    client: httpx.Client, small_disk: Path, full_disk: Path, kind: str
) -> None:
    path = f"/api/v1/{kind}"
    body: dict[str, Any] = {"name": "Saved on a full disk", "description": "x" * 2_000}
    if kind == "questions":
        body |= {"sourceId": _source(client), "sql": "SELECT 1 AS one -- " + "x" * 50_000}
    answers = []
    # The database may have room of its own left in its files, which has to be used up first.
    while len(answers) < 300 and (not answers or answers[-1].status_code == 201):
        answers.append(client.post(path, json=body))
    refused = next((each for each in answers if each.status_code != 201), None)

    assert refused is not None, "the disk was not full"
    assert (refused.status_code, refused.json()["type"]) == (507, "/problems/disk-full"), refused.text
    saved = sum(each.status_code == 201 for each in answers)
    full_disk.unlink()
    assert client.post(path, json=body).status_code == 201
    assert _named(client, path) == saved + 1


def test_the_server_is_not_ready_while_the_disk_is_full_and_is_again_afterwards(
    server: Server, full_disk: Path
) -> None:
    full = httpx.get(f"{server.address}/health/ready")
    full_disk.unlink()
    roomy = httpx.get(f"{server.address}/health/ready")

    assert full.status_code == 503
    assert "disk is almost full" in full.text
    assert roomy.status_code == 200


def test_a_demo_that_does_not_fit_says_so_in_a_line_and_leaves_nothing(tiny_disk: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "gridlens",
        "demo",
        "--no-browser",
        "--data-dir",
        str(tiny_disk / "data"),
    ]
    said = subprocess.run(command, capture_output=True, text=True, timeout=180, check=False)

    assert said.returncode == 1
    assert said.stderr.startswith("Error: There is no room for the demo")
    assert len(said.stderr.strip().splitlines()) == 1
    assert files_below(tiny_disk / "data") == set()


def _ended(client: httpx.Client, export: dict[str, Any]) -> dict[str, Any]:
    def told() -> dict[str, Any]:
        found: dict[str, Any] = client.get(f"/api/v1/exports/{export['exportId']}").json()
        return found

    ended: dict[str, Any] = until(lambda: (found := told())["state"] in {"done", "failed"} and found)
    return ended


def _sent(client: httpx.Client, content: bytes) -> dict[str, Any]:
    answer = client.post("/api/v1/uploads", params={"fileName": "load.csv"}, content=content)
    assert answer.status_code == 201, answer.text
    upload: dict[str, Any] = answer.json()
    return upload


def _finished(client: httpx.Client, task: dict[str, Any]) -> dict[str, Any]:
    deadline = time.monotonic() + 60
    while task["state"] in {"waiting", "running"} and time.monotonic() < deadline:
        time.sleep(0.1)
        task = client.get(f"/api/v1/sources/tasks/{task['taskId']}").json()
    return task


def _source(client: httpx.Client) -> str:
    sources = client.get("/api/v1/sources").json()
    return next(str(each["sourceId"]) for each in sources if each["name"] == "Dutch substations")


def _asked(client: httpx.Client, sql: str) -> httpx.Response:
    return client.post("/api/v1/queries", json={"sourceId": _source(client), "sql": sql})


def _named(client: httpx.Client, path: str) -> int:
    found = client.get(path, params={"search": "Saved on a full disk"}).json()
    listed = found if isinstance(found, list) else found["items"]
    return sum(each["name"] == "Saved on a full disk" for each in listed)
