"""Markdown becomes HTML that does nothing but show text."""

import pytest

from gridlens.notifications.mail.markdown import html_of, text_of
from gridlens.notifications.mail.page import plain_html


def test_markdown_is_rendered() -> None:
    assert html_of("**6 %** less\n\n| a | b |\n|---|---|\n| 1 | 2 |") == (
        "<p><strong>6 %</strong> less</p>\n<table>\n<thead>\n<tr>\n<th>a</th>\n<th>b</th>\n</tr>\n</thead>\n"
        "<tbody>\n<tr>\n<td>1</td>\n<td>2</td>\n</tr>\n</tbody>\n</table>\n"
    )


@pytest.mark.parametrize(
    ("hostile", "absent"),
    [
        ("<script>alert(1)</script>", "<script"),
        ("<img src=x onerror=alert(1)>", "<img"),
        ("![pixel](https://spy.example/p.png)", "<img"),
        ("[x](javascript:alert(1))", 'href="javascript'),
        ("[x](data:text/html,hi)", 'href="data'),
        ("<style>*{display:none}</style>", "<style"),
        ('<a href="https://example.org" onclick="x()">a</a>', "<a href"),
    ],
)
def test_nothing_runs_loads_or_hides(hostile: str, absent: str) -> None:
    assert absent not in html_of(hostile)


def test_a_plain_message_shows_its_text_and_links_its_addresses() -> None:
    page = plain_html("Sign in <now>", "Open https://grid.example.org/set-up?t=1&u=2\n\n<b>code</b> 12345678")

    assert 'href="https://grid.example.org/set-up?t=1&amp;u=2"' in page
    assert "&lt;b&gt;code&lt;/b&gt; 12345678" in page
    assert "<title>Sign in &lt;now&gt;</title>" in page


def test_html_is_text_and_what_stands_beside_it_is_still_markdown() -> None:
    assert html_of("<script>x()</script> **bold**") == (
        "<p>&lt;script&gt;x()&lt;/script&gt; <strong>bold</strong></p>\n"
    )


@pytest.mark.parametrize(
    ("markdown", "words"),
    [
        ("# Load\n\nUp **6 %**,\nas `read`", "Load\n\nUp 6 %, as read"),
        ("- one\n  - *two*\n- three\n\nEnd", "- one\n  - two\n- three\n\nEnd"),
        ("3. three\n4. four", "3. three\n4. four"),
        (
            "[the grid](https://example.org) <https://example.org>",
            "the grid (https://example.org) https://example.org",
        ),
        ("| a | b |\n|---|---|\n| 1 | 2 |", "a  b\n1  2"),
        ("<b>5</b> < 6 & ~~7~~", "<b>5</b> < 6 & 7"),
        ("```\nSELECT *\nFROM t\n```", "SELECT *\nFROM t"),
        ("", ""),
    ],
)
def test_markdown_in_the_text_alone_is_its_words(markdown: str, words: str) -> None:
    assert text_of(markdown) == words
