"""Exports as they are kept: a row for each, and a file for each that is done."""

import asyncio
import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager, suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import structlog
from sqlalchemy import ColumnElement, delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from gridlens.analytics.errors import ExportFailed, ExportNotFound, NoRoomForExport
from gridlens.analytics.exporting.streams import make_folder
from gridlens.analytics.models import QueryExportRow
from gridlens.core.errors import GridlensError
from gridlens.core.jobs import Job
from gridlens.core.models import utc_now
from gridlens.core.module import Core
from gridlens.core.principal import Principal
from gridlens.shared.auth import ActionAudited

MOST_LISTED = 100
LISTED_FOR = timedelta(days=7)
LOST_AFTER = timedelta(days=1)
UNDER_WAY = ("waiting", "running")
log = structlog.get_logger()


class ExpireExport(Job, frozen=True, kw_only=True, tag="analytics.expire_export"):
    """Delete the file of an export whose time is over."""

    export_id: UUID


class ExportStore:
    def __init__(self, core: Core) -> None:
        self._database = core.database
        self._outbox = core.outbox
        self._jobs = core.jobs
        self._settings = core.settings
        self._folder = core.settings.data_dir / "exports"

    async def find(self, principal: Principal, export_id: UUID) -> QueryExportRow:
        """An export of the asker's own."""
        async with self._database.transaction() as session:
            export = await session.get(QueryExportRow, export_id)
        owner = (principal.organisation_id, principal.user_id)
        if export is None or (export.organisation_id, export.user_id) != owner:
            raise ExportNotFound
        return export

    async def list_all(self, principal: Principal) -> list[QueryExportRow]:
        """Exports of the asker's own, newest first."""
        async with self._database.transaction() as session:
            mine = select(QueryExportRow).where(_of(principal.organisation_id, principal.user_id))
            return list(await session.scalars(mine.order_by(QueryExportRow.id.desc()).limit(MOST_LISTED)))

    async def under_way(self, session: AsyncSession, principal: Principal) -> int:
        mine = _of(principal.organisation_id, principal.user_id) & QueryExportRow.state.in_(UNDER_WAY)
        return await session.scalar(select(func.count()).select_from(QueryExportRow).where(mine)) or 0

    async def move(
        self, session: AsyncSession, export_id: UUID, before: Iterable[str], **values: object
    ) -> bool:
        """Change an export that is still in one of these states; false when it is not."""
        mine = (QueryExportRow.id == export_id) & QueryExportRow.state.in_(before)
        moved: Any = await session.execute(
            update(QueryExportRow).where(mine).values(**values),
            execution_options={"synchronize_session": False},
        )
        return bool(moved.rowcount)

    async def check_room(self, session: AsyncSession, export: QueryExportRow, size_bytes: int) -> None:
        """Refused where an export of that size has no room beside all others."""
        theirs = QueryExportRow.organisation_id == export.organisation_id
        for whose, most in (
            (theirs, self._settings.export_bytes),
            (theirs & (QueryExportRow.user_id == export.user_id), self._settings.export_bytes_per_user),
        ):
            others = whose & (QueryExportRow.id != export.id)
            used = await session.scalar(select(func.sum(QueryExportRow.size_bytes)).where(others))
            if int(used or 0) + size_bytes > most:
                raise self._no_room()

    async def keep(self, export: QueryExportRow, draft: Path, **values: object) -> bool:
        """The draft under its name and the export done, or neither: false when nobody wants it any more."""
        now = utc_now()
        expires_at = now + timedelta(hours=self._settings.export_hours)
        is_kept = False
        size_bytes = await asyncio.to_thread(_rename, draft, self.path(export.id))
        try:
            async with self._database.transaction() as session:
                await self.check_room(session, export, size_bytes)
                finished = {"size_bytes": size_bytes, "finished_at": now, "expires_at": expires_at}
                is_done = await self.move(
                    session, export.id, ("running",), state="done", **finished, **values
                )
                if is_done:
                    expiry = ExpireExport(export_id=export.id)
                    await self._jobs.enqueue(session, expiry, run_at=expires_at)
            is_kept = is_done
        finally:
            if not is_kept:
                await self.remove_files(export.id)
        return is_kept

    async def delete(self, export: QueryExportRow) -> None:
        async with self._database.transaction() as session:
            await session.execute(delete(QueryExportRow).where(QueryExportRow.id == export.id))
            self.audit(session, export, "export.deleted")
        await self.remove_files(export.id)

    async def expire(self, job: ExpireExport) -> None:
        async with self._database.transaction() as session:
            await self.move(session, job.export_id, ("done",), state="expired", size_bytes=0)
        await self.remove_files(job.export_id)

    async def forget_user(self, organisation_id: UUID, user_id: UUID) -> None:
        """Nobody else may have what somebody exported."""
        await self._forget(_of(organisation_id, user_id))

    async def forget_source(self, organisation_id: UUID, source_id: UUID) -> None:
        theirs = QueryExportRow.organisation_id == organisation_id
        await self._forget(theirs & (QueryExportRow.source_id == source_id))

    async def tidy(self) -> None:
        """Drop what ended long ago, and what processes left behind that died in the middle of something."""
        now = utc_now()
        is_over = QueryExportRow.state.not_in((*UNDER_WAY, "done"))
        async with self._database.transaction() as session:
            is_old = is_over & (QueryExportRow.finished_at < now - LISTED_FOR)
            await session.execute(delete(QueryExportRow).where(is_old))
            is_lost = QueryExportRow.state.in_(UNDER_WAY) & (QueryExportRow.updated_at < now - LOST_AFTER)
            await session.execute(update(QueryExportRow).where(is_lost).values(**failed_by(ExportFailed())))
            wanted = await session.scalars(select(QueryExportRow.id).where(~is_over))
            names = {export_id.hex for export_id in wanted}
        await asyncio.to_thread(_remove_unknown, self._folder, names, now)

    def audit(self, session: AsyncSession, export: QueryExportRow, action: str, **detail: str | int) -> None:
        self._outbox.save(
            session,
            ActionAudited(
                organisation_id=export.organisation_id,
                user_id=export.user_id,
                action=action,
                subject=f"export:{export.id}",
                detail={"name": export.name, "format": export.file_format, **detail},
            ),
        )

    def path(self, export_id: UUID) -> Path:
        return self._folder / export_id.hex

    @asynccontextmanager
    async def draft_folder(self, export_id: UUID) -> AsyncIterator[Path]:
        """A folder to write in; it is gone afterwards, and so is one of a process that died in the middle."""
        make_folder(self._folder)
        await asyncio.to_thread(_remove_drafts, self._folder, export_id)
        place = Path(await asyncio.to_thread(tempfile.mkdtemp, dir=self._folder, prefix=f"{export_id.hex}-"))
        try:
            yield place
        finally:
            await asyncio.to_thread(shutil.rmtree, place, ignore_errors=True)

    async def remove_files(self, *export_ids: UUID) -> None:
        for export_id in export_ids:
            await asyncio.to_thread(self.path(export_id).unlink, missing_ok=True)

    async def _forget(self, chosen: ColumnElement[bool]) -> None:
        async with self._database.transaction() as session:
            gone = list(await session.scalars(select(QueryExportRow.id).where(chosen)))
            await session.execute(delete(QueryExportRow).where(chosen))
        await self.remove_files(*gone)

    def _no_room(self) -> NoRoomForExport:
        mine, everybodys = (
            f"{size / 1024**2:,.0f} MiB"
            for size in (self._settings.export_bytes_per_user, self._settings.export_bytes)
        )
        return NoRoomForExport(
            f"Exports may take {mine} for each person and {everybodys} for all of your organisation, and "
            "there is no room for this one. No file was kept. Delete exports that nobody needs, or ask for "
            "fewer rows or columns; Parquet takes the least room."
        )


def failed_by(error: GridlensError) -> dict[str, object]:
    """The columns of an export that came to nothing."""
    return {"state": "failed", "error": error.detail, "size_bytes": 0, "finished_at": utc_now()}


def _of(organisation_id: UUID, user_id: UUID) -> ColumnElement[bool]:
    return (QueryExportRow.organisation_id == organisation_id) & (QueryExportRow.user_id == user_id)


def _rename(draft: Path, path: Path) -> int:
    """The size of what stands under its name now, and would after a power cut."""
    with draft.open("rb") as file:
        os.fsync(file.fileno())
    return draft.replace(path).stat().st_size


def _remove_drafts(folder: Path, export_id: UUID) -> None:
    for draft in folder.glob(f"{export_id.hex}-*"):
        shutil.rmtree(draft, ignore_errors=True)


def _remove_unknown(folder: Path, wanted: set[str], before: datetime) -> None:
    """Files and drafts from before then whose exports are over or gone."""
    for path in folder.glob("*"):
        with suppress(OSError):
            if path.name.partition("-")[0] in wanted or path.stat().st_mtime >= before.timestamp():
                continue
            shutil.rmtree(path) if path.is_dir() else path.unlink()
            log.info("export_removed", file=path.name)
