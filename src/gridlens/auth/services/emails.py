"""One spelling for an email address, whichever keyboard and database it passes."""

import re
import unicodedata

from gridlens.core.errors import Invalid

SHAPE = re.compile(r"[^@\s\x00-\x1f\x7f<>,;:\"()\[\]\\]{1,64}@[^@\s\x00-\x1f\x7f<>,;:\"()\[\]\\]{1,189}")


def normalised_email(text: str) -> str:
    """Databases differ in whether case counts, so it is settled before anything is stored or sought."""
    return unicodedata.normalize("NFKC", text.replace("\x00", "")).strip().lower()


def checked_email(text: str) -> str:
    """A normalised address that a mail header can carry.

    Raises:
        Invalid: when it is no address.
    """
    email = normalised_email(text)
    if not SHAPE.fullmatch(email) or email.endswith("."):
        raise Invalid(
            "Enter an email address such as name@company.example.", fields={"email": "not an email address"}
        )
    return email
