"""Where a request comes from, believing only the proxies that the operator named."""

from collections.abc import Sequence
from functools import lru_cache
from ipaddress import IPv6Address, ip_address, ip_network

from litestar.enums import ScopeType
from litestar.middleware import ASGIMiddleware
from litestar.types import ASGIApp, Receive, Scope, Send

from gridlens.core.http.limits import Limiter
from gridlens.core.principal import Principal

CLIENT_KEY = "client_address"


class ClientAddresses:
    """Puts the caller's address into the scope's state."""

    def __init__(self, app: ASGIApp, trusted: Sequence[str]) -> None:
        self._app = app
        self._trusted = [ip_network(each, strict=False) for each in trusted]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        client = scope.get("client")
        address = client[0] if client else "unknown"
        if self._is_trusted(address):
            forwarded = b",".join(value for key, value in scope["headers"] if key == b"x-forwarded-for")
            # The nearest address that is not one of our proxies; everything left of it is hearsay.
            for hop in reversed([part.strip() for part in forwarded.decode("latin-1").split(",")]):
                if hop and not self._is_trusted(hop):
                    address = hop
                    break
        scope["state"][CLIENT_KEY] = address
        await self._app(scope, receive, send)

    def _is_trusted(self, address: str) -> bool:
        try:
            return any(ip_address(address) in network for network in self._trusted)
        except ValueError:
            return False


def client_address(scope: Scope) -> str:
    return str(scope["state"].get(CLIENT_KEY, "unknown"))


@lru_cache(maxsize=1_000)
def limit_key(address: str) -> str:
    """What a limit counts by: an IPv4 address, or the /64 that one IPv6 customer has."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, IPv6Address):
        if parsed.ipv4_mapped:
            return str(parsed.ipv4_mapped)
        return str(ip_network(f"{parsed}/64", strict=False))
    return address


class RequestLimitMiddleware(ASGIMiddleware):
    """So many requests a minute for one user, or for one address before sign-in."""

    scopes = (ScopeType.HTTP,)

    def __init__(self, limiter: Limiter, per_minute: int) -> None:
        self._limiter = limiter
        self._limit = f"{per_minute}/minute"

    async def handle(self, scope: Scope, receive: Receive, send: Send, next_app: ASGIApp) -> None:
        if scope["path"].startswith("/api/"):
            user = scope.get("user")
            who = str(user.user_id) if isinstance(user, Principal) else limit_key(client_address(scope))
            await self._limiter.check(self._limit, "requests", who)
        await next_app(scope, receive, send)
