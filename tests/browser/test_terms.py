"""Terms in a browser: agreed, edited, as a file; words defined and answers verified while asking."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, StorageState, expect
from tests.browser.demo import HEIGHT, WIDE, Demo, address, settle

SOURCE = "/sources/{sources:Dutch substations}"
SHOTS = os.environ.get("GRIDLENS_TEST_SHOTS")


@pytest.fixture
def page(demo: Demo, browser: Browser, signed_in: StorageState) -> Iterator[Page]:
    """A window that fails the test when the page has an error of its own; refusals are part of the story."""
    context = browser.new_context(
        base_url=demo.server.address,
        viewport={"width": WIDE, "height": HEIGHT},
        locale="en-GB",
        reduced_motion="reduce",
        storage_state=signed_in,
    )
    page = context.new_page()
    page.set_default_timeout(15_000)
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    context.close()
    assert errors == []


def shoot(page: Page, name: str) -> None:
    if SHOTS:
        settle(page)
        page.screenshot(path=Path(SHOTS) / f"{name}.png", full_page=True)


def test_suggestions_are_agreed_changed_and_taken_back(page: Page) -> None:
    page.goto(address(page, SOURCE))
    page.get_by_role("link", name="Terms").click()
    expect(page.get_by_text("Nothing is agreed yet")).to_be_visible()
    shoot(page, "terms-proposed")

    page.get_by_role("button", name="Agree on all of it").click()
    expect(page.get_by_text("Version 1,")).to_be_visible()

    page.get_by_role("button", name="Metric", exact=True).click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("textbox", name="Name").fill("highest load")
    dialog.get_by_role("textbox", name="Formula").fill("max(substation_load.no_such_column)")
    dialog.get_by_role("button", name="Save").click()
    expect(dialog.get_by_role("alert")).to_contain_text("highest load:")
    shoot(page, "terms-metric-refused")
    dialog.get_by_role("textbox", name="Formula").fill(_formula(page))
    dialog.get_by_role("switch", name="I vouch for this formula").check()
    dialog.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Certified by Demo Analyst")).to_be_visible()
    shoot(page, "terms")

    page.get_by_role("button", name="Remove highest load").click()
    expect(page.get_by_text("Certified by Demo Analyst")).to_have_count(0)
    gone = page.get_by_role("alert").filter(has_text="no metric any more")
    gone.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("Certified by Demo Analyst")).to_be_visible()

    page.get_by_role("button", name="History").click()
    expect(page.get_by_role("dialog").get_by_role("listitem").first).to_contain_text("was restored")


def test_a_column_gets_a_name_of_its_own_and_a_file_says_so(page: Page) -> None:
    page.goto(address(page, SOURCE + "/terms"))
    page.get_by_role("button", name="Say more of").nth(1).click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Other words for it").fill("Umspannwerk, UW")
    dialog.get_by_role("button", name="Save").click()
    expect(page.get_by_role("cell", name="Umspannwerk, UW")).to_be_visible()

    page.get_by_role("button", name="As a file").click()
    dialog = page.get_by_role("dialog")
    text = dialog.get_by_label("Terms in YAML")
    written = text.input_value()
    assert "synonyms: [Umspannwerk, UW]" in written
    text.fill(written + "nonsense: 1\n")
    dialog.get_by_role("button", name="Save").click()
    line = len(written.splitlines()) + 1
    expect(dialog.get_by_role("alert")).to_contain_text(f"Line {line}: there is no “nonsense” here.")
    text.fill(written + "words:\n  HT: weekdays from 8 to 20\n")
    dialog.get_by_role("button", name="Save").click()
    expect(page.get_by_text("weekdays from 8 to 20", exact=True)).to_be_visible()


def test_a_word_is_defined_for_everyone_while_asking_and_the_answer_verified(page: Page) -> None:
    page.goto("/ask?q=average zappelstrom by substation last week")
    page.get_by_role("button", name="Define “zappelstrom” for everyone").first.click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Means").select_option("words")
    dialog.get_by_label("These words").fill("load")
    shoot(page, "define")
    dialog.get_by_role("button", name="Define and ask again").click()

    expect(page.get_by_text("load, as defined here")).to_be_visible(timeout=20_000)
    expect(page.locator(".js-plotly-plot").first).to_be_visible(timeout=30_000)

    page.get_by_role("button", name="Verify").click()
    expect(page.get_by_text("Verified by Demo Analyst on")).to_be_visible()
    shoot(page, "verified")

    page.goto("/ask?q=Average Zappelstrom by substation  last week?")
    expect(page.get_by_text("Verified by Demo Analyst on")).to_be_visible()


def _formula(page: Page) -> str:
    """The first column of numbers that the card shows, by its full name."""
    table = page.get_by_label("Table", exact=True).input_value()
    row = page.get_by_role("row").filter(has=page.get_by_role("cell", name="measure")).first
    return f"max({table}.{row.locator('b').first.inner_text()})"
