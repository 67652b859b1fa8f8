"""Connecting, changing, describing and removing sources, as the services do it."""

import asyncio
import sqlite3
from pathlib import Path
from uuid import uuid4

import duckdb
import msgspec
import pytest
from sqlalchemy import select
from tests.conftest import principal_with
from tests.data_sources.conftest import build_meters

from gridlens.core.config import Settings
from gridlens.core.errors import Invalid, NotFound, Refused
from gridlens.core.jobs import InvalidCron, JobRow
from gridlens.core.models import utc_now
from gridlens.core.outbox import OutboxEvent
from gridlens.data_sources.connections import (
    DuckdbSettings,
    FilesSettings,
    PostgresqlSettings,
    SqliteSettings,
)
from gridlens.data_sources.errors import (
    FileRefused,
    SignInRefused,
    SourceNotFound,
    SourceUnreachable,
    StepUpRequired,
    TableGone,
)
from gridlens.data_sources.models import Source, SourceCatalog
from gridlens.data_sources.schemas import (
    ColumnChange,
    ConnectionTest,
    NewSource,
    RefreshSchedule,
    SourceChange,
    SourceOut,
    TableChange,
)
from gridlens.shared.data_sources import DescribeSource, FetchRows, ListSources
from gridlens.shared.permissions import Role
from gridlens.shared.results import ColumnRole, Kind

pytestmark = pytest.mark.anyio


@pytest.fixture
def settings(settings: Settings, tmp_path: Path) -> Settings:
    """With a folder whose files may be connected by path."""
    (tmp_path / "shared").mkdir()
    return msgspec.structs.replace(settings, file_roots=(str(tmp_path / "shared"),))


async def fetch(services, principal, source_id, sql, **changed):
    ask = {"query_id": uuid4(), "row_limit": 1000, "deadline_seconds": 10.0, **changed}
    return await services.core.bus.request(
        FetchRows(principal=principal, source_id=source_id, sql=sql, **ask)
    )


async def events(services) -> list[str]:
    async with services.core.database.transaction() as session:
        rows = await session.scalars(select(OutboxEvent.payload).order_by(OutboxEvent.id))
        return [msgspec.json.decode(payload)["event"] for payload in rows]


async def connect_postgres(services, principal, server, **changed) -> Source:
    new = NewSource(
        **{
            "name": "Metering",
            "connection": server.postgresql(),
            "password": server.password,
            "zone": "Europe/Madrid",
            **changed,
        }
    )
    source, _ = await services.sources.create(principal, new)
    await services.work()
    return source


async def test_a_database_is_connected_read_and_asked(services, analyst, viewer, postgres_reader):
    source, task = await services.sources.create(
        analyst,
        NewSource(
            name="Metering",
            connection=postgres_reader.postgresql(),
            password=postgres_reader.password,
            zone="Europe/Madrid",
        ),
    )
    assert (source.state, task.state) == ("new", "waiting")
    await services.work()

    assert (await services.tasks.find(analyst, task.id)).state == "done"
    described = await services.core.bus.request(DescribeSource(principal=viewer, source_id=source.id))
    assert (described.name, described.dialect, described.zone) == ("Metering", "postgres", "Europe/Madrid")
    assert (described.catalog.version, [table.name for table in described.catalog.tables]) == (
        1,
        ["reading", "site"],
    )
    assert described.catalog.tables[0].interval_seconds == 900
    fetched = await fetch(services, viewer, source.id, "SELECT max(load_kw) AS peak FROM reading")
    assert float(fetched.frame.item()) == 97
    [summary] = await services.core.bus.request(ListSources(principal=viewer))
    assert (summary.source_id, summary.dialect) == (source.id, "postgres")
    assert await events(services) == [
        "data_sources.source_connected",
        "auth.action_audited",
        "data_sources.catalog_changed",
    ]


