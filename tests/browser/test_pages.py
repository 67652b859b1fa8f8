"""What must hold on every page, in both themes, on a desk and on a phone."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, StorageState, expect
from tests.browser.conftest import missing
from tests.browser.demo import (
    HEIGHT,
    NARROW,
    OPEN_PAGES,
    PAGES,
    THEMES,
    WIDE,
    Demo,
    Theme,
    address,
    settle,
    upload,
    wait_for_plots,
)

ROOT = Path(__file__).parents[2]
WORDS = re.compile(r"\w")
AXE = ROOT / "src/web/node_modules/axe-core/axe.min.js"
FIND = """async () => {
    const found = await axe.run(document, { resultTypes: ["violations"] });
    return found.violations
        .filter(each => ["serious", "critical"].includes(each.impact))
        .flatMap(each => each.nodes.map(node =>
            `${each.id}: ${node.target.join(" ")}: ${node.any[0]?.message ?? each.help}`));
}"""
TOO_WIDE = """async () => {
    const page = document.documentElement;
    // The grid and the plots follow a new width a moment later.
    for (let tries = 0; tries < 20 && page.scrollWidth > page.clientWidth; tries++)
        await new Promise(resolve => setTimeout(resolve, 100));
    if (page.scrollWidth <= page.clientWidth) return [];
    const name = element => [element.tagName.toLowerCase(), ...element.classList].join(".");
    return [...document.querySelectorAll("body *")]
        .filter(element => element.getBoundingClientRect().right > page.clientWidth + 1)
        .map(element => `${name(element)} ends at ${Math.round(element.getBoundingClientRect().right)}`)
        .slice(0, 12);
}"""


@pytest.fixture(scope="module")
def axe() -> str:
    if not AXE.exists():
        missing("axe-core (npm ci in src/web)")
    return AXE.read_text(encoding="utf-8")


def judge(page: Page, axe: str) -> None:
    """Fail on a page that scrolls sideways or that axe finds something serious on, wide or narrow."""
    settle(page)
    page.evaluate(axe)
    defects = []
    for width in (WIDE, NARROW):
        page.set_viewport_size({"width": width, "height": HEIGHT})
        wait_for_plots(page)
        defects += [f"{width} px: {defect}" for defect in [*page.evaluate(TOO_WIDE), *page.evaluate(FIND)]]
    assert defects == []


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("name", PAGES)
def test_a_page_fits_and_is_readable_by_everybody(
    name: str, theme: Theme, demo: Demo, browser: Browser, signed_in: StorageState, axe: str
) -> None:
    with demo.visitor(browser, theme, signed_in) as page:
        page.goto(address(page, PAGES[name]))
        expect(page.get_by_role("main")).to_contain_text(WORDS)
        judge(page, axe)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("name", OPEN_PAGES)
def test_a_page_for_strangers_fits_and_is_readable_by_everybody(
    name: str, theme: Theme, demo: Demo, browser: Browser, axe: str
) -> None:
    with demo.visitor(browser, theme) as page:
        page.goto(OPEN_PAGES[name])
        expect(page.get_by_role("heading", level=1)).to_contain_text(WORDS)
        judge(page, axe)


@pytest.mark.parametrize("theme", THEMES)
def test_the_page_that_asks_for_a_code_fits_and_is_readable_by_everybody(
    theme: Theme, demo: Demo, browser: Browser, signed_in: StorageState, axe: str
) -> None:
    with demo.visitor(browser, theme) as page:
        demo.log_in(page)
        judge(page, axe)


@pytest.mark.parametrize("theme", THEMES)
def test_the_preview_of_a_file_fits_and_is_readable_by_everybody(
    theme: Theme, demo: Demo, browser: Browser, signed_in: StorageState, axe: str
) -> None:
    with demo.visitor(browser, theme, signed_in) as page:
        page.goto(PAGES["upload"])
        upload(page)
        judge(page, axe)
