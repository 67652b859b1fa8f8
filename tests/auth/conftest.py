"""The sign-in application with a clock that tests move and a mailbox that they read."""

import pytest
from litestar import Litestar
from litestar.testing import AsyncTestClient
from tests.auth.people import Client, Clock, Mailbox, TestUser, make_user

from gridlens.app import create_app
from gridlens.auth import make_module
from gridlens.auth.services.assembly import AuthServices, build
from gridlens.core.module import Core
from gridlens.shared.permissions import Role

ADDRESS = "http://127.0.0.1:8470"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


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
def client(core: Core, clock: Clock) -> Client:
    """A browser at the real application. It was not started, so nothing runs in the background."""
    app = create_app(core=core, modules=[make_module(clock)])
    return browser(app)


@pytest.fixture
def other_browser(client: Client) -> Client:
    """A second browser at the same application."""
    return browser(client.app)


def browser(app: Litestar) -> Client:
    client: Client = AsyncTestClient(app, base_url=ADDRESS)
    client.headers.update({"User-Agent": FIREFOX, "Origin": ADDRESS})
    return client


@pytest.fixture
async def boss(core: Core, clock: Clock) -> TestUser:
    """The administrator of a fresh installation."""
    return await make_user(core, Role.ADMIN, email="boss@example.org", name="Test Boss", clock=clock)


@pytest.fixture
async def user(core: Core, clock: Clock, boss: TestUser) -> TestUser:
    """An analyst beside the administrator."""
    return await make_user(core, Role.ANALYST, email="ana@example.org", name="Test Ana", clock=clock)
