"""PostgreSQL as a source, on a real server."""

import asyncio
from datetime import time
from decimal import Decimal

import polars as pl
import pytest

from gridlens.data_sources.connectors import Statement
from gridlens.data_sources.connectors.postgresql import PostgresqlConnector
from gridlens.data_sources.errors import (
    NotPermitted,
    QueryFailed,
    QueryTimedOut,
    QueryTooHeavy,
    SignInRefused,
    SourceUnreachable,
    TableGone,
    TlsFailed,
    WriteRefused,
)
from gridlens.shared.catalog import ParentTable
from gridlens.shared.results import Kind

pytestmark = pytest.mark.anyio


def asking(sql: str, rows: int = 1000, seconds: float = 10.0) -> Statement:
    return Statement(sql=sql, row_limit=rows, deadline_seconds=seconds)


@pytest.fixture
async def reader(postgres_reader, policy):
    connector = PostgresqlConnector(
        postgres_reader.postgresql(), postgres_reader.password, "Europe/Madrid", policy
    )
    yield connector
    await connector.close()


@pytest.fixture
async def owner(postgres, policy):
    """Connected as who may change everything, to see what holds even then."""
    await postgres.on_postgresql("CREATE TABLE site (site_id int); INSERT INTO site VALUES (1)")
    connector = PostgresqlConnector(postgres.postgresql(), postgres.password, "UTC", policy)
    yield connector
    await connector.close()


async def test_a_user_who_can_only_read_passes_without_a_warning_about_it(reader):
    outcome = await reader.test()
    assert outcome.server_version.startswith("PostgreSQL 1")
    assert outcome.latency_ms > 0
    assert (outcome.can_write, outcome.tls) == (False, None)
    assert ["not encrypted" in warning for warning in outcome.warnings] == [True]


async def test_a_user_who_can_write_is_warned_about(owner):
    outcome = await owner.test()
    assert outcome.can_write
    assert "may change data" in outcome.warnings[0]


@pytest.mark.parametrize(
    ("changed", "password", "kind", "field"),
    [
        ({"port": 1}, None, SourceUnreachable, "port"),
        ({"host": "no-such-host.invalid"}, None, SourceUnreachable, "host"),
        ({"database": "no_such_database"}, None, SignInRefused, "database"),
        ({"user": "no_such_user"}, None, SignInRefused, "user"),
        ({"tls": "require"}, None, TlsFailed, "tls"),
    ],
)
async def test_why_a_connection_failed_is_said_at_its_field(postgres, policy, changed, password, kind, field):
    connector = PostgresqlConnector(
        postgres.postgresql(**changed), postgres.password if password is None else password, "UTC", policy
    )
    with pytest.raises(kind) as failed:
        await connector.test()
    if kind is TlsFailed and "does not offer" not in failed.value.detail:
        pytest.skip("this PostgreSQL offers TLS")
    assert field in failed.value.fields


WRITING = (
    "INSERT INTO site VALUES (2)",
    "INSERT INTO site VALUES (2) RETURNING site_id",
    "WITH new AS (INSERT INTO site VALUES (2) RETURNING 1) SELECT * FROM new",
    "UPDATE site SET site_id = 2",
    "DELETE FROM site",
    "DROP TABLE site",
    "CREATE TABLE quay (a int)",
    "SELECT * INTO quay FROM site",
    "COPY site TO '/tmp/gridlens-out.csv'",
    "COPY (SELECT 1) TO PROGRAM 'id'",
    "COPY site FROM '/etc/passwd'",
    "SELECT * FROM site FOR UPDATE",
    "SELECT 1; DROP TABLE site",
    "SELECT 1) AS a; DROP TABLE site; SELECT * FROM (SELECT 1",
    "SET statement_timeout = 0",
    "ROLLBACK",
    "DO 'BEGIN END'",
    "VACUUM site",
    "SELECT setval('counter', 7)",
)


async def test_the_server_refuses_to_write_even_for_a_superuser(postgres, owner):
    await postgres.on_postgresql("CREATE SEQUENCE counter")
    for statement in WRITING:
        with pytest.raises((WriteRefused, QueryFailed)):
            await owner.fetch(asking(statement))
            pytest.fail(f"ran: {statement}")
    kept = await owner.fetch(asking("SELECT (SELECT count(*) FROM site) AS n, last_value FROM counter"))
    assert kept.frame.rows() == [(1, 1)]


async def test_a_setting_that_a_query_changes_is_gone_with_the_query(owner):
    await owner.fetch(asking("SELECT set_config('statement_timeout', '0', false)"))
    with pytest.raises(QueryTimedOut):
        await owner.fetch(asking("SELECT pg_sleep(5)", seconds=0.3))


