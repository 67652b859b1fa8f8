"""What a query of the command line runs on: a source of the installation, or one that a URL names."""

import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

import msgspec

from gridlens import analytics, auth, data_sources
from gridlens.analytics.access import require
from gridlens.analytics.running.history import History, Run
from gridlens.analytics.running.service import QueryService
from gridlens.analytics.semantic.service import SemanticService
from gridlens.core.config import Settings
from gridlens.core.database import Database
from gridlens.core.errors import NotFound
from gridlens.core.events import Bus
from gridlens.core.migrating import upgrade
from gridlens.core.module import make_core
from gridlens.core.principal import Principal
from gridlens.data_sources.one_off import ONE_OFF, OneOffSource
from gridlens.shared.data_sources import ListSources, SourceDescription, SourceSummary
from gridlens.shared.permissions import ROLE_PERMISSIONS, Permission, Role

FILES = {".duckdb": "duckdb", ".db": "sqlite", ".sqlite": "sqlite", ".sqlite3": "sqlite"}


@dataclass(frozen=True, slots=True)
class Opened:
    """A source with its catalog, the one path of queries, and on whose behalf they run."""

    queries: QueryService
    principal: Principal
    source: SourceDescription
    terms: SemanticService | None = None
    """What is agreed about the sources of the installation; a URL has nobody who agreed."""


class _NotKept(History):
    """The history of what belongs to no installation."""

    def note(self, run: Run) -> None:
        """Nothing is kept."""


@asynccontextmanager
async def opened(
    settings: Settings, source: str, zone: str, email: str | None, *, with_profiles: bool = False
) -> AsyncIterator[Opened]:
    """The source called ``source``; ``email`` is the account to read it as, else an administrator's.

    A source of the installation has its profiles already; one of a URL gets them only where they are needed.
    """
    if "://" in source:
        async with _one_off(settings, source, zone, with_profiles=with_profiles) as one_off:
            yield one_off
    else:
        _refuse_path(source)
        async with _installed(settings, source, email) as installed:
            yield installed


@asynccontextmanager
async def _one_off(settings: Settings, url: str, zone: str, *, with_profiles: bool) -> AsyncIterator[Opened]:
    with tempfile.TemporaryDirectory(prefix="gridlens-") as folder:
        source = OneOffSource(settings, url, zone, Path(folder))
        try:
            bus = Bus()
            description = await source.describe(with_profiles=with_profiles)
            source.answer_on(bus, description)
            own = msgspec.structs.replace(settings, data_dir=Path(folder), database_url="", cache_bytes=0)
            queries = QueryService(own, bus, _NotKept(Database(own.database)))
            try:
                yield Opened(queries, _operator(), description)
            finally:
                await queries.close()
        finally:
            await source.close()


@asynccontextmanager
async def _installed(settings: Settings, name: str, email: str | None) -> AsyncIterator[Opened]:
    core = make_core(settings)
    try:
        await upgrade(core.database)
        auth.make_module().connect(core)  # type: ignore[misc] # auth has one
        data_sources.connect(core)
        analytics.connect(core)
        principal = await auth.find_operator(core, email)
        require(principal, Permission.RUN_QUERIES)
        async with data_sources.lifespan(core), analytics.lifespan(core):
            summary = _named(name, await core.bus.request(ListSources(principal=principal)))
            queries = analytics.queries_of(core)
            source = await queries.describe(principal, summary.source_id)
            yield Opened(queries, principal, source, analytics.terms_of(core))
    finally:
        await core.database.close()


def _refuse_path(source: str) -> None:
    file = Path(source)
    if file.suffix in FILES and file.is_file():
        raise NotFound(f"“{source}” is a file. Give its URL: {FILES[file.suffix]}://{file.absolute()}")


def _named(name: str, sources: tuple[SourceSummary, ...]) -> SourceSummary:
    wanted = name.casefold()
    for source in sources:
        if wanted in {source.name.casefold(), str(source.source_id)}:
            return source
    names = [source.name for source in sources]
    near = get_close_matches(name, names, n=3, cutoff=0.5) or names[:10]
    listed = f"There are: {', '.join(near)}." if near else "There is no source yet."
    raise NotFound(f"There is no source “{name}”. {listed} Or give a URL such as duckdb:///path.")


def _operator() -> Principal:
    return Principal(
        user_id=ONE_OFF,
        organisation_id=ONE_OFF,
        name="operator",
        email="",
        role=Role.ADMIN,
        permissions=ROLE_PERMISSIONS[Role.ADMIN],
    )
