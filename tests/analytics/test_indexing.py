"""The index of a source's values: built by a job, kept from who may not see rows, renewed and dropped."""

import msgspec
import pytest
from tests.analytics.conftest import Sources

from gridlens.analytics.indexing import IndexSource, SourceIndexes
from gridlens.core.module import Core
from gridlens.shared.access import Restriction, RowCondition

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
