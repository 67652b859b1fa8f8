"""The three cookies of auth: a session, a half-login, a trusted device."""

from collections.abc import Mapping
from datetime import timedelta
from ipaddress import ip_address
from typing import Final
from urllib.parse import urlsplit

from litestar.datastructures import Cookie

HALF_LOGIN_LASTS: Final = timedelta(minutes=10)
SESSION_LASTS: Final = timedelta(hours=12)
DEVICE_LASTS: Final = timedelta(days=30)


class AuthCookie:
    """HttpOnly, same-site, for this host alone; ``__Host-`` and Secure except on http loopback."""

    def __init__(self, name: str, lasts: timedelta, *, plain: bool) -> None:
        self.name = name if plain else f"__Host-{name}"
        self._lasts = lasts
        self._plain = plain

    def carrying(self, value: str) -> Cookie:
        return self._cookie(value, int(self._lasts.total_seconds()))

    def cleared(self) -> Cookie:
        return self._cookie("", 0)

    def read(self, cookies: Mapping[str, str]) -> str | None:
        return cookies.get(self.name) or None

    def _cookie(self, value: str, max_age: int) -> Cookie:
        return Cookie(
            key=self.name,
            value=value,
            max_age=max_age,
            path="/",
            secure=not self._plain,
            httponly=True,
            samesite="lax",
        )


class Cookies:
    def __init__(self, public_address: str) -> None:
        plain = urlsplit(public_address).scheme == "http" and is_this_machine(public_address)
        self.session = AuthCookie("sid", SESSION_LASTS, plain=plain)
        self.half_login = AuthCookie("login", HALF_LOGIN_LASTS, plain=plain)
        self.device = AuthCookie("device", DEVICE_LASTS, plain=plain)


def is_this_machine(url: str) -> bool:
    """True for loopback names and addresses, and for the wildcard that a local server listens on."""
    host = urlsplit(url).hostname or ""
    try:
        address = ip_address(host)
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
    return address.is_loopback or address.is_unspecified
