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


def test_completion_names_tables_and_gives_way_to_the_answer(page: Page) -> None:
    page.goto("/ask/sql")
    page.get_by_label("Data source").select_option(label="Dutch substations")
    page.locator(".cm-content").click()
    page.keyboard.type("SELECT count(*) FROM substation", delay=20)
    offered = page.locator(".cm-tooltip-autocomplete")
    expect(offered.get_by_role("option", name="substation_load")).to_be_visible()
    expect(offered.locator(".cm-completionIcon")).to_have_count(0)

    page.keyboard.press("Control+Enter")

    expect(page.get_by_text("14", exact=True).first).to_be_visible()
    expect(offered).to_have_count(0)


def test_the_name_of_a_number_is_not_cut_off_by_its_doubt(page: Page) -> None:
    page.goto(address(page, "/dashboards/{dashboards:Household and solar roof}"))
    settle(page)

    name = page.get_by_role("heading", name="Own use of the roof")
    assert name.evaluate("heading => heading.scrollWidth <= heading.clientWidth")
    # The doubt beside it is cut off instead, with an ellipsis.
    expect(page.get_by_text("completeness unknown").first).to_be_visible()


def test_the_ranges_of_a_dashboard_begin_below_each_other(page: Page) -> None:
    page.goto(address(page, "/dashboards/{dashboards:Household and solar roof}"))
    page.get_by_role("button", name=re.compile("17 Oct")).click(timeout=30_000)

    starts = page.get_by_role("button", name=re.compile("^(Last|This|Previous) ")).evaluate_all(
        "found => found.map(each => each.querySelector('[class*=label]').getBoundingClientRect().left)"
    )
    assert len(starts) > 3
    assert len({round(start) for start in starts}) == 1


def test_tab_takes_what_is_offered_and_else_leaves_the_editor(page: Page) -> None:
    page.goto("/ask/sql")
    page.get_by_label("Data source").select_option(label="Dutch substations")
    editor = page.locator(".cm-content")
    editor.click()
    page.keyboard.type("SELECT name FROM substation_l", delay=20)
    expect(page.get_by_role("option", name="substation_load")).to_be_visible()
    # What is offered may be taken a moment after it appears, not by a key that was meant for the text.
    page.wait_for_timeout(200)

    page.keyboard.press("Tab")
    expect(editor).to_have_text("SELECT name FROM substation_load")
    expect(editor).to_be_focused()

    page.keyboard.press("Tab")
    expect(editor).not_to_be_focused()
