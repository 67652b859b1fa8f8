"""A real server, a real mail server and a real Chromium; nothing between them is faked."""

import email
import os
import re
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from playwright.sync_api import Browser, Page, StorageState, sync_playwright
from tests.browser.demo import Demo, running_demo
from tests.processes import Server, free_port, start_server, stop_server

from gridlens.core.http.pages import STATIC

REQUIRED = os.environ.get("GRIDLENS_TEST_REQUIRE_SERVERS") == "1"
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")


def missing(what: str) -> None:
    if REQUIRED:
        pytest.fail(f"{what} is required here")
    pytest.skip(what)


@pytest.fixture(scope="session")
def chromium() -> str:
    named = os.environ.get("GRIDLENS_CHROMIUM_PATH")
    found = named or next((path for name in CHROMIUM_NAMES if (path := shutil.which(name))), None)
    if not found:
        missing("a Chromium (or GRIDLENS_CHROMIUM_PATH)")
    if not (STATIC / "index.html").exists():
        missing("the built browser application (install without GRIDLENS_SKIP_WEB)")
    return str(found)


# Playwright keeps an event loop running; it ends with the module, or no async test after it could run.
@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    with launched(chromium) as browser:
        yield browser


@contextmanager
def launched(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"],
        )
        yield browser
        browser.close()


@dataclass
class Inbox:
    """Everything that a real SMTP server on this machine has accepted."""

    port: int
    mails: list[EmailMessage] = field(default_factory=list)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 # aiosmtpd's name
        content = envelope.original_content or b""
        self.mails.append(email.message_from_bytes(content, policy=default))  # type: ignore[arg-type]
        return "250 kept"

    def wait_for(self, subject: str, seconds: float = 40) -> EmailMessage:
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            for mail in reversed(self.mails):
                if re.search(subject, str(mail["subject"])):
                    return mail
            time.sleep(0.1)
        raise AssertionError(
            f"no mail about {subject!r}; there are {[str(m['subject']) for m in self.mails]}"
        )


@pytest.fixture
def inbox() -> Iterator[Inbox]:
    inbox = Inbox(port=free_port())
    controller = Controller(inbox, hostname="127.0.0.1", port=inbox.port)
    controller.start()
    yield inbox
    controller.stop()


@pytest.fixture
def server(tmp_path: Path, inbox: Inbox, chromium: str) -> Iterator[Server]:
    """A fresh installation that mails through the test's inbox."""
    running = start_server(
        tmp_path,
        "serve",
        smtp_host="127.0.0.1",
        smtp_port=inbox.port,
        smtp_security="none",
        private_networks="127.0.0.0/8",
        chromium_path=chromium,
    )
    yield running
    stop_server(running.process)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory, chromium: str) -> Iterator[Demo]:
    with running_demo(tmp_path_factory.mktemp("demo")) as demo:
        yield demo


@pytest.fixture(scope="module")
def signed_in(demo: Demo, browser: Browser) -> StorageState:
    """What a browser keeps of somebody who has signed in to the demo."""
    return demo.sign_in(browser)


@pytest.fixture
def demo_page(demo: Demo, browser: Browser, signed_in: StorageState) -> Iterator[Page]:
    with demo.visitor(browser, "light", signed_in) as page:
        yield page


@pytest.fixture
def page(browser: Browser, server: Server) -> Iterator[Page]:
    """A browser window that fails the test when the page has an error of its own."""
    context = browser.new_context(
        base_url=server.address,
        viewport={"width": 1440, "height": 900},
        locale="en-GB",
        accept_downloads=True,
    )
    window = context.new_page()
    window.set_default_timeout(15_000)
    errors: list[str] = []
    window.on("pageerror", lambda error: errors.append(str(error)))
    window.on(
        "console",
        lambda message: (
            errors.append(message.text) if message.type == "error" and "script-src" in message.text else None
        ),
    )
    yield window
    context.close()
    assert errors == []
