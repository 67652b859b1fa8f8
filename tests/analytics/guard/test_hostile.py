"""Nothing hostile passes, however it is dressed; and refusals say where the trouble stands."""

import time

import pytest
from tests.analytics.engines import catalog
from tests.analytics.guard.corpus import HOSTILE

from gridlens.analytics.errors import InvalidSql, QueryRefused, QueryTooLarge
from gridlens.analytics.guard import KnownTables, guard

KNOWN = {
    "duckdb": KnownTables.of(catalog("duckdb", "main"), "duckdb"),
    "sqlite": KnownTables.of(catalog("sqlite"), "sqlite"),
    "postgres": KnownTables.of(catalog("postgres", "public"), "postgres"),
    "mysql": KnownTables.of(catalog("mysql"), "mysql"),
}


@pytest.mark.parametrize(
    ("dialect", "sql"), HOSTILE, ids=[f"{dialect}-{sql[:80]!a}" for dialect, sql in HOSTILE]
)
def test_a_hostile_query_is_refused(dialect: str, sql: str) -> None:
    began = time.monotonic()

    with pytest.raises((QueryRefused, InvalidSql, QueryTooLarge)) as refusal:
        guard(sql, KNOWN[dialect], most_rows=1_000)

    assert time.monotonic() - began < 5
    if isinstance(refusal.value, QueryRefused):
        assert refusal.value.extra["construct"]
        assert refusal.value.extra["construct"] == "nesting" or "line" in refusal.value.extra
