"""`gridlens query`: the same path as the server's, for programs."""

import io
import json
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import polars as pl
import pytest
from click.testing import CliRunner, Result
from tests.analytics.engines import duckdb_file, open_mariadb, open_postgres, open_sqlite
from tests.querying.installation import install

from gridlens.cli import main

DAYS = "SELECT meter_id, count(*) AS n FROM reading GROUP BY meter_id ORDER BY meter_id"


@pytest.fixture(params=["duckdb", "sqlite", "postgresql", "mysql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of each engine with the energy schema."""
    with ExitStack() as closing:
        match request.param:
            case "duckdb":
                duckdb_file(tmp_path / "energy.duckdb")
                yield f"duckdb://{tmp_path}/energy.duckdb"
            case "sqlite":
                yield f"sqlite:///{open_sqlite(tmp_path / 'energy.sqlite', closing).database}"
            case "postgresql":
                server = request.getfixturevalue("postgres_server")
                yield f"postgresql://{server}/{open_postgres(server, closing).database}"
            case _:
                server = request.getfixturevalue("mariadb_server")
                yield f"mysql://{server}/{open_mariadb(server, closing).database}"


@pytest.fixture
def file(tmp_path: Path) -> str:
    duckdb_file(tmp_path / "energy.duckdb")
    return f"duckdb:///{tmp_path}/energy.duckdb"


def gridlens(*arguments: str, **environment: str) -> Result:
    return CliRunner(env=environment).invoke(main, ["query", *arguments])


def batch(
    folder: Path, url: str, *sqls: str, check: bool = False, limit: int | None = None, **environment: str
) -> list[dict[str, object]]:
    questions, out = folder / "questions.jsonl", folder / "answers.jsonl"
    questions.write_text("".join(json.dumps({"id": n, "sql": sql}) + "\n" for n, sql in enumerate(sqls)))
    options = [*(["--check"] if check else []), *(["--limit", str(limit)] if limit else [])]
    files = ("--queries", str(questions), "--out", str(out))
    result = gridlens("--source", url, *files, *options, **environment)
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in out.read_text().splitlines()]


def test_rows_come_from_every_kind_of_url(url: str) -> None:
    result = gridlens("--source", url, "--format", "json", DAYS)

    assert json.loads(result.stdout) == {
        "id": None,
        "allowed": True,
        "reason": None,
        "columns": ["meter_id", "n"],
        "rows": [[10, 48], [11, 48], [20, 48]],
        "is_cut": False,
        "total_rows": None,
    }


def test_a_file_that_is_named_by_its_path_leads_to_its_url(tmp_path: Path) -> None:
    duckdb_file(tmp_path / "energy.duckdb")

    result = gridlens("--source", str(tmp_path / "energy.duckdb"), "SELECT 1")

    assert result.exit_code == 1
    assert f"Give its URL: duckdb://{tmp_path}/energy.duckdb" in result.output


def test_the_formats_hold_the_same_rows(file: str) -> None:
    def content(form: str) -> bytes:
        return gridlens("--source", file, "--format", form, DAYS).stdout_bytes

    frame = pl.read_parquet(io.BytesIO(content("parquet")))
    assert frame.rows() == [(10, 48), (11, 48), (20, 48)]
    assert pl.read_ipc_stream(io.BytesIO(content("arrow"))).rows() == frame.rows()
    assert content("csv") == b"meter_id,n\r\n10,48\r\n11,48\r\n20,48\r\n"
    assert content("table").decode().splitlines()[2].split() == ["|", "10", "|", "48", "|"]


def test_a_cut_answer_says_of_how_many_rows(url: str, tmp_path: Path) -> None:
    pairs = "SELECT a.*, b.* FROM reading AS a JOIN reading AS b ON a.meter_id = b.meter_id"

    result = gridlens("--source", url, "--limit", "2", pairs)
    [answer] = batch(tmp_path, url, "SELECT * FROM reading", limit=10)

    # 48 hours of each of three meters.
    assert result.stderr == "showing 2 of 6,912 rows; choose a higher --limit for more.\n"
    assert (answer["is_cut"], answer["total_rows"]) == (True, 144)


def test_what_cannot_be_counted_in_time_has_more_rows_and_no_number(file: str) -> None:
    endless = "SELECT r0.ts FROM " + ", ".join(f"reading AS r{number}" for number in range(7))

    result = gridlens("--source", file, "--limit", "1000", endless)

    assert "the first 1,000 rows of more, not counted in time" in result.stderr


def test_check_stops_after_the_guard(file: str) -> None:
    allowed = gridlens("--source", file, "--check", "SELECT no_such_column FROM site")
    refused = gridlens("--source", file, "--check", "SELECT * FROM read_csv('/etc/passwd')")

    assert (allowed.exit_code, allowed.stdout) == (0, "")
    assert refused.exit_code == 1
    assert "read_csv" in refused.stderr
    assert "line 1, column 15" in refused.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--source", "duckdb:///nowhere.duckdb", "SELECT 1"], "no file /nowhere.duckdb"),
        (["--source", "oracle://x/y", "SELECT 1"], "no kind of source “oracle”"),
        (["--source", "postgresql://nobody:x@127.0.0.1:1/x", "SELECT 1"], "127.0.0.1"),
        (["--source", "postgresql://x@host:99999/x", "SELECT 1"], "URL of the source"),
        (["--source", "mysql://x@host", "SELECT 1"], "not complete"),
        (["--source", "mysql://x@host/y?sslmode=perhaps", "SELECT 1"], "sslmode=perhaps"),
        (["--source", "duckdb:///x"], "either one statement"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(arguments: list[str], said: str) -> None:
    result = gridlens(*arguments)

    assert result.exit_code == 1
    assert said in result.stderr
    assert result.stderr.count("\n") == 1


def test_a_file_of_queries_is_answered_line_by_line(file: str, tmp_path: Path) -> None:
    good, refused, wrong = batch(
        tmp_path,
        file,
        "SELECT name FROM site ORDER BY 1 LIMIT 1",
        "DROP TABLE site",
        "SELECT nowhere FROM site",
    )

    assert good["columns"] == ["name"]
    assert good["rows"] == [["Harbour Campus"]]
    assert (refused["allowed"], refused["rows"]) == (False, None)
    assert "DROP is not a query" in str(refused["reason"])
    assert (wrong["allowed"], wrong["rows"]) == (True, None)
    assert "nowhere" in str(wrong["reason"])


def test_answers_never_overwrite_the_queries(file: str, tmp_path: Path) -> None:
    questions = tmp_path / "questions.jsonl"
    questions.write_text('{"id": 1, "sql": "SELECT 1"}\n')
    (tmp_path / "link.jsonl").symlink_to(questions)

    for out in (questions, tmp_path / "link.jsonl"):
        result = gridlens("--source", file, "--queries", str(questions), "--out", str(out))
        assert result.exit_code == 1
        assert "overwrite" in result.stderr

    assert questions.read_text() == '{"id": 1, "sql": "SELECT 1"}\n'


def test_a_query_that_ends_its_worker_leaves_the_others_alone(file: str, tmp_path: Path) -> None:
    endless = "SELECT count(*) AS n FROM range(10000000) AS a, range(10000000) AS b"
    heavy = "SELECT list(x) FROM (SELECT repeat('x', 9999) AS x FROM range(9000000))"
    counting = [f"SELECT {number} AS n" for number in range(20)]

    answers = batch(
        tmp_path, file, endless, *counting[:10], heavy, *counting[10:], GRIDLENS_QUERY_SECONDS="4"
    )

    assert [answer["id"] for answer in answers] == list(range(22))
    assert [answer["rows"] for answer in answers if answer["rows"]] == [[[n]] for n in range(20)]
    assert "stopped after 4 s" in str(answers[0]["reason"])
    assert answers[11]["rows"] is None


def test_lines_that_are_no_queries_are_answered_as_such(file: str, tmp_path: Path) -> None:
    questions, out = tmp_path / "q.jsonl", tmp_path / "a.jsonl"
    questions.write_text('{"id": "a"}\n\nnonsense\n{"id": "b", "sql": "SELECT 1 AS n", "more": true}\n')

    gridlens("--source", file, "--queries", str(questions), "--out", str(out))

    first, second, third = (json.loads(line) for line in out.read_text().splitlines())
    assert (first["id"], first["allowed"]) == ("a", False)
    assert "Line 3" in second["reason"]
    assert (third["id"], third["rows"]) == ("b", [[1]])


def test_many_checks_open_the_source_once(file: str, tmp_path: Path) -> None:
    answers = batch(tmp_path, file, *(f"SELECT {n} FROM site" for n in range(500)), check=True)

    assert len(answers) == 500
    assert all(answer["allowed"] and answer["rows"] is None for answer in answers)


def test_a_source_of_the_installation_is_read_as_its_administrator_or_as_somebody(tmp_path: Path) -> None:
    duckdb_file(tmp_path / "energy.duckdb")
    environment = {"GRIDLENS_DATA_DIR": str(tmp_path / "data"), "GRIDLENS_FILE_ROOTS": str(tmp_path)}
    install(tmp_path, environment)

    found = gridlens("--source", "metering", "--format", "json", DAYS, **environment)
    by_viewer = gridlens("--source", "Metering", "--as", "vera@example.org", "SELECT 1", **environment)
    missing = gridlens("--source", "meterin", DAYS, **environment)

    assert json.loads(found.stdout)["rows"][0] == [10, 48]
    assert by_viewer.exit_code == 1
    assert "viewer" in by_viewer.stderr
    assert "There are: Metering" in missing.stderr


def test_a_table_shows_numbers_to_their_last_digit_and_no_data_commands_the_terminal(file: str) -> None:
    sql = """SELECT 123456789.123456789::DOUBLE AS a, 1e-300::DOUBLE AS b, 'x' || chr(27) || '[31m' AS c"""
    shown = gridlens("--source", file, sql).stdout.splitlines()

    assert shown[2].split() == ["|", "123456789.12345679", "|", "1e-300", "|", "x␛[31m", "|"]
