"""Where a request comes from and which cookies it carries, as far as signing in cares."""

from dataclasses import dataclass
from functools import lru_cache
from ipaddress import IPv4Address, ip_address, ip_network

from gridlens.auth.cookies import Cookies
from gridlens.core.http.access import Connection
from gridlens.core.http.client import client_address, limit_key

USER_AGENT_LENGTH = 300
BEARER = "bearer "


@dataclass(frozen=True, slots=True)
class Visit:
    """``network`` is kept with sessions and audit entries; ``limit_key`` only counts attempts."""

    network: str
    limit_key: str
    user_agent: str
    session: str | None = None
    half_login: str | None = None
    device: str | None = None


def visit_of(connection: Connection, cookies: Cookies) -> Visit:
    address = client_address(connection.scope)
    jar = {} if bearer_token(connection) is not None else connection.cookies
    return Visit(
        network=network_of(address),
        limit_key=limit_key(address),
        user_agent=connection.headers.get("user-agent", "")[:USER_AGENT_LENGTH],
        session=cookies.session.read(jar),
        half_login=cookies.half_login.read(jar),
        device=cookies.device.read(jar),
    )


def bearer_token(connection: Connection) -> str | None:
    """The token that a program sends; where there is one, cookies do not count at all."""
    header = connection.headers.get("authorization", "")
    return header[len(BEARER) :].strip() if header.lower().startswith(BEARER) else None


@lru_cache(maxsize=1_000)
def network_of(address: str) -> str:
    """The /24 or /64 around an address: enough to recognise a place by, too little to find a person."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address[:64]
    parsed = getattr(parsed, "ipv4_mapped", None) or parsed
    if parsed.is_loopback:
        return str(parsed)
    return str(ip_network(f"{parsed}/{24 if isinstance(parsed, IPv4Address) else 64}", strict=False))


def device_name(user_agent: str) -> str:
    """A browser and its system in words, such as “Firefox on Linux”."""
    browser = next((name for mark, name in BROWSERS if mark in user_agent), "A browser")
    system = next((name for mark, name in SYSTEMS if mark in user_agent), None)
    return f"{browser} on {system}" if system else browser


# Most browsers carry the marks of those they descend from, so the youngest stand first.
BROWSERS = (
    ("Edg/", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)
