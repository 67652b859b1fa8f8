"""What analysts write passes, and gives the rows the engine itself gives."""

from typing import Any

import pytest
from tests.analytics.engines import Engine
from tests.analytics.guard.corpus import LEGITIMATE

from gridlens.analytics.guard import guard


@pytest.mark.parametrize(("engine", "sql"), LEGITIMATE, indirect=["engine"], ids=lambda value: value[:90])
def test_a_legitimate_query_gives_the_engines_own_rows(engine: Engine, sql: str) -> None:
    guarded = guard(sql, engine.known, most_rows=1_000)

    # An engine with threads adds floats up in any order, so their last digits differ from run to run.
    assert [_told(row) for row in engine.rows(guarded.sql)] == [_told(row) for row in engine.rows(sql)]


def _told(row: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple(float(f"{cell:.12g}") if isinstance(cell, float) else cell for cell in row)
