"""The wheel, installed into an empty environment far from the checkout."""

import os
import shutil
import subprocess
from contextlib import closing
from pathlib import Path

import httpx
import pytest
from tests.integration.conftest import EMAIL
from tests.processes import sign_in, start_server, stop_server

from gridlens.core.http.pages import STATIC

ROOT = Path(__file__).parents[2]
LARGEST_BYTES = 15_000_000


def uv(*arguments: str, **environment: str) -> None:
    """Run uv on what it has already fetched, and on the network only when that is not enough."""
    program = os.environ.get("UV") or shutil.which("uv")
    if program is None:
        pytest.skip("uv")
    said = ""
    for offline in ("1", "0"):
        done = subprocess.run(
            [program, *arguments],
            cwd=ROOT,
            env={**os.environ, **environment, "UV_OFFLINE": offline},
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode == 0:
            return
        said = done.stderr
    raise AssertionError(said)


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Python of an environment that holds the wheel and what it says it needs."""
    if not (STATIC / "index.html").exists():
        pytest.skip("the built browser application (install without GRIDLENS_SKIP_WEB)")
    folder = tmp_path_factory.mktemp("wheel")
    environment = folder / "environment"
    # The browser application that is tested here is packed, not built once more.
    uv("build", "--wheel", "--out-dir", str(folder), GRIDLENS_SKIP_WEB="1")
    uv("sync", "--locked", "--no-dev", "--no-install-project", UV_PROJECT_ENVIRONMENT=str(environment))
    [wheel] = folder.glob("*.whl")
    assert wheel.stat().st_size < LARGEST_BYTES
    python = environment / "bin" / "python"
    uv("pip", "install", "--no-deps", "--python", str(python), str(wheel))
    return python


def test_it_installs_the_demo_and_serves_the_browser_application(installed: Path, tmp_path: Path) -> None:
    server = start_server(tmp_path, "demo", "--no-browser", python=installed)
    try:
        password = server.printed(r"(?<=Password  )\S+")
        page = httpx.get(server.address)
        script = httpx.get(f"{server.address}/theme.js")
        with closing(sign_in(server, EMAIL, password)) as client:
            dashboards = client.get("/api/v1/dashboards").json()
    finally:
        stop_server(server.process)

    assert "<title>Gridlens</title>" in page.text
    assert (script.status_code, script.headers["content-type"].partition(";")[0]) == (200, "text/javascript")
    assert len(dashboards) == 3


def test_it_starts_empty_and_migrates(installed: Path, tmp_path: Path) -> None:
    server = start_server(tmp_path, "serve", python=installed)
    try:
        ready = httpx.get(f"{server.address}/health/ready")
    finally:
        stop_server(server.process)

    assert ready.status_code == 200
    assert "/set-up#" in server.log.read_text(encoding="utf-8")
