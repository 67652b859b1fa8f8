"""Hostile and legitimate queries: one a line in ``hostile/`` and ``legitimate/``.

A line that begins with ``#:`` says what the queries below it try. ``everywhere.sql`` is for all four
dialects, with names quoted by backticks. The table ``payroll`` exists in the engines and not in the catalog.
"""

from pathlib import Path

from gridlens.analytics.guard.allow_lists import DIALECTS

COMMENTED = "-- what the sites are\nSELECT name FROM site /* all; of them */\nORDER BY name -- done"

INVISIBLE = [
    "SELECT name FROM site\u200b",
    "SELECT 'a\u202eb' FROM site",
    "SELECT name FROM site -- \u2066hidden\u2069",
    "SELECT name\u00adx FROM site",
    "SELECT name FROM site\x00",
    "SELECT name FROM site\x1b[2J",
    "SELECT name FROM site\x0b",
    "\ufeffSELECT name FROM site",
    "SELECT name FROM site\u2028WHERE 1 = 1",
    "SELECT '\ud800' FROM site",
]

NESTED = [
    "SELECT " + "(" * 500 + "1" + ")" * 500,
    "SELECT " + "coalesce(" * 300 + "1" + ")" * 300,
    "SELECT * FROM " + "(SELECT * FROM " * 150 + "site" + ") x" * 150,
    "SELECT " + "CASE WHEN 1 = 1 THEN " * 200 + "1" + " END" * 200,
    "SELECT " + "NOT " * 5_000 + "true",
    "SELECT " + "CAST(" * 200 + "1" + " AS INTEGER)" * 200,
    "SELECT name FROM site WHERE name IN ('" + "x" * 70_000 + "')",
    "SELECT " + "1," * 40_000 + "1",
]


def _read(kind: str, name: str) -> list[str]:
    path = Path(__file__).parent / kind / f"{name}.sql"
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#:")]


def _everywhere(kind: str, dialect: str) -> list[str]:
    lines = _read(kind, "everywhere")
    return lines if dialect == "mysql" else [line.replace("`", '"') for line in lines]


LEGITIMATE = [
    (dialect, sql)
    for dialect in DIALECTS
    for sql in [COMMENTED, *_everywhere("legitimate", dialect), *_read("legitimate", dialect)]
]
HOSTILE = [
    (dialect, sql)
    for dialect in DIALECTS
    for sql in ["", "   ", *_everywhere("hostile", dialect), *_read("hostile", dialect), *INVISIBLE, *NESTED]
]
