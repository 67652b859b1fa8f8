"""Long queries and those who do not wait: what ends with its page, what goes on, where it is stopped."""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import polars as pl
import pytest
from playwright.sync_api import Browser, Page, expect
from tests.browser.installation import Installation, installed_with
from tests.processes import until

SOME_SECONDS = "SELECT count(*) AS pairs FROM n a, n b WHERE (a.n * b.n) % 7 = 3 AND a.n < 40000"
VERY_LONG = "SELECT count(*) AS pairs FROM n a, n b, n c WHERE (a.n * b.n + c.n) % 7 = 3"
ENDED_WITHIN_SECONDS = 4


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[Installation]:
    folder = tmp_path_factory.mktemp("leaving")
    with installed_with(pl.DataFrame({"n": range(60_000)}), "n", folder, browser) as place:
        yield place


@pytest.fixture
def page(place: Installation, browser: Browser) -> Iterator[Page]:
    with place.window(browser) as page:
        yield page


@pytest.fixture(scope="module")
def question_id(place: Installation, browser: Browser) -> str:
    with place.window(browser) as page:
        asked = {"name": "All pairs", "sourceId": place.source_id, "sql": VERY_LONG}
        question_id: str = place.call(page, "POST", "/api/v1/questions", asked)["questionId"]
        return question_id


def under_way(place: Installation, page: Page) -> list[str]:
    return [each["sql"] for each in place.call(page, "GET", "/api/v1/queries")]


def ends(place: Installation, page: Page, sql: str) -> None:
    until(lambda: sql not in under_way(place, page), ENDED_WITHIN_SECONDS)
    newest: dict[str, Any] = place.call(page, "GET", "/api/v1/queries/history?limit=1")[0]
    assert (newest["sql"], newest["status"]) == (sql, "stopped")


def test_a_query_ends_with_the_tab_that_asked_it(place: Installation, browser: Browser, page: Page) -> None:
    with place.window(browser) as other:
        other.goto(f"/ask/sql?source={place.source_id}&sql={quote(VERY_LONG)}")
        until(lambda: under_way(place, page) == [VERY_LONG])

    ends(place, page, VERY_LONG)


def test_a_query_ends_when_its_page_runs_another(place: Installation, page: Page) -> None:
    page.goto(f"/ask/sql?source={place.source_id}&sql={quote(VERY_LONG)}")
    expect(page.get_by_text(re.compile("Running for"))).to_be_visible()

    page.locator(".cm-content").click()
    page.keyboard.press("Control+A")
    page.keyboard.insert_text("SELECT 42 AS answer")
    page.keyboard.press("Control+Enter")

    expect(page.get_by_text("42", exact=True).first).to_be_visible()
    until(lambda: under_way(place, page) == [], ENDED_WITHIN_SECONDS)


def test_a_query_goes_on_for_who_reads_another_page_meanwhile(place: Installation, page: Page) -> None:
    page.goto(f"/ask/sql?source={place.source_id}&sql={quote(SOME_SECONDS)}")
    until(lambda: under_way(place, page) == [SOME_SECONDS])

    page.get_by_role("navigation", name="Main").get_by_role("link", name="Dashboards").click()
    expect(page).to_have_url(re.compile("/dashboards$"))

    expect(page.get_by_text("Your query is done.")).to_be_visible(timeout=60_000)
    page.get_by_role("button", name="Show", exact=True).click()
    expect(page.locator(".cm-content")).to_have_text(SOME_SECONDS)
    expect(page.get_by_text("293,868,163", exact=True).first).to_be_visible()


def test_what_runs_is_listed_and_stopped_in_the_history(
    place: Installation, browser: Browser, page: Page
) -> None:
    with place.window(browser) as other:
        other.goto(f"/ask/sql?source={place.source_id}&sql={quote(VERY_LONG)}")
        until(lambda: under_way(place, other) == [VERY_LONG])

        page.goto(f"/ask/sql?source={place.source_id}")
        page.get_by_role("button", name="History").click()
        running = page.get_by_role("group", name="Queries that run or wait")
        expect(running.get_by_role("row").filter(has_text=VERY_LONG[:40])).to_contain_text("Running")
        running.get_by_role("button", name="Stop").click()

        expect(running).to_have_count(0)
        expect(other.get_by_text("This query was stopped", exact=True)).to_be_visible()
    newest = page.get_by_role("group", name="History of queries").get_by_role("row").nth(1)
    expect(newest).to_contain_text("stopped")


def test_a_question_says_how_long_it_runs_and_is_stopped(
    place: Installation, page: Page, question_id: str
) -> None:
    page.goto(f"/questions/{question_id}")
    expect(page.get_by_text(re.compile("Running for"))).to_be_visible()
    assert under_way(place, page) == [VERY_LONG]

    page.get_by_role("button", name="Stop", exact=True).click()

    expect(page.get_by_text("This query was stopped", exact=True)).to_be_visible()
    ends(place, page, VERY_LONG)
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_text(re.compile("Running for"))).to_be_visible()
    assert under_way(place, page) == [VERY_LONG]
    page.get_by_role("button", name="Stop", exact=True).click()
    ends(place, page, VERY_LONG)


@pytest.mark.parametrize("kind", ["question", "chart"])
def test_a_page_with_a_chart_takes_its_query_along(
    place: Installation, page: Page, question_id: str, kind: str
) -> None:
    address = f"/questions/{question_id}"
    if kind == "chart":
        chart = {"name": "All", "questionId": question_id, "spec": {"kind": "table"}}
        address = f"/charts/{place.call(page, 'POST', '/api/v1/charts', chart)['chartId']}"
    page.goto(address)
    expect(page.get_by_text(re.compile("Running for"))).to_be_visible()
    assert under_way(place, page) == [VERY_LONG]

    page.get_by_role("navigation", name="Main").get_by_role("link", name="Dashboards").click()

    ends(place, page, VERY_LONG)
