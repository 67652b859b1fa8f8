"""The demo as a visitor meets it: signed in with what the console prints, and every page that it has."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, Page, StorageState, expect
from tests.browser.people import enter_code
from tests.processes import Server, start_server, stop_server

Theme = Literal["light", "dark"]
THEMES: tuple[Theme, ...] = ("light", "dark")
WIDE, NARROW = 1440, 390
HEIGHT = 900

# Plain addresses, and those of one thing of a kind as "{kind:its name}".
PAGES = {
    "home": "/",
    "ask-empty": "/ask",
    "ask": "/ask?q=average load by substation last week",
    "sql": "/ask/sql",
    "questions": "/questions",
    "question": "/questions/{questions:Load of each substation}",
    "exports": "/exports",
    "chart": "/charts/{charts:Load of each substation}",
    "dashboards": "/dashboards",
    "dashboard": "/dashboards/{dashboards:Substations, load and price}",
    "dashboard-homes": "/dashboards/{dashboards:Homes, cost and carbon}",
    "dashboard-household": "/dashboards/{dashboards:Household and solar roof}",
    "edit": "/dashboards/{dashboards:Substations, load and price}/edit",
    "sources": "/sources",
    "source": "/sources/{sources:Dutch substations}",
    "terms": "/sources/{sources:Dutch substations}/terms",
    "access": "/sources/{sources:Dutch substations}/access",
    "new-source": "/sources/new",
    "upload": "/sources/new?kind=files",
    "new-postgresql": "/sources/new?kind=postgresql",
    "new-mysql": "/sources/new?kind=mysql",
    "new-sqlite": "/sources/new?kind=sqlite",
    "reports": "/reports",
    "report-form": "/reports/new?dashboard={dashboards:Substations, load and price}",
    "mailbox": "/mailbox",
    "profile": "/settings/profile",
    "security": "/settings/security",
    "appearance": "/settings/appearance",
    "tokens": "/settings/tokens",
    "users": "/settings/users",
    "sign-in-rules": "/settings/sign-in",
    "language-model": "/settings/language-model",
    "audit": "/settings/audit",
    "missing": "/no-such-page",
}
OPEN_PAGES = {"login": "/login", "forgot-password": "/forgot-password"}
ID_NAMES = {
    "questions": "questionId",
    "charts": "chartId",
    "dashboards": "dashboardId",
    "sources": "sourceId",
}

READINGS = "measured_at;substation;load_kW\n" + "".join(
    f"2025-03-{day:02} {hour:02}:00;{name};{base + 9 * hour % 50},5\n"
    for day in (1, 2, 3)
    for hour in range(24)
    for name, base in (("North", 120), ("Harbour", 310))
)


@dataclass
class Demo:
    server: Server
    password: str

    @contextmanager
    def visitor(self, browser: Browser, theme: Theme, state: StorageState | None = None) -> Iterator[Page]:
        """A window on the demo that fails when a page of it has an error of its own."""
        context = browser.new_context(
            base_url=self.server.address,
            viewport={"width": WIDE, "height": HEIGHT},
            locale="en-GB",
            timezone_id="Europe/Amsterdam",
            color_scheme=theme,
            reduced_motion="reduce",
            storage_state=state,
        )
        page = context.new_page()
        page.set_default_timeout(15_000)
        errors: list[str] = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
        try:
            yield page
        finally:
            context.close()
        assert errors == [], errors

    def log_in(self, page: Page) -> None:
        """The first half; ends where the code is asked for."""
        page.goto("/login")
        page.get_by_label("Work email").fill("demo@example.org")
        page.get_by_label("Password", exact=True).fill(self.password)
        page.get_by_role("button", name="Continue").click()
        expect(page.get_by_text("We sent an 8-digit code")).to_be_visible()

    def sign_in(self, browser: Browser) -> StorageState:
        """Both halves, with the one-time code that the console shows."""
        with self.visitor(browser, "light") as page:
            self.log_in(page)
            said = self.server.printed(r"Your Gridlens code: \d{8}")
            enter_code(page, said[-8:])
            expect(page.get_by_role("navigation", name="Main")).to_be_visible()
            return page.context.storage_state()


@contextmanager
def running_demo(folder: Path) -> Iterator[Demo]:
    server = start_server(folder, "demo", "--no-browser")
    try:
        yield Demo(server, server.printed(r"Password\s+\S+").split()[1])
    finally:
        stop_server(server.process)


def address(page: Page, template: str) -> str:
    """The address with its names replaced by the ids that this installation gave them."""

    def id_of(found: re.Match[str]) -> str:
        kind, name = found.groups()
        things = page.request.get(f"/api/v1/{kind}").json()
        return str(next(thing[ID_NAMES[kind]] for thing in things if thing["name"] == name))

    return re.sub(r"\{(\w+):([^}]+)\}", id_of, template)


def settle(page: Page) -> None:
    """Wait until nothing is being loaded or drawn any more."""
    page.wait_for_load_state("networkidle", timeout=30_000)
    expect(page.locator('[role="status"][data-shape]')).to_have_count(0, timeout=20_000)
    wait_for_plots(page)


def wait_for_plots(page: Page) -> None:
    """Plotly follows the size of its box a moment later."""
    page.wait_for_function("""() => [...document.querySelectorAll(".js-plotly-plot")].every(
        plot => plot.querySelector(".svg-container")?.clientWidth <= plot.clientWidth + 1)""")


def upload(page: Page) -> None:
    """Leave the page of new files with a file looked at and not yet imported."""
    page.get_by_label("File to upload").set_input_files(
        {"name": "substations-march.csv", "mimeType": "text/csv", "buffer": READINGS.encode()}
    )
    expect(page.get_by_text("measured_at").first).to_be_visible()
