"""Connecting, changing and removing sources."""

import asyncio
import os
import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec
from msgspec import UNSET
from sqlalchemy import delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from uuid_utils.compat import uuid7

from gridlens.core.errors import Invalid
from gridlens.core.jobs import Job
from gridlens.core.models import utc_now
from gridlens.core.module import Core
from gridlens.core.principal import Principal
from gridlens.data_sources.connections import (
    DIALECTS,
    DuckdbSettings,
    FilesSettings,
    ServerSettings,
    Settings,
    SqliteSettings,
    from_stored,
    kind_of,
    to_stored,
)
from gridlens.data_sources.connectors import TestOutcome
from gridlens.data_sources.engines import Engines
from gridlens.data_sources.errors import StepUpRequired, UploadNotFound
from gridlens.data_sources.models import Source, SourceTask, SourceUpload
from gridlens.data_sources.schemas import ConnectionTest, NewSource, SourceChange
from gridlens.data_sources.services.access import find_own, find_source, require
from gridlens.data_sources.services.catalogs import CatalogService, enqueue_refresh, schedule_name
from gridlens.shared.auth import ActionAudited
from gridlens.shared.data_sources import SourceConnected, SourceDeleted, SourceSummary
from gridlens.shared.permissions import Permission

TESTS_PER_MINUTE = "30/minute"
FOLDER_KEPT = timedelta(minutes=5)


class RemoveFiles(Job, frozen=True, kw_only=True, tag="data_sources.remove_files"):
    """Remove a file of a source, or its whole folder, once no query reads it any more."""

    source_id: UUID
    file_name: str | None = None


