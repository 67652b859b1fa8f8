"""What the guard says, writes and promises beyond yes and no."""

import sqlite3

import duckdb
import pytest
from tests.analytics.engines import Engine, catalog

from gridlens.analytics.errors import InvalidSql, QueryRefused, QueryTooLarge
from gridlens.analytics.guard import KnownTables, allow_lists, guard
from gridlens.shared.catalog import Catalog, CatalogColumn, CatalogTable
from gridlens.shared.results import Kind

DUCKDB = KnownTables.of(catalog("duckdb", "main"), "duckdb")
POSTGRES = KnownTables.of(catalog("postgres", "public"), "postgres")
MYSQL = KnownTables.of(catalog("mysql"), "mysql")
EVERY_ENGINE = pytest.mark.parametrize("engine", ["duckdb", "sqlite", "postgres", "mysql"], indirect=True)


def test_a_refusal_names_the_construct_and_where_it_stands() -> None:
    with pytest.raises(QueryRefused) as refusal:
        guard("SELECT name,\n       pg_read_file('/etc/passwd')\nFROM site", POSTGRES, most_rows=10)

    assert refusal.value.extra == {"construct": "pg_read_file", "line": 2, "column": 8}
    assert "pg_read_file" in refusal.value.detail
    assert "line 2, column 8" in refusal.value.detail


def test_a_refused_table_names_its_place_and_its_nearest_namesake() -> None:
    with pytest.raises(QueryRefused, match=r"no table readings \(did you mean reading\?\)") as refusal:
        guard("SELECT *\nFROM readings", DUCKDB, most_rows=10)

    assert (refusal.value.extra["line"], refusal.value.extra["column"]) == (2, 6)


def test_a_table_may_be_named_with_the_database_that_the_source_is() -> None:
    mysql = KnownTables.of(catalog("mysql"), "mysql", database="energy")
    postgres = KnownTables.of(catalog("postgres", "public"), "postgres", database="energy")

    for known, sql in (
        (mysql, "SELECT energy.site.name FROM energy.site"),
        (postgres, "SELECT site.name FROM energy.public.site"),
        # Here the database's name tells the table from the expression of the same name.
        (mysql, "WITH site AS (SELECT 1 AS name) SELECT s.city FROM site JOIN energy.site AS s"),
    ):
        assert [table.name for table in guard(sql, known, most_rows=10).tables] == ["site"]
        with pytest.raises(QueryRefused):
            guard(sql.replace("energy", "other"), known, most_rows=10)
        with pytest.raises(QueryRefused):
            guard(sql.replace(".site", ".payroll"), known, most_rows=10)


def test_a_statement_that_writes_is_called_by_its_name() -> None:
    with pytest.raises(
        QueryRefused, match="DELETE is not a query; only reading with SELECT is possible"
    ) as found:
        guard("-- tidy up\nDELETE FROM site", POSTGRES, most_rows=10)
    assert (found.value.extra["line"], found.value.extra["column"]) == (2, 1)


def test_a_syntax_error_names_its_line_and_column() -> None:
    with pytest.raises(InvalidSql) as error:
        guard("SELECT name\nFROM site\nWHERE (city = 'x'", POSTGRES, most_rows=10)

    assert error.value.extra["line"] == 3
    assert error.value.status == 400


def test_an_invisible_character_is_named_with_its_place() -> None:
    with pytest.raises(QueryRefused, match=r"invisible character U\+200B \(line 1, column 8\)"):
        guard("SELECT \u200bname FROM site", DUCKDB, most_rows=10)


def test_a_query_of_more_than_64_kib_is_refused_by_its_size() -> None:
    with pytest.raises(QueryTooLarge, match=r"65,536"):
        guard("SELECT '" + "ä" * 33_000 + "'", DUCKDB, most_rows=10)


def test_a_number_in_base_16_stays_one() -> None:
    for known in (POSTGRES, MYSQL):
        assert guard("SELECT 0xFF + 0, 0b11, x'FF'", known, most_rows=10).sql.startswith(
            "SELECT 0xFF + 0, 0b11, x'FF'"
        )


def test_comments_do_not_reach_the_engine() -> None:
    guarded = guard("SELECT name -- secret\n/* and more */ FROM site", DUCKDB, most_rows=10)

    assert guarded.sql == 'SELECT name FROM "main".site LIMIT 10'


def test_tables_are_written_with_their_schema_so_that_no_search_path_decides() -> None:
    guarded = guard("SELECT site.name FROM site", POSTGRES, most_rows=10)

    assert guarded.sql == 'SELECT site.name FROM "public".site LIMIT 10'


def test_the_tables_that_are_read_are_reported() -> None:
    guarded = guard(
        "WITH x AS (SELECT * FROM meter) SELECT * FROM x JOIN site USING (site_id)", DUCKDB, most_rows=9
    )

    assert {table.name for table in guarded.tables} == {"meter", "site"}


def test_a_name_in_two_schemas_has_to_be_qualified() -> None:
    column = CatalogColumn(name="a", kind=Kind.TEXT, native_type="text")
    both = Catalog(
        tables=tuple(
            CatalogTable(name="t", schema=schema, columns=(column,)) for schema in ("north", "south")
        ),
        version=1,
        read_at=catalog("postgres").read_at,
    )
    known = KnownTables.of(both, "postgres")

    with pytest.raises(QueryRefused, match=r"several schemas \(north, south\)"):
        guard("SELECT a FROM t", known, most_rows=10)
    assert guard("SELECT a FROM south.t", known, most_rows=10).sql == "SELECT a FROM south.t LIMIT 10"


