"""Gridlens as its own process, as an operator starts it; and somebody who signs in there over HTTP."""

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import psutil

START_SECONDS = 180


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def until(what: Callable[[], Any], seconds: float = 60) -> Any:
    """The first true answer."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if found := what():
            return found
        time.sleep(0.02)
    raise AssertionError("this never came true")


@dataclass
class Server:
    """A running ``gridlens`` process of this test's own."""

    address: str
    process: subprocess.Popen[str]
    log: Path

    def printed(self, pattern: str, seconds: float = START_SECONDS, since: int = 0) -> str:
        """The first match of what the console says after so many characters, as soon as it says it."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            found = re.search(pattern, self.log.read_text(encoding="utf-8")[since:])
            if found:
                return found.group(0)
            time.sleep(0.1)
        raise AssertionError(f"the console never said {pattern!r}:\n{self.log.read_text(encoding='utf-8')}")


def start_server(
    folder: Path, *arguments: str, python: Path | str = sys.executable, **settings: Any
) -> Server:
    """Start a command of gridlens on a free port and wait until it is ready."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    log = folder / "console.txt"
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("GRIDLENS_")},
        "GRIDLENS_LOG_LEVEL": "warning",
        "PYTHONUNBUFFERED": "1",
        **{f"GRIDLENS_{name.upper()}": str(value) for name, value in settings.items()},
    }
    command = [str(python), "-m", "gridlens", *arguments, "--port", str(port)]
    with log.open("w", encoding="utf-8") as output:
        process = subprocess.Popen(
            [*command, "--data-dir", str(folder / "data")],
            stdout=output,
            stderr=subprocess.STDOUT,
            text=True,
            env=environment,
            cwd=folder,
        )
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            if httpx.get(f"{address}/health/ready", timeout=2).status_code == 200:
                return Server(address, process, log)
        except httpx.TransportError:
            time.sleep(0.1)
    stop_server(process)
    raise AssertionError(f"the server did not start:\n{log.read_text(encoding='utf-8')}")


def stop_server(process: subprocess.Popen[str]) -> None:
    process.terminate()
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def kill_family(process: "subprocess.Popen[str]") -> None:
    """What a power cut does: nobody in this family of processes gets to say a last word."""
    parent = psutil.Process(process.pid)
    for each in [parent, *parent.children(recursive=True)]:
        with suppress(psutil.NoSuchProcess):
            each.kill()
    process.wait()


def sign_in(server: Server, email: str, password: str, code: Callable[[], str] | None = None) -> httpx.Client:
    """A client with a session; the one-time code is on the demo's console unless ``code`` knows it."""
    client = httpx.Client(base_url=server.address, headers={"Origin": server.address}, timeout=60)
    shown = len(server.log.read_text(encoding="utf-8"))
    _step(client, "login", {"email": email, "password": password})
    _step(client, "second-step/email", {})
    told = code() if code else server.printed(r"(?<=code: )\d{8}", since=shown)
    _step(client, "second-step", {"method": "email", "code": told})
    return client


def _step(client: httpx.Client, path: str, body: object) -> None:
    answer = client.post(f"/api/v1/auth/{path}", json=body).raise_for_status()
    client.headers["X-CSRF-Token"] = answer.json()["csrfToken"] or ""
