"""Work that ends when whoever asked for it is gone: a closed tab, a page that was left, a lost connection."""

import asyncio
from types import TracebackType
from typing import Any

from litestar import Request

from gridlens.core.errors import AskerGone

LOOKED_AFTER_SECONDS = 0.25
"""What is answered sooner is not worth looking whether somebody still waits for it."""


class WhileAsked:
    """``async with WhileAsked(request)`` cancels its block as soon as the connection has gone.

    Only for a request whose body has been read. A ``Stream`` does the same by itself.
    """

    def __init__(self, request: Request[Any, Any, Any]) -> None:
        self._receive = request.receive
        self._is_gone = False
        self._looking: asyncio.Task[None] | None = None

    async def __aenter__(self) -> None:
        task = asyncio.current_task()
        assert task is not None  # noqa: S101 - a route runs in one
        self._task = task
        self._cancelled_before = task.cancelling()
        self._timer = asyncio.get_running_loop().call_later(LOOKED_AFTER_SECONDS, self._look)

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._timer.cancel()
        if self._looking is not None:
            self._looking.cancel()
        if (
            self._is_gone
            and self._task.uncancel() <= self._cancelled_before
            and isinstance(error, asyncio.CancelledError)
        ):
            raise AskerGone from error

    def _look(self) -> None:
        self._looking = asyncio.create_task(self._end_when_gone())

    async def _end_when_gone(self) -> None:
        while (await self._receive())["type"] != "http.disconnect":
            pass
        self._is_gone = True
        self._task.cancel()
