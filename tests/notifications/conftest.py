"""Notifications on a real core with a real SMTP server; other modules are stood in for on the real bus."""

import asyncio
import ssl
import struct
import zlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from uuid import UUID, uuid4

import msgspec
import polars as pl
import pytest
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword

from gridlens.core.errors import NotFound
from gridlens.core.jobs import Jobs
from gridlens.core.module import Core
from gridlens.core.principal import Principal
from gridlens.notifications import connect
from gridlens.notifications.deliveries import Deliveries
from gridlens.notifications.history import RunHistory
from gridlens.notifications.mailbox import Mailbox
from gridlens.notifications.reports import ReportService
from gridlens.notifications.schemas import (
    DashboardTarget,
    PersonRecipient,
    QuestionTarget,
    ReportInput,
)
from gridlens.notifications.trying import TryOut
from gridlens.shared.analytics import DescribeQuestion, QuestionDescription, RunQuestion
from gridlens.shared.auth import FindPrincipal, ListPeople, Person
from gridlens.shared.dashboards import (
    DashboardDescription,
    DescribeDashboard,
    RenderDashboard,
    RenderedDashboard,
    RenderedWidget,
)
from gridlens.shared.results import Column, ColumnRole, Completeness, Kind, ResultSet
from gridlens.shared.time import Scope, TimeRange
from gridlens.shared.visualizations import (
    ChartDescription,
    DescribeChart,
    DrawnChart,
    DrawPicture,
    DrawResult,
    Figure,
    Grid,
    Headline,
    Picture,
    Provenance,
)


