"""Files taken in, looked at, and made into tables that are there whole or not at all."""

import asyncio
import dataclasses
import io
import os
import sqlite3
from collections.abc import AsyncIterator
from datetime import timedelta
from uuid import uuid4

import msgspec
import pytest
from openpyxl import Workbook
from sqlalchemy import select, update
from tests.conftest import principal_with
from tests.data_sources.conftest import build_meters

from gridlens import data_sources
from gridlens.core.errors import Invalid, Refused, TooLarge
from gridlens.core.events import Bus
from gridlens.core.jobs import JobRow, Jobs
from gridlens.core.models import utc_now
from gridlens.data_sources.connections import DuckdbSettings, SqliteSettings
from gridlens.data_sources.errors import FileRefused, SourceNotFound, UploadNotFound
from gridlens.data_sources.models import Source, SourceTask, SourceUpload
from gridlens.data_sources.schemas import ConnectionTest, NewFileSource, NewImport, NewSource, TaskOut
from gridlens.data_sources.services.imports import ImportTable
from gridlens.data_sources.uploads import FileFormat, UploadRefused
from gridlens.data_sources.workers.pool import PoolClosed, WorkerPool
from gridlens.shared.data_sources import FetchRows
from gridlens.shared.permissions import Role
from gridlens.shared.results import Kind

pytestmark = pytest.mark.anyio

HARBOUR = b"""Zeit;Leistung_kW;Temp
01.05.2026 00:15;238,4;11,2
01.05.2026 00:30;236,9;11,0
01.05.2026 00:45;;10,9
"""
MILL = b"read_at,load_kw\n2026-05-01 00:00,1.5\n2026-05-01 00:15,2.5\n"
RAGGED = b"read_at,load_kw\n2026-05-01 00:00,1.5\n2026-05-01 00:15,2.5,surprise\n2026-05-01 00:30,3.5\n"


@pytest.fixture
async def uploading(services):
    """The services with those for uploads."""
    built = services.built
    return built["uploads"], built["imports"]


async def sent(content: bytes, size: int = 7) -> AsyncIterator[bytes]:
    for start in range(0, len(content), size):
        yield content[start : start + size]


async def upload(uploads, principal, content: bytes, name: str = "harbour_may.csv") -> SourceUpload:
    return await uploads.take(principal, name, len(content), sent(content))


async def import_as(services, uploading, principal, content: bytes, **changed: object):
    """Upload, look, import as detected, and wait for it."""
    uploads, imports = uploading
    taken = await upload(uploads, principal, content)
    _, preview = await uploads.look_at(principal, taken.id, 10, None)
    new = {"table": "harbour", "options": preview.options, **changed}
    if "source_id" not in new:
        new["new_source"] = NewFileSource(name="Harbour", zone="Europe/Berlin")
    source, task = await imports.start(principal, taken.id, NewImport(**new))
    await services.work()
    return source, TaskOut.of(await services.tasks.find(principal, task.id)), taken


async def rows(services, principal, source, sql: str) -> list[tuple[object, ...]]:
    ask = FetchRows(
        principal=principal,
        source_id=source.id,
        query_id=uuid4(),
        sql=sql,
        row_limit=100,
        deadline_seconds=20,
    )
    return (await services.core.bus.request(ask)).frame.rows()


async def test_a_file_is_previewed_corrected_imported_and_asked(services, uploading, analyst):
    uploads, imports = uploading
    taken = await upload(uploads, analyst, HARBOUR)
    _, preview = await uploads.look_at(analyst, taken.id, 10, None)
    assert (preview.options.format, preview.options.delimiter, preview.options.decimal_comma) == (
        FileFormat.CSV,
        ";",
        True,
    )
    assert [column.kind for column in preview.columns] == [Kind.TIMESTAMP, Kind.NUMBER, Kind.NUMBER]
    corrected = msgspec.structs.replace(preview.options, zone="Europe/Berlin")
    _, again = await uploads.show_as(analyst, taken.id, corrected, 10)
    assert again.rows[0].values[0] == "2026-04-30T22:15:00Z"

    source, task = await imports.start(
        analyst,
        taken.id,
        NewImport(
            table="harbour_may",
            options=again.options,
            new_source=NewFileSource(name="Harbour", zone="Europe/Berlin"),
        ),
    )
    await services.work()
    done = TaskOut.of(await services.tasks.find(analyst, task.id))
    assert (done.state, done.outcome.rows_imported, done.outcome.bad_row_count) == ("done", 3, 0)

    described = await services.catalogs.describe(analyst, source.id)
    [table] = described.catalog.tables
    assert (table.name, table.row_count) == ("harbour_may", 3)
    power = next(column for column in table.columns if column.kind is Kind.NUMBER)
    assert (power.unit, power.profile.maximum) == ("kW", 238.4)
    found = await rows(services, analyst, source, 'SELECT min("Zeit") AS first FROM harbour_may')
    assert found[0][0].isoformat() == "2026-04-30T22:15:00+00:00"
    with pytest.raises(UploadNotFound):
        await uploads.find(analyst, taken.id)


