"""Answers show their working: on the home page, on the page of a saved question, and in the SQL editor."""

import re

import pytest
from playwright.sync_api import Page, expect
from tests.browser.demo import address, settle


@pytest.fixture
def page(demo_page: Page) -> Page:
    return demo_page


def test_home_draws_the_newest_day_of_the_dashboard_that_was_opened_last(page: Page) -> None:
    page.goto(address(page, "/dashboards/{dashboards:Household and solar roof}"))
    settle(page)

    page.goto("/")

    card = page.get_by_role("region", name=re.compile("Roof and grid"))
    expect(card.locator(".js-plotly-plot")).to_be_visible(timeout=30_000)
    # The demo's readings of this household end on that day.
    expect(card.get_by_role("heading")).to_have_text("9 Feb 2017, Roof and grid")
    expect(card).to_contain_text(re.compile(r"\d+\s%\scomplete"))
    expect(card).to_contain_text("Household in Konstanz")
    expect(card.get_by_role("link", name="Household and solar roof")).to_be_visible()


def test_a_question_saved_from_ask_shows_its_sentence_and_its_sql(page: Page) -> None:
    page.goto(address(page, "/questions/{questions:Consumption per month}"))

    sentence = page.get_by_role("group", name="How the question was understood")
    expect(sentence).to_have_text(re.compile("Showing.*consumption.*summed.*kWh.*by.*month"), timeout=30_000)
    expect(page.locator(".cm-content")).to_contain_text("SUM(home_energy.consumption)")
    expect(page.get_by_text("only a part of July 2016 and July 2017")).to_be_visible()

    page.get_by_role("link", name="Open in the editor").click()
    expect(page).to_have_url(re.compile("/ask/sql"))
    expect(page.locator(".cm-content")).to_contain_text("SUM(home_energy.consumption)")


def test_the_saved_sentence_can_be_changed_in_ask(page: Page) -> None:
    page.goto(address(page, "/questions/{questions:Consumption per month}"))
    page.get_by_role("link", name="Change in Ask").click()

    sentence = page.get_by_role("group", name="How the question was understood")
    sentence.get_by_role("button", name="month").click(timeout=30_000)
    page.get_by_role("menuitem", name="week", exact=True).click()
    expect(sentence.get_by_role("button", name="week")).to_be_visible()


def test_weekdays_are_named_in_the_chart_and_in_the_table(page: Page) -> None:
    page.goto("/ask?q=average price by weekday")

    expect(page.locator(".js-plotly-plot .xtick").first).to_have_text("Mon", timeout=30_000)
    page.get_by_role("radiogroup", name="How the answer is shown").get_by_text("Table").click()
    expect(page.get_by_role("cell", name="Mon")).to_be_visible()


def test_the_words_between_slots_are_never_a_lone_comma(page: Page) -> None:
    page.goto("/ask?q=average load by substation last week")

    sentence = page.get_by_role("group", name="How the question was understood")
    expect(sentence.get_by_role("button", name="largest first")).to_be_visible(timeout=30_000)
    assert [words for words in sentence.locator("> *").all_inner_texts() if not re.search(r"\w", words)] == []


def test_the_sql_editor_shows_where_the_keyboard_is(page: Page) -> None:
    page.goto("/ask/sql")
    editor = page.locator(".cm-content")
    expect(editor).to_be_visible(timeout=30_000)
    ring = """element => {
        const frame = element.closest(".cm-editor").parentElement.parentElement;
        const drawn = getComputedStyle(frame, "::after");
        return drawn.content === "none" ? "none" : `${drawn.borderTopWidth} ${drawn.borderTopStyle}`;
    }"""
    assert editor.evaluate(ring) == "none"

    page.get_by_role("button", name="Copy").focus()
    page.keyboard.press("Tab")
    # Run stands between the two, and cannot be pressed while there is nothing to run.
    expect(editor).to_be_focused()
    assert editor.evaluate(ring) == "2px solid"
