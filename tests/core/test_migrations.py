"""One history for three databases: up, down, up again, and nothing left unsaid."""

import asyncio

import pytest
from sqlalchemy import inspect

from gridlens.core.config import Settings
from gridlens.core.migrating import check, downgrade, upgrade
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


async def test_models_and_migrations_agree(
    postgres_url: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    # On PostgreSQL, whose types come back as they were declared; on SQLite the comparison of
    # identifiers reports differences that are none.
    core = make_core(Settings(data_dir=tmp_path_factory.mktemp("check"), database_url=postgres_url))
    await upgrade(core.database)
    await check(core.database)
    await core.database.close()


async def test_processes_that_start_together_migrate_one_after_the_other(
    postgres_url: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("together")
    cores = [make_core(Settings(data_dir=folder, database_url=postgres_url)) for _ in range(3)]
    await asyncio.gather(*(upgrade(core.database) for core in cores))
    assert "outbox_event" in await tables(cores[0])
    for core in cores:
        await core.database.close()
