"""Answers that no page holds: turned, sorted and filtered over all their rows, and counted truly."""

import re
from collections.abc import Iterator

import polars as pl
import pytest
from playwright.sync_api import Browser, Page, expect
from tests.browser.installation import Installation, installed_with

ROWS = 1_204_332
SQL = "SELECT meter, reading_kwh FROM readings ORDER BY n"


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[Installation]:
    folder = tmp_path_factory.mktemp("tables")
    n = pl.int_range(ROWS, eager=True)
    frame = pl.DataFrame({"n": n, "reading_kwh": (n * 7_919 % ROWS).cast(pl.Float64), "number": n % 1_000})
    frame = frame.select("n", pl.format("Meter {}", "number").alias("meter"), "reading_kwh")
    with installed_with(frame, "readings", folder, browser) as place:
        yield place


@pytest.fixture
def page(place: Installation, browser: Browser) -> Iterator[Page]:
    with place.window(browser) as page:
        place.open_sql(page, SQL)
        page.get_by_role("radiogroup", name="How the answer is shown").get_by_text("Table").click()
        expect(page.get_by_text("Showing 1–50 of 1,204,332 rows")).to_be_visible(timeout=60_000)
        yield page


def cells(page: Page, column: int) -> list[str]:
    return page.locator(f"main tbody td:nth-child({column})").all_inner_texts()


def test_pages_are_turned_by_keyboard_and_sorted_over_all_rows(page: Page) -> None:
    assert len(cells(page, 1)) == 50
    assert cells(page, 1)[0] == "Meter 0"
    following = page.get_by_role("button", name="Next")
    following.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Showing 51–100 of 1,204,332 rows")).to_be_visible()
    assert cells(page, 1)[0] == "Meter 50"

    page.get_by_role("button", name=re.compile("^reading")).first.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("columnheader", name=re.compile("^reading"))).to_have_attribute(
        "aria-sort", "descending"
    )
    expect(page.get_by_text("Showing 1–50 of 1,204,332 rows")).to_be_visible()
    # 1,204,331 kWh are the most: in GWh on every page, whatever stands on it.
    expect(page.locator("main tbody td:nth-child(2)").first).to_contain_text("1.2")
    page.get_by_role("button", name=re.compile("^reading")).first.press("Enter")
    expect(page.get_by_role("columnheader", name=re.compile("^reading"))).to_have_attribute(
        "aria-sort", "ascending"
    )
    expect(page.locator("main tbody td:nth-child(1)").first).to_have_text("Meter 0")
    expect(page.get_by_role("columnheader", name=re.compile("^reading"))).to_contain_text("GWh")


def test_rows_are_filtered_by_words_and_by_range_and_both_are_said(page: Page) -> None:
    page.get_by_role("button", name="Filter meter").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Words").fill("meter 99")
    dialog.get_by_label("Words").press("Enter")
    # Of each thousand meters 99 and 990 to 999: eleven; 1,204 whole thousands, and 99 of the last 332.
    expect(page.get_by_text("Showing 1–50 of 13,245 rows, filtered from 1,204,332")).to_be_visible()

    page.get_by_role("button", name=re.compile("^Filter reading")).click()
    dialog.get_by_label("Up to and with").fill("much")
    dialog.get_by_role("button", name="Apply").click()
    expect(page.get_by_text("cannot be compared")).to_be_visible()
    expect(page.get_by_text("Showing 1–50 of 1,204,332 rows")).to_be_visible()

    page.get_by_role("button", name=re.compile("^Filter reading")).click()
    dialog.get_by_label("Up to and with").fill("0.000099")
    dialog.get_by_role("button", name="Apply").click()
    # 0 to 99 kWh, each once.
    expect(page.get_by_text("Showing 1–50 of 100 rows, filtered from 1,204,332")).to_be_visible()
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_text("Showing 51–100 of 100 rows")).to_be_visible()
    expect(page.get_by_role("button", name="Next")).to_be_disabled()
    page.get_by_role("button", name="As it came").click()
    expect(page.get_by_text("Showing 1–50 of 1,204,332 rows")).to_be_visible()


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("SELECT n FROM readings UNION ALL SELECT n FROM readings", "showing 2,000,000 of 2,408,664 rows"),
        (
            "SELECT a.n FROM readings AS a, readings AS b WHERE sin(a.n * b.n) < 2",
            "the first 2,000,000 rows of more, not counted in time",
        ),
    ],
    ids=["counted", "not counted in time"],
)
def test_of_a_cut_answer_the_page_and_its_table_say_of_how_many_rows(
    place: Installation, browser: Browser, sql: str, said: str
) -> None:
    with place.window(browser) as page:
        place.open_sql(page, sql)
        expect(page.get_by_text(said, exact=True)).to_be_visible(timeout=60_000)
        page.get_by_role("radiogroup", name="How the answer is shown").get_by_text("Table").click()

        told = page.get_by_role("status").filter(has_text="Showing 1–50 of 2,000,000 rows")
        expect(told).to_contain_text(f"{said}; the others are neither sorted nor filtered", timeout=60_000)
