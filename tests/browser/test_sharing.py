"""What somebody shares is seen by a colleague, as a file too, until it is taken back."""

import re
from io import BytesIO
from pathlib import Path

import openpyxl
import polars as pl
import pytest
from playwright.sync_api import Browser, Page, expect
from tests.browser.conftest import Inbox
from tests.browser.people import enter_code, set_up
from tests.browser.test_access import make_colleague
from tests.browser.test_main_job import ask, german_csv, put_on_new_dashboard, upload
from tests.processes import Server


def colleague_in(page: Page, inbox: Inbox) -> None:
    page.goto("/login")
    page.get_by_label("Work email").fill("bo@example.org")
    page.get_by_label("Password", exact=True).fill("velvet-otter-42-harbour")
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_text("We sent an 8-digit code")).to_be_visible()
    enter_code(page, str(inbox.wait_for(r"code: \d{8}")["subject"])[-8:])
    expect(page.get_by_role("navigation", name="Main")).to_be_visible()


def share(page: Page, name: str) -> None:
    page.get_by_role("button", name="Share").click()
    dialog = page.get_by_role("dialog", name=f"Share “{name}”")
    dialog.get_by_label("Add people or a role").select_option(label="Bo Example, bo@example.org")
    dialog.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Sharing is saved.").first).to_be_visible()


def take_back(page: Page, name: str) -> None:
    page.get_by_role("button", name="Share").click()
    dialog = page.get_by_role("dialog", name=f"Share “{name}”")
    dialog.get_by_role("button", name="Remove Bo Example").click()
    dialog.get_by_role("button", name="Save").click()
    expect(dialog).to_have_count(0)


@pytest.mark.parametrize("kind", ["dashboard", "question"])
def test_a_colleague_sees_what_is_shared_until_it_is_taken_back(
    kind: str, page: Page, browser: Browser, server: Server, inbox: Inbox, tmp_path: Path
) -> None:
    set_up(page, server.printed(r"http://127\.0\.0\.1:\d+/set-up#\S+"))
    make_colleague(server)
    upload(page, german_csv(tmp_path / "verbrauch.csv"))
    ask(page, "Total Verbrauch by Standort")
    put_on_new_dashboard(page, "Two sites")
    if kind == "question":
        page.goto("/questions")
        page.get_by_role("link", name="Two sites").click()
    expect(page.get_by_role("button", name="Share")).to_be_visible()
    address = page.url

    context = browser.new_context(base_url=server.address, locale="en-GB", accept_downloads=True)
    other = context.new_page()
    other.set_default_timeout(15_000)
    colleague_in(other, inbox)
    other.goto(address)
    expect(other.get_by_role("main")).to_contain_text(re.compile(f"no such {kind}", re.I))
    expect(other.get_by_text(re.compile(r"16\.8|10\.1"))).to_have_count(0)

    share(page, "Two sites")
    other.reload()
    expect(other.locator(".js-plotly-plot").first).to_be_visible(timeout=30_000)
    if kind == "question":
        check_files(other)

    take_back(page, "Two sites")
    other.reload()
    expect(other.locator(".js-plotly-plot")).to_have_count(0)
    if kind == "dashboard":
        expect(other.get_by_role("main")).to_contain_text(re.compile("no such dashboard", re.I))
    context.close()


def workbook(file: BytesIO) -> pl.DataFrame:
    head, *rows = openpyxl.load_workbook(file, read_only=True).worksheets[0].iter_rows(values_only=True)
    return pl.DataFrame(rows, schema=[str(name) for name in head], orient="row")


def check_files(page: Page) -> None:
    """14 days of 480 kWh make 6,720 at Harbour, and half as much again at Foundry."""
    readers = {"CSV": pl.read_csv, "XLSX": workbook, "Parquet": pl.read_parquet}
    for label, read in readers.items():
        page.get_by_role("button", name="Export").click()
        with page.expect_download() as saved:
            page.get_by_role("menuitem", name=label, exact=True).click()
        assert saved.value.suggested_filename == f"Two sites.{label.lower()}"
        rows = read(BytesIO(saved.value.path().read_bytes()))
        assert rows.height == 2
        measured = [name for name, kind in rows.schema.items() if kind.is_numeric()]
        assert sorted(rows[measured[0]]) == pytest.approx([6_720, 10_080])


def test_a_refused_page_says_so_and_is_no_mistake_of_the_page(
    page: Page, browser: Browser, server: Server, inbox: Inbox
) -> None:
    set_up(page, server.printed(r"http://127\.0\.0\.1:\d+/set-up#\S+"))
    make_colleague(server)
    context = browser.new_context(base_url=server.address, locale="en-GB")
    other = context.new_page()
    colleague_in(other, inbox)
    said: list[str] = []
    other.on("console", lambda each: said.append(each.text) if each.type in {"error", "warning"} else None)
    other.on("pageerror", lambda error: said.append(str(error)))

    other.goto("/settings/users")

    expect(other.get_by_text("Your role does not include it")).to_be_visible()
    assert said == []
    context.close()
