"""Bringing a metadata database to the schema of this release, one process at a time."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import structlog
from sqlalchemy import text

if TYPE_CHECKING:
    from gridlens.core.database import Database

LOCK_NAME = "gridlens migrations"
LOCK_NUMBER = 4_740_312_911  # any number of our own; PostgreSQL's advisory locks have no names
LOCK_SECONDS = 120
log = structlog.get_logger()


def migrations_folder() -> Path:
    """The Alembic history: inside an installed wheel, else at the top of the checkout."""
    package = Path(__file__).parent.parent
    inside = package / "migrations"
    return inside if inside.exists() else package.parent.parent / "migrations"


async def upgrade(database: "Database", revision: str = "head") -> None:
    """Run every migration that is missing; a second process waits, then finds nothing to do."""
    async with _lock(database):
        await asyncio.to_thread(_commands(database).upgrade, revision)
    log.info("database_ready", dialect=database.dialect, revision=revision)


async def downgrade(database: "Database", revision: str) -> None:
    async with _lock(database):
        await asyncio.to_thread(_commands(database).downgrade, revision)


async def check(database: "Database") -> None:
    """Raise when the models say something that no migration does."""
    await asyncio.to_thread(_commands(database).check)


async def revision(database: "Database", message: str) -> None:
    """Write the next migration of the history into the checkout."""
    await asyncio.to_thread(_commands(database).revision, message=message, autogenerate=True)


def _commands(database: "Database") -> Any:
    from advanced_alchemy.alembic.commands import AlembicCommands

    from gridlens.core.database import Database as Opened

    # Alembic's environment runs a loop of its own in a thread, and an engine belongs to one loop.
    return AlembicCommands(sqlalchemy_config=Opened(database.url).config)


@asynccontextmanager
async def _lock(database: "Database") -> AsyncIterator[None]:
    if database.dialect == "sqlite":
        async with _file_lock(Path(str(database.engine.url.database) + ".migrating")):
            yield
        return
    take, free = {
        "postgresql": (
            f"SELECT pg_advisory_lock({LOCK_NUMBER})",
            f"SELECT pg_advisory_unlock({LOCK_NUMBER})",
        ),
    }.get(
        database.dialect,
        (f"SELECT GET_LOCK('{LOCK_NAME}', {LOCK_SECONDS})", f"SELECT RELEASE_LOCK('{LOCK_NAME}')"),
    )
    async with database.engine.connect() as connection:
        await connection.execute(text(take))
        try:
            yield
        finally:
            await connection.execute(text(free))


@asynccontextmanager
async def _file_lock(path: Path) -> AsyncIterator[None]:
    import fcntl

    with path.open("w") as lock:
        await asyncio.to_thread(fcntl.flock, lock, fcntl.LOCK_EX)
        try:
            yield
        finally:
            fcntl.flock(lock, fcntl.LOCK_UN)
