"""Widgets that nobody can see yet wait, and are asked for together once somebody comes near."""

import json
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import polars as pl
import pytest
from playwright.sync_api import Browser, Page, Request, expect
from tests.browser.installation import Installation, installed_with

WIDGETS = 24


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[Installation]:
    folder = tmp_path_factory.mktemp("far")
    frame = pl.DataFrame({"hour": list(range(24)), "load_kw": [float(n) for n in range(24)]})
    with installed_with(frame, "load", folder, browser) as place:
        yield place


def long_dashboard(place: Installation, page: Page) -> str:
    """Two widgets a row, twelve rows of 460 px: six screens."""
    asked = {
        "name": "Load",
        "description": "",
        "sourceId": place.source_id,
        "sql": "SELECT * FROM load",
        "parameters": [],
    }
    question = place.call(page, "POST", "/api/v1/questions", asked)
    widgets = []
    for number in range(WIDGETS):
        made = {
            "name": f"Chart {number}",
            "questionId": question["questionId"],
            "spec": {"kind": "line", "x": "hour", "y": ["load_kw"]},
        }
        chart = place.call(page, "POST", "/api/v1/charts", made)
        widgets.append(
            {
                "kind": "chart",
                "widgetId": str(uuid4()),
                "chartId": chart["chartId"],
                "x": 6 * (number % 2),
                "y": 9 * (number // 2),
                "width": 6,
                "height": 9,
            }
        )
    layout = {"zone": "UTC", "widgets": widgets}
    return str(
        place.call(page, "POST", "/api/v1/dashboards", {"name": "Long", "layout": layout})["dashboardId"]
    )


def wanted(request: Request) -> list[str]:
    options = parse_qs(urlsplit(request.url).query)["options"][0]
    return list(json.loads(options)["widgetIds"])


def test_far_widgets_wait_until_somebody_comes_near(place: Installation, browser: Browser) -> None:
    with place.window(browser) as page:
        board = long_dashboard(place, page)
        asked: list[list[str]] = []
        page.on(
            "request", lambda request: asked.append(wanted(request)) if "/render?" in request.url else None
        )

        page.goto(f"/dashboards/{board}")
        region = page.get_by_role("region", name="Chart 0", exact=True)
        expect(region.locator(".js-plotly-plot .scatterlayer")).to_be_attached(timeout=30_000)
        page.wait_for_load_state("networkidle")
        # A screen of 900 px and 800 px ahead show some four rows of two.
        assert len(asked) == 1
        assert 6 <= len(asked[0]) <= 10
        first = set(asked[0])

        page.locator("[data-widget]").last.scroll_into_view_if_needed()
        last = page.get_by_role("region", name=f"Chart {WIDGETS - 1}", exact=True)
        expect(last.locator(".js-plotly-plot .scatterlayer")).to_be_attached(timeout=30_000)
        page.wait_for_load_state("networkidle")
        later = [widget for each in asked[1:] for widget in each]
        assert len(asked) <= 3
        assert len(later) == len(set(later))
        assert not first & set(later)

        page.get_by_role("button", name="Now", exact=True).click()
        expect(last.locator(".js-plotly-plot .scatterlayer")).to_be_attached()
        page.locator("[data-widget]").first.scroll_into_view_if_needed()
        expect(region.locator(".js-plotly-plot .scatterlayer")).to_be_attached(timeout=30_000)
