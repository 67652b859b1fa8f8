"""Queries that would never end, or fill the memory, end in time on every engine, and cost nobody else."""

import asyncio
import os
import time
from collections.abc import AsyncIterator
from contextlib import ExitStack, suppress
from pathlib import Path
from uuid import uuid4

import msgspec
import psutil
import pytest
from tests.analytics.engines import duckdb_file, open_mariadb, open_postgres, open_sqlite

from gridlens.core.config import Settings
from gridlens.querying.answers import Outcome, ask
from gridlens.querying.opening import Opened, opened

pytestmark = pytest.mark.anyio

DEADLINE_SECONDS = 2.0
MOST_SECONDS = 8.0
"""Beyond the deadline only for machines that do much else: measured, it is one second at most."""
MOST_BYTES = 2 * 1024**3
CROSS = "SELECT count(*) FROM reading a, reading b, reading c, reading d, reading e"

DUCKDB = {
    "cross join": CROSS,
    "endless recursion": (
        "WITH RECURSIVE t AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM t) SELECT max(n) FROM t"
    ),
    "doubling text": (
        "WITH RECURSIVE t AS (SELECT 'x' AS s UNION ALL SELECT s || s FROM t) SELECT max(s) FROM t"
    ),
    "series": "SELECT count(DISTINCT a.i * b.i) FROM range(10000000) a(i), range(10000000) b(i)",
    "lists of a series": "SELECT sum(len(range(m.meter_id * 10000000))) FROM meter m",
    "one long scalar call": "SELECT list_sort(list_transform(range(10000000), lambda x: md5(x::VARCHAR)))",
    "text out of text": "SELECT length(replace(repeat('x', 10000), 'x', repeat('y', 10000))) FROM reading",
    "regular expression": (
        "SELECT regexp_matches(repeat('a', 10000), '(a?){1000}a{1000}') FROM reading, reading b"
    ),
    "edit distance": "SELECT damerau_levenshtein(repeat('a', 10000), repeat('b', 10000)) FROM reading",
    "wide pivot": (
        "PIVOT (SELECT a.ts::VARCHAR || b.ts::VARCHAR || b.meter_id AS k, 1 AS v FROM reading a, reading b) "
        "ON k USING sum(v)"
    ),
    "one great list": "SELECT list(a.ts::VARCHAR || b.ts::VARCHAR) FROM reading a, reading b, reading c",
    "great sort": (
        "SELECT quantile_cont(a.kwh * b.kwh * c.kwh, 0.5) FROM reading a, reading b, reading c, reading d"
    ),
}
SQLITE = {
    "cross join": CROSS,
    "endless recursion": (
        "WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t) SELECT max(n) FROM t"
    ),
    "doubling text": (
        "WITH RECURSIVE t(s) AS (SELECT 'x' UNION ALL SELECT s || s FROM t) SELECT max(s) FROM t"
    ),
    "great sort": "SELECT a.ts || b.ts AS k FROM reading a, reading b, reading c, reading d ORDER BY k",
    "one great list": "SELECT length(json_group_array(a.ts || b.ts)) FROM reading a, reading b, reading c",
}
POSTGRES = {
    "cross join": CROSS,
    "endless recursion": (
        "WITH RECURSIVE t AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM t) SELECT max(n) FROM t"
    ),
    "doubling text": (
        "WITH RECURSIVE t AS (SELECT 'x'::text AS s UNION ALL SELECT s || s FROM t) SELECT max(s) FROM t"
    ),
    "series": "SELECT count(*) FROM generate_series(1, 10000000) a, generate_series(1, 10000000) b",
    "series of time": (
        "SELECT count(*) FROM generate_series('2000-01-01'::timestamptz, '2000-03-01', '1 second') a, "
        "generate_series('2000-01-01'::timestamptz, '2000-03-01', '1 second') b"
    ),
    "one long scalar call": "SELECT sum(factorial(20000 + a)) FROM generate_series(1, 1000) a",
    "regular expression": "SELECT count(*) FROM reading WHERE repeat('x', 10000) ~ '(x+x+)+y'",
    "one great text": (
        "SELECT length(string_agg(repeat('x', 10000), '')) FROM reading a, reading b, reading c"
    ),
    "one great list": "SELECT jsonb_agg(a) FROM reading a, reading b, reading c",
}
MYSQL = {
    "cross join": CROSS,
    "endless recursion": (
        "WITH RECURSIVE t AS (SELECT 1 AS n UNION ALL SELECT t.n + a.meter_id FROM t, reading a, reading b) "
        "SELECT max(n) FROM t"
    ),
    "great sort": (
        "SELECT a.ts FROM reading a, reading b, reading c, reading d ORDER BY a.kwh * b.kwh * c.kwh"
    ),
    "text out of text": (
        "SELECT sum(length(replace(repeat('x', 10000), 'x', repeat('y', 10000)))) FROM reading a, reading b"
    ),
    "regular expression": "SELECT repeat('a', 10000) REGEXP '(a*)*(a*)*(a*)*b' FROM reading a, reading b",
}


