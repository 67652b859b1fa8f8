"""Guards beyond a permission: a person at a browser, and one who confirmed it just now."""

from litestar.handlers.base import BaseRouteHandler

from gridlens.auth.errors import NotForPrograms, StepUpRequired
from gridlens.core.http.access import Connection, principal_of
from gridlens.shared.auth import Authentication


def at_browser(connection: Connection, handler: BaseRouteHandler) -> None:
    """Guard: signed in with a session; a token may not change how people sign in."""
    principal_of(connection)
    if authentication_of(connection).method != "session":
        raise NotForPrograms


def stepped_up(connection: Connection, handler: BaseRouteHandler) -> None:
    """Guard: password and code within the last ten minutes."""
    at_browser(connection, handler)
    if not authentication_of(connection).is_stepped_up:
        raise StepUpRequired


def authentication_of(connection: Connection) -> Authentication:
    found = connection.scope.get("auth")
    if not isinstance(found, Authentication):
        raise NotForPrograms
    return found