async def test_a_workbook_is_read_where_uploads_lie_whose_names_have_no_ending(services, uploading, analyst):
    book, content = Workbook(), io.BytesIO()
    for row in (["site", "load"], ["mill", 1.5], ["pier", 2.5]):
        book.active.append(row)
    book.save(content)

    source, task, _ = await import_as(services, uploading, analyst, content.getvalue())
    assert (task.state, task.outcome.rows_imported) == ("done", 2)
    found = await rows(services, analyst, source, "SELECT site, load FROM harbour ORDER BY site")
    assert found == [("mill", 1.5), ("pier", 2.5)]
    assert list(services.engines.storage.uploads.glob("*")) == []


async def test_a_second_table_joins_the_first_in_a_new_file(services, uploading, analyst):
    source, _, _ = await import_as(services, uploading, analyst, HARBOUR)
    before = await services.sources.find(analyst, source.id)
    _, task, _ = await import_as(services, uploading, analyst, MILL, source_id=source.id, table="mill")
    assert task.state == "done"
    after = await services.sources.find(analyst, source.id)
    assert after.file_name != before.file_name
    assert after.catalog_version == before.catalog_version + 1
    assert await rows(services, analyst, source, "SELECT count(*) AS n FROM harbour, mill") == [(6,)]

    # The old file stays for queries that began on it, and goes when none can be left.
    old = services.engines.storage.source_file(source.id, before.file_name)
    assert old.exists()
    async with services.core.database.transaction() as session:
        await session.execute(update(JobRow).where(JobRow.state == "waiting").values(run_at=utc_now()))
    await services.work()
    assert not old.exists()
    assert await rows(services, analyst, source, "SELECT count(*) AS n FROM mill") == [(2,)]


async def test_a_bad_row_is_reported_with_its_line_and_reason_and_nothing_is_imported(
    services, uploading, analyst
):
    source, task, taken = await import_as(services, uploading, analyst, RAGGED)
    assert task.state == "failed"
    assert "line 3" in task.error
    assert (task.outcome.row_count, task.outcome.bad_row_count) == (3, 1)
    [bad] = task.outcome.bad_rows
    assert (bad.line, "surprise" in bad.text) == (3, True)
    with pytest.raises(SourceNotFound):
        await services.sources.find(analyst, source.id)
    assert list(services.engines.storage.sources.glob("*/*")) == []
    # The upload stays, so that it can be imported otherwise.
    assert (await uploading[0].find(analyst, taken.id)).file_name == "harbour_may.csv"


async def test_bad_rows_are_set_aside_when_that_is_chosen(services, uploading, analyst):
    source, task, _ = await import_as(services, uploading, analyst, RAGGED, on_bad_row="set_aside")
    assert (task.state, task.outcome.rows_imported, task.outcome.bad_row_count) == ("done", 2, 1)
    aside = await rows(services, analyst, source, f'SELECT line FROM "{task.outcome.set_aside_table}"')
    assert aside == [(3,)]


async def test_a_failed_import_leaves_the_source_as_it_was(services, uploading, analyst):
    source, _, _ = await import_as(services, uploading, analyst, HARBOUR)
    before = await services.sources.find(analyst, source.id)
    _, task, _ = await import_as(services, uploading, analyst, RAGGED, source_id=source.id, table="mill")
    assert task.state == "failed"
    _, task, _ = await import_as(services, uploading, analyst, MILL, source_id=source.id, table="harbour")
    assert task.state == "failed"
    assert "already" in task.error
    after = await services.sources.find(analyst, source.id)
    assert (after.file_name, after.catalog_version) == (before.file_name, before.catalog_version)
    assert await rows(services, analyst, source, "SELECT count(*) AS n FROM harbour") == [(3,)]
    folder = services.engines.storage.source_file(source.id, "x").parent
    assert [path.name for path in folder.iterdir()] == [before.file_name]