class SourceService:
    def __init__(self, core: Core, engines: Engines, catalogs: CatalogService) -> None:
        self._database = core.database
        self._outbox = core.outbox
        self._jobs = core.jobs
        self._limiter = core.limiter
        self._engines = engines
        self._catalogs = catalogs

    async def every(self, principal: Principal) -> list[Source]:
        require(principal, Permission.READ_CATALOGS)
        return await self._every(principal)

    async def _every(self, principal: Principal) -> list[Source]:
        async with self._database.transaction() as session:
            mine = select(Source).where(Source.organisation_id == principal.organisation_id)
            return list(await session.scalars(mine.order_by(func.lower(Source.name), Source.id)))

    async def summaries(self, principal: Principal) -> tuple[SourceSummary, ...]:
        """Their names, also for those who see only what others made of them."""
        require(principal, Permission.READ_SOURCES)
        return tuple(
            SourceSummary(source_id=source.id, name=source.name, dialect=DIALECTS[source.kind])
            for source in await self._every(principal)
        )

    async def find(self, principal: Principal, source_id: UUID) -> Source:
        require(principal, Permission.READ_CATALOGS)
        async with self._database.transaction() as session:
            return await find_source(session, principal.organisation_id, source_id)

    def file_folders(self, principal: Principal) -> tuple[str, ...]:
        """Folders that the operator lists, whose database files may be connected by path."""
        require(principal, Permission.MANAGE_SOURCES)
        return tuple(str(root) for root in self._engines.storage.roots)

    async def test(self, principal: Principal, ask: ConnectionTest) -> TestOutcome:
        """Connect as the form says, and keep nothing."""
        require(principal, Permission.MANAGE_SOURCES)
        await self._limiter.check(TESTS_PER_MINUTE, "source-test", str(principal.user_id))
        password = ask.password or ""
        upload = await self._upload_of(principal, ask.connection)
        file = self._engines.storage.upload_file(upload.id) if upload else None
        if ask.source_id is not None:
            stored = await self.find(principal, ask.source_id)
            file = file or self._file_of(stored)
            if ask.password is None:
                password = self._known_password(stored, ask.connection)
        return await self._tested(ask.connection, password, "UTC", file)

    async def create(self, principal: Principal, new: NewSource) -> tuple[Source, SourceTask | None]:
        """Connect a source that answers; what it holds is read by the task."""
        require(principal, Permission.MANAGE_SOURCES)
        check_zone(new.zone)
        source = Source(
            id=uuid7(),
            organisation_id=principal.organisation_id,
            owner_id=principal.user_id,
            name=new.name.strip(),
            kind=kind_of(new.connection),
            settings=to_stored(new.connection),
            zone=new.zone,
            anchors_to_newest=new.anchors_to_newest,
            kept_seconds=new.kept_seconds,
        )
        source.secret = self._engines.seal(source.id, new.password)
        upload = await self._upload_of(principal, new.connection)
        if upload is not None:
            path = self._engines.storage.new_file(source.id, 1)
            source.file_name, source.size_bytes = path.name, upload.size_bytes
            source.settings = to_stored(msgspec.structs.replace(new.connection, upload_id=None))
            await asyncio.to_thread(_place, self._engines.storage.upload_file(upload.id), path)
        is_empty = isinstance(new.connection, FilesSettings)
        try:
            if not is_empty:
                await self._tested(new.connection, new.password, new.zone, self._file_of(source))
            async with self._database.transaction() as session:
                session.add(source)
                if upload is not None:
                    await session.execute(delete(SourceUpload).where(SourceUpload.id == upload.id))
                await session.flush()
                self._tell_connected(session, principal, source)
                task = None if is_empty else await enqueue_refresh(session, self._jobs, source)
        except BaseException:
            self._engines.storage.remove_source(source.id)
            raise
        if upload is not None:
            self._engines.storage.upload_file(upload.id).unlink(missing_ok=True)
        return source, task

    async def create_file_source(
        self,
        principal: Principal,
        name: str,
        zone: str,
        build: Callable[[Path], None],
        *,
        anchors_to_newest: bool = False,
    ) -> Source:
        """A source of ready tables: ``build`` writes a DuckDB database file to the path it is given.

        Keys and comments of the file, with units in them, become the catalog. Nothing is kept when
        ``build`` raises.
        """
        require(principal, Permission.MANAGE_SOURCES)
        check_zone(zone)
        source = Source(
            id=uuid7(),
            organisation_id=principal.organisation_id,
            owner_id=principal.user_id,
            name=name,
            kind="files",
            settings=to_stored(FilesSettings()),
            zone=zone,
            anchors_to_newest=anchors_to_newest,
            catalog_version=0,
        )
        path = self._engines.storage.new_file(source.id, 1)
        source.file_name = path.name
        try:
            await asyncio.to_thread(build, path)
            source.size_bytes = path.stat().st_size
            connector = self._engines.build(FilesSettings(), "", zone, path)
            tables, _ = await self._catalogs.read(connector, "files", lambda _done, _total: None)
            async with self._database.transaction() as session:
                session.add(source)
                await session.flush()
                await self._catalogs.save(session, source, tables)
                self._tell_connected(session, principal, source)
        except BaseException:
            await self._engines.pool.release(str(path))
            self._engines.storage.remove_source(source.id)
            raise
        return source

    async def update(
        self, principal: Principal, source_id: UUID, change: SourceChange, *, is_stepped_up: bool = False
    ) -> Source:
        """Change what is given; a new connection is tested before it replaces the old one.

        To lead a source to another server takes somebody who has just proved again who they are.
        """
        require(principal, Permission.MANAGE_SOURCES)
        if change.zone is not UNSET:
            check_zone(change.zone)
        async with self._database.transaction() as session:
            source = await find_own(session, principal, source_id)
        settings = from_stored(source.settings) if change.connection is UNSET else change.connection
        if kind_of(settings) != source.kind:
            raise Invalid(
                "A source stays of its kind. Connect the other database as a new source.",
                fields={"connection": f"is {source.kind}"},
            )
        if isinstance(settings, SqliteSettings | DuckdbSettings) and change.connection is not UNSET:
            raise Invalid(
                "A database file cannot be exchanged. Connect the other file as a new source.",
                fields={"connection": "is a file"},
            )
        if _address(settings) != _address(from_stored(source.settings)) and not is_stepped_up:
            raise StepUpRequired("lead a source to another server")
        password = change.password
        if change.connection is not UNSET or password is not UNSET:
            if password is UNSET:
                password = self._known_password(source, settings)
            await self._tested(settings, password, source.zone, self._file_of(source))
        async with self._database.transaction() as session:
            source = await find_own(session, principal, source_id)
            if change.name is not UNSET:
                source.name = change.name
            if change.anchors_to_newest is not UNSET:
                source.anchors_to_newest = change.anchors_to_newest
            if change.kept_seconds is not UNSET:
                source.kept_seconds = change.kept_seconds
            if password is not UNSET:
                source.settings = to_stored(settings)
                source.secret = self._engines.seal(source.id, password)
            if change.zone is not UNSET:
                source.zone = change.zone
            if password is not UNSET or change.zone is not UNSET:
                # Answers from before may be wrong from now on, and the catalog with them.
                self._catalogs.change(session, source)
                if source.kind != "files":
                    await enqueue_refresh(session, self._jobs, source)
            self._audit(session, principal, "source.changed", source)
        return source

    async def delete(self, principal: Principal, source_id: UUID) -> None:
        require(principal, Permission.MANAGE_SOURCES)
        async with self._database.transaction() as session:
            source = await find_own(session, principal, source_id)
            await self._jobs.unschedule(session, schedule_name(source_id))
            await session.execute(delete(Source).where(Source.id == source_id))
            self._outbox.save(
                session, SourceDeleted(organisation_id=source.organisation_id, source_id=source_id)
            )
            self._audit(session, principal, "source.deleted", source)
            job = RemoveFiles(source_id=source_id)
            await self._jobs.enqueue(session, job, run_at=utc_now() + FOLDER_KEPT)
        await self._engines.forget(source_id)

    async def remove_files(self, job: RemoveFiles) -> None:
        if job.file_name is None:
            self._engines.storage.remove_source(job.source_id)
            return
        path = self._engines.storage.source_file(job.source_id, job.file_name)
        await self._engines.pool.release(str(path))
        path.unlink(missing_ok=True)

    async def hand_over(
        self, session: AsyncSession, organisation_id: UUID, user_id: UUID, heir_id: UUID
    ) -> None:
        """Give what somebody owned who is gone to the heir, in the caller's transaction."""
        for owned in (Source, SourceUpload):
            theirs = owned.organisation_id == organisation_id, owned.owner_id == user_id
            await session.execute(update(owned).where(*theirs).values(owner_id=heir_id))

    async def _tested(self, settings: Settings, password: str, zone: str, file: Path | None) -> TestOutcome:
        connector = self._engines.build(settings, password, zone, file)
        try:
            return await connector.test()
        finally:
            await connector.close()

    def _file_of(self, source: Source) -> Path | None:
        return self._engines.storage.source_file(source.id, source.file_name) if source.file_name else None

    async def _upload_of(self, principal: Principal, settings: Settings) -> SourceUpload | None:
        """The upload that a file connection names, which must be the organisation's."""
        if not isinstance(settings, SqliteSettings | DuckdbSettings):
            return None
        if (settings.upload_id is None) == (settings.path is None):
            raise Invalid(
                "Name either an uploaded file or a path on the server.",
                fields={"connection": "needs an upload or a path"},
            )
        if settings.upload_id is None:
            return None
        async with self._database.transaction() as session:
            upload = await session.scalar(
                select(SourceUpload).where(
                    SourceUpload.id == settings.upload_id,
                    SourceUpload.organisation_id == principal.organisation_id,
                )
            )
        if upload is None:
            raise UploadNotFound
        return upload

    def _known_password(self, source: Source, settings: Settings) -> str:
        """The stored password, which goes only to the server it was given for."""
        stored = from_stored(source.settings)
        if not isinstance(settings, ServerSettings) or not isinstance(stored, ServerSettings):
            return ""
        if (settings.host, settings.port, settings.tls) == (stored.host, stored.port, stored.tls):
            return self._engines.password(source)
        raise Invalid(
            "Enter the password again: the stored one is not sent to another server or over another "
            "encryption.",
            fields={"password": "enter it again"},
        )

    def _tell_connected(self, session: AsyncSession, principal: Principal, source: Source) -> None:
        self._outbox.save(
            session, SourceConnected(organisation_id=source.organisation_id, source_id=source.id)
        )
        self._audit(session, principal, "source.connected", source)

    def _audit(self, session: AsyncSession, principal: Principal, action: str, source: Source) -> None:
        self._outbox.save(session, audited(principal.user_id, action, source))


def audited(user_id: UUID, action: str, source: Source, **more: str) -> ActionAudited:
    """What the audit log is told of a source."""
    return ActionAudited(
        organisation_id=source.organisation_id,
        user_id=user_id,
        action=action,
        subject=f"source:{source.id}",
        detail={"name": source.name, "kind": source.kind, **more},
    )


def check_zone(zone: str) -> None:
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise Invalid(
            f"There is no time zone “{zone}”. Choose one like Europe/Berlin.",
            fields={"zone": "unknown time zone"},
        ) from error


def _address(settings: Settings) -> tuple[str, int] | None:
    return (settings.host, settings.port) if isinstance(settings, ServerSettings) else None


def _place(upload: Path, target: Path) -> None:
    """Put the file there too; it leaves its old place once the source is stored."""
    try:
        os.link(upload, target)
    except OSError:  # another file system, or one without links
        shutil.copyfile(upload, target)
