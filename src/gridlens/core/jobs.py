"""Background work that survives a restart, and cron schedules that keep local time.

A job is a row; a worker leases it with a guarded UPDATE, so that several processes share the
work without doing any of it twice. A schedule's claim and the job of that occurrence commit
together, and the pair (schedule, due time) is unique.
"""

import asyncio
import inspect
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Any, TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec
import structlog
from cronsim import CronSim, CronSimError
from sqlalchemy import ColumnElement, Index, String, UniqueConstraint, delete, false, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column
from uuid_utils.compat import uuid7

from gridlens.core.database import Database, after_commit
from gridlens.core.errors import Invalid
from gridlens.core.models import Base, LongText, UtcDateTime, utc_now

LEASE = timedelta(minutes=2)
FINISHED_JOBS_KEPT = timedelta(days=14)
LONGEST_WAIT_SECONDS = 3600
DEFAULT_ATTEMPTS = 12
log = structlog.get_logger()


_FIELDS = {
    "minute": ("minute", "0 to 59"),
    "hour": ("hour", "0 to 23"),
    "day of month": ("day-of-month", "1 to 31, or L for the last"),
    "month": ("month", "1 to 12, or JAN to DEC"),
    "day of week": ("day-of-week", "0 to 7, or SUN to SAT"),
}
"""Each field of a schedule with the library's name for it and what may stand there."""


class InvalidCron(Invalid):
    kind = "invalid-cron"
    title = "This schedule cannot be used"


class Job(msgspec.Struct, frozen=True, kw_only=True, tag_field="job"):
    """What is to be done. Subclasses carry a ``tag`` and plain values."""


class Occurrence(msgspec.Struct, frozen=True, kw_only=True):
    """The run of a schedule that a job belongs to; ``key`` names it for ever."""

    key: str
    due_at: datetime


JobT = TypeVar("JobT", bound=Job)
Doer = Callable[..., Awaitable[None]]


class JobRow(Base):
    __tablename__ = "job"
    __table_args__ = (
        UniqueConstraint("unique_key", name="uq_job_unique_key"),
        Index("ix_job_state_run_at", "state", "run_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    payload: Mapped[str] = mapped_column(LongText)
    unique_key: Mapped[str | None] = mapped_column(String(255))
    due_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    state: Mapped[str] = mapped_column(String(20), default="waiting")
    run_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utc_now)
    attempts: Mapped[int] = mapped_column(default=0)
    last_error: Mapped[str | None] = mapped_column(LongText)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class ScheduleRow(Base):
    __tablename__ = "schedule"

    name: Mapped[str] = mapped_column(String(200), primary_key=True)
    payload: Mapped[str] = mapped_column(LongText)
    cron: Mapped[str] = mapped_column(String(200))
    zone: Mapped[str] = mapped_column(String(64))
    next_run_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)


def next_times(cron: str, zone: str, after: datetime, count: int) -> list[datetime]:
    """The next ``count`` instants, aware UTC, of a cron expression read in ``zone``.

    Local time is kept across a clock change; a time in the skipped hour runs when that hour
    has passed, one in the repeated hour runs once.
    """
    try:
        times = CronSim(cron, after.astimezone(ZoneInfo(zone)))
        return [time.astimezone(UTC) for time in islice(times, count)]
    except CronSimError as error:
        raise _unreadable(cron, str(error)) from error
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise InvalidCron(
            f"There is no time zone “{zone}”. Choose one like Europe/Berlin.",
            fields={"zone": "unknown time zone"},
        ) from error


def _unreadable(cron: str, why: str) -> InvalidCron:
    """In the words of a schedule; ``why`` is the library's."""
    fields = cron.split()
    if why == "Bad day-of-month" and len(fields) == 5 and _exists(*fields[2:4]):
        return InvalidCron(
            f"The schedule “{cron}” never comes due: none of its months has a day {fields[2]}. "
            "Choose another day or other months.",
            fields={"cron": "no such day ever comes"},
        )
    for name, (library_name, values) in _FIELDS.items():
        if why == f"Bad {library_name}":
            return InvalidCron(
                f"The schedule “{cron}” cannot be read: its {name} has to be {values}, a range or list of "
                "them, or * for all.",
                fields={"cron": f"the {name} cannot be read"},
            )
    return InvalidCron(
        f"The schedule “{cron}” cannot be read. Five fields are needed: minute, hour, day of month, month, "
        "day of week.",
        fields={"cron": "cannot be read"},
    )


def _exists(day: str, month: str) -> bool:
    """Whether both fields can be read by themselves."""
    try:
        CronSim(f"0 0 {day} * *", utc_now())
        CronSim(f"0 0 1 {month} *", utc_now())
    except CronSimError:
        return False
    return True


