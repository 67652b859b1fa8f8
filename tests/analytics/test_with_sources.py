"""Analytics with the real data_sources on real engines: asked, answered, stopped, timed out."""

import asyncio
import gc
import time
from collections.abc import AsyncIterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import msgspec
import polars as pl
import pytest
from tests.analytics.engines import Engine, open_duckdb, open_mariadb, open_postgres, open_sqlite

from gridlens import analytics, data_sources
from gridlens.analytics.asking import AskedQuestion, AskService
from gridlens.analytics.errors import QueryCancelled
from gridlens.analytics.exporting import service
from gridlens.analytics.exporting.service import ExportService
from gridlens.analytics.models import QueryExportRow
from gridlens.analytics.parameters import Parameter
from gridlens.analytics.questions.schemas import NewQuestion
from gridlens.analytics.questions.service import QuestionService
from gridlens.analytics.schemas import ExportedQuery, ExportOrder, FileFormat, QueryOrder
from gridlens.analytics.sql import SqlService
from gridlens.core.config import Settings
from gridlens.core.errors import GridlensError
from gridlens.core.module import Core, make_core
from gridlens.core.principal import Principal
from gridlens.data_sources.connections import (
    DuckdbSettings,
    MysqlSettings,
    PostgresqlSettings,
    SqliteSettings,
)
from gridlens.data_sources.connections import Settings as Connection
from gridlens.data_sources.schemas import NewSource
from gridlens.data_sources.services.sources import SourceService
from gridlens.shared.auth import FindPrincipal, ListPeople, Person

pytestmark = pytest.mark.anyio

NEVER_ENDS = "SELECT count(*) FROM " + ", ".join(f"reading AS r{number}" for number in range(7))


@pytest.fixture(scope="module")
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="module", autouse=True)
async def one_loop(anyio_backend: str) -> AsyncIterator[None]:
    """One loop for all tests here, which ends after the pipes of every worker process are closed."""
    yield
    gc.collect()
    await asyncio.sleep(0.1)


@dataclass(frozen=True)
class House:
    """Both modules on one core, with one engine connected."""

    core: Core
    engine: Engine
    source_id: UUID
    sql: SqlService
    asking: AskService
    questions: QuestionService
    exports: ExportService


@pytest.fixture(params=["duckdb", "sqlite", "postgres", "mysql"])
async def house(
    request: pytest.FixtureRequest, settings: Settings, analyst: Principal, tmp_path: Path
) -> AsyncIterator[House]:
    with ExitStack() as closing:
        engine, connection = await asyncio.to_thread(_start, request, tmp_path, closing)
        changed = msgspec.structs.replace(settings, file_roots=(str(tmp_path),), query_seconds=20)
        core = make_core(changed)

        @core.bus.answers(ListPeople)
        async def people(ask: ListPeople) -> tuple[Person, ...]:
            return (Person(user_id=analyst.user_id, name=analyst.name, email=analyst.email),)

        @core.bus.answers(FindPrincipal)
        async def principal(ask: FindPrincipal) -> Principal | None:
            return analyst if ask.user_id == analyst.user_id else None

        services = data_sources.connect(core) | analytics.connect(core)
        sources = services["sources"]
        assert isinstance(sources, SourceService)
        new = NewSource(name="metering", connection=connection, zone="UTC")
        source, _ = await sources.create(analyst, new)
        await core.jobs.run_due()
        async with data_sources.lifespan(core), analytics.lifespan(core):
            yield House(
                core,
                engine,
                source.id,
                services["sql_service"],  # type: ignore[arg-type]
                services["asking"],  # type: ignore[arg-type]
                services["question_service"],  # type: ignore[arg-type]
                services["exports"],  # type: ignore[arg-type]
            )
        await core.database.close()
        await asyncio.to_thread(closing.close)


def _start(request: pytest.FixtureRequest, folder: Path, closing: ExitStack) -> tuple[Engine, Connection]:
    """In a thread, because the builders of engines run event loops of their own."""
    match request.param:
        case "duckdb":
            engine = open_duckdb(folder / "energy.duckdb", closing)
            closing.pop_all().close()  # DuckDB files have one process at a time that may have opened them
            return engine, DuckdbSettings(path=engine.database)
        case "sqlite":
            engine = open_sqlite(folder / "energy.sqlite", closing)
            return engine, SqliteSettings(path=engine.database)
        case "postgres":
            server = request.getfixturevalue("postgres_server")
            engine = open_postgres(server, closing)
            return engine, PostgresqlSettings(**_address(server), database=engine.database, tls="off")
        case _:
            server = request.getfixturevalue("mariadb_server")
            engine = open_mariadb(server, closing)
            return engine, MysqlSettings(**_address(server), database=engine.database, tls="off")


