"""Who you are and what you may do: accounts, sign-in, sessions, tokens, audit log."""

from collections.abc import Sequence

from litestar.types import Middleware

from gridlens.auth import handlers
from gridlens.auth.console import (
    create_user,
    find_operator,
    list_users,
    lock_user,
    reset_factors,
    set_password,
    setup_link,
    unlock_user,
)
from gridlens.auth.middleware import Identify
from gridlens.auth.routes import CONTROLLERS
from gridlens.auth.services.assembly import build
from gridlens.auth.services.ground import Clock
from gridlens.core.models import utc_now
from gridlens.core.module import Core, Module


def make_module(clock: Clock = utc_now) -> Module:
    """The module; tests give it a clock that they can move."""

    def connect(core: Core) -> dict[str, object]:
        auth = build(core, clock)
        handlers.connect(core, auth)
        return {"auth": auth}

    def middleware(core: Core) -> Sequence[Middleware]:
        auth = build(core, clock)
        return [
            Identify(
                auth.cookies,
                auth.sessions,
                auth.api_tokens,
                auth.access_tokens,
                auth.states,
                core.settings.address,
            )
        ]

    return Module("auth", controllers=CONTROLLERS, connect=connect, middleware=middleware)


module = make_module()

__all__ = [
    "create_user",
    "find_operator",
    "list_users",
    "lock_user",
    "make_module",
    "module",
    "reset_factors",
    "set_password",
    "setup_link",
    "unlock_user",
]
