"""Connections to one server, kept for a while after use because opening one takes several round trips."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from typing import Generic, TypeVar

from gridlens.data_sources.errors import SourceBusy

ConnectionT = TypeVar("ConnectionT")
MOST_CONNECTIONS = 6
IDLE_SECONDS = 60.0
CLOSE_SECONDS = 5.0


class IdleConnections(Generic[ConnectionT]):
    """Lends connections. One whose use failed or was cancelled is closed, never lent again."""

    def __init__(
        self,
        connect: Callable[[], Awaitable[ConnectionT]],
        reset: Callable[[ConnectionT], Awaitable[None]],
        close: Callable[[ConnectionT], Awaitable[None]],
    ) -> None:
        self._connect = connect
        self._reset = reset
        self._close = close
        self._free = asyncio.Semaphore(MOST_CONNECTIONS)
        self._idle: list[tuple[float, ConnectionT]] = []
        self._chores: set[asyncio.Task[None]] = set()

    @asynccontextmanager
    async def borrow(self, wait_seconds: float) -> AsyncIterator[ConnectionT]:
        """A connection with a fresh session."""
        try:
            async with asyncio.timeout(wait_seconds):
                await self._free.acquire()
        except TimeoutError as error:
            raise SourceBusy from error
        try:
            connection = await self._take()
            try:
                yield connection
            except BaseException:
                self._in_background(self._discard(connection))
                raise
            self._idle.append((time.monotonic(), connection))
            asyncio.get_running_loop().call_later(IDLE_SECONDS + 1, self._close_old)
        finally:
            self._free.release()

    async def close(self) -> None:
        idle, self._idle = self._idle, []
        for _, connection in idle:
            await self._discard(connection)
        await asyncio.gather(*self._chores, return_exceptions=True)

    async def _take(self) -> ConnectionT:
        while self._idle:
            _, connection = self._idle.pop()
            try:
                # Also shows whether the server is still there.
                await self._reset(connection)
            except Exception:
                self._in_background(self._discard(connection))
            else:
                return connection
        return await self._connect()

    def _close_old(self) -> None:
        oldest = time.monotonic() - IDLE_SECONDS
        for entry in [each for each in self._idle if each[0] <= oldest]:
            self._idle.remove(entry)
            self._in_background(self._discard(entry[1]))

    async def _discard(self, connection: ConnectionT) -> None:
        with suppress(Exception):
            async with asyncio.timeout(CLOSE_SECONDS):
                await self._close(connection)

    def _in_background(self, chore: Awaitable[None]) -> None:
        task = asyncio.ensure_future(chore)
        self._chores.add(task)
        task.add_done_callback(self._chores.discard)
