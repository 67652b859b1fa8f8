"""Pairs of the engine alone and our endpoint, taken in turns because the machine is never quiet."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count, repeat
from statistics import median

from tests.bench.query.engines import Engine
from tests.bench.query.load import press
from tests.bench.query.stage import ARROW, Stage
from tests.bench.query.statements import EVERYTHING, Statement
from tests.bench.report import Figure, percentile
from tests.bench.server import MB, Server

CACHED_MS, CACHED_PER_SECOND = 4.0, 800.0
SAID_AS = {"*/*": "JSON", ARROW: "Arrow"}
CLIENTS = 8


@dataclass(slots=True)
class Numbers:
    """No number is given twice, so that nothing asked was ever asked before."""

    last: int = 0

    def next(self) -> int:
        self.last += 1
        return self.last


def uncached(
    stage: Stage, engine: Engine, source: str, statement: Statement, numbers: Numbers, rounds: int
) -> list[Figure]:
    """One asker: the engine, then us, then the engine again, with values that nobody has asked with."""
    path = f"/api/v1/questions/{stage.questions[source, statement.name]}/run"
    alone: list[float] = []
    ours: dict[str, list[float]] = {accept: [] for accept in SAID_AS}
    above: dict[str, list[float]] = {accept: [] for accept in SAID_AS}
    for _ in range(rounds):
        for accept in SAID_AS:
            before = engine.timed(statement.filled(numbers.next()))
            # A meter comes round again, so its answer is asked for anew.
            order = {"values": statement.values(numbers.next()), "isFresh": statement.is_raw}
            whole, _ = stage.visitor.timed("POST", path, order, accept)
            after = engine.timed(statement.filled(numbers.next()))
            alone += [before, after]
            ours[accept].append(whole)
            above[accept].append(whole - (before + after) / 2)
    own = median(alone)
    figures = [Figure(f"{statement.name}: engine alone", own, "ms", None, _p95(alone))]
    for accept, name in SAID_AS.items():
        figures += [
            Figure(f"  uncached, {name}", median(ours[accept]), "ms", None, _p95(ours[accept])),
            Figure(
                f"  above the engine, {name}",
                median(above[accept]),
                "ms",
                round(5 + own * 0.1, 1),
                f"{_p95(above[accept])}, {median(ours[accept]) / own:.2f} times the engine",
            ),
        ]
    return figures


def cached(stage: Stage, source: str, statement: Statement, rounds: int, seconds: float) -> list[Figure]:
    """The same answer again and again: by one asker, then by eight."""
    path = f"/api/v1/questions/{stage.questions[source, statement.name]}/run"
    order = {"values": statement.values(0)}
    figures = []
    for accept, name in SAID_AS.items():
        if statement.is_raw == (accept == "*/*"):
            continue
        _, content = stage.visitor.timed("POST", path, order, accept)
        times = [stage.visitor.timed("POST", path, order, accept)[0] for _ in range(rounds * 10)]
        request = stage.request(source, statement, statement.values(0), accept)
        outcome = press(stage.server.port, repeat(request), clients=CLIENTS, seconds=seconds)
        figures += [
            Figure(
                f"  cached, {name}, {len(content) / 1000:.0f} kB", median(times), "ms", CACHED_MS, _p95(times)
            ),
            Figure(
                f"  cached, {name}, {CLIENTS} clients",
                outcome.per_second,
                "/s",
                None if statement.is_raw else CACHED_PER_SECOND,
                f"p50 {median(outcome.times_ms):.1f} ms, {_p95(outcome.times_ms)} ms",
                is_floor=True,
            ),
        ]
    return figures


def crowded(
    stage: Stage, engine: Engine, source: str, statement: Statement, numbers: Numbers, seconds: float
) -> list[Figure]:
    """Eight askers of what nobody asked before, beside one analyst with the engine for himself."""
    alone = [engine.timed(statement.filled(numbers.next())) for _ in range(5)]

    requests = (stage.request(source, statement, statement.values(numbers.next()), "*/*") for _ in count())
    outcome = press(stage.server.port, requests, clients=CLIENTS, seconds=seconds)
    per_second = 1000 / median(alone)
    return [
        Figure(
            f"  uncached, JSON, {CLIENTS} clients",
            outcome.per_second,
            "/s",
            None,
            f"p50 {median(outcome.times_ms):.1f} ms, {_p95(outcome.times_ms)} ms; "
            f"engine alone, one after another: {per_second:.1f}/s",
        )
    ]


def boards(stage: Stage, engine: Engine, numbers: Numbers, rounds: int) -> list[Figure]:
    """Eight charts: opened for the first time beside the engine's eight queries, then opened again."""
    alone, cold, warm, ratios = [], [], [], []
    for _ in range(rounds):
        board, statements = stage.board(numbers.next())
        path = f"/api/v1/dashboards/{board}/render"
        before = sum(engine.timed(sql) for sql in statements)
        took, content = stage.visitor.timed("POST", path, {})
        after = sum(engine.timed(sql) for sql in statements)
        if b'"error":{' in content or content.count(b'"type":"widget"') != len(statements):
            raise RuntimeError(f"A chart was not drawn: {content[-1000:]!r}")
        alone += [before, after]
        cold.append(took)
        ratios.append(took / ((before + after) / 2))
        warm += [stage.visitor.timed("POST", path, {})[0] for _ in range(10)]
    return [
        Figure("eight charts: engine alone, its eight queries", median(alone), "ms", None, _p95(alone)),
        Figure("  opened for the first time", median(cold), "ms", None, _p95(cold)),
        Figure("  times the engine", median(ratios), "×", 1.3, _p95(ratios)),
        Figure("  opened again", median(warm), "ms", 30.0, _p95(warm)),
    ]


