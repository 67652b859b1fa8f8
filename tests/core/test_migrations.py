"""One history for three databases: up, down, up again, and nothing left unsaid."""

import asyncio
from pathlib import Path

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text

from gridlens.core import migrating
from gridlens.core.config import Settings
from gridlens.core.migrating import (
    DatabaseUnreachable,
    ModelsDiffer,
    UnknownRevision,
    check,
    downgrade,
    migrations_folder,
    newest_revision,
    upgrade,
)
from gridlens.core.module import Core, make_core

pytestmark = pytest.mark.anyio


async def tables(core: Core) -> set[str]:
    async with core.database.engine.connect() as connection:
        return set(await connection.run_sync(lambda sync: inspect(sync).get_table_names()))


async def test_the_history_goes_down_to_nothing_and_up_again(every_core: Core) -> None:
    before = await tables(every_core)
    await downgrade(every_core.database, "base")
    assert await tables(every_core) == {"schema_version"}
    await upgrade(every_core.database)
    assert await tables(every_core) == before


async def test_models_and_migrations_agree(every_core: Core) -> None:
    await check(every_core.database)


async def test_what_differs_from_the_models_is_named(every_core: Core) -> None:
    engine = every_core.database.engine
    async with engine.begin() as connection:
        await connection.execute(text("ALTER TABLE schedule ADD COLUMN surplus INTEGER"))
    try:
        with pytest.raises(ModelsDiffer, match=r"remove column schedule\.surplus"):
            await check(every_core.database)
    finally:
        async with engine.begin() as connection:
            await connection.execute(text("ALTER TABLE schedule DROP COLUMN surplus"))


async def test_processes_that_start_together_migrate_one_after_the_other(
    postgres_url: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("together")
    cores = [make_core(Settings(data_dir=folder, database_url=postgres_url)) for _ in range(3)]
    await asyncio.gather(*(upgrade(core.database) for core in cores))
    assert "outbox_event" in await tables(cores[0])
    for core in cores:
        await core.database.close()


def test_the_newest_file_is_the_end_of_the_history() -> None:
    config = Config()
    config.set_main_option("script_location", str(migrations_folder()))

    assert ScriptDirectory.from_config(config).get_heads() == [newest_revision()]


async def test_a_database_at_the_newest_revision_is_not_migrated_again(
    every_core: Core, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(_database: object, _command: object) -> None:
        raise AssertionError("Alembic was asked")

    monkeypatch.setattr(migrating, "_run", never)
    await upgrade(every_core.database)


async def test_a_database_one_revision_behind_is_brought_up(every_core: Core) -> None:
    before = await tables(every_core)
    await downgrade(every_core.database, "-1")
    await upgrade(every_core.database)

    assert await tables(every_core) == before
    async with every_core.database.engine.connect() as connection:
        at = await connection.scalar(text("SELECT version_num FROM schema_version"))
    assert at == newest_revision()


async def test_a_database_of_a_newer_release_is_left_alone_and_named(core: Core) -> None:
    async with core.database.engine.begin() as connection:
        await connection.execute(text("UPDATE schema_version SET version_num = '9999'"))

    with pytest.raises(UnknownRevision, match=r"'9999'.*Start the release that migrated"):
        await upgrade(core.database)


async def test_a_database_that_cannot_be_reached_is_named_without_its_password(tmp_path: Path) -> None:
    nowhere = "postgresql+asyncpg://gridlens:hush-hush@127.0.0.1:1/gridlens"
    core = make_core(Settings(data_dir=tmp_path, database_url=nowhere))

    with pytest.raises(DatabaseUnreachable) as refused:
        await upgrade(core.database)
    assert "127.0.0.1:1/gridlens" in refused.value.detail
    assert "hush" not in refused.value.detail