def _address(server: str) -> dict[str, object]:
    account, address = server.rsplit("@", 1)
    host, _, port = address.partition(":")
    return {"host": host, "port": int(port), "user": account.partition(":")[0]}


def order(house: House, sql: str, **more: object) -> QueryOrder:
    return QueryOrder(source_id=house.source_id, sql=sql, **more)  # type: ignore[arg-type]


async def test_sql_gives_the_same_rows_and_units_on_every_engine(house: House, analyst: Principal) -> None:
    sql = (
        "SELECT s.name AS site, sum(r.kwh) AS energy FROM reading r JOIN meter m ON m.meter_id = r.meter_id "
        "JOIN site s ON s.site_id = m.site_id GROUP BY s.name ORDER BY s.name"
    )

    result, _ = await house.sql.run(analyst, order(house, sql))
    again, _ = await house.sql.run(analyst, order(house, sql))

    # Meters 10 and 11: twice 2 days of (0 + 0.5 + … + 11.5) = 138, with 1.0 and 1.1 in each of 48 hours.
    # Meter 20: 276 + 48 * 2.0, without its sixth hour's 2.5 + 2.0.
    energies = dict(result.frame.iter_rows())
    assert energies == {
        "Harbour Campus": pytest.approx(2 * 276 + 48 * 2.1),
        "Weir House": pytest.approx(276 + 48 * 2 - 4.5),
    }
    assert not result.is_cached
    assert again.is_cached


async def test_a_cut_answer_tells_its_total_or_that_it_was_not_counted_in_time(
    house: House, analyst: Principal
) -> None:
    pairs = "SELECT a.*, b.* FROM reading AS a JOIN reading AS b ON a.ts = b.ts WHERE a.meter_id = :meter"
    meter = Parameter(name="meter", type="number")
    endless = "SELECT r0.kwh FROM " + ", ".join(f"reading AS r{number}" for number in range(7))

    counted, _ = await house.sql.run(
        analyst, order(house, pairs, parameters=(meter,), values={"meter": 10}, row_limit=20)
    )
    limited, _ = await house.sql.run(analyst, order(house, "SELECT * FROM reading LIMIT 30", row_limit=20))
    began = time.monotonic()
    uncounted, _ = await house.sql.run(analyst, order(house, endless, row_limit=20))

    # At each of 48 hours meter 10 meets all three.
    assert [each.frame.height for each in (counted, limited, uncounted)] == [20, 20, 20]
    assert [each.total_rows for each in (counted, limited, uncounted)] == [144, 30, None]
    assert time.monotonic() - began < 8


async def test_words_become_an_answer_on_every_engine(house: House, analyst: Principal) -> None:
    asked = AskedQuestion(source_id=house.source_id, question="total kwh per meter label")

    answered = await house.asking.understand(analyst, asked)
    assert answered.plan is not None, answered.reason
    assert answered.sql is not None
    result, _ = await house.sql.run(analyst, order(house, answered.sql))

    assert result.frame.get_column(result.columns[1].name).sum() == pytest.approx(3 * 276 + 48 * 4.1 - 4.5)


async def test_a_saved_plan_is_answered_on_every_engine(house: House, analyst: Principal) -> None:
    asked = AskedQuestion(source_id=house.source_id, question="total kwh per day")
    plan = (await house.asking.understand(analyst, asked)).plan

    saved = await house.questions.create(
        analyst, NewQuestion(name="Daily energy", source_id=house.source_id, plan=plan)
    )
    result = await house.questions.run(analyst, saved.question_id)

    days = result.frame.get_column(result.columns[0].name)
    assert [str(day) for day in days.sort()] == ["2025-03-29", "2025-03-30"]


