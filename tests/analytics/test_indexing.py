"""The index of a source's values: built by a job, kept from who may not see rows, renewed and dropped."""

import os
import sqlite3
import time
from contextlib import closing

import msgspec
import pytest
from tests.analytics.conftest import Sources

from gridlens.analytics.indexing import IndexSource, IndexState, SourceIndexes
from gridlens.core.module import Core
from gridlens.shared.access import Restriction, RowCondition
from gridlens.shared.catalog import CatalogColumn, ColumnProfile
from gridlens.shared.data_sources import FetchedRows, FetchRows

pytestmark = pytest.mark.anyio


def job_for(sources: Sources) -> IndexSource:
    found = sources.description
    return IndexSource(
        organisation_id=sources.organisation_id, source_id=found.source_id, version=found.catalog.version
    )


async def test_values_are_found_once_the_source_was_read(core: Core, sources: Sources) -> None:
    indexes = SourceIndexes(core.bus, core.database, core.jobs, core.settings.data_dir)
    assert await indexes.of(sources.description, sources.organisation_id) is None

    await indexes.build(job_for(sources))

    index = await indexes.of(sources.description, sources.organisation_id)
    assert index is not None
    assert index.find(["hamburg"])["hamburg"]
    assert not list((core.settings.data_dir / "index").glob("*.sqlite.*"))


async def test_values_of_a_table_seen_in_part_are_not_found(core: Core, sources: Sources) -> None:
    indexes = SourceIndexes(core.bus, core.database, core.jobs, core.settings.data_dir)
    await indexes.build(job_for(sources))
    site = next(table for table in sources.description.catalog.tables if table.name == "site")
    restriction = Restriction(
        table=site,
        columns=tuple(column.name for column in site.columns),
        conditions=(RowCondition(text="city = 'Hamburg'"),),
    )
    restricted = msgspec.structs.replace(
        sources.description, restrictions=(restriction,), rights="some rows only"
    )

    index = await indexes.of(restricted, sources.organisation_id)

    assert index is not None
    assert not index.find(["hamburg"])


async def test_a_job_for_an_older_catalog_leaves_the_work_to_the_newer_one(
    core: Core, sources: Sources
) -> None:
    indexes = SourceIndexes(core.bus, core.database, core.jobs, core.settings.data_dir)
    stale = job_for(sources)
    sources.change_catalog()

    await indexes.build(stale)

    assert await indexes.of(sources.description, sources.organisation_id) is None


async def test_the_index_goes_with_its_source(core: Core, sources: Sources) -> None:
    indexes = SourceIndexes(core.bus, core.database, core.jobs, core.settings.data_dir)
    await indexes.build(job_for(sources))

    indexes.forget(sources.source_id)

    assert await indexes.of(sources.description, sources.organisation_id) is None


async def test_progress_is_told_to_every_process(
    core: Core, sources: Sources, monkeypatch: pytest.MonkeyPatch
) -> None:
    builder, reader = (
        SourceIndexes(core.bus, core.database, core.jobs, core.settings.data_dir) for _ in range(2)
    )
    told: list[IndexState] = []
    rows = sources._rows

    def watched(ask: FetchRows) -> FetchedRows:
        state = reader._told(sources.source_id)
        assert state is not None
        told.append(state)
        return rows(ask)

    monkeypatch.setattr(sources, "_rows", watched)
    assert (await reader.state(sources.description, sources.organisation_id)).state == "waiting"

    await builder.build(job_for(sources))

    assert [each.columns_read for each in told] == list(range(len(told)))
    assert {each.columns for each in told} == {len(told)}
    assert (await reader.state(sources.description, sources.organisation_id)).state == "ready"


async def test_progress_of_a_builder_that_died_is_not_told(core: Core, sources: Sources) -> None:
    indexes = SourceIndexes(core.bus, core.database, core.jobs, core.settings.data_dir)
    await indexes.build(job_for(sources))
    indexes._tell(sources.source_id, 1, 9)
    assert (await indexes.state(sources.description, sources.organisation_id)).state == "reading"

    long_ago = time.time() - 3600
    os.utime(indexes._progress_of(sources.source_id), (long_ago, long_ago))

    assert (await indexes.state(sources.description, sources.organisation_id)).state == "ready"


async def test_only_columns_that_look_otherwise_are_read_again(core: Core, sources: Sources) -> None:
    indexes = SourceIndexes(core.bus, core.database, core.jobs, core.settings.data_dir)
    with_profiles(sources, distinct=3)
    await indexes.build(job_for(sources))
    first = len(sources.fetched)
    assert first > 1

    sources.change_catalog()
    await indexes.build(job_for(sources))
    assert len(sources.fetched) == first, "nothing looks otherwise"
    index = await indexes.of(sources.description, sources.organisation_id)
    assert index is not None
    assert index.find(["hamburg"])["hamburg"]

    with_profiles(sources, distinct=4, of="city")
    sources.change_catalog()
    await indexes.build(job_for(sources))
    assert ["SELECT DISTINCT city " in ask.sql for ask in sources.fetched[first:]] == [True]


async def test_an_index_of_another_release_is_read_anew(core: Core, sources: Sources) -> None:
    indexes = SourceIndexes(core.bus, core.database, core.jobs, core.settings.data_dir)
    with_profiles(sources, distinct=3)
    path = indexes._path(sources.source_id)
    path.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(path)) as older:
        older.execute("CREATE TABLE place (id INTEGER PRIMARY KEY, schema TEXT, tbl TEXT, name TEXT)")
        older.commit()

    await indexes.build(job_for(sources))

    index = await indexes.of(sources.description, sources.organisation_id)
    assert index is not None
    assert index.find(["hamburg"])["hamburg"]


def with_profiles(sources: Sources, *, distinct: int, of: str | None = None) -> None:
    """Every column, or those of a name, with figures that say how many values it has."""
    profile = ColumnProfile(null_share=0.0, distinct_count=distinct)

    def told(column: CatalogColumn) -> CatalogColumn:
        return column if of and column.name != of else msgspec.structs.replace(column, profile=profile)

    tables = tuple(
        msgspec.structs.replace(table, columns=tuple(map(told, table.columns)))
        for table in sources.description.catalog.tables
    )
    catalog = msgspec.structs.replace(sources.description.catalog, tables=tables)
    sources.description = msgspec.structs.replace(sources.description, catalog=catalog)