async def test_the_password_is_sealed_where_it_lies_and_is_never_given_out(
    services, analyst, postgres_reader
):
    source = await connect_postgres(services, analyst, postgres_reader)
    async with services.core.database.transaction() as session:
        stored = await session.get_one(Source, source.id)
    assert postgres_reader.password.encode() not in stored.secret
    assert "password" not in msgspec.json.encode(stored.settings).decode()
    assert services.core.vault.open(stored.secret, f"source|{source.id}|secret") == b"read only, please"
    shown = msgspec.json.encode(SourceOut.of(stored)).decode()
    assert "read only, please" not in shown
    assert '"hasPassword":true' in shown


@pytest.mark.parametrize(
    ("changed", "kind"),
    [({"port": 1}, SourceUnreachable), ({"database": "missing"}, SignInRefused)],
)
async def test_a_source_that_does_not_answer_is_not_kept(services, analyst, postgres_reader, changed, kind):
    new = NewSource(
        name="Metering",
        connection=postgres_reader.postgresql(**changed),
        password=postgres_reader.password,
    )
    with pytest.raises(kind):
        await services.sources.create(analyst, new)
    assert await services.sources.every(analyst) == []
    assert await events(services) == []


async def test_a_private_address_is_refused_before_anything_is_sent(services, analyst):
    connection = PostgresqlSettings(host="10.0.0.1", database="energy", user="reader")
    with pytest.raises(Refused, match="GRIDLENS_PRIVATE_NETWORKS"):
        await services.sources.test(analyst, ConnectionTest(connection=connection))


async def test_what_a_role_may_not_do_is_refused(services, viewer, meters):
    with pytest.raises(Refused):
        await services.sources.create(viewer, NewSource(name="x", connection=FilesSettings()))
    with pytest.raises(Refused):
        await services.sources.test(viewer, ConnectionTest(connection=DuckdbSettings(path=str(meters))))
    with pytest.raises(Refused):
        await services.sources.delete(viewer, uuid4())
    with pytest.raises(Refused):
        await services.catalogs.refresh(viewer, uuid4())
    with pytest.raises(Refused):
        await services.catalogs.sample(viewer, uuid4(), "reading", None, 5)


async def test_only_its_owner_and_administrators_change_a_source_or_take_it_away(services, analyst, admin):
    source = await services.sources.create_file_source(analyst, "Meters", "UTC", build_meters)
    colleague = principal_with(Role.ANALYST, analyst.organisation_id)
    for attempt in (
        services.sources.update(colleague, source.id, SourceChange(name="Mine")),
        services.sources.delete(colleague, source.id),
    ):
        with pytest.raises(Refused, match="connected this source"):
            await attempt
    assert (await services.sources.find(colleague, source.id)).name == "Meters"

    renamed = await services.sources.update(admin, source.id, SourceChange(name="All meters"))
    assert renamed.name == "All meters"
    await services.sources.delete(analyst, source.id)
    assert await services.sources.every(analyst) == []


async def test_a_source_of_another_organisation_does_not_exist(services, analyst):
    source = await services.sources.create_file_source(analyst, "Meters", "UTC", build_meters)
    stranger = principal_with(Role.ADMIN)
    assert await services.sources.every(stranger) == []
    for attempt in (
        services.sources.find(stranger, source.id),
        services.sources.update(stranger, source.id, SourceChange(name="Mine")),
        services.sources.delete(stranger, source.id),
        services.catalogs.catalog(stranger, source.id),
        services.catalogs.refresh(stranger, source.id),
        services.catalogs.sample(stranger, source.id, "site", None, 5),
        services.catalogs.change_table(stranger, source.id, TableChange(table="site", label="Mine")),
        fetch(services, stranger, source.id, "SELECT 1 AS one"),
    ):
        with pytest.raises(SourceNotFound):
            await attempt


