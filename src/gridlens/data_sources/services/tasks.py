"""Work that somebody waits for, with how far it has come."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from typing import Any, Literal
from uuid import UUID

import msgspec
from sqlalchemy import delete, select, update

from gridlens.core.database import Database
from gridlens.core.errors import GridlensError
from gridlens.core.models import utc_now
from gridlens.core.principal import Principal
from gridlens.data_sources.errors import TaskNotFound
from gridlens.data_sources.models import SourceTask
from gridlens.data_sources.services.access import require
from gridlens.shared.permissions import Permission

WRITE_SECONDS = 0.5
TASK_KEPT = timedelta(days=30)
FINISHED = ("done", "failed")


class Progress:
    """Called as often as one likes; the row follows a few times a second."""

    def __init__(self) -> None:
        self.latest = (0, 0)

    def __call__(self, done: int, total: int) -> None:
        self.latest = (done, total)


class TaskService:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def find(self, principal: Principal, task_id: UUID) -> SourceTask:
        require(principal, Permission.READ_CATALOGS)
        async with self._database.transaction() as session:
            task = await session.scalar(
                select(SourceTask).where(
                    SourceTask.id == task_id, SourceTask.organisation_id == principal.organisation_id
                )
            )
        if task is None:
            raise TaskNotFound
        return task

    async def is_finished(self, task_id: UUID) -> bool:
        """Also true of a task that is gone; nobody waits for it any more."""
        async with self._database.transaction() as session:
            state = await session.scalar(select(SourceTask.state).where(SourceTask.id == task_id))
        return state is None or state in FINISHED

    @asynccontextmanager
    async def running(self, task_id: UUID) -> AsyncIterator[Progress]:
        """Shows the task as running, and its progress, until the block ends."""
        progress = Progress()
        await self._write(task_id, state="running")
        writer = asyncio.create_task(self._follow(task_id, progress))
        try:
            yield progress
        finally:
            writer.cancel()
            with suppress(asyncio.CancelledError):
                await writer

    async def finish(self, task_id: UUID, outcome: msgspec.Struct) -> None:
        """For work whose result is stored already; what stores its own says so in the same transaction."""
        await self._write(task_id, **done_with(outcome))

    async def fail(self, task_id: UUID, error: GridlensError) -> None:
        """Keep what a person can act on: the message, and what else the error carries."""
        await self._write(
            task_id,
            state="failed",
            error=error.detail,
            outcome=msgspec.json.encode(error.extra).decode() if error.extra else None,
            finished_at=utc_now(),
        )

    async def forget_old(self) -> None:
        async with self._database.transaction() as session:
            await session.execute(delete(SourceTask).where(SourceTask.created_at < utc_now() - TASK_KEPT))

    async def _follow(self, task_id: UUID, progress: Progress) -> None:
        written = progress.latest
        while True:
            await asyncio.sleep(WRITE_SECONDS)
            if progress.latest != written:
                written = progress.latest
                await self._write(task_id, done=written[0], total=written[1])

    async def _write(self, task_id: UUID, **values: Any) -> None:
        async with self._database.transaction() as session:
            await session.execute(update(SourceTask).where(SourceTask.id == task_id).values(**values))


def done_with(outcome: msgspec.Struct) -> dict[str, Any]:
    """The columns of a task that is done."""
    return {"state": "done", "outcome": msgspec.json.encode(outcome).decode(), "finished_at": utc_now()}


TaskKind = Literal["refresh", "import"]


def new_task(organisation_id: UUID, source_id: UUID, kind: TaskKind) -> SourceTask:
    return SourceTask(organisation_id=organisation_id, source_id=source_id, kind=kind)
