"""The guard ends in time, whatever fills the 64 KiB it reads."""

import asyncio
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest
from tests.analytics.engines import catalog

from gridlens.analytics.errors import QueryRefused
from gridlens.analytics.guard import KnownTables, guard
from gridlens.analytics.guard.allow_lists import DIALECTS, HOME_SCHEMA
from gridlens.analytics.guard.bounded import OutOfTime, within
from gridlens.analytics.guard.text import LONGEST_QUERY_BYTES
from gridlens.core.errors import GridlensError

KNOWN = {dialect: KnownTables.of(catalog(dialect, HOME_SCHEMA[dialect]), dialect) for dialect in DIALECTS}
ALMOST_FOR_EVER = 30.0


def filled(head: str, unit: str, tail: str = "") -> str:
    return head + unit * ((LONGEST_QUERY_BYTES - len(head) - len(tail)) // len(unit)) + tail


LONG = {
    "tables": filled("SELECT 1 FROM site", ", site"),
    "ordering": filled("SELECT 1 ORDER BY 1", ",1"),
    "grouping sets": filled("SELECT 1 GROUP BY GROUPING SETS (()", ",()", ")"),
    "rows of values": filled("VALUES (1)", ",(1)"),
    "a list": filled("SELECT name FROM site WHERE site_id IN (", "1,", "1)"),
    "additions": filled("SELECT 1", "+1"),
    "unions": filled("SELECT 1", " UNION SELECT 1"),
    "conditions": filled("SELECT 1 WHERE 1=1", " OR NOT 1=1 AND 2=2"),
    "joins": filled("SELECT 1 FROM site", " JOIN site ON 1=1"),
    "casts": filled("SELECT 1", "::INT"),
    "indexes": filled("SELECT a", "[1]"),
    "open brackets": filled("SELECT ", "("),
    "closed brackets": "SELECT " + "(" * 32_000 + "1" + ")" * 32_000,
    "open calls": filled("SELECT ", "abs("),
    "cases": filled("SELECT ", "CASE WHEN 1=1 THEN "),
    "subqueries": "SELECT " + "(SELECT " * 6_000 + "1" + ")" * 6_000,
    "nested WITH": filled("", "WITH a AS (", "SELECT 1"),
    "statements": filled("", "SELECT 1;"),
    "operators": "SELECT 1 " + "<" * 64_000,
    "stars": filled("SELECT ", "*"),
    "comments": filled("SELECT 1 ", "/*"),
    "quotes": filled("SELECT '", "''", "'"),
}


@pytest.mark.parametrize(
    ("dialect", "sql"),
    [(DIALECTS[number % 4], sql) for number, sql in enumerate(LONG.values())],
    ids=list(LONG),
)
def test_a_long_text_is_read_or_refused_in_time(dialect: str, sql: str) -> None:
    assert len(sql.encode()) <= LONGEST_QUERY_BYTES
    began = time.monotonic()

    with suppress(GridlensError):
        guard(sql, KNOWN[dialect], most_rows=10)

    # Twice the longest time that it is given, for machines that do much else.
    assert time.monotonic() - began < 12


@pytest.mark.anyio
async def test_the_event_loop_goes_on_while_a_long_text_is_read() -> None:
    loop = asyncio.get_running_loop()
    with ThreadPoolExecutor(1) as threads:
        reading = loop.run_in_executor(
            threads, lambda: guard(LONG["a list"], KNOWN["postgres"], most_rows=10)
        )
        steps = 0
        while not reading.done():
            await asyncio.sleep(0.01)
            steps += 1
        with suppress(GridlensError):  # a slow machine reads it no further than it may
            await reading

    assert steps > 10


def test_work_that_does_not_end_is_ended() -> None:
    def work() -> None:
        while True:
            try:
                time.sleep(0)
            except Exception:
                continue

    began = time.monotonic()
    with pytest.raises(OutOfTime):
        within(0.2, work)
    assert time.monotonic() - began < ALMOST_FOR_EVER


def test_an_end_that_gets_lost_is_called_again() -> None:
    def work() -> None:
        until = time.monotonic() + ALMOST_FOR_EVER
        # As Python does with what is raised within a destructor.
        with suppress(OutOfTime):
            while time.monotonic() < until:
                pass
        while time.monotonic() < until:
            pass

    began = time.monotonic()
    with pytest.raises(OutOfTime):
        within(0.1, work)
    assert time.monotonic() - began < ALMOST_FOR_EVER


def test_work_that_ends_in_time_is_left_alone() -> None:
    assert within(0.05, lambda: 42) == 42
    time.sleep(0.1)


# Its end may come within the callback of a weak reference, which Python says and goes on.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_query_that_cannot_be_read_in_time_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gridlens.analytics.guard.LONGEST_SECONDS", 0.01)

    with pytest.raises(QueryRefused, match="takes too long to read"):
        guard(LONG["a list"], KNOWN["postgres"], most_rows=10)