async def test_a_table_is_replaced_or_added_to_when_that_is_chosen(services, uploading, analyst):
    source, _, _ = await import_as(services, uploading, analyst, MILL, table="mill")
    for if_exists, expected in (("append", 4), ("replace", 2)):
        _, task, _ = await import_as(
            services, uploading, analyst, MILL, source_id=source.id, table="mill", if_exists=if_exists
        )
        assert task.state == "done"
        assert await rows(services, analyst, source, "SELECT count(*) AS n FROM mill") == [(expected,)]


async def test_an_import_that_a_crash_cut_short_is_done_again_from_the_start(services, uploading, analyst):
    uploads, imports = uploading
    taken = await upload(uploads, analyst, HARBOUR)
    _, preview = await uploads.look_at(analyst, taken.id, 10, None)
    source, task = await imports.start(
        analyst,
        taken.id,
        NewImport(table="harbour", options=preview.options, new_source=NewFileSource(name="Harbour")),
    )
    # A process that died in the middle leaves a half-written file and a task that seems to run.
    services.engines.storage.new_file(source.id, 1).write_bytes(b"half")
    async with services.core.database.transaction() as session:
        await session.execute(update(SourceTask).values(state="running"))
    await services.work()
    assert (await services.tasks.find(analyst, task.id)).state == "done"
    assert await rows(services, analyst, source, "SELECT count(*) AS n FROM harbour") == [(3,)]


async def test_an_import_that_meets_a_shutdown_is_done_after_the_restart(services, uploading, analyst, pool):
    uploads, imports = uploading
    taken = await upload(uploads, analyst, HARBOUR)
    _, preview = await uploads.look_at(analyst, taken.id, 10, None)
    new = NewImport(table="harbour", options=preview.options, new_source=NewFileSource(name="Harbour"))
    source, task = await imports.start(analyst, taken.id, new)
    [job] = await waiting_imports(services)
    services.engines.pool = WorkerPool(1)
    await services.engines.pool.close()
    with pytest.raises(PoolClosed):
        await imports.run(job)
    assert (await services.tasks.find(analyst, task.id)).state == "running"
    assert list(services.engines.storage.sources.glob("*/*")) == []

    services.engines.pool = pool
    await services.work()
    assert (await services.tasks.find(analyst, task.id)).state == "done"
    assert await rows(services, analyst, source, "SELECT count(*) AS n FROM harbour") == [(3,)]


async def test_a_finished_import_that_is_offered_again_does_nothing(services, uploading, analyst):
    source, task, _ = await import_as(services, uploading, analyst, HARBOUR)
    before = await services.sources.find(analyst, source.id)
    async with services.core.database.transaction() as session:
        payloads = await session.scalars(select(JobRow.payload))
        [job] = [payload for payload in payloads if "import_table" in payload]
    await uploading[1].run(msgspec.json.decode(job, type=ImportTable))
    after = await services.sources.find(analyst, source.id)
    assert (task.state, after.file_name) == ("done", before.file_name)


async def test_two_imports_into_one_source_at_the_same_time_both_arrive(services, uploading, analyst, core):
    source, _, _ = await import_as(services, uploading, analyst, HARBOUR)
    uploads, imports = uploading
    for table in ("one", "two"):
        taken = await upload(uploads, analyst, MILL)
        _, preview = await uploads.look_at(analyst, taken.id, 10, None)
        new = NewImport(table=table, options=preview.options, source_id=source.id)
        await imports.start(analyst, taken.id, new)
    # Another process has locks of its own, and only the database tells it that the file has changed.
    elsewhere = data_sources.connect(dataclasses.replace(core, bus=Bus(), jobs=Jobs(core.database)))
    one, two = await waiting_imports(services)
    await asyncio.gather(imports.run(one), elsewhere["imports"].run(two))
    described = await services.catalogs.describe(analyst, source.id)
    assert [table.name for table in described.catalog.tables] == ["harbour", "one", "two"]


async def waiting_imports(services) -> list[ImportTable]:
    async with services.core.database.transaction() as session:
        payloads = await session.scalars(select(JobRow.payload).where(JobRow.state == "waiting"))
        jobs = [payload for payload in payloads if "import_table" in payload]
    return [msgspec.json.decode(payload, type=ImportTable) for payload in jobs]