def real_png(width: int = 8, height: int = 4) -> bytes:
    """A picture that any reader of PNG opens."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return (
            struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
        )

    rows = b"".join(b"\x00" + bytes([28, 130, 146]) * width for _ in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


class PostOffice:
    """A real SMTP server on the loopback that can be closed, refuse, or ask for a password."""

    def __init__(self) -> None:
        self.raw: list[bytes] = []
        self.recipients: list[str] = []
        self.answer = "250 OK"
        self.refused: dict[str, str] = {}
        self.port = 0
        self.log_ins: list[str] = []
        self._server: asyncio.Server | None = None

    @property
    def mails(self) -> list[EmailMessage]:
        return [message_from_bytes(each, EmailMessage, policy=default) for each in self.raw]

    async def open(
        self,
        *,
        starttls: ssl.SSLContext | None = None,
        tls: ssl.SSLContext | None = None,
        password: str | None = None,
    ) -> None:
        options: dict = {"hostname": "post.example.org"}
        if starttls:
            options |= {"tls_context": starttls, "require_starttls": True}
        if password:
            options |= {"authenticator": self._authenticate(password), "auth_required": True}
            options["auth_require_tls"] = False
        self._server = await asyncio.get_running_loop().create_server(
            lambda: SMTP(self, **options), "127.0.0.1", self.port, ssl=tls
        )
        self.port = self._server.sockets[0].getsockname()[1]

    async def close(self) -> None:
        if self._server:
            self._server.close()
            self._server = None

    async def handle_RCPT(self, _server, _session, envelope: Envelope, address: str, _options) -> str:  # noqa: N802
        if address in self.refused:
            return self.refused[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server, _session, envelope: Envelope) -> str:  # noqa: N802
        if self.answer.startswith("250"):
            self.raw.append(envelope.content)
            self.recipients += envelope.rcpt_tos
        return self.answer

    def _authenticate(self, password: str):
        def check(_server, _session, _envelope, _mechanism, data) -> AuthResult:
            assert isinstance(data, LoginPassword)
            self.log_ins.append(data.login.decode())
            return AuthResult(success=data.password.decode() == password, handled=False)

        return check


@pytest.fixture
async def post_office() -> AsyncIterator[PostOffice]:
    office = PostOffice()
    await office.open()
    yield office
    await office.close()


class Neighbours:
    """What auth, dashboards, analytics and visualizations would answer."""

    def __init__(self, people: tuple[Principal, ...]) -> None:
        self.people = {each.user_id: each for each in people}
        self.locked: set[UUID] = set()
        self.dashboard_id, self.question_id, self.chart_id = uuid4(), uuid4(), uuid4()
        self.dashboard_name = "Portfolio overview"
        self.week = TimeRange(
            start=datetime(2026, 6, 7, 22, tzinfo=UTC),
            end=datetime(2026, 6, 14, 22, tzinfo=UTC),
            zone="Europe/Berlin",
        )
        self.picture = Picture(content=real_png(), media_type="image/png")
        self.completeness: Completeness | None = Completeness(expected=168, present=168)
        self.is_cut, self.total_rows = False, None
        self.fails: Exception | None = None
        self.widget_error: str | None = None
        self.asked: list[object] = []
        self.frame = pl.DataFrame(
            {
                "at": [datetime(2026, 6, 8, hour, tzinfo=UTC) for hour in range(3)],
                "site": ["Harbour", "=cmd()", "Mill"],
                "load": [1200.5, -3.25, None],
            },
            schema_overrides={"at": pl.Datetime("us", "UTC")},
        )

    def provenance(self) -> Provenance:
        return Provenance(
            source_id=uuid4(),
            source_name="metering",
            zone="Europe/Berlin",
            read_at=datetime(2026, 6, 15, 4, 58, tzinfo=UTC),
            is_cached=False,
            engine_ms=3.0,
            row_count=168,
            is_cut=self.is_cut,
            total_rows=self.total_rows,
            row_limit=10_000,
            completeness=self.completeness,
            notes=("The filter on site could not be applied.",),
        )

    def drawn(self, title: str = "Load") -> DrawnChart:
        return DrawnChart(
            title=title,
            kind="line",
            content=Figure(plotly=msgspec.Raw(b'{"data":[],"layout":{}}')),
            summary="Load peaks at 1.2 MW on Monday at noon.",
            subtitle="kW, hourly mean",
            provenance=self.provenance(),
        )

    def widgets(self) -> tuple[RenderedWidget, ...]:
        def place(y: int) -> dict:
            return {"widget_id": uuid4(), "x": 0, "y": y, "width": 6, "height": 4}

        value = Headline(
            value=328_900.0,
            unit="kWh",
            label="Energy",
            compared_with=350_000.0,
            comparison_label="week 23",
        )
        table = Grid(
            columns=(
                Column(name="site", kind=Kind.TEXT, role=ColumnRole.DIMENSION, label="Site"),
                Column(name="energy", kind=Kind.NUMBER, role=ColumnRole.MEASURE, unit="kWh", label="Energy"),
            ),
            rows=(("Harbour <Campus>", 73_200.0), ("Mill", -1_500.0), ("Weir", None)),
            total_rows=40,
        )
        failed = self.widget_error
        return (
            RenderedWidget(
                kind="value",
                title="Consumption",
                chart_id=self.chart_id,
                chart=None if failed else msgspec.structs.replace(self.drawn(), content=value),
                error=failed,
                **place(0),
            ),
            RenderedWidget(
                kind="chart",
                title="",
                chart_id=self.chart_id,
                chart=None if failed else self.drawn(),
                error=failed,
                **place(1),
            ),
            RenderedWidget(
                kind="table",
                title="Sites",
                chart_id=self.chart_id,
                chart=None if failed else msgspec.structs.replace(self.drawn("Sites"), content=table),
                error=failed,
                **place(2),
            ),
            RenderedWidget(
                kind="text",
                title="",
                markdown="Read **this** <script>alert(1)</script> ![spy](https://spy.example/p.png)",
                **place(3),
            ),
        )

    def result(self) -> ResultSet:
        return ResultSet(
            columns=(
                Column(name="at", kind=Kind.TIMESTAMP, role=ColumnRole.TIME),
                Column(name="site", kind=Kind.TEXT, role=ColumnRole.DIMENSION),
                Column(name="load", kind=Kind.NUMBER, role=ColumnRole.MEASURE, unit="kW"),
            ),
            frame=self.frame,
            is_cut=self.is_cut,
            total_rows=self.total_rows,
            row_limit=10_000,
            sql="SELECT 1",
            source_id=uuid4(),
            source_name="metering",
            zone="Europe/Berlin",
            read_at=datetime(2026, 6, 15, 4, 58, tzinfo=UTC),
            engine_ms=3.0,
            completeness=self.completeness,
        )

    def answer_on(self, core: Core) -> None:
        answers = core.bus.answers

        @answers(FindPrincipal)
        async def find(asked: FindPrincipal) -> Principal | None:
            return None if asked.user_id in self.locked else self.people.get(asked.user_id)

        @answers(ListPeople)
        async def people(asked: ListPeople) -> tuple[Person, ...]:
            mine = [
                each
                for each in self.people.values()
                if each.organisation_id == asked.principal.organisation_id
            ]
            return tuple(Person(user_id=each.user_id, name=each.name, email=each.email) for each in mine)

        @answers(DescribeDashboard)
        async def describe_dashboard(asked: DescribeDashboard) -> DashboardDescription:
            if asked.dashboard_id != self.dashboard_id:
                raise NotFound("There is no such dashboard.")
            return DashboardDescription(dashboard_id=asked.dashboard_id, name=self.dashboard_name)

        @answers(RenderDashboard)
        async def render(asked: RenderDashboard) -> RenderedDashboard:
            self.asked.append(asked)
            await asyncio.sleep(0)
            if self.fails:
                raise self.fails
            return RenderedDashboard(
                dashboard_id=asked.dashboard_id,
                name=self.dashboard_name,
                scope=asked.scope or Scope(time_range=self.week),
                widgets=self.widgets(),
            )

        @answers(DescribeChart)
        async def describe_chart(asked: DescribeChart) -> ChartDescription:
            return ChartDescription(
                chart_id=asked.chart_id, name="Load", kind="line", question_id=self.question_id
            )

        @answers(DescribeQuestion)
        async def describe_question(asked: DescribeQuestion) -> QuestionDescription:
            if asked.question_id != self.question_id:
                raise NotFound("There is no such question.")
            return QuestionDescription(
                question_id=asked.question_id, name="Load by site", source_id=uuid4(), sql="SELECT 1"
            )

        @answers(RunQuestion)
        async def run(asked: RunQuestion) -> ResultSet:
            self.asked.append(asked)
            if self.fails:
                raise self.fails
            return self.result()

        @answers(DrawResult)
        async def draw(asked: DrawResult) -> DrawnChart:
            return self.drawn(asked.title)

        @answers(DrawPicture)
        async def picture(asked: DrawPicture) -> Picture:
            self.asked.append(asked)
            return self.picture


@pytest.fixture
def colleague(analyst: Principal) -> Principal:
    """A second analyst of the same organisation."""
    return msgspec.structs.replace(
        analyst, user_id=uuid4(), name="Second analyst", email="second@example.org"
    )


@pytest.fixture
def neighbours(admin: Principal, analyst: Principal, viewer: Principal, colleague: Principal) -> Neighbours:
    return Neighbours((admin, analyst, viewer, colleague))


class Clock:
    def __init__(self) -> None:
        self.now = datetime.now(UTC)

    def __call__(self) -> datetime:
        return self.now


class House:
    """Notifications on one core, with what tests turn and look at."""

    def __init__(self, core: Core, neighbours: Neighbours, post_office: PostOffice) -> None:
        self.core = core
        self.neighbours = neighbours
        self.post_office = post_office
        neighbours.answer_on(core)
        services = connect(core)
        reports, try_out = services["reports"], services["report_try_out"]
        deliveries, mailbox = services["deliveries"], services["mailbox"]
        history = services["report_history"]
        assert isinstance(reports, ReportService)
        assert isinstance(try_out, TryOut)
        assert isinstance(deliveries, Deliveries)
        assert isinstance(mailbox, Mailbox)
        assert isinstance(history, RunHistory)
        self.history = history
        self.reports, self.try_out, self.deliveries, self.mailbox = reports, try_out, deliveries, mailbox

    @property
    def jobs(self) -> Jobs:
        return self.core.jobs

    async def work(self) -> None:
        """Deliver events and do jobs until nothing is due."""
        while await self.core.outbox.deliver_due() + await self.jobs.run_due():
            pass


def with_mail(core: Core, post_office: PostOffice, clock: Clock, **settings: object) -> Core:
    """The core, sending to the post office, with a clock that tests move."""
    chosen = msgspec.structs.replace(
        core.settings,
        smtp_host="127.0.0.1",
        smtp_port=post_office.port,
        smtp_security="none",
        smtp_seconds=5.0,
        mail_from="Gridlens <reports@gridlens.example>",
        public_url="https://grid.example.org",
        **settings,
    )
    return replace(core, settings=chosen, jobs=Jobs(core.database, clock))


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def house(core: Core, neighbours: Neighbours, post_office: PostOffice, clock: Clock) -> House:
    return House(with_mail(core, post_office, clock), neighbours, post_office)


@pytest.fixture
async def every_house(
    every_core: Core, neighbours: Neighbours, post_office: PostOffice, clock: Clock
) -> House:
    return House(with_mail(every_core, post_office, clock), neighbours, post_office)


@pytest.fixture
def demo_core(core: Core) -> Core:
    """A core in demo mode."""
    return replace(core, settings=msgspec.structs.replace(core.settings, demo=True))


@pytest.fixture
async def demo(core: Core, neighbours: Neighbours, post_office: PostOffice, clock: Clock) -> House:
    return House(with_mail(core, post_office, clock, demo=True), neighbours, post_office)


@pytest.fixture
async def every_demo(
    every_core: Core, neighbours: Neighbours, post_office: PostOffice, clock: Clock
) -> House:
    return House(with_mail(every_core, post_office, clock, demo=True), neighbours, post_office)


@pytest.fixture
def weekly(neighbours: Neighbours, analyst: Principal) -> ReportInput:
    """Mondays at 07:00 in Berlin, to the analyst."""
    return ReportInput(
        target=DashboardTarget(dashboard_id=neighbours.dashboard_id),
        subject="Week {week}: {name}",
        text="Good **morning**.",
        zone="Europe/Berlin",
        cron="0 7 * * 1",
        recipients=(PersonRecipient(user_id=analyst.user_id),),
    )


@pytest.fixture
def about_question(neighbours: Neighbours) -> QuestionTarget:
    return QuestionTarget(question_id=neighbours.question_id)


@asynccontextmanager
async def closed(post_office: PostOffice) -> AsyncIterator[None]:
    await post_office.close()
    yield
    await post_office.open()


@pytest.fixture
def outage():
    """``async with outage(post_office)``: nothing listens on its port meanwhile."""
    return closed
