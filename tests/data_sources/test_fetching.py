"""Running queries and ending them, also from another process."""

import asyncio
from uuid import UUID, uuid4

import msgspec
import pytest
from sqlalchemy import select
from tests.conftest import principal_with
from tests.data_sources.conftest import build_meters

from gridlens.core.errors import Conflict, Refused
from gridlens.core.models import utc_now
from gridlens.data_sources.connections import FilesSettings
from gridlens.data_sources.errors import FileRefused, QueryStopped, QueryTimedOut
from gridlens.data_sources.models import SourceFetch
from gridlens.data_sources.schemas import NewSource
from gridlens.data_sources.services.fetching import FETCH_FORGOTTEN, FetchService
from gridlens.shared.data_sources import FetchRows, StopFetch
from gridlens.shared.permissions import Role

pytestmark = pytest.mark.anyio

ENDLESS = "SELECT count(*) AS n FROM range(100000000000) AS a, range(1000) AS b"


@pytest.fixture
async def source(services, analyst):
    return await services.sources.create_file_source(analyst, "Meters", "UTC", build_meters)


def asking(principal, source, sql: str, *, query_id: UUID | None = None, seconds: float = 30.0) -> FetchRows:
    return FetchRows(
        principal=principal,
        source_id=source.id,
        query_id=query_id or uuid4(),
        sql=sql,
        row_limit=100,
        deadline_seconds=seconds,
    )


async def test_a_query_is_stopped_by_who_runs_it_and_by_nobody_else(services, analyst, viewer, source):
    bus = services.core.bus
    query_id = uuid4()
    running = asyncio.create_task(bus.request(asking(analyst, source, ENDLESS, query_id=query_id)))
    await asyncio.sleep(0.3)
    assert not await bus.request(StopFetch(principal=viewer, query_id=query_id))
    assert await bus.request(StopFetch(principal=analyst, query_id=query_id))
    with pytest.raises(QueryStopped):
        await running
    assert not await bus.request(StopFetch(principal=analyst, query_id=query_id))
    assert (await bus.request(asking(analyst, source, "SELECT 1 AS one"))).frame.item() == 1


async def test_a_query_that_runs_in_another_process_is_stopped_through_the_database(
    services, analyst, source, monkeypatch
):
    monkeypatch.setattr("gridlens.data_sources.services.fetching.LONG_SECONDS", 0.1)
    here = FetchService(services.core.database, services.engines, services.catalogs)
    elsewhere = FetchService(services.core.database, services.engines, services.catalogs)
    query_id = uuid4()
    running = asyncio.create_task(elsewhere.fetch(asking(analyst, source, ENDLESS, query_id=query_id)))
    await asyncio.sleep(0.4)
    stranger = principal_with(Role.ANALYST)
    assert not await here.stop(StopFetch(principal=stranger, query_id=query_id))
    assert await here.stop(StopFetch(principal=analyst, query_id=query_id))
    with pytest.raises(QueryStopped):
        await asyncio.wait_for(running, 5)
    async with services.core.database.transaction() as session:
        assert list(await session.scalars(select(SourceFetch))) == []


async def test_short_queries_are_never_listed(services, analyst, source, monkeypatch):
    monkeypatch.setattr("gridlens.data_sources.services.fetching.LONG_SECONDS", 0.1)
    service = FetchService(services.core.database, services.engines, services.catalogs)
    await service.fetch(asking(analyst, source, "SELECT 1 AS one"))
    with pytest.raises(QueryTimedOut):
        await service.fetch(asking(analyst, source, ENDLESS, seconds=0.3))
    async with services.core.database.transaction() as session:
        assert list(await session.scalars(select(SourceFetch))) == []


async def test_what_a_crashed_process_listed_is_forgotten_after_a_day(services, analyst):
    service = FetchService(services.core.database, services.engines, services.catalogs)
    async with services.core.database.transaction() as session:
        for started_at in (utc_now(), utc_now() - FETCH_FORGOTTEN * 2):
            session.add(
                SourceFetch(
                    query_id=uuid4(),
                    organisation_id=analyst.organisation_id,
                    user_id=analyst.user_id,
                    started_at=started_at,
                )
            )
    await service.forget_old()
    async with services.core.database.transaction() as session:
        assert len(list(await session.scalars(select(SourceFetch)))) == 1


async def test_two_queries_cannot_have_one_id_though_they_come_at_once(services, analyst, source):
    twice = asking(analyst, source, ENDLESS, query_id=uuid4(), seconds=1)
    outcomes = await asyncio.gather(
        services.core.bus.request(twice), services.core.bus.request(twice), return_exceptions=True
    )

    assert {type(outcome) for outcome in outcomes} == {Conflict, QueryTimedOut}


async def test_who_may_not_read_sources_may_not_ask_them(services, analyst, source):
    nobody = msgspec.structs.replace(analyst, permissions=frozenset())
    with pytest.raises(Refused):
        await services.core.bus.request(asking(nobody, source, "SELECT 1 AS one"))


async def test_a_source_of_files_without_a_table_says_what_to_do(services, analyst):
    source, task = await services.sources.create(analyst, NewSource(name="Empty", connection=FilesSettings()))
    assert task is None
    with pytest.raises(FileRefused, match="Upload a file"):
        await services.core.bus.request(asking(analyst, source, "SELECT 1 AS one"))
