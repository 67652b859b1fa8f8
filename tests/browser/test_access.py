"""An administrator says who sees what in a browser, and looks at it as somebody else."""

import re
from pathlib import Path

from playwright.sync_api import Page, expect
from tests.browser.people import set_up
from tests.browser.test_main_job import german_csv, upload
from tests.conftest import run_apart
from tests.processes import Server

from gridlens.auth import create_user
from gridlens.core.config import Settings
from gridlens.core.module import make_core
from gridlens.shared.permissions import Role

RULES = """\
access:
  - {table: readings, rows: Standort <> 'Foundry', for: everybody, note: Foundry is sold.}
"""


async def _somebody(folder: Path) -> None:
    core = make_core(Settings(data_dir=folder))
    await create_user(
        core,
        email="bo@example.org",
        name="Bo Example",
        role=Role.ANALYST,
        password="velvet-otter-42-harbour",
        organisation="Example Energy",
        zone="UTC",
    )
    await core.database.close()


def make_colleague(server: Server) -> None:
    run_apart(_somebody(server.log.parent / "data"))


def test_rules_are_written_tried_and_kept_as_a_file(page: Page, server: Server, tmp_path: Path) -> None:
    set_up(page, server.printed(r"http://127\.0\.0\.1:\d+/set-up#\S+"))
    make_colleague(server)
    page.goto("/settings/users")
    expect(page.get_by_text("No groups yet")).to_be_visible()
    page.get_by_label("Name of a new group").fill("Harbour people")
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_text("0 people")).to_be_visible()
    page.get_by_role("button", name="More for Bo Example").click()
    page.get_by_role("menuitem", name="Groups and attributes").click()
    belonging = page.get_by_role("dialog")
    belonging.get_by_label("Groups").click()
    page.get_by_role("option", name="Harbour people").click()
    belonging.get_by_label("Groups").press("Escape")
    belonging.get_by_role("button", name="Add an attribute").click()
    belonging.get_by_label("Name of attribute 1").fill("standort")
    belonging.get_by_label("Values of attribute 1").fill("Harbour")
    belonging.get_by_label("Values of attribute 1").press("Enter")
    belonging.get_by_role("button", name="Save").click()
    expect(page.get_by_text("1 person")).to_be_visible()

    upload(page, german_csv(tmp_path / "verbrauch.csv"))
    page.get_by_role("link", name="Access").click()
    expect(page.get_by_text("No rules yet")).to_be_visible()
    page.get_by_role("button", name="Add a rule").first.click()
    dialog = page.get_by_role("dialog")
    condition = dialog.get_by_label("Show rows where")
    condition.fill("standort = 'Harbour' UNION SELECT 1")
    expect(dialog.get_by_role("alert")).to_contain_text("one expression")
    expect(dialog.get_by_role("button", name="Save")).to_be_disabled()
    condition.fill("")
    dialog.get_by_role("group", name="Columns to put into the condition").get_by_text("Standort").click()
    condition.press_sequentially(" = {user.standort}")
    expect(dialog.get_by_text("It asks for standort of whoever looks.")).to_be_visible()
    dialog.get_by_text("Some people").click()
    dialog.get_by_label("For", exact=True).click()
    page.get_by_role("option", name="Harbour people").click()
    dialog.get_by_label("For", exact=True).press("Escape")
    dialog.get_by_role("button", name="Save").click()
    expect(page.get_by_role("row", name=re.compile("Only rows where"))).to_contain_text("Harbour people")

    page.get_by_role("combobox", name="Person").click()
    page.get_by_role("option", name=re.compile("Bo Example")).click()
    expect(page.get_by_text("Bo Example sees 336 of 672 rows")).to_be_visible(timeout=20_000)

    with page.expect_download() as saved:
        page.get_by_role("button", name="Save as YAML").click()
    text = saved.value.path().read_text()
    assert "rows: Standort = {user.standort}" in text
    assert "- Harbour people" in text
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text(text.replace("Harbour people", "Nobody at all"))
    page.set_input_files('input[type="file"]', wrong)
    page.get_by_role("button", name="Replace them").click()
    expect(page.get_by_text("there is no group “Nobody at all”").first).to_be_visible()
    page.get_by_role("button", name="Cancel").click()
    right = tmp_path / "right.yaml"
    right.write_text(RULES)
    page.set_input_files('input[type="file"]', right)
    page.get_by_role("button", name="Replace them").click()
    expect(page.get_by_role("row", name=re.compile("Foundry is sold"))).to_contain_text("everybody")
    # The import ends with a list drawn anew, whose button is the one to press.
    expect(page.get_by_role("button", name="Replace them")).to_have_count(0)

    access = page.url
    page.goto(access.removesuffix("/access"))
    page.get_by_role("link", name="Add a file").click()
    page.set_input_files('input[type="file"]', german_csv(tmp_path / "verbrauch.csv"))
    page.get_by_label("Name of the table").fill("readings_2")
    page.get_by_role("button", name="Import").click()
    expect(page.get_by_text("New under access rules: readings_2.")).to_be_visible(timeout=40_000)
    page.get_by_role("link", name="Look at the rules").click()
    expect(page.get_by_text("It has all columns of readings, which rules name")).to_be_visible()
    page.get_by_role("button", name="Give it the rules of readings").click()
    expect(page.get_by_text("The rules count for readings_2 from now on.")).to_be_visible()
    expect(page.get_by_role("row", name=re.compile("Foundry is sold"))).to_have_count(2)
    expect(page.get_by_role("group", name="Tables held back")).to_have_count(0)
    page.get_by_role("button", name="Remove rule 2").press("Enter")
    page.get_by_role("button", name="Remove it").press("Enter")
    page.get_by_role("button", name="Let it be seen").click()
    page.get_by_role("dialog").get_by_role("button", name="Let it be seen").click()
    expect(page.get_by_role("group", name="Tables held back")).to_have_count(0)

    page.get_by_role("button", name="Remove rule 1").press("Enter")
    page.get_by_role("button", name="Remove it").press("Enter")
    expect(page.get_by_text("No rules yet")).to_be_visible()