@pytest.fixture(params=["duckdb", "sqlite", "postgresql", "mysql"])
async def engine(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Opened]:
    """Each engine with the energy schema, opened as the command line does."""
    settings = Settings(data_dir=tmp_path / "data", query_seconds=DEADLINE_SECONDS, engine_workers=3)
    with ExitStack() as closing:
        url = await asyncio.to_thread(_url, request, tmp_path, closing)
        async with opened(settings, url, "UTC", None) as source:
            yield source
        await asyncio.to_thread(closing.close)


def _url(request: pytest.FixtureRequest, folder: Path, closing: ExitStack) -> str:
    match request.param:
        case "duckdb":
            duckdb_file(folder / "energy.duckdb")
            return f"duckdb:///{folder}/energy.duckdb"
        case "sqlite":
            return f"sqlite:///{open_sqlite(folder / 'energy.sqlite', closing).database}"
        case "postgresql":
            server = request.getfixturevalue("postgres_server")
            return f"postgresql://{server}/{open_postgres(server, closing).database}"
        case _:
            server = request.getfixturevalue("mariadb_server")
            return f"mysql://{server}/{open_mariadb(server, closing).database}"


async def watched(source: Opened, sql: str) -> tuple[Outcome, float, int]:
    """How a query ended, after how many seconds, and the most memory a process of ours took meanwhile."""
    began, most = time.monotonic(), 0
    running = asyncio.create_task(ask(source, sql, 1_000, stops_after_guard=False))
    while not running.done():
        for process in psutil.Process(os.getpid()).children(recursive=True):
            with suppress(psutil.Error):
                most = max(most, process.memory_info().rss)
        await asyncio.wait({running}, timeout=0.05)
    return await running, time.monotonic() - began, most


async def test_bombs_end_in_time_and_memory_and_the_next_query_is_answered(engine: Opened) -> None:
    bombs = {"duckdb": DUCKDB, "sqlite": SQLITE, "postgres": POSTGRES, "mysql": MYSQL}
    for name, sql in bombs[engine.source.dialect].items():
        outcome, seconds, most = await watched(engine, sql)

        assert outcome.allowed, f"{name}: {outcome.reason}"
        assert outcome.result is not None or outcome.reason, name
        assert seconds < MOST_SECONDS, f"{name} took {seconds:.1f} s"
        assert most < MOST_BYTES, f"{name} took {most / 2**20:.0f} MiB"
        following = await ask(engine, f"SELECT {len(name)} AS n", 10, stops_after_guard=False)
        assert following.result is not None, f"after {name}: {following.reason}"


async def test_others_are_answered_while_somebodys_bombs_run(engine: Opened) -> None:
    bombs = [
        asyncio.create_task(ask(engine, f"{CROSS} WHERE a.meter_id > {n}", 10, stops_after_guard=False))
        for n in range(2)
    ]
    somebody_else = msgspec.structs.replace(engine.principal, user_id=uuid4())
    other = Opened(engine.queries, somebody_else, engine.source)
    await asyncio.sleep(0.3)

    answered = 0
    while not all(bomb.done() for bomb in bombs):
        outcome = await ask(other, f"SELECT {answered} AS n FROM site", 10, stops_after_guard=False)
        assert outcome.result is not None, outcome.reason
        answered += 1

    await asyncio.gather(*bombs)
    assert answered > 1
