"""Files that people send: taken in within limits, looked at, and forgotten."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import structlog
from sqlalchemy import delete, func, select
from uuid_utils.compat import uuid7

from gridlens.core.disk import DiskFull, is_disk_full
from gridlens.core.errors import TooLarge
from gridlens.core.models import utc_now
from gridlens.core.module import Core
from gridlens.core.principal import Principal
from gridlens.data_sources.engines import Engines
from gridlens.data_sources.errors import FileRefused, UploadNotFound
from gridlens.data_sources.models import Source, SourceUpload
from gridlens.data_sources.services.access import require
from gridlens.data_sources.uploads import Preview, ReadOptions
from gridlens.data_sources.workers.file_work import FileWork
from gridlens.shared.permissions import Permission

UPLOAD_KEPT = timedelta(days=1)
WRITE_BYTES = 1024 * 1024
log = structlog.get_logger()


class UploadService:
    def __init__(self, core: Core, engines: Engines, work: FileWork) -> None:
        self._database = core.database
        self._settings = core.settings
        self._storage = engines.storage
        self._work = work

    async def take(
        self, principal: Principal, file_name: str, size: int | None, chunks: AsyncIterator[bytes]
    ) -> SourceUpload:
        """Write to the disk as it arrives; nothing stays of a file that is too large or cut short."""
        require(principal, Permission.MANAGE_SOURCES)
        limit = min(self._settings.max_upload_bytes, await self._room_for(principal.organisation_id))
        if size is not None and size > limit:
            raise self._too_large(limit)
        upload = SourceUpload(
            id=uuid7(),
            organisation_id=principal.organisation_id,
            owner_id=principal.user_id,
            file_name=file_name[:255],
            expires_at=utc_now() + UPLOAD_KEPT,
        )
        path = self._storage.upload_file(upload.id)
        try:
            upload.size_bytes = await self._write(path, chunks, limit)
            if size is not None and upload.size_bytes != size:
                raise FileRefused("The upload broke off before its end. Send the file again.")
            async with self._database.transaction() as session:
                session.add(upload)
        except BaseException as error:
            path.unlink(missing_ok=True)
            if isinstance(error, OSError) and is_disk_full(error):
                raise DiskFull from error
            raise
        return upload

    async def find(self, principal: Principal, upload_id: UUID) -> SourceUpload:
        require(principal, Permission.MANAGE_SOURCES)
        async with self._database.transaction() as session:
            upload = await session.scalar(
                select(SourceUpload).where(
                    SourceUpload.id == upload_id, SourceUpload.organisation_id == principal.organisation_id
                )
            )
        if upload is None:
            raise UploadNotFound
        return upload

    async def look_at(
        self, principal: Principal, upload_id: UUID, rows: int, sheet: str | None
    ) -> tuple[SourceUpload, Preview]:
        """How the file seems to be meant, with its first rows read that way."""
        upload = await self.find(principal, upload_id)
        path = self._storage.upload_file(upload.id)
        return upload, await self._work.look_at(path, upload.file_name, rows, sheet)

    async def show_as(
        self, principal: Principal, upload_id: UUID, options: ReadOptions, rows: int
    ) -> tuple[SourceUpload, Preview]:
        """The first rows of the file, read as somebody says."""
        upload = await self.find(principal, upload_id)
        return upload, await self._work.show_as(self._storage.upload_file(upload.id), options, rows)

    async def remove(self, principal: Principal, upload_id: UUID) -> None:
        upload = await self.find(principal, upload_id)
        async with self._database.transaction() as session:
            await session.execute(delete(SourceUpload).where(SourceUpload.id == upload.id))
        self._storage.upload_file(upload.id).unlink(missing_ok=True)

    async def forget_expired(self) -> None:
        """Remove uploads that were never imported, and what broke off together with its process."""
        async with self._database.transaction() as session:
            await session.execute(delete(SourceUpload).where(SourceUpload.expires_at < utc_now()))
            known = {upload_id.hex for upload_id in await session.scalars(select(SourceUpload.id))}
        await asyncio.to_thread(_remove_unknown, self._storage.uploads, known)

    async def _room_for(self, organisation_id: UUID) -> int:
        async with self._database.transaction() as session:
            used = 0
            for owned in (Source, SourceUpload):
                mine = owned.organisation_id == organisation_id
                used += int(await session.scalar(select(func.sum(owned.size_bytes)).where(mine)) or 0)
        room: int = self._settings.storage_quota_bytes - used
        return max(0, room)

    async def _write(self, path: Path, chunks: AsyncIterator[bytes], limit: int) -> int:
        written = 0
        waiting = bytearray()
        file = await asyncio.to_thread(path.open, "xb")
        try:
            async for chunk in chunks:
                waiting += chunk
                if written + len(waiting) > limit:
                    raise self._too_large(limit)
                if len(waiting) >= WRITE_BYTES:
                    await asyncio.to_thread(file.write, bytes(waiting))
                    written += len(waiting)
                    waiting.clear()
            await asyncio.to_thread(file.write, bytes(waiting))
            return written + len(waiting)
        finally:
            await asyncio.to_thread(file.close)

    def _too_large(self, limit: int) -> TooLarge:
        if limit < self._settings.max_upload_bytes:
            return TooLarge(
                f"Only {limit // 1024**2:,} MiB of your organisation's storage are free. Remove sources or "
                "uploads that nobody needs, or ask the operator of this server for more."
            )
        return TooLarge(
            f"At most {limit // 1024**2:,} MiB can be uploaded at once. Send the file in parts, or as "
            "Parquet, which is smaller."
        )


def _remove_unknown(folder: Path, known: set[str]) -> None:
    oldest = (utc_now() - UPLOAD_KEPT).timestamp()
    if not folder.exists():
        return
    for path in folder.iterdir():
        with suppress(OSError):
            # An upload under way has a file before it has a row.
            if path.name not in known and path.stat().st_mtime < oldest:
                path.unlink()
                log.info("upload_removed", file=path.name)
