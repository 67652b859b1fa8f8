"""Nothing that comes from elsewhere breaks a header or a database."""

import pytest

from gridlens.notifications.printable import printable


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Week 24: 6\u202f% less", "Week 24: 6\u202f% less"),
        ("Größe – 漢字 ⚡", "Größe – 漢字 ⚡"),
        ("Hello\r\nBcc: all@example.org", "Hello Bcc: all@example.org"),
        ("a\x00b\u2028c\u0085d\udce9e", "a b c d e"),
        ("evil\u202etxt", "evil txt"),
        ("  \n ", ""),
    ],
)
def test_what_has_no_place_on_a_line_becomes_a_space(text: str, kept: str) -> None:
    assert printable(text) == kept
    printable(text).encode()  # halves of characters would raise


def test_long_text_is_cut() -> None:
    assert printable("a" * 50, 10) == "a" * 10
