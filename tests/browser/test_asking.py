"""Asking on: questions that go on from an answer, and answers that their address brings back."""

import re

import pytest
from playwright.sync_api import Browser, Page, StorageState, expect
from tests.browser.demo import Demo

FIRST = "/ask?q=average load by substation last week"


@pytest.fixture
def page(demo_page: Page) -> Page:
    return demo_page


def test_a_question_goes_on_from_the_answer_on_screen_also_after_a_reload(page: Page) -> None:
    sentence = page.get_by_role("group", name="How the question was understood")
    page.goto(FIRST)
    expect(sentence).to_contain_text("last week", timeout=30_000)

    page.get_by_label("Ask a question").fill("and by day?")
    page.get_by_label("Ask a question").press("Enter")
    expect(page.get_by_text("This goes on from the question before.")).to_be_visible()
    expect(sentence).to_contain_text("day")
    expect(sentence).to_contain_text("substation")
    expect(page.get_by_role("heading", level=1)).not_to_have_text("and by day?")

    page.reload()
    expect(page.get_by_text("This goes on from the question before.")).to_be_visible(timeout=30_000)
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("average load by substation last week")


def test_a_changed_slot_stays_after_a_reload_and_back_leads_to_the_words(page: Page) -> None:
    sentence = page.get_by_role("group", name="How the question was understood")
    page.goto(FIRST)
    sentence.get_by_role("button", name="last week").click(timeout=30_000)
    expect(sentence.get_by_role("button", name="assumed")).to_have_css("border-style", "dashed")
    page.get_by_role("dialog").get_by_role("button", name="this year", exact=True).click()
    expect(sentence).to_contain_text("this year")
    expect(page.get_by_text("Changed since")).to_be_visible()

    page.reload()
    expect(sentence).to_contain_text("this year", timeout=30_000)
    expect(page.get_by_text("Changed since")).to_be_visible()

    page.go_back()
    expect(sentence).to_contain_text("last week")
    expect(page.get_by_text("Changed since")).to_have_count(0)


def test_a_refusal_names_the_word_and_leads_to_the_source_that_can_answer(page: Page) -> None:
    page.goto("/ask?q=consumption of home 17 in June 2017")
    refusal = page.get_by_text("This cannot be answered yet").locator("..").locator("..")
    expect(refusal).to_contain_text("home", timeout=30_000)

    page.get_by_role("button", name="Ask Homes in California").click()

    sentence = page.get_by_role("group", name="How the question was understood")
    expect(sentence).to_contain_text("Home 17", timeout=30_000)
    expect(page.get_by_text("Total consumption was").first).to_be_visible()


def test_another_reading_takes_the_place_of_the_answer_and_back_undoes_it(page: Page) -> None:
    sentence = page.get_by_role("group", name="How the question was understood")
    page.goto("/ask?q=peak load in December 2020")
    expect(sentence).to_contain_text("at its highest", timeout=30_000)
    expect(page.get_by_text("the highest of any one, not of their sum")).to_be_visible()

    page.get_by_role("button", name="summed").filter(has_text="largest first").first.click()
    expect(sentence).to_contain_text("quarter-hour")

    page.go_back()
    expect(sentence).to_contain_text("at its highest")


def test_words_that_mean_nothing_lead_to_questions_that_have_an_answer(page: Page) -> None:
    page.goto("/ask?q=foo bar baz")
    told = page.get_by_text("This cannot be answered yet")
    expect(told).to_be_visible(timeout=30_000)
    examples = page.get_by_role("group", name="Questions to begin with")
    main, notice = page.get_by_role("main").bounding_box(), told.locator("xpath=../..").bounding_box()
    assert main is not None
    assert notice is not None
    assert notice["width"] > 0.8 * main["width"]

    first = examples.get_by_role("button").first
    words = first.inner_text()
    first.click()

    expect(page.get_by_role("heading", level=1)).to_have_text(words)
    expect(page.get_by_role("group", name="How the question was understood")).to_be_visible(timeout=30_000)


@pytest.mark.parametrize(
    ("kind", "way", "place"),
    [
        ("questions", "All questions", "/questions"),
        ("sources", "All data sources", "/sources"),
        ("dashboards", "All dashboards", "/dashboards"),
        ("reports", "All reports", "/reports"),
        ("charts", "All questions", "/questions"),
    ],
)
def test_the_page_of_what_is_not_there_leads_to_the_list(
    demo: Demo, browser: Browser, signed_in: StorageState, kind: str, way: str, place: str
) -> None:
    # A window of its own: that the server has no such thing is no error here.
    with browser.new_context(base_url=demo.server.address, storage_state=signed_in) as context:
        page = context.new_page()
        page.goto(f"/{kind}/018f0000-0000-7000-8000-000000000000")
        expect(page.get_by_role("alert")).to_be_visible(timeout=30_000)
        expect(page.get_by_role("button", name="Try again")).to_have_count(0)

        page.get_by_role("link", name=way).click()

        expect(page).to_have_url(re.compile(f"{place}$"))


def test_a_reader_is_told_how_far_the_values_of_a_source_are_read(page: Page) -> None:
    reading = {"state": "reading", "columnsRead": 3, "columns": 12}
    ready = {"state": "ready", "columnsRead": 0, "columns": 0}
    told = [reading, reading, ready]
    # The demo's own values are read before anybody can look.
    page.route("**/api/v1/ask/index?*", lambda route: route.fulfill(json=told.pop(0) if told else ready))

    page.goto("/ask")

    notice = page.get_by_role("status").filter(has_text="values of this source are being read")
    expect(notice).to_contain_text("3 of 12 columns are read")
    expect(notice).to_have_count(0, timeout=15_000)


def test_what_is_offered_next_goes_on_from_the_answer(page: Page) -> None:
    sentence = page.get_by_role("group", name="How the question was understood")
    page.goto(FIRST)
    page.get_by_role("button", name="Compared with the period before").click(timeout=30_000)

    expect(page.get_by_text("This goes on from the question before.")).to_be_visible(timeout=30_000)
    expect(sentence).to_contain_text("compared with")
    expect(page.get_by_role("button", name="Compared with the period before")).to_have_count(0)


def test_what_no_option_says_is_put_into_fields(page: Page) -> None:
    sentence = page.get_by_role("group", name="How the question was understood")
    page.goto("/ask?q=average load by substation on weekdays between 17:00 and 21:00 last week")
    sentence.get_by_role("button", name="last week").click(timeout=30_000)
    days = page.get_by_role("form", name="Days of your own")
    assert days.get_by_label("From").input_value() <= days.get_by_label("to").input_value()
    days.get_by_label("From").fill("2020-12-01")
    days.get_by_label("to").fill("2020-12-14")
    days.get_by_label("to").press("Enter")
    expect(sentence).to_contain_text("1 – 14 Dec 2020")

    sentence.get_by_role("button", name="17:00 and 21:00").click()
    hours = page.get_by_role("form", name="Hours of your own")
    expect(hours.get_by_label("From")).to_have_value("17:00")
    hours.get_by_label("From").fill("16:30")
    hours.get_by_role("button", name="Set").click()
    expect(sentence).to_contain_text("16:30 and 21:00")

    sentence.get_by_role("button", name="Monday to Friday").click()
    week = page.get_by_role("form", name="Days of the week")
    expect(week.get_by_label("Fri")).to_be_checked()
    expect(week.get_by_label("Sat")).not_to_be_checked()
    for name in ("Mon", "Tue", "Wed"):
        week.get_by_label(name).uncheck()
    week.get_by_role("button", name="Set").click()
    expect(sentence).to_contain_text("Thursday and Friday")
