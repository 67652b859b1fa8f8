"""What data_sources answers, listens to and does in the background."""

from collections.abc import AsyncGenerator

import polars as pl

from gridlens.core.jobs import Job
from gridlens.core.module import Core
from gridlens.core.outbox import first_time
from gridlens.data_sources.access.service import AccessService
from gridlens.data_sources.services.catalogs import CatalogService, RefreshCatalog
from gridlens.data_sources.services.fetching import FetchService
from gridlens.data_sources.services.imports import ImportService, ImportTable
from gridlens.data_sources.services.sources import RemoveFiles, SourceService
from gridlens.data_sources.services.tasks import TaskService
from gridlens.data_sources.services.uploads import UploadService
from gridlens.shared.auth import FindUsesOfGroup, UserErased
from gridlens.shared.data_sources import (
    DescribeSource,
    FetchedRows,
    FetchRows,
    ListSources,
    SourceDescription,
    SourceSummary,
    StopFetch,
    StreamRows,
)


class Tidy(Job, frozen=True, kw_only=True, tag="data_sources.tidy"):
    """Drop what nobody will ask for again."""


def connect(
    core: Core,
    sources: SourceService,
    catalogs: CatalogService,
    access: AccessService,
    fetching: FetchService,
    tasks: TaskService,
    uploads: UploadService,
    imports: ImportService,
) -> None:
    bus, jobs = core.bus, core.jobs

    @bus.answers(ListSources)
    async def list_sources(ask: ListSources) -> tuple[SourceSummary, ...]:
        return await sources.summaries(ask.principal)

    @bus.answers(DescribeSource)
    async def describe_source(ask: DescribeSource) -> SourceDescription:
        return await catalogs.describe(ask.principal, ask.source_id)

    @bus.answers(FetchRows)
    async def fetch_rows(ask: FetchRows) -> FetchedRows:
        return await fetching.fetch(ask)

    @bus.answers(StreamRows)
    async def stream_rows(ask: StreamRows) -> AsyncGenerator[pl.DataFrame, None]:
        return await fetching.stream(ask)

    @bus.answers(StopFetch)
    async def stop_fetch(ask: StopFetch) -> bool:
        return await fetching.stop(ask)

    @bus.answers(FindUsesOfGroup)
    async def find_uses_of_group(ask: FindUsesOfGroup) -> tuple[str, ...]:
        return await access.uses_of_group(ask.organisation_id, ask.group_id)

    @bus.on(UserErased)
    async def hand_over(event: UserErased) -> None:
        async with core.database.transaction() as session:
            if await first_time(session, event, "data_sources.hand_over"):
                await sources.hand_over(session, event.organisation_id, event.user_id, event.heir_id)
                await access.forget_user(session, event.organisation_id, event.user_id)

    @jobs.handles(RefreshCatalog)
    async def refresh_catalog(job: RefreshCatalog) -> None:
        await catalogs.run_refresh(job)

    @jobs.handles(RemoveFiles)
    async def remove_files(job: RemoveFiles) -> None:
        await sources.remove_files(job)

    @jobs.handles(ImportTable)
    async def import_table(job: ImportTable) -> None:
        await imports.run(job)

    @jobs.handles(Tidy)
    async def tidy(_job: Tidy) -> None:
        await fetching.forget_old()
        await tasks.forget_old()
        await uploads.forget_expired()
        await imports.forget_orphans()

    jobs.declare(name="data_sources.tidy", cron="41 3 * * *", zone="UTC", job=Tidy())
