"""Rows that were read a moment ago and cannot have changed since.

Nothing here has an age: what is remembered is good until the database says that anything at all was
committed, by this process or another. Where a database cannot say so cheaply, nothing is remembered.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Hashable
from typing import Generic, TypeVar

from gridlens.core.database import Database

KeyT = TypeVar("KeyT", bound=Hashable)
ValueT = TypeVar("ValueT")
MOST = 1_000


class Remembered(Generic[KeyT, ValueT]):
    """What was found under a key. Values are shared between requests, so nobody changes them."""

    def __init__(self, database: Database, most: int = MOST) -> None:
        self._database = database
        self._most = most
        self._version: int | None = None
        self._values: OrderedDict[KeyT, ValueT] = OrderedDict()
        self._loading: dict[tuple[int, KeyT], asyncio.Future[ValueT]] = {}

    async def get(self, key: KeyT, load: Callable[[], Awaitable[ValueT]]) -> ValueT:
        """The value as ``load`` would find it now. That there is nothing is not remembered."""
        version = self._database.version()
        if version is None:
            return await load()
        if version != self._version:
            self._values.clear()
            self._version = version
        value = self._values.get(key)
        if value is not None:
            self._values.move_to_end(key)
            return value
        value = await self._loaded(version, key, load)
        # Read after the version was: a change in between has another version, and is found next time.
        if value is not None and version == self._version:
            self._values[key] = value
            if len(self._values) > self._most:
                self._values.popitem(last=False)
        return value

    async def _loaded(self, version: int, key: KeyT, load: Callable[[], Awaitable[ValueT]]) -> ValueT:
        """One reading for all who ask at the same time, as after every change many do."""
        loading = self._loading.get((version, key))
        if loading is None:
            loading = asyncio.ensure_future(load())
            self._loading[version, key] = loading
            loading.add_done_callback(lambda _: self._loading.pop((version, key), None))
        # Whoever stops waiting does not stop the others.
        return await asyncio.shield(loading)
