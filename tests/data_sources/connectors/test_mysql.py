"""MySQL and MariaDB as sources, on a real server."""

import asyncio

import polars as pl
import pytest

from gridlens.data_sources.connectors import Statement
from gridlens.data_sources.connectors.mysql import MysqlConnector, may_write
from gridlens.data_sources.errors import (
    NotPermitted,
    QueryFailed,
    QueryTimedOut,
    SignInRefused,
    SourceUnreachable,
    TableGone,
    TlsFailed,
    WriteRefused,
)
from gridlens.shared.results import Kind

pytestmark = pytest.mark.anyio


def asking(sql: str, rows: int = 1000, seconds: float = 10.0) -> Statement:
    return Statement(sql=sql, row_limit=rows, deadline_seconds=seconds)


@pytest.fixture
async def reader(mariadb_reader, policy):
    connector = MysqlConnector(mariadb_reader.mysql(), mariadb_reader.password, "Europe/Madrid", policy)
    yield connector
    await connector.close()


@pytest.fixture
async def owner(mariadb, policy):
    """Connected as who may change everything, to see what holds even then."""
    await mariadb.on_mysql("CREATE TABLE site (site_id int)", "INSERT INTO site VALUES (1)")
    connector = MysqlConnector(mariadb.mysql(), mariadb.password, "UTC", policy)
    yield connector
    await connector.close()


async def test_a_user_who_can_only_read_passes_without_a_warning_about_it(reader):
    outcome = await reader.test()
    assert outcome.server_version.startswith(("MariaDB 1", "MySQL "))
    assert (outcome.can_write, outcome.tls) == (False, None)
    assert ["not encrypted" in warning for warning in outcome.warnings] == [True]


async def test_a_user_who_can_write_is_warned_about(owner):
    outcome = await owner.test()
    assert outcome.can_write
    assert "may change data" in outcome.warnings[0]


@pytest.mark.parametrize(
    ("grant", "writes"),
    [
        ("GRANT USAGE ON *.* TO `r`@`%` IDENTIFIED BY PASSWORD '*0F'", False),
        ("GRANT SELECT, SHOW VIEW ON `energy`.* TO `r`@`%`", False),
        ("GRANT SELECT (`a`, `b`) ON `energy`.`t` TO `r`@`%`", False),
        ("GRANT `analysts` TO `r`@`%`", False),
        ("GRANT SELECT, INSERT ON `energy`.* TO `r`@`%`", True),
        ("GRANT SELECT, UPDATE (`a`) ON `energy`.`t` TO `r`@`%`", True),
        ("GRANT FILE ON *.* TO `r`@`%`", True),
        ("GRANT ALL PRIVILEGES ON *.* TO `root`@`localhost` WITH GRANT OPTION", True),
    ],
)
def test_any_right_beyond_reading_counts_as_writing(grant, writes):
    assert may_write(grant) is writes


@pytest.mark.parametrize(
    ("changed", "password", "kind", "field"),
    [
        ({"port": 1}, None, SourceUnreachable, "port"),
        ({"host": "no-such-host.invalid"}, None, SourceUnreachable, "host"),
        ({"database": "no_such_database"}, None, SignInRefused, "database"),
        ({"user": "no_such_user"}, "wrong", SignInRefused, "password"),
        ({"tls": "require"}, None, TlsFailed, "tls"),
    ],
)
async def test_why_a_connection_failed_is_said_at_its_field(mariadb, policy, changed, password, kind, field):
    connector = MysqlConnector(
        mariadb.mysql(**changed), mariadb.password if password is None else password, "UTC", policy
    )
    with pytest.raises(kind) as failed:
        await connector.test()
    if kind is TlsFailed and "does not offer" not in failed.value.detail:
        pytest.skip("this server offers TLS")
    assert field in failed.value.fields


async def test_a_wrong_password_is_told_apart_from_a_server_that_is_down(mariadb_reader, policy):
    connector = MysqlConnector(mariadb_reader.mysql(), "wrong", "UTC", policy)
    with pytest.raises(SignInRefused, match="password"):
        await connector.test()


async def test_another_kind_of_server_at_the_port_is_given_up(mariadb, postgres, policy, monkeypatch):
    monkeypatch.setattr("gridlens.data_sources.connectors.mysql.CONNECT_SECONDS", 0.5)
    connector = MysqlConnector(mariadb.mysql(port=postgres.port), "", "UTC", policy)
    with pytest.raises(SourceUnreachable, match="does not answer as MySQL does"):
        await connector.test()


