"""Writes docs/screenshots from a fresh demo: `python -m tests.browser.screenshots`."""

import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page
from tests.browser.conftest import CHROMIUM_NAMES, launched
from tests.browser.demo import PAGES, THEMES, Demo, Theme, address, running_demo, settle, upload

FOLDER = Path(__file__).parents[2] / "docs" / "screenshots"
# The page of new files is taken with a file in it.
SHOWN = tuple(name for name in PAGES if name != "upload")


def main() -> None:
    chromium = next((path for name in CHROMIUM_NAMES if (path := shutil.which(name))), None)
    if chromium is None:
        sys.exit("The screenshots are taken with Chromium, and there is none on the path.")
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        running_demo(Path(folder)) as demo,
        launched(chromium) as browser,
    ):
        take_all(demo, browser)


def take_all(demo: Demo, browser: Browser) -> None:
    state = demo.sign_in(browser)
    for theme in THEMES:
        with demo.visitor(browser, theme) as page:
            page.goto("/login")
            take(page, "login", theme)
            demo.log_in(page)
            take(page, "code", theme)
        with demo.visitor(browser, theme, state) as page:
            for name in SHOWN:
                page.goto(address(page, PAGES[name]))
                take(page, name, theme)
            page.goto(PAGES["upload"])
            upload(page)
            take(page, "upload", theme)


def take(page: Page, name: str, theme: Theme) -> None:
    settle(page)
    page.screenshot(path=FOLDER / f"{name}-{theme}.png", animations="disabled")


if __name__ == "__main__":
    main()
