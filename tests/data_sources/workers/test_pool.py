"""Worker processes: what engines refuse inside them, and how they end."""

import asyncio
import os
import signal
import sqlite3
import sys
import time
from pathlib import Path

import duckdb
import polars as pl
import psutil
import pytest

from gridlens.data_sources.connectors.files import FileConnector
from gridlens.data_sources.errors import (
    FileRefused,
    QueryFailed,
    QueryTimedOut,
    QueryTooHeavy,
    SourceBusy,
    TableGone,
    WriteRefused,
)
from gridlens.data_sources.workers import pool as pool_of_workers
from gridlens.data_sources.workers.limits import GIVES_WAY
from gridlens.data_sources.workers.messages import Fetch
from gridlens.data_sources.workers.pool import WorkerPool
from gridlens.data_sources.workers.sqlite_virtual import SHADOWS, VIRTUAL, behind, virtual_table
from gridlens.data_sources.workers.worker import LONG_GIVES_WAY, Worker, worker_environment

pytestmark = pytest.mark.anyio

ENDLESS = "SELECT count(*) AS n FROM range(100000000000) AS a, range(1000) AS b"
ENDLESS_SQLITE = "WITH RECURSIVE r(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM r) SELECT count(*) AS n FROM r"


def on_duckdb(path: Path, sql: str, **changed: object) -> Fetch:
    asked = {
        "engine": "duckdb",
        "path": str(path),
        "zone": "Europe/Madrid",
        "sql": sql,
        "row_limit": 1000,
        "deadline_seconds": 20.0,
        "keep_open": True,
    }
    return Fetch(**{**asked, **changed})  # type: ignore[arg-type]


def on_sqlite(path: Path, sql: str, **changed: object) -> Fetch:
    return on_duckdb(path, sql, **{"engine": "sqlite", **changed})


@pytest.fixture
def sqlite_file(tmp_path: Path) -> Path:
    path = tmp_path / "meters.sqlite"
    connection = sqlite3.connect(path)
    connection.executescript(
        """
        CREATE TABLE reading (id INTEGER PRIMARY KEY, read_at TIMESTAMP, is_good BOOLEAN, load_kw REAL,
            raw BLOB);
        INSERT INTO reading VALUES (1, '2024-01-01 00:00:00', 1, 1.5, x'00ff');
        INSERT INTO reading VALUES (2, '2024-07-01 00:00', 0, 2, NULL);
        """
    )
    connection.close()
    return path


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO site VALUES (3, 'Quay')",
        "UPDATE site SET name = 'Quay'",
        "DELETE FROM site",
        "DROP TABLE site",
        "CREATE TABLE quay (a INT)",
        "CREATE TEMP TABLE quay (a INT)",
        "CREATE TEMP MACRO abs(a) AS 1",
        "COPY site TO '/tmp/gridlens-out.csv'",
        "EXPORT DATABASE '/tmp/gridlens-out'",
        "ATTACH '/tmp/gridlens-other.duckdb'",
        "SELECT * FROM read_csv('/etc/passwd')",
        "SELECT * FROM read_text('/etc/passwd')",
        "SELECT * FROM glob('/etc/*')",
        "INSTALL httpfs",
        "LOAD httpfs",
        "SET threads = 8",
        "SET enable_external_access = true",
        "PRAGMA database_list",
        "CALL pragma_version()",
        "CHECKPOINT",
        "SELECT 1; SELECT 2",
        "SELECT 1; DROP TABLE site",
    ],
)
async def test_duckdb_itself_refuses_everything_but_one_query(pool, meters, statement):
    with pytest.raises(WriteRefused):
        await pool.fetch(on_duckdb(meters, statement))
    kept = await pool.fetch(on_duckdb(meters, "SELECT count(*) AS n, min(name) AS first FROM site"))
    assert kept.frame.rows() == [(2, "Harbour")]


