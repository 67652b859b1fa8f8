"""Who may call a route. Every route names one of these guards, or start-up fails."""

from collections.abc import Iterable
from typing import Any

from litestar.connection import ASGIConnection
from litestar.exceptions import HTTPException
from litestar.handlers.base import BaseRouteHandler
from litestar.routes import BaseRoute, HTTPRoute

from gridlens.core.errors import Unauthenticated
from gridlens.core.principal import Principal

Connection = ASGIConnection[Any, Any, Any, Any]
OPENAPI_PATH = "/api/v1/openapi.json"
"""Litestar's own route for the API description, which holds nothing of anybody."""


class RouteWithoutGuard(RuntimeError):
    """A route was registered that says nothing about who may call it."""


class Requires:
    """Lets in who is signed in with both steps and holds every one of the permissions."""

    def __init__(self, permissions: Iterable[str]) -> None:
        self.permissions = frozenset(permissions)

    # Asynchronous, because Litestar sends guards that are not to a thread.
    async def __call__(self, connection: Connection, handler: BaseRouteHandler) -> None:
        principal = principal_of(connection)
        missing = self.permissions - principal.permissions
        if missing:
            raise principal.lacks(*sorted(missing))


def requires(*permissions: str) -> Requires:
    """Guard: signed in with both steps, and holding every one of these permissions."""
    return Requires(permissions)


async def signed_in(connection: Connection, handler: BaseRouteHandler) -> None:
    """Guard: signed in with both steps, whatever the role."""
    principal_of(connection)


async def public(connection: Connection, handler: BaseRouteHandler) -> None:
    """Guard: anybody, signed in or not; the route's own docstring says why."""


async def takes_json(connection: Connection, handler: BaseRouteHandler) -> None:
    """Guard of every route: a body that is read says that it is JSON, which no foreign form can send."""
    headers = connection.headers
    has_body = "transfer-encoding" in headers or headers.get("content-length", "0") != "0"
    if not has_body or "data" not in handler.parsed_fn_signature.parameters:
        return
    given = headers.get("content-type", "").partition(";")[0].strip().lower()
    if given != "application/json":
        raise HTTPException(
            status_code=415,
            detail="This address takes JSON. Send it with the header “Content-Type: application/json”.",
        )


def principal_of(connection: Connection) -> Principal:
    """Who asks, or a 401 that says to sign in."""
    user = connection.scope.get("user")
    if not isinstance(user, Principal):
        raise Unauthenticated("You are not signed in, or your session has ended. Sign in and try again.")
    return user


def check_every_route(routes: Iterable[BaseRoute]) -> None:
    """Raise for a route under ``/api`` that names no guard."""
    for route in routes:
        if (
            not isinstance(route, HTTPRoute)
            or not route.path.startswith("/api/")
            or route.path.startswith(OPENAPI_PATH)
        ):
            continue
        for handler in route.route_handlers:
            if handler.http_methods == {"OPTIONS"}:
                continue
            guards = [guard for layer in handler.ownership_layers for guard in layer.guards or ()]
            if not any(guard in (public, signed_in) or isinstance(guard, Requires) for guard in guards):
                raise RouteWithoutGuard(f"{sorted(handler.http_methods)} {route.path} names no guard")
