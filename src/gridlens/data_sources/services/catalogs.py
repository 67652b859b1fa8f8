"""What sources hold: reading it, describing it, and keeping it fresh."""

from collections import OrderedDict
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from functools import partial
from uuid import UUID

import msgspec
import structlog
from msgspec import UNSET
from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from gridlens.core.errors import GridlensError, NotFound
from gridlens.core.jobs import Job, Jobs
from gridlens.core.models import utc_now
from gridlens.core.module import Core
from gridlens.core.principal import Principal
from gridlens.core.remembered import Remembered
from gridlens.data_sources.access.rules import Place, Rules, Seen, seen_by
from gridlens.data_sources.access.stored import access_of, note_arrivals
from gridlens.data_sources.connections import DIALECTS
from gridlens.data_sources.connectors import Connector, Statement
from gridlens.data_sources.engines import Engines
from gridlens.data_sources.errors import SourceNotFound
from gridlens.data_sources.models import Source, SourceCatalog, SourceTask
from gridlens.data_sources.profiles.dialects import DIALECTS as SQL_DIALECTS
from gridlens.data_sources.profiles.statistics import Profiler
from gridlens.data_sources.schemas import (
    CatalogOut,
    Cell,
    ColumnChange,
    RefreshSchedule,
    SampleOut,
    TableChange,
    TableName,
)
from gridlens.data_sources.services.access import find_source, require
from gridlens.data_sources.services.overrides import apply, override_at, overrides_of
from gridlens.data_sources.services.tasks import Progress, TaskService, new_task
from gridlens.data_sources.workers.pool import PoolClosed
from gridlens.shared.analytics import GuardStatement
from gridlens.shared.catalog import Catalog, CatalogTable
from gridlens.shared.data_sources import CatalogChanged, SourceDescription
from gridlens.shared.permissions import Permission
from gridlens.shared.results import Column

SAMPLE_SECONDS = 15.0
MOST_KEPT = 32
log = structlog.get_logger()

SEEN_KEPT = 256


@dataclass(frozen=True, slots=True)
class Described:
    """A catalog as people named it, hidden tables too, with the rules about who sees what of it."""

    catalog: Catalog
    hidden: frozenset[Place]
    rules: Rules
    arrivals: frozenset[Place] = frozenset()


class RefreshCatalog(Job, frozen=True, kw_only=True, tag="data_sources.refresh_catalog"):
    """Read a source anew. ``task_id`` is of the person who waits; a schedule has none."""

    source_id: UUID
    task_id: UUID | None = None


class RefreshFailed(GridlensError):
    """A mistake of ours; the log has everything."""

    kind = "refresh-failed"
    title = "The refresh failed"

    def __init__(self) -> None:
        super().__init__("This is a mistake of ours; what was known of the source stays. Try again.")


