"""Jobs run once across processes; schedules keep local time and catch up once."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select, update

from gridlens.core.jobs import InvalidCron, Job, JobRow, Jobs, Occurrence, ScheduleRow, next_times
from gridlens.core.models import utc_now
from gridlens.core.module import Core

pytestmark = pytest.mark.anyio


class Count(Job, frozen=True, kw_only=True, tag="test.count"):
    number: int = 0


class Clock:
    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


async def enqueue(core: Core, jobs: Jobs, *numbers: int, key: str | None = None) -> bool:
    async with core.database.transaction() as session:
        return all([await jobs.enqueue(session, Count(number=n), key=key) for n in numbers])


async def test_workers_of_several_processes_do_each_job_once(every_core: Core) -> None:
    done: list[int] = []
    processes = [Jobs(every_core.database) for _ in range(4)]
    for jobs in processes:

        @jobs.handles(Count)
        async def count(job: Count) -> None:
            await asyncio.sleep(0)
            done.append(job.number)

    await enqueue(every_core, processes[0], *range(30))
    await asyncio.gather(*(jobs.run_due() for jobs in processes))

    assert sorted(done) == list(range(30))


async def test_a_job_with_a_used_key_is_not_added_again(every_core: Core) -> None:
    jobs = every_core.jobs
    assert await enqueue(every_core, jobs, 1, key="import:7")
    assert not await enqueue(every_core, jobs, 2, key="import:7")


async def test_a_failing_job_is_offered_again_and_given_up_after_its_attempts(core: Core) -> None:
    clock = Clock(utc_now())
    jobs = Jobs(core.database, clock)
    tries: list[int] = []

    @jobs.handles(Count, max_attempts=3)
    async def fail(job: Count) -> None:
        tries.append(job.number)
        raise ConnectionError("no route")

    async with core.database.transaction() as session:
        await jobs.enqueue(session, Count(number=9))
    for _ in range(5):
        await jobs.run_due()
        clock.now += timedelta(hours=1)

    assert tries == [9, 9, 9]
    async with core.database.transaction() as session:
        row = await session.scalar(select(JobRow))
    assert row is not None
    assert (row.state, row.last_error) == ("failed", "ConnectionError: no route")


async def test_a_job_of_a_process_that_died_is_done_after_its_lease(core: Core) -> None:
    clock = Clock(utc_now())
    jobs = Jobs(core.database, clock)
    done: list[int] = []

    @jobs.handles(Count)
    async def count(job: Count) -> None:
        done.append(job.number)

    async with core.database.transaction() as session:
        await jobs.enqueue(session, Count(number=4))
    assert await jobs._claim_job() is not None  # and then the process is gone
    await jobs.run_due()
    assert done == []
    clock.now += timedelta(minutes=5)
    await jobs.run_due()
    assert done == [4]


async def test_a_schedule_seen_due_by_two_processes_runs_once(every_core: Core) -> None:
    clock = Clock(datetime(2026, 6, 15, 5, 0, 1, tzinfo=UTC))
    occurrences: list[Occurrence | None] = []
    processes = [Jobs(every_core.database, clock) for _ in range(3)]
    for jobs in processes:

        @jobs.handles(Count)
        async def count(job: Count, occurrence: Occurrence | None) -> None:
            occurrences.append(occurrence)

    clock.now -= timedelta(minutes=1)
    async with every_core.database.transaction() as session:
        await processes[0].schedule(
            session, name="report:1", cron="0 7 * * 1", zone="Europe/Berlin", job=Count()
        )
    clock.now += timedelta(minutes=1)
    await asyncio.gather(*(jobs.run_due() for jobs in processes))

    due = datetime(2026, 6, 15, 5, 0, tzinfo=UTC)
    assert occurrences == [Occurrence(key=f"report:1@{due.isoformat()}", due_at=due)]


async def test_a_machine_that_slept_for_a_week_catches_up_once(core: Core) -> None:
    clock = Clock(datetime(2026, 6, 1, 12, 0, tzinfo=UTC))
    jobs = Jobs(core.database, clock)
    due: list[datetime] = []

    @jobs.handles(Count)
    async def count(job: Count, occurrence: Occurrence) -> None:
        due.append(occurrence.due_at)

    async with core.database.transaction() as session:
        await jobs.schedule(session, name="daily", cron="0 6 * * *", zone="UTC", job=Count())
    clock.now += timedelta(days=7)
    await jobs.run_due()

    assert due == [datetime(2026, 6, 8, 6, 0, tzinfo=UTC)]
    async with core.database.transaction() as session:
        following = await session.scalar(select(ScheduleRow.next_run_at))
    assert following == datetime(2026, 6, 9, 6, 0, tzinfo=UTC)


async def test_a_declared_schedule_survives_restarts_unmoved(core: Core) -> None:
    core.jobs.declare(name="tidy", cron="17 3 * * *", zone="UTC", job=Count())
    core.jobs.handles(Count)(lambda job: asyncio.sleep(0))
    await core.jobs.start()
    async with core.database.transaction() as session:
        await session.execute(update(ScheduleRow).values(next_run_at=datetime(2020, 1, 1, tzinfo=UTC)))
    await core.jobs.start()
    async with core.database.transaction() as session:
        assert await session.scalar(select(func.count()).select_from(ScheduleRow)) == 1
        assert await session.scalar(select(ScheduleRow.next_run_at)) == datetime(2020, 1, 1, tzinfo=UTC)


def test_monday_seven_stays_seven_across_the_clock_change() -> None:
    # Clocks in Berlin go forward on Sunday 29 March 2026: 07:00 is 06:00 UTC before, 05:00 after.
    times = next_times("0 7 * * 1", "Europe/Berlin", datetime(2026, 3, 20, tzinfo=UTC), 2)
    assert times == [datetime(2026, 3, 23, 6, 0, tzinfo=UTC), datetime(2026, 3, 30, 5, 0, tzinfo=UTC)]


def test_a_time_in_the_skipped_hour_runs_when_that_hour_has_passed() -> None:
    [first] = next_times("30 2 * * *", "Europe/Berlin", datetime(2026, 3, 28, 12, tzinfo=UTC), 1)
    assert first == datetime(2026, 3, 29, 1, 0, tzinfo=UTC)


def test_a_time_in_the_repeated_hour_runs_once() -> None:
    # 25 October 2026, 02:30 comes twice: 00:30 UTC (summer time) and 01:30 UTC.
    times = next_times("30 2 * * *", "Europe/Berlin", datetime(2026, 10, 24, 12, tzinfo=UTC), 2)
    assert [time.date().isoformat() for time in times] == ["2026-10-25", "2026-10-26"]


@pytest.mark.parametrize(
    ("cron", "zone"), [("61 * * * *", "UTC"), ("hello", "UTC"), ("0 7 * * 1", "Mars/Base")]
)
def test_an_unreadable_schedule_says_what_is_wrong(cron: str, zone: str) -> None:
    with pytest.raises(InvalidCron) as raised:
        next_times(cron, zone, datetime(2026, 1, 1, tzinfo=UTC), 1)
    assert set(raised.value.fields) <= {"cron", "zone"}
    assert raised.value.detail


class Long(Job, frozen=True, kw_only=True, tag="test.long"):
    pass


async def test_jobs_that_take_long_keep_no_others_waiting_and_no_more_run_than_have_a_place(
    core: Core,
) -> None:
    jobs = Jobs(core.database)
    let_go, counted = asyncio.Event(), asyncio.Event()
    running = most = 0

    @jobs.handles(Long, places=2)
    async def take_long(_job: Long) -> None:
        nonlocal running, most
        running += 1
        most = max(most, running)
        await let_go.wait()
        running -= 1

    @jobs.handles(Count)
    async def count(_job: Count) -> None:
        counted.set()

    async with core.database.transaction() as session:
        for job in (Long(), Long(), Long(), Count()):
            await jobs.enqueue(session, job)
    working = asyncio.create_task(jobs.run(parallel=1))
    async with asyncio.timeout(20):
        await counted.wait()
        assert running == 2
        let_go.set()
        while await waiting(core):
            await asyncio.sleep(0.01)
    jobs.stop()
    await working

    assert most == 2


async def waiting(core: Core) -> int:
    async with core.database.transaction() as session:
        chosen = select(func.count()).select_from(JobRow).where(JobRow.state == "waiting")
        return await session.scalar(chosen) or 0
