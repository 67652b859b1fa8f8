"""The history of runs: who asked what, when, how long it took, and how it ended.

Runs are written a moment later and together, so that an answer never waits for the note of it.
"""

import asyncio
from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

import msgspec
import structlog
from sqlalchemy import and_, delete, insert, or_, select, update
from sqlalchemy.exc import IntegrityError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncSession
from uuid_utils.compat import uuid7

from gridlens.analytics.errors import InvalidSql, QueryRefused, QueryTooLarge, RunNotFound
from gridlens.analytics.models import QueryRun
from gridlens.core.database import Database
from gridlens.core.errors import GridlensError
from gridlens.core.models import utc_now

Door = Literal["sql", "ask", "question", "module", "export"]
"""Where a query came in: the editor, the Ask page, a saved question, another module, an export."""
Status = Literal["succeeded", "failed", "refused", "stopped"]

WRITTEN_AFTER_SECONDS = 0.25
WAITS_AT_MOST = 8
MOST_WAITING = 10_000
RUNS_KEPT = timedelta(days=90)
STOPPED_KINDS = frozenset({"query-stopped", "query-cancelled"})
log = structlog.get_logger()


class Run(msgspec.Struct, frozen=True, kw_only=True):
    """One run that has ended."""

    id: UUID
    organisation_id: UUID
    user_id: UUID | None
    source_id: UUID
    question_id: UUID | None
    door: Door
    sql: str
    status: Status
    error: str | None
    started_at: datetime
    elapsed_ms: float
    engine_ms: float | None = None
    row_count: int | None = None
    is_cut: bool = False
    is_cached: bool = False


def status_of(failure: BaseException | None) -> Status:
    """How a run ended that ended in this failure, or in none."""
    match failure:
        case None:
            return "succeeded"
        case QueryRefused() | InvalidSql() | QueryTooLarge():
            return "refused"
        case asyncio.CancelledError() | GeneratorExit():
            return "stopped"
        case GridlensError() if failure.kind in STOPPED_KINDS:
            return "stopped"
        case _:
            return "failed"


def reason_of(failure: BaseException | None) -> str | None:
    """What went wrong, as it was told to whoever asked; nothing of what only stopped."""
    if failure is None or isinstance(failure, asyncio.CancelledError | GeneratorExit):
        return None
    return failure.detail if isinstance(failure, GridlensError) else type(failure).__name__


class History:
    def __init__(self, database: Database) -> None:
        self._database = database
        self._waiting: list[Run] = []
        self._writer: asyncio.Task[None] | None = None
        self._storing = asyncio.Lock()

    def note(self, run: Run) -> None:
        """Remember a run; it is stored shortly after."""
        if len(self._waiting) >= MOST_WAITING:
            log.warning("runs_not_noted", waiting=len(self._waiting))
            return
        self._waiting.append(run)
        if self._writer is None or self._writer.done():
            self._writer = asyncio.create_task(self._write_soon())

    async def flush(self) -> None:
        """Store what waits; what another is storing meanwhile is stored when this returns."""
        async with self._storing:
            runs, self._waiting = self._waiting, []
            if runs:
                await self._store_all(runs)

    async def _store_all(self, runs: list[Run]) -> None:
        now = utc_now()
        rows = [{**msgspec.structs.asdict(run), "created_at": now, "updated_at": now} for run in runs]
        try:
            await self._store(rows)
        except IntegrityError:
            # A program gave one id to two runs: each is kept, the later one under an id of our own.
            for row in rows:
                await self._store_anyhow(row)
        except SQLAlchemyError:
            log.exception("runs_not_stored", runs=len(runs))

    async def _store_anyhow(self, row: dict[str, object]) -> None:
        try:
            await self._store([row])
        except IntegrityError:
            await self._store([{**row, "id": uuid7()}])

    async def _store(self, rows: list[dict[str, object]]) -> None:
        async with self._database.transaction() as session:
            await session.execute(insert(QueryRun), rows)

    async def _write_soon(self) -> None:
        """Store what waits once no run follows upon another, and after ``WAITS_AT_MOST`` pauses anyhow.

        Every commit makes the whole process read anew what it remembered, so runs that come thick and
        fast share one.
        """
        while self._waiting:
            for _ in range(WAITS_AT_MOST):
                waiting = len(self._waiting)
                await asyncio.sleep(WRITTEN_AFTER_SECONDS)
                if len(self._waiting) == waiting:
                    break
            await self.flush()

    async def page(
        self,
        organisation_id: UUID,
        *,
        user_id: UUID | None = None,
        source_id: UUID | None = None,
        question_id: UUID | None = None,
        status: Status | None = None,
        before: UUID | None = None,
        limit: int = 50,
    ) -> list[QueryRun]:
        """Runs of an organisation, newest first; ``before`` is the last run of the page before."""
        await self.flush()
        chosen = select(QueryRun).where(QueryRun.organisation_id == organisation_id)
        for column, value in (
            (QueryRun.user_id, user_id),
            (QueryRun.source_id, source_id),
            (QueryRun.question_id, question_id),
            (QueryRun.status, status),
        ):
            if value is not None:
                chosen = chosen.where(column == value)
        async with self._database.transaction() as session:
            if before is not None:
                last = await session.get(QueryRun, before)
                if last is None or last.organisation_id != organisation_id:
                    raise RunNotFound("This page of the history is gone. Start again at the newest run.")
                earlier = QueryRun.started_at < last.started_at
                same_time = and_(QueryRun.started_at == last.started_at, QueryRun.id < last.id)
                chosen = chosen.where(or_(earlier, same_time))
            ordered = chosen.order_by(QueryRun.started_at.desc(), QueryRun.id.desc()).limit(limit)
            return list(await session.scalars(ordered))

    async def find(self, organisation_id: UUID, user_id: UUID, query_id: UUID) -> QueryRun | None:
        """A run of somebody's own that has ended."""
        await self.flush()
        async with self._database.transaction() as session:
            run = await session.get(QueryRun, query_id)
        if run is None or (run.organisation_id, run.user_id) != (organisation_id, user_id):
            return None
        return run

    async def forget_old(self) -> None:
        async with self._database.transaction() as session:
            await session.execute(delete(QueryRun).where(QueryRun.started_at < utc_now() - RUNS_KEPT))

    async def forget_user(self, session: AsyncSession, organisation_id: UUID, user_id: UUID) -> None:
        """What ran stays on record; who ran it does not."""
        await session.execute(
            update(QueryRun)
            .where(QueryRun.organisation_id == organisation_id, QueryRun.user_id == user_id)
            .values(user_id=None)
        )