@pytest.mark.parametrize(
    ("sql", "written"),
    [
        ("SELECT name FROM site", "SELECT name FROM site LIMIT 11"),
        ("SELECT name FROM site LIMIT 5", "SELECT name FROM site LIMIT 5"),
        ("SELECT name FROM site LIMIT 5000", "SELECT name FROM site LIMIT 11"),
        ("SELECT name FROM site LIMIT 3, 5000", "SELECT name FROM site LIMIT 11 OFFSET 3"),
        (
            "SELECT name FROM site UNION SELECT label FROM meter",
            "SELECT name FROM site UNION SELECT label FROM meter LIMIT 11",
        ),
    ],
)
def test_the_outer_limit_is_lowered_and_never_raised(sql: str, written: str) -> None:
    assert guard(sql, MYSQL, most_rows=11).sql == written


def test_a_limit_that_is_no_number_is_put_inside() -> None:
    guarded = guard("SELECT name FROM site LIMIT 50%", DUCKDB, most_rows=11)

    assert guarded.sql == ('SELECT * FROM (SELECT name FROM "main".site LIMIT 50 PERCENT) AS answer LIMIT 11')


@EVERY_ENGINE
def test_no_more_rows_than_asked_for_leave_the_engine(engine: Engine) -> None:
    for sql in (
        "SELECT * FROM reading",
        "SELECT * FROM reading LIMIT 100",
        "SELECT ts FROM price UNION ALL SELECT ts FROM reading",
    ):
        assert len(engine.rows(guard(sql, engine.known, most_rows=7).sql)) == 7


@EVERY_ENGINE
def test_what_the_guard_writes_is_itself_accepted_and_written_the_same(engine: Engine) -> None:
    first = guard(
        "SELECT meter_id, sum(kwh) AS s FROM reading GROUP BY meter_id ORDER BY s", engine.known, most_rows=5
    )

    assert guard(first.sql, engine.known, most_rows=5).sql == first.sql


def test_every_function_of_the_duckdb_list_exists() -> None:
    with duckdb.connect() as connection:
        known = {
            row[0].lower()
            for row in connection.execute("SELECT function_name FROM duckdb_functions()").fetchall()
        }
    # Built into the grammar, so that the engine does not list them.
    known |= {
        "all",
        "array",
        "coalesce",
        "columns",
        "grouping",
        "grouping_id",
        "percentile_cont",
        "percentile_disc",
        "try",
        "ifnull",
    }
    known |= _window_functions()

    assert allow_lists.FUNCTIONS["duckdb"] - known == set()
    assert allow_lists.TABLE_FUNCTIONS["duckdb"] - known == set()


def test_every_function_of_the_sqlite_list_exists_or_came_with_a_later_release() -> None:
    connection = sqlite3.connect(":memory:")
    known = {row[0].lower() for row in connection.execute("SELECT name FROM pragma_function_list")}
    connection.close()
    later = {"concat", "concat_ws", "json_pretty", "octet_length", "string_agg", "timediff", "unhex", "if"}

    assert allow_lists.FUNCTIONS["sqlite"] - known <= later


@pytest.mark.parametrize("engine", ["postgres"], indirect=True)
def test_every_function_of_the_postgres_list_exists_or_came_with_a_later_release(engine: Engine) -> None:
    known = {row[0] for row in engine.rows("SELECT DISTINCT proname FROM pg_proc")}
    known |= {"array", "coalesce", "greatest", "least", "nullif", "grouping", "row", "normalize", "trim"}
    known |= {"all", "current_time", "current_timestamp", "localtime", "localtimestamp"}
    known |= _window_functions()

    assert allow_lists.FUNCTIONS["postgres"] - known <= {"any_value"}
    assert allow_lists.TABLE_FUNCTIONS["postgres"] - known == set()


def _words(text: str) -> set[str]:
    return set(text.split())


def _window_functions() -> set[str]:
    return _words(
        """
        row_number rank dense_rank percent_rank cume_dist ntile lag lead first_value last_value nth_value fill
        """
    )


@pytest.mark.parametrize("dialect", allow_lists.DIALECTS)
def test_no_list_names_a_function_that_reads_files_waits_or_takes_sql(dialect: str) -> None:
    dangerous = _words(
        """
        pg_read_file pg_sleep lo_import lo_export dblink query_to_xml set_config current_setting ts_stat
        ts_rewrite nextval setval load_file sleep benchmark get_lock load_extension readfile writefile
        read_csv read_parquet read_text read_blob glob query query_table getenv getvariable sleep_ms write_log
        randomblob zeroblob fts3_tokenizer json_execute_serialized_sql pg_terminate_backend xpath
        """
    )
    allowed = allow_lists.FUNCTIONS[dialect] | allow_lists.TABLE_FUNCTIONS[dialect]

    # GLOB is a comparison in SQLite; in DuckDB it lists files.
    assert allowed & dangerous == ({"glob"} if dialect == "sqlite" else set())
