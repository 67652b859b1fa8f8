"""Running queries, and ending them from any process."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID

import polars as pl
import structlog
from sqlalchemy import delete, select, update
from sqlalchemy.exc import SQLAlchemyError

from gridlens.core.database import Database
from gridlens.core.errors import Conflict
from gridlens.core.models import utc_now
from gridlens.core.principal import Principal
from gridlens.core.remembered import Remembered
from gridlens.data_sources.connectors import Connector, Statement
from gridlens.data_sources.engines import Engines
from gridlens.data_sources.errors import QueryStopped, RightsChanged
from gridlens.data_sources.models import Source, SourceFetch
from gridlens.data_sources.services.access import find_source, require
from gridlens.data_sources.services.catalogs import CatalogService
from gridlens.shared.data_sources import FetchedRows, FetchRows, StopFetch, StreamRows
from gridlens.shared.permissions import Permission

LONG_SECONDS = 1.0
FETCH_FORGOTTEN = timedelta(days=1)
log = structlog.get_logger()


@dataclass(slots=True)
class Running:
    principal: Principal
    task: asyncio.Task[FetchedRows]
    ended: asyncio.Event = field(default_factory=asyncio.Event)
    is_stopped: bool = False
    is_listed: bool = False

    def stop(self) -> None:
        self.is_stopped = True
        self.task.cancel()


class FetchService:
    """One instance a process; a query that runs for long is listed in the database for the others."""

    def __init__(self, database: Database, engines: Engines, catalogs: CatalogService) -> None:
        self._database = database
        self._catalogs = catalogs
        self._engines = engines
        self._running: dict[UUID, Running] = {}
        self._sources: Remembered[tuple[UUID, UUID], Source] = Remembered(database)

    async def fetch(self, ask: FetchRows) -> FetchedRows:
        require(ask.principal, Permission.READ_SOURCES)
        connector, statement = await self._ready(ask)
        # Nothing waits between this look and the entry, so two that come at once cannot both pass.
        if ask.query_id in self._running:
            raise Conflict("A query of this id is running already. Give every query an id of its own.")
        running = Running(ask.principal, asyncio.create_task(connector.fetch(statement)))
        self._running[ask.query_id] = running
        watch = asyncio.create_task(self._watch(ask.query_id, running))
        try:
            return await running.task
        except asyncio.CancelledError:
            if running.is_stopped:
                raise QueryStopped from None
            raise
        finally:
            del self._running[ask.query_id]
            running.ended.set()
            await watch
            if running.is_listed:
                await self._unlist(ask.query_id)

    async def stream(self, ask: StreamRows) -> AsyncGenerator[pl.DataFrame, None]:
        """Every row in parts; what is wrong from the start is raised before there is a stream."""
        require(ask.principal, Permission.READ_SOURCES)
        connector, statement = await self._ready(ask)
        return connector.stream(statement)

    async def _ready(self, ask: FetchRows | StreamRows) -> tuple[Connector, Statement]:
        organisation_id, source_id = ask.principal.organisation_id, ask.source_id
        find = partial(self._find, organisation_id, source_id)
        source = await self._sources.get((organisation_id, source_id), find)
        rights = await self._catalogs.rights(ask.principal, ask.source_id)
        if rights and ask.rights != rights:
            raise RightsChanged
        connector = await self._engines.connector(source)
        statement = Statement(
            sql=ask.sql.strip().rstrip(";"), row_limit=ask.row_limit, deadline_seconds=ask.deadline_seconds
        )
        return connector, statement

    async def stop(self, ask: StopFetch) -> bool:
        """End a query of the asker's own, wherever it runs; true when it was running."""
        running = self._running.get(ask.query_id)
        if running is not None:
            if running.principal.user_id != ask.principal.user_id:
                return False
            running.stop()
            return True
        async with self._database.transaction() as session:
            listed: Any = await session.execute(
                update(SourceFetch)
                .where(
                    SourceFetch.query_id == ask.query_id,
                    SourceFetch.organisation_id == ask.principal.organisation_id,
                    SourceFetch.user_id == ask.principal.user_id,
                )
                .values(is_stopped=True)
            )
        return bool(listed.rowcount)

    async def _find(self, organisation_id: UUID, source_id: UUID) -> Source:
        async with self._database.transaction() as session:
            return await find_source(session, organisation_id, source_id)

    async def forget_old(self) -> None:
        """Drop what processes left behind that ended in the middle of a query."""
        async with self._database.transaction() as session:
            await session.execute(
                delete(SourceFetch).where(SourceFetch.started_at < utc_now() - FETCH_FORGOTTEN)
            )

    async def _watch(self, query_id: UUID, running: Running) -> None:
        """List a query that runs for long, and look now and then whether another process wants its end."""
        while True:
            with suppress(TimeoutError):
                await asyncio.wait_for(running.ended.wait(), LONG_SECONDS)
            if running.ended.is_set():
                return
            try:
                if await self._is_stopped_elsewhere(query_id, running):
                    running.stop()
                    return
            except SQLAlchemyError:
                log.exception("fetch_not_listed", query_id=str(query_id))

    async def _is_stopped_elsewhere(self, query_id: UUID, running: Running) -> bool:
        async with self._database.transaction() as session:
            if not running.is_listed:
                running.is_listed = True
                session.add(
                    SourceFetch(
                        query_id=query_id,
                        organisation_id=running.principal.organisation_id,
                        user_id=running.principal.user_id,
                    )
                )
                return False
            chosen = select(SourceFetch.is_stopped).where(SourceFetch.query_id == query_id)
            return bool(await session.scalar(chosen))

    async def _unlist(self, query_id: UUID) -> None:
        async with self._database.transaction() as session:
            await session.execute(delete(SourceFetch).where(SourceFetch.query_id == query_id))
