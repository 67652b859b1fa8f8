"""A dashboard's range, comparison and grain: set on the page, kept in the address, and taken back by Back."""

import re

import pytest
from playwright.sync_api import Browser, Locator, Page, StorageState, expect
from tests.browser.demo import Demo, address, settle

HOMES = "/dashboards/{dashboards:Homes, cost and carbon}"


@pytest.fixture
def page(demo_page: Page) -> Page:
    demo_page.goto(address(demo_page, HOMES))
    settle(demo_page)
    return demo_page


def choose(page: Page, chip: str, choice: str) -> None:
    page.get_by_role("button", name=re.compile(f"^{chip}")).click()
    page.get_by_role("menuitemradio", name=choice, exact=True).click()


def test_the_ribbon_moves_by_keyboard_and_back_takes_it_back(page: Page) -> None:
    brush = page.get_by_role("slider", name="Time range")
    expect(brush).to_have_attribute("aria-valuetext", "1 – 30 Jun 2017")

    brush.press("ArrowLeft")
    expect(page).to_have_url(re.compile(r"range=2017-05-31\.\.2017-06-29"))
    expect(brush).to_have_attribute("aria-valuetext", "31 May – 29 Jun 2017")
    brush.press("Shift+ArrowLeft")
    expect(page).to_have_url(re.compile(r"range=2017-05-31\.\.2017-06-28"))
    page.get_by_role("slider", name="First day").press("ArrowRight")
    expect(page).to_have_url(re.compile(r"range=2017-06-01\.\.2017-06-28"))

    page.go_back()
    expect(page).to_have_url(re.compile(r"range=2017-05-31\.\.2017-06-28"))
    page.go_back()
    expect(brush).to_have_attribute("aria-valuetext", "31 May – 29 Jun 2017")
    page.go_back()
    expect(brush).to_have_attribute("aria-valuetext", "1 – 30 Jun 2017")


def test_days_are_brushed_with_the_pointer(page: Page) -> None:
    ribbon = page.get_by_role("group", name=re.compile("^Time range on"))
    page.get_by_role("slider", name="Last day").press("PageUp")
    expect(page).to_have_url(re.compile(r"range=2017-06-01\.\.2017-06-23"))
    box = ribbon.bounding_box()
    assert box is not None

    page.mouse.move(box["x"] + box["width"] * 0.9, box["y"] + 20)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.99, box["y"] + 20, steps=5)
    page.mouse.up()

    expect(page).to_have_url(re.compile(r"range=2017-06-2[789]\.\.2017-06-30"))


def test_values_are_compared_as_chosen_and_the_address_can_be_shared(page: Page) -> None:
    strip = page.get_by_role("region", name="Consumption of all homes")
    expect(strip).to_contain_text("vs previous month")
    expect(page.get_by_role("button", name=re.compile("^Compare"))).to_contain_text("May 2017")

    choose(page, "Compare", "A week earlier")
    expect(page).to_have_url(re.compile("compare=week"))
    expect(strip).to_contain_text("vs a week earlier")
    choose(page, "Compare", "Nothing")
    expect(strip).not_to_contain_text("vs")

    page.reload()
    settle(page)
    expect(strip).to_be_visible()
    expect(strip).not_to_contain_text("vs")


def test_an_empty_range_names_the_newest_data_and_leads_there(page: Page) -> None:
    page.goto(f"{address(page, HOMES)}?range=2019-03-01..2019-03-07")
    daily = page.get_by_role("region", name="Consumption per day")
    expect(daily).to_contain_text("Nothing in this time range")
    expect(daily).to_contain_text("The newest is of")

    daily.get_by_role("button", name="Show the newest data").click()

    expect(page).to_have_url(re.compile(r"range=2017-07-25\.\.2017-07-31"))
    expect(daily.locator(".js-plotly-plot")).to_be_visible()


def test_a_picture_of_a_widget_shows_the_range_that_is_looked_at(page: Page) -> None:
    page.goto(f"{address(page, HOMES)}?range=2017-06-05..2017-06-11")
    settle(page)
    strip = page.get_by_role("region", name="Consumption of all homes")

    strip.get_by_role("button", name=re.compile("^Actions for")).click()
    with page.expect_download() as loading:
        page.get_by_role("menuitem", name="Save as PNG").click()

    assert "2017-06-04T22" in loading.value.url or "2017-06-05" in loading.value.url
    assert loading.value.path().read_bytes().startswith(b"\x89PNG")


