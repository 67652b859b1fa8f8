"""A CSV of 1 GB from the browser's side to a table: times, and the most that each process held meanwhile."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil
from tests.bench.bench_upload import write_csv
from tests.bench.report import Figure
from tests.bench.server import MB, Server
from tests.bench.visitor import Visitor

MEGABYTES = 1_000
PEAK_TARGET = 500.0
LOOK_SECONDS = 0.05


def measure(server: Server, visitor: Visitor, folder: Path) -> list[Figure]:
    """Send, preview and import one file of quarter-hourly readings."""
    path = folder / "readings.csv"
    write_csv(path, MEGABYTES, "plain")
    with peaks(server) as most:
        began = time.perf_counter()
        upload = json.loads(visitor.send_file("POST", "/api/v1/uploads?fileName=readings.csv", path))
        sent = time.perf_counter()
        place = f"/api/v1/uploads/{upload['uploadId']}"
        options = visitor.ask("GET", f"{place}/preview")["preview"]["options"]
        shown = time.perf_counter()
        order = {"table": "readings", "options": options, "newSource": {"name": "1 GB", "zone": "UTC"}}
        task = visitor.ask("POST", f"{place}/import", order)["task"]
        while task["state"] in {"waiting", "running"}:
            time.sleep(0.2)
            task = visitor.ask("GET", f"/api/v1/sources/tasks/{task['taskId']}")
        done = time.perf_counter()
    path.unlink()
    if task["state"] != "done":
        raise RuntimeError(f"The import failed: {task['error']}")
    return [
        Figure("sent to the server", sent - began, "s"),
        Figure("previewed", shown - sent, "s"),
        Figure("imported", done - shown, "s", None, f"{task['outcome']['rowsImported']:,} rows"),
        *(Figure(f"most memory of a {role}", held, "MB", PEAK_TARGET, "RSS") for role, held in most.items()),
    ]


@contextmanager
def peaks(server: Server) -> Iterator[dict[str, float]]:
    """The largest process of each role while the block runs."""
    most: dict[str, float] = {}
    is_over = threading.Event()

    def watch() -> None:
        while not is_over.wait(LOOK_SECONDS):
            for process in server.processes():
                with suppress(psutil.Error):  # it may end while it is looked at
                    role, held = server.role_of(process), process.memory_info().rss / MB
                    most[role] = max(most.get(role, 0.0), held)

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield most
    finally:
        is_over.set()
        watcher.join()
