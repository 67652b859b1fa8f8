"""Real databases with a little energy data, and the services on a real core."""

import asyncio
from collections.abc import AsyncIterator, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import asyncmy
import asyncpg
import duckdb
import pytest
from sqlalchemy.engine import make_url

from gridlens import data_sources
from gridlens.core.module import Core
from gridlens.data_sources.addresses import AddressPolicy
from gridlens.data_sources.connections import MysqlSettings, PostgresqlSettings
from gridlens.data_sources.engines import Engines, engines_of
from gridlens.data_sources.services.catalogs import CatalogService
from gridlens.data_sources.services.sources import SourceService
from gridlens.data_sources.services.tasks import TaskService
from gridlens.data_sources.workers.pool import WorkerPool

LOOPBACK = ("127.0.0.0/8", "::1/128")


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    """One loop for all tests here, so that they can share warm workers."""
    return "asyncio"


@pytest.fixture(scope="session")
async def pool() -> AsyncIterator[WorkerPool]:
    pool = WorkerPool(2)
    yield pool
    await pool.close()


@pytest.fixture
def policy() -> AddressPolicy:
    return AddressPolicy(LOOPBACK)


def build_meters(path: Path) -> None:
    """Two sites, and a day of quarter-hours for each, with keys and units in comments."""
    with duckdb.connect(str(path)) as connection:
        connection.execute(
            """
            CREATE TABLE site (site_id INTEGER PRIMARY KEY, name VARCHAR NOT NULL);
            COMMENT ON TABLE site IS 'Places with a meter';
            INSERT INTO site VALUES (1, 'Harbour'), (2, 'Mill');
            CREATE TABLE reading (
                read_at TIMESTAMPTZ, site_id INTEGER REFERENCES site (site_id), load DOUBLE, note VARCHAR,
                PRIMARY KEY (read_at, site_id)
            );
            COMMENT ON COLUMN reading.load IS 'Mean power over the interval, kW';
            INSERT INTO reading
            SELECT TIMESTAMPTZ '2024-03-30 23:00:00+00' + INTERVAL (step * 15) MINUTE, site_id,
                step + site_id, CASE WHEN step % 2 = 0 THEN 'measured' ELSE NULL END
            FROM range(96) AS steps (step), site;
            """
        )


@pytest.fixture
def meters(tmp_path: Path) -> Path:
    """A DuckDB file with the sites and readings of ``build_meters``."""
    path = tmp_path / "meters.duckdb"
    build_meters(path)
    return path


@dataclass(frozen=True)
class Server:
    """Where a test's own database is, and as whom to connect."""

    host: str
    port: int
    user: str
    password: str
    database: str

    def postgresql(self, **changed: object) -> PostgresqlSettings:
        return PostgresqlSettings(
            **{**self._common(), **changed},  # type: ignore[arg-type]
        )

    def mysql(self, **changed: object) -> MysqlSettings:
        return MysqlSettings(**{**self._common(), **changed})  # type: ignore[arg-type]

    def _common(self) -> dict[str, object]:
        return {
            "host": self.host,
            "port": self.port,
            "user": self.user,
            "database": self.database,
            "tls": "off",
        }

    async def on_postgresql(self, *statements: str) -> None:
        connection = await asyncpg.connect(
            host=self.host, port=self.port, user=self.user, password=self.password, database=self.database
        )
        try:
            for statement in statements:
                await connection.execute(statement)
        finally:
            await connection.close()

    async def on_mysql(self, *statements: str) -> list[object]:
        connection = await asyncmy.connect(
            host=self.host,
            port=self.port,
            user=self.user,
            password=self.password,
            database=self.database,
            autocommit=True,
        )
        try:
            async with connection.cursor() as cursor:
                for statement in statements:
                    await cursor.execute(statement)
                return list(await cursor.fetchall())
        finally:
            await connection.ensure_closed()


def _server(url: str) -> Server:
    parts = make_url(url)
    return Server(
        host=parts.host or "127.0.0.1",
        port=parts.port or 0,
        user=parts.username or "",
        password=str(parts.password or ""),
        database=parts.database or "",
    )


@pytest.fixture
def postgres(postgres_url: str) -> Server:
    """An empty database on PostgreSQL."""
    return _server(postgres_url)