async def test_a_query_that_never_ends_ends_when_it_is_stopped(house: House, analyst: Principal) -> None:
    from uuid_utils.compat import uuid7

    query_id = uuid7()
    running = asyncio.create_task(house.sql.run(analyst, order(house, NEVER_ENDS, query_id=query_id)))
    async with asyncio.timeout(20):
        while not await house.sql.stop(analyst, query_id):  # it has not begun
            await asyncio.sleep(0.1)
    began = time.monotonic()

    with pytest.raises(QueryCancelled):
        await running

    assert time.monotonic() - began < 5
    [run] = await house.sql.history(analyst)
    assert (run.status, run.query_id) == ("stopped", query_id)


async def test_a_query_that_never_ends_ends_at_the_deadline(
    house: House, analyst: Principal, monkeypatch: pytest.MonkeyPatch
) -> None:
    short = msgspec.structs.replace(house.core.settings, query_seconds=1.0)
    monkeypatch.setattr(house.sql._queries, "_settings", short)
    began = time.monotonic()

    with pytest.raises(GridlensError) as timeout:
        await house.sql.run(analyst, order(house, NEVER_ENDS))

    assert timeout.value.kind == "query-timeout"
    assert time.monotonic() - began < 8


async def test_a_column_that_is_not_there_is_named_by_the_engine(house: House, analyst: Principal) -> None:
    with pytest.raises(GridlensError) as failure:
        await house.sql.run(analyst, order(house, "SELECT nowhere FROM site"))

    assert failure.value.status < 500
    assert "nowhere" in failure.value.detail


EVERY_PAIR = "SELECT a.kwh FROM reading AS a, reading AS b, reading AS c, reading AS d"


async def begin(
    house: House, analyst: Principal, sql: str, file_format: FileFormat, monkeypatch: pytest.MonkeyPatch
) -> tuple[QueryExportRow, asyncio.Task[int]]:
    """The export as it was asked for, and the work on it."""
    monkeypatch.setattr(service, "SHORT_SECONDS", 0.0)
    target = ExportedQuery(source_id=house.source_id, sql=sql)
    export = await house.exports.start(analyst, ExportOrder(target=target, file_format=file_format))
    return export, asyncio.create_task(house.core.jobs.run_due())


def files(house: House) -> list[Path]:
    return list((house.core.settings.data_dir / "exports").glob("*"))


@pytest.mark.parametrize("file_format", ["csv", "parquet"])
async def test_an_export_holds_the_rows_of_the_engine(
    house: House, analyst: Principal, monkeypatch: pytest.MonkeyPatch, file_format: FileFormat
) -> None:
    # Three meters of 48 hours, of which one is missing.
    sql = "SELECT a.meter_id, b.meter_id AS other FROM reading a, reading b WHERE b.kwh >= 0 ORDER BY 1, 2"
    others = [10] * 48 + [11] * 48 + [20] * 47
    expected = [(meter, other) for meter in (10, 11, 20) for other in sorted(others * 48)]
    asked, work = await begin(house, analyst, sql, file_format, monkeypatch)
    await work

    export, path = await house.exports.download(analyst, asked.id)
    read = pl.read_csv if file_format == "csv" else pl.read_parquet
    assert (asked.state, export.state, export.rows_done) == ("waiting", "done", 144 * 143)
    assert read(path).rows() == expected
    assert files(house) == [path]


async def test_an_export_under_way_ends_when_it_is_cancelled(
    house: House, analyst: Principal, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, work = await begin(house, analyst, EVERY_PAIR, "csv", monkeypatch)
    async with asyncio.timeout(30):
        while (await house.exports.find(analyst, asked.id)).rows_done == 0:
            await asyncio.sleep(0.05)

    cancelled = await house.exports.cancel(analyst, asked.id)
    async with asyncio.timeout(10):
        await work

    assert cancelled.state == "cancelled"
    assert files(house) == []
    [run] = await house.sql.history(analyst)
    assert (run.status, run.door) == ("stopped", "export")


async def test_an_export_ends_at_the_deadline_and_says_what_to_do(
    house: House, analyst: Principal, monkeypatch: pytest.MonkeyPatch
) -> None:
    short = msgspec.structs.replace(house.core.settings, export_seconds=1.0)
    monkeypatch.setattr(house.sql._queries, "_settings", short)
    asked, work = await begin(house, analyst, NEVER_ENDS, "parquet", monkeypatch)
    async with asyncio.timeout(20):
        await work

    export = await house.exports.find(analyst, asked.id)
    assert export.state == "failed"
    assert "Narrow the time range" in (export.error or "")
    assert files(house) == []
