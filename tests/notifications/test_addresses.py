"""Only plain addresses come near a mail header."""

import pytest

from gridlens.notifications.addresses import InvalidAddress, checked


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("ops@example.org", "ops@example.org"),
        (" first.last+tag@Sub.Example.ORG ", "first.last+tag@sub.example.org"),
        ("root@localhost", "root@localhost"),
    ],
)
def test_usual_addresses_are_kept(given: str, kept: str) -> None:
    assert checked(given, "recipients[0].address") == kept


@pytest.mark.parametrize(
    "given",
    [
        "ops",
        "@example.org",
        "ops@",
        "a b@example.org",
        "ops@example.org\r\nBcc: all@example.org",
        "ops@example.org\n",
        "ops@example.org, other@example.org",
        "Ops <ops@example.org>",
        "ops@exam\x00ple.org",
        "ops@-example.org",
        "öps@example.org",
        "a" * 65 + "@example.org",
        "ops@" + "a" * 251 + ".org",
        ".ops@example.org",
    ],
)
def test_everything_else_is_refused_by_field(given: str) -> None:
    with pytest.raises(InvalidAddress) as refused:
        checked(given, "recipients[3].address")

    assert refused.value.fields == {"recipients[3].address": "no mail address"}
    assert "\n" not in refused.value.detail
