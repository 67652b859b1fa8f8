"""What one analyst's bombs cost the others: their answers before and meanwhile, and the memory of it all."""

import asyncio
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPException

from tests.bench.query.measure import Numbers, watched
from tests.bench.query.stage import Stage
from tests.bench.query.statements import STATEMENTS
from tests.bench.report import Figure, percentile
from tests.bench.server import Server
from tests.bench.visitor import Visitor

from gridlens.auth import create_user
from gridlens.core.config import Settings
from gridlens.core.module import make_core
from gridlens.shared.permissions import Role

EMAIL, PASSWORD = "bombs@example.org", "velvet-otter-42-harbour"
BOMBS = (
    "SELECT count(*) FROM readings a, readings b",
    "WITH RECURSIVE t AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM t) SELECT max(n) FROM t",
    "SELECT regexp_matches(repeat('a', 10000), '(a?){1000}a{1000}') FROM readings",
    "SELECT list(a.meter || b.meter) FROM readings a, readings b",
)
PAUSE_SECONDS = 0.05
MOST_BYTES = 2 * 1024**3
TIMES_USUAL = 2.0


def bombed(stage: Stage, numbers: Numbers, seconds: float) -> list[Figure]:
    """Somebody who reads on, first alone and then beside as many bombs as one person may have running."""
    asyncio.run(_make_account(stage.server))
    usual = _answers(stage, numbers, seconds)
    with watched(stage.server) as watch, _bombs(stage):
        time.sleep(PAUSE_SECONDS * 10)
        meanwhile = _answers(stage, numbers, seconds)
    figures = []
    for name, times in meanwhile.items():
        before, now = percentile(usual[name], 0.95), percentile(times, 0.95)
        figures += [
            Figure(f"{name}: usual p95", before, "ms", None, f"{len(usual[name])} answers"),
            Figure("  beside bombs, p95", now, "ms", None, f"{len(times)} answers"),
            Figure("  times the usual", now / before, "×", TIMES_USUAL),
        ]
    most = watch.grown("engine worker") + watch.before.get("engine worker", 0.0)
    figures.append(Figure("engine workers together, at most", most, "MB", None, "RSS; each may have 2 GiB"))
    return figures


async def _make_account(server: Server) -> None:
    core = make_core(Settings(data_dir=server.data_dir))
    await create_user(core, email=EMAIL, name="Bombs", role=Role.ANALYST, password=PASSWORD)
    await core.database.close()


def _answers(stage: Stage, numbers: Numbers, seconds: float) -> dict[str, list[float]]:
    """Milliseconds of each: a small answer out of the cache, a new one, and a page."""
    [top] = [each for each in STATEMENTS if each.name == "top ten meters"]
    path = f"/api/v1/questions/{stage.questions['duckdb', top.name]}/run"
    kept = {"values": top.values(0)}
    stage.visitor.timed("POST", path, kept)
    times: dict[str, list[float]] = {"a cached answer": [], "a new answer": [], "a list of questions": []}
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        times["a cached answer"].append(stage.visitor.timed("POST", path, kept)[0])
        new = {"values": top.values(numbers.next())}
        times["a new answer"].append(stage.visitor.timed("POST", path, new)[0])
        times["a list of questions"].append(stage.visitor.timed("GET", "/api/v1/questions")[0])
        time.sleep(PAUSE_SECONDS)
    return times


@contextmanager
def _bombs(stage: Stage) -> Iterator[None]:
    """Every bomb again as soon as it was ended, by one person in as many windows."""
    ended = threading.Event()
    first = Visitor(stage.server.port)
    first.sign_in(EMAIL, PASSWORD, stage.server.output)
    windows = [first, *(first.again() for _ in BOMBS[1:])]

    def throw(window: Visitor, sql: str) -> None:
        while not ended.wait(PAUSE_SECONDS):
            order = {"sourceId": stage.sources["duckdb"], "sql": sql}
            try:
                window.send("POST", "/api/v1/queries", order)
            except (RuntimeError, OSError, HTTPException):
                continue  # refused, ended or stopped: so it should be

    threads = [
        threading.Thread(target=throw, args=pair, daemon=True) for pair in zip(windows, BOMBS, strict=True)
    ]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        ended.set()
        for window in windows:
            window.close()