async def test_a_ready_file_becomes_a_source_with_keys_units_and_figures(services, analyst):
    source = await services.sources.create_file_source(
        analyst, "Meters", "Europe/Madrid", build_meters, anchors_to_newest=True
    )
    described = await services.core.bus.request(DescribeSource(principal=analyst, source_id=source.id))
    assert described.anchors_to_newest
    assert described.dialect == "duckdb"
    reading, site = described.catalog.tables
    assert (reading.primary_key, site.description) == (("read_at", "site_id"), "Places with a meter")
    assert reading.foreign_keys[0].table == "site"
    load = reading.columns[2]
    assert (load.unit, load.role, load.profile.maximum) == ("kW", ColumnRole.MEASURE, 97)
    # 31 March 2024 has 23 hours in Madrid.
    fetched = await fetch(
        services,
        analyst,
        source.id,
        "SELECT date_trunc('day', read_at) AS day, count(*) AS n FROM reading GROUP BY 1 ORDER BY 1",
    )
    assert [n for _, n in fetched.frame.rows()] == [184, 8]


async def test_a_build_that_fails_leaves_nothing(services, analyst):
    def build(path: Path) -> None:
        build_meters(path)
        raise RuntimeError("no more data")

    with pytest.raises(RuntimeError):
        await services.sources.create_file_source(analyst, "Meters", "UTC", build)
    assert await services.sources.every(analyst) == []
    assert list(services.engines.storage.sources.glob("*")) == []


async def test_a_file_in_a_listed_folder_is_connected_by_path(services, analyst, tmp_path):
    path = tmp_path / "shared" / "meters.duckdb"
    build_meters(path)
    source, _ = await services.sources.create(
        analyst, NewSource(name="Shared", connection=DuckdbSettings(path=str(path)))
    )
    await services.work()
    assert (await fetch(services, analyst, source.id, "SELECT count(*) AS n FROM site")).frame.item() == 2
    with duckdb.connect(str(path)) as connection:  # whoever owns the file can go on writing it
        connection.execute("INSERT INTO site VALUES (3, 'Quay')")
    assert (await fetch(services, analyst, source.id, "SELECT count(*) AS n FROM site")).frame.item() == 3


async def test_paths_outside_of_listed_folders_are_refused_whether_they_exist_or_not(
    services, analyst, tmp_path, meters
):
    (tmp_path / "shared" / "link.duckdb").symlink_to(meters)
    own_database = services.core.settings.data_dir / "gridlens.db"
    for path in (
        str(meters),
        str(tmp_path / "shared" / ".." / "meters.duckdb"),
        str(tmp_path / "shared" / "link.duckdb"),
        str(tmp_path / "missing.duckdb"),
        str(own_database),
        "/etc/passwd",
        "shared\0.duckdb",
    ):
        for connection in (DuckdbSettings(path=path), SqliteSettings(path=path)):
            with pytest.raises(FileRefused, match="GRIDLENS_FILE_ROOTS"):
                await services.sources.test(analyst, ConnectionTest(connection=connection))


async def test_our_own_data_is_no_source_even_when_its_folder_is_listed(core, analyst, services, tmp_path):
    listed = msgspec.structs.replace(core.settings, file_roots=(str(core.settings.data_dir),))
    services.engines.storage = type(services.engines.storage)(listed.data_dir, listed.file_roots)
    path = str(core.settings.data_dir / "gridlens.db")
    with pytest.raises(FileRefused):
        await services.sources.test(analyst, ConnectionTest(connection=SqliteSettings(path=path)))


async def test_the_stored_password_goes_only_to_the_server_it_was_given_for(
    services, analyst, postgres_reader
):
    source = await connect_postgres(services, analyst, postgres_reader)
    same = ConnectionTest(connection=postgres_reader.postgresql(), source_id=source.id)
    assert (await services.sources.test(analyst, same)).latency_ms > 0
    for changed in ({"host": "localhost"}, {"port": 5433}, {"tls": "require"}):
        other = ConnectionTest(connection=postgres_reader.postgresql(**changed), source_id=source.id)
        with pytest.raises(Invalid, match="Enter the password again"):
            await services.sources.test(analyst, other)


