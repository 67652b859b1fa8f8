"""People for tests: made on the console, signed in through the real HTTP interface.

Other modules' tests use ``make_user`` and ``sign_in``::

    user = await make_user(core, Role.ANALYST)
    await sign_in(client, core, user)      # the client now carries session cookie and CSRF token
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

import pyotp
from argon2 import PasswordHasher
from httpx import AsyncClient, Response
from sqlalchemy import delete, event
from uuid_utils.compat import uuid7

from gridlens.auth import create_user
from gridlens.auth.models import TotpFactor, User, UserState
from gridlens.core.models import utc_now
from gridlens.core.module import Core
from gridlens.core.principal import Principal
from gridlens.shared.notifications import MailRequested
from gridlens.shared.permissions import Role

PASSWORD = "velvet-otter-41-harbour"
Client = AsyncClient


class Clock:
    """Time that moves only when a test says so."""

    def __init__(self) -> None:
        self.now = datetime(2026, 3, 2, 9, 0, 15, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def move(self, **span: float) -> None:
        self.now += timedelta(**span)


class Mailbox:
    """Every mail that auth asked for, once the outbox has delivered it."""

    def __init__(self, core: Core) -> None:
        self._core = core
        self.mails: list[MailRequested] = []
        core.bus.on(MailRequested)(self._keep)

    async def _keep(self, mail: MailRequested) -> None:
        self.mails.append(mail)

    async def newest(self, to: str) -> MailRequested:
        await self._core.outbox.deliver_due()
        return next(mail for mail in reversed(self.mails) if mail.to == to)

    async def all(self) -> list[MailRequested]:
        await self._core.outbox.deliver_due()
        return self.mails

    async def code(self, to: str) -> str:
        found = re.search(r"\b\d{8}\b", (await self.newest(to)).text)
        assert found
        return found[0]

    async def link_token(self, to: str) -> str:
        found = re.search(r"#(\S+)", (await self.newest(to)).text)
        assert found
        return found[1]


@dataclass
class TestUser:
    """Somebody with a password, an authenticator app and, once signed in, a session."""

    __test__ = False

    principal: Principal
    password: str
    secret: str
    clock: Callable[[], datetime] = utc_now
    recovery_codes: list[str] = field(default_factory=list)

    @property
    def email(self) -> str:
        return self.principal.email

    def code(self, step: int = 0) -> str:
        """What the app shows now, or ``step`` steps of 30 seconds away."""
        return pyotp.TOTP(self.secret).at(self.clock(), counter_offset=step)


async def make_user(
    core: Core,
    role: Role = Role.ANALYST,
    *,
    email: str | None = None,
    name: str | None = None,
    password: str = PASSWORD,
    clock: Callable[[], datetime] = utc_now,
) -> TestUser:
    """An active account with an authenticator app."""
    principal, _ = await create_user(
        core,
        email=email or f"{role.value}-{uuid7().hex[-8:]}@example.org",
        name=name or f"Test {role.value}",
        role=role,
        organisation="Northwind Cooperative",
        zone="Europe/Berlin",
    )
    async with core.database.transaction() as session:
        created = await session.get_one(User, principal.user_id)
        created.password_hash, created.state = _hashed(password), UserState.ACTIVE
    secret = await give_app(core, principal)
    return TestUser(principal, password, secret, clock)


@cache
def _hashed(password: str) -> str:
    """Hashed once for all tests: each hash costs what it is meant to cost."""
    return PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1).hash(password)


async def give_app(core: Core, principal: Principal) -> str:
    secret, factor_id = pyotp.random_base32(32), uuid7()
    place = f"auth_totp_factor|{factor_id}|sealed_secret"
    async with core.database.transaction() as session:
        session.add(
            TotpFactor(
                id=factor_id,
                user_id=principal.user_id,
                sealed_secret=core.vault.seal(secret.encode(), place),
                is_active=True,
            )
        )
    return secret


async def take_app_away(core: Core, user: TestUser) -> None:
    """Leave a user with codes by mail alone."""
    async with core.database.transaction() as session:
        await session.execute(delete(TotpFactor).where(TotpFactor.user_id == user.principal.user_id))


async def log_in(client: Client, user: TestUser, password: str | None = None) -> Response:
    """The first step alone."""
    answer = await client.post(
        "/api/v1/auth/login", json={"email": user.email, "password": password or user.password}
    )
    return remember(client, answer)


async def pass_code(
    client: Client, code: str, method: str = "totp", *, trust_device: bool = False
) -> Response:
    """The second step alone."""
    answer = await client.post(
        "/api/v1/auth/second-step", json={"method": method, "code": code, "trustDevice": trust_device}
    )
    return remember(client, answer)


async def sign_in(client: Client, user: TestUser, *, trust_device: bool = False) -> dict[str, Any]:
    """Both steps; the client then sends the session's cookie and CSRF token with every request."""
    first = await log_in(client, user)
    assert first.status_code == 200, first.text
    second = await pass_code(client, user.code(), trust_device=trust_device)
    assert second.status_code == 200, second.text
    state: dict[str, Any] = second.json()
    return state


def remember(client: Client, answer: Response) -> Response:
    """Send the newest CSRF token from now on, as the browser application does."""
    if answer.headers.get("content-type", "").startswith("application/json"):
        content = answer.json()
        state = content.get("state", content) if isinstance(content, dict) else {}
        if state.get("csrfToken"):
            client.headers["X-CSRF-Token"] = state["csrfToken"]
    return answer


@contextmanager
def statements(core: Core) -> Iterator[list[str]]:
    """Collect the SQL that runs inside the block."""
    collected: list[str] = []

    def collect(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        collected.append(statement)

    event.listen(core.database.engine.sync_engine, "before_cursor_execute", collect)
    try:
        yield collected
    finally:
        event.remove(core.database.engine.sync_engine, "before_cursor_execute", collect)