async def test_duckdb_cannot_see_files_by_their_name(pool, meters):
    with pytest.raises(TableGone, match="does not exist"):
        await pool.fetch(on_duckdb(meters, "SELECT * FROM '/etc/passwd'"))


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO reading VALUES (3, NULL, 1, 1, NULL)",
        "DELETE FROM reading",
        "CREATE TABLE quay (a)",
        "CREATE TEMP TABLE quay (a)",
        "ATTACH '/tmp/gridlens-other.db' AS other",
        "PRAGMA table_info(reading)",
        "PRAGMA query_only = OFF",
        "SELECT * FROM pragma_table_info('reading')",
        "SELECT * FROM sqlite_master",
        "SELECT load_extension('/tmp/evil.so')",
        "SELECT zeroblob(1000000000)",
        "SELECT 1; SELECT 2",
        "BEGIN IMMEDIATE",
        "VACUUM INTO '/tmp/gridlens-copy.db'",
    ],
)
async def test_sqlite_itself_refuses_everything_but_one_query(pool, sqlite_file, statement):
    with pytest.raises(WriteRefused):
        await pool.fetch(on_sqlite(sqlite_file, statement))
    kept = await pool.fetch(on_sqlite(sqlite_file, "SELECT count(*) AS n FROM reading"))
    assert kept.frame.rows() == [(2,)]


async def test_types_of_duckdb_arrive_as_modules_exchange_them(pool, meters):
    fetched = await pool.fetch(
        on_duckdb(
            meters,
            """SELECT TIMESTAMP '2024-07-01 12:00' AS local, TIMESTAMPTZ '2024-07-01 12:00:00+00' AS instant,
            sum(site_id) AS total, INTERVAL 90 MINUTE AS span, [1, 2] AS list, {'a': 1} AS record,
            uuid '00000000-0000-0000-0000-000000000001' AS id, 'x'::BLOB AS raw, 1.25::DECIMAL(5, 2) AS money,
            1 AS twice, 2 AS twice, '\"a\"'::JSON AS json, 'b'::ENUM('a', 'b') AS choice FROM site""",
        )
    )
    assert dict(fetched.frame.schema) == {
        "local": pl.Datetime("us", "UTC"),
        "instant": pl.Datetime("us", "UTC"),
        "total": pl.Int64,
        "span": pl.Float64,
        "list": pl.String,
        "record": pl.String,
        "id": pl.String,
        "raw": pl.Binary,
        "money": pl.Decimal(5, 2),
        "twice": pl.Int64,
        "twice_2": pl.Int64,
        "json": pl.String,
        "choice": pl.String,
    }
    [row] = fetched.frame.rows(named=True)
    assert row["local"].isoformat() == "2024-07-01T10:00:00+00:00"
    assert row["instant"].isoformat() == "2024-07-01T12:00:00+00:00"
    assert (row["span"], row["list"], row["record"]) == (5400.0, "[1,2]", '{"a":1}')


async def test_days_of_duckdb_are_days_of_the_zone_also_when_one_has_23_hours(pool, meters):
    # 31 March 2024 has 23 hours in Madrid: 92 quarter-hours of each of two sites.
    fetched = await pool.fetch(
        on_duckdb(
            meters,
            "SELECT date_trunc('day', read_at) AS day, count(*) AS n FROM reading GROUP BY 1 ORDER BY 1",
        )
    )
    assert [(day.isoformat(), n) for day, n in fetched.frame.rows()] == [
        ("2024-03-30T23:00:00+00:00", 184),
        ("2024-03-31T22:00:00+00:00", 8),
    ]


async def test_types_of_sqlite_follow_what_is_stored(pool, sqlite_file):
    fetched = await pool.fetch(on_sqlite(sqlite_file, "SELECT * FROM reading ORDER BY id"))
    first, second = fetched.frame.rows()
    assert (first[1].isoformat(), first[2], first[3], first[4]) == (
        "2023-12-31T23:00:00+00:00",
        True,
        1.5,
        b"\x00\xff",
    )
    assert (second[1].isoformat(), second[2]) == ("2024-06-30T22:00:00+00:00", False)


