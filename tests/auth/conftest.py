"""The sign-in application with a clock that tests move and a mailbox that they read."""

import httpx
import msgspec
import pytest
from litestar import Litestar
from tests.auth.people import Client, Clock, Mailbox, TestUser, make_user

from gridlens.app import create_app
from gridlens.auth import make_module
from gridlens.auth.services.assembly import AuthServices, build
from gridlens.core.config import Settings
from gridlens.core.module import Core
from gridlens.shared.permissions import Role

ADDRESS = "http://127.0.0.1:8470"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """With a mail server, which nobody asks: what would go to it is read from the outbox."""
    return msgspec.structs.replace(settings, smtp_host="mail.example.org")


@pytest.fixture
def every_core(every_core: Core) -> Core:
    """The same on each of the databases."""
    parts = {name: getattr(every_core, name) for name in every_core.__slots__}
    settings = msgspec.structs.replace(every_core.settings, smtp_host="mail.example.org")
    return Core(**parts | {"settings": settings})


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def mailbox(core: Core) -> Mailbox:
    return Mailbox(core)


@pytest.fixture
def auth(core: Core, clock: Clock) -> AuthServices:
    """The services themselves, on the same database as the application's."""
    return build(core, clock)


@pytest.fixture
def app(core: Core, clock: Clock) -> Litestar:
    """The real application. It is not started, so nothing runs in the background."""
    return create_app(core=core, modules=[make_module(clock)])


@pytest.fixture
def client(app: Litestar) -> Client:
    """A browser at the application."""
    return browser(app)


@pytest.fixture
def other_browser(app: Litestar) -> Client:
    """A second browser at the same application."""
    return browser(app)


def browser(app: Litestar) -> Client:
    """Requests run on the test's own event loop, where its database connections live."""
    transport = httpx.ASGITransport(app=app, client=("127.0.0.1", 50_000))
    return Client(transport=transport, base_url=ADDRESS, headers={"User-Agent": FIREFOX, "Origin": ADDRESS})


@pytest.fixture
async def boss(core: Core, clock: Clock) -> TestUser:
    """The administrator of a fresh installation."""
    return await make_user(core, Role.ADMIN, email="boss@example.org", name="Test Boss", clock=clock)


@pytest.fixture
async def user(core: Core, clock: Clock, boss: TestUser) -> TestUser:
    """An analyst beside the administrator."""
    return await make_user(core, Role.ANALYST, email="ana@example.org", name="Test Ana", clock=clock)
