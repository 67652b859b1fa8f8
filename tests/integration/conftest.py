"""Whole servers as processes of their own, each on its own copy of one installed demo."""

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from tests.processes import Server, start_server, stop_server

EMAIL = "demo@example.org"


@dataclass(frozen=True)
class Demo:
    """A demo that was installed, and stopped again."""

    data: Path
    password: str


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    folder = tmp_path_factory.mktemp("demo")
    server = start_server(folder, "demo", "--no-browser")
    stop_server(server.process)
    found = re.search(r"Password\s+(\S+)", server.log.read_text(encoding="utf-8"))
    assert found
    return Demo(folder / "data", found[1])


@contextmanager
def started(demo: Demo, folder: Path, command: str = "demo", **settings: Any) -> Iterator[Server]:
    """A server on a copy of the demo in ``folder/data``, or on what an earlier one has left there."""
    data = folder / "data"
    if not (data / "gridlens.db").exists():
        shutil.copytree(demo.data, data, dirs_exist_ok=True)
    arguments = ["--no-browser"] if command == "demo" else []
    server = start_server(folder, command, *arguments, **settings)
    try:
        yield server
    finally:
        stop_server(server.process)