@pytest.fixture
def notes_file(tmp_path: Path) -> Path:
    """Virtual tables of modules that are read, one over another table, and two that show what is inside."""
    path = tmp_path / "notes.sqlite"
    connection = sqlite3.connect(path)
    connection.executescript(
        """
        CREATE TABLE plain (id INTEGER PRIMARY KEY, body TEXT);
        INSERT INTO plain VALUES (1, 'a secret'), (2, 'open');
        CREATE VIRTUAL TABLE notes USING fts5(body, tokenize = 'porter unicode61');
        INSERT INTO notes VALUES ('a secret'), ('open');
        CREATE VIRTUAL TABLE "old notes" USING fts4(body);
        INSERT INTO "old notes" VALUES ('a secret'), ('open');
        CREATE VIRTUAL TABLE over_plain USING fts5(body, con=plain, content_rowid=id);
        INSERT INTO over_plain (over_plain) VALUES ('rebuild');
        CREATE VIRTUAL TABLE place USING rtree(id, west, east);
        INSERT INTO place VALUES (1, 0, 1), (2, 3, 4);
        CREATE VIRTUAL TABLE words USING fts5vocab(notes, row);
        CREATE VIRTUAL TABLE pages USING dbstat;
        """
    )
    connection.close()
    return path


@pytest.mark.parametrize("keep_open", [True, False])
@pytest.mark.parametrize(
    ("sql", "value"),
    [
        ("SELECT body FROM notes WHERE notes MATCH 'secret'", "a secret"),
        ("SELECT body FROM notes ORDER BY rowid LIMIT 1", "a secret"),
        ("SELECT body FROM notes WHERE body MATCH 'secret' ORDER BY rank", "a secret"),
        ('SELECT body FROM "old notes" WHERE "old notes" MATCH \'secret\'', "a secret"),
        ("SELECT count(*) FROM \"old notes\" WHERE body = 'open'", 1),
        ("SELECT body FROM over_plain WHERE over_plain MATCH 'secret'", "a secret"),
        ("SELECT id FROM place WHERE west > 2", 2),
        ("SELECT count(*) FROM plain", 2),
    ],
)
async def test_virtual_tables_of_sqlite_are_read(pool, notes_file, sql, value, keep_open):
    answer = await pool.fetch(on_sqlite(notes_file, sql, keep_open=keep_open))
    assert answer.frame.item() == value


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT * FROM notes_content",
        "SELECT count(*) FROM Notes_Content",
        'SELECT c0body FROM "old notes_content"',
        "SELECT * FROM place_node",
        "SELECT * FROM place_rowid",
        "SELECT * FROM notes WHERE EXISTS (SELECT 1 FROM notes_content WHERE c0 = 'a secret')",
        "PRAGMA data_version",
    ],
)
async def test_what_lies_behind_a_virtual_table_is_read_by_nobody_else(pool, notes_file, sql):
    with pytest.raises(WriteRefused):
        await pool.fetch(on_sqlite(notes_file, sql))


async def test_a_search_in_one_column_finds_nothing_in_another(pool, tmp_path):
    path = tmp_path / "titled.sqlite"
    connection = sqlite3.connect(path)
    for module in ("fts3", "fts4", "fts5"):
        connection.execute(f"CREATE VIRTUAL TABLE {module}_notes USING {module}(title, body)")
        connection.execute(f"INSERT INTO {module}_notes VALUES ('secret', 'open')")
    connection.commit()
    connection.close()
    searching = "SELECT * FROM (SELECT body FROM {0}_notes) AS {0}_notes WHERE body MATCH 'title:secret'"

    assert (await pool.fetch(on_sqlite(path, searching.format("fts5")))).frame.height == 0
    for module in ("fts3", "fts4"):
        with pytest.raises(QueryFailed, match="MATCH searches all columns"):
            await pool.fetch(on_sqlite(path, searching.format(module)))


@pytest.mark.parametrize("sql", ["SELECT * FROM words", "SELECT * FROM pages"])
async def test_virtual_tables_that_show_what_is_elsewhere_are_not_read(pool, notes_file, sql):
    with pytest.raises(WriteRefused):
        await pool.fetch(on_sqlite(notes_file, sql))


