"""What tests of every module stand on: real databases, the real core, the real application."""

import asyncio
import os
import socket
from collections.abc import AsyncIterator, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import inspect, text

from gridlens.core.config import Settings
from gridlens.core.migrating import upgrade
from gridlens.core.module import Core, make_core
from gridlens.core.principal import Principal
from gridlens.shared.permissions import ROLE_PERMISSIONS, Role

REQUIRED = os.environ.get("GRIDLENS_TEST_REQUIRE_SERVERS") == "1"
"""Set in CI: a test that finds no server fails there instead of being skipped."""


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


def missing(what: str) -> None:
    """Skip by name, or fail where servers are required."""
    if REQUIRED:
        pytest.fail(f"{what} is required here")
    pytest.skip(what)


def run_apart(work: Coroutine[Any, Any, None]) -> None:
    """Run a coroutine to its end in a thread of its own, whatever loop runs in this one."""
    with ThreadPoolExecutor(1) as pool:
        pool.submit(asyncio.run, work).result()


def _listens(host: str, port: int) -> bool:
    with closing(socket.socket()) as probe:
        probe.settimeout(1)
        return probe.connect_ex((host, port)) == 0


@pytest.fixture(scope="session")
def postgres_server() -> str:
    """``user:password@host:port`` of a PostgreSQL where databases may be made."""
    server = os.environ.get("GRIDLENS_TEST_POSTGRES")
    if server is None and not _listens("127.0.0.1", 5432):
        missing("PostgreSQL on 127.0.0.1:5432 (or GRIDLENS_TEST_POSTGRES=user:password@host:port)")
    return server or "postgres@127.0.0.1:5432"


@pytest.fixture(scope="session")
def mariadb_server() -> str:
    """``user:password@host:port`` of a MariaDB or MySQL where databases may be made."""
    server = os.environ.get("GRIDLENS_TEST_MARIADB")
    if server is None and not _listens("127.0.0.1", 3306):
        missing("MariaDB on 127.0.0.1:3306 (or GRIDLENS_TEST_MARIADB=user:password@host:port)")
    return server or "root@127.0.0.1:3306"


