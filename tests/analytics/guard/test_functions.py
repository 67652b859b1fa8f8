"""Every function that MariaDB and SQLite may be asked for can be called there, through the guard.

What DuckDB and PostgreSQL know is read from their own lists of functions, in ``test_guard``.
"""

import itertools
import re
from collections.abc import Iterator

import pytest
from tests.analytics.engines import Engine
from tests.analytics.guard.corpus import LEGITIMATE

from gridlens.analytics.guard import allow_lists, guard
from gridlens.core.errors import GridlensError

CALL = re.compile(r"([A-Za-z_]\w*)\s*\(")
ARGUMENTS = {
    "sqlite": ["1", "'a'", "2.5", "'2025-03-30'", "'{\"a\": 1}'", "'$.a'", "'%Y'", "0.5"],
    "mysql": ["1", "'a'", "2.5", "'2025-03-30'", "'10:00:00'", "'{\"a\": 1}'", "'$.a'", "'[1]'", "'one'"],
}
FORMS = ("{name}({arguments})", "{name}({arguments}) OVER (ORDER BY x)")
OWN_GRAMMAR = {
    "sqlite": set[str](),
    "mysql": {"grouping", "json_table", "position", "substring", "percentile_disc"},
}
"""Called in a way of their own, and so in the corpus; ``grouping`` is MySQL's alone."""
LATER = {
    "mysql": {"any_value", "json_pretty"},
    "sqlite": {"concat", "concat_ws", "json_pretty", "octet_length", "string_agg", "timediff", "unhex", "if"},
}
MOST_ARGUMENTS = 4


def calls(name: str, dialect: str) -> Iterator[str]:
    """Ways to call a function, the likely ones first."""
    values = ARGUMENTS[dialect]
    alike = [(value,) * count for count in range(MOST_ARGUMENTS + 1) for value in values]
    for arguments in [*alike, *itertools.product(values, repeat=2)]:
        for form in FORMS:
            yield f"SELECT {form.format(name=name, arguments=', '.join(arguments))} FROM (SELECT 1 AS x) q"


def is_callable(engine: Engine, name: str) -> bool:
    for sql in calls(name, engine.dialect):
        try:
            written = guard(sql, engine.known, most_rows=10).sql
        except GridlensError:
            continue
        try:
            engine.rows(written)
        except Exception:
            continue
        return True
    return False


@pytest.mark.parametrize("engine", ["sqlite", "mysql"], indirect=True)
def test_every_allowed_function_can_be_called(engine: Engine) -> None:
    """Those that stand in the corpus are called there."""
    dialect = engine.dialect
    names = allow_lists.FUNCTIONS[dialect] | allow_lists.TABLE_FUNCTIONS[dialect]
    in_corpus = {word.lower() for each, sql in LEGITIMATE if each == dialect for word in CALL.findall(sql)}

    missing = names - in_corpus - OWN_GRAMMAR[dialect] - LATER[dialect]

    assert sorted(name for name in missing if not is_callable(engine, name)) == []
