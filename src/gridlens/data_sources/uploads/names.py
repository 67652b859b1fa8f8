"""Names for tables and columns that people recognise and SQL can bear."""

import re
import unicodedata
from collections.abc import Sequence
from pathlib import PurePath

from gridlens.data_sources.uploads.limits import MAX_NAME_LENGTH


def clean(heading: str) -> str:
    """Without what cannot be seen: control, zero-width and direction signs; blanks become one."""
    visible = "".join(
        " " if sign.isspace() else sign
        for sign in unicodedata.normalize("NFC", heading)
        if sign.isspace() or unicodedata.category(sign) not in {"Cc", "Cf", "Cs", "Cn", "Co"}
    )
    return re.sub(" +", " ", visible).strip()


def unique(headings: Sequence[str]) -> list[str]:
    """One name a column, unlike any other in any spelling: SQL does not tell upper from lower case."""
    taken: set[str] = set()
    names = []
    for place, heading in enumerate(headings, start=1):
        base = clean(heading)[: MAX_NAME_LENGTH - 8] or f"column_{place}"
        name, number = base, 1
        while name.casefold() in taken:
            number += 1
            name = f"{base}_{number}"
        taken.add(name.casefold())
        names.append(name)
    return names


def table_name(filename: str) -> str:
    """A table's name from a file's: ``Lastgang 2024 (1).csv`` becomes ``lastgang_2024_1``."""
    stem = PurePath(filename.replace("\\", "/")).name.split(".")[0]
    plain = unicodedata.normalize("NFKD", stem.replace("ß", "ss"))
    words = re.findall(r"[a-z0-9]+", plain.encode("ascii", "ignore").decode().lower())
    name = "_".join(words)[:60].rstrip("_")
    if not name:
        return "upload"
    return f"t_{name}" if name[0].isdigit() else name


def set_aside_name(table: str) -> str:
    """The table of the rows that did not fit another, which holds their text as it was in the file."""
    return f"{table}__set_aside"