WRITING = (
    "INSERT INTO site VALUES (2)",
    "WITH new AS (SELECT 2) DELETE FROM site",
    "UPDATE site SET site_id = 2",
    "DELETE FROM site",
    "DROP TABLE site",
    "TRUNCATE site",
    "CREATE TABLE quay (a int)",
    "CREATE TEMPORARY TABLE quay (a int)",
    "SELECT * INTO OUTFILE '/tmp/gridlens-out' FROM site",
    "SELECT 1 INTO @a",
    "LOAD DATA LOCAL INFILE '/etc/passwd' INTO TABLE site",
    "SELECT * FROM site FOR UPDATE",
    "SELECT 1; DROP TABLE site",
    "SET SESSION sql_select_limit = 1",
    "CALL nothing()",
    "HANDLER site OPEN",
)


async def test_nothing_is_written_even_by_a_user_who_may(owner):
    for statement in WRITING:
        with pytest.raises((WriteRefused, QueryFailed)):
            await owner.fetch(asking(statement))
            pytest.fail(f"ran: {statement}")
    assert (await owner.fetch(asking("SELECT site_id FROM site"))).frame.rows() == [(1,)]


async def test_the_session_itself_refuses_to_write(owner):
    """DDL would end a read-only transaction on MariaDB and then run; the session must not let it."""
    async with owner._reading(5.0) as connection:
        for statement in ("CREATE TABLE quay (a int)", "INSERT INTO site VALUES (2)", "DROP TABLE site"):
            with pytest.raises(Exception, match="READ ONLY"):
                await connection.query(statement)
    assert (await owner.fetch(asking("SELECT site_id FROM site"))).frame.rows() == [(1,)]


async def test_what_the_user_may_not_read_is_said_so(mariadb, reader):
    with pytest.raises(NotPermitted):
        await reader.fetch(asking("SELECT * FROM mysql.user"))


async def test_a_table_that_was_dropped_is_said_to_be_gone(mariadb, reader):
    assert (await reader.fetch(asking("SELECT count(*) AS n FROM reading"))).frame.item() == 192
    await mariadb.on_mysql("DROP TABLE reading")
    with pytest.raises(TableGone, match="refresh"):
        await reader.fetch(asking("SELECT count(*) AS n FROM reading"))


async def test_a_query_that_never_ends_is_stopped_by_the_server(reader):
    with pytest.raises(QueryTimedOut, match=r"0\.4 s"):
        await reader.fetch(asking("SELECT sleep(60)", seconds=0.4))
    assert (await reader.fetch(asking("SELECT 1 AS one"))).frame.item() == 1


HOURS = "WITH RECURSIVE hours (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM hours WHERE n < 8784) "


async def test_a_recursion_over_every_hour_of_a_year_comes_whole(reader):
    fetched = await reader.fetch(asking(f"{HOURS} SELECT n FROM hours", rows=10_000))
    assert (fetched.frame.height, fetched.is_cut) == (8784, False)
    # 9 numbers of one digit, 90 of two, 900 of three and 7,785 of four, with commas between.
    joined = await reader.fetch(asking(f"{HOURS} SELECT length(group_concat(n)) AS size FROM hours"))
    assert joined.frame.item() == 9 + 180 + 2700 + 31140 + 8783


async def test_a_recursion_without_an_end_is_stopped_at_its_deadline(reader):
    endless = "WITH RECURSIVE r (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r) SELECT count(*) AS n FROM r"
    with pytest.raises(QueryTimedOut):
        await reader.fetch(asking(endless, seconds=0.4))


