"""Signing up and signing in through the pages, as a person does."""

import re

import pyotp
from playwright.sync_api import Page, expect

PASSWORD = "velvet-otter-41-harbour"
EMAIL = "analyst@example.org"


def set_up(page: Page, link: str) -> pyotp.TOTP:
    """Make the first account on the link from the console; ends on the home page."""
    page.goto(link)
    page.get_by_label("Organisation").fill("Example Energy")
    page.get_by_label("Work email").fill(EMAIL)
    page.get_by_label("Your name").fill("Test Analyst")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Continue").click()

    page.get_by_text("Type the key instead").click()
    secret = page.locator("details code").inner_text().replace(" ", "")
    totp = pyotp.TOTP(secret)
    enter_code(page, totp.now())

    expect(page.get_by_role("listitem").filter(has_text=re.compile(r"^[A-Z2-7]{6}-"))).to_have_count(10)
    page.get_by_label("I have saved them somewhere safe").check()
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("navigation", name="Main")).to_be_visible()
    return totp


def enter_code(page: Page, code: str) -> None:
    page.locator('input[autocomplete="one-time-code"]').first.click()
    page.keyboard.type(code)
