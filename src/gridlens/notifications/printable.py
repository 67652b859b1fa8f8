"""Text from elsewhere, made fit for a header, a log line or a database."""

import re
import unicodedata

UNFIT = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
"""Control and format characters, halves of characters, and the separators of lines."""


def printable(text: str, longest: int = 1000) -> str:
    """On one line, with a space for what has no place there."""
    fit = (" " if unicodedata.category(each) in UNFIT else each for each in text[:longest])
    return re.sub(" {2,}", " ", "".join(fit)).strip(" ")
