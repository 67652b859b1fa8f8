"""A signed-in browser without a window: one kept connection, cookies and the session's token."""

import http.client
import json
import re
import time
from collections.abc import Iterator
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any, BinaryIO

from tests.bench.server import Server

CODE_SECONDS = 20.0
IDLE_SECONDS = 2.0


class Visitor:
    def __init__(self, port: int) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        self._cookies: dict[str, str] = {}
        self._csrf = ""
        self._used_at = 0.0

    def send(self, method: str, path: str, body: object = None, accept: str = "*/*") -> bytes:
        """The whole answer; anything but a success ends the run with what was said."""
        content = None if body is None else json.dumps(body).encode()
        return self._send(method, path, content, self._headers(accept, has_body=body is not None))

    def send_file(self, method: str, path: str, file: Path) -> bytes:
        headers = self._headers("*/*", has_body=True) | {"content-length": str(file.stat().st_size)}
        with file.open("rb") as content:
            return self._send(method, path, content, headers)

    def parts(self, method: str, path: str, body: object) -> Iterator[bytes]:
        """The answer piece by piece, as a download is written to disk."""
        self._connection.request(method, path, json.dumps(body).encode(), self._headers("*/*", has_body=True))
        answer = self._connection.getresponse()
        if answer.status >= 300:
            raise RuntimeError(f"{method} {path}: {answer.status} {answer.read()[:500]!r}")
        while part := answer.read(1 << 20):
            yield part

    def request(self, method: str, path: str, body: object, accept: str = "*/*") -> bytes:
        """A request as the bytes that go over the wire."""
        content = json.dumps(body).encode()
        headers = self._headers(accept, has_body=True) | {
            "host": "127.0.0.1",
            "content-length": str(len(content)),
        }
        lines = [f"{method} {path} HTTP/1.1", *(f"{name}: {value}" for name, value in headers.items())]
        return "\r\n".join((*lines, "", "")).encode() + content

    def _headers(self, accept: str, *, has_body: bool) -> dict[str, str]:
        headers = {
            "cookie": "; ".join(f"{name}={value}" for name, value in self._cookies.items()),
            "accept": accept,
        }
        if has_body:
            headers |= {"content-type": "application/json", "x-csrf-token": self._csrf}
        return headers

    def _send(
        self, method: str, path: str, content: bytes | BinaryIO | None, headers: dict[str, str]
    ) -> bytes:
        if time.monotonic() - self._used_at > IDLE_SECONDS:
            self._connection.close()  # the server may have hung up; it opens by itself
        self._connection.request(method, path, content, headers)
        answer = self._connection.getresponse()
        said = answer.read()
        self._used_at = time.monotonic()
        for cookie in answer.headers.get_all("set-cookie") or []:
            for name, morsel in SimpleCookie(cookie).items():
                self._cookies[name] = morsel.value
        if answer.status >= 300:
            raise RuntimeError(f"{method} {path}: {answer.status} {said[:500].decode(errors='replace')}")
        return said

    def ask(self, method: str, path: str, body: object = None) -> Any:
        return json.loads(self.send(method, path, body))

    def timed(self, method: str, path: str, body: object = None, accept: str = "*/*") -> tuple[float, bytes]:
        """Milliseconds from the request's first byte to the answer's last, and the answer."""
        began = time.perf_counter()
        content = self.send(method, path, body, accept)
        return (time.perf_counter() - began) * 1000, content

    def sign_in(self, email: str, password: str, console: Path) -> None:
        """Password, then the code that the demo shows on its console."""
        shown = len(console.read_bytes())
        self._step("/api/v1/auth/login", {"email": email, "password": password})
        self._step("/api/v1/auth/second-step/email", {})
        until = time.monotonic() + CODE_SECONDS
        while time.monotonic() < until:
            code = re.search(rb"code: (\d{8})", console.read_bytes()[shown:])
            if code:
                self._step("/api/v1/auth/second-step", {"method": "email", "code": code[1].decode()})
                return
            time.sleep(0.05)
        raise RuntimeError("The demo showed no one-time code on its console.")

    def again(self) -> "Visitor":
        """Another window of the same person."""
        other = Visitor(self._connection.port)
        other._cookies, other._csrf = dict(self._cookies), self._csrf
        return other

    def close(self) -> None:
        self._connection.close()

    def _step(self, path: str, body: object) -> None:
        self._csrf = self.ask("POST", path, body)["csrfToken"] or ""


def demo_account(server: Server) -> tuple[str, str]:
    """Email and password, as printed by the first start of a demo."""
    printed = server.output.read_text()
    found = re.search(r"Email\s+(\S+)\s+Password\s+(\S+)", printed)
    if found is None:
        raise RuntimeError(f"The demo printed no password:\n{printed}")
    return found[1], found[2]
