"""Ten million quarter-hourly readings of a thousand meters, as Parquet and, a tenth of them, in PostgreSQL.

A meter has 10,000 readings, a good hundred days; the meters begin one after another, so that together
they cover a year.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import asyncpg
import duckdb

METERS = 1_000
READINGS_PER_METER = 10_000
DATABASE = "gridlens_bench"
USER, PASSWORD = "gridlens_bench_reader", "reads-only-for-the-bench"

READINGS = """
SELECT
    printf('M%04d', meter) AS meter,
    ['North', 'South', 'East', 'West', 'Coast'][1 + meter % 5] AS region,
    TIMESTAMPTZ '2025-01-01 00:00:00+00' + (meter * 25 + place) * INTERVAL 15 MINUTE AS start_at,
    round(0.2 + 0.15 * sin((place % 96) / 96.0 * 6.28318) + (hash(meter * 10007 + place) % 1000) / 4000.0, 4)
        AS energy_kwh
FROM range({meters}) AS meters (meter), range({readings}) AS places (place)
ORDER BY meter, start_at
"""


@dataclass(frozen=True, slots=True)
class Server:
    """Where the tests' PostgreSQL is."""

    host: str = "127.0.0.1"
    port: int = 5432

    def url(self, user: str = "postgres", database: str = "postgres") -> Mapping[str, object]:
        password = PASSWORD if user == USER else ""
        return {
            "host": self.host, "port": self.port, "user": user, "password": password, "database": database,
        }  # fmt: skip


def write_parquet(path: Path, meters: int = METERS) -> int:
    """How many rows were written."""
    with duckdb.connect() as connection:
        connection.execute("SET TimeZone = 'UTC'")
        sql = READINGS.format(meters=meters, readings=READINGS_PER_METER)
        connection.execute(f"COPY ({sql}) TO '{path}' (FORMAT parquet, COMPRESSION zstd)")
    return meters * READINGS_PER_METER


def fill_postgresql(folder: Path, server: Server, meters: int = METERS // 10) -> int:
    """A database of its own with a table, an index and a user who only reads; how many rows it holds."""
    path = folder / "readings.csv"
    with duckdb.connect() as connection:
        connection.execute("SET TimeZone = 'UTC'")
        sql = READINGS.format(meters=meters, readings=READINGS_PER_METER)
        connection.execute(f"COPY ({sql}) TO '{path}' (FORMAT csv, HEADER false)")
    asyncio.run(_fill(path, server))
    path.unlink()
    return meters * READINGS_PER_METER


def drop_postgresql(server: Server) -> None:
    asyncio.run(_drop(server))


async def _fill(path: Path, server: Server) -> None:
    await _drop(server)
    root = await asyncpg.connect(**server.url())
    try:
        await root.execute(f"CREATE USER {USER} PASSWORD '{PASSWORD}'")
        await root.execute(f"CREATE DATABASE {DATABASE}")
    finally:
        await root.close()
    own = await asyncpg.connect(**server.url(database=DATABASE))
    try:
        await own.execute(
            "CREATE TABLE readings (meter text NOT NULL, region text NOT NULL, "
            "start_at timestamptz NOT NULL, energy_kwh double precision)"
        )
        await own.copy_to_table("readings", source=path, format="csv")
        await own.execute("CREATE INDEX ON readings (meter, start_at)")
        await own.execute("VACUUM ANALYZE readings")
        await own.execute(f"GRANT SELECT ON readings TO {USER}")
    finally:
        await own.close()


async def _drop(server: Server) -> None:
    root = await asyncpg.connect(**server.url())
    try:
        await root.execute(f"DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)")
        await root.execute(f"DROP ROLE IF EXISTS {USER}")
    finally:
        await root.close()
