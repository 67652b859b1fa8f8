"""A chart request over HTTP beside what the engine alone takes for the same statement."""

import json
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any
from uuid import UUID

import duckdb
import polars as pl
from tests.bench.report import Figure, percentile
from tests.bench.visitor import Visitor

CACHED_TARGET = 10.0
OVERHEAD_TARGET = 15.0
SLOWEST_SHOWN = 5


@dataclass(slots=True)
class Timings:
    """Milliseconds of the requests of one chart."""

    name: str
    answer_kb: float = 0.0
    cached: list[float] = field(default_factory=list)
    uncached: list[float] = field(default_factory=list)
    engine: list[float] = field(default_factory=list)
    direct: list[float] = field(default_factory=list)

    @property
    def overhead(self) -> list[float]:
        return [whole - engine for whole, engine in zip(self.uncached, self.engine, strict=True)]


def measure(visitor: Visitor, data_dir: Path, rounds: int) -> list[Figure]:
    """Every chart of the demo, cached and asked anew, in turns so that no chart has a warm place."""
    charts = visitor.ask("GET", "/api/v1/charts")
    found = {chart["chartId"]: Timings(chart["name"]) for chart in charts}
    for chart in charts:  # the first request of each fills the cache and the guard's memory
        _draw(visitor, chart["chartId"], is_fresh=True)
    floor = [visitor.timed("GET", "/health/live")[0] for _ in range(50)]
    signed_in = [visitor.timed("GET", "/api/v1/auth/session")[0] for _ in range(50)]
    for _ in range(rounds):
        for chart_id, timings in found.items():
            for _ in range(2):
                elapsed, answer, size = _draw(visitor, chart_id, is_fresh=False)
                if not answer["provenance"]["isCached"]:
                    raise RuntimeError(f"“{timings.name}” was not in the cache.")
                timings.cached.append(elapsed)
                timings.answer_kb = size / 1000
            elapsed, answer, _ = _draw(visitor, chart_id, is_fresh=True)
            timings.uncached.append(elapsed)
            timings.engine.append(answer["provenance"]["engineMs"])
    for chart in charts:
        question = visitor.ask("GET", f"/api/v1/questions/{chart['questionId']}")
        found[chart["chartId"]].direct = _directly(question, data_dir, rounds)
    return _figures(list(found.values()), floor, signed_in)


def dashboards(visitor: Visitor, rounds: int) -> list[Figure]:
    """All widgets of each dashboard in one request, from the cache and asked anew."""
    figures = []
    for each in visitor.ask("GET", "/api/v1/dashboards"):
        path = f"/api/v1/dashboards/{each['dashboardId']}/render"
        for is_fresh, how in ((False, "cached"), (True, "uncached")):
            visitor.send("POST", path, {"isFresh": is_fresh})
            answers = [visitor.timed("POST", path, {"isFresh": is_fresh}) for _ in range(rounds)]
            times = [elapsed for elapsed, _ in answers]
            lines = answers[-1][1].splitlines()
            failed = sum(b'"error":{' in line for line in lines)
            note = f"p95 {percentile(times, 0.95):.1f}, {len(lines) - 2} widgets" + (
                f", {failed} failed" if failed else ""
            )
            figures.append(Figure(f"{each['name']}, {how}", median(times), "ms", None, note))
    return figures


def _draw(visitor: Visitor, chart_id: str, *, is_fresh: bool) -> tuple[float, Any, int]:
    elapsed, content = visitor.timed("POST", f"/api/v1/charts/{chart_id}/draw", {"isFresh": is_fresh})
    return elapsed, json.loads(content), len(content)


def _directly(question: dict[str, Any], data_dir: Path, rounds: int) -> list[float]:
    """The question's own statement on its file, with its defaults, into a frame; no Gridlens in between.

    Nothing for a plan, which has no statement before Gridlens writes one.
    """
    sql: str | None = question["sql"]
    if sql is None:
        return []
    for parameter in question["parameters"]:
        sql = sql.replace(f":{parameter['name']}", f"TIMESTAMPTZ '{parameter['default']}'")
    (path,) = (data_dir / "sources" / UUID(question["sourceId"]).hex).glob("*.duckdb")
    times = []
    with duckdb.connect(str(path), read_only=True, config={"threads": "2"}) as connection:
        for _ in range(rounds + 1):
            began = time.perf_counter()
            pl.DataFrame(connection.sql(sql))
            times.append((time.perf_counter() - began) * 1000)
    return times[1:]


def _median(times: Sequence[float]) -> str:
    return f"{median(times):.1f}" if times else "–"


def _figures(found: Sequence[Timings], floor: list[float], signed_in: list[float]) -> list[Figure]:
    cached = [each for timings in found for each in timings.cached]
    uncached = [each for timings in found for each in timings.uncached]
    engine = [each for timings in found for each in timings.engine]
    direct = [each for timings in found for each in timings.direct]
    overhead = [each for timings in found for each in timings.overhead]
    beyond = [median(each.uncached) - median(each.direct) for each in found if each.direct]
    worst = sorted(found, key=lambda each: median(each.overhead), reverse=True)[:SLOWEST_SHOWN]
    return [
        Figure("floor: GET /health/live", median(floor), "ms", None, _p95(floor)),
        Figure("floor: GET session, signed in", median(signed_in), "ms", None, _p95(signed_in)),
        Figure(f"cached, all {len(found)} charts, p50", median(cached), "ms", CACHED_TARGET, _p95(cached)),
        Figure("uncached, p50", median(uncached), "ms", None, _p95(uncached)),
        Figure("engine's own time in those, p50", median(engine), "ms", None, _p95(engine)),
        Figure("same statements on DuckDB directly, p50", median(direct), "ms", None, _p95(direct)),
        Figure("uncached above engine, p50", median(overhead), "ms", OVERHEAD_TARGET, _p95(overhead)),
        Figure("uncached above DuckDB directly, median chart", median(beyond), "ms", OVERHEAD_TARGET),
        *(
            Figure(
                f"  most above engine: {each.name}",
                median(each.overhead),
                "ms",
                None,
                f"cached {median(each.cached):.1f}, engine {median(each.engine):.1f}, "
                f"direct {_median(each.direct)}, answer {each.answer_kb:.0f} kB",
            )
            for each in worst
        ),
    ]


def _p95(values: Sequence[float]) -> str:
    return f"p95 {percentile(values, 0.95):.1f}"