@pytest.fixture
def mariadb(mariadb_url: str) -> Server:
    """An empty database on MariaDB or MySQL."""
    return _server(mariadb_url)


POSTGRES_METERS = (
    "CREATE TABLE site (site_id int PRIMARY KEY, name text NOT NULL)",
    "COMMENT ON TABLE site IS 'Places with a meter'",
    "INSERT INTO site VALUES (1, 'Harbour'), (2, 'Mill')",
    """CREATE TABLE reading (read_at timestamptz, site_id int REFERENCES site, load_kw numeric(10, 2),
        note text, PRIMARY KEY (read_at, site_id))""",
    "COMMENT ON COLUMN reading.note IS 'How the value came about'",
    """INSERT INTO reading SELECT '2024-03-30 23:00+00'::timestamptz + step * interval '15 min', site_id,
        step + site_id, CASE WHEN step % 2 = 0 THEN 'measured' END
        FROM generate_series(0, 95) AS step, site""",
)
MARIADB_METERS = (
    "CREATE TABLE site (site_id int PRIMARY KEY, name varchar(50) NOT NULL) COMMENT 'Places with a meter'",
    "INSERT INTO site VALUES (1, 'Harbour'), (2, 'Mill')",
    """CREATE TABLE reading (read_at timestamp NOT NULL, site_id int NOT NULL, load_kw decimal(10, 2),
        note varchar(50) COMMENT 'How the value came about', PRIMARY KEY (read_at, site_id),
        FOREIGN KEY (site_id) REFERENCES site (site_id))""",
    "SET time_zone = '+00:00'",
    """INSERT INTO reading WITH RECURSIVE steps (step) AS (SELECT 0 UNION ALL SELECT step + 1 FROM steps
        WHERE step < 95) SELECT '2024-03-30 23:00:00' + INTERVAL step * 15 MINUTE, site_id, step + site_id,
        CASE WHEN step % 2 = 0 THEN 'measured' END FROM steps, site""",
)


@pytest.fixture
def postgres_reader(postgres: Server) -> Iterator[Server]:
    """The meters on PostgreSQL, and a user who can only read them."""
    name = f"gridlens_reader_{uuid4().hex[:8]}"
    asyncio.run(
        postgres.on_postgresql(
            *POSTGRES_METERS,
            "REVOKE CREATE ON SCHEMA public FROM PUBLIC",
            f"CREATE ROLE {name} LOGIN PASSWORD 'read only, please'",
            f"GRANT SELECT ON ALL TABLES IN SCHEMA public TO {name}",
        )
    )
    yield Server(postgres.host, postgres.port, name, "read only, please", postgres.database)
    asyncio.run(postgres.on_postgresql(f"DROP OWNED BY {name}", f"DROP ROLE {name}"))


@pytest.fixture
def mariadb_reader(mariadb: Server) -> Iterator[Server]:
    """The meters on MariaDB, and a user who can only read them."""
    name = f"reader_{uuid4().hex[:8]}"
    asyncio.run(
        mariadb.on_mysql(
            *MARIADB_METERS,
            f"CREATE USER '{name}'@'%' IDENTIFIED BY 'read only, please'",
            f"GRANT SELECT ON `{mariadb.database}`.* TO '{name}'@'%'",
        )
    )
    yield Server(mariadb.host, mariadb.port, name, "read only, please", mariadb.database)
    asyncio.run(mariadb.on_mysql(f"DROP USER '{name}'@'%'"))


@dataclass(frozen=True)
class Services:
    core: Core
    engines: Engines
    sources: SourceService
    catalogs: CatalogService
    tasks: TaskService
    built: Mapping[str, Any]

    async def work(self) -> None:
        """Do every job that is due, as the background does."""
        await self.core.jobs.run_due()


@pytest.fixture
async def services(core: Core, pool: WorkerPool) -> AsyncIterator[Services]:
    """The module as the application builds it, with workers that other tests have warmed up."""
    engines = engines_of(core)
    engines.pool = pool
    built: Mapping[str, Any] = data_sources.connect(core)
    yield Services(core, engines, built["sources"], built["catalogs"], built["source_tasks"], built)
    await engines.forget_all()
