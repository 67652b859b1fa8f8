"""Analytics on a real core and a real DuckDB file; its neighbours are stood in for on the bus."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal
from uuid import UUID, uuid4

import duckdb
import httpx
import msgspec
import polars as pl
import pytest
from litestar.middleware import ASGIMiddleware
from litestar.types import ASGIApp, Receive, Scope, Send
from tests.analytics.engines import catalog, duckdb_file

from gridlens import analytics
from gridlens.analytics.plans import Plans
from gridlens.analytics.questions.service import QuestionService
from gridlens.analytics.questions.sharing import QuestionSharing
from gridlens.analytics.running.history import History
from gridlens.analytics.running.service import QueryService
from gridlens.app import create_app
from gridlens.core.errors import Conflict, GridlensError, Invalid, NotFound, Refused, TooLarge
from gridlens.core.module import Core, Module
from gridlens.core.principal import Principal
from gridlens.shared.auth import ListPeople, Person
from gridlens.shared.data_sources import (
    DescribeSource,
    FetchedRows,
    FetchRows,
    ListSources,
    SourceDescription,
    SourceSummary,
    StopFetch,
    StreamRows,
)
from gridlens.shared.permissions import Permission, Role
from gridlens.shared.sharing import Shares, ShareWithRole
from gridlens.shared.visualizations import QuestionsShown


class QueryStopped(Conflict):
    kind = "query-stopped"


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.now = datetime(2025, 4, 1, 8, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


class TooHeavy(TooLarge):
    kind = "query-too-heavy"


class Sources:
    """What data_sources and auth would answer, for one DuckDB file, with a gate to hold queries at."""

    def __init__(self, core: Core, path: Path, colleagues: tuple[Principal, ...]) -> None:
        self.organisation_id = colleagues[0].organisation_id
        self.colleagues = colleagues
        self.description = SourceDescription(
            source_id=uuid4(),
            name="metering",
            dialect="duckdb",
            zone="Europe/Berlin",
            catalog=catalog("duckdb", "main"),
            anchors_to_newest=True,
        )
        self.fetched: list[FetchRows] = []
        self.counted: list[FetchRows] = []
        """Statements that count readings, apart from those that fetch an answer."""
        self.count_gate = asyncio.Event()
        self.count_gate.set()
        self.totalled: list[FetchRows] = []
        """Those that count all rows of a cut answer."""
        self.total_failure: GridlensError | None = None
        self.total_gate = asyncio.Event()
        self.total_gate.set()
        self.streamed: list[StreamRows] = []
        self.shown_to: dict[UUID, set[UUID]] = {}
        self.most_at_once = 0
        self.failure: GridlensError | None = None
        self.heavy_from: int | None = None
        """As many rows as this are more than can be held."""
        self.gate = asyncio.Event()
        self.gate.set()
        self._path = path
        self._running: dict[UUID, asyncio.Event] = {}
        bus = core.bus
        bus.answers(ListPeople)(self.people)
        bus.answers(ListSources)(self.summaries)
        bus.answers(DescribeSource)(self.describe)
        bus.answers(FetchRows)(self.fetch)
        bus.answers(StreamRows)(self.stream)
        bus.answers(StopFetch)(self.stop)
        bus.answers(QuestionsShown)(self.questions_shown)

    @property
    def source_id(self) -> UUID:
        return self.description.source_id

    @property
    def running(self) -> int:
        return len(self._running)

    def change_catalog(self) -> None:
        """A refresh found something new."""
        newer = msgspec.structs.replace(
            self.description.catalog, version=self.description.catalog.version + 1
        )
        self.description = msgspec.structs.replace(self.description, catalog=newer)

    async def people(self, ask: ListPeople) -> tuple[Person, ...]:
        return tuple(
            Person(user_id=each.user_id, name=each.name, email=each.email) for each in self.colleagues
        )

    async def summaries(self, ask: ListSources) -> tuple[SourceSummary, ...]:
        found = self.description
        return (SourceSummary(source_id=found.source_id, name=found.name, dialect=found.dialect),)

    async def questions_shown(self, ask: QuestionsShown) -> frozenset[UUID]:
        """Those that a dashboard shows to the asker."""
        return frozenset(self.shown_to.get(ask.principal.user_id, set())) & frozenset(ask.question_ids)

    async def describe(self, ask: DescribeSource) -> SourceDescription:
        if not ask.principal.may(Permission.READ_SOURCES):
            raise Refused("Ask an administrator.")
        if ask.principal.organisation_id != self.organisation_id or ask.source_id != self.source_id:
            raise NotFound("This data source does not exist, or was deleted. Choose another one.")
        return self.description

    async def fetch(self, ask: FetchRows) -> FetchedRows:
        if "readings_present" in ask.sql or "each_series" in ask.sql:
            self.counted.append(ask)
            await self.count_gate.wait()
            return self._rows(ask)
        if "rows_that_are_counted" in ask.sql:
            self.totalled.append(ask)
            await self.total_gate.wait()
            if self.total_failure:
                raise self.total_failure
            return self._rows(ask)
        self.fetched.append(ask)
        stopped = self._running[ask.query_id] = asyncio.Event()
        self.most_at_once = max(self.most_at_once, self.running)
        try:
            opened = asyncio.ensure_future(self.gate.wait())
            ended = asyncio.ensure_future(stopped.wait())
            await asyncio.wait({opened, ended}, return_when=asyncio.FIRST_COMPLETED)
            opened.cancel()
            ended.cancel()
            if stopped.is_set():
                raise QueryStopped("The query was stopped.")
            if self.failure:
                raise self.failure
            if self.heavy_from is not None and ask.row_limit >= self.heavy_from:
                raise TooHeavy("The result needs too much memory.")
            return self._rows(ask)
        finally:
            del self._running[ask.query_id]

    async def stream(self, ask: StreamRows) -> AsyncGenerator[pl.DataFrame, None]:
        self.streamed.append(ask)

        async def parts() -> AsyncGenerator[pl.DataFrame, None]:
            frame = self._rows(ask).frame
            for start in range(0, max(frame.height, 1), 2):
                if self.failure and start:
                    raise self.failure
                yield frame.slice(start, 2)

        return parts()

    async def stop(self, ask: StopFetch) -> bool:
        stopped = self._running.get(ask.query_id)
        if stopped is None:
            return False
        stopped.set()
        return True

    def _rows(self, ask: FetchRows | StreamRows) -> FetchedRows:
        with duckdb.connect(
            str(self._path), read_only=True, config={"enable_external_access": False, "threads": 1}
        ) as connection:
            connection.execute("SET TimeZone = 'Europe/Berlin'")
            try:
                frame = pl.DataFrame(connection.sql(ask.sql))
            except duckdb.Error as error:
                raise Invalid(f"The query failed: {error}") from error
        zoned = [
            pl.col(name).dt.convert_time_zone("UTC")
            for name, kind in frame.schema.items()
            if isinstance(kind, pl.Datetime) and kind.time_zone
        ]
        is_cut = frame.height > ask.row_limit
        return FetchedRows(frame=frame.with_columns(zoned).head(ask.row_limit), is_cut=is_cut, engine_ms=1.5)


@pytest.fixture(scope="session")
def energy_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("analytics") / "energy.duckdb"
    duckdb_file(path)
    return path


@pytest.fixture
def sources(
    core: Core, energy_file: Path, analyst: Principal, admin: Principal, viewer: Principal
) -> Sources:
    return Sources(core, energy_file, (analyst, admin, viewer))


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def history(core: Core) -> History:
    return History(core.database)


@pytest.fixture
async def queries(
    core: Core, sources: Sources, history: History, clock: Clock
) -> AsyncIterator[QueryService]:
    service = QueryService(core.settings, core.bus, history, clock)
    yield service
    await service.close()


@pytest.fixture
def sharing(core: Core) -> QuestionSharing:
    return QuestionSharing(core.database, core.bus, core.outbox)


def with_role(role: Role, access: Literal["view", "edit"] = "view") -> Shares:
    return Shares(entries=(ShareWithRole(role=role, access=access),))


@pytest.fixture
def questions(core: Core, queries: QueryService, clock: Clock) -> QuestionService:
    return QuestionService(
        core.database, core.bus, core.outbox, queries, Plans(clock), core.settings.query_rows
    )


class SignedInBy(ASGIMiddleware):
    """Stands in for auth: the header names which principal asks."""

    def __init__(self, *people: Principal) -> None:
        self.people = {str(each.user_id): each for each in people}

    async def handle(self, scope: Scope, receive: Receive, send: Send, next_app: ASGIApp) -> None:
        for name, value in scope["headers"]:
            if name == b"x-user":
                scope["user"] = self.people[value.decode()]
        await next_app(scope, receive, send)


@pytest.fixture
async def client(
    core: Core, sources: Sources, analyst: Principal, viewer: Principal, admin: Principal
) -> AsyncIterator[httpx.AsyncClient]:
    """The real application with analytics alone, signed in as the analyst.

    It runs on the test's own event loop, so that one request can be made while another waits.
    """
    signed_in = Module("signed_in", middleware=lambda _core: [SignedInBy(analyst, viewer, admin)])
    app = create_app(core=core, modules=[analytics.module, signed_in])
    transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
    headers = {"x-user": str(analyst.user_id)}
    async with (
        app.lifespan(),
        httpx.AsyncClient(transport=transport, base_url="http://test", headers=headers) as client,
    ):
        yield client
