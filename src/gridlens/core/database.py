"""The database of what users make: one engine, short transactions."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from advanced_alchemy.config import (
    AlembicAsyncConfig,
    AsyncSessionConfig,
    EngineConfig,
    SQLAlchemyAsyncConfig,
)
from sqlalchemy import event, text
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from gridlens.core.migrating import migrations_folder

AFTER_COMMIT = "after_commit"


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
        self.config = SQLAlchemyAsyncConfig(
            connection_string=url,
            session_config=AsyncSessionConfig(expire_on_commit=False),
            engine_config=_engine_config(url),
            alembic_config=AlembicAsyncConfig(
                script_location=str(migrations_folder()),
                version_table_name="schema_version",
                render_as_batch=True,
            ),
        )
        self.engine: AsyncEngine = self.config.get_engine()
        self._open = self.config.create_session_maker()
        if self.dialect == "sqlite":
            event.listen(self.engine.sync_engine, "connect", _sqlite_pragmas)

    @property
    def dialect(self) -> str:
        return self.engine.dialect.name

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[AsyncSession]:
        """A session that commits when the block ends well and leaves no trace when it does not."""
        async with self._open() as session, session.begin():
            yield session
            calls: set[Callable[[], None]] = session.info.pop(AFTER_COMMIT, set())
        for call in calls:
            call()

    async def is_ready(self, seconds: float = 2.0) -> str | None:
        """Nothing when the database answers in time, else the reason."""
        try:
            async with asyncio.timeout(seconds), self.engine.connect() as connection:
                await connection.execute(text("SELECT 1"))
        except TimeoutError:
            return f"the database did not answer within {seconds:g} s"
        except Exception as error:  # every driver has its own errors, and a probe must not raise
            return f"{type(error).__name__}: {error}".splitlines()[0]
        return None

    async def close(self) -> None:
        await self.engine.dispose()


def _engine_config(url: str) -> EngineConfig:
    if make_url(url).get_backend_name() == "sqlite":
        return EngineConfig(pool_pre_ping=False)
    connect_args: dict[str, Any] = {}
    if make_url(url).get_backend_name() in {"mysql", "mariadb"}:
        connect_args = {"charset": "utf8mb4", "connect_timeout": 5, "init_command": "SET time_zone='+00:00'"}
    # A guarded UPDATE has to see what others have committed meanwhile: MariaDB's default isolation
    # refuses it with error 1020 instead.
    return EngineConfig(
        pool_pre_ping=True,
        pool_size=10,
        max_overflow=10,
        connect_args=connect_args,
        isolation_level="READ COMMITTED",
    )


def _sqlite_pragmas(connection: Any, _record: object) -> None:
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "foreign_keys=ON", "busy_timeout=5000", "synchronous=NORMAL"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()
