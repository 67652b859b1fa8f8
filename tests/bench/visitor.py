"""A signed-in browser without a window: one kept connection, cookies and the session's token."""

import http.client
import json
import re
import time
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any

from tests.bench.server import Server

CODE_SECONDS = 20.0


class Visitor:
    def __init__(self, port: int) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
        self._cookies: dict[str, str] = {}
        self._csrf = ""

    def send(self, method: str, path: str, body: object = None) -> bytes:
        """The whole answer; anything but a success ends the run with what was said."""
        headers = {"cookie": "; ".join(f"{name}={value}" for name, value in self._cookies.items())}
        if body is not None:
            headers |= {"content-type": "application/json", "x-csrf-token": self._csrf}
        self._connection.request(method, path, None if body is None else json.dumps(body).encode(), headers)
        answer = self._connection.getresponse()
        content = answer.read()
        for cookie in answer.headers.get_all("set-cookie") or []:
            for name, morsel in SimpleCookie(cookie).items():
                self._cookies[name] = morsel.value
        if answer.status >= 300:
            raise RuntimeError(f"{method} {path}: {answer.status} {content[:500].decode(errors='replace')}")
        return content

    def ask(self, method: str, path: str, body: object = None) -> Any:
        return json.loads(self.send(method, path, body))

    def timed(self, method: str, path: str, body: object = None) -> tuple[float, bytes]:
        """Milliseconds from the request's first byte to the answer's last, and the answer."""
        began = time.perf_counter()
        content = self.send(method, path, body)
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