class Jobs:
    """Keeps, claims and runs jobs; one instance a process."""

    def __init__(self, database: Database, clock: Callable[[], datetime] = utc_now) -> None:
        self._database = database
        self._clock = clock
        self._doers: dict[type[Job], tuple[Doer, int]] = {}
        self._places: dict[type[Job], int] = {}
        self._in_hand: Counter[type[Job] | None] = Counter()
        self._declared: list[tuple[str, str, str, Job]] = []
        self._wake = asyncio.Event()
        self._is_stopping = False
        self.is_running = False

    def handles(
        self, kind: type[JobT], *, max_attempts: int = DEFAULT_ATTEMPTS, places: int | None = None
    ) -> Callable[[Doer], Doer]:
        """Register the coroutine function that does one kind of job.

        It takes the job and, when it names a second parameter ``occurrence``, the run of the
        schedule (nothing for an ad-hoc job). Raising offers the job again later. A kind that takes
        long has ``places`` of its own in each process, and keeps no other job waiting.
        """

        def register(doer: Doer) -> Doer:
            self._doers[kind] = (doer, max_attempts)
            if places is not None:
                self._places[kind] = places
            return doer

        return register

    async def enqueue(
        self,
        session: AsyncSession,
        job: Job,
        *,
        key: str | None = None,
        run_at: datetime | None = None,
        due_at: datetime | None = None,
    ) -> bool:
        """Add a job in the caller's transaction; false when ``key`` was used before."""
        if key is not None and await session.scalar(select(JobRow.id).where(JobRow.unique_key == key)):
            return False
        session.add(
            JobRow(
                id=uuid7(),
                payload=msgspec.json.encode(job).decode(),
                unique_key=key,
                due_at=due_at,
                run_at=run_at or self._clock(),
            )
        )
        await session.flush()
        after_commit(session, self._wake.set)
        return True

    async def schedule(self, session: AsyncSession, *, name: str, cron: str, zone: str, job: Job) -> None:
        """Add or replace the schedule of that name."""
        times = next_times(cron, zone, self._clock(), 1)
        if not times:
            raise InvalidCron(
                f"The schedule “{cron}” never comes due. Choose another.", fields={"cron": "never due"}
            )
        await self.unschedule(session, name)
        session.add(
            ScheduleRow(
                name=name,
                payload=msgspec.json.encode(job).decode(),
                cron=cron,
                zone=zone,
                next_run_at=times[0],
            )
        )
        await session.flush()

    def declare(self, *, name: str, cron: str, zone: str, job: Job) -> None:
        """A schedule of the program itself, kept up to date at each start."""
        self._declared.append((name, cron, zone, job))

    async def start(self) -> None:
        """Save the declared schedules that are new or have changed."""
        for name, cron, zone, job in self._declared:
            try:
                async with self._database.transaction() as session:
                    row = await session.get(ScheduleRow, name)
                    if row is None or (row.cron, row.zone) != (cron, zone):
                        await self.schedule(session, name=name, cron=cron, zone=zone, job=job)
            except IntegrityError:
                log.info("schedule_declared_elsewhere", name=name)

    async def unschedule(self, session: AsyncSession, name: str) -> None:
        await session.execute(delete(ScheduleRow).where(ScheduleRow.name == name))

    async def run(self, poll_seconds: float = 5.0, parallel: int = 4) -> None:
        """Work until stopped, ``parallel`` jobs at a time beside those that have places of their own."""
        self.is_running = True
        try:
            async with asyncio.TaskGroup() as group:
                while not self._is_stopping:
                    self._wake.clear()
                    try:
                        await self._take_up(group, parallel)
                    except Exception:
                        log.exception("jobs_failed")
                    with suppress(TimeoutError):
                        await asyncio.wait_for(self._wake.wait(), poll_seconds)
        finally:
            self.is_running = False

    def stop(self) -> None:
        """Let ``run`` end after the jobs in hand."""
        self._is_stopping = True
        self._wake.set()

    async def _take_up(self, group: asyncio.TaskGroup, parallel: int) -> None:
        """Begin every due job that there is a place for."""
        await self._claim_schedules()
        while not self._is_stopping and (row := await self._claim_job(self._full(parallel))) is not None:
            pool = next((kind for kind in self._places if row.payload.startswith(_beginning(kind))), None)
            self._in_hand[pool] += 1
            group.create_task(self._work(row, pool))

    async def _work(self, row: JobRow, pool: type[Job] | None) -> None:
        try:
            await self._do(row)
        except Exception:
            log.exception("jobs_failed")
        finally:
            self._in_hand[pool] -= 1
            self._wake.set()

    def _full(self, parallel: int) -> frozenset[type[Job] | None]:
        """The kinds without a free place; nothing stands for all that have no places of their own."""
        full = {kind for kind, most in self._places.items() if self._in_hand[kind] >= most}
        return frozenset(full | {None} if self._in_hand[None] >= parallel else full)

    async def run_due(self) -> int:
        """Turn due schedules into jobs and do every due job; the count of jobs done."""
        await self._claim_schedules()
        done = 0
        while not self._is_stopping and (row := await self._claim_job()) is not None:
            done += await self._do(row)
        return done

    async def forget_finished(self) -> None:
        async with self._database.transaction() as session:
            old = JobRow.finished_at < self._clock() - FINISHED_JOBS_KEPT
            await session.execute(delete(JobRow).where(old))

    async def _claim_schedules(self) -> None:
        while not self._is_stopping and await self._claim_schedule():
            pass

    async def _claim_schedule(self) -> bool:
        """Move one due schedule on and save the job of its latest missed time, once."""
        now = self._clock()
        try:
            async with self._database.transaction() as session:
                due = (
                    select(ScheduleRow)
                    .where(ScheduleRow.next_run_at <= now)
                    .order_by(ScheduleRow.next_run_at)
                )
                row = await session.scalar(due.limit(1))
                if row is None:
                    return False
                moved: Any = await session.execute(
                    update(ScheduleRow)
                    .where(ScheduleRow.name == row.name, ScheduleRow.next_run_at == row.next_run_at)
                    .values(next_run_at=next_times(row.cron, row.zone, now, 1)[0]),
                    execution_options={"synchronize_session": False},
                )
                if moved.rowcount:
                    due_at = _latest_due(row, now)
                    job = msgspec.json.decode(row.payload, type=self._union())
                    await self.enqueue(
                        session, job, key=f"{row.name}@{due_at.isoformat()}", run_at=now, due_at=due_at
                    )
        except IntegrityError:
            # Another process saved this very occurrence between our look and our insert.
            log.info("schedule_claimed_elsewhere")
        return True

    async def _claim_job(self, full: frozenset[type[Job] | None] = frozenset()) -> JobRow | None:
        now = self._clock()
        due = (
            select(JobRow)
            .where(JobRow.state == "waiting", JobRow.run_at <= now)
            .where(*(~_is_of(kind) for kind in full if kind is not None))
            .order_by(JobRow.run_at)
            .limit(10)
        )
        if None in full:
            due = due.where(or_(false(), *map(_is_of, self._places)))
        async with self._database.transaction() as session:
            for row in await session.scalars(due):
                taken: Any = await session.execute(
                    update(JobRow)
                    .where(JobRow.id == row.id, JobRow.state == "waiting", JobRow.run_at == row.run_at)
                    .values(run_at=now + LEASE, attempts=JobRow.attempts + 1),
                    execution_options={"synchronize_session": False},
                )
                if taken.rowcount:
                    session.expunge(row)
                    return row
        return None

    async def _do(self, row: JobRow) -> bool:
        job = msgspec.json.decode(row.payload, type=self._union())
        doer, max_attempts = self._doers[type(job)]
        attempt = row.attempts + 1
        occurrence = (
            Occurrence(key=row.unique_key, due_at=row.due_at) if row.due_at and row.unique_key else None
        )
        arguments = (job, occurrence) if "occurrence" in inspect.signature(doer).parameters else (job,)
        keep = asyncio.create_task(self._keep_lease(row.id))
        try:
            await doer(*arguments)
        except Exception as error:
            log.exception("job_failed", job=type(job).__name__, attempt=attempt)
            wait = timedelta(seconds=min(2.0**attempt, LONGEST_WAIT_SECONDS))
            over = attempt >= max_attempts
            await self._settle(
                row.id,
                state="failed" if over else "waiting",
                run_at=self._clock() + wait,
                last_error=f"{type(error).__name__}: {error}",
                finished_at=self._clock() if over else None,
            )
            return False
        finally:
            keep.cancel()
        await self._settle(row.id, state="done", finished_at=self._clock(), last_error=None)
        return True

    async def _keep_lease(self, job_id: UUID) -> None:
        """A job that runs longer than a lease stays ours for as long as this process lives."""
        while True:
            await asyncio.sleep(LEASE.total_seconds() / 3)
            try:
                await self._settle(job_id, run_at=self._clock() + LEASE)
            except Exception:  # the database may be back before the lease ends
                log.exception("lease_not_kept")

    async def _settle(self, job_id: UUID, **values: object) -> None:
        async with self._database.transaction() as session:
            await session.execute(update(JobRow).where(JobRow.id == job_id).values(**values))

    def _union(self) -> Any:
        kinds = tuple(self._doers)
        union: Any = kinds[0]
        for kind in kinds[1:]:
            union = union | kind
        return union


def _beginning(kind: type[Job]) -> str:
    """How the payloads of a kind begin, and those of no other."""
    return f'{{"job":"{kind.__struct_config__.tag}"'


def _is_of(kind: type[Job]) -> ColumnElement[bool]:
    return JobRow.payload.startswith(_beginning(kind), autoescape=True)


def _latest_due(row: ScheduleRow, now: datetime) -> datetime:
    """The newest time not after now: a machine that slept for a week sends one report, not seven."""
    latest = row.next_run_at
    for _ in range(10_000):
        [following] = next_times(row.cron, row.zone, latest, 1)
        if following > now:
            break
        latest = following
    return latest
