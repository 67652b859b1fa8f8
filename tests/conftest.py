"""What tests of every module stand on: real databases, the real core, the real application."""

import asyncio
import os
import socket
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import closing
from pathlib import Path
from uuid import uuid4

import pytest

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
    asyncio.run(_on_postgres(postgres_server, f'CREATE DATABASE "{name}"'))
    yield f"postgresql+asyncpg://{postgres_server}/{name}"
    asyncio.run(_on_postgres(postgres_server, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'))


@pytest.fixture
def mariadb_url(mariadb_server: str) -> Iterator[str]:
    """The asyncmy URL of an empty database of this test's own."""
    name = f"gridlens_test_{uuid4().hex[:12]}"
    asyncio.run(_on_mariadb(mariadb_server, f"CREATE DATABASE `{name}` CHARACTER SET utf8mb4"))
    yield f"mysql+asyncmy://{mariadb_server}/{name}"
    asyncio.run(_on_mariadb(mariadb_server, f"DROP DATABASE IF EXISTS `{name}`"))


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

    asyncio.run(migrate())
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


@pytest.fixture(params=["sqlite", "postgresql", "mariadb"])
async def every_core(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Core]:
    """A real core on each of the three databases in turn, migrated for real."""
    url = "" if request.param == "sqlite" else await _fresh_url(request)
    core = make_core(Settings(data_dir=tmp_path / "every", database_url=url, log_level="warning"))
    await upgrade(core.database)
    yield core
    await core.database.close()


async def _fresh_url(request: pytest.FixtureRequest) -> str:
    kind = request.param
    server: str = request.getfixturevalue("postgres_server" if kind == "postgresql" else "mariadb_server")
    name = f"gridlens_test_{uuid4().hex[:12]}"
    run: Callable[..., object] = _on_postgres if kind == "postgresql" else _on_mariadb
    quote = '"' if kind == "postgresql" else "`"
    make = f"CREATE DATABASE {quote}{name}{quote}" + (" CHARACTER SET utf8mb4" if kind == "mariadb" else "")
    drop = f"DROP DATABASE IF EXISTS {quote}{name}{quote}" + (" WITH (FORCE)" if kind == "postgresql" else "")
    await run(server, make)  # type: ignore[misc]
    request.addfinalizer(lambda: asyncio.run(run(server, drop)))  # type: ignore[arg-type]
    driver = "postgresql+asyncpg" if kind == "postgresql" else "mysql+asyncmy"
    return f"{driver}://{server}/{name}"


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
