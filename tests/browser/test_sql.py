"""SQL by hand: where it is wrong, its place in the queue, and the word that follows an asker who went on."""

import re
from collections.abc import Iterator
from uuid import uuid4

import polars as pl
import pytest
from playwright.sync_api import Browser, Page, expect
from tests.browser.installation import Installation, installed_with

# As many pairs as take two processors some seconds, and as many as nobody would wait for.
SOME_SECONDS = "SELECT count(*) AS pairs FROM n a, n b WHERE (a.n * b.n) % 7 = 3 AND a.n < 40000"
VERY_LONG = "SELECT count(*) AS pairs FROM n a, n b, n c WHERE (a.n * b.n + c.n) % 7 = 3"


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[Installation]:
    folder = tmp_path_factory.mktemp("long")
    with installed_with(
        pl.DataFrame({"n": range(60_000)}),
        "n",
        folder,
        browser,
        background_after_seconds=1,
        queries_per_user=1,
    ) as place:
        yield place


@pytest.fixture
def page(place: Installation, browser: Browser) -> Iterator[Page]:
    with place.window(browser) as page:
        yield page


def open_sql(place: Installation, page: Page, sql: str) -> None:
    page.goto("/ask/sql")
    page.goto(f"/ask/sql?source={place.source_id}")
    page.locator(".cm-content").click()
    page.keyboard.insert_text(sql)
    page.keyboard.press("Control+Enter")


def shows_the_pairs(page: Page) -> None:
    """The statement in the editor, and its one number under it."""
    expect(page.locator(".cm-content")).to_contain_text("count(*) AS pairs")
    expect(page.get_by_text("293,868,163", exact=True).first).to_be_visible(timeout=60_000)


def test_who_goes_to_another_page_is_told_there_and_led_back(place: Installation, page: Page) -> None:
    open_sql(place, page, SOME_SECONDS)
    expect(page.get_by_text("It goes on in the background")).to_be_visible()

    page.get_by_role("navigation", name="Main").get_by_role("link", name="Dashboards").click()
    expect(page).to_have_url(re.compile("/dashboards$"))

    told = page.get_by_text("Your query is done.")
    expect(told).to_be_visible(timeout=60_000)
    page.get_by_role("button", name="Show", exact=True).click()
    expect(page).to_have_url(re.compile(r"/ask/sql\?.*run="))
    shows_the_pairs(page)
    page.reload()
    shows_the_pairs(page)


def test_sql_that_was_edited_under_a_question_is_led_back_to_on_its_own_page(
    place: Installation, page: Page
) -> None:
    page.goto(f"/ask?q=average n&source={place.source_id}")
    editor = page.locator(".cm-content")
    expect(editor).to_contain_text("AVG")
    editor.click()
    page.keyboard.press("Control+A")
    page.keyboard.insert_text(f"{SOME_SECONDS} AND a.n >= 0")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("It goes on in the background")).to_be_visible()

    page.get_by_role("navigation", name="Main").get_by_role("link", name="Dashboards").click()

    expect(page.get_by_text("Your query is done.")).to_be_visible(timeout=60_000)
    page.get_by_role("button", name="Show", exact=True).click()
    expect(page).to_have_url(re.compile(r"/ask/sql\?.*run="))
    shows_the_pairs(page)


def test_a_reload_goes_on_with_what_runs_in_the_background(place: Installation, page: Page) -> None:
    open_sql(place, page, f"{SOME_SECONDS} AND b.n >= 0")
    expect(page.get_by_text("It goes on in the background")).to_be_visible()

    page.reload()

    expect(page.get_by_text(re.compile("Running for"))).to_be_visible()
    assert len(place.call(page, "GET", "/api/v1/queries")) == 1
    shows_the_pairs(page)
    newest = place.call(page, "GET", "/api/v1/queries/history?limit=2")
    assert [each["sql"].endswith("b.n >= 0") for each in newest].count(True) == 1


def test_a_query_that_waits_says_its_place_and_runs_when_its_turn_comes(
    place: Installation, page: Page
) -> None:
    # The first has gone to the background, where there is no place for the second.
    first, second = str(uuid4()), str(uuid4())
    for number, query_id in enumerate((first, second)):
        long = {"sourceId": place.source_id, "sql": f"{VERY_LONG} AND a.n > {number}", "queryId": query_id}
        assert place.call(page, "POST", "/api/v1/queries/start", long)["state"] == "running"

    open_sql(place, page, "SELECT 42 AS answer")
    expect(page.get_by_text("Waiting: next in the queue")).to_be_visible()
    shapes = page.locator('[data-shape="bars"] > i')
    assert min(shapes.evaluate_all("bars => bars.map(bar => bar.clientHeight)")) > 50

    place.call(page, "DELETE", f"/api/v1/queries/{first}")
    expect(page.get_by_text("Waiting: next in the queue")).to_have_count(0)
    expect(page.get_by_text("42", exact=True).first).to_be_visible()
    place.call(page, "DELETE", f"/api/v1/queries/{second}")


def test_a_long_query_is_stopped_by_its_asker(place: Installation, page: Page) -> None:
    open_sql(place, page, VERY_LONG)
    expect(page.get_by_text(re.compile("Running for"))).to_be_visible()

    page.get_by_role("button", name="Stop", exact=True).click()

    expect(page.get_by_text("The query was stopped")).to_be_visible()


def test_what_is_refused_is_marked_where_it_stands_until_it_is_corrected(
    place: Installation, page: Page
) -> None:
    open_sql(place, page, "SELECT 1 AS one,\nread_text(2) AS two")

    marked = page.locator(".cm-fault")
    expect(marked).to_have_text("read_text(2) AS two")
    expect(page.locator(".cm-fault-place")).to_have_text("read_text")
    expect(page.get_by_text("line 2, column 1")).to_be_visible()

    page.keyboard.press("Backspace")
    expect(marked).to_have_count(0)