@pytest.fixture
def postgres_url(postgres_server: str) -> Iterator[str]:
    """The asyncpg URL of an empty database of this test's own."""
    name = f"gridlens_test_{uuid4().hex[:12]}"
    run_apart(_on_postgres(postgres_server, f'CREATE DATABASE "{name}"'))
    yield f"postgresql+asyncpg://{postgres_server}/{name}"
    run_apart(_on_postgres(postgres_server, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'))


@pytest.fixture
def mariadb_url(mariadb_server: str) -> Iterator[str]:
    """The asyncmy URL of an empty database of this test's own."""
    name = f"gridlens_test_{uuid4().hex[:12]}"
    run_apart(_on_mariadb(mariadb_server, f"CREATE DATABASE `{name}` CHARACTER SET utf8mb4"))
    yield f"mysql+asyncmy://{mariadb_server}/{name}"
    run_apart(_on_mariadb(mariadb_server, f"DROP DATABASE IF EXISTS `{name}`"))


async def _on_postgres(server: str, statement: str) -> None:
    import asyncpg

    connection = await asyncpg.connect(f"postgresql://{server}/postgres")
    try:
        await connection.execute(statement)
    finally:
        await connection.close()


async def _on_mariadb(server: str, statement: str) -> None:
    import asyncmy

    account, address = server.rsplit("@", 1)
    user, _, password = account.partition(":")
    host, _, port = address.partition(":")
    connection = await asyncmy.connect(host=host, port=int(port or 3306), user=user, password=password)
    try:
        async with connection.cursor() as cursor:
            await cursor.execute(statement)
    finally:
        await connection.ensure_closed()


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file that tests copy, since migrating takes longer than copying."""
    folder = tmp_path_factory.mktemp("migrated")
    core = make_core(Settings(data_dir=folder))

    async def migrate() -> None:
        await upgrade(core.database)
        await core.database.close()

    run_apart(migrate())
    return folder / "gridlens.db"


@pytest.fixture
def settings(tmp_path: Path, migrated_sqlite: Path) -> Settings:
    """Settings of a fresh installation whose SQLite database is migrated."""
    data_dir = tmp_path / "data"
    data_dir.mkdir(mode=0o700)
    (data_dir / "gridlens.db").write_bytes(migrated_sqlite.read_bytes())
    return Settings(data_dir=data_dir, log_level="warning", private_networks=("127.0.0.0/8",))


@pytest.fixture
async def core(settings: Settings) -> AsyncIterator[Core]:
    """A real core on a migrated SQLite of its own; nothing runs in the background."""
    core = make_core(settings)
    yield core
    await core.database.close()


@pytest.fixture(scope="session")
def migrated_servers() -> Iterator[dict[str, str]]:
    """The URL of one migrated database on each server that was asked for, dropped at the end."""
    made: dict[str, str] = {}
    yield made
    for kind, url in made.items():
        server, name = url.split("://")[1].rsplit("/", 1)
        drop = _on_postgres if kind == "postgresql" else _on_mariadb
        run_apart(drop(server, _drop(kind, name)))


@pytest.fixture(params=["sqlite", "postgresql", "mariadb"])
async def every_core(
    request: pytest.FixtureRequest,
    tmp_path: Path,
    migrated_sqlite: Path,
    migrated_servers: dict[str, str],
) -> AsyncIterator[Core]:
    """A real core on each of the three databases in turn, migrated for real and empty."""
    folder = tmp_path / "every"
    folder.mkdir(mode=0o700)
    url = ""
    if request.param == "sqlite":
        (folder / "gridlens.db").write_bytes(migrated_sqlite.read_bytes())
    else:
        url = migrated_servers.get(request.param) or await _migrated(request, folder, migrated_servers)
    core = make_core(Settings(data_dir=folder, database_url=url, log_level="warning"))
    if url:
        await _empty(core)
    yield core
    await core.database.close()


async def _migrated(request: pytest.FixtureRequest, folder: Path, made: dict[str, str]) -> str:
    kind = request.param
    server: str = request.getfixturevalue("postgres_server" if kind == "postgresql" else "mariadb_server")
    name = f"gridlens_test_{uuid4().hex[:12]}"
    if kind == "postgresql":
        await _on_postgres(server, f'CREATE DATABASE "{name}"')
    else:
        await _on_mariadb(server, f"CREATE DATABASE `{name}` CHARACTER SET utf8mb4")
    driver = "postgresql+asyncpg" if kind == "postgresql" else "mysql+asyncmy"
    made[kind] = f"{driver}://{server}/{name}"
    core = make_core(Settings(data_dir=folder, database_url=made[kind], log_level="warning"))
    await upgrade(core.database)
    await core.database.close()
    return made[kind]


async def _empty(core: Core) -> None:
    """Every table without its rows; the schema stays."""
    is_postgres = core.database.dialect == "postgresql"
    async with core.database.engine.begin() as connection:
        names = await connection.run_sync(lambda sync: inspect(sync).get_table_names())
        kept = [name for name in names if name != "schema_version"]
        if is_postgres:
            # The audit log refuses to lose rows; a test's is emptied past its triggers.
            await connection.execute(text("SET session_replication_role = replica"))
            await connection.execute(text(f"TRUNCATE {', '.join(kept)} CASCADE"))
            await connection.execute(text("SET session_replication_role = origin"))
            return
        await connection.execute(text("SET FOREIGN_KEY_CHECKS = 0"))
        for name in kept:
            await connection.execute(text(f"TRUNCATE TABLE `{name}`"))
        await connection.execute(text("SET FOREIGN_KEY_CHECKS = 1"))


def _drop(kind: str, name: str) -> str:
    if kind == "postgresql":
        return f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'
    return f"DROP DATABASE IF EXISTS `{name}`"


def principal_with(role: Role, organisation_id: object = None) -> Principal:
    """Somebody of that role who exists nowhere but in this test."""
    return Principal(
        user_id=uuid4(),
        organisation_id=organisation_id or uuid4(),  # type: ignore[arg-type]
        name=f"Test {role.value}",
        email=f"{role.value}@example.org",
        role=role,
        permissions=ROLE_PERMISSIONS[role],
        zone="Europe/Berlin",
    )


@pytest.fixture
def admin() -> Principal:
    return principal_with(Role.ADMIN)


@pytest.fixture
def analyst(admin: Principal) -> Principal:
    """An analyst of the admin's organisation."""
    return principal_with(Role.ANALYST, admin.organisation_id)


@pytest.fixture
def viewer(admin: Principal) -> Principal:
    """A viewer of the admin's organisation."""
    return principal_with(Role.VIEWER, admin.organisation_id)
