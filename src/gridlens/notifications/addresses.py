"""Mail addresses that are safe to write into a header."""

import re

from gridlens.core.errors import Invalid
from gridlens.notifications.printable import printable

LONGEST = 254
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_ADDRESS = re.compile(
    rf"[A-Za-z0-9!#$%&'*+/=?^_`{{|}}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{{|}}~-]+)*@{_LABEL}(?:\.{_LABEL})*"
)


class InvalidAddress(Invalid):
    kind = "invalid-address"
    title = "This is no mail address"


def checked(address: str, field: str) -> str:
    """The address with its domain in small letters; refuses line breaks and everything unusual."""
    local, _, domain = address.strip(" ").rpartition("@")
    whole = f"{local}@{domain.lower()}"
    if len(whole) > LONGEST or len(local) > 64 or not _ADDRESS.fullmatch(whole):
        raise InvalidAddress(
            f"“{printable(address, 100)}” is no mail address. Write it like name@example.org.",
            fields={field: "no mail address"},
        )
    return whole
