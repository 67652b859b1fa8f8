"""Markdown becomes HTML that does nothing but show text."""

import pytest

from gridlens.notifications.mail.markdown import html_of
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