class RefreshOutcome(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """How many tables were read, and which of them there was no time to look through."""

    tables: int
    without_profile: tuple[str, ...] = ()


class CatalogService:
    def __init__(self, core: Core, engines: Engines, tasks: TaskService) -> None:
        self._database = core.database
        self._outbox = core.outbox
        self._jobs = core.jobs
        self._engines = engines
        self._tasks = tasks
        self._bus = core.bus
        self._kept: OrderedDict[UUID, tuple[int, Described]] = OrderedDict()
        self._descriptions: Remembered[bytes, SourceDescription] = Remembered(core.database)
        self._seen: OrderedDict[bytes, Seen] = OrderedDict()

    async def describe(self, principal: Principal, source_id: UUID) -> SourceDescription:
        """The source as a question needs it."""
        require(principal, Permission.READ_SOURCES)
        key = msgspec.msgpack.encode((principal, source_id))
        return await self._descriptions.get(key, partial(self._describe, principal, source_id))

    async def _describe(self, principal: Principal, source_id: UUID) -> SourceDescription:
        source, described = await self._described(principal, source_id)
        return description_of(source, described, self._seen_by(principal, source, described))

    async def catalog(self, principal: Principal, source_id: UUID) -> CatalogOut:
        require(principal, Permission.READ_CATALOGS)
        source, described = await self._described(principal, source_id)
        seen = self._seen_by(principal, source, described).catalog
        return CatalogOut(
            source_id=source.id,
            version=source.catalog_version,
            read_at=source.refreshed_at,
            tables=_shown(seen, described),
            hidden_tables=tuple(
                TableName(name=table.name, schema=table.schema)
                for table in seen.tables
                if (table.schema, table.name) in described.hidden
            ),
        )

    async def described(self, principal: Principal, source_id: UUID) -> tuple[Source, Described]:
        """The whole of it with the rules, for whoever looks after them."""
        require(principal, Permission.MANAGE_ACCESS)
        return await self._described(principal, source_id)

    async def hidden_from(self, principal: Principal, source_id: UUID) -> frozenset[str]:
        """The names of tables that somebody may not know of; none of a source that is gone."""
        try:
            source, described = await self._described(principal, source_id)
        except SourceNotFound:
            return frozenset()
        seen = self._seen_by(principal, source, described).catalog
        return frozenset(each.name for each in described.catalog.tables) - {each.name for each in seen.tables}

    async def rights(self, principal: Principal, source_id: UUID) -> str:
        """What somebody may see of a source, as a text that changes with it."""
        return (await self.describe(principal, source_id)).rights

    async def refresh(self, principal: Principal, source_id: UUID) -> SourceTask:
        """Start reading the source anew; the task tells how far it is."""
        require(principal, Permission.MANAGE_SOURCES)
        async with self._database.transaction() as session:
            source = await find_source(session, principal.organisation_id, source_id)
            return await enqueue_refresh(session, self._jobs, source)

    async def schedule_refresh(
        self, principal: Principal, source_id: UUID, schedule: RefreshSchedule | None
    ) -> Source:
        """Refresh at these times from now on, or never by itself."""
        require(principal, Permission.MANAGE_SOURCES)
        async with self._database.transaction() as session:
            source = await find_source(session, principal.organisation_id, source_id)
            name = schedule_name(source_id)
            if schedule is None:
                await self._jobs.unschedule(session, name)
                source.refresh_cron = source.refresh_zone = None
            else:
                job = RefreshCatalog(source_id=source_id)
                await self._jobs.schedule(session, name=name, cron=schedule.cron, zone=schedule.zone, job=job)
                source.refresh_cron, source.refresh_zone = schedule.cron, schedule.zone
        return source

    async def change_table(self, principal: Principal, source_id: UUID, change: TableChange) -> None:
        """Name, describe, hide or show a table."""
        require(principal, Permission.MANAGE_SOURCES)
        await self._check_place(principal, source_id, change.schema, change.table, None)
        async with self._database.transaction() as session:
            source = await find_source(session, principal.organisation_id, source_id)
            override = await override_at(session, source, (change.schema, change.table, None))
            if change.label is not UNSET:
                override.label = change.label
            if change.description is not UNSET:
                override.description = change.description
            if change.is_hidden is not UNSET:
                override.is_hidden = change.is_hidden
            self.change(session, source)

    async def change_column(self, principal: Principal, source_id: UUID, change: ColumnChange) -> None:
        """Name or describe a column, or correct its unit or role."""
        require(principal, Permission.MANAGE_SOURCES)
        await self._check_place(principal, source_id, change.schema, change.table, change.column)
        async with self._database.transaction() as session:
            source = await find_source(session, principal.organisation_id, source_id)
            override = await override_at(session, source, (change.schema, change.table, change.column))
            if change.label is not UNSET:
                override.label = change.label
            if change.description is not UNSET:
                override.description = change.description
            if change.unit is not UNSET:
                override.unit = change.unit
            if change.role is not UNSET:
                override.role = change.role
            self.change(session, source)

    async def sample(
        self, principal: Principal, source_id: UUID, table: str, schema: str | None, rows: int
    ) -> SampleOut:
        """The first rows of a table, read now."""
        require(principal, Permission.RUN_QUERIES)
        source, described = await self._described(principal, source_id)
        description = description_of(source, described, self._seen_by(principal, source, described))
        return await self.rows_of(source, description, table, schema, rows)

    async def rows_of(
        self, source: Source, description: SourceDescription, table: str, schema: str | None, rows: int
    ) -> SampleOut:
        """The first rows of a table as a source is described to somebody."""
        found = table_in(description.catalog.tables, schema, table)
        sql = f"SELECT * FROM {SQL_DIALECTS[source.kind].table(found)}"  # noqa: S608 -- quoted
        if description.rights:
            ask = GuardStatement(source=description, sql=sql, row_limit=rows + 1)
            sql = await self._bus.request(ask)
        connector = await self._engines.connector(source)
        fetched = await connector.fetch(Statement(sql=sql, row_limit=rows, deadline_seconds=SAMPLE_SECONDS))
        known = {column.name: column for column in found.columns}
        names = [name for name in fetched.frame.columns if name in known]
        return SampleOut(
            columns=tuple(
                Column(
                    name=name,
                    kind=known[name].kind,
                    role=known[name].role,
                    unit=known[name].unit,
                    label=known[name].label,
                    description=known[name].description,
                )
                for name in names
            ),
            rows=tuple(
                tuple(_cell(value) for value in row) for row in fetched.frame.select(names).iter_rows()
            ),
        )

    async def run_refresh(self, job: RefreshCatalog) -> None:
        """Do what a refresh job asks; a failure is kept with source and task, and is not tried again."""
        if job.task_id is None:
            with suppress(GridlensError):  # the source keeps the reason
                await self._refresh(job.source_id, Progress())
            return
        if await self._tasks.is_finished(job.task_id):
            return
        async with self._tasks.running(job.task_id) as progress:
            try:
                outcome = await self._refresh(job.source_id, progress)
            except PoolClosed:
                raise  # offered again after the restart
            except GridlensError as error:
                await self._tasks.fail(job.task_id, error)
                return
            except Exception:
                await self._tasks.fail(job.task_id, RefreshFailed())
                raise
        await self._tasks.finish(job.task_id, outcome)

    async def read(
        self, connector: Connector, kind: str, progress: Callable[[int, int], None]
    ) -> tuple[tuple[CatalogTable, ...], tuple[str, ...]]:
        """Tables with profiles, and the names of those without."""
        tables = await connector.read_catalog()
        return await Profiler(connector, kind).profile_all(tables, progress)

    async def save(self, session: AsyncSession, source: Source, tables: tuple[CatalogTable, ...]) -> None:
        """Make what was read the source's catalog, in the caller's transaction."""
        content = msgspec.json.encode(tables).decode()
        stored = await session.get(SourceCatalog, source.id)
        before = _places(_read_tables(stored.content) if stored else ())
        await note_arrivals(session, source.id, before, _places(tables))
        if stored is None:
            session.add(SourceCatalog(source_id=source.id, content=content))
        else:
            stored.content = content
        source.state, source.last_error, source.refreshed_at = "ready", None, utc_now()
        self.change(session, source)

    async def _refresh(self, source_id: UUID, progress: Callable[[int, int], None]) -> RefreshOutcome:
        async with self._database.transaction() as session:
            source = await session.get(Source, source_id)
        if source is None:
            raise SourceNotFound
        try:
            connector = await self._engines.connector(source)
            tables, left_out = await self.read(connector, source.kind, progress)
        except PoolClosed:
            raise
        except GridlensError as error:
            log.info("refresh_failed", source_id=str(source_id), reason=error.detail)
            async with self._database.transaction() as session:
                failed = update(Source).where(Source.id == source_id)
                await session.execute(failed.values(state="failed", last_error=error.detail))
            raise
        async with self._database.transaction() as session:
            current = await session.get(Source, source_id)
            if current is None:
                raise SourceNotFound
            await self.save(session, current, tables)
        return RefreshOutcome(tables=len(tables), without_profile=left_out)

    async def _described(self, principal: Principal, source_id: UUID) -> tuple[Source, Described]:
        async with self._database.transaction() as session:
            source = await find_source(session, principal.organisation_id, source_id)
            kept = self._kept.get(source_id)
            if kept is not None and kept[0] == source.catalog_version:
                self._kept.move_to_end(source_id)
                return source, kept[1]
            catalog = await _stored_catalog(session, source)
            shown, hidden = apply(catalog, await overrides_of(session, source))
            rules, arrivals = await access_of(session, source_id)
            described = Described(
                catalog=msgspec.structs.replace(shown, tables=(*shown.tables, *hidden)),
                hidden=_places(hidden),
                rules=rules,
                arrivals=arrivals,
            )
        self._kept[source_id] = (source.catalog_version, described)
        if len(self._kept) > MOST_KEPT:
            self._kept.popitem(last=False)
        return source, described

    def _seen_by(self, principal: Principal, source: Source, described: Described) -> Seen:
        # Encoded, because 1, 1.0 and true are equal in Python and not in SQL.
        key = msgspec.msgpack.encode((source.id, source.catalog_version, principal))
        seen = self._seen.get(key)
        if seen is None:
            seen = self._seen[key] = seen_by(
                principal, described.catalog, described.rules, described.arrivals
            )
            if len(self._seen) > SEEN_KEPT:
                self._seen.popitem(last=False)
        else:
            self._seen.move_to_end(key)
        return seen

    async def _check_place(
        self, principal: Principal, source_id: UUID, schema: str | None, table: str, column: str | None
    ) -> None:
        source, described = await self._described(principal, source_id)
        seen = self._seen_by(principal, source, described).catalog
        found = table_in(seen.tables, schema, table)
        if column is not None and all(known.name != column for known in found.columns):
            raise NotFound(
                f"There is no column “{column}” in “{table}”. Refresh the source, or choose another."
            )

    def change(self, session: AsyncSession, source: Source) -> None:
        """Say, in the caller's transaction, that answers from before may be stale."""
        source.catalog_version += 1
        self._outbox.save(
            session,
            CatalogChanged(
                organisation_id=source.organisation_id, source_id=source.id, version=source.catalog_version
            ),
        )


def table_in(tables: Iterable[CatalogTable], schema: str | None, name: str) -> CatalogTable:
    found = next((each for each in tables if (each.schema, each.name) == (schema, name)), None)
    if found is None:
        raise NotFound(f"There is no table “{name}” in this source. Refresh it, or choose another.")
    return found


def description_of(source: Source, described: Described, seen: Seen) -> SourceDescription:
    """A source as it is for somebody who sees that much of it."""
    return SourceDescription(
        source_id=source.id,
        name=source.name,
        dialect=DIALECTS[source.kind],
        zone=source.zone,
        catalog=msgspec.structs.replace(seen.catalog, tables=_shown(seen.catalog, described)),
        database=source.settings.get("database"),
        anchors_to_newest=source.anchors_to_newest,
        kept_seconds=source.kept_seconds,
        restrictions=seen.restrictions,
        rights=seen.rights,
    )


def _shown(catalog: Catalog, described: Described) -> tuple[CatalogTable, ...]:
    return tuple(table for table in catalog.tables if (table.schema, table.name) not in described.hidden)


async def enqueue_refresh(session: AsyncSession, jobs: Jobs, source: Source) -> SourceTask:
    task = new_task(source.organisation_id, source.id, "refresh")
    session.add(task)
    await session.flush()
    await jobs.enqueue(session, RefreshCatalog(source_id=source.id, task_id=task.id))
    return task


def schedule_name(source_id: UUID) -> str:
    return f"source:{source_id}:refresh"


async def _stored_catalog(session: AsyncSession, source: Source) -> Catalog:
    content = await session.scalar(select(SourceCatalog.content).where(SourceCatalog.source_id == source.id))
    return Catalog(
        tables=_read_tables(content) if content else (),
        version=source.catalog_version,
        read_at=source.refreshed_at or source.created_at,
    )


def _read_tables(content: str) -> tuple[CatalogTable, ...]:
    return msgspec.json.decode(content, type=tuple[CatalogTable, ...])


def _places(tables: Iterable[CatalogTable]) -> frozenset[Place]:
    return frozenset((table.schema, table.name) for table in tables)


def _cell(value: object) -> Cell:
    match value:
        case None | bool() | int() | float() | str():
            return value
        case Decimal():
            return float(value)
        case datetime() | date() | time():
            return value.isoformat()
        case bytes():
            return value.hex()
    return str(value)