async def test_the_catalog_has_virtual_tables_without_what_lies_behind_them(pool, notes_file):
    tables = await FileConnector("sqlite", str(notes_file), "UTC", pool, is_ours=True).read_catalog()
    assert {(table.name, table.is_view) for table in tables} == {
        ("plain", False),
        ("notes", False),
        ("old notes", False),
        ("over_plain", True),
        ("place", False),
    }
    assert [column.name for table in tables if table.name == "notes" for column in table.columns] == ["body"]


async def test_a_view_that_cannot_be_read_leaves_the_rest_of_the_file_readable(pool, notes_file):
    connection = sqlite3.connect(notes_file)
    connection.executescript(
        """
        CREATE VIEW seen AS SELECT id FROM plain;
        CREATE VIEW over_notes AS SELECT rowid, * FROM notes;
        CREATE TABLE gone (a); CREATE VIEW over_gone AS SELECT * FROM gone; DROP TABLE gone;
        """
    )
    connection.close()
    tables = await FileConnector("sqlite", str(notes_file), "UTC", pool, is_ours=True).read_catalog()
    assert {table.name for table in tables} >= {"plain", "seen"}
    assert "over_gone" not in {table.name for table in tables}


async def test_what_lies_behind_virtual_tables_is_known_by_its_name_too(notes_file):
    """As an SQLite without the list of tables, or without their modules, has to."""
    connection = sqlite3.connect(notes_file)
    tables = [virtual_table(name, sql) for name, sql in connection.execute(VIRTUAL)]
    listed = {name.lower() for (name,) in connection.execute(SHADOWS)}
    connection.close()
    assert {"notes_content", "old notes_content", "over_plain_idx", "place_node"} <= listed
    assert behind(tables, ()) >= listed


async def test_malformed_json_in_a_row_is_no_broken_file(pool, sqlite_file):
    with pytest.raises(QueryFailed, match="malformed JSON"):
        await pool.fetch(on_sqlite(sqlite_file, "SELECT json_extract('so: no', '$') AS part FROM reading"))


async def test_a_file_with_a_broken_page_is_said_to_be_broken(pool, sqlite_file):
    whole = sqlite_file.read_bytes()
    sqlite_file.write_bytes(whole[:4096] + b"\xff" * (len(whole) - 4096))
    with pytest.raises(FileRefused):
        await pool.fetch(on_sqlite(sqlite_file, "SELECT * FROM reading"))


async def test_elements_of_a_document_are_rows_in_sqlite(pool, sqlite_file):
    each = (
        """SELECT j.value FROM reading, json_each('{"tags": ["a", "b"]}', '$.tags') j WHERE reading.id = 1"""
    )
    tree = """SELECT fullkey FROM json_tree('{"a": {"b": 1}}') WHERE atom IS NOT NULL"""

    fetched = await pool.fetch(on_sqlite(sqlite_file, each))
    assert fetched.frame["value"].to_list() == ["a", "b"]
    fetched = await pool.fetch(on_sqlite(sqlite_file, tree))
    assert fetched.frame["fullkey"].to_list() == ["$.a.b"]


async def test_rows_beyond_the_limit_are_cut_and_that_is_said(pool, meters):
    cut = await pool.fetch(on_duckdb(meters, "SELECT * FROM reading ORDER BY read_at", row_limit=10))
    assert (cut.frame.height, cut.is_cut) == (10, True)
    whole = await pool.fetch(on_duckdb(meters, "SELECT * FROM reading", row_limit=192))
    assert (whole.frame.height, whole.is_cut) == (192, False)


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT * FROM reading LIMIT 11",
        "SELECT * FROM reading LIMIT 100",
        "(SELECT * FROM reading LIMIT 100)",
    ],
)
async def test_a_limit_of_its_own_keeps_no_query_from_being_cut(
    pool: WorkerPool, meters: Path, sql: str
) -> None:
    cut = await pool.fetch(on_duckdb(meters, sql, row_limit=10))

    assert cut.is_cut
    assert cut.frame.height == 10


