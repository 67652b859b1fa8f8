"""An installation of a test module's own: one person signed in, and one file of readings of any size."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import polars as pl
from playwright.sync_api import Browser, Page, StorageState, expect
from tests.browser.people import set_up
from tests.processes import Server, start_server, stop_server

IMPORT_SECONDS = 120


@dataclass
class Installation:
    server: Server
    state: StorageState
    source_id: str = ""

    @contextmanager
    def window(self, browser: Browser) -> Iterator[Page]:
        """A window that fails when its page has an error of its own."""
        context = browser.new_context(
            base_url=self.server.address,
            viewport={"width": 1440, "height": 900},
            locale="en-GB",
            timezone_id="Europe/Amsterdam",
            reduced_motion="reduce",
            accept_downloads=True,
            storage_state=self.state,
        )
        page = context.new_page()
        page.set_default_timeout(20_000)
        errors: list[str] = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        try:
            yield page
        finally:
            context.close()
        assert errors == [], errors

    def call(self, page: Page, method: str, path: str, body: object = None) -> Any:
        """What the page itself could ask for, without its clicks."""
        token = page.request.get("/api/v1/auth/session").json()["csrfToken"]
        headers = {"X-CSRF-Token": token, "Origin": self.server.address}
        answer = page.request.fetch(path, method=method, data=body, headers=headers)
        assert answer.ok, f"{method} {path}: {answer.status} {answer.text()}"
        return answer.json() if answer.body() else None

    def upload(self, page: Page, file: Path, table: str) -> None:
        token = page.request.get("/api/v1/auth/session").json()["csrfToken"]
        sent = page.request.post(
            f"/api/v1/uploads?fileName={file.name}",
            data=file.read_bytes(),
            headers={
                "X-CSRF-Token": token,
                "Origin": self.server.address,
                "Content-Type": "application/octet-stream",
            },
        )
        assert sent.ok, sent.text()
        place = f"/api/v1/uploads/{sent.json()['uploadId']}"
        options = self.call(page, "GET", f"{place}/preview")["preview"]["options"]
        order = {"table": table, "options": options, "newSource": {"name": "Readings", "zone": "UTC"}}
        started = self.call(page, "POST", f"{place}/import", order)
        self.source_id = started["source"]["sourceId"]
        task, deadline = started["task"], time.monotonic() + IMPORT_SECONDS
        while task["state"] in {"waiting", "running"} and time.monotonic() < deadline:
            time.sleep(0.2)
            task = self.call(page, "GET", f"/api/v1/sources/tasks/{task['taskId']}")
        assert task["state"] == "done", task

    def open_sql(self, page: Page, sql: str) -> None:
        page.goto(f"/ask/sql?source={self.source_id}&sql={quote(sql)}")
        expect(
            page.get_by_role("button", name="Chart:").or_(page.get_by_text("Chart", exact=True)).first
        ).to_be_visible()


@contextmanager
def installed(folder: Path, browser: Browser, **settings: Any) -> Iterator[Installation]:
    server = start_server(folder, "serve", **settings)
    try:
        context = browser.new_context(base_url=server.address, locale="en-GB")
        set_up(context.new_page(), server.printed(r"http://127\.0\.0\.1:\d+/set-up#\S+"))
        state = context.storage_state()
        context.close()
        yield Installation(server, state)
    finally:
        stop_server(server.process)


@contextmanager
def installed_with(
    table: pl.DataFrame, name: str, folder: Path, browser: Browser, **settings: Any
) -> Iterator[Installation]:
    """One that has imported a file, as the table ``name``."""
    file = folder / f"{name}.parquet"
    table.write_parquet(file)
    with installed(folder, browser, **settings) as place:
        with place.window(browser) as page:
            place.upload(page, file, name)
        yield place