@pytest.mark.parametrize(
    ("limit", "value", "sql", "told"),
    [
        ("MOST_STEPS", 100, f"{HOURS} SELECT n FROM hours", "rows are missing"),
        ("MOST_STEPS", 100, f"{HOURS} SELECT count(*) AS n FROM hours", "rows are missing"),
        ("LONGEST_GROUP_BYTES", 50, f"{HOURS} SELECT group_concat(n) AS all_n FROM hours", "end is missing"),
        (
            "LONGEST_GROUP_BYTES",
            50,
            f"{HOURS} SELECT n % 500 AS part, group_concat(n) AS all_n FROM hours GROUP BY part",
            "end is missing",
        ),
    ],
)
@pytest.mark.parametrize("most_rows", [20, 1000])
async def test_what_the_server_leaves_out_of_an_answer_is_an_error(
    reader, monkeypatch, limit, value, sql, told, most_rows
):
    monkeypatch.setattr(f"gridlens.data_sources.connectors.mysql.{limit}", value)
    with pytest.raises(QueryFailed, match=told):
        await reader.fetch(asking(sql, rows=most_rows))
    with pytest.raises(QueryFailed, match=told):
        async for _ in reader.stream(asking(sql, rows=most_rows)):
            pass


async def test_what_was_left_out_may_be_told_behind_more_warnings_than_the_server_keeps(reader, monkeypatch):
    monkeypatch.setattr("gridlens.data_sources.connectors.mysql.MOST_WARNINGS", 5)
    converted = "sum(1 + concat('a', site_id))"
    with pytest.raises(QueryFailed, match="cannot be told whether the answer is whole"):
        await reader.fetch(asking(f"SELECT group_concat(note) AS notes, {converted} AS n FROM reading"))
    assert (await reader.fetch(asking(f"SELECT {converted} AS n FROM reading"))).frame["n"].to_list() == [
        192.0
    ]


async def test_a_warning_about_a_value_is_none_about_the_answer(reader):
    fetched = await reader.fetch(asking("SELECT 1 + 'one' AS sum FROM reading"))
    assert fetched.frame["sum"].to_list() == [1.0] * 192


async def test_cancelling_kills_the_query_at_the_server(mariadb, reader):
    running = asyncio.create_task(reader.fetch(asking("SELECT sleep(60) AS gridlens_marker", seconds=60)))
    await _until_running(mariadb, 1)
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    await _until_running(mariadb, 0)


async def _until_running(mariadb, count):
    active = (
        "SELECT count(*) FROM information_schema.processlist WHERE command = 'Query' "
        f"AND id <> connection_id() AND db = '{mariadb.database}' AND info LIKE '%gridlens_marker%'"
    )
    async with asyncio.timeout(5):
        while (await mariadb.on_mysql(active))[0][0] != count:
            await asyncio.sleep(0.05)


async def test_a_server_that_ends_the_connection_is_tried_again_by_the_next_query(mariadb, reader):
    [[connection_id]] = (await reader.fetch(asking("SELECT connection_id() AS id"))).frame.rows()
    await mariadb.on_mysql(f"KILL {connection_id}")
    assert (await reader.fetch(asking("SELECT 2 AS two"))).frame.item() == 2


@pytest.mark.parametrize("own_limit", ["", " LIMIT 1000000"])
async def test_rows_beyond_the_limit_are_cut_also_when_the_query_has_a_larger_limit_itself(reader, own_limit):
    numbers = "WITH RECURSIVE r (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r WHERE n < 900)"
    fetched = await reader.fetch(
        asking(f"{numbers} SELECT a.n FROM r AS a, r AS b ORDER BY a.n, b.n{own_limit}", rows=2500)
    )
    assert (fetched.frame.height, fetched.is_cut) == (2500, True)
    assert fetched.frame["n"].to_list()[-1] == 3
    assert (await reader.fetch(asking("SELECT 1 AS one"))).frame.item() == 1


async def test_types_arrive_as_modules_exchange_them(mariadb, policy):
    await mariadb.on_mysql(
        """CREATE TABLE kinds (instant timestamp(3) NOT NULL, local datetime, day date, clock time, span time,
        flag boolean, tiny tinyint, big bigint unsigned, money decimal(8, 2), ratio double, bits bit(3),
        raw blob, word varchar(9) CHARACTER SET utf8mb4, choice enum('a', 'b'), json json)""",
        "SET time_zone = '+00:00'",
        """INSERT INTO kinds VALUES ('2024-07-01 12:00:00.5', '2024-07-01 12:00', '2024-07-01', '12:30',
        '36:00', true, 7, 18446744073709551615, 1.25, 0.5, b'101', x'00ff', 'grün', 'b', '{"a": 1}')""",
    )
    connector = MysqlConnector(mariadb.mysql(), mariadb.password, "Europe/Madrid", policy)
    fetched = await connector.fetch(asking("SELECT * FROM kinds"))
    assert dict(fetched.frame.schema) == {
        "instant": pl.Datetime("us", "UTC"),
        "local": pl.Datetime("us", "UTC"),
        "day": pl.Date,
        "clock": pl.Time,
        "span": pl.Float64,
        "flag": pl.Boolean,
        "tiny": pl.Int64,
        "big": pl.Decimal(38, 0),
        "money": pl.Decimal(38, 2),
        "ratio": pl.Float64,
        "bits": pl.Int64,
        "raw": pl.Binary,
        "word": pl.String,
        "choice": pl.String,
        "json": pl.String,
    }
    row = fetched.frame.row(0, named=True)
    assert row["instant"].isoformat() == "2024-07-01T12:00:00.500000+00:00"
    assert row["local"].isoformat() == "2024-07-01T10:00:00+00:00"
    assert (row["span"], row["bits"], row["raw"], row["word"]) == (129600.0, 5, b"\x00\xff", "grün")
    assert row["big"] == 18446744073709551615
    await connector.close()