async def test_to_lead_a_source_to_another_server_takes_a_step_up_and_the_password(
    services, analyst, postgres_reader
):
    source = await connect_postgres(services, analyst, postgres_reader)
    moved = SourceChange(connection=postgres_reader.postgresql(host="localhost"))
    with pytest.raises(StepUpRequired, match="lead a source to another server"):
        await services.sources.update(analyst, source.id, moved)
    with pytest.raises(Invalid, match="password"):
        await services.sources.update(analyst, source.id, moved, is_stepped_up=True)
    with_password = msgspec.structs.replace(moved, password=postgres_reader.password)
    changed = await services.sources.update(analyst, source.id, with_password, is_stepped_up=True)
    assert changed.settings["host"] == "localhost"
    assert (await fetch(services, analyst, source.id, "SELECT 1 AS one")).frame.item() == 1


async def test_a_change_that_does_not_work_changes_nothing(services, analyst, postgres_reader):
    source = await connect_postgres(services, analyst, postgres_reader)
    unknown = postgres_reader.postgresql(user="no_such_user")
    with pytest.raises(SignInRefused):
        await services.sources.update(analyst, source.id, SourceChange(name="New", connection=unknown))
    with pytest.raises(Invalid, match="time zone"):
        await services.sources.update(analyst, source.id, SourceChange(zone="Mars/Olympus"))
    with pytest.raises(Invalid, match="stays of its kind"):
        await services.sources.update(analyst, source.id, SourceChange(connection=FilesSettings()))
    assert (await services.sources.find(analyst, source.id)).name == "Metering"
    assert (await fetch(services, analyst, source.id, "SELECT 1 AS one")).frame.item() == 1


async def test_another_zone_is_another_reading_of_local_times(services, analyst, postgres, policy):
    await postgres.on_postgresql(
        "CREATE TABLE noted (at timestamp); INSERT INTO noted VALUES ('2024-07-01 12:00')"
    )
    source = await connect_postgres(services, analyst, postgres)
    before = await services.catalogs.describe(analyst, source.id)
    in_madrid = await fetch(services, analyst, source.id, "SELECT at FROM noted")
    assert in_madrid.frame.item().isoformat() == "2024-07-01T10:00:00+00:00"
    await services.sources.update(analyst, source.id, SourceChange(zone="Asia/Tokyo"))
    in_tokyo = await fetch(services, analyst, source.id, "SELECT at FROM noted")
    assert in_tokyo.frame.item().isoformat() == "2024-07-01T03:00:00+00:00"
    after = await services.catalogs.describe(analyst, source.id)
    assert after.catalog.version > before.catalog.version


async def test_what_people_say_about_columns_outlives_a_refresh(services, analyst):
    source = await services.sources.create_file_source(analyst, "Meters", "UTC", build_meters)
    change = ColumnChange(
        table="reading",
        column="load",
        label="Site load",
        description="At the transformer",
        unit="MW",
        role=ColumnRole.DIMENSION,
    )
    await services.catalogs.change_column(analyst, source.id, change)
    await services.catalogs.change_table(analyst, source.id, TableChange(table="site", label="Places"))
    task = await services.catalogs.refresh(analyst, source.id)
    await services.work()
    assert (await services.tasks.find(analyst, task.id)).state == "done"
    reading, site = (await services.catalogs.describe(analyst, source.id)).catalog.tables
    load = reading.columns[2]
    assert (load.label, load.description, load.unit, load.role) == (
        "Site load",
        "At the transformer",
        "MW",
        ColumnRole.DIMENSION,
    )
    assert site.label == "Places"

    await services.catalogs.change_column(
        analyst,
        source.id,
        ColumnChange(table="reading", column="load", label=None, description=None, unit=None, role=None),
    )
    load = (await services.catalogs.describe(analyst, source.id)).catalog.tables[0].columns[2]
    assert (load.label, load.unit, load.role) == (None, "kW", ColumnRole.MEASURE)
    await services.catalogs.change_column(
        analyst, source.id, ColumnChange(table="reading", column="load", unit="")
    )
    assert (await services.catalogs.describe(analyst, source.id)).catalog.tables[0].columns[2].unit is None


