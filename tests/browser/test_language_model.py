"""A language model set through the pages, by who confirms it, and asked where the engine is not sure."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Page, expect
from tests.analytics.language_model.endpoint import ModelServer, model_server
from tests.browser.people import PASSWORD, enter_code, set_up
from tests.browser.test_accounts import let_the_confirmation_grow_old
from tests.processes import Server

READY = {"plan": None, "sql": None, "cannotAnswer": "ready"}


@pytest.fixture
def model() -> Iterator[ModelServer]:
    """The real protocol on loopback; a model itself does not fit into a test."""
    with model_server() as told:
        yield told


def test_an_administrator_sets_a_model_tries_it_and_removes_it(
    page: Page, server: Server, model: ModelServer
) -> None:
    totp = set_up(page, server.printed(r"http://127\.0\.0\.1:\d+/set-up#\S+"))
    let_the_confirmation_grow_old(server)
    model.answers(READY)
    page.goto("/settings/language-model")
    expect(page.get_by_text("Not in use")).to_be_visible()
    page.get_by_label("Endpoint").fill(model.endpoint)
    page.get_by_label(re.compile("^Model")).fill("small")
    page.get_by_label("Key").fill("a key with spaces")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("A key has letters, digits and signs")).to_be_visible()
    page.get_by_label("Key").fill("a-key-of-a-test")
    page.get_by_role("button", name="Save").click()

    asking = page.get_by_role("dialog", name="Confirm that it is you")
    asking.get_by_label("Your password").fill(PASSWORD)
    asking.get_by_role("button", name="Continue").click()
    expect(asking.get_by_text("authenticator app")).to_be_visible()
    # A code works once, and the one of now has made the account.
    enter_code(page, totp.at(datetime.now(UTC), counter_offset=1))
    expect(page.get_by_text("In use", exact=True)).to_be_visible()
    expect(page.get_by_text("One is stored, sealed.")).to_be_visible()
    assert model.requests == []

    page.get_by_role("button", name="Try what is saved").click()
    expect(page.get_by_text(re.compile(r"It answers as it should, in \d+ ms"))).to_be_visible()
    assert model.requests[-1][1]["authorization"] == "Bearer a-key-of-a-test"
    model.status, model.reply = 500, b"out of order"
    page.get_by_role("button", name="Try what is saved").click()
    expect(page.get_by_text(re.compile("500|failed|error", re.IGNORECASE)).first).to_be_visible()

    page.reload()
    expect(page.get_by_label("Endpoint")).to_have_value(model.endpoint)
    page.get_by_role("button", name="Use none").click()
    expect(page.get_by_text("Not in use")).to_be_visible()
    expect(page.get_by_role("button", name="Try what is saved")).to_have_count(0)
