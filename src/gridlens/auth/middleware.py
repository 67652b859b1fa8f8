"""Who sends a request: resolved once, before any route, and never from a half-login."""

from urllib.parse import urlsplit

from litestar.connection import ASGIConnection
from litestar.enums import ScopeType
from litestar.middleware import ASGIMiddleware
from litestar.types import ASGIApp, Receive, Scope, Send

from gridlens.auth.cookies import Cookies, is_this_machine
from gridlens.auth.errors import CrossSiteRefused
from gridlens.auth.services.access_tokens import AccessTokens
from gridlens.auth.services.api_tokens import ApiTokens, FoundToken
from gridlens.auth.services.sessions import Sessions
from gridlens.auth.services.states import States
from gridlens.auth.visit import Visit, bearer_token, visit_of
from gridlens.core.http.access import Connection
from gridlens.core.principal import Principal
from gridlens.shared.auth import Authentication

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
CSRF_HEADER = "x-csrf-token"


class Identify(ASGIMiddleware):
    """Sets ``request.user`` and ``request.auth``: from a bearer token where there is one, else from
    the session's cookie. What a cookie could change needs our origin and the session's token."""

    scopes = (ScopeType.HTTP,)

    def __init__(
        self,
        cookies: Cookies,
        sessions: Sessions,
        api_tokens: ApiTokens,
        access_tokens: AccessTokens,
        states: States,
        public_address: str,
    ) -> None:
        self._cookies = cookies
        self._sessions = sessions
        self._api_tokens = api_tokens
        self._access_tokens = access_tokens
        self._states = states
        self._public_address = public_address

    async def handle(self, scope: Scope, receive: Receive, send: Send, next_app: ASGIApp) -> None:
        scope["user"] = scope["auth"] = None
        if scope["path"].startswith("/api/"):
            connection: Connection = ASGIConnection(scope)
            token = bearer_token(connection)
            if token is not None:
                await self._identify_program(scope, token)
            else:
                await self._identify_browser(scope, connection)
        await next_app(scope, receive, send)

    async def _identify_program(self, scope: Scope, token: str) -> None:
        is_jwt = token.count(".") == 2
        found = await (self._access_tokens if is_jwt else self._api_tokens).find(token)
        if found is not None:
            _set(scope, found.principal, _of_token(found, is_jwt=is_jwt))

    async def _identify_browser(self, scope: Scope, connection: Connection) -> None:
        visit = visit_of(connection, self._cookies)
        found = await self._sessions.find(visit.session) if visit.session else None
        if str(connection.scope.get("method")) not in SAFE_METHODS:
            await self._refuse_cross_site(connection, visit, is_signed_in=found is not None)
        if found is not None:
            _set(scope, found.principal, found.authentication)

    async def _refuse_cross_site(self, connection: Connection, visit: Visit, *, is_signed_in: bool) -> None:
        origin = connection.headers.get("origin")
        if origin is not None and not is_ours(origin, self._public_address):
            raise CrossSiteRefused(
                f"The page at {origin} may not change anything here. Open {self._public_address} instead; if "
                "this is the address that people type, set GRIDLENS_PUBLIC_URL to it."
            )
        token = connection.headers.get(CSRF_HEADER, "")
        if not await self._states.accepts_csrf_token(visit, token, is_signed_in=is_signed_in):
            raise CrossSiteRefused(
                "The X-CSRF-Token header is missing or old. Reload the page and try again."
            )


def is_ours(origin: str, public_address: str) -> bool:
    """True for the public address; on one's own machine its names are as good as each other."""
    ours, theirs = urlsplit(public_address), urlsplit(origin)
    if (theirs.scheme, theirs.netloc) == (ours.scheme, ours.netloc):
        return True
    same_port = _port(ours.scheme, ours.netloc) == _port(theirs.scheme, theirs.netloc)
    return same_port and is_this_machine(public_address) and is_this_machine(origin)


def _port(scheme: str, netloc: str) -> int | None:
    try:
        return urlsplit(f"{scheme}://{netloc}").port or {"http": 80, "https": 443}.get(scheme)
    except ValueError:
        return None


def _of_token(found: FoundToken, *, is_jwt: bool) -> Authentication:
    return Authentication(
        method="jwt" if is_jwt else "api_token",
        aal=2,
        token_id=found.token.id,
        scopes=frozenset(found.token.scopes),
    )


def _set(scope: Scope, principal: Principal, authentication: Authentication) -> None:
    scope["user"], scope["auth"] = principal, authentication
