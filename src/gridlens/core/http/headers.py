"""Security headers on every answer; no script or style runs that we did not ship."""

import secrets

from litestar.types import ASGIApp, Message, Receive, Scope, Send

NONCE_KEY = "csp_nonce"
API = "/api/"


def content_security_policy(nonce: str = "") -> str:
    """Only a page has styles of its own to let in, by its nonce."""
    style = f" 'nonce-{nonce}'" if nonce else ""
    return "; ".join(
        (
            "default-src 'none'",
            "script-src 'self'",
            f"style-src 'self'{style}",
            "img-src 'self' data: blob:",
            "font-src 'self'",
            "connect-src 'self'",
            "frame-src 'self'",
            "manifest-src 'self'",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        )
    )


class SecurityHeaders:
    """Sets what a route has not set itself; the page finds its nonce in the scope's state."""

    def __init__(self, app: ASGIApp, *, https: bool) -> None:
        self._app = app
        always = [
            (b"x-content-type-options", b"nosniff"),
            (b"referrer-policy", b"no-referrer"),
            (b"cross-origin-opener-policy", b"same-origin"),
            (b"cross-origin-resource-policy", b"same-origin"),
            (b"x-frame-options", b"DENY"),
            (b"permissions-policy", b"camera=(), microphone=(), geolocation=()"),
        ]
        if https:
            always.append((b"strict-transport-security", b"max-age=31536000; includeSubDomains"))
        self._page = tuple(always)
        policy = (b"content-security-policy", content_security_policy().encode())
        self._api = (*always, policy, (b"cache-control", b"no-store"))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["path"].startswith(API):
            headers = self._api
        else:
            nonce = secrets.token_urlsafe(16)
            scope["state"][NONCE_KEY] = nonce
            headers = (*self._page, (b"content-security-policy", content_security_policy(nonce).encode()))

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                # Raw, as asking Litestar for one header decodes all that stand there.
                said = [*message["headers"]]
                names = {name for name, _ in said}
                message["headers"] = said + [each for each in headers if each[0] not in names]
            await send(message)

        await self._app(scope, receive, send_with_headers)