def export(stage: Stage, source: str) -> list[Figure]:
    """A million rows as CSV, and what the processes held meanwhile above what they held before."""
    statement = Statement(f"everything ({source})", EVERYTHING)
    order = {"name": statement.name, "sourceId": stage.sources[source], "sql": statement.sql}
    question = stage.visitor.ask("POST", "/api/v1/questions", order)["questionId"]
    rows = size = 0
    began = time.perf_counter()
    first = 0.0
    with watched(stage.server) as watch:
        for part in stage.visitor.parts(
            "POST", f"/api/v1/questions/{question}/export", {"fileFormat": "csv"}
        ):
            first = first or time.perf_counter() - began
            rows, size = rows + part.count(b"\n"), size + len(part)
    seconds = time.perf_counter() - began
    return [
        Figure(
            f"{rows - 1:,} rows to CSV from {source}",
            seconds,
            "s",
            None,
            f"{size / MB:.0f} MB, first byte {first:.2f} s",
        ),
        Figure("  most held above before: server", watch.grown("web worker"), "MB", None, "RSS"),
        Figure("  most held above before: engine workers", watch.grown("engine worker"), "MB", None, "RSS"),
    ]


@dataclass(slots=True)
class Watch:
    """The most that each kind of process held, in megabytes."""

    before: dict[str, float]
    most: dict[str, float] = field(default_factory=dict)

    def grown(self, role: str) -> float:
        return self.most.get(role, 0.0) - self.before.get(role, 0.0)


@contextmanager
def watched(server: Server) -> Iterator[Watch]:
    watch = Watch(_held(server))
    ended = threading.Event()

    def look() -> None:
        while not ended.wait(0.05):
            for role, held in _held(server).items():
                watch.most[role] = max(held, watch.most.get(role, 0.0))

    looking = threading.Thread(target=look, daemon=True)
    looking.start()
    try:
        yield watch
    finally:
        ended.set()
        looking.join()


def _held(server: Server) -> dict[str, float]:
    held: dict[str, float] = {}
    for each in server.memory(with_shares=False):
        held[each.role] = held.get(each.role, 0.0) + each.rss_mb
    return held


def _p95(values: "list[float] | tuple[float, ...]") -> str:
    return f"p95 {percentile(values, 0.95):.1f}"
