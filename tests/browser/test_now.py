"""Numbers say how old they are, and their reader can have those of now."""

from datetime import datetime

import pytest
from playwright.sync_api import Page, Request, expect
from tests.browser.demo import PAGES, address, settle
from tests.processes import until


@pytest.fixture
def page(demo_page: Page) -> Page:
    return demo_page


def starts(request: Request) -> bool:
    return request.url.endswith("/api/v1/queries/start")


def draws(request: Request) -> bool:
    return "/api/v1/charts/preview" in request.url


def read_at(request: Request) -> datetime:
    answer = request.response()
    assert answer is not None
    return datetime.fromisoformat(answer.json()["chart"]["provenance"]["readAt"])


def test_the_statement_of_an_answer_asks_its_source_again_at_the_first_press(page: Page) -> None:
    with page.expect_request(draws) as drawn:
        page.goto("/ask?q=average load by substation last week")
        expect(page.get_by_role("button", name="Run", exact=False)).to_be_visible(timeout=30_000)
    before = read_at(drawn.value)
    settle(page)

    with page.expect_request(starts), page.expect_request(draws) as drawn_again:
        page.get_by_role("button", name="Run", exact=False).click()

    assert read_at(drawn_again.value) > before


def test_an_answer_says_that_it_is_fresh_and_now_asks_the_source_again(page: Page) -> None:
    with page.expect_request(draws) as drawn:
        page.goto("/ask?q=average load by substation last week")
        expect(page.get_by_role("button", name="Now", exact=True)).to_be_visible(timeout=30_000)
    before = read_at(drawn.value)
    expect(page.get_by_text("fresh", exact=True)).to_be_visible()
    page.get_by_role("button", name="Chart Bars").click()
    with page.expect_response(lambda answer: draws(answer.request)):
        page.get_by_role("menuitem", name="Stacked area", exact=True).click()
    settle(page)

    with page.expect_request(starts), page.expect_request(draws) as drawn_again:
        page.get_by_role("button", name="Now", exact=True).click()

    assert read_at(drawn_again.value) > before
    expect(page.get_by_role("button", name="Chart Stacked area")).to_be_visible()


@pytest.mark.parametrize("named", ["question", "chart"])
def test_now_stands_on_the_page_of_a_question_and_of_a_chart(page: Page, named: str) -> None:
    with page.expect_request(draws) as drawn:
        page.goto(address(page, PAGES[named]))
        expect(page.get_by_role("button", name="Now", exact=True)).to_be_visible(timeout=30_000)
    before = read_at(drawn.value)
    settle(page)

    with page.expect_request(draws) as drawn_again:
        page.get_by_role("button", name="Now", exact=True).click()

    assert read_at(drawn_again.value) > before


def test_the_newest_day_on_the_home_page_is_asked_for_again(page: Page) -> None:
    def asked_of_sources() -> list[str]:
        runs = page.request.get("/api/v1/queries/history?limit=50").json()
        return [run["queryId"] for run in runs if not run["isCached"]]

    page.goto("/")
    expect(page.get_by_role("button", name="Now", exact=True)).to_be_visible(timeout=30_000)
    settle(page)
    page.reload()
    settle(page)
    before = asked_of_sources()

    page.get_by_role("button", name="Now", exact=True).click()

    until(lambda: not set(asked_of_sources()) <= set(before))
