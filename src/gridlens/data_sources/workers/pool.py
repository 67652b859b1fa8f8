"""A few warm worker processes that answer queries on database files."""

import asyncio
import re
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager

import msgspec
import polars as pl
import structlog

from gridlens.core.errors import GridlensError, Unavailable
from gridlens.data_sources.errors import (
    FileRefused,
    QueryFailed,
    QueryTimedOut,
    QueryTooHeavy,
    SourceBusy,
    TableGone,
    WriteRefused,
)
from gridlens.data_sources.workers.messages import Answer, Failed, Fetch, Fetched, Part, Question, Release
from gridlens.data_sources.workers.worker import Worker
from gridlens.shared.access import without_rules
from gridlens.shared.data_sources import FetchedRows

GRACE_SECONDS = 1.0
LONG_SECONDS = 1.0
"""A query that runs for longer lets all others go first from then on."""
REST_SECONDS = 300.0
GROWN_BYTES = 52 * 2**20
"""Of its own, with which it fills 120 MB of memory, code and all; a new worker has 30 MB of its own."""
OUT_OF_RESOURCES = {-6, -9, -24}
"""Exit codes of a process that gave up for want of memory, was killed for it, or used up its CPU time."""
log = structlog.get_logger()


class PoolClosed(Unavailable):
    """The application is going down; work that can wait is done by the next one."""

    kind = "stopping"
    title = "Gridlens is stopping"

    def __init__(self) -> None:
        super().__init__("Gridlens is being stopped or restarted. Try again in a moment.")


class WorkerPool:
    """Starts workers when they are first needed, and gives a query the one that has its file open.

    One that has grown and is asked nothing for a while makes room for a new one.
    """

    def __init__(self, size: int) -> None:
        self._free = asyncio.Semaphore(size)
        self._idle: list[Worker] = []
        self._busy: dict[Worker, str] = {}
        self._stale: set[Worker] = set()
        self._chores: set[asyncio.Task[None]] = set()
        self._is_closed = False

    async def fetch(self, question: Fetch) -> FetchedRows:
        """Run one statement. Cancelling, or its deadline, ends the process that runs it."""
        if self._is_closed:
            raise PoolClosed
        try:
            async with asyncio.timeout(question.deadline_seconds):
                await self._free.acquire()
        except TimeoutError as error:
            raise SourceBusy from error
        try:
            answer, body = await self._exchange(question)
        finally:
            self._free.release()
        if isinstance(answer, Fetched):
            return FetchedRows(
                frame=pl.read_ipc_stream(body), is_cut=answer.is_cut, engine_ms=answer.engine_ms
            )
        raise _error(answer, question.deadline_seconds)

    async def stream(self, question: Fetch) -> AsyncGenerator[pl.DataFrame, None]:
        """The rows of one statement in parts; who stops taking them ends the process that makes them."""
        if self._is_closed:
            raise PoolClosed
        try:
            async with asyncio.timeout(question.deadline_seconds):
                await self._free.acquire()
        except TimeoutError as error:
            raise SourceBusy from error
        try:
            async with self._working(question) as worker:
                ends_at = asyncio.get_running_loop().time() + question.deadline_seconds + GRACE_SECONDS
                async with asyncio.timeout_at(ends_at):
                    answer, body = await _ask(worker, question)
                while isinstance(answer, Part):
                    yield pl.read_ipc_stream(body)
                    async with asyncio.timeout_at(ends_at):
                        answer, body = await _next(worker)
                if isinstance(answer, Failed) and answer.is_fatal:
                    raise _Unsound(answer)
        except _Unsound as unsound:
            answer = unsound.answer
        finally:
            self._free.release()
        if not isinstance(answer, Fetched):
            raise _error(answer, question.deadline_seconds)

    async def release(self, path: str) -> None:
        """Close a file in every worker that is idle; a busy one is replaced when its query ends."""
        self._stale |= {
            worker for worker, running in self._busy.items() if path in {running, *worker.open_paths}
        }
        for worker in [each for each in self._idle if path in each.open_paths]:
            self._idle.remove(worker)
            try:
                async with asyncio.timeout(GRACE_SECONDS):
                    await _ask(worker, Release(path=path))
            except (OSError, asyncio.IncompleteReadError):  # TimeoutError is an OSError
                await worker.kill()
            else:
                worker.open_paths.discard(path)
                self._idle.append(worker)

    async def close(self) -> None:
        self._is_closed = True
        # Not cancelled: a chore cut short would leave its worker to end by itself, whenever that may be.
        await asyncio.gather(*self._chores, return_exceptions=True)
        for worker in [*self._idle, *self._busy]:
            if worker.rest is not None:
                worker.rest.cancel()
            await worker.kill()
        self._idle.clear()

    async def _exchange(self, question: Fetch) -> tuple[Answer, bytes]:
        """The answer; where earlier queries may have left a worker too little memory, that of a new one."""
        loop = asyncio.get_running_loop()
        ends_at = loop.time() + question.deadline_seconds
        answer, body, was_used = await self._exchange_once(question)
        if was_used and isinstance(answer, Failed) and answer.kind == "memory":
            await asyncio.gather(*self._chores, return_exceptions=True)  # which bring the new worker
            if (left := ends_at - loop.time()) > 0:
                again = msgspec.structs.replace(question, deadline_seconds=left)
                answer, body, _ = await self._exchange_once(again, is_anew=True)
        return answer, body

    async def _exchange_once(self, question: Fetch, *, is_anew: bool = False) -> tuple[Answer, bytes, bool]:
        was_used = False
        try:
            async with self._working(question, is_anew=is_anew) as worker:
                was_used, worker.is_used = worker.is_used, True
                async with asyncio.timeout(question.deadline_seconds + GRACE_SECONDS):
                    answer, body = await _ask(worker, question)
                if isinstance(answer, Failed) and answer.is_fatal:
                    raise _Unsound(answer)
        except _Unsound as unsound:
            return unsound.answer, b"", was_used
        return answer, body, was_used

    @asynccontextmanager
    async def _working(self, question: Fetch, *, is_anew: bool = False) -> AsyncIterator[Worker]:
        """A worker that goes back among the idle ones when all went well, and is replaced otherwise."""
        worker = await self._take(question.path, is_anew=is_anew)
        self._busy[worker] = question.path
        giving_way = asyncio.get_running_loop().call_later(LONG_SECONDS, worker.give_way)
        is_sound = False
        try:
            yield worker
            is_sound = True
        except TimeoutError as error:
            raise QueryTimedOut(question.deadline_seconds) from error
        except (asyncio.IncompleteReadError, ConnectionError) as error:
            raise self._ended_early(await worker.ended(), question) from error
        finally:
            giving_way.cancel()
            del self._busy[worker]
            is_as_fast = worker.take_turns()
            if is_sound and is_as_fast and not self._is_closed and worker not in self._stale:
                if question.keep_open:
                    worker.open_paths.add(question.path)
                # In front: it has the most of the file in memory, and those that are not needed come to rest.
                self._idle.insert(0, worker)
                self._let_rest(worker)
            else:
                self._stale.discard(worker)
                self._replace(worker)

    async def _take(self, path: str, *, is_anew: bool) -> Worker:
        """An idle worker, best one that has the file open, else a new one; ``is_anew``: one not yet used."""
        for worker in sorted(
            self._idle, key=lambda each: (is_anew and each.is_used, path not in each.open_paths)
        ):
            self._idle.remove(worker)
            if worker.rest is not None:
                worker.rest.cancel()
            if worker.is_alive and not (is_anew and worker.is_used):
                return worker
            await worker.kill()
            if is_anew:
                break  # the others stay as they are
        return await Worker.start("queries")

    def _let_rest(self, worker: Worker) -> None:
        """Look at it once nobody has asked it anything for some minutes."""
        loop = asyncio.get_running_loop()
        worker.rest = loop.call_later(REST_SECONDS, self._exchange_if_grown, worker)

    def _exchange_if_grown(self, worker: Worker) -> None:
        if worker in self._idle and worker.own_bytes() > GROWN_BYTES:
            self._idle.remove(worker)
            self._replace(worker)

    def _replace(self, worker: Worker) -> None:
        """Kill one and warm up another in the background, so that the next query need not wait."""

        async def replace() -> None:
            await worker.kill()
            if not self._is_closed:
                self._idle.append(await Worker.start("queries"))

        chore = asyncio.create_task(replace())
        self._chores.add(chore)
        chore.add_done_callback(self._chores.discard)

    @staticmethod
    def _ended_early(code: int, question: Fetch) -> GridlensError:
        log.warning("worker_ended", exit_code=code, path=question.path)
        if code in OUT_OF_RESOURCES:
            return QueryTooHeavy()
        return QueryFailed(
            "The engine ended in the middle of this query. Try a simpler one, and report it if it stays."
        )