@pytest.mark.parametrize(("make", "sql"), [(on_duckdb, ENDLESS), (on_sqlite, ENDLESS_SQLITE)])
async def test_a_query_that_never_ends_is_stopped_at_its_deadline(pool, meters, sqlite_file, make, sql):
    path = meters if make is on_duckdb else sqlite_file
    started = time.monotonic()
    with pytest.raises(QueryTimedOut, match=r"0\.5 s"):
        await pool.fetch(make(path, sql, deadline_seconds=0.5))
    assert time.monotonic() - started < 2.5
    again = await pool.fetch(make(path, "SELECT 1 AS one"))
    assert again.frame.rows() == [(1,)]


async def test_a_worker_that_cannot_be_interrupted_is_killed_a_second_after_the_deadline(meters):
    pool = WorkerPool(1)
    try:
        # Backtracking inside one value of one call of a function: no engine looks at the clock there.
        stuck = "SELECT levenshtein(repeat('ab', 150000), repeat('ba', 150000)) AS n"
        started = time.monotonic()
        with pytest.raises((QueryTimedOut, QueryTooHeavy)):
            await pool.fetch(on_duckdb(meters, stuck, deadline_seconds=0.3))
        assert time.monotonic() - started < 3
        assert (await pool.fetch(on_duckdb(meters, "SELECT 1 AS one"))).frame.rows() == [(1,)]
    finally:
        await pool.close()


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT repeat('x', 3000000000) AS wide",
        "SELECT string_agg(repeat('x', 1000), '') AS wide FROM range(5000000)",
    ],
)
async def test_a_query_that_wants_all_memory_fails_alone(pool, meters, sql):
    with pytest.raises(QueryTooHeavy):
        await pool.fetch(on_duckdb(meters, sql))
    assert (await pool.fetch(on_duckdb(meters, "SELECT 1 AS one"))).frame.rows() == [(1,)]


async def test_what_a_query_took_of_the_memory_is_not_missing_to_the_next(meters):
    fitting = "SELECT list(i) AS all_of_them FROM range(5000000) AS t (i)"
    pool = WorkerPool(1)
    try:
        await pool.fetch(on_duckdb(meters, fitting))
        for _ in range(3):
            with pytest.raises(QueryTooHeavy):
                await pool.fetch(
                    on_duckdb(
                        meters, "SELECT repeat('x', 10000) AS wide FROM range(200000)", row_limit=200_000
                    )
                )
            assert (await pool.fetch(on_duckdb(meters, fitting))).frame.height == 1
    finally:
        await pool.close()


@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not limit a process from outside")
async def test_a_query_that_fits_is_answered_however_much_others_took_before(meters):
    pool, others = WorkerPool(1), set(psutil.Process().children())
    try:
        await pool.fetch(on_duckdb(meters, "SELECT 1 AS one"))
        [worker] = set(psutil.Process().children()) - others
        left = worker.memory_info().vms + (16 << 20)
        worker.rlimit(psutil.RLIMIT_AS, (left, left))

        fetched = await pool.fetch(on_duckdb(meters, "SELECT list(i) AS n FROM range(5000000) AS t (i)"))

        assert fetched.frame.height == 1
        await asyncio.gather(*pool._chores)
        assert len(set(psutil.Process().children()) - others) == 1
    finally:
        await pool.close()


async def test_a_worker_that_the_system_kills_is_said_to_have_wanted_too_much(meters):
    pool = WorkerPool(1)
    try:
        for _ in range(3):  # whether the exit code is seen was a matter of chance once
            endless = asyncio.create_task(pool.fetch(on_duckdb(meters, ENDLESS, deadline_seconds=15)))
            while not (workers := list(pool._busy)):
                await asyncio.sleep(0.02)
            os.kill(workers[0]._process.pid, signal.SIGKILL)
            with pytest.raises(QueryTooHeavy):
                await endless
    finally:
        await pool.close()


