"""Writing exports in the background, as the one who asked, with the rights they have by then."""

import asyncio
from contextlib import suppress
from pathlib import Path
from uuid import UUID

from gridlens.analytics.errors import ExportFailed, ExportInterrupted
from gridlens.analytics.exporting.files import write_file
from gridlens.analytics.exporting.store import UNDER_WAY, ExportStore, failed_by
from gridlens.analytics.exporting.streams import RowStream, Written
from gridlens.analytics.exporting.targets import Targets, target_of
from gridlens.analytics.models import QueryExportRow
from gridlens.core.database import Database
from gridlens.core.disk import DiskFull, is_disk_full
from gridlens.core.errors import GridlensError, Refused
from gridlens.core.events import Bus
from gridlens.core.jobs import Job
from gridlens.core.principal import Principal
from gridlens.shared.auth import FindPrincipal

FOLLOW_SECONDS = 0.5
AT_ONCE = 8
"""In one process; how many of them read at once is for the lanes to say."""


class WriteExport(Job, frozen=True, kw_only=True, tag="analytics.write_export"):
    """Read the rows of an export into its file."""

    export_id: UUID


class NoLongerWantedError(Exception):
    """The export was cancelled or deleted while it was written."""


class ExportWriter:
    """One instance a process."""

    def __init__(self, database: Database, bus: Bus, store: ExportStore, targets: Targets) -> None:
        self._database = database
        self._bus = bus
        self._store = store
        self._targets = targets
        self._ended: dict[UUID, asyncio.Event] = {}
        self._writing: set[asyncio.Task[tuple[Path, RowStream]]] = set()
        self._is_closing = False

    async def wait_for(self, export_id: UUID, seconds: float) -> None:
        """Wait for the end of an export that this process writes, but not for longer than so."""
        ended = self._ended.setdefault(export_id, asyncio.Event())
        try:
            with suppress(TimeoutError):
                await asyncio.wait_for(ended.wait(), seconds)
        finally:
            self._ended.pop(export_id, None)

    async def run(self, job: WriteExport) -> None:
        """Write the file; what goes wrong is kept with the export, and nothing of the file is."""
        if self._is_closing:
            raise ExportInterrupted
        export = await self._begin(job.export_id)
        if export is None:
            return
        try:
            await self._write(export)
        except NoLongerWantedError:
            pass
        except Exception as error:
            # Sources and workers go with the server: what they say by then is no fault of the export.
            if self._is_closing:
                await self._settle(export, state="waiting", rows_done=0, row_count=None, size_bytes=0)
                raise ExportInterrupted from error
            failure = _failure_of(error)
            await self._settle(export, **failed_by(failure))
            if isinstance(failure, ExportFailed):
                raise
        finally:
            if ended := self._ended.get(export.id):
                ended.set()

    async def close(self) -> None:
        """Put back what is being written: the next start begins it again."""
        self._is_closing = True
        for writing in self._writing:
            writing.cancel()
        await asyncio.gather(*self._writing, return_exceptions=True)

    async def _begin(self, export_id: UUID) -> QueryExportRow | None:
        """The export as one that runs; nothing when it has ended, or nobody wants it any more."""
        async with self._database.transaction() as session:
            begun = {"state": "running", "rows_done": 0, "row_count": None, "size_bytes": 0}
            if not await self._store.move(session, export_id, UNDER_WAY, **begun):
                return None
            return await session.get(QueryExportRow, export_id)

    async def _write(self, export: QueryExportRow) -> None:
        principal = await self._bus.request(FindPrincipal(user_id=export.user_id))
        if principal is None or principal.organisation_id != export.organisation_id:
            raise Refused("Whoever asked for this export has no account any more.")
        written = Written()
        async with self._store.draft_folder(export.id) as folder:
            writing = asyncio.create_task(self._written(principal, export, folder, written))
            self._writing.add(writing)
            try:
                while not (await asyncio.wait({writing}, timeout=FOLLOW_SECONDS))[0]:
                    await self._follow(export, written)
                if self._is_closing and writing.cancelled():
                    raise ExportInterrupted
                draft, rows = writing.result()
            finally:
                self._writing.discard(writing)
                writing.cancel()
                await asyncio.gather(writing, return_exceptions=True)
            is_kept = await self._store.keep(
                export,
                draft,
                rows_done=written.row_count,
                row_count=written.row_count,
                rights=rows.rights,
                tables=rows.tables,
            )
        if not is_kept:
            raise NoLongerWantedError

    async def _written(
        self, principal: Principal, export: QueryExportRow, folder: Path, written: Written
    ) -> tuple[Path, RowStream]:
        query, source = await self._targets.query(principal, target_of(export))
        rows = await self._targets.queries.stream(principal, query, source)
        return await write_file(rows, export.file_format, folder, written), rows

    async def _follow(self, export: QueryExportRow, written: Written) -> None:
        """Tell how far it is; raises when nobody wants it any more, or there is no room for more."""
        progress = {
            "rows_done": written.rows,
            "row_count": written.row_count,
            "size_bytes": written.size_bytes,
        }
        async with self._database.transaction() as session:
            if not await self._store.move(session, export.id, ("running",), **progress):
                raise NoLongerWantedError
            await self._store.check_room(session, export, written.size_bytes)

    async def _settle(self, export: QueryExportRow, **values: object) -> None:
        async with self._database.transaction() as session:
            await self._store.move(session, export.id, ("running",), **values)


def _failure_of(error: Exception) -> GridlensError:
    """What its owner is told."""
    if isinstance(error, GridlensError):
        return error
    return DiskFull() if is_disk_full(error) else ExportFailed()
