"""What analysts write passes, and gives the rows the engine itself gives."""

import pytest
from tests.analytics.engines import Engine
from tests.analytics.guard.corpus import LEGITIMATE

from gridlens.analytics.guard import guard


@pytest.mark.parametrize(("engine", "sql"), LEGITIMATE, indirect=["engine"], ids=lambda value: value[:90])
def test_a_legitimate_query_gives_the_engines_own_rows(engine: Engine, sql: str) -> None:
    guarded = guard(sql, engine.known, most_rows=1_000)

    assert engine.rows(guarded.sql) == engine.rows(sql)
