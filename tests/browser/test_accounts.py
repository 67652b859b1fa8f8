"""Confirming who one is, a device that is trusted and a password that is forgotten, through the pages."""

import re
import sqlite3
import time
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pyotp
from playwright.sync_api import Locator, Page, Route, expect
from tests.browser.conftest import Inbox
from tests.browser.people import EMAIL, PASSWORD, enter_code, set_up
from tests.browser.test_access import make_colleague
from tests.processes import Server

NEW_PASSWORD = "copper-heron-57-orchard"
ON_TOP = """element => {
    const { x, y, width, height } = element.getBoundingClientRect();
    return element.contains(document.elementFromPoint(x + width / 2, y + height / 2));
}"""


def start(page: Page, server: Server) -> pyotp.TOTP:
    return set_up(page, server.printed(r"http://127\.0\.0\.1:\d+/set-up#\S+"))


def let_the_confirmation_grow_old(server: Server) -> None:
    """As if everybody had signed in eleven minutes ago."""
    with closing(sqlite3.connect(server.log.parent / "data/gridlens.db", timeout=20)) as database, database:
        found = database.execute("SELECT id, stepped_up_at FROM auth_session").fetchall()
        for each, at in found:
            earlier = datetime.fromisoformat(at) - timedelta(minutes=11)
            database.execute("UPDATE auth_session SET stepped_up_at = ? WHERE id = ?", (str(earlier), each))
        assert found


def deliver_late(route: Route) -> None:
    time.sleep(4)
    route.continue_()


def asked_on_top_of(page: Page, dialog: Locator) -> Locator:
    """The dialog that asks for the password, in front of the one that made it appear."""
    asking = page.get_by_role("dialog", name="Confirm that it is you")
    proceed = asking.get_by_role("button", name="Continue")
    expect(proceed).to_be_visible(timeout=20_000)
    expect(dialog).to_be_visible()
    # The dialog slides in for a moment.
    page.wait_for_function(f"element => ({ON_TOP})(element)", arg=proceed.element_handle())
    expect(asking.get_by_label("Your password")).to_be_focused()
    return asking


def test_the_confirmation_lies_above_the_dialog_that_needs_it(page: Page, server: Server) -> None:
    totp = start(page, server)
    make_colleague(server)
    let_the_confirmation_grow_old(server)
    # On a slow line the dialog arrives long after somebody quick has asked for it.
    page.route("**/assets/StepUp*.js", deliver_late)
    page.goto("/settings/users")
    page.get_by_role("button", name="Invite").click()
    invitation = page.get_by_role("dialog", name="Invite somebody")
    invitation.get_by_label("Name").fill("Kim Example")
    invitation.get_by_label("Work email").fill("kim@example.org")
    invitation.get_by_role("button", name="Invite").click()
    asked_on_top_of(page, invitation).press("Escape")
    expect(invitation.get_by_role("alert")).to_be_visible()
    expect(invitation.get_by_label("Name")).to_have_value("Kim Example")

    invitation.get_by_role("button", name="Invite").click()
    asking = asked_on_top_of(page, invitation)
    asking.get_by_label("Your password").fill(PASSWORD)
    asking.get_by_role("button", name="Continue").click()
    expect(asking.get_by_text("authenticator app")).to_be_visible()
    # A code works once, and the one of now has made the account.
    enter_code(page, totp.at(datetime.now(UTC), counter_offset=1))
    expect(page.get_by_text("An invitation is on its way to kim@example.org.")).to_be_visible()

    let_the_confirmation_grow_old(server)
    page.get_by_role("button", name="More for Bo Example").click()
    page.get_by_role("menuitem", name="Reset one-time codes").click()
    question = page.get_by_role("dialog", name="Reset the codes of Bo Example?")
    question.get_by_role("button", name="Reset codes").click()
    asked_on_top_of(page, question).press("Escape")
    question.get_by_role("button", name="Cancel").click()

    page.get_by_role("button", name="More for Bo Example").click()
    page.get_by_role("menuitem", name="Erase").click()
    erasing = page.get_by_role("dialog", name="Erase Bo Example?")
    erasing.get_by_role("combobox").click()
    page.get_by_role("option", name="Test Analyst").click()
    erasing.get_by_label("Type “bo@example.org” to go on").fill("bo@example.org")
    erasing.get_by_role("button", name="Erase").click()
    asked_on_top_of(page, erasing).press("Escape")
    expect(erasing).to_be_visible()

    page.goto("/settings/tokens")
    page.get_by_role("button", name="New token").click()
    token = page.get_by_role("dialog", name="New API token")
    token.get_by_label("Name").fill("Nightly export")
    token.get_by_role("checkbox").first.check()
    token.get_by_role("button", name="Make the token").click()
    asked_on_top_of(page, token).press("Escape")
    expect(token).to_be_visible()


def leave(page: Page) -> None:
    page.get_by_role("button", name=re.compile("Test Analyst")).click()
    page.get_by_role("menuitem", name="Log out").click()
    expect(page.get_by_label("Work email")).to_be_visible()


def log_in(page: Page, password: str) -> None:
    page.goto("/login")
    page.get_by_label("Work email").fill(EMAIL)
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("button", name="Continue").click()


def test_a_trusted_device_is_asked_for_no_code_until_it_is_removed(page: Page, server: Server) -> None:
    totp = start(page, server)
    leave(page)
    log_in(page, PASSWORD)
    page.get_by_label("Trust this device for 30 days").check()
    enter_code(page, totp.at(datetime.now(UTC), counter_offset=1))
    expect(page.get_by_role("navigation", name="Main")).to_be_visible()

    leave(page)
    log_in(page, PASSWORD)
    expect(page.get_by_role("navigation", name="Main")).to_be_visible()

    page.goto("/settings/security")
    page.get_by_role("button", name=re.compile("^Stop trusting")).click()
    leave(page)
    log_in(page, PASSWORD)
    expect(page.get_by_text("authenticator app").first).to_be_visible()


def test_a_forgotten_password_is_replaced_by_the_link_in_the_mail(
    page: Page, server: Server, inbox: Inbox
) -> None:
    totp = start(page, server)
    leave(page)
    page.get_by_role("link", name=re.compile("Forgot")).click()
    page.get_by_label("Work email").fill(EMAIL)
    page.get_by_role("button").filter(has_text=re.compile("link", re.I)).click()
    mail = inbox.wait_for("password")
    body = mail.get_body(("plain",))
    assert body is not None
    found = re.search(r"http://\S+", body.get_content())
    assert found is not None

    page.goto(found.group(0))
    page.get_by_label(re.compile("New password")).fill(NEW_PASSWORD)
    page.get_by_role("button", name="Change it").click()
    expect(page.get_by_label("Work email")).to_be_visible()
    log_in(page, PASSWORD)
    expect(page.get_by_role("alert")).to_be_visible()
    log_in(page, NEW_PASSWORD)
    enter_code(page, totp.at(datetime.now(UTC), counter_offset=1))
    expect(page.get_by_role("navigation", name="Main")).to_be_visible()

    page.goto(found.group(0))
    expect(page.get_by_role("link", name="Send a new link")).to_be_visible()
    expect(page.get_by_label("New password")).to_have_count(0)
