"""The first look at a query: its size and its characters, before anything parses it."""

import re
import unicodedata
from dataclasses import dataclass

from gridlens.analytics.errors import InvalidSql, QueryRefused, QueryTooLarge

LONGEST_QUERY_BYTES = 65_536
_PRINTABLE = re.compile(r"[\t\n\r\x20-\x7e]*")
_LAYOUT = "\t\n\r"
_INVISIBLE = {"Cc": "control", "Cf": "invisible", "Cs": "broken", "Zl": "line separator", "Zp": "separator"}
_MYSQL_COMMANDS = re.compile(r"/\*(M?!|\+)")
_UNICODE_ESCAPES = re.compile(r"\bU&[\"']", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands in a query; both count from 1."""

    line: int
    column: int

    @classmethod
    def of(cls, sql: str, offset: int) -> "Place":
        before = sql[:offset]
        return cls(before.count("\n") + 1, offset - (before.rfind("\n") + 1) + 1)

    def __str__(self) -> str:
        return f"line {self.line}, column {self.column}"


def refused(reason: str, construct: str, place: Place | None = None) -> QueryRefused:
    where = f" ({place})" if place else ""
    extra: dict[str, object] = {"construct": construct}
    if place:
        extra |= {"line": place.line, "column": place.column}
    return QueryRefused(f"This query was not run: {reason}{where}. Edit it and try again.", extra=extra)


def unreadable(reason: str, place: Place | None = None) -> InvalidSql:
    where = f" at {place}" if place else ""
    extra: dict[str, object] = {"line": place.line, "column": place.column} if place else {}
    return InvalidSql(f"This SQL cannot be read{where}: {reason}. Correct it and try again.", extra=extra)


def check_text(sql: str, dialect: str) -> None:
    """Refuse what is too large, and characters that make a query look other than it is."""
    if not sql.strip():
        raise unreadable("there is no query")
    try:
        size = len(sql.encode())
    except UnicodeEncodeError as error:
        raise refused("it holds half a character", "surrogate", Place.of(sql, error.start)) from error
    if size > LONGEST_QUERY_BYTES:
        raise QueryTooLarge(
            f"The query has {size:,} bytes; at most {LONGEST_QUERY_BYTES:,} are read. "
            "Shorten it, for example by joining a table instead of listing values."
        )
    if not _PRINTABLE.fullmatch(sql):
        _check_characters(sql)
    # MySQL runs what stands in these comments, whatever a parser makes of them.
    if dialect == "mysql" and (found := _MYSQL_COMMANDS.search(sql)):
        raise refused(
            "comments that MySQL executes, and hints, are not allowed",
            found.group(),
            Place.of(sql, found.start()),
        )
    if dialect == "postgres" and (found := _UNICODE_ESCAPES.search(sql)):
        raise refused(
            "names and texts with U& escapes are not allowed", found.group(), Place.of(sql, found.start())
        )


def _check_characters(sql: str) -> None:
    for offset, character in enumerate(sql):
        what = _INVISIBLE.get(unicodedata.category(character))
        if what and character not in _LAYOUT:
            name = f"U+{ord(character):04X}"
            raise refused(f"it holds the {what} character {name}", name, Place.of(sql, offset))