async def test_an_imported_table_can_be_removed(services, uploading, analyst):
    _, imports = uploading
    source, _, _ = await import_as(services, uploading, analyst, HARBOUR)
    await import_as(services, uploading, analyst, MILL, source_id=source.id, table="mill")
    await imports.drop_table(analyst, source.id, "harbour")
    described = await services.catalogs.describe(analyst, source.id)
    assert [table.name for table in described.catalog.tables] == ["mill"]


async def test_nobody_else_adds_to_a_source_or_takes_from_it(services, uploading, analyst):
    _, imports = uploading
    source, _, _ = await import_as(services, uploading, analyst, HARBOUR)
    colleague = principal_with(Role.ANALYST, analyst.organisation_id)
    with pytest.raises(Refused, match="connected this source"):
        await import_as(services, uploading, colleague, MILL, source_id=source.id, table="mill")
    with pytest.raises(Refused, match="connected this source"):
        await imports.drop_table(colleague, source.id, "harbour")
    described = await services.catalogs.describe(analyst, source.id)
    assert [table.name for table in described.catalog.tables] == ["harbour"]


async def test_a_database_takes_no_import(services, uploading, analyst, tmp_path):
    uploads, imports = uploading
    path = tmp_path / "meters.duckdb"
    build_meters(path)
    taken = await upload(uploads, analyst, path.read_bytes(), "meters.duckdb")
    source, _ = await services.sources.create(
        analyst, NewSource(name="Meters", connection=DuckdbSettings(upload_id=taken.id))
    )
    await services.work()
    assert await rows(services, analyst, source, "SELECT count(*) AS n FROM reading") == [(192,)]
    taken = await upload(uploads, analyst, MILL)
    _, preview = await uploads.look_at(analyst, taken.id, 10, None)
    new = NewImport(table="mill", options=preview.options, source_id=source.id)
    with pytest.raises(Invalid, match="only reads"):
        await imports.start(analyst, taken.id, new)
    with pytest.raises(Invalid, match="only reads"):
        await imports.drop_table(analyst, source.id, "reading")


async def test_an_uploaded_sqlite_file_is_tested_and_becomes_a_source(services, uploading, analyst, tmp_path):
    uploads, _ = uploading
    path = tmp_path / "meters.sqlite"
    connection = sqlite3.connect(path)
    connection.executescript(
        "PRAGMA journal_mode = WAL; CREATE TABLE site (site_id INTEGER PRIMARY KEY, name TEXT);"
        "INSERT INTO site VALUES (1, 'Harbour')"
    )
    connection.close()
    taken = await upload(uploads, analyst, path.read_bytes(), "meters.sqlite")
    asked = SqliteSettings(upload_id=taken.id)
    assert (await services.sources.test(analyst, ConnectionTest(connection=asked))).server_version.startswith(
        "SQLite"
    )
    source, _ = await services.sources.create(analyst, NewSource(name="Meters", connection=asked))
    await services.work()
    assert await rows(services, analyst, source, "SELECT name FROM site") == [("Harbour",)]
    with pytest.raises(UploadNotFound):
        await uploads.find(analyst, taken.id)


async def test_a_file_that_is_no_database_is_not_connected_and_stays_an_upload(services, uploading, analyst):
    uploads, _ = uploading
    taken = await upload(uploads, analyst, HARBOUR)
    for connection in (SqliteSettings(upload_id=taken.id), DuckdbSettings(upload_id=taken.id)):
        with pytest.raises(FileRefused):
            await services.sources.create(analyst, NewSource(name="x", connection=connection))
    assert await services.sources.every(analyst) == []
    assert (await uploads.find(analyst, taken.id)).size_bytes == len(HARBOUR)
    assert list(services.engines.storage.sources.glob("*")) == []


async def test_the_upload_of_another_organisation_does_not_exist(services, uploading, analyst):
    uploads, imports = uploading
    taken = await upload(uploads, analyst, HARBOUR)
    _, preview = await uploads.look_at(analyst, taken.id, 10, None)
    stranger = principal_with(Role.ADMIN)
    new = NewImport(table="x", options=preview.options, new_source=NewFileSource(name="x"))
    for attempt in (
        uploads.find(stranger, taken.id),
        uploads.look_at(stranger, taken.id, 10, None),
        uploads.show_as(stranger, taken.id, preview.options, 10),
        uploads.remove(stranger, taken.id),
        imports.start(stranger, taken.id, new),
        services.sources.create(stranger, NewSource(name="x", connection=SqliteSettings(upload_id=taken.id))),
    ):
        with pytest.raises(UploadNotFound):
            await attempt


async def test_a_viewer_uploads_nothing(uploading, viewer):
    with pytest.raises(Refused):
        await upload(uploading[0], viewer, HARBOUR)


