"""The whole job in a browser: sign up, bring data, ask, chart, dashboard, report; on files and on servers."""

import re
from collections.abc import Callable, Coroutine
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect
from playwright.sync_api import TimeoutError as PlaywrightTimeout
from tests.browser.conftest import Inbox
from tests.browser.people import EMAIL, set_up
from tests.conftest import run_apart
from tests.processes import Server

PNG = b"\x89PNG\r\n\x1a\n"
START = datetime(2026, 3, 23, tzinfo=UTC)
HOURS = 24 * 14
SITES = ("Harbour", "Foundry")


def energy_kwh(hour: int, site: int) -> float:
    """Two sites with a daily shape: 10 kWh at night and 30 by day, the second half as much again."""
    return (30.0 if 7 <= hour % 24 < 19 else 10.0) * (1.0 + site / 2)


def german_csv(path: Path) -> Path:
    """The readings as a German spreadsheet writes them: semicolons, decimal commas, day first, Latin-1."""
    lines = ["Zeitpunkt;Standort;Verbrauch [kWh]"]
    for hour in range(HOURS):
        at = START + timedelta(hours=hour)
        for number, site in enumerate(SITES):
            energy = f"{energy_kwh(hour, number):.1f}".replace(".", ",")
            lines.append(f"{at:%d.%m.%Y %H:%M};{site};{energy}")
    text = "\n".join(lines)
    path.write_bytes(text.encode("latin-1"))
    return path


def upload(page: Page, file: Path) -> None:
    page.goto("/sources/new?kind=files")
    page.set_input_files('input[type="file"]', file)
    expect(page.get_by_label("Decimal comma")).to_be_checked()
    expect(page.get_by_label("Columns are separated by")).to_have_value(";")
    expect(page.get_by_label("Unit of Verbrauch")).to_have_value("kWh")
    page.get_by_label("Name of the data source").fill("Metering")
    page.get_by_label("Name of the table").fill("readings")
    page.get_by_role("button", name="Import").click()
    expect(page.get_by_role("heading", name="readings")).to_be_visible(timeout=40_000)


def connect(page: Page, kind: str, url: str) -> None:
    """Connect a server through its form; the URL says where the test's own database is."""
    parts = urlsplit(url)
    page.goto(f"/sources/new?kind={kind}")
    page.get_by_label("Name", exact=True).fill("Metering")
    page.get_by_label("Host").fill(parts.hostname or "")
    page.get_by_label("Port").fill(str(parts.port))
    page.get_by_label("Database").fill(parts.path.lstrip("/"))
    page.get_by_label("User").fill(parts.username or "")
    page.get_by_label("Password", exact=True).fill(parts.password or "")
    page.get_by_label("Encryption").select_option("off")
    page.get_by_role("button", name="Test", exact=True).click()
    expect(page.get_by_text("The connection works")).to_be_visible(timeout=20_000)
    page.get_by_role("button", name="Connect", exact=True).click()
    expect(page.get_by_role("heading", name="readings")).to_be_visible(timeout=40_000)


def ask(page: Page, question: str) -> None:
    page.goto("/ask")
    page.get_by_label("Ask a question").fill(question)
    page.keyboard.press("Enter")
    expect(page.get_by_role("group", name="How the question was understood")).to_be_visible(timeout=20_000)
    expect(page.locator(".js-plotly-plot").first).to_be_visible(timeout=30_000)


def put_on_new_dashboard(page: Page, name: str) -> None:
    page.get_by_role("button", name="Add to dashboard").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Name").fill(name)
    dialog.get_by_role("button", name="Save").click()
    expect(page).to_have_url(re.compile(r"/dashboards/[0-9a-f-]+$"))
    # A question may have a period of its own, so a dashboard that has none does not claim all time.
    expect(page.get_by_role("button", name="Time as charted")).to_be_visible()
    expect(page.locator(".js-plotly-plot").first).to_be_visible(timeout=30_000)


