"""What tests of every module stand on: real databases, the real core, the real application."""

import asyncio
import os
import socket
from collections.abc import AsyncIterator, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import Connection, MetaData, Table, inspect, text

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


@dataclass(frozen=True)
class MigratedServer:
    """A migrated database of the tests' own, and the rows that it began with."""

    url: str
    seeds: dict[str, list[dict[str, Any]]]


@pytest.fixture(scope="session")
def migrated_servers() -> Iterator[dict[str, MigratedServer]]:
    """One migrated database on each server that was asked for, dropped at the end."""
    made: dict[str, MigratedServer] = {}
    yield made
    for kind, migrated in made.items():
        server, name = migrated.url.split("://")[1].rsplit("/", 1)
        drop = _on_postgres if kind == "postgresql" else _on_mariadb
        run_apart(drop(server, _drop(kind, name)))


@pytest.fixture(params=["sqlite", "postgresql", "mariadb"])
async def every_core(
    request: pytest.FixtureRequest,
    tmp_path: Path,
    migrated_sqlite: Path,
    migrated_servers: dict[str, MigratedServer],
) -> AsyncIterator[Core]:
    """A real core on each of the three databases in turn, migrated for real and empty."""
    folder = tmp_path / "every"
    folder.mkdir(mode=0o700)
    if request.param == "sqlite":
        (folder / "gridlens.db").write_bytes(migrated_sqlite.read_bytes())
        core = make_core(Settings(data_dir=folder, log_level="warning"))
    else:
        if request.param not in migrated_servers:
            migrated_servers[request.param] = await _migrated(request, folder)
        migrated = migrated_servers[request.param]
        core = make_core(Settings(data_dir=folder, database_url=migrated.url, log_level="warning"))
        async with core.database.engine.begin() as connection:
            await connection.run_sync(_empty, migrated.seeds)
    yield core
    await core.database.close()


async def _migrated(request: pytest.FixtureRequest, folder: Path) -> MigratedServer:
    kind = request.param
    server: str = request.getfixturevalue("postgres_server" if kind == "postgresql" else "mariadb_server")
    name = f"gridlens_test_{uuid4().hex[:12]}"
    if kind == "postgresql":
        await _on_postgres(server, f'CREATE DATABASE "{name}"')
    else:
        await _on_mariadb(server, f"CREATE DATABASE `{name}` CHARACTER SET utf8mb4")
    driver = "postgresql+asyncpg" if kind == "postgresql" else "mysql+asyncmy"
    url = f"{driver}://{server}/{name}"
    core = make_core(Settings(data_dir=folder, database_url=url, log_level="warning"))
    await upgrade(core.database)
    async with core.database.engine.connect() as connection:
        seeds = await connection.run_sync(_seeds)
    await core.database.close()
    return MigratedServer(url, seeds)


def _seeds(connection: Connection) -> dict[str, list[dict[str, Any]]]:
    """The rows that the migrations themselves put into tables."""
    return {
        name: [dict(row) for row in connection.execute(_table(connection, name).select()).mappings()]
        for name in inspect(connection).get_table_names()
        if name != "schema_version"
    }


def _table(connection: Connection, name: str) -> Table:
    return Table(name, MetaData(), autoload_with=connection)


def _empty(connection: Connection, seeds: dict[str, list[dict[str, Any]]]) -> None:
    """Every table as the migrations left it; the schema stays."""
    if connection.dialect.name == "postgresql":
        # The audit log refuses to lose rows; a test's is emptied past its triggers.
        connection.execute(text("SET session_replication_role = replica"))
        connection.execute(text(f"TRUNCATE {', '.join(seeds)} CASCADE"))
    else:
        connection.execute(text("SET FOREIGN_KEY_CHECKS = 0"))
        for name in seeds:
            connection.execute(text(f"TRUNCATE TABLE `{name}`"))
    for name, rows in seeds.items():
        if rows:
            connection.execute(_table(connection, name).insert(), rows)
    if connection.dialect.name == "postgresql":
        connection.execute(text("SET session_replication_role = origin"))
    else:
        connection.execute(text("SET FOREIGN_KEY_CHECKS = 1"))


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