@pytest.mark.parametrize("size", [None, 10_000_000])
async def test_a_file_over_the_limit_is_refused_and_leaves_nothing(services, uploading, analyst, size):
    uploads, _ = uploading
    uploads._settings = msgspec.structs.replace(uploads._settings, max_upload_bytes=1_000_000)

    async def endless() -> AsyncIterator[bytes]:
        while True:
            yield b"x" * 100_000

    with pytest.raises(TooLarge):
        await uploads.take(analyst, "big.csv", size, endless())
    assert list(services.engines.storage.uploads.glob("*")) == []


async def test_the_quota_of_an_organisation_counts_its_uploads_and_sources(services, uploading, analyst):
    uploads, _ = uploading
    await import_as(services, uploading, analyst, HARBOUR)
    [source] = await services.sources.every(analyst)
    quota = source.size_bytes + 2 * len(HARBOUR)
    uploads._settings = msgspec.structs.replace(uploads._settings, storage_quota_bytes=quota)
    await upload(uploads, analyst, HARBOUR)
    await upload(uploads, analyst, HARBOUR)
    with pytest.raises(TooLarge, match="organisation"):
        await upload(uploads, analyst, HARBOUR)
    await upload(uploads, principal_with(Role.ANALYST), HARBOUR)


async def test_an_upload_that_breaks_off_leaves_nothing(services, uploading, analyst):
    uploads, _ = uploading

    async def broken() -> AsyncIterator[bytes]:
        yield HARBOUR[:10]
        raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        await uploads.take(analyst, "x.csv", None, broken())
    with pytest.raises(FileRefused, match="broke off"):
        await uploads.take(analyst, "x.csv", len(HARBOUR), sent(HARBOUR[:20]))
    assert list(services.engines.storage.uploads.glob("*")) == []


async def test_names_of_files_are_never_paths_of_ours(services, uploading, analyst):
    uploads, _ = uploading
    taken = await upload(uploads, analyst, HARBOUR, "../../etc/passwd")
    [stored] = services.engines.storage.uploads.iterdir()
    assert stored.name == taken.id.hex
    assert stored.read_bytes() == HARBOUR


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b"PK\x03\x04 not a workbook", "."),
        (b"\x1f\x8b\x08" + bytes(100), "gzip"),
        (b"PAR1" + bytes(50), "Parquet"),
        ((",".join(f"c{number}" for number in range(3000)) + "\n").encode() * 2, "3,000 columns"),
    ],
    ids=["empty", "broken workbook", "archive", "truncated Parquet", "too wide"],
)
async def test_files_that_are_no_tables_are_refused_with_the_reason(uploading, analyst, content, reason):
    uploads, _ = uploading
    taken = await upload(uploads, analyst, content)
    with pytest.raises(UploadRefused, match=reason):
        await uploads.look_at(analyst, taken.id, 10, None)


async def test_what_was_never_imported_is_forgotten_after_a_day(services, uploading, analyst):
    uploads, imports = uploading
    kept = await upload(uploads, analyst, HARBOUR)
    expired = await upload(uploads, analyst, HARBOUR)
    storage = services.engines.storage
    long_ago = (utc_now() - timedelta(days=3)).timestamp()
    orphan = storage.uploads / uuid4().hex
    orphan.write_bytes(b"left by a crash")
    half = storage.new_file(uuid4(), 1)
    half.write_bytes(b"half a table")
    for path in (orphan, half, storage.upload_file(expired.id)):
        os.utime(path, (long_ago, long_ago))
    async with services.core.database.transaction() as session:
        gone = update(SourceUpload).where(SourceUpload.id == expired.id)
        await session.execute(gone.values(expires_at=utc_now() - timedelta(seconds=1)))
    await uploads.forget_expired()
    await imports.forget_orphans()
    assert [path.name for path in storage.uploads.iterdir()] == [kept.id.hex]
    assert list(storage.sources.glob("*")) == []


async def test_current_files_of_sources_are_no_orphans_however_old(services, uploading, analyst):
    source, _, _ = await import_as(services, uploading, analyst, HARBOUR)
    current = await services.sources.find(analyst, source.id)
    path = services.engines.storage.source_file(source.id, current.file_name)
    os.utime(path, (0, 0))
    await uploading[1].forget_orphans()
    async with services.core.database.transaction() as session:
        assert (await session.get_one(Source, source.id)).file_name == path.name
    assert path.exists()