async def test_what_the_user_may_not_read_is_said_so(postgres, postgres_reader, reader):
    await postgres.on_postgresql("CREATE TABLE salary (amount int)")
    with pytest.raises(NotPermitted, match="salary"):
        await reader.fetch(asking("SELECT * FROM salary"))
    assert "salary" not in {table.name for table in await reader.read_catalog()}


async def test_a_table_that_was_dropped_is_said_to_be_gone(postgres, reader):
    assert (await reader.fetch(asking("SELECT count(*) AS n FROM reading"))).frame.item() == 192
    await postgres.on_postgresql("DROP TABLE reading")
    with pytest.raises(TableGone, match="refresh"):
        await reader.fetch(asking("SELECT count(*) AS n FROM reading"))


async def test_a_query_that_never_ends_is_stopped_by_the_server(reader):
    with pytest.raises(QueryTimedOut, match=r"0\.4 s"):
        await reader.fetch(asking("SELECT pg_sleep(60)", seconds=0.4))
    assert (await reader.fetch(asking("SELECT 1 AS one"))).frame.item() == 1


async def test_cancelling_ends_the_query_at_the_server(postgres, reader):
    running = asyncio.create_task(reader.fetch(asking("SELECT pg_sleep(60), 'to be cancelled'", seconds=60)))
    await _until_running(postgres, 1)
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    await _until_running(postgres, 0)


async def _until_running(postgres, count):
    import asyncpg

    connection = await asyncpg.connect(
        host=postgres.host, port=postgres.port, user=postgres.user, database=postgres.database
    )
    active = (
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND state = 'active' "
        "AND pid <> pg_backend_pid()"
    )
    try:
        async with asyncio.timeout(5):
            while await connection.fetchval(active) != count:
                await asyncio.sleep(0.05)
    finally:
        await connection.close()


