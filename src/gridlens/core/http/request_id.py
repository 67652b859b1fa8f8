"""One id for a request, in every log line, answer and problem document of it."""

import re
import time

import structlog
from litestar.types import ASGIApp, Message, Receive, Scope, Send
from uuid_utils.compat import uuid7

HEADER = b"x-request-id"
GIVEN = re.compile(r"[A-Za-z0-9._-]{8,64}")
QUIET_PATHS = ("/health/", "/assets/")
log = structlog.get_logger()


def request_id() -> str:
    """The id of the request that is being answered, or ``-`` outside of one."""
    return str(structlog.contextvars.get_contextvars().get("request_id", "-"))


class RequestIds:
    """Takes a proxy's id when it is harmless, else makes one; logs one line for each answer."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        given = _header(scope, HEADER)
        identity = given if given and GIVEN.fullmatch(given) else uuid7().hex
        status = 0
        started = time.perf_counter()

        async def send_with_id(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message["headers"], (HEADER, identity.encode())]
            await send(message)

        with structlog.contextvars.bound_contextvars(request_id=identity):
            await self._app(scope, receive, send_with_id)
            if not scope["path"].startswith(QUIET_PATHS):
                log.info(
                    "request",
                    method=scope.get("method"),
                    path=scope["path"],
                    status=status,
                    ms=round((time.perf_counter() - started) * 1000, 1),
                )


def _header(scope: Scope, name: bytes) -> str | None:
    return next((value.decode("latin-1") for key, value in scope["headers"] if key == name), None)