def schedule_report(page: Page, inbox: Inbox) -> None:
    """Schedule the open dashboard for every Monday and send a test of it now."""
    page.get_by_role("link", name="Schedule").click()
    expect(page.get_by_text("Next:")).to_be_visible()
    page.get_by_label("Subject").fill("Energy of {name}")
    page.get_by_role("button", name="Send me a test").click()
    mail = inbox.wait_for("Energy of", seconds=60)
    assert EMAIL in str(mail["to"])
    pictures = [part for part in mail.walk() if part.get_content_type() == "image/png"]
    assert pictures
    for picture in pictures:
        content = picture.get_payload(decode=True)
        assert isinstance(content, bytes)
        assert content.startswith(PNG)
        assert len(content) > 2_000
        assert f"cid:{str(picture['content-id']).strip('<>')}" in _html(mail)
    assert "kWh" in _html(mail) or "MWh" in _html(mail)
    dismiss = page.get_by_role("button", name="Dismiss")
    while dismiss.count():
        # A message may leave by itself meanwhile.
        with suppress(PlaywrightTimeout):
            dismiss.first.click(timeout=2_000)
    page.get_by_role("button", name="Schedule", exact=True).click()
    expect(page).to_have_url(re.compile(r"/reports/[0-9a-f-]+$"))


def _html(mail: object) -> str:
    [body] = [part for part in mail.walk() if part.get_content_type() == "text/html"]  # type: ignore[attr-defined]
    content: str = body.get_content()
    return content


def test_from_the_set_up_link_to_a_report_in_the_mail(
    page: Page, server: Server, inbox: Inbox, tmp_path: Path
) -> None:
    link = server.printed(r"http://127\.0\.0\.1:\d+/set-up#\S+")
    set_up(page, link)
    upload(page, german_csv(tmp_path / "verbrauch.csv"))
    # 14 days of 12 x 30 + 12 x 10 = 480 kWh make 6,720 kWh at Harbour, half as much again at Foundry,
    # and 16,800 kWh together.
    ask(page, "Total Verbrauch by Standort")
    expect(page.get_by_text(re.compile(r"16\.8\s?MWh")).first).to_be_visible()
    expect(page.locator(".cm-content")).to_contain_text("SUM")
    put_on_new_dashboard(page, "Two sites")
    schedule_report(page, inbox)


async def _fill_postgres(url: str) -> None:
    import asyncpg

    connection = await asyncpg.connect(url.replace("postgresql+asyncpg", "postgresql"))
    try:
        await connection.execute(
            "CREATE TABLE readings (start_at timestamptz, site text, energy_kwh double precision,"
            " PRIMARY KEY (start_at, site))"
        )
        await connection.executemany("INSERT INTO readings VALUES ($1, $2, $3)", _rows())
    finally:
        await connection.close()


async def _fill_mariadb(url: str) -> None:
    import asyncmy

    parts = urlsplit(url)
    connection = await asyncmy.connect(
        host=parts.hostname,
        port=parts.port,
        user=parts.username,
        password=parts.password or "",
        db=parts.path.lstrip("/"),
    )
    try:
        async with connection.cursor() as cursor:
            await cursor.execute(
                "CREATE TABLE readings (start_at datetime, site varchar(40), energy_kwh double,"
                " PRIMARY KEY (start_at, site))"
            )
            rows = [(at.replace(tzinfo=None), site, energy) for at, site, energy in _rows()]
            await cursor.executemany("INSERT INTO readings VALUES (%s, %s, %s)", rows)
        await connection.commit()
    finally:
        await connection.ensure_closed()


def _rows() -> list[tuple[datetime, str, float]]:
    return [
        (START + timedelta(hours=hour), site, energy_kwh(hour, number))
        for hour in range(HOURS)
        for number, site in enumerate(SITES)
    ]


@pytest.mark.parametrize(
    ("kind", "fixture", "fill"),
    [("postgresql", "postgres_url", _fill_postgres), ("mysql", "mariadb_url", _fill_mariadb)],
    ids=["PostgreSQL", "MariaDB"],
)
def test_the_same_job_over_a_database_server(
    page: Page,
    server: Server,
    inbox: Inbox,
    request: pytest.FixtureRequest,
    kind: str,
    fixture: str,
    fill: Callable[[str], Coroutine[Any, Any, None]],
) -> None:
    url: str = request.getfixturevalue(fixture)
    run_apart(fill(url))
    set_up(page, server.printed(r"http://127\.0\.0\.1:\d+/set-up#\S+"))
    connect(page, kind, url)
    ask(page, "Total energy by site")
    expect(page.get_by_text(re.compile(r"16\.8\s?MWh")).first).to_be_visible()
    put_on_new_dashboard(page, "Two sites")
    schedule_report(page, inbox)