async def test_a_hidden_table_is_not_in_the_catalog_that_questions_see(services, analyst):
    source = await services.sources.create_file_source(analyst, "Meters", "UTC", build_meters)
    await services.catalogs.change_table(analyst, source.id, TableChange(table="site", is_hidden=True))
    described = await services.catalogs.describe(analyst, source.id)
    assert [table.name for table in described.catalog.tables] == ["reading"]
    shown = await services.catalogs.catalog(analyst, source.id)
    assert [table.name for table in shown.hidden_tables] == ["site"]
    with pytest.raises(NotFound):
        await services.catalogs.sample(analyst, source.id, "site", None, 5)
    await services.catalogs.change_table(analyst, source.id, TableChange(table="site", is_hidden=False))
    assert len((await services.catalogs.describe(analyst, source.id)).catalog.tables) == 2


async def test_tables_and_columns_that_are_not_there_cannot_be_described(services, analyst):
    source = await services.sources.create_file_source(analyst, "Meters", "UTC", build_meters)
    with pytest.raises(NotFound, match="quay"):
        await services.catalogs.change_table(analyst, source.id, TableChange(table="quay", label="x"))
    with pytest.raises(NotFound, match="lode"):
        await services.catalogs.change_column(
            analyst, source.id, ColumnChange(table="reading", column="lode", unit="kW")
        )


async def test_a_sample_shows_rows_with_what_is_known_of_their_columns(services, analyst):
    source = await services.sources.create_file_source(analyst, "Meters", "UTC", build_meters)
    sample = await services.catalogs.sample(analyst, source.id, "reading", None, 3)
    assert [(column.name, column.kind, column.unit) for column in sample.columns] == [
        ("read_at", Kind.TIMESTAMP, None),
        ("site_id", Kind.INTEGER, None),
        ("load", Kind.NUMBER, "kW"),
        ("note", Kind.TEXT, None),
    ]
    assert len(sample.rows) == 3
    assert sample.rows[0][0] == "2024-03-30T23:00:00+00:00"


async def test_a_refresh_of_a_database_that_is_down_is_told_and_keeps_the_catalog(
    services, analyst, tmp_path
):
    path = tmp_path / "shared" / "meters.sqlite"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE site (site_id INTEGER PRIMARY KEY)")
    connection.close()
    source, _ = await services.sources.create(
        analyst, NewSource(name="Shared", connection=SqliteSettings(path=str(path)))
    )
    await services.work()
    path.rename(tmp_path / "elsewhere")
    task = await services.catalogs.refresh(analyst, source.id)
    await services.work()
    failed = await services.tasks.find(analyst, task.id)
    assert failed.state == "failed"
    assert "GRIDLENS_FILE_ROOTS" in failed.error
    kept = await services.sources.find(analyst, source.id)
    assert (kept.state, kept.last_error) == ("failed", failed.error)
    assert [
        table.name for table in (await services.catalogs.describe(analyst, source.id)).catalog.tables
    ] == ["site"]
    (tmp_path / "elsewhere").rename(path)
    await services.catalogs.refresh(analyst, source.id)
    await services.work()
    assert (await services.sources.find(analyst, source.id)).state == "ready"


async def test_a_table_dropped_since_the_catalog_was_read_is_told_by_the_query(
    services, analyst, postgres_reader, postgres
):
    source = await connect_postgres(services, analyst, postgres_reader)
    await postgres.on_postgresql("DROP TABLE reading")
    with pytest.raises(TableGone, match="refresh"):
        await fetch(services, analyst, source.id, "SELECT count(*) AS n FROM reading")


