"""Whatever is spliced together from good and bad queries: what passes reads the catalog's tables alone.

SQLite's authorizer is the judge: it is asked for every table and function while a statement is prepared.
"""

import re
import sqlite3

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from tests.analytics.engines import Engine, catalog
from tests.analytics.guard.corpus import HOSTILE, LEGITIMATE

from gridlens.analytics.guard import KnownTables, guard
from gridlens.analytics.guard.allow_lists import DIALECTS, HOME_SCHEMA
from gridlens.core.errors import GridlensError

TOKENS = re.compile(r"\s+|\w+|'(?:[^']|'')*'|\"[^\"]*\"|.", re.DOTALL)
LINES = {
    each: [sql for dialect, sql in [*LEGITIMATE, *HOSTILE] if dialect == each and len(sql) < 500]
    for each in DIALECTS
}
KNOWN = {dialect: KnownTables.of(catalog(dialect, HOME_SCHEMA[dialect]), dialect) for dialect in DIALECTS}
TABLES = {"site", "meter", "reading", "price", "Größe", "json_each", "json_tree"}


@st.composite
def splices(draw: st.DrawFn, dialect: str) -> str:
    """The beginning of one query, a piece of a second, the end of a third; sometimes a token twice."""
    first, second, third = (TOKENS.findall(draw(st.sampled_from(LINES[dialect]))) for _ in range(3))
    cut = draw(st.integers(0, len(first)))
    start = draw(st.integers(0, len(second)))
    stop = draw(st.integers(start, len(second)))
    rest = draw(st.integers(0, len(third)))
    tokens = [*first[:cut], " ", *second[start:stop], " ", *third[rest:]]
    if tokens and draw(st.booleans()):
        tokens.insert(draw(st.integers(0, len(tokens))), draw(st.sampled_from(tokens)))
    return "".join(tokens)


def read_by(sql: str, database: str) -> set[str]:
    """The tables a statement would read; anything but reading is reported as such."""
    asked: set[str] = set()

    def authorizer(action: int, first: str | None, _second: object, _third: object, _fourth: object) -> int:
        if action == sqlite3.SQLITE_READ and first:
            asked.add(first)
        elif action not in {
            sqlite3.SQLITE_SELECT,
            sqlite3.SQLITE_READ,
            sqlite3.SQLITE_FUNCTION,
            sqlite3.SQLITE_RECURSIVE,
        }:
            asked.add(f"action {action} on {first}")
        return sqlite3.SQLITE_OK

    connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    try:
        # Its first use declares it as a table, which the authorizer would take for writing.
        connection.execute("SELECT * FROM json_each('[]'), json_tree('[]')")
        connection.set_authorizer(authorizer)
        connection.execute("EXPLAIN " + sql)
    except sqlite3.Error:
        pass  # a statement the engine does not take reads nothing
    finally:
        connection.close()
    return asked


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
@settings(
    max_examples=400,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(sql=splices("sqlite"))
@example(sql="SELECT name FROM site UNION SELECT name FROM sqlite_master")
@example(sql="WITH payroll AS (SELECT 1) SELECT * FROM (SELECT * FROM payroll), main.payroll")
def test_what_passes_reads_only_tables_of_the_catalog(engine: Engine, sql: str) -> None:
    try:
        guarded = guard(sql, engine.known, most_rows=10)
    except GridlensError:
        return

    read = read_by(guarded.sql, engine.database)

    # A common table expression is read under its own name, which says nothing of real tables.
    unreal = {
        name.lower() for name in re.findall(r"(\w+)(?:\([^)]*\))? AS (?:MATERIALIZED )?\(", guarded.sql)
    }
    assert {name for name in read if name not in TABLES and name.lower() not in unreal} == set()


@pytest.mark.parametrize("dialect", DIALECTS)
@settings(max_examples=150, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_what_passes_passes_again_and_is_written_the_same(dialect: str, data: st.DataObject) -> None:
    sql = data.draw(splices(dialect))
    try:
        guarded = guard(sql, KNOWN[dialect], most_rows=10)
    except GridlensError:
        return

    assert guard(guarded.sql, KNOWN[dialect], most_rows=10).sql == guarded.sql


def test_the_judge_sees_what_is_read(sqlite_engine: Engine) -> None:
    assert read_by("SELECT person FROM payroll", sqlite_engine.database) == {"payroll"}
    assert read_by("SELECT name FROM sqlite_master", sqlite_engine.database) == {"sqlite_master"}
    assert "action 9 on site" not in read_by("SELECT name FROM site", sqlite_engine.database)
    assert any(each.startswith("action") for each in read_by("DELETE FROM site", sqlite_engine.database))
