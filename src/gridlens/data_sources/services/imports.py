"""Uploaded files becoming tables: a change makes a new file of the source, then names it the current one."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path
from typing import Any, TypeVar
from uuid import UUID
from weakref import WeakValueDictionary

import structlog
from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from uuid_utils.compat import uuid7

from gridlens.core.errors import Conflict, GridlensError, Invalid, NotFound
from gridlens.core.jobs import Job
from gridlens.core.models import utc_now
from gridlens.core.module import Core
from gridlens.core.principal import Principal
from gridlens.data_sources.connections import FilesSettings, to_stored
from gridlens.data_sources.engines import Engines
from gridlens.data_sources.errors import SourceNotFound, UploadNotFound
from gridlens.data_sources.models import Source, SourceTask, SourceUpload
from gridlens.data_sources.schemas import NewImport
from gridlens.data_sources.services.access import find_own, require
from gridlens.data_sources.services.catalogs import CatalogService
from gridlens.data_sources.services.sources import RemoveFiles, audited, check_zone
from gridlens.data_sources.services.tasks import Progress, TaskService, done_with, new_task
from gridlens.data_sources.services.uploads import UPLOAD_KEPT, UploadService
from gridlens.data_sources.uploads import ImportOutcome, ReadOptions
from gridlens.data_sources.uploads.importing import IfExists, OnBadRow
from gridlens.data_sources.workers.errand_messages import Drop, Import
from gridlens.data_sources.workers.file_work import FileWork
from gridlens.data_sources.workers.pool import PoolClosed
from gridlens.shared.catalog import CatalogTable
from gridlens.shared.data_sources import SourceConnected, SourceDeleted
from gridlens.shared.permissions import Permission

MOST_TRIES = 3
ORPHANS_KEPT = timedelta(days=1)
OutcomeT = TypeVar("OutcomeT")
Write = Callable[[Path | None, Path], Awaitable[OutcomeT]]
"""Makes the second file of the first, or of nothing."""
Settle = Callable[[AsyncSession, Source, OutcomeT], Awaitable[None]]
log = structlog.get_logger()


class ImportTable(Job, frozen=True, kw_only=True, tag="data_sources.import_table"):
    """Read an upload into a table of a source; a source made for it goes again when nothing comes of it."""

    task_id: UUID
    source_id: UUID
    upload_id: UUID
    is_new_source: bool
    table: str
    options: ReadOptions
    on_bad_row: OnBadRow
    if_exists: IfExists
    user_id: UUID | None = None
    """Who asked for it; nothing in jobs of a release that did not keep it."""


class ImportFailed(GridlensError):
    """A mistake of ours; the log has everything."""

    kind = "import-failed"
    title = "The import failed"

    def __init__(self) -> None:
        super().__init__("This is a mistake of ours, and nothing was imported. Try again.")


class ImportService:
    def __init__(
        self,
        core: Core,
        engines: Engines,
        work: FileWork,
        uploads: UploadService,
        catalogs: CatalogService,
        tasks: TaskService,
    ) -> None:
        self._database = core.database
        self._outbox = core.outbox
        self._jobs = core.jobs
        self._engines = engines
        self._storage = engines.storage
        self._work = work
        self._uploads = uploads
        self._catalogs = catalogs
        self._tasks = tasks
        # A query that began before the change may read the old file until its deadline.
        self._file_kept = timedelta(seconds=2 * core.settings.query_seconds + 60)
        self._locks: WeakValueDictionary[UUID, asyncio.Lock] = WeakValueDictionary()

    async def start(self, principal: Principal, upload_id: UUID, new: NewImport) -> tuple[Source, SourceTask]:
        """Begin to import; the task tells how far it is and what came of it."""
        require(principal, Permission.MANAGE_SOURCES)
        upload = await self._uploads.find(principal, upload_id)
        if (new.source_id is None) == (new.new_source is None):
            raise Invalid(
                "Name either a source to import into or a new one.",
                fields={"sourceId": "a source or a new one", "newSource": "a source or a new one"},
            )
        if new.new_source is not None:
            check_zone(new.new_source.zone)
        async with self._database.transaction() as session:
            source = await self._source_for(session, principal, new)
            task = new_task(source.organisation_id, source.id, "import")
            session.add(task)
            kept = update(SourceUpload).where(SourceUpload.id == upload.id)
            await session.execute(kept.values(expires_at=utc_now() + UPLOAD_KEPT))
            await session.flush()
            await self._jobs.enqueue(
                session,
                ImportTable(
                    task_id=task.id,
                    source_id=source.id,
                    upload_id=upload.id,
                    is_new_source=new.new_source is not None,
                    user_id=principal.user_id,
                    table=new.table,
                    options=new.options,
                    on_bad_row=new.on_bad_row,
                    if_exists=new.if_exists,
                ),
            )
        return source, task

    async def run(self, job: ImportTable) -> None:
        """Do what an import job asks; a failure is kept with the task, and leaves the source as it was."""
        if await self._tasks.is_finished(job.task_id):
            return
        async with self._tasks.running(job.task_id) as progress:
            try:
                await self._import(job, progress)
            except PoolClosed:
                raise  # offered again after the restart
            except GridlensError as error:
                await self._give_up(job, error)
            except Exception:
                await self._give_up(job, ImportFailed())
                raise

    async def drop_table(self, principal: Principal, source_id: UUID, table: str) -> None:
        """Remove an imported table."""
        require(principal, Permission.MANAGE_SOURCES)
        async with self._database.transaction() as session:
            source = await find_own(session, principal, source_id)
        self._check_files(source)
        if await self._catalogs.rights(principal, source_id):
            # Who does not see all of a source may not find out what else there is by removing it.
            seen = (await self._catalogs.describe(principal, source_id)).catalog
            if all(each.name != table for each in seen.tables):
                raise NotFound(f"There is no table “{table}” in this source.")

        async def drop(base: Path | None, into: Path) -> None:
            if base is None:
                raise SourceNotFound
            await self._work.drop_table(Drop(base=str(base), into=str(into), table=table))

        async def tell(session: AsyncSession, current: Source, _outcome: None) -> None:
            dropped = audited(principal.user_id, "source.table_removed", current, table=table)
            self._outbox.save(session, dropped)

        await self._rewrite(source_id, drop, tell)

    async def forget_orphans(self) -> None:
        """Remove files that no source has, left by a process that ended in the middle of a change."""
        async with self._database.transaction() as session:
            rows = await session.execute(select(Source.id, Source.file_name))
            current = dict(rows.tuples().all())
        await asyncio.to_thread(self._storage.remove_orphans, current, utc_now() - ORPHANS_KEPT)

    async def _import(self, job: ImportTable, progress: Progress) -> None:
        upload_path = self._storage.upload_file(job.upload_id)
        if not upload_path.exists():
            raise UploadNotFound

        async def write(base: Path | None, into: Path) -> ImportOutcome:
            return await self._work.import_table(
                Import(
                    path=str(upload_path),
                    options=job.options,
                    base=str(base) if base else None,
                    into=str(into),
                    table=job.table,
                    on_bad_row=job.on_bad_row,
                    if_exists=job.if_exists,
                ),
                progress,
            )

        async def settle(session: AsyncSession, source: Source, outcome: ImportOutcome) -> None:
            if job.is_new_source:
                connected = SourceConnected(organisation_id=source.organisation_id, source_id=source.id)
                self._outbox.save(session, connected)
                self._outbox.save(session, audited(source.owner_id, "source.connected", source))
            else:
                who = job.user_id or source.owner_id
                imported = audited(who, "source.table_imported", source, table=job.table, mode=job.if_exists)
                self._outbox.save(session, imported)
            finished = update(SourceTask).where(SourceTask.id == job.task_id)
            await session.execute(finished.values(done=SourceTask.total, **done_with(outcome)))
            await session.execute(delete(SourceUpload).where(SourceUpload.id == job.upload_id))

        await self._rewrite(job.source_id, write, settle)
        upload_path.unlink(missing_ok=True)

    async def _rewrite(
        self, source_id: UUID, write: Write[OutcomeT], settle: Settle[OutcomeT] | None = None
    ) -> None:
        """Have ``write`` make a new file of the old one, and make it the current one.

        Until that commits the old file stands; afterwards the new one does. ``settle`` adds to the
        same transaction. Another process that was faster makes us begin again from its file.
        """
        lock = self._locks.setdefault(source_id, asyncio.Lock())
        async with lock:
            for _ in range(MOST_TRIES):
                async with self._database.transaction() as session:
                    source = await session.get(Source, source_id)
                if source is None:
                    raise SourceNotFound
                if await self._rewrite_once(source, write, settle):
                    return
        raise Conflict("Others change this source at the same time. Try again when they are done.")

    async def _rewrite_once(
        self, source: Source, write: Write[OutcomeT], settle: Settle[OutcomeT] | None
    ) -> bool:
        base = self._storage.source_file(source.id, source.file_name) if source.file_name else None
        draft = self._storage.new_file(source.id, source.catalog_version + 1)
        is_current = False
        try:
            outcome = await write(base, draft)
            size_bytes = (await asyncio.to_thread(draft.stat)).st_size
            connector = self._engines.build(FilesSettings(), "", source.zone, draft)
            tables, _ = await self._catalogs.read(connector, "files", lambda _done, _total: None)
            async with self._database.transaction() as session:
                current = await self._make_current(session, source, draft.name, size_bytes, tables)
                if current is not None and settle is not None:
                    await settle(session, current, outcome)
            is_current = current is not None
        finally:
            if not is_current:
                await self._engines.pool.release(str(draft))
                draft.unlink(missing_ok=True)
        return is_current

    async def _make_current(
        self,
        session: AsyncSession,
        source: Source,
        file_name: str,
        size_bytes: int,
        tables: tuple[CatalogTable, ...],
    ) -> Source | None:
        """The source with its new file and catalog; nothing when its file is another by now."""
        unchanged = (
            Source.file_name.is_(None) if source.file_name is None else Source.file_name == source.file_name
        )
        moved: Any = await session.execute(
            update(Source)
            .where(Source.id == source.id, unchanged)
            .values(file_name=file_name, size_bytes=size_bytes),
            execution_options={"synchronize_session": False},
        )
        if not moved.rowcount:
            return None
        current = await session.get_one(Source, source.id, populate_existing=True)
        await self._catalogs.save(session, current, tables)
        if source.file_name is not None:
            old = RemoveFiles(source_id=source.id, file_name=source.file_name)
            await self._jobs.enqueue(session, old, run_at=utc_now() + self._file_kept)
        return current

    async def _give_up(self, job: ImportTable, error: GridlensError) -> None:
        if job.is_new_source:
            await self._withdraw(job.source_id)
        await self._tasks.fail(job.task_id, error)

    async def _withdraw(self, source_id: UUID) -> None:
        """A source without a table, made for an import that failed, was never there."""
        async with self._database.transaction() as session:
            source = await session.get(Source, source_id)
            if source is None or source.file_name is not None:
                return
            await session.delete(source)
            self._outbox.save(
                session, SourceDeleted(organisation_id=source.organisation_id, source_id=source_id)
            )
        self._storage.remove_source(source_id)

    async def _source_for(self, session: AsyncSession, principal: Principal, new: NewImport) -> Source:
        if new.source_id is not None:
            source = await find_own(session, principal, new.source_id)
            self._check_files(source)
            return source
        if new.new_source is None:
            raise SourceNotFound
        source = Source(
            id=uuid7(),
            organisation_id=principal.organisation_id,
            owner_id=principal.user_id,
            name=new.new_source.name.strip(),
            kind="files",
            settings=to_stored(FilesSettings()),
            zone=new.new_source.zone,
        )
        session.add(source)
        return source

    def _check_files(self, source: Source) -> None:
        if source.kind != "files":
            raise Invalid(
                "This source is a database, which Gridlens only reads. Import into a source of files.",
                fields={"sourceId": "is not a source of files"},
            )
