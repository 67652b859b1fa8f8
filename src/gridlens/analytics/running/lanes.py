"""How many queries run at once: a few for each person who waits, a bounded pool for dashboards."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Literal
from uuid import UUID
from weakref import WeakValueDictionary

from gridlens.analytics.errors import TooManyQueries

Lane = Literal["interactive", "shared"]
"""``interactive`` is somebody waiting for one answer; ``shared`` serves dashboards, reports and programs."""

AT_ONCE_PER_USER = 2
WAITING_PER_USER = 10
AT_ONCE_SHARED = 8


class Lanes:
    def __init__(self) -> None:
        self._shared = asyncio.Semaphore(AT_ONCE_SHARED)
        self._by_user: WeakValueDictionary[UUID, asyncio.Semaphore] = WeakValueDictionary()
        self._waiting: Counter[UUID] = Counter()

    @asynccontextmanager
    async def place(self, lane: Lane, user_id: UUID) -> AsyncIterator[None]:
        """A place to run, after those who came before."""
        if lane == "shared":
            async with self._shared:
                yield
            return
        mine = self._by_user.setdefault(user_id, asyncio.Semaphore(AT_ONCE_PER_USER))
        if mine.locked() and self._waiting[user_id] >= WAITING_PER_USER:
            raise TooManyQueries(
                f"{AT_ONCE_PER_USER} of your queries are running and {WAITING_PER_USER} are waiting. "
                "Stop one, or wait for them to finish.",
                headers={"Retry-After": "5"},
            )
        self._waiting[user_id] += 1
        try:
            await mine.acquire()
        finally:
            self._waiting[user_id] -= 1
            if not self._waiting[user_id]:
                del self._waiting[user_id]
        try:
            yield
        finally:
            mine.release()
