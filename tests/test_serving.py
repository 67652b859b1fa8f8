"""From the command to a server that answers."""

import json
import subprocess
import sys
from pathlib import Path

import psutil
from tests.processes import start_server

# Each of these takes longer to load than all that a first answer needs of it.
LATER = {
    *("alembic", "asyncmy", "asyncpg", "charset_normalizer", "duckdb", "httpx", "jinja2", "kaleido"),
    *("markdown_it", "numpy", "openpyxl", "pint", "plotly", "segno", "sqlglot", "xlsxwriter", "zxcvbn"),
}


def test_a_start_loads_no_library_that_the_first_answer_does_not_need() -> None:
    said = subprocess.run(
        [sys.executable, "-c", "import sys, json, gridlens.app; print(json.dumps(list(sys.modules)))"],
        capture_output=True,
        check=True,
    )

    assert LATER.isdisjoint(json.loads(said.stdout))


def test_a_killed_server_leaves_its_port_to_the_next_start(tmp_path: Path) -> None:
    server = start_server(tmp_path, "serve")
    workers = psutil.Process(server.process.pid).children(recursive=True)
    assert workers

    server.process.kill()
    server.process.wait()

    _, left = psutil.wait_procs(workers, timeout=20)
    for each in left:
        each.kill()
    assert left == []
