"""The database of what users make: one engine, short transactions."""

import asyncio
import sqlite3
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import event, text
from sqlalchemy.engine import Dialect, make_url
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker, create_async_engine

AFTER_COMMIT = "after_commit"
LOOKS_EVERY_SECONDS = 0.001
NEVER_LOOKED = (0.0, 0)


def after_commit(session: AsyncSession, call: Callable[[], None]) -> None:
    """Call this once when the session's transaction is committed: to wake who waits for its rows."""
    session.info.setdefault(AFTER_COMMIT, set()).add(call)


class Database:
    """Opens transactions on the metadata database.

    A transaction is short: it never spans a question to another module, a customer's database or
    the network. SQLite has one writer at a time, and would wait for itself.
    """

    def __init__(self, url: str) -> None:
        self.url = url
        self.engine: AsyncEngine = create_async_engine(
            url, json_serializer=_json, json_deserializer=msgspec.json.decode, **_engine_options(url)
        )
        self._open = async_sessionmaker(self.engine, expire_on_commit=False)
        self._watcher: sqlite3.Connection | None = None
        self._seen = NEVER_LOOKED
        self._tells_versions = self.dialect == "sqlite"
        if self._tells_versions:
            event.listen(self.engine.sync_engine, "connect", _sqlite_pragmas)
        event.listen(self.engine.sync_engine, "do_connect", _connect)

    @property
    def dialect(self) -> str:
        return self.engine.dialect.name

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[AsyncSession]:
        """A session that commits when the block ends well and leaves no trace when it does not."""
        async with self._open() as session, session.begin():
            yield session
            calls: set[Callable[[], None]] = session.info.pop(AFTER_COMMIT, set())
        self._seen = NEVER_LOOKED
        for call in calls:
            call()

    def version(self) -> int | None:
        """Another number after every commit of whatever process; nothing where that cannot be told.

        SQLite tells it in microseconds, out of memory that its processes share. A commit of our own
        counts at once, that of another process within a millisecond.
        """
        if not self._tells_versions:
            return None
        now = time.perf_counter()
        if now - self._seen[0] < LOOKS_EVERY_SECONDS:
            return self._seen[1]
        try:
            if self._watcher is None:
                self._watcher = _watcher(self.engine.url.database or "")
            version: int = self._watcher.execute("PRAGMA data_version").fetchone()[0]
        except sqlite3.Error:
            return None
        self._seen = (now, version)
        return version

    async def is_ready(self, seconds: float = 2.0) -> str | None:
        """Nothing when the database answers in time, else the reason."""
        try:
            async with asyncio.timeout(seconds), self.engine.connect() as connection:
                await connection.execute(text("SELECT 1"))
        except TimeoutError:
            return f"the database did not answer within {seconds:g} s"
        except Exception as error:  # every driver has its own errors, and a probe must not raise
            cause = getattr(error, "orig", None) or error
            return f"{type(cause).__name__}: {cause}".splitlines()[0]
        return None

    async def close(self) -> None:
        watcher, self._watcher = self._watcher, None
        if watcher is not None:
            watcher.close()
        await self.engine.dispose()


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()


def _engine_options(url: str) -> dict[str, Any]:
    if make_url(url).get_backend_name() == "sqlite":
        return {}
    connect_args: dict[str, Any] = {}
    if make_url(url).get_backend_name() in {"mysql", "mariadb"}:
        connect_args = {"charset": "utf8mb4", "connect_timeout": 5, "init_command": "SET time_zone='+00:00'"}
    # A guarded UPDATE has to see what others have committed meanwhile: MariaDB's default isolation
    # refuses it with error 1020 instead.
    return {
        "pool_pre_ping": True,
        "pool_size": 10,
        "max_overflow": 10,
        "connect_args": connect_args,
        "isolation_level": "READ COMMITTED",
    }


def _watcher(path: str) -> sqlite3.Connection:
    """A connection that only looks whether the others have written; it never waits for one of them."""
    place = f"{Path(path).absolute().as_uri()}?mode=ro"
    return sqlite3.connect(place, uri=True, timeout=0, check_same_thread=False)


def _connect(dialect: Dialect, _record: object, arguments: tuple[Any, ...], named: dict[str, Any]) -> Any:
    """What the network says to a driver becomes a database's error, like all that the driver says itself."""
    try:
        return dialect.connect(*arguments, **named)
    except OSError as error:
        raise OperationalError("connect", None, error) from error


def _sqlite_pragmas(connection: Any, _record: object) -> None:
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "foreign_keys=ON", "busy_timeout=5000", "synchronous=NORMAL"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()