async def test_cancelling_ends_the_process_that_runs_the_query(meters):
    pool = WorkerPool(1)
    others = set(psutil.Process().children())
    try:
        await pool.fetch(on_duckdb(meters, "SELECT 1 AS one"))
        [worker] = set(psutil.Process().children()) - others
        running = asyncio.create_task(pool.fetch(on_duckdb(meters, ENDLESS, deadline_seconds=60)))
        await asyncio.sleep(0.2)
        running.cancel()
        with pytest.raises(asyncio.CancelledError):
            await running
        assert (await pool.fetch(on_duckdb(meters, "SELECT 2 AS two"))).frame.rows() == [(2,)]
        assert not worker.is_running() or worker.status() == psutil.STATUS_ZOMBIE
    finally:
        await pool.close()
    assert worker not in psutil.Process().children()


async def test_closing_waits_for_the_end_of_a_worker_that_was_just_given_up(meters):
    pool = WorkerPool(1)
    others = set(psutil.Process().children())
    # The system needs a moment to take back what a process of such a size had.
    great = on_duckdb(meters, "SELECT list_sort(range(15000000)) AS l", deadline_seconds=60)
    running = asyncio.create_task(pool.fetch(great))
    await asyncio.sleep(1)
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running

    await pool.close()

    assert set(psutil.Process().children()) == others


@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not tell of a process's own memory")
async def test_a_worker_that_has_grown_makes_room_for_a_new_one_once_nobody_asks(meters, monkeypatch):
    monkeypatch.setattr(pool_of_workers, "REST_SECONDS", 0.5)
    pool = WorkerPool(1)
    others = set(psutil.Process().children())
    try:
        await pool.fetch(on_duckdb(meters, "SELECT 1 AS one"))
        [small] = set(psutil.Process().children()) - others
        await asyncio.sleep(1.5)
        assert set(psutil.Process().children()) - others == {small}

        monkeypatch.setattr(pool_of_workers, "GROWN_BYTES", 1)
        await pool.fetch(on_duckdb(meters, "SELECT 2 AS two"))
        for _ in range(50):
            await asyncio.sleep(0.1)
            left = set(psutil.Process().children()) - others
            if left and small not in left:
                break

        assert small not in left
        assert len(left) == 1
        assert (await pool.fetch(on_duckdb(meters, "SELECT 3 AS three"))).frame.rows() == [(3,)]
    finally:
        await pool.close()


@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not tell of a process's own memory")
async def test_a_worker_that_is_asked_in_time_is_kept_however_large_it_is(meters, monkeypatch):
    monkeypatch.setattr(pool_of_workers, "REST_SECONDS", 1.0)
    monkeypatch.setattr(pool_of_workers, "GROWN_BYTES", 1)
    pool = WorkerPool(1)
    others = set(psutil.Process().children())
    try:
        await pool.fetch(on_duckdb(meters, "SELECT 1 AS one"))
        [worker] = set(psutil.Process().children()) - others
        for _ in range(4):
            await asyncio.sleep(0.4)
            await pool.fetch(on_duckdb(meters, "SELECT 2 AS two"))
        assert set(psutil.Process().children()) - others == {worker}
    finally:
        await pool.close()


@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not tell of a process's own memory")
async def test_who_asks_alone_is_answered_by_one_worker_while_the_others_rest(meters, monkeypatch):
    monkeypatch.setattr(pool_of_workers, "REST_SECONDS", 1.0)
    monkeypatch.setattr(pool_of_workers, "GROWN_BYTES", 1)
    pool = WorkerPool(2)
    others = set(psutil.Process().children())
    try:
        await asyncio.gather(*(pool.fetch(on_duckdb(meters, f"SELECT {n} AS n")) for n in range(2)))
        both = set(psutil.Process().children()) - others
        for _ in range(6):
            await asyncio.sleep(0.4)
            await pool.fetch(on_duckdb(meters, "SELECT 2 AS two"))

        kept = both & set(psutil.Process().children())
        assert (len(both), len(kept)) == (2, 1)
    finally:
        await pool.close()


