"""Exports: a short one is downloaded at once, a long one is watched, left, found again, and downloaded."""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import polars as pl
import pytest
from playwright.sync_api import Browser, Page, expect
from tests.browser.installation import Installation, installed_with

ROWS = 60_000
SHORT = "SELECT n FROM n WHERE n < 3 ORDER BY n"
# As many pairs as take two processors some seconds, before the first row comes.
SOME_SECONDS = (
    "SELECT n.n, p.pairs FROM n CROSS JOIN ("
    "SELECT count(*) AS pairs FROM n a, n b WHERE (a.n * b.n) % 7 = 3 AND a.n < 50000"
    ") p ORDER BY n.n"
)
PAIRS = sum(
    len(range(a, 50_000, 7)) * len(range(b, ROWS, 7)) for a in range(7) for b in range(7) if a * b % 7 == 3
)
# As many rows as nobody would wait for.
ENDLESS = "SELECT a.n, b.n AS other FROM n a, n b"


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[Installation]:
    folder = tmp_path_factory.mktemp("exports")
    # A small chart leaves the processors to the export.
    with installed_with(pl.DataFrame({"n": range(ROWS)}), "n", folder, browser, chart_rows=1_000) as place:
        yield place


@pytest.fixture
def page(place: Installation, browser: Browser) -> Iterator[Page]:
    with place.window(browser) as page:
        yield page


def begin(place: Installation, page: Page, sql: str, file_format: str) -> None:
    page.goto(f"/ask/sql?source={place.source_id}&sql={quote(sql)}")
    if sql == SOME_SECONDS:  # drawing its chart would take as long again
        page.get_by_role("button", name="Stop", exact=True).click()
    page.get_by_role("button", name="Export").click()
    page.get_by_role("menuitem", name=file_format, exact=True).click()


def test_a_short_export_is_downloaded_at_once(place: Installation, page: Page) -> None:
    with page.expect_download() as download:
        begin(place, page, SHORT, "CSV")

    assert download.value.suggested_filename == "Readings.csv"
    assert Path(download.value.path()).read_bytes() == b"n\r\n0\r\n1\r\n2\r\n"


def test_a_long_export_tells_how_far_it_is_and_is_cancelled(place: Installation, page: Page) -> None:
    begin(place, page, ENDLESS, "CSV")

    panel = page.get_by_role("dialog", name="Export")
    expect(panel.get_by_text(re.compile(r"[\d,]+ rows written so far, [\d.]+\s[kMG]B"))).to_be_visible(
        timeout=30_000
    )
    expect(panel.get_by_text("it goes on in the background", exact=False)).to_be_visible()
    first = panel.get_by_text("so far").inner_text()
    expect(panel.get_by_text("so far")).not_to_have_text(first)
    expect(panel.get_by_text("%")).to_have_count(0)

    panel.get_by_role("button", name="Cancel").click()

    expect(panel.get_by_text("You stopped this export, and no file was kept.", exact=False)).to_be_visible()
    panel.get_by_role("button", name="Close").click()
    expect(page.get_by_role("button", name="Export")).to_be_visible()
    page.goto("/exports")
    expect(page.get_by_role("row", name=re.compile("CSV.*Cancelled"))).to_be_visible()


def test_a_long_export_is_left_found_again_and_downloaded(place: Installation, page: Page) -> None:
    begin(place, page, SOME_SECONDS, "CSV")
    panel = page.get_by_role("dialog", name="Export")
    panel.get_by_role("link", name="Exports").click()
    page.reload()
    newest = page.get_by_role("row").nth(1)
    expect(newest.get_by_role("progressbar")).to_be_visible()

    expect(newest.get_by_text("60,000 rows")).to_be_visible(timeout=120_000)
    # A day from now, in the zone of the reader.
    expect(newest.get_by_text(re.compile(r"\w{3} \d+ \w{3} \d\d:\d\d \S+"))).to_be_visible()
    page.set_viewport_size({"width": 400, "height": 900})
    expect(newest.get_by_role("button", name="Download")).to_be_in_viewport(ratio=1)
    with page.expect_download() as download:
        newest.get_by_role("button", name="Download").click()

    lines = ["n,pairs", *(f"{n},{PAIRS}" for n in range(ROWS)), ""]
    assert Path(download.value.path()).read_bytes() == "\r\n".join(lines).encode()

    newest.get_by_role("button", name="Delete").click()
    expect(page.get_by_text("The export was deleted.")).to_be_visible()
    expect(page.get_by_text("60,000 rows")).to_have_count(0)


def test_who_goes_to_another_page_is_told_there(place: Installation, page: Page) -> None:
    begin(place, page, SOME_SECONDS, "Parquet")
    expect(page.get_by_role("dialog", name="Export")).to_be_visible()
    page.keyboard.press("Escape")
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Dashboards").click()

    expect(page.get_by_text("“Readings” is exported.")).to_be_visible(timeout=120_000)
    page.get_by_role("button", name="Show", exact=True).click()

    expect(page).to_have_url(re.compile("/exports$"))
    with page.expect_download() as download:
        page.get_by_role("row").nth(1).get_by_role("button", name="Download").click()
    frame = pl.read_parquet(download.value.path())
    assert frame.get_column("n").to_list() == list(range(ROWS))
