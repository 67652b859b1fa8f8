"""Database files on the server: connected by their path, where the operator lists their folder."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import duckdb
import pytest
from playwright.sync_api import Browser, Page, expect
from tests.browser.installation import Installation, installed


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("shared").resolve()
    with closing(sqlite3.connect(folder / "plant.sqlite")) as connection, connection:
        connection.execute("CREATE TABLE turbine (id INTEGER PRIMARY KEY, power_kw REAL)")
        connection.execute("INSERT INTO turbine VALUES (1, 850.5)")
    with duckdb.connect(str(folder / "meters.duckdb")) as lake:
        lake.execute("CREATE TABLE reading AS SELECT 1 AS id, 2.5 AS load_kw")
    return folder


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory, shared: Path, browser: Browser) -> Iterator[Installation]:
    with installed(tmp_path_factory.mktemp("files"), browser, file_roots=str(shared)) as place:
        yield place


@pytest.fixture
def page(place: Installation, browser: Browser) -> Iterator[Page]:
    with place.window(browser) as page:
        yield page


@pytest.mark.parametrize(
    ("title", "file", "table"),
    [("SQLite file", "plant.sqlite", "turbine"), ("DuckDB file", "meters.duckdb", "reading")],
)
def test_a_file_in_a_listed_folder_is_tested_connected_and_ready_by_itself(
    page: Page, shared: Path, title: str, file: str, table: str
) -> None:
    page.goto("/sources/new")
    page.get_by_role("button", name=title).click()
    expect(page.get_by_text(f"A file in {shared}.")).to_be_visible()

    path = page.get_by_label("Path on the server")
    path.fill("/etc/passwd")
    page.get_by_role("button", name="Test", exact=True).click()
    expect(
        page.get_by_text("There is no file “/etc/passwd” in a folder that may be connected")
    ).to_be_visible()

    path.fill(str(shared / file))
    page.get_by_role("button", name="Test", exact=True).click()
    expect(page.get_by_text("The file can be read")).to_be_visible()
    page.get_by_role("button", name="Connect", exact=True).click()

    expect(page.get_by_role("heading", level=1)).to_have_text(Path(file).stem)
    # The state follows the first reading, without a reload of the page.
    expect(page.get_by_text("Ready", exact=True)).to_be_visible()
    expect(page.get_by_text("Not read yet")).to_have_count(0)
    expect(page.get_by_text(re.compile(table)).first).to_be_visible()


def test_without_a_listed_folder_the_form_says_what_to_set(demo_page: Page) -> None:
    demo_page.goto("/sources/new?kind=duckdb")

    expect(demo_page.get_by_text("GRIDLENS_FILE_ROOTS")).to_be_visible()
    demo_page.get_by_label("Path on the server").fill("/srv/data/meters.duckdb")
    expect(demo_page.get_by_role("button", name="Test", exact=True)).to_be_disabled()
    demo_page.get_by_role("link", name="upload tables as files").click()
    expect(demo_page.get_by_role("heading", level=1)).to_have_text("Drop a file")