def test_a_grain_groups_plans_anew_and_sql_says_that_it_cannot(page: Page) -> None:
    daily = page.get_by_role("region", name="Consumption per day")
    expect(daily).to_contain_text("daily")

    choose(page, "Grain", "1 week")

    expect(page).to_have_url(re.compile("grain=week"))
    expect(daily).to_contain_text("weekly")
    tariff = page.get_by_role("region", name="Tariff")
    tariff.get_by_role("button", name=re.compile("built from SQL")).click()
    expect(page.get_by_text("The grain is not applied")).to_be_visible()


def test_widgets_are_dragged_and_resized_within_the_content_security_policy(page: Page) -> None:
    page.goto(f"{address(page, HOMES)}/edit")
    settle(page)
    page.evaluate(
        "window.refused = [];"
        "document.addEventListener('securitypolicyviolation',"
        " (event) => refused.push(event.violatedDirective))"
    )

    def drag(what: Locator, right: int, down: int) -> None:
        what.scroll_into_view_if_needed()
        box = what.bounding_box()
        assert box is not None
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        page.mouse.move(x, y)
        page.mouse.down()
        page.mouse.move(x + right, y + down, steps=6)
        expect(page.locator("#react-draggable-style-el")).to_be_attached()
        page.mouse.up()

    drag(page.get_by_role("button", name=re.compile("^Move ")).last, 0, 160)
    expect(page.get_by_role("status").filter(has_text="1 change,")).to_be_visible()
    drag(page.locator(".react-resizable-handle-se").last, -200, 100)
    expect(page.get_by_role("status").filter(has_text="2 changes,")).to_be_visible()

    assert page.evaluate("refused") == []
    page.get_by_role("button", name="Discard").click()
    expect(page.get_by_text("The draft is discarded.")).to_be_visible()


def test_a_note_is_written_before_it_joins_the_dashboard_and_is_then_in_sight(page: Page) -> None:
    page.goto(f"{address(page, HOMES)}/edit")
    settle(page)

    page.get_by_role("button", name="Note", exact=True).click()
    dialog = page.get_by_role("dialog", name="Widget")
    expect(dialog.get_by_label("Text (Markdown)")).to_be_focused()
    dialog.get_by_role("button", name="Apply").click()
    expect(dialog).to_be_visible()
    dialog.get_by_label("Text (Markdown)").fill("Heat pumps **count** twice")
    dialog.get_by_role("button", name="Apply").click()

    expect(page.get_by_text("Heat pumps count twice")).to_be_in_viewport()
    page.get_by_role("button", name="Discard").click()
    expect(page.get_by_text("The draft is discarded.")).to_be_visible()


def test_nonsense_in_the_address_is_left_out(demo: Demo, browser: Browser, signed_in: StorageState) -> None:
    with demo.visitor(browser, "light", signed_in) as page:
        page.goto(f"{address(page, HOMES)}?range=never&compare=17&grain=[1]")
        settle(page)

        expect(page.get_by_role("slider", name="Time range")).to_have_attribute(
            "aria-valuetext", "1 – 30 Jun 2017"
        )


def test_a_reload_brings_no_numbers_again_that_the_browser_has(page: Page) -> None:
    # Kept is what came whole out of the cache, which on a busy machine takes more than one visit.
    body, sent = min((reloaded(page) for _ in range(5)), key=lambda sizes: sizes[1])
    assert sent < 1_000 < body, (sent, body)

    with page.expect_response(lambda answer: answer.request.method == "POST" and "/render" in answer.url):
        page.get_by_role("button", name="Now", exact=True).click()
    settle(page)
    body, sent = reloaded(page)
    assert sent > 1_000, "new numbers are sent"


def reloaded(page: Page) -> tuple[int, int]:
    """Bytes of the dashboard's numbers, and bytes that went over the wire for them."""
    page.reload()
    settle(page)
    sizes: list[int] = page.evaluate(
        """() => {
            const all = performance.getEntriesByType("resource");
            const numbers = all.filter(({ name }) => name.includes("/render")).at(-1);
            return [numbers.decodedBodySize, numbers.transferSize];
        }"""
    )
    return sizes[0], sizes[1]