@pytest.mark.skipif(sys.platform != "linux", reason="niceness of threads is read from /proc")
async def test_what_takes_long_lets_everything_shorter_go_first(meters, monkeypatch):
    pool = WorkerPool(1)
    try:
        await pool.fetch(on_duckdb(meters, "SELECT 1"))
        monkeypatch.setattr(pool_of_workers, "LONG_SECONDS", 0.2)
        [worker] = pool._idle
        assert set(niceness(worker._process.pid)) == {ours() + GIVES_WAY}
        long = asyncio.create_task(pool.fetch(on_duckdb(meters, ENDLESS, deadline_seconds=1.5)))
        await asyncio.sleep(0.8)
        # Every thread of the engine, not the first one alone.
        found = niceness(worker._process.pid)
        assert len(found) > 1
        assert set(found) == {ours() + LONG_GIVES_WAY}
        assert os.getsid(worker._process.pid) == os.getsid(0)
        with pytest.raises(QueryTimedOut):
            await long
        assert (await pool.fetch(on_duckdb(meters, "SELECT 2 AS n"))).frame.item() == 2
        [next_worker] = pool._idle
        assert set(niceness(next_worker._process.pid)) == {ours() + GIVES_WAY}
    finally:
        await pool.close()


async def test_a_worker_that_cannot_be_made_fast_again_is_replaced(meters, monkeypatch):
    monkeypatch.setattr(Worker, "take_turns", lambda self: not self.gives_way)  # as without privileges
    pool = WorkerPool(1)
    try:
        await pool.fetch(on_duckdb(meters, "SELECT 1"))
        monkeypatch.setattr(pool_of_workers, "LONG_SECONDS", 0.2)
        [first] = pool._idle
        with pytest.raises(QueryTimedOut):
            await pool.fetch(on_duckdb(meters, ENDLESS, deadline_seconds=0.6))
        assert (await pool.fetch(on_duckdb(meters, "SELECT 2 AS n"))).frame.item() == 2
        assert first not in pool._idle
        assert not first.is_alive
    finally:
        await pool.close()


def niceness(pid: int) -> list[int]:
    return [
        os.getpriority(os.PRIO_PROCESS, int(thread.name)) for thread in Path(f"/proc/{pid}/task").iterdir()
    ]


def ours() -> int:
    return os.getpriority(os.PRIO_PROCESS, 0)


async def test_queries_wait_for_a_free_worker_no_longer_than_their_deadline(meters):
    pool = WorkerPool(1)
    try:
        await pool.fetch(on_duckdb(meters, "SELECT 1 AS one"))
        running = asyncio.create_task(pool.fetch(on_duckdb(meters, ENDLESS, deadline_seconds=1.0)))
        await asyncio.sleep(0.1)
        with pytest.raises(SourceBusy):
            await pool.fetch(on_duckdb(meters, "SELECT 2 AS two", deadline_seconds=0.2))
        with pytest.raises(QueryTimedOut):
            await running
    finally:
        await pool.close()


async def test_a_file_that_a_worker_had_open_can_be_replaced_after_release(pool, tmp_path):
    path = tmp_path / "numbers.duckdb"
    for number in (1, 2):
        with duckdb.connect(str(path)) as connection:
            connection.execute(f"CREATE OR REPLACE TABLE number AS SELECT {number} AS n")
        fetched = await pool.fetch(on_duckdb(path, "SELECT n FROM number"))
        assert fetched.frame.rows() == [(number,)]
        await pool.release(str(path))


async def test_a_file_of_another_program_is_free_again_after_each_query(pool, meters):
    await pool.fetch(on_duckdb(meters, "SELECT 1 AS one", keep_open=False))
    with duckdb.connect(str(meters)) as connection:
        connection.execute("INSERT INTO site VALUES (3, 'Quay')")
    fetched = await pool.fetch(on_duckdb(meters, "SELECT count(*) AS n FROM site", keep_open=False))
    assert fetched.frame.rows() == [(3,)]


async def test_an_sqlite_file_in_wal_mode_is_read_without_writing_beside_it(pool, tmp_path):
    path = tmp_path / "wal.sqlite"
    connection = sqlite3.connect(path)
    connection.executescript("PRAGMA journal_mode = WAL; CREATE TABLE t (a); INSERT INTO t VALUES (7)")
    connection.close()
    fetched = await pool.fetch(on_sqlite(path, "SELECT a FROM t"))
    assert fetched.frame.rows() == [(7,)]
    assert [each.name for each in tmp_path.iterdir() if each.name.startswith("wal")] == ["wal.sqlite"]


