"""Exports for those who ask: started, found again, downloaded, cancelled and deleted, each one's own."""

from pathlib import Path
from uuid import UUID

import msgspec
from uuid_utils.compat import uuid7

from gridlens.analytics.errors import ExportExpired, ExportNotReady, TooManyQueries
from gridlens.analytics.exporting.files import check_sheet
from gridlens.analytics.exporting.store import UNDER_WAY, ExportStore
from gridlens.analytics.exporting.targets import Targets
from gridlens.analytics.exporting.writing import ExportWriter, WriteExport
from gridlens.analytics.models import QueryExportRow
from gridlens.analytics.schemas import ExportOrder
from gridlens.core.database import Database
from gridlens.core.errors import GridlensError
from gridlens.core.jobs import Jobs
from gridlens.core.models import utc_now
from gridlens.core.principal import Principal

SHORT_SECONDS = 3.0
"""An export that is done by then is handed over at once."""
MOST_UNDER_WAY = 4


class ExportService:
    def __init__(
        self, database: Database, jobs: Jobs, store: ExportStore, targets: Targets, writer: ExportWriter
    ) -> None:
        self._database = database
        self._jobs = jobs
        self._store = store
        self._targets = targets
        self._writer = writer

    async def start(self, principal: Principal, order: ExportOrder) -> QueryExportRow:
        """Begin to export; back with a short one done, and with a longer one under way."""
        query, source = await self._targets.check(principal, order.target)
        if order.file_format == "xlsx":
            total = await self._targets.queries.known_total(principal, query, source)
            check_sheet(total or 0)
        name = order.name or await self._targets.name_of(principal, query.question_id, source)
        export = QueryExportRow(
            id=uuid7(),
            organisation_id=principal.organisation_id,
            user_id=principal.user_id,
            source_id=source.source_id,
            question_id=query.question_id,
            target=msgspec.json.encode(order.target).decode(),
            name=name,
            file_format=order.file_format,
        )
        async with self._database.transaction() as session:
            count = await self._store.under_way(session, principal)
            if count >= MOST_UNDER_WAY:
                raise TooManyQueries(
                    f"{count} of your exports are under way. Wait for one to finish, or cancel one.",
                    headers={"Retry-After": "5"},
                )
            await self._store.check_room(session, export, 1)
            session.add(export)
            await session.flush()
            await self._jobs.enqueue(session, WriteExport(export_id=export.id))
            self._store.audit(session, export, "export.started")
        await self._writer.wait_for(export.id, SHORT_SECONDS)
        return await self._store.find(principal, export.id)

    async def find(self, principal: Principal, export_id: UUID) -> QueryExportRow:
        return await self._store.find(principal, export_id)

    async def list_all(self, principal: Principal) -> list[QueryExportRow]:
        return await self._store.list_all(principal)

    async def refusal(self, principal: Principal, export: QueryExportRow) -> str | None:
        """Why a finished export may not be downloaded any more; nothing when it may."""
        if export.state != "done":
            return None
        try:
            await self._check(principal, export)
        except GridlensError as error:
            return error.detail
        return None

    async def download(self, principal: Principal, export_id: UUID) -> tuple[QueryExportRow, Path]:
        """The file, for the one who asked for it, as long as they may still see what it holds.

        Raises:
            ExportNotFound: it is nobody's, or somebody else's.
            ExportNotReady: it is under way, or came to nothing.
            ExportExpired: its time is over.
            ExportWithdrawn: its owner sees something else by now.
        """
        export = await self._store.find(principal, export_id)
        await self._check(principal, export)
        async with self._database.transaction() as session:
            size = {"rows": export.rows_done, "bytes": export.size_bytes}
            self._store.audit(session, export, "export.downloaded", **size)
        return export, self._store.path(export.id)

    async def cancel(self, principal: Principal, export_id: UUID) -> QueryExportRow:
        """Stop an export under way; whoever writes it sees that within a moment. Others stay as they are."""
        export = await self._store.find(principal, export_id)
        cancelled = {
            "state": "cancelled",
            "size_bytes": 0,
            "finished_at": utc_now(),
            "error": "You stopped this export, and no file was kept. Export again when you need it.",
        }
        async with self._database.transaction() as session:
            if await self._store.move(session, export.id, UNDER_WAY, **cancelled):
                self._store.audit(session, export, "export.cancelled")
        return await self._store.find(principal, export_id)

    async def delete(self, principal: Principal, export_id: UUID) -> None:
        """Forget an export, with its file; one under way is stopped."""
        await self._store.delete(await self._store.find(principal, export_id))

    async def _check(self, principal: Principal, export: QueryExportRow) -> None:
        if export.state == "expired" or (export.expires_at and export.expires_at <= utc_now()):
            raise ExportExpired
        if export.state != "done":
            raise ExportNotReady(export.error or "The export is under way. Wait until it is done.")
        await self._targets.check_readable(principal, export)
        if not self._store.path(export.id).exists():
            raise ExportExpired
