"""The four engines, each started and filled once for all tests of the guard."""

from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from tests.analytics.engines import Engine, open_duckdb, open_mariadb, open_postgres, open_sqlite

DIALECTS = ("duckdb", "sqlite", "postgres", "mysql")


@pytest.fixture(scope="session")
def duckdb_engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    with ExitStack() as closing:
        yield open_duckdb(tmp_path_factory.mktemp("guard") / "energy.duckdb", closing)


@pytest.fixture(scope="session")
def sqlite_engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    with ExitStack() as closing:
        yield open_sqlite(tmp_path_factory.mktemp("guard") / "energy.sqlite", closing)


@pytest.fixture(scope="session")
def postgres_engine(postgres_server: str) -> Iterator[Engine]:
    with ExitStack() as closing:
        yield open_postgres(postgres_server, closing)


@pytest.fixture(scope="session")
def mysql_engine(mariadb_server: str) -> Iterator[Engine]:
    with ExitStack() as closing:
        yield open_mariadb(mariadb_server, closing)


@pytest.fixture
def engine(request: pytest.FixtureRequest) -> Engine:
    """The engine of the dialect that a test is parametrised with."""
    found: Engine = request.getfixturevalue(f"{request.param}_engine")
    return found