class _Unsound(Exception):
    """The worker ended itself after this answer."""

    def __init__(self, answer: Failed) -> None:
        super().__init__(answer.detail)
        self.answer = answer


async def _ask(worker: Worker, question: Question) -> tuple[Answer, bytes]:
    await worker.send(question)
    return await _next(worker)


async def _next(worker: Worker) -> tuple[Answer, bytes]:
    head, body = await worker.receive()
    answer: Answer = msgspec.msgpack.decode(head, type=Answer)
    return answer, body


_EXCERPT = re.compile(r"\n+LINE (\d+):.*", re.DOTALL)
"""Of the statement that ran, which has access rules in it that are not for the reader."""


def _error(answer: Answer, seconds: float) -> GridlensError:
    if not isinstance(answer, Failed):
        return QueryFailed("The engine gave no answer. Run the query again.")
    line = _EXCERPT.search(answer.detail)
    detail = without_rules(_EXCERPT.sub("", answer.detail))
    match answer.kind:
        case "timeout":
            return QueryTimedOut(seconds)
        case "memory":
            return QueryTooHeavy()
        case "write":
            return WriteRefused(f"This query was not run, because it does more than read. {detail}")
        case "gone":
            return TableGone(
                f"{detail.splitlines()[0]} The source may have changed: refresh it, or correct the query."
            )
        case "file":
            return FileRefused(f"The database file cannot be read: {detail}. Connect it again.")
        case "crash":
            log.error("worker_crashed", detail=answer.detail)
            return QueryFailed(
                "The engine failed on this query. Write it differently, and report it if it stays."
            )
        case "failed":
            return QueryFailed(
                f"{detail}\nCorrect the query and run it again.",
                extra={"line": int(line[1])} if line else None,
            )