async def test_repeated_names_are_told_apart_and_an_empty_result_has_its_columns(reader):
    fetched = await reader.fetch(asking("SELECT name, site_id, name FROM site WHERE false"))
    assert dict(fetched.frame.schema) == {"name": pl.String, "site_id": pl.Int64, "name_2": pl.String}


async def test_a_mistake_is_told_in_the_servers_words_with_its_line(reader):
    with pytest.raises(QueryFailed, match="syntax") as failed:
        await reader.fetch(asking("SELECT site_id\nFROM site\nWHERE AND"))
    assert failed.value.extra == {"line": 3}


async def test_the_catalog_has_keys_comments_and_kinds(reader):
    reading, site = await reader.read_catalog()
    assert (site.name, site.schema, site.description) == ("site", None, "Places with a meter")
    assert (site.primary_key, reading.primary_key) == (("site_id",), ("read_at", "site_id"))
    [key] = reading.foreign_keys
    assert (key.columns, key.table, key.schema, key.referenced_columns) == (
        ("site_id",),
        "site",
        None,
        ("site_id",),
    )
    assert [(column.name, column.kind) for column in reading.columns] == [
        ("read_at", Kind.TIMESTAMP),
        ("site_id", Kind.INTEGER),
        ("load_kw", Kind.NUMBER),
        ("note", Kind.TEXT),
    ]
    assert reading.columns[3].description == "How the value came about"


async def test_a_table_that_shows_rows_of_others_counts_as_a_view(mariadb, policy):
    await mariadb.on_mysql(
        "CREATE TABLE own (a int) ENGINE = MyISAM",
        "CREATE TABLE merged (a int) ENGINE = MERGE UNION = (own)",
        "CREATE VIEW seen AS SELECT a FROM own",
    )
    connector = MysqlConnector(mariadb.mysql(), mariadb.password, "UTC", policy)
    found = {table.name: table.is_view for table in await connector.read_catalog()}
    await connector.close()
    assert found == {"own": False, "merged": True, "seen": True}


async def test_a_stream_brings_every_row_in_parts(reader, monkeypatch):
    monkeypatch.setattr("gridlens.data_sources.connectors.mysql.STREAMED_ROWS", 300)
    numbers = (
        "WITH RECURSIVE r (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r WHERE n < 1000) SELECT n FROM r"
    )
    parts = [part async for part in reader.stream(asking(numbers, rows=1_000_000))]
    assert [part.height for part in parts] == [300, 300, 300, 100]
    assert pl.concat(parts)["n"].to_list() == list(range(1, 1_001))

    [empty] = [part async for part in reader.stream(asking("SELECT 1 AS one FROM DUAL WHERE 1 = 0"))]
    assert (empty.columns, empty.height) == (["one"], 0)


async def test_who_closes_a_stream_ends_its_query_at_the_server(mariadb, reader, monkeypatch):
    monkeypatch.setattr("gridlens.data_sources.connectors.mysql.STREAMED_ROWS", 10)
    endless = "SELECT a.seq AS gridlens_marker FROM seq_1_to_100000 AS a, seq_1_to_100000 AS b"
    stream = reader.stream(asking(endless, rows=10**9, seconds=60))
    assert (await anext(stream)).height == 10
    await _until_running(mariadb, 1)
    await stream.aclose()
    await _until_running(mariadb, 0)
