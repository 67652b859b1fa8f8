"""Charts of more points than pixels: said on the chart, and shown in full where somebody looks closer."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from math import sin
from typing import Any

import polars as pl
import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from tests.browser.installation import Installation, installed_with

DAY = 24 * 60
# 6 days and 20 hours of minutes; one hour of them is missing, and noon of the 4th stands out.
MINUTES = [n for n in range(6 * DAY + 20 * 60) if not 3 * DAY + 14 * 60 <= n < 3 * DAY + 15 * 60]
NOON = 3 * DAY + 12 * 60
POINTS = "9,780"
SQL = "SELECT at, load_kw FROM load ORDER BY at"


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[Installation]:
    folder = tmp_path_factory.mktemp("detail")
    start = datetime(2026, 3, 1, tzinfo=UTC)
    frame = pl.DataFrame(
        {
            "at": pl.Series(MINUTES, dtype=pl.Int64) * 60_000_000 + int(start.timestamp()) * 1_000_000,
            "load_kw": [1_000.0 if n == NOON else 100 + 50 * sin(n / 300) for n in MINUTES],
        }
    ).with_columns(pl.col("at").cast(pl.Datetime("us", "UTC")))
    with installed_with(frame, "load", folder, browser) as place:
        yield place


@pytest.fixture
def page(place: Installation, browser: Browser) -> Iterator[Page]:
    with place.window(browser) as page:
        yield page


def open_sql(place: Installation, page: Page, sql: str) -> None:
    place.open_sql(page, sql)
    expect(page.locator(".js-plotly-plot .scatterlayer").first).to_be_attached(timeout=30_000)


def drag(page: Page, plot: Locator, start: float, end: float) -> None:
    """Over part of the plot's own width."""
    area = plot.locator(".nsewdrag").first
    box = area.bounding_box()
    assert box is not None
    y = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + box["width"] * start, y)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * end, y, steps=8)
    page.mouse.up()


def hours_shown(plot: Locator) -> float:
    low, high = plot.evaluate("plot => plot.layout.xaxis.range")
    return float(high - low) / 3_600_000


def wait_for_hours(page: Page, plot: Locator, hours: float) -> None:
    page.wait_for_function(
        """([plot, hours]) => {
            const [low, high] = plot.layout.xaxis.range;
            return Math.abs((high - low) / 3600000 / hours - 1) < 0.02;
        }""",
        arg=[plot.element_handle(), hours],
    )


def points_in_view(plot: Locator) -> int:
    """Of the line itself: its last trace."""
    return int(plot.evaluate("plot => plot.calcdata.at(-1).filter(point => point.y !== undefined).length"))


def test_a_drag_shows_a_part_in_all_its_points_and_a_double_click_the_whole(
    place: Installation, page: Page
) -> None:
    open_sql(place, page, SQL)
    plot = page.locator(".js-plotly-plot").first
    said = page.get_by_text(re.compile(rf"showing [\d,]+ of {POINTS} points"))
    expect(said).to_be_visible()
    shown = int(re.findall(r"showing ([\d,]+)", said.inner_text())[0].replace(",", ""))
    assert shown < 1_700
    whole = hours_shown(plot)

    with page.expect_response(re.compile("/charts/preview")) as answered:
        drag(page, plot, 0.5, 0.6)
    assert_is_a_part(answered.value.json()["chart"], whole)
    expect(page.locator(".plotly-notifier")).to_have_count(0)

    # A tenth of 164 hours is some 980 minutes, and every one of them has a pixel.
    expect(said).to_have_count(0)
    wait_for_hours(page, plot, whole / 10)
    assert 900 < points_in_view(plot) < 1_060
    plot.locator(".nsewdrag").first.dblclick()
    expect(said).to_be_visible()
    wait_for_hours(page, plot, whole)


def assert_is_a_part(chart: dict[str, Any], whole: float) -> None:
    """A part of the hours, out of the answer that was there already."""
    low, high = chart["content"]["plotly"]["layout"]["xaxis"]["range"]
    assert 0 < (high - low) / 3_600_000 < 0.5 * whole
    assert chart["provenance"]["isCached"] is True


def test_a_chart_is_looked_at_by_keyboard_and_a_gap_in_it_stays_a_gap(
    place: Installation, page: Page
) -> None:
    open_sql(place, page, SQL)
    plot = page.locator(".js-plotly-plot").first
    figure = page.get_by_role("figure").first
    whole = hours_shown(plot)
    figure.focus()

    figure.press("+")
    expect(page.get_by_role("button", name="Whole range")).to_be_visible()
    figure.press("+")
    figure.press("+")
    # Three times half of 164 hours around noon of the 4th: both its peak and its missing hour are there.
    expect(figure).to_have_attribute("aria-label", re.compile(r"Highest 1\.00\sMW on Wed 4 Mar 2026"))
    wait_for_hours(page, plot, whole / 8)
    gaps = plot.evaluate("plot => plot.calcdata.at(-1).filter(point => point.y === undefined).length")
    assert gaps == 1
    assert "60 intervals missing" in page.locator("main").inner_text()

    before = plot.evaluate("plot => plot.layout.xaxis.range[0]")
    figure.press("ArrowRight")
    page.wait_for_function(
        "([plot, before]) => plot.layout.xaxis.range[0] > before", arg=[plot.element_handle(), before]
    )
    figure.press("0")
    expect(page.get_by_role("button", name="Whole range")).to_have_count(0)
    expect(page.get_by_text(re.compile(rf"showing [\d,]+ of {POINTS} points"))).to_be_visible()
    wait_for_hours(page, plot, whole)


def test_a_widget_is_looked_at_closer_with_what_the_dashboard_is_narrowed_to(
    place: Installation, page: Page
) -> None:
    asked = {"name": "Load", "description": "", "sourceId": place.source_id, "sql": SQL, "parameters": []}
    question = place.call(page, "POST", "/api/v1/questions", asked)
    spec = {"kind": "line", "x": "at", "y": ["load_kw"]}
    made = {"name": "Load", "questionId": question["questionId"], "spec": spec}
    chart = place.call(page, "POST", "/api/v1/charts", made)
    widget = {
        "kind": "chart", "widgetId": "11111111-1111-4111-8111-111111111111", "chartId": chart["chartId"],
        "x": 0, "y": 0, "width": 6, "height": 7,
    }  # fmt: skip
    span = {"type": "between", "start": "2026-03-02T00:00:00Z", "end": "2026-03-06T00:00:00Z"}
    layout = {"zone": "UTC", "timeRange": span, "widgets": [widget]}
    board = place.call(page, "POST", "/api/v1/dashboards", {"name": "Board", "layout": layout})
    page.goto(f"/dashboards/{board['dashboardId']}")
    # Four days have 5,760 minutes, less the hour; half of the page has 600 pixels or so.
    said = page.get_by_text(re.compile(r"showing \d{3} of 5,700 points"))
    expect(said).to_be_visible(timeout=30_000)
    plot = page.locator(".js-plotly-plot").first
    expect(plot.locator(".scatterlayer path").first).to_be_attached()

    with page.expect_response(re.compile(r"/charts/[0-9a-f-]+/draw")) as answered:
        drag(page, plot, 0.25, 0.35)

    assert_is_a_part(answered.value.json(), 96)
    expect(said).to_have_count(0)
    wait_for_hours(page, plot, 9.6)
    assert 560 < points_in_view(plot) < 600
    page.get_by_role("button", name="Whole range").click()
    expect(said).to_be_visible()
    wait_for_hours(page, plot, 96)