async def test_a_refresh_by_schedule_is_kept_shown_and_taken_back(services, analyst):
    source = await services.sources.create_file_source(analyst, "Meters", "UTC", build_meters)
    schedule = RefreshSchedule(cron="0 6 * * *", zone="Europe/Madrid")
    shown = SourceOut.of(await services.catalogs.schedule_refresh(analyst, source.id, schedule))
    assert shown.refresh_schedule == schedule
    services.core.jobs._clock = lambda: utc_now().replace(year=2100)
    await services.work()
    services.core.jobs._clock = utc_now
    assert (await services.sources.find(analyst, source.id)).catalog_version == 2
    with pytest.raises(InvalidCron):
        await services.catalogs.schedule_refresh(
            analyst, source.id, RefreshSchedule(cron="every morning", zone="UTC")
        )
    shown = SourceOut.of(await services.catalogs.schedule_refresh(analyst, source.id, None))
    assert shown.refresh_schedule is None


async def test_a_deleted_source_is_gone_with_its_catalog_its_schedule_and_its_files(services, analyst):
    source = await services.sources.create_file_source(analyst, "Meters", "UTC", build_meters)
    await fetch(services, analyst, source.id, "SELECT 1 AS one")
    await services.catalogs.schedule_refresh(analyst, source.id, RefreshSchedule(cron="0 6 * * *"))
    await services.sources.delete(analyst, source.id)
    with pytest.raises(SourceNotFound):
        await fetch(services, analyst, source.id, "SELECT 1 AS one")
    async with services.core.database.transaction() as session:
        assert await session.get(SourceCatalog, source.id) is None
        [removal] = await session.scalars(select(JobRow).where(JobRow.state == "waiting"))
        removal.run_at = utc_now()
    assert "data_sources.source_deleted" in await events(services)
    await services.work()
    assert not (services.engines.storage.sources / source.id.hex).exists()


async def test_what_an_erased_user_owned_passes_to_the_heir(services, analyst, admin):
    from gridlens.shared.auth import UserErased

    source = await services.sources.create_file_source(analyst, "Meters", "UTC", build_meters)
    event = UserErased(organisation_id=admin.organisation_id, user_id=analyst.user_id, heir_id=admin.user_id)
    assert await services.core.bus.publish(event) == []
    assert (await services.sources.find(admin, source.id)).owner_id == admin.user_id


async def test_sources_are_kept_on_every_metadata_database(every_core, pool, analyst):
    from gridlens import data_sources
    from gridlens.data_sources.engines import engines_of

    engines = engines_of(every_core)
    engines.pool = pool
    built = data_sources.connect(every_core)
    source = await built["sources"].create_file_source(analyst, "Meters", "Europe/Madrid", build_meters)
    await built["catalogs"].change_column(
        analyst, source.id, ColumnChange(table="reading", column="load", unit="MW")
    )
    again = await built["catalogs"].describe(analyst, source.id)
    assert (again.catalog.version, again.catalog.tables[0].columns[2].unit) == (2, "MW")
    await built["catalogs"].refresh(analyst, source.id)
    await every_core.jobs.run_due()
    assert (await built["catalogs"].describe(analyst, source.id)).catalog.version == 3
    await built["sources"].delete(analyst, source.id)
    assert await built["sources"].every(analyst) == []
    await engines.forget_all()


async def test_many_at_once_share_two_workers(services, analyst):
    source = await services.sources.create_file_source(analyst, "Meters", "UTC", build_meters)
    answers = await asyncio.gather(
        *(fetch(services, analyst, source.id, f"SELECT {number} AS n") for number in range(12))
    )
    assert [answer.frame.item() for answer in answers] == list(range(12))