@pytest.mark.parametrize("engine", ["duckdb", "sqlite"])
async def test_what_is_no_database_is_said_to_be_none(pool, tmp_path, engine):
    path = tmp_path / "notes.txt"
    path.write_text("not a database at all, but long enough to be looked at " * 100)
    with pytest.raises(FileRefused):
        await pool.fetch(on_duckdb(path, "SELECT 1 AS one", engine=engine))
    with pytest.raises(FileRefused):
        await pool.fetch(on_duckdb(tmp_path / "missing", "SELECT 1 AS one", engine=engine))
    assert not (tmp_path / "missing").exists()


async def test_a_mistake_in_a_query_is_told_with_its_line(pool, meters):
    with pytest.raises(QueryFailed, match="lode") as failed:
        await pool.fetch(on_duckdb(meters, "SELECT site_id,\n  lode\nFROM reading"))
    assert failed.value.extra == {"line": 2}


def test_workers_get_no_setting_of_the_server(monkeypatch):
    monkeypatch.setenv("GRIDLENS_SMTP_PASSWORD", "secret")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    assert "secret" not in worker_environment().values()


@pytest.mark.skipif(os.name != "posix", reason="limits of processes are POSIX")
async def test_workers_have_little_memory_and_may_not_write(pool, meters):
    await pool.fetch(on_duckdb(meters, "SELECT 1 AS one"))
    worker = next(each for each in psutil.Process().children() if "process.py" in " ".join(each.cmdline()))
    assert worker.rlimit(psutil.RLIMIT_AS) == (2 * 1024**3, 2 * 1024**3)
    assert worker.rlimit(psutil.RLIMIT_FSIZE) == (0, 0)
    assert not worker.net_connections()


async def test_a_stream_of_duckdb_brings_every_row_in_parts(pool, meters):
    ask = on_duckdb(meters, "SELECT range AS n FROM range(100000)", row_limit=10**9, is_streamed=True)
    parts = [part async for part in pool.stream(ask)]
    assert len(parts) > 2
    assert pl.concat(parts)["n"].to_list() == list(range(100_000))

    nothing = on_duckdb(meters, "SELECT 1 AS one WHERE false", is_streamed=True)
    [empty] = [part async for part in pool.stream(nothing)]
    assert (empty.columns, empty.height) == (["one"], 0)


async def test_a_stream_of_sqlite_brings_every_row_in_parts(pool, sqlite_file):
    numbers = (
        "WITH RECURSIVE r(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM r WHERE i < 50000) SELECT i FROM r"
    )
    ask = on_sqlite(sqlite_file, numbers, row_limit=10**9, is_streamed=True)
    parts = [part async for part in pool.stream(ask)]
    assert len(parts) > 2
    assert pl.concat(parts)["i"].to_list() == list(range(1, 50_001))


async def test_who_stops_taking_a_stream_ends_it_and_leaves_the_pool_whole(pool, meters):
    endless = "SELECT range AS n FROM range(100000000000)"
    stream = pool.stream(on_duckdb(meters, endless, row_limit=10**12, is_streamed=True))
    assert (await anext(stream)).height > 0
    await stream.aclose()

    fetched = await asyncio.gather(*(pool.fetch(on_duckdb(meters, "SELECT 1 AS one")) for _ in range(4)))
    assert [each.frame.item() for each in fetched] == [1] * 4


async def test_a_stream_says_what_went_wrong_in_its_middle(pool, meters):
    broken = "SELECT CASE WHEN range = 90000 THEN error('stop here') ELSE '' END AS n FROM range(100000)"
    with pytest.raises(QueryFailed, match="stop here"):
        async for _ in pool.stream(on_duckdb(meters, broken, row_limit=10**9, is_streamed=True)):
            pass

    slow = on_duckdb(
        meters,
        "SELECT count(*) AS n FROM range(100000000000) AS a, range(1000)",
        deadline_seconds=0.5,
        is_streamed=True,
    )
    with pytest.raises(QueryTimedOut):
        async for _ in pool.stream(slow):
            pass