async def test_a_server_that_ends_the_connection_is_tried_again_by_the_next_query(postgres, reader):
    await reader.fetch(asking("SELECT 1 AS one"))
    await postgres.on_postgresql(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
        "WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )
    assert (await reader.fetch(asking("SELECT 2 AS two"))).frame.item() == 2


async def test_rows_beyond_the_limit_are_never_read(reader):
    fetched = await reader.fetch(asking("SELECT generate_series(1, 100000000) AS n", rows=2500))
    assert (fetched.frame.height, fetched.is_cut) == (2500, True)
    assert fetched.frame["n"].to_list()[-1] == 2500


async def test_a_result_that_is_too_large_for_memory_is_given_up(reader, monkeypatch):
    monkeypatch.setattr("gridlens.data_sources.connectors.postgresql_rows.MOST_RESULT_BYTES", 1_000_000)
    with pytest.raises(QueryTooHeavy):
        await reader.fetch(
            asking("SELECT repeat('x', 10000) AS wide FROM generate_series(1, 5000)", rows=5000)
        )


async def test_order_names_and_types_survive(reader):
    fetched = await reader.fetch(
        asking(
            """SELECT read_at, load_kw, note, 1 AS twice, 2 AS twice, '2024-07-01 12:00'::timestamp AS local,
            interval '90 minutes' AS span, '{"a": 1}'::jsonb AS json, ARRAY[1, 2] AS list, 'x'::bytea AS raw,
            gen_random_uuid() AS id, true AS flag, DATE '2024-03-31' AS day, 1.5::float4 AS single,
            'NaN'::numeric AS nan, NULL::int AS nothing
            FROM reading WHERE site_id = 1 ORDER BY read_at DESC"""
        )
    )
    frame = fetched.frame
    assert frame["read_at"].is_sorted(descending=True)
    assert dict(frame.schema) == {
        "read_at": pl.Datetime("us", "UTC"),
        "load_kw": pl.Decimal(38, 2),
        "note": pl.String,
        "twice": pl.Int64,
        "twice_2": pl.Int64,
        "local": pl.Datetime("us", "UTC"),
        "span": pl.Float64,
        "json": pl.String,
        "list": pl.String,
        "raw": pl.Binary,
        "id": pl.String,
        "flag": pl.Boolean,
        "day": pl.Date,
        "single": pl.Float64,
        "nan": pl.Float64,
        "nothing": pl.Int64,
    }
    first = frame.row(0, named=True)
    assert first["local"].isoformat() == "2024-07-01T10:00:00+00:00"
    assert (first["span"], first["json"], first["list"]) == (5400.0, '{"a": 1}', "[1,2]")


async def test_text_comes_as_it_is_whatever_stands_in_it(reader):
    texts = ["", None, "NULL", r"\N", "a\nb", 'q"q', ",", " x ", "NaN", "é ✓"]
    listed = ", ".join("NULL" if each is None else "'" + each + "'" for each in texts)
    fetched = await reader.fetch(asking(f"SELECT * FROM unnest(ARRAY[{listed}]) AS texts (each)"))
    assert fetched.frame["each"].to_list() == texts
    assert (await reader.fetch(asking("SELECT '' AS empty"))).frame.rows() == [("",)]
    assert (await reader.fetch(asking("SELECT NULL::text AS nothing"))).frame.rows() == [(None,)]


async def test_numbers_are_exact_where_digits_allow_and_floats_beyond(reader):
    fetched = await reader.fetch(
        asking(
            "SELECT 0.1::float8 + 0.2::float8 AS sum, 5e-324::float8 AS least, "
            "'Infinity'::float8 AS endless, x AS mixed, 1e50::numeric AS huge, "
            "'Infinity'::numeric AS no_end, -0.05::numeric AS small "
            "FROM (VALUES (1.5), (2.25), (NULL), (-3)) AS given (x)"
        )
    )
    frame = fetched.frame
    assert frame.select("sum", "least", "endless", "huge", "no_end").row(0) == (
        0.1 + 0.2,
        5e-324,
        float("inf"),
        1e50,
        float("inf"),
    )
    assert frame["mixed"].to_list() == [Decimal("1.50"), Decimal("2.25"), None, Decimal("-3.00")]
    assert frame["small"][0] == Decimal("-0.05")


async def test_types_of_the_server_alone_come_as_it_writes_them(reader):
    fetched = await reader.fetch(
        asking(
            "SELECT '10.0.0.1'::inet AS address, int4range(1, 5) AS range, TIME '24:00' AS midnight, "
            "ARRAY['x', 'y\"'] AS texts, ARRAY[[1, 2], [3, 4]] AS matrix, ''::bytea AS no_bytes, "
            "NULL::bool AS unknown, 'ab'::char(3) AS padded"
        )
    )
    assert fetched.frame.row(0) == (
        "10.0.0.1", "[1,5)", time(23, 59, 59, 999999), '["x","y\\""]', "[[1,2],[3,4]]", b"", None, "ab ",
    )  # fmt: skip


async def test_infinity_is_an_end_of_the_calendar_and_no_other_time_is_bent_into_it(reader):
    fetched = await reader.fetch(
        asking(
            "SELECT 'infinity'::timestamptz AS last, '-infinity'::timestamp AS first, 'infinity'::date AS day"
        )
    )
    last, first, day = fetched.frame.row(0)
    assert (last.year, first.year, day.year) == (9999, 1, 9999)
    for beyond in ("'0044-03-15 BC'::timestamp", "'20000-01-01'::timestamptz", "'0044-03-15 BC'::date"):
        with pytest.raises(QueryFailed, match="cast the column to text"):
            await reader.fetch(asking(f"SELECT {beyond} AS moment"))


async def test_a_long_result_arrives_whole_and_in_order(reader, monkeypatch):
    monkeypatch.setattr("gridlens.data_sources.connectors.postgresql.TEXT_BATCH_BYTES", 10_000)
    fetched = await reader.fetch(
        asking("SELECT n, 'line' || chr(10) || n AS text FROM generate_series(1, 20000) AS n", rows=20_000)
    )
    assert fetched.frame["n"].to_list() == list(range(1, 20_001))
    assert fetched.frame["text"][-1] == "line\n20000"


async def test_days_are_days_of_the_zone_also_when_one_has_23_hours(reader):
    # 31 March 2024 has 23 hours in Madrid: 92 quarter-hours of each of two sites.
    fetched = await reader.fetch(
        asking("SELECT date_trunc('day', read_at) AS day, count(*) AS n FROM reading GROUP BY 1 ORDER BY 1")
    )
    assert [(day.isoformat(), n) for day, n in fetched.frame.rows()] == [
        ("2024-03-30T23:00:00+00:00", 184),
        ("2024-03-31T22:00:00+00:00", 8),
    ]


async def test_an_empty_result_has_its_columns(reader):
    fetched = await reader.fetch(asking("SELECT name, site_id FROM site WHERE false"))
    assert dict(fetched.frame.schema) == {"name": pl.String, "site_id": pl.Int64}
    assert not fetched.is_cut


async def test_a_mistake_is_told_in_the_servers_words_with_its_line(reader):
    with pytest.raises(QueryFailed, match="lode") as failed:
        await reader.fetch(asking("SELECT site_id,\n  lode\nFROM reading"))
    assert failed.value.extra == {"line": 2}


async def test_the_catalog_has_keys_comments_and_kinds(reader):
    reading, site = await reader.read_catalog()
    assert (site.name, site.schema, site.description) == ("site", "public", "Places with a meter")
    assert (site.primary_key, reading.primary_key) == (("site_id",), ("read_at", "site_id"))
    [key] = reading.foreign_keys
    assert (key.columns, key.table, key.referenced_columns) == (("site_id",), "site", ("site_id",))
    assert [(column.name, column.kind, column.native_type) for column in reading.columns] == [
        ("read_at", Kind.TIMESTAMP, "timestamp with time zone"),
        ("site_id", Kind.INTEGER, "integer"),
        ("load_kw", Kind.NUMBER, "numeric(10,2)"),
        ("note", Kind.TEXT, "text"),
    ]
    assert reading.columns[3].description == "How the value came about"


async def test_the_catalog_knows_from_which_tables_a_table_inherits(postgres, owner):
    await postgres.on_postgresql(
        "CREATE SCHEMA apart; CREATE TABLE apart.meter (id int); CREATE TABLE gas () INHERITS (apart.meter);"
        "CREATE TABLE town_gas () INHERITS (gas);"
        "CREATE TABLE load (at date) PARTITION BY RANGE (at);"
        "CREATE TABLE load_2026 PARTITION OF load FOR VALUES FROM ('2026-01-01') TO ('2027-01-01')"
    )
    found = {table.name: table.inherits_from for table in await owner.read_catalog()}
    meter, gas = ParentTable(name="meter", schema="apart"), ParentTable(name="gas", schema="public")
    assert found == {"meter": (), "gas": (meter,), "town_gas": (meter, gas), "load": (), "site": ()}


async def test_what_shows_rows_from_elsewhere_counts_as_a_view(postgres, owner):
    await postgres.on_postgresql(
        "CREATE EXTENSION postgres_fdw; CREATE SERVER elsewhere FOREIGN DATA WRAPPER postgres_fdw;"
        "CREATE FOREIGN TABLE far (a int) SERVER elsewhere; CREATE VIEW seen AS SELECT 1 AS a;"
        "CREATE MATERIALIZED VIEW kept AS SELECT 1 AS a; CREATE TABLE own (a int)"
    )
    found = {table.name: table.is_view for table in await owner.read_catalog()}
    assert found == {"far": True, "seen": True, "kept": True, "own": False, "site": False}


async def test_only_the_chosen_schemas_are_seen_and_searched(postgres, policy):
    await postgres.on_postgresql(
        "CREATE SCHEMA metering; CREATE TABLE metering.feed (a int); INSERT INTO metering.feed VALUES (7);"
        "CREATE TABLE public.other (b int)"
    )
    connector = PostgresqlConnector(
        postgres.postgresql(schemas=("metering",)), postgres.password, "UTC", policy
    )
    assert [(table.schema, table.name) for table in await connector.read_catalog()] == [("metering", "feed")]
    assert (await connector.fetch(asking("SELECT a FROM feed"))).frame.item() == 7
    await connector.close()


async def test_a_stream_brings_every_row_in_parts(reader, monkeypatch):
    monkeypatch.setattr("gridlens.data_sources.connectors.postgresql.TEXT_BATCH_BYTES", 10_000)
    numbers = "SELECT n, now() AS at FROM generate_series(1, 20000) AS n"
    parts = [part async for part in reader.stream(asking(numbers, rows=1_000_000))]
    assert len(parts) > 3
    assert pl.concat(parts)["n"].to_list() == list(range(1, 20_001))

    [empty] = [part async for part in reader.stream(asking("SELECT 1 AS one WHERE false"))]
    assert (empty.columns, empty.height) == (["one"], 0)


async def test_who_closes_a_stream_ends_its_query_at_the_server(postgres, reader, monkeypatch):
    monkeypatch.setattr("gridlens.data_sources.connectors.postgresql.TEXT_BATCH_BYTES", 10_000)
    stream = reader.stream(asking("SELECT generate_series(1, 1000000000) AS n", rows=10**9, seconds=60))
    assert (await anext(stream)).height > 0
    await _until_running(postgres, 1)
    await stream.aclose()
    await _until_running(postgres, 0)


async def test_a_stream_that_fails_says_why(reader):
    with pytest.raises(QueryFailed, match="Division by zero"):
        async for _ in reader.stream(asking("SELECT 1 / (5 - n) AS x FROM generate_series(1, 10) AS n")):
            pass
    with pytest.raises(QueryTimedOut):
        async for _ in reader.stream(asking("SELECT pg_sleep(60)", seconds=0.3)):
            pass
